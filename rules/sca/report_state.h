// What a scanner's report is worth: whether it looked, at how much, when, and with which data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/core/rule.h"

namespace gate::rules {

enum class ReportState {
  ok,
  unverifiable,  // it does not say what its state is judged by
  stale,         // made too long ago, or with old data
  empty,         // it looked at nothing
  partial,       // it says that it could not look everywhere
  failed,        // it says that the scanner failed
};
std::string_view name(ReportState state);

struct StateLimits {
  std::int64_t max_age_days = 0;       // since the report was made; 0: nobody asks
  std::int64_t max_data_age_days = 0;  // of the vulnerability data; likewise
  std::vector<std::string> must_say;   // "tool_version", "created", "data_date", "subject_digests"
};

struct StatedReport {
  const ScanReport* report = nullptr;
  ReportState state = ReportState::ok;  // the worst that holds
  std::string why;                      // all that is wrong, one clause each; empty: ok
};

// Of one that looks for vulnerabilities. A date in the future verifies nothing.
StatedReport state_of(const ScanReport& report, const StateLimits& limits, Instant now);

// "trivy 0.66.0 (out/trivy.json)"
std::string in_words(const ScanReport& report);

// For each report that says of itself that it did not look everywhere: nobody passes by such a one.
std::vector<Finding> unfinished(const FactSet& facts);

}  // namespace gate::rules
