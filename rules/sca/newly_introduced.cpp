#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "rules/sca/about.h"
#include "rules/sca/vex.h"

namespace gate::rules {
namespace {

using Known = std::set<std::pair<std::string, std::string>>;  // identifier, package without version

Known known_before(const FactSet& facts) {
  Known known;
  for (const BaseVulnerability& each : facts.all<BaseVulnerability>()) {
    const std::string package = package_key(each.package, "").base;
    if (auto id = usual_id(each.id); !id.empty()) known.emplace(std::move(id), package);
    for (const std::string& alias : each.aliases) {
      if (auto id = usual_id(alias); !id.empty()) known.emplace(std::move(id), package);
    }
  }
  return known;
}

// Another version of a package with the same flaw brings nothing new.
bool is_old(const MergedVulnerability& merged, const Known& known) {
  const auto has = [&](const std::string& id) {
    return known.contains({id, merged.package.base}) || std::ranges::any_of(merged.told, [&](const Vulnerability* v) {
             return known.contains({id, package_key(*v).base});
           });
  };
  return (!merged.id.empty() && has(merged.id)) || std::ranges::any_of(merged.others, has);
}

}  // namespace

Judged sca_newly_introduced(const FactSet& facts, const Params& params) {
  const Severity tolerated = *parse_severity(params.text("max_severity"));
  Judged out;
  out.examined = examined(facts);
  const Merged merged = merge(facts);
  const VexAnswers vex = apply_vex(merged, facts);
  const Known known = known_before(facts);
  for (std::size_t i = 0; i < merged.vulnerabilities.size(); ++i) {
    const MergedVulnerability& each = merged.vulnerabilities[i];
    const Rated rated = rate(each, params);
    Finding finding = about(each, rated);
    if (!vex.answers[i].why.empty()) finding.message += "; VEX: " + vex.answers[i].why;
    if (is_old(each, known)) {
      finding.message += "; the base has it already";
      out.in_favour.push_back(std::move(finding));
      continue;
    }
    const bool bad = rated.severity > tolerated || is_malicious(each) || each.known.listed;
    const bool unscored = rated.severity == Severity::unknown;
    const std::string_view word = vex.answers[i].effect == VexEffect::cleared        ? "tolerate"
                                  : vex.answers[i].effect == VexEffect::contradicted ? "review"
                                  : bad                                              ? "fail"
                                  : unscored ? std::string_view(params.text("unscored"))
                                             : "tolerate";
    put(out, word, std::move(finding));
  }
  note_gaps(out, merged, facts);
  return out;
}

}  // namespace gate::rules
