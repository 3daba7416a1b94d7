#include <fmt/format.h>

#include "rules/sca/about.h"
#include "rules/sca/report_state.h"

namespace gate::rules {

// The states of the reports themselves. What each means is the policy's to say.
Judged sca_stale_report(const FactSet& facts, const Params& params) {
  const StateLimits limits{params.number("max_age_days"), params.number("max_data_age_days"), params.texts("must_say")};
  Judged out;
  for (const ScanReport& report : facts.all<ScanReport>()) {
    if (!report.judges) continue;
    ++out.examined;
    const StatedReport stated = state_of(report, limits, facts.now());
    Finding finding;
    finding.message = fmt::format("{} is {}", in_words(report), name(stated.state));
    if (!stated.why.empty()) finding.message += ": " + stated.why;
    finding.subject = {{"report", report.origin.artifact}, {"tool", report.tool}};
    finding.origin = report.origin;
    put(out, stated.state == ReportState::ok ? "tolerate" : params.text(name(stated.state)), std::move(finding));
  }
  return out;
}

}  // namespace gate::rules
