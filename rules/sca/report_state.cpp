#include "rules/sca/report_state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

namespace gate::rules {
namespace {

constexpr std::array<std::string_view, 6> names{"ok", "unverifiable", "stale", "empty", "partial", "failed"};

class Judgement {
 public:
  explicit Judgement(const ScanReport& report) { out_.report = &report; }
  void add(ReportState state, std::string why) {
    out_.state = std::max(out_.state, state);
    out_.why += (out_.why.empty() ? "" : "; ") + std::move(why);
  }
  // `what` happened at `date`.
  void check_age(const std::string& what, const std::string& date, std::int64_t most_days, Instant now) {
    if (most_days <= 0) return;
    if (date.empty()) return add(ReportState::unverifiable, "it does not say when " + what);
    const auto at = parse_time(date);
    if (!at)
      return add(ReportState::unverifiable, fmt::format("it says that {} at '{}', which is no date", what, date));
    if (*at > now + std::chrono::days{1})
      return add(ReportState::unverifiable, fmt::format("it says that {} at {}, which is in the future", what, date));
    if (*at + std::chrono::days{most_days} < now)
      add(ReportState::stale, fmt::format("{} at {}, more than {} days ago", what, date, most_days));
  }
  StatedReport take() && { return std::move(out_); }

 private:
  static std::optional<Instant> parse_time(const std::string& text) {
    if (const auto day = parse_date(text)) return Instant{*day};
    return parse_instant(text);
  }
  StatedReport out_;
};

bool says(const ScanReport& report, std::string_view what) {
  if (what == "tool_version") return !report.tool_version.empty();
  if (what == "created") return !report.created.empty();
  if (what == "data_date") return !report.data_date.empty();
  return what == "subject_digests" && !report.subject_digests.empty();
}

}  // namespace

std::string_view name(ReportState state) { return names[static_cast<std::size_t>(state)]; }

StatedReport state_of(const ScanReport& report, const StateLimits& limits, Instant now) {
  Judgement judgement(report);
  if (report.end == ScanEnd::failed) judgement.add(ReportState::failed, "it says that the scanner failed");
  if (report.end == ScanEnd::partial) judgement.add(ReportState::partial, "it says that not everything was looked at");
  if (report.examined <= 0) judgement.add(ReportState::empty, "it looked at nothing");
  judgement.check_age("it was made", report.created, limits.max_age_days, now);
  judgement.check_age("its data was current", report.data_date, limits.max_data_age_days, now);
  for (const std::string& wanted : limits.must_say) {
    if (!says(report, wanted)) judgement.add(ReportState::unverifiable, "it does not say its " + wanted);
  }
  return std::move(judgement).take();
}

std::string in_words(const ScanReport& report) {
  return fmt::format("{}{}{} ({})", report.tool, report.tool_version.empty() ? "" : " ", report.tool_version,
                     report.origin.artifact);
}

std::vector<Finding> unfinished(const FactSet& facts) {
  std::vector<Finding> findings;
  for (const ScanReport& report : facts.all<ScanReport>()) {
    if (!report.judges || (report.end != ScanEnd::failed && report.end != ScanEnd::partial)) continue;
    Finding finding;
    finding.message = fmt::format("{}: {}", in_words(report), state_of(report, {}, facts.now()).why);
    finding.subject = {{"report", report.origin.artifact}};
    finding.remedy = "let the scanner end well, and see all";
    finding.origin = report.origin;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace gate::rules
