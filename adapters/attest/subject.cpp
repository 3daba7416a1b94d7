#include "adapters/attest/subject.h"

#include "adapters/attest/place.h"
#include "gate/crypto/digest.h"

namespace gate::attest {
namespace {

constexpr std::size_t named_digests = 3;
constexpr const char* clause = "in-toto Statement, subject";

// A git commit has one name for its digest and a file three; a file's commit id would be another file's.
bool is_strong(std::string_view algorithm, bool commit) {
  if (commit) return algorithm == "gitCommit";
  return algorithm == "sha256" || algorithm == "sha384" || algorithm == "sha512";
}

const std::string& known_digest(const Expectation& expectation, std::string_view algorithm) {
  if (algorithm == "gitCommit") return expectation.commit;
  if (algorithm == "sha256") return expectation.subject_sha256;
  return algorithm == "sha384" ? expectation.subject_sha384 : expectation.subject_sha512;
}

struct Weighed {
  std::size_t strong = 0, equal = 0, unequal = 0, unknown = 0;
};

Weighed weigh(const Subject& subject, const Expectation& expectation, std::set<std::string>& strangers) {
  Weighed out;
  for (const auto& [algorithm, value] : subject.digests) {
    if (!is_strong(algorithm, !expectation.commit.empty())) continue;
    ++out.strong;
    const std::string& known = known_digest(expectation, algorithm);
    if (known.empty()) {
      ++out.unknown;
    } else if (value == known) {
      ++out.equal;
    } else {
      ++out.unequal;
      if (strangers.size() < named_digests) strangers.insert(algorithm + " " + value);
    }
  }
  if (out.strong == 0 && strangers.size() < named_digests) {
    strangers.insert(quote(subject.digests.front().first) + " alone, which counts for nothing");
  }
  return out;
}

Expectation expectation_of(const Artifact& artifact) {
  return {.subject_path = artifact.path,
          .subject_sha256 = crypto::to_hex(artifact.sha256),
          .subject_sha384 = crypto::to_hex(artifact.sha384),
          .subject_sha512 = crypto::to_hex(artifact.sha512)};
}

}  // namespace

SubjectTally match_subject(const Statement& statement, const Expectation& expectation) {
  SubjectTally tally;
  bool weak = false, unknown = false;
  for (const Subject& subject : statement.subjects) {
    const Weighed weighed = weigh(subject, expectation, tally.strangers);
    if (weighed.equal > 0 && weighed.unequal == 0) {
      tally.match = SubjectMatch::matched;
      tally.source_refs = subject.source_refs;
      return tally;
    }
    weak = weak || weighed.strong == 0;
    unknown = unknown || (weighed.unknown > 0 && weighed.unequal == 0);
  }
  tally.match = unknown ? SubjectMatch::unknown : weak ? SubjectMatch::weak : SubjectMatch::other;
  return tally;
}

void match_subject(std::string_view payload, const Artifact& artifact, Check& check) {
  const auto statement = parse_statement(payload);
  if (!statement) {
    Error error = statement.error();
    error.where = {check.where.artifact, check.where.sha256, check.where.at + error.where.at};
    check.refused("statement-malformed", error, clause);
    return;
  }
  const SubjectTally tally = match_subject(*statement, expectation_of(artifact));
  const std::string expected = "sha256 " + crypto::to_hex(artifact.sha256);
  switch (tally.match) {
    case SubjectMatch::matched:
      check.passed("subject-digest", "a subject has the digest of " + quote(artifact.path), clause);
      break;
    case SubjectMatch::unknown:
      check.not_looked("subject-digest-unknown", "only the file tells the digests that the subjects have", clause);
      break;
    case SubjectMatch::weak:
      check.differs("weak-digest", "a subject without a strong digest cannot be " + quote(artifact.path), expected,
                    joined(tally.strangers), clause);
      break;
    case SubjectMatch::other:
      check.differs("wrong-subject", "no subject has the digest of " + quote(artifact.path), expected,
                    joined(tally.strangers), clause);
      break;
  }
}

std::string joined(const std::set<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

}  // namespace gate::attest
