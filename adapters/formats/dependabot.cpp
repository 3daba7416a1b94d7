// Dependabot's alerts, as GitHub's REST interface lists them, or as a GraphQL query for `vulnerabilityAlerts` answers.
// The two write the same things, in two spellings. Neither says which packages were looked at; a fixed alert is none.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 3> answer_members{"data", "errors", "extensions"};

// The names of one thing in the two spellings.
struct Spelling {
  std::string_view vulnerability, first_fix, vector, published, cwe, dismissed_at, reason, comment, fixed_at,
      auto_dismissed_at, range;
};
constexpr Spelling rest{"security_vulnerability",
                        "first_patched_version",
                        "vector_string",
                        "published_at",
                        "cwe_id",
                        "dismissed_at",
                        "dismissed_reason",
                        "dismissed_comment",
                        "fixed_at",
                        "auto_dismissed_at",
                        "vulnerable_version_range"};
constexpr Spelling graphql{
    "securityVulnerability", "firstPatchedVersion", "vectorString",   "publishedAt", "cweId",
    "dismissedAt",           "dismissReason",       "dismissComment", "fixedAt",     "autoDismissedAt",
    "vulnerableVersionRange"};

// A list, or GraphQL's `{nodes: […]}`.
std::vector<View> nodes_or_none(Reading& reading, const View& object, std::string_view key) {
  const auto member = object.find(key);
  if (!member) return {};
  return member->value().object() ? reading.list_or_none(*member, "nodes") : reading.list_or_none(object, key);
}

void read_cvss(Reading& reading, const View& cvss, const Spelling& names, Vulnerability& fact) {
  std::string vector = reading.optional_text(cvss, names.vector);
  auto score = score_at(reading, cvss, "score");
  if (vector.empty() && score == 0) score.reset();  // nobody rated it
  rate(reading, cvss, fact, {.source = "ghsa", .method = {}, .vector = std::move(vector)}, score);
}

void read_ratings(Reading& reading, const View& advisory, const Spelling& names, Vulnerability& fact) {
  if (const auto cvss = reading.optional_object(advisory, "cvss")) read_cvss(reading, *cvss, names, fact);
  for (const std::string_view key : {"cvss_severities", "cvssSeverities"}) {
    const auto versions = reading.optional_object(advisory, key);
    const auto members = versions ? versions->as_members() : std::vector<std::pair<std::string, View>>{};
    if (!members) continue;
    for (const auto& [version, cvss] : *members) {
      if (cvss.value().object()) read_cvss(reading, cvss, names, fact);
    }
  }
  if (!fact.ratings.empty()) fact.score = fact.ratings.front().vector;
  const auto epss = reading.optional_object(advisory, "epss");
  const auto chance = epss ? epss->find("percentage") : std::nullopt;
  const auto number = chance ? chance->value().number() : std::nullopt;
  if (number && *number >= 0 && *number <= 1) fact.epss = std::llround(*number * 100000);
}

void read_advisory(Reading& reading, const View& advisory, const Spelling& names, Vulnerability& fact) {
  for (const View& identifier : reading.list(advisory, "identifiers")) {
    fact.aliases.push_back(reading.text(identifier, "value"));
  }
  std::erase(fact.aliases, "");
  const auto ghsa = std::ranges::find_if(fact.aliases, [](const std::string& id) { return id.starts_with("GHSA-"); });
  if (!fact.aliases.empty()) fact.id = ghsa == fact.aliases.end() ? fact.aliases.front() : *ghsa;
  read_ratings(reading, advisory, names, fact);
  std::vector<std::string> cwes;
  for (const View& entry : nodes_or_none(reading, advisory, "cwes")) cwes.push_back(reading.text(entry, names.cwe));
  fact.cwes = weaknesses(cwes);
  fact.published = reading.optional_time(advisory, names.published);
}

// "= 4.17.15" in GraphQL's answer; elsewhere the range of what is vulnerable is all that is told.
std::string installed_version(Reading& reading, const View& alert) {
  const std::string required = reading.optional_text(alert, "vulnerableRequirements");
  return required.starts_with("= ") ? required.substr(2) : std::string();
}

void read_place(Reading& reading, const View& alert, Vulnerability& fact) {
  for (const std::string_view key : {"vulnerableManifestPath", "vulnerableManifestFilename"}) {
    if (fact.file.empty()) fact.file = reading.optional_text(alert, key);
  }
  std::string relation = reading.optional_text(alert, "dependencyRelationship");
  if (const auto dependency = reading.optional_object(alert, "dependency")) {
    fact.file = reading.optional_text(*dependency, "manifest_path");
    relation = reading.optional_text(*dependency, "relationship");
  }
  if (relation == "direct" || relation == "DIRECT") fact.dependency = Dependency::direct;
  if (relation == "transitive" || relation == "TRANSITIVE") fact.dependency = Dependency::transitive;
}

std::string why_dismissed(Reading& reading, const View& alert, const Spelling& names) {
  if (!reading.optional_text(alert, names.auto_dismissed_at).empty()) return "dismissed by a rule";
  if (reading.optional_text(alert, names.dismissed_at).empty()) return {};
  const std::string reason = reading.optional_text(alert, names.reason);
  const std::string comment = reading.optional_text(alert, names.comment);
  return "dismissed" + (reason.empty() ? "" : ": " + reason) + (comment.empty() ? "" : ": " + comment);
}

void read_alert(Reading& reading, const View& alert, const Spelling& names) {
  if (reading.is_full() || !reading.optional_text(alert, names.fixed_at).empty()) return;
  const auto vulnerability = reading.object(alert, names.vulnerability);
  if (!vulnerability) return;
  const auto advisory = names.vulnerability == rest.vulnerability ? reading.object(alert, "security_advisory")
                                                                  : reading.object(*vulnerability, "advisory");
  const auto package = reading.object(*vulnerability, "package");
  if (!advisory || !package) return;
  Vulnerability fact;
  read_advisory(reading, *advisory, names, fact);
  if (fact.id.empty()) return reading.note(Errc::malformed, *advisory, "an advisory without an identifier");
  const std::string name = reading.text(*package, "name");
  fact.version = installed_version(reading, alert);
  fact.package = label(purl_in(reading.optional_text(*package, "ecosystem"), name, fact.version), name, fact.version);
  fact.severity = reading.severity(*vulnerability, "severity");
  fact.severity_source = "ghsa";
  rate(reading, *vulnerability, fact, {.source = "ghsa", .method = {}, .vector = {}, .severity = fact.severity});
  if (const auto fix = reading.optional_object(*vulnerability, names.first_fix)) {
    fact.fixed = {reading.text(*fix, "identifier")};
    fact.fix = Fix::available;
  }
  fact.affected = affected_versions(type_of(fact.package), reading.optional_text(*vulnerability, names.range));
  read_place(reading, alert, fact);
  fact.suppressed = why_dismissed(reading, alert, names);
  fact.tool = "dependabot";
  add_flaw(reading, std::move(fact), alert);
}

// Wherever the query put them: in a repository, or in those that a search found.
void read_answer(Reading& reading, const View& object, ScanReport& report, std::size_t depth) {
  if (const auto alerts = reading.optional_object(object, "vulnerabilityAlerts")) {
    const auto nodes = reading.list(*alerts, "nodes");
    const auto page = reading.optional_object(*alerts, "pageInfo");
    const auto more = page ? page->find("hasNextPage") : std::nullopt;
    if (more && more->value().boolean() && *more->value().boolean()) {
      reading.note(Errc::incomplete, *alerts, "one page of several");
    }
    const auto total = alerts->find("totalCount");
    if (total && total->value().integer() && *total->value().integer() > static_cast<std::int64_t>(nodes.size())) {
      reading.note(Errc::incomplete, *alerts, "fewer alerts than it counts");
    }
    ++report.examined;
    for (const View& alert : nodes) read_alert(reading, alert, graphql);
    return;
  }
  if (depth == 0) return;
  const auto members = object.as_members();
  if (!members) return;
  for (const auto& [key, member] : *members) {
    if (member.value().object()) read_answer(reading, member, report, depth - 1);
    if (!member.value().array()) continue;
    for (const View& element : reading.list(object, key)) {
      const auto before = report.examined;
      if (element.value().object()) read_answer(reading, element, report, depth - 1);
      if (report.examined == before) reading.note(Errc::incomplete, element, "no list of alerts in it");
    }
  }
}

void read_list(Reading& reading, const View& root, ScanReport& report) {
  const auto alerts = root.as_elements();
  report.examined = static_cast<std::int64_t>(alerts->size());
  if (alerts->empty()) {
    reading.note(Errc::empty, root, "no alert, which GitHub writes for a repository that it does not look at as well");
  }
  for (const View& alert : *alerts) read_alert(reading, alert, rest);
}

std::optional<Error> wrong_shape(const View& root) {
  if (const auto* list = root.value().array()) {
    const bool scans_code = !list->empty() && list->front().find("rule") && list->front().find("most_recent_instance");
    if (!scans_code) return std::nullopt;
    return root.error(Errc::unsupported_version, "alerts of code scanning, not of Dependabot");
  }
  if (root.has("data") || root.has("errors")) return std::nullopt;
  return root.error(Errc::unsupported_version, "neither a list of alerts nor the answer to a query");
}

}  // namespace

Result<FactBatch> parse_dependabot(Document& document) {
  const auto value = parse_json(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_shape(root)) return *error;

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  ScanReport report;
  report.tool = "dependabot";
  if (value->array()) {
    read_list(reading, root, report);
  } else {
    reading.only(root, answer_members);
    if (const auto errors = reading.list_or_none(root, "errors"); !errors.empty()) {
      report.end = ScanEnd::failed;
      reading.note(Errc::tool_failed, root, fmt::format("GitHub answers with errors: {}", errors.size()));
    }
    if (const auto data = reading.object(root, "data")) read_answer(reading, *data, report, 6);
    if (report.examined == 0) reading.note(Errc::empty, root, "no list of alerts in it");
  }
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
