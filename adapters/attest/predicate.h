// The predicates that gate understands: SLSA provenance v0.2 and v1, SLSA verification summaries v1.
#pragma once

#include <string_view>

#include "adapters/attest/statement.h"
#include "gate/core/fact.h"

namespace gate::attest {

inline constexpr std::string_view slsa_provenance_v0_2 = "https://slsa.dev/provenance/v0.2";
inline constexpr std::string_view slsa_provenance_v1 = "https://slsa.dev/provenance/v1";
inline constexpr std::string_view slsa_summary_v1 = "https://slsa.dev/verification_summary/v1";

// https://slsa.dev/spec/v1.0/provenance, …/spec/v0.2/provenance. Parameters point into `externalParameters`, or in v0.2
// into `invocation` ("/parameters/…", "/configSource/entryPoint"). Nothing but empty texts for statements of another
// kind; other versions: unsupported_version.
Result<BuildProvenance> parse_provenance(const Statement& statement);

// https://slsa.dev/spec/v1.1/verification_summary. No level twice, and one of each track; likewise.
Result<VerificationSummary> parse_summary(const Statement& statement);

}  // namespace gate::attest
