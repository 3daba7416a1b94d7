#include "rules/sca/about.h"

namespace gate::rules {

// No score, fix or statement makes such a package bearable.
Judged sca_malicious_package(const FactSet& facts, const Params&) {
  Judged out;
  out.examined = examined(facts);
  const Merged merged = merge(facts);
  for (const MergedVulnerability& each : merged.vulnerabilities) {
    if (!is_malicious(each)) continue;
    Finding finding = about(each, {Severity::critical, ""});
    finding.message = (each.id.empty() ? "unnamed" : each.id) + ": " + to_string(each.package) + " is malicious";
    finding.remedy = "remove the package, and treat every machine and secret that it ran beside as lost";
    out.against.push_back(std::move(finding));
  }
  note_gaps(out, merged, facts);
  return out;
}

}  // namespace gate::rules
