// Whether a statement is about an artifact or a commit: its subjects' digests against what gate hashed itself.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "adapters/attest/attest.h"
#include "adapters/attest/sigstore_bundle.h"
#include "adapters/attest/statement.h"

namespace gate::attest {

enum class SubjectMatch {
  matched,  // one of the subjects has a strong digest (SHA-256, SHA-384, SHA-512) that is equal, and none that is not
  other,
  weak,     // other, and there are subjects without a strong digest, which could be anything
  unknown,  // only digests that nobody took could tell
};

struct SubjectTally {
  SubjectMatch match = SubjectMatch::other;
  std::set<std::string> strangers;       // a few of the digests that are not the expected ones, for a message
  std::vector<std::string> source_refs;  // of the subject that matched
};

SubjectTally match_subject(const Statement& statement, const Expectation& expectation);

// Statement v0.1 or v1, from verified bytes; the check has the answer.
void match_subject(std::string_view payload, const Artifact& artifact, Check& check);

std::string joined(const std::set<std::string>& texts);

}  // namespace gate::attest
