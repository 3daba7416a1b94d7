#include "gate/model/summary.h"

#include <algorithm>

namespace gate::model {
namespace {

constexpr const char* clause = "SLSA VSA v1, how to verify";
constexpr std::string_view summary_type = "https://slsa.dev/verification_summary/v1";
constexpr std::string_view level_word = "_LEVEL_";

struct Level {
  std::string_view track;
  int number = -1;  // none: "SLSA_BUILD_LEVEL_UNEVALUATED", and what is no level of a track
};

Level read_level(std::string_view text) {
  const auto word = text.find(level_word);
  if (!text.starts_with("SLSA_") || word == std::string_view::npos) return {};
  const std::string_view digits = text.substr(word + level_word.size());
  if (digits.size() != 1 || digits[0] < '0' || digits[0] > '9') return {};
  return {text.substr(0, word), digits[0] - '0'};
}

bool implies(std::string_view verified, std::string_view wanted) {
  if (verified == wanted) return true;
  const Level has = read_level(verified), needs = read_level(wanted);
  return has.number >= 0 && needs.number >= 0 && has.track == needs.track && has.number >= needs.number;
}

bool speaks_for(const VerifiedStatement& statement, const SummaryVerifier& verifier) {
  if (!verifier.key.empty()) return std::ranges::find(statement.signers(), verifier.key) != statement.signers().end();
  return !verifier.identity.empty() && statement.certificate().name == verifier.identity;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all.empty() ? "none" : all;
}

std::string signer_of(const VerifiedStatement& statement) {
  return statement.certificate().name.empty() ? joined(statement.signers()) : statement.certificate().name;
}

void check_verifier(const VerifiedStatement& statement, const SummaryTerms& terms, Check& check) {
  const std::string& id = statement.summary().verifier;
  std::string expected;
  for (const SummaryVerifier& verifier : terms.verifiers) {
    expected += (expected.empty() ? "" : ", ") + verifier.id;
    if (verifier.id != id) continue;
    if (speaks_for(statement, verifier)) {
      check.passed("summary-verifier", id + ", which signed it", clause);
    } else {
      check.differs("summary-signer-mismatch", "not signed by whom the policy knows " + id + " by",
                    verifier.key.empty() ? verifier.identity : verifier.key, signer_of(statement), clause);
    }
    return;
  }
  check.differs("summary-verifier-mismatch", "another verifier", expected, id, clause);
}

void check_level(const VerificationSummary& summary, const SummaryTerms& terms, Check& check) {
  const bool reached = !terms.level.empty() && std::ranges::any_of(summary.levels, [&](const std::string& level) {
    return implies(level, terms.level);
  });
  if (reached) {
    check.passed("summary-level", joined(summary.levels), clause);
  } else {
    check.differs("summary-level-too-low", "the level is not among those verified", terms.level, joined(summary.levels),
                  clause);
  }
}

void compare(Check& check, const char* code, const char* what, std::string expected, std::string got, bool equal) {
  if (equal) {
    check.passed(code, std::string(what) + " as expected: " + got, clause);
  } else {
    check.differs(std::string(code) + "-mismatch", std::string("another ") + what, std::move(expected), std::move(got),
                  clause);
  }
}

std::string_view without_git(std::string_view uri) { return uri.starts_with("git+") ? uri.substr(4) : uri; }

}  // namespace

bool same_resource(std::string_view a, std::string_view b) { return !a.empty() && without_git(a) == without_git(b); }

Check check_summary(const VerifiedStatement& statement, const SummaryTerms& terms) {
  const VerificationSummary& summary = statement.summary();
  Check check;
  check.code = "summary";
  check.what = "a verification summary that counts";
  check.where = statement.origin;
  check.passed("summary-signature", "signed by " + signer_of(statement), clause);
  check.passed("summary-subject", statement.subject_kind() + " " + statement.subject(), clause);
  compare(check, "summary-type", "predicate type", std::string(summary_type), statement.predicate_type(),
          statement.predicate_type() == summary_type);
  check_verifier(statement, terms, check);
  compare(check, "summary-resource", "resource", terms.resource, summary.resource,
          same_resource(summary.resource, terms.resource));
  compare(check, "summary-result", "result", "PASSED", summary.result, summary.result == "PASSED");
  check_level(summary, terms, check);
  return check;
}

}  // namespace gate::model
