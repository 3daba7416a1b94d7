#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <set>

#include "adapters/attest/attest.h"
#include "adapters/attest/carrier.h"
#include "adapters/attest/predicate.h"
#include "adapters/attest/subject.h"

namespace gate::attest {
namespace {

constexpr const char* subject_clause = "in-toto Statement, subject";

struct Carrier {
  std::string_view name;
  Result<Opened> (*open)(const Document&, const Trust&, const Expectation&, Check&);
};
constexpr std::array carriers{
#define GATE_CARRIER(name) Carrier{#name, open_##name},
#include "adapters/attest/carriers.def"
#undef GATE_CARRIER
};

std::string format_name(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

SignerCertificate certificate_of(const sigstore::CertificateIdentity& identity) {
  // The older claims of GitHub stand in for those that a certificate does not have.
  const auto either = [](const std::string& now, const std::string& older) { return now.empty() ? older : now; };
  return {.name = identity.name,
          .issuer = identity.issuer,
          .build_signer_uri = identity.build_signer_uri,
          .build_signer_digest = identity.build_signer_digest,
          .runner_environment = identity.runner_environment,
          .source_repository_uri = identity.source_repository_uri,
          .source_repository_digest = either(identity.source_repository_digest, identity.workflow_sha),
          .source_repository_ref = either(identity.source_repository_ref, identity.workflow_ref),
          .build_config_uri = identity.build_config_uri,
          .build_config_digest = identity.build_config_digest,
          .build_trigger = either(identity.build_trigger, identity.workflow_trigger),
          .run_invocation_uri = identity.run_invocation_uri};
}

}  // namespace

// The only maker of VerifiedStatement.
class StatementVerifier {
 public:
  StatementVerifier(std::string format, const Document& attestation, const Trust& trust, const Expectation& expectation,
                    Check& check)
      : format_(std::move(format)), attestation_(attestation), trust_(trust), expectation_(expectation), check_(check) {
    batch_.coverage[FactKind::statement] = Coverage::complete;
  }

  FactBatch run(Opened opened) {
    for (Error& problem : opened.problems) batch_.lower(std::move(problem));
    for (const SignedPayload& payload : opened.payloads) take(payload);
    const std::size_t about = batch_.facts.of<VerifiedStatement>().size();
    if (about == 0) {
      if (!skipped_.empty()) lower_for(skipped_.front(), "no statement is");
      refuse_nothing(opened.payloads.empty());
      batch_.coverage[FactKind::statement] = Coverage::absent;
    } else {
      for (const Skipped& skipped : skipped_) {
        const bool elsewhere = skipped.tally.match == SubjectMatch::other;
        if (!elsewhere || !expectation_.skip_others) lower_for(skipped, "a statement that is not");
      }
    }
    return std::move(batch_);
  }

 private:
  struct Skipped {
    SubjectTally tally;
    Origin at;
  };

  void take(const SignedPayload& payload) {
    Check one{.code = "statement", .what = "a statement about what is judged", .where = payload.place.at("/payload")};
    if (!payload.payload) {
      add_fact(made(payload), one, "the signature is over the artifact itself");
    } else if (auto problem = read(payload, one)) {
      one.refused("statement-malformed", *problem);
      batch_.lower(std::move(*problem));
    }
    check_.add(std::move(one));
  }

  std::optional<Error> read(const SignedPayload& payload, Check& check) {
    const auto statement = parse_statement(*payload.payload);
    if (!statement) return payload.place.within_payload(statement.error());
    SubjectTally tally = match_subject(*statement, expectation_);
    if (tally.match != SubjectMatch::matched) {
      skip(std::move(tally), payload.place.at("/payload/subject"), check);
      return std::nullopt;
    }
    auto build = parse_provenance(*statement);
    if (!build) return payload.place.within_payload(build.error());
    auto summary = parse_summary(*statement);
    if (!summary) return payload.place.within_payload(summary.error());
    VerifiedStatement fact = made(payload);
    fact.predicate_type_ = statement->predicate_type;
    fact.build_ = std::move(*build);
    fact.summary_ = std::move(*summary);
    if (fact.is_summary()) fact.summary_.source_refs = std::move(tally.source_refs);
    fact.level_ = level_of(fact);
    add_fact(std::move(fact), check, fmt::format("{} about {}", quote(statement->predicate_type), shown()));
    return std::nullopt;
  }

  void skip(SubjectTally tally, Origin at, Check& check) {
    const std::string got = joined(tally.strangers);
    if (tally.match == SubjectMatch::weak) {
      check.differs("weak-digest", "no strong digest says that it is about " + shown(), expected(), got,
                    subject_clause);
    } else if (tally.match == SubjectMatch::unknown) {
      check.not_looked("subject-digest-unknown", "only the file tells the digests that the subjects have",
                       subject_clause);
    } else if (expectation_.skip_others) {
      check.passed("skipped", fmt::format("it is about something else ({})", got), subject_clause);
    } else {
      check.differs("wrong-subject", "it is about something else than " + shown(), expected(), got, subject_clause);
    }
    skipped_.push_back({std::move(tally), std::move(at)});
  }

  VerifiedStatement made(const SignedPayload& payload) const {
    VerifiedStatement fact;
    fact.subject_ = expectation_.commit.empty() ? expectation_.subject_sha256 : expectation_.commit;
    fact.subject_kind_ = expectation_.commit.empty() ? "sha256" : "gitCommit";
    fact.subject_path_ = expectation_.subject_path;
    fact.format_ = format_;
    fact.signers_ = payload.signers;
    if (payload.identity) fact.certificate_ = certificate_of(*payload.identity);
    if (!payload.times.empty()) fact.verified_time_ = gate::format(std::ranges::min(payload.times).time);
    fact.origin = payload.place.at("/payload");
    return fact;
  }

  void add_fact(VerifiedStatement fact, Check& check, std::string what) {
    check.passed("subject-digest", std::move(what), subject_clause);
    batch_.facts.add(std::move(fact));
  }

  // The best of the pairs of signer and builder that the policy has a level for.
  std::int64_t level_of(const VerifiedStatement& fact) const {
    std::int64_t level = 0;
    for (const TrustedBuilder& trusted : trust_.builders) {
      if (fact.builder().empty() || trusted.builder != fact.builder()) continue;
      const bool by_key =
          !trusted.key.empty() && std::ranges::find(fact.signers(), trusted.key) != fact.signers().end();
      const bool by_identity = !trusted.identity.empty() && trusted.identity == fact.certificate().name;
      if (by_key || by_identity) level = std::max(level, trusted.level);
    }
    return level;
  }

  void lower_for(const Skipped& skipped, std::string_view which) {
    std::string got = joined(skipped.tally.strangers);
    if (got.empty()) got = "digests that were not taken of it";
    const bool unknown = skipped.tally.match == SubjectMatch::unknown;
    batch_.lower({unknown ? Errc::incomplete : Errc::wrong_subject,
                  fmt::format("{} about {}: expected {}, got {}", which, shown(), expected(), got), skipped.at});
  }

  // Everything may have been in order and yet nothing have been verified.
  void refuse_nothing(bool nothing_signed) {
    check_.failed("no-matching-attestation",
                  nothing_signed ? "nothing in it could be verified" : "nothing in it is about " + shown());
    if (batch_.problems.empty()) {
      batch_.lower({Errc::empty, "no attestation in it is about " + shown(), attestation_.origin});
    }
  }

  std::string shown() const {
    return expectation_.commit.empty() ? expectation_.subject_path : "commit " + expectation_.commit;
  }
  std::string expected() const {
    return expectation_.commit.empty() ? "sha256 " + expectation_.subject_sha256 : "gitCommit " + expectation_.commit;
  }

  const std::string format_;
  const Document& attestation_;
  const Trust& trust_;
  const Expectation& expectation_;
  Check& check_;
  FactBatch batch_;
  std::vector<Skipped> skipped_;
};

std::vector<std::string> formats() {
  std::vector<std::string> names;
  for (const Carrier& carrier : carriers) names.push_back(format_name(carrier.name));
  std::sort(names.begin(), names.end());
  return names;
}

Result<FactBatch> verify(std::string_view format, const Document& attestation, const Trust& trust,
                         const Expectation& expectation, Check& check) {
  try {
    const auto carrier =
        std::ranges::find_if(carriers, [&](const Carrier& each) { return format_name(each.name) == format; });
    if (carrier == carriers.end()) {
      return Error{Errc::internal, fmt::format("no carrier for format {}", format), attestation.origin};
    }
    auto opened = carrier->open(attestation, trust, expectation, check);
    if (!opened) {
      check.refused("attestation-refused", opened.error());
      return opened.error();
    }
    return StatementVerifier(std::string(format), attestation, trust, expectation, check).run(std::move(*opened));
  } catch (const std::exception& error) {
    const Error defect{Errc::internal, error.what(), attestation.origin};
    check.refused("internal", defect);
    return defect;
  }
}

}  // namespace gate::attest
