#include "adapters/attest/subject.h"

#include <fmt/format.h>

#include <set>

#include "adapters/attest/place.h"
#include "gate/crypto/digest.h"

namespace gate::attest {
namespace {

constexpr std::size_t most_subjects = 10'000, named_digests = 3;
constexpr const char* clause = "in-toto Statement, subject";

struct StrongDigest {
  std::string_view name;
  std::string Artifact::* known;
};
constexpr StrongDigest strong[] = {
    {"sha256", &Artifact::sha256}, {"sha384", &Artifact::sha384}, {"sha512", &Artifact::sha512}};

struct Tally {
  bool matched = false, unknown = false;
  std::set<std::string> strangers;  // a few of them, for the message
};

// One subject's digests: one that is equal, and none that is not.
Status weigh(const json::View& subject, const Artifact& artifact, Tally& tally) {
  const auto digests = subject.member("digest");
  if (!digests) return digests.error();
  const auto members = digests->as_members();
  if (!members) return members.error();
  if (members->empty()) return digests->error(Errc::malformed, "a subject without a digest");
  std::size_t equal = 0, unequal = 0;
  for (const auto& [algorithm, view] : *members) {
    const auto text = view.as_text();
    if (!text) return text.error();
    for (const StrongDigest& digest : strong) {
      if (algorithm != digest.name) continue;
      const std::string& known = artifact.*digest.known;
      if (known.empty()) {
        tally.unknown = true;
      } else if (*text == crypto::to_hex(known)) {
        ++equal;
      } else {
        ++unequal;
        if (tally.strangers.size() < named_digests) tally.strangers.insert(algorithm + " " + quote(*text));
      }
    }
  }
  tally.matched = tally.matched || (equal > 0 && unequal == 0);
  return Done{};
}

Status weigh_all(const json::View& statement, const Artifact& artifact, Tally& tally) {
  const auto type = statement.text("_type");
  if (!type) return type.error();
  if (*type != "https://in-toto.io/Statement/v1" && *type != "https://in-toto.io/Statement/v0.1")
    return statement.member("_type")->error(Errc::unsupported_version, "a statement of the type " + quote(*type));
  if (const auto predicate = statement.text("predicateType"); !predicate) return predicate.error();
  const auto subjects = statement.elements("subject");
  if (!subjects) return subjects.error();
  if (subjects->empty()) return statement.error(Errc::empty, "a statement about nothing");
  if (subjects->size() > most_subjects)
    return statement.error(Errc::too_large, fmt::format("{} subjects; at most {}", subjects->size(), most_subjects));
  for (const json::View& subject : *subjects) {
    if (const auto status = weigh(subject, artifact, tally); !status) return status;
  }
  return Done{};
}

std::string joined(const std::set<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all.empty() ? "no strong digest" : all;
}

}  // namespace

void match_subject(std::string_view payload, const Artifact& artifact, Check& check) {
  const auto value = json::parse(payload, check.where.artifact, {.bytes = most_bundle_bytes});
  Tally tally;
  const auto status =
      value ? weigh_all(json::View(*value, check.where.artifact), artifact, tally) : Status(value.error());
  if (!status) {
    check.refused("statement-malformed", status.error(), clause);
  } else if (tally.matched) {
    check.passed("subject-digest", "a subject has the digest of " + quote(artifact.path), clause);
  } else if (tally.unknown && tally.strangers.empty()) {
    check.not_looked("subject-digest-unknown", "only the file tells the digests that the subjects have", clause);
  } else {
    check.differs("wrong-subject", "no subject has the digest of " + quote(artifact.path),
                  "sha256 " + crypto::to_hex(artifact.sha256), joined(tally.strangers), clause);
  }
}

}  // namespace gate::attest
