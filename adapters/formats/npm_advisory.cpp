#include "adapters/formats/npm_advisory.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/formats/ecosystems.h"

namespace gate::formats {
namespace {

using json::View;

// A number that names nothing in any other database, so that it must not look like one that does.
std::string npm_id(Reading& reading, const View& advisory) {
  const auto number = advisory.integer("id");
  if (number) return fmt::format("NPM-{}", *number);
  reading.note(number.error().code, advisory, "an advisory without a number");
  return {};
}

std::vector<std::string> cwes_of(Reading& reading, const View& advisory) {
  const auto member = advisory.find("cwe");
  if (!member) return {};
  if (const std::string* one = member->value().text()) return weaknesses({*one});
  return weaknesses(reading.texts_or_none(advisory, "cwe"));
}

// npm writes 0 without a vector for what nobody rated.
void read_cvss(Reading& reading, const View& advisory, Vulnerability& fact) {
  const auto cvss = reading.optional_object(advisory, "cvss");
  if (!cvss) return;
  std::string vector = reading.optional_text(*cvss, "vectorString");
  auto score = score_at(reading, *cvss, "score");
  if (vector.empty() && score == 0) score.reset();
  rate(reading, *cvss, fact, {.source = "ghsa", .method = {}, .vector = std::move(vector)}, score);
}

// ">=1.2.3 <2.0.0 || >=2.0.1" names the versions with a fix; "<0.0.0" says that there is none.
void read_fix(Reading& reading, const View& advisory, Vulnerability& fact) {
  std::string_view patched;
  const std::string text = reading.optional_text(advisory, "patched_versions");
  patched = text;
  if (patched.empty()) return;
  if (patched == "<0.0.0") {
    fact.fix = Fix::none_yet;
    return;
  }
  fact.fix = Fix::available;
  for (std::size_t at = patched.find(">="); at != std::string_view::npos; at = patched.find(">=")) {
    patched.remove_prefix(std::min(patched.find_first_not_of(' ', at + 2), patched.size()));
    const std::string_view version = patched.substr(0, patched.find_first_of(" |"));
    if (!version.empty()) fact.fixed.emplace_back(version);
  }
}

void read_finding(Reading& reading, const View& finding, const Vulnerability& flaw, const std::string& name,
                  const View& advisory) {
  Vulnerability fact = flaw;
  fact.version = reading.text(finding, "version");
  fact.package = purl_in("npm", name, fact.version);
  const auto paths = reading.texts_or_none(finding, "paths");
  const auto shortest =
      std::ranges::min_element(paths, {}, [](const std::string& path) { return std::ranges::count(path, '>'); });
  if (shortest != paths.end()) set_npm_path(fact, *shortest);
  add_flaw(reading, std::move(fact), advisory);
}

}  // namespace

Vulnerability npm_flaw(Reading& reading, const View& advisory, std::string_view tool) {
  Vulnerability fact;
  const std::string number = npm_id(reading, advisory);
  std::string ghsa = reading.optional_text(advisory, "github_advisory_id");
  if (ghsa.empty()) ghsa = ghsa_of_url(reading.optional_text(advisory, "url"));
  fact.aliases = reading.texts_or_none(advisory, "cves");
  fact.id = !ghsa.empty() ? ghsa : fact.aliases.size() == 1 ? fact.aliases.front() : number;
  fact.severity = reading.severity(advisory, "severity");
  fact.severity_source = "npm";
  read_cvss(reading, advisory, fact);
  if (!fact.ratings.empty()) fact.score = fact.ratings.front().vector;
  rate(reading, advisory, fact, {.source = "npm", .method = {}, .vector = {}, .severity = fact.severity});
  read_fix(reading, advisory, fact);
  fact.published = reading.optional_time(advisory, "created");
  fact.cwes = cwes_of(reading, advisory);
  fact.affected = affected_versions("npm", reading.optional_text(advisory, "vulnerable_versions"));
  fact.tool = tool;
  return fact;
}

void set_npm_path(Vulnerability& fact, std::string_view path) {
  std::vector<std::string> steps;
  while (!path.empty()) {
    const auto end = std::min(path.find('>'), path.size());
    if (path.substr(0, end) != ".") steps.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  if (steps.empty()) return;
  fact.dependency = steps.size() == 1 ? Dependency::direct : Dependency::transitive;
  steps.pop_back();  // the package itself
  fact.path = std::move(steps);
}

void add_npm_findings(Reading& reading, const View& advisory, std::string_view tool) {
  const Vulnerability flaw = npm_flaw(reading, advisory, tool);
  const std::string name = reading.text(advisory, "module_name");
  if (flaw.id.empty() || name.empty()) return;
  const auto findings = reading.list(advisory, "findings");
  for (const View& finding : findings) read_finding(reading, finding, flaw, name, advisory);
  if (!findings.empty()) return;
  reading.note(Errc::incomplete, advisory, "an advisory that does not say what is installed");
  Vulnerability fact = flaw;
  fact.package = purl_in("npm", name, "");
  add_flaw(reading, std::move(fact), advisory);
}

std::int64_t counted_findings(Reading& reading, const View& metadata) {
  std::int64_t total = 0;
  const auto counts = reading.object(metadata, "vulnerabilities");
  if (!counts) return 0;
  for (const std::string_view step : {"info", "low", "moderate", "high", "critical"}) {
    const auto count = counts->integer(step);
    if (!count || *count < 0 || *count > 1'000'000'000) {
      reading.note(Errc::malformed, *counts, fmt::format("'{}' is no count", step));
    } else {
      total += *count;
    }
  }
  return total;
}

void read_npm_advisories(Reading& reading, const View& root, std::string_view tool) {
  ScanReport report;
  report.tool = tool;
  const auto advisories = reading.object(root, "advisories");
  const auto entries = advisories ? advisories->as_members() : std::vector<std::pair<std::string, View>>{};
  if (advisories && entries) {
    for (const auto& [number, advisory] : *entries) {
      if (!reading.is_full()) add_npm_findings(reading, advisory, tool);
    }
  }
  if (const auto muted = reading.list_or_none(root, "muted"); !muted.empty()) {
    reading.note(Errc::incomplete, root, fmt::format("advisories that the tool keeps quiet about: {}", muted.size()));
  }
  if (const auto metadata = reading.object(root, "metadata")) {
    const auto counted = counted_findings(reading, *metadata);
    if ((counted > 0) != (advisories && !advisories->value().object()->empty())) {
      reading.note(Errc::incomplete, *metadata, fmt::format("counts {} findings, and others are listed", counted));
    }
    const auto total = metadata->integer("totalDependencies");
    if (!total) reading.note(total.error().code, *metadata, "does not say how many packages were looked at");
    report.examined = total ? *total : 0;
    if (total && *total <= 0) reading.note(Errc::empty, *metadata, "no package was looked at");
  }
  reading.add(std::move(report), root);
}

}  // namespace gate::formats
