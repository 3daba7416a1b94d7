// What makes a verification summary count: https://slsa.dev/spec/v1.1/verification_summary, "How to verify".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/core/check.h"
#include "gate/core/fact.h"

namespace gate::model {

// A verifier, and whose signature speaks for it.
struct SummaryVerifier {
  std::string id;             // exact
  std::string key, identity;  // id of a key, or name of a certificate; one of them
};

struct SummaryTerms {
  std::vector<SummaryVerifier> verifiers;
  std::string resource;  // URI; "git+" before it tells nothing
  std::string level;     // "SLSA_SOURCE_LEVEL_2", which higher ones of its track imply; or another, exact
};

// The seven steps, each a child. The signature and the subject are verified already: else there were no such statement.
Check check_summary(const VerifiedStatement& statement, const SummaryTerms& terms);

bool same_resource(std::string_view a, std::string_view b);

}  // namespace gate::model
