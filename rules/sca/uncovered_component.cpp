#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rules/sca/about.h"

namespace gate::rules {
namespace {

// Which scanners looked at which packages.
class Looks {
 public:
  explicit Looks(const FactSet& facts) {
    for (const ScanReport& report : facts.all<ScanReport>()) {
      if (report.judges) tools_.emplace(report.origin.artifact, report.tool);
    }
    for (const Component& component : facts.all<Component>()) {
      if (add(package_key(component), component.origin)) listing_.insert(component.origin.artifact);
    }
    for (const Vulnerability& each : facts.all<Vulnerability>()) add(package_key(each), each.origin);
    std::ranges::sort(seen_);
    const auto repeated = std::ranges::unique(seen_);
    seen_.erase(repeated.begin(), repeated.end());
  }
  std::size_t at(const PackageKey& package) const {
    return std::ranges::equal_range(seen_, package, {}, &Seen::first).size();
  }
  // A report that does not list what it looked at may have looked at anything.
  std::size_t without_list() const { return tools_.size() - listing_.size(); }

 private:
  using Seen = std::pair<PackageKey, std::string>;  // a package, the scanner

  // Whether a scanner's report tells it.
  bool add(PackageKey package, const Origin& origin) {
    const auto tool = tools_.find(origin.artifact);
    if (tool != tools_.end()) seen_.emplace_back(std::move(package), tool->second);
    return tool != tools_.end();
  }

  std::map<std::string, std::string> tools_;  // by file
  std::set<std::string> listing_;             // files
  std::vector<Seen> seen_;
};

// What an SBOM is about: no scanner looks that up.
struct Subject {
  std::string ref, label;  // either may be empty
  bool is(const Component& component) const {
    if (!component.ref.empty() || !ref.empty()) return component.ref == ref;
    return !label.empty() && component.name + "@" + component.version == label;
  }
};

std::map<std::string, Subject> sbom_subjects(const FactSet& facts) {
  std::map<std::string, Subject> subjects;  // by file
  for (const Sbom& sbom : facts.all<Sbom>()) subjects[sbom.origin.artifact].ref = sbom.subject;
  for (const ScanReport& report : facts.all<ScanReport>()) {
    const auto sbom = subjects.find(report.origin.artifact);
    if (sbom != subjects.end()) sbom->second.label = report.subject;
  }
  return subjects;
}

}  // namespace

// "No vulnerability found" is true as well of what nobody looked at.
Judged sca_uncovered_component(const FactSet& facts, const Params& params) {
  Judged out;
  const Looks looks(facts);
  const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(1, params.number("scanners")));
  const auto sboms = sbom_subjects(facts);
  for (const Component& component : facts.all<Component>()) {
    const auto sbom = sboms.find(component.origin.artifact);
    if (component.in_inventory || sbom == sboms.end()) continue;
    if (sbom->second.is(component)) continue;
    ++out.examined;
    const PackageKey key = package_key(component);
    const std::size_t seen = looks.at(key);
    Finding finding;
    finding.subject = {{"package", to_string(key)}};
    finding.origin = component.origin;
    finding.message = fmt::format("{}: {} of {} wanted scanners list it", to_string(key), seen, wanted);
    if (key.version.empty() || key.base.empty()) {
      finding.message += "; it has no version, so that no scanner can judge it";
      put(out, params.text("unidentified"), std::move(finding));
    } else if (seen >= wanted) {
      out.in_favour.push_back(std::move(finding));
    } else if (seen + looks.without_list() >= wanted) {
      finding.message += "; a report does not list what it looked at";
      out.to_review.push_back(std::move(finding));
    } else {
      out.lacking.push_back(std::move(finding));
    }
  }
  return out;
}

}  // namespace gate::rules
