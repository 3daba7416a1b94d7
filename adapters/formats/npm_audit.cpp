// `npm audit --json` of npm 7 and later, report version 2 (npm/audit-report). It tells neither the installed version
// nor when the data is from: a lock file beside it does.
#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/npm_advisory.h"
#include "adapters/formats/ways.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 3> root_members{"auditReportVersion", "metadata", "vulnerabilities"};

using Entries = std::map<std::string, View>;  // by the package's name

bool is_direct(const View& entry) {
  const auto member = entry.find("isDirect");
  return member && member->value().boolean() && *member->value().boolean();
}

Dependency dependency_of(const View& entry) {
  const auto member = entry.find("isDirect");
  if (!member || !member->value().boolean()) return Dependency::unknown;
  return *member->value().boolean() ? Dependency::direct : Dependency::transitive;
}

Ways ways_of(Reading& reading, const Entries& entries) {
  Ways ways;
  for (const auto& [name, entry] : entries) {
    if (is_direct(entry)) ways.add_start(name);
    for (const std::string& parent : reading.texts_or_none(entry, "effects")) ways.add_step(parent, name);
  }
  ways.resolve();
  return ways;
}

void read_fix(Reading& reading, const View& entry, const std::string& name, Vulnerability& fact) {
  const auto fix = entry.find("fixAvailable");
  if (!fix) return;
  if (const bool* answer = fix->value().boolean()) {
    fact.fix = *answer ? Fix::available : Fix::none_yet;
  } else if (fix->value().object()) {
    fact.fix = Fix::available;  // by a new version of what depends on it, often
    if (reading.text(*fix, "name") == name) fact.fixed = {reading.text(*fix, "version")};
  } else {
    reading.note(Errc::malformed, *fix, "neither yes, no nor a version");
  }
}

void read_advisory(Reading& reading, const View& advisory, Vulnerability fact) {
  fact.id = ghsa_of_url(reading.optional_text(advisory, "url"));
  if (fact.id.empty()) {
    const auto number = advisory.integer("source");
    if (!number) return reading.note(number.error().code, advisory, "an advisory without an address or a number");
    fact.id = fmt::format("NPM-{}", *number);
  }
  fact.severity = reading.severity(advisory, "severity");
  fact.severity_source = "npm";
  if (const auto cvss = reading.optional_object(advisory, "cvss")) {
    fact.score = reading.optional_text(*cvss, "vectorString");
    auto score = score_at(reading, *cvss, "score");
    if (fact.score.empty() && score == 0) score.reset();  // nobody rated it
    rate(reading, *cvss, fact, {.source = "ghsa", .method = {}, .vector = fact.score}, score);
  }
  rate(reading, advisory, fact, {.source = "npm", .method = {}, .vector = {}, .severity = fact.severity});
  fact.cwes = weaknesses(reading.texts_or_none(advisory, "cwe"));
  fact.affected = affected_versions("npm", reading.optional_text(advisory, "range"));
  add_flaw(reading, std::move(fact), advisory);
}

// A package is affected by advisories of its own, or through others, which have entries of their own.
void read_entry(Reading& reading, const std::string& name, const View& entry, const Entries& entries,
                const Ways& ways) {
  Vulnerability fact;
  fact.package = purl_in("npm", name, "");
  fact.dependency = dependency_of(entry);
  fact.tool = "npm";
  read_fix(reading, entry, name, fact);
  const auto nodes = reading.texts_or_none(entry, "nodes");
  if (!nodes.empty()) fact.file = nodes.front();
  const auto causes = reading.list(entry, "via");
  if (causes.empty()) reading.note(Errc::malformed, entry, "affected by nothing");
  bool has_advisory = false;
  for (const View& cause : causes) {
    if (const std::string* other = cause.value().text()) {
      if (!entries.contains(*other)) reading.note(Errc::incomplete, cause, "no entry is left for " + quoted(*other));
      continue;
    }
    if (reading.is_full()) return;
    if (!std::exchange(has_advisory, true)) fact.path = ways.to(name);
    read_advisory(reading, cause, fact);
  }
}

void read_metadata(Reading& reading, const View& root, std::size_t entries, ScanReport& report) {
  const auto metadata = reading.object(root, "metadata");
  if (!metadata) return;
  if (const auto counted = counted_findings(reading, *metadata); counted != static_cast<std::int64_t>(entries)) {
    reading.note(Errc::incomplete, *metadata, fmt::format("counts {} packages, and lists {}", counted, entries));
  }
  const auto dependencies = reading.object(*metadata, "dependencies");
  if (!dependencies) return;
  const auto total = dependencies->integer("total");
  if (!total) return reading.note(total.error().code, *dependencies, "does not say how many packages were looked at");
  report.examined = *total;
  if (*total <= 0) reading.note(Errc::empty, *dependencies, "no package was looked at");
}

std::optional<Error> wrong_version(const View& root) {
  if (const auto error = root.find("error")) {
    return error->error(Errc::tool_failed,
                        "npm says that the audit failed: " + quoted(json::to_string(error->value())));
  }
  const auto version = root.find("auditReportVersion");
  if (!version) {
    return root.error(Errc::unsupported_version, root.has("advisories")
                                                     ? "written by npm 6 or pnpm, whose reports are other formats"
                                                     : "no report version, this gate reads 2");
  }
  if (const auto* number = version->value().integer(); number && *number == 2) return std::nullopt;
  return version->error(Errc::unsupported_version, "another report version, this gate reads 2");
}

}  // namespace

Result<FactBatch> parse_npm_audit(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_version(root)) return *error;

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.only(root, root_members);
  const auto listed = reading.object(root, "vulnerabilities");
  auto members = listed ? listed->as_members() : std::vector<std::pair<std::string, View>>{};
  Entries entries;
  if (members) entries = Entries(members->begin(), members->end());
  const Ways ways = ways_of(reading, entries);
  for (const auto& [name, entry] : entries) read_entry(reading, name, entry, entries, ways);
  ScanReport report;
  report.tool = "npm";
  read_metadata(reading, root, entries.size(), report);
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
