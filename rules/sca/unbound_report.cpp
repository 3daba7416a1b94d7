#include <fmt/format.h>

#include <algorithm>

#include "rules/sca/about.h"
#include "rules/sca/report_state.h"

namespace gate::rules {
namespace {

// What the run is about, as reports write digests.
std::vector<std::string> subjects(const FactSet& facts, const Params& params) {
  std::vector<std::string> digests = params.texts("digests");
  for (const Artifact& artifact : facts.all<Artifact>()) {
    digests.push_back("sha256:" + artifact.sha256);
    if (artifact.commit.empty()) continue;
    digests.push_back("gitCommit:" + artifact.commit);
    digests.push_back((artifact.commit.size() == 40 ? "sha1:" : "sha256:") + artifact.commit);
  }
  std::ranges::sort(digests);
  return digests;
}

}  // namespace

// A clean report about another build is worth nothing for this one.
Judged sca_unbound_report(const FactSet& facts, const Params& params) {
  const auto wanted = subjects(facts, params);
  Judged out;
  for (const ScanReport& report : facts.all<ScanReport>()) {
    ++out.examined;
    const auto known = std::ranges::find_if(
        report.subject_digests, [&](const std::string& digest) { return std::ranges::binary_search(wanted, digest); });
    Finding finding;
    finding.subject = {{"report", report.origin.artifact}, {"tool", report.tool}};
    finding.origin = report.origin;
    if (report.subject_digests.empty()) {
      finding.message = fmt::format("{} does not say by digest what it is about", in_words(report));
      put(out, params.text("without_digest"), std::move(finding));
    } else if (known == report.subject_digests.end()) {
      finding.message = fmt::format("{} is about {}, which is nothing that this run judges", in_words(report),
                                    report.subject_digests.front());
      out.lacking.push_back(std::move(finding));
    } else {
      finding.message = fmt::format("{} is about {}", in_words(report), *known);
      out.in_favour.push_back(std::move(finding));
    }
  }
  return out;
}

}  // namespace gate::rules
