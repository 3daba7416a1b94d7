#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rules/sca/about.h"

namespace gate::rules {
namespace {

std::string ratings_by_scanner(const std::map<std::string, Severity>& ratings) {
  std::vector<std::string> words;
  for (const auto& [tool, severity] : ratings) words.push_back(fmt::format("{} by {}", name(severity), tool));
  return fmt::format("{}", fmt::join(words, ", "));
}

bool differ(const std::map<std::string, Severity>& ratings) {
  return std::ranges::any_of(ratings, [&](const auto& r) { return r.second != ratings.begin()->second; });
}

std::size_t tools(const FactSet& facts) {
  std::vector<std::string> names;
  for (const ScanReport& report : facts.all<ScanReport>()) {
    if (report.judges) names.push_back(report.tool);
  }
  std::ranges::sort(names);
  return static_cast<std::size_t>(std::ranges::unique(names).begin() - names.begin());
}

}  // namespace

// One scanner has nobody to disagree with, so that its findings are not examined.
Judged sca_scanner_disagreement(const FactSet& facts, const Params& params) {
  Judged out;
  const Merged merged = merge(facts);
  if (tools(facts) >= 2) out.examined = examined(facts);
  for (const MergedVulnerability& each : merged.vulnerabilities) {
    const auto ratings = by_scanner(each);
    if (!each.silent.empty()) {
      put(out, params.text("missed"), about(each, {}));
    } else if (differ(ratings)) {
      Finding finding = about(each, {});
      finding.message = fmt::format("{} in {}: {}", finding.subject["vulnerability"], to_string(each.package),
                                    ratings_by_scanner(ratings));
      put(out, params.text("severity"), std::move(finding));
    } else {
      out.in_favour.push_back(about(each, {}));
    }
  }
  note_gaps(out, merged, facts);
  return out;
}

}  // namespace gate::rules
