// Grype's JSON report (anchore/grype, grype/presenter/models). It has no version number of its own, so the scanner's
// major version stands for it, and members that are not known count as unseen.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/reading.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 6> root_members{"alertsByPackage", "descriptor", "distro",
                                                       "ignoredMatches",  "matches",    "source"};
static_assert(std::ranges::is_sorted(root_members));

// The first rating's vector, else its score. Before 0.13 the two were members of their own.
std::string score_of(Reading& reading, const View& vulnerability) {
  for (const View& rating : reading.list_or_none(vulnerability, "cvss")) {
    if (std::string vector = reading.optional_text(rating, "vector"); !vector.empty()) return vector;
    const auto metrics = reading.optional_object(rating, "metrics");
    const auto score = metrics ? metrics->find("baseScore") : std::nullopt;
    if (score && score->value().number()) return json::to_string(score->value());
  }
  for (const std::string_view key : {"cvssV3", "cvssV2"}) {
    const auto rating = reading.optional_object(vulnerability, key);
    if (rating) return reading.optional_text(*rating, "vector");
  }
  return {};
}

// Related vulnerabilities are the same flaw in another database. Advisories are not aliases: one fixes many flaws.
std::vector<std::string> aliases_of(Reading& reading, const View& match, const std::string& id) {
  std::vector<std::string> aliases;
  for (const View& related : reading.list_or_none(match, "relatedVulnerabilities")) {
    aliases.push_back(reading.text(related, "id"));
  }
  std::erase(aliases, id);
  std::erase(aliases, "");
  return sorted_unique(std::move(aliases));
}

void read_artifact(Reading& reading, const View& artifact, Vulnerability& fact) {
  const std::string name = reading.text(artifact, "name");
  const std::string purl = reading.optional_text(artifact, "purl");
  fact.version = reading.text(artifact, "version");
  fact.package = label(purl, name, fact.version);
}

void read_match(Reading& reading, const View& match) {
  const auto vulnerability = reading.object(match, "vulnerability");
  const auto artifact = reading.object(match, "artifact");
  if (!vulnerability || !artifact) return;
  Vulnerability fact;
  fact.id = reading.text(*vulnerability, "id");
  if (fact.id.empty()) return;
  fact.aliases = aliases_of(reading, match, fact.id);
  read_artifact(reading, *artifact, fact);
  fact.severity = reading.severity(*vulnerability, "severity");
  fact.severity_source = reading.optional_text(*vulnerability, "namespace");
  fact.score = score_of(reading, *vulnerability);
  if (const auto fix = reading.optional_object(*vulnerability, "fix"))
    fact.fixed = reading.texts_or_none(*fix, "versions");
  fact.tool = "grype";
  reading.add(std::move(fact), match);
}

// The state of the vulnerability data: under db.status since 0.85, right under db before, absent before 0.13.
void read_database(Reading& reading, const View& descriptor, ScanReport& report) {
  const auto db = reading.optional_object(descriptor, "db");
  if (!db) return;
  const auto status = reading.optional_object(*db, "status");
  const View& state = status ? *status : *db;
  report.data_date = reading.optional_time(state, "built");
  if (const auto valid = state.find("valid"); valid && !(valid->value().boolean() && *valid->value().boolean())) {
    reading.note(Errc::tool_failed, *valid, "the scanner says that its vulnerability data is not valid");
  }
  if (const std::string error = reading.optional_text(state, "error"); !error.empty()) {
    reading.note(Errc::tool_failed, state, "the scanner's vulnerability data: " + quoted(error));
  }
}

std::optional<Error> wrong_descriptor(const View& root) {
  const auto descriptor = root.find("descriptor");
  if (!descriptor || !descriptor->value().object()) return std::nullopt;
  const auto tool = descriptor->find("name");
  if (tool && tool->value().text() && *tool->value().text() != "grype") {
    return tool->error(Errc::malformed, "a report of " + quoted(*tool->value().text()) + ", not of grype");
  }
  const auto version = descriptor->find("version");
  if (!version || !version->value().text() || version->value().text()->starts_with("0.")) return std::nullopt;
  return version->error(Errc::unsupported_version,
                        "written by version " + quoted(*version->value().text()) + ", this gate reads reports of 0.x");
}

void read_descriptor(Reading& reading, const View& root, ScanReport& report) {
  const auto descriptor = reading.object(root, "descriptor");
  if (!descriptor) return;
  reading.text(*descriptor, "name");
  report.tool_version = reading.text(*descriptor, "version");
  report.created = reading.optional_time(*descriptor, "timestamp");
  read_database(reading, *descriptor, report);
}

// Grype does not say how many packages it saw; that it saw its source is all that a report tells.
void read_source(Reading& reading, const View& root, ScanReport& report) {
  const auto source = reading.object(root, "source");
  if (!source) return;
  const std::string type = reading.text(*source, "type");
  if (const auto target = source->find("target")) {
    report.subject = target->value().text() ? *target->value().text() : reading.text(*target, "userInput");
  }
  if (type == "unknown" || report.subject.empty()) {
    reading.note(Errc::incomplete, *source, "the report does not say what was scanned");
  } else {
    report.examined = 1;
  }
}

}  // namespace

Result<FactBatch> parse_grype(const Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_descriptor(root)) return *error;
  const auto matches = root.elements("matches");
  if (!matches) return matches.error();

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.only(root, root_members);
  for (const View& match : *matches) read_match(reading, match);
  if (const auto ignored = reading.list_or_none(root, "ignoredMatches"); !ignored.empty()) {
    reading.note(Errc::incomplete, root, fmt::format("matches ignored by the scanner's own rules: {}", ignored.size()));
  }
  if (const auto alerts = reading.list_or_none(root, "alertsByPackage"); !alerts.empty()) {
    reading.note(Errc::incomplete, root,
                 fmt::format("packages that the scanner lacks data for, as it warns: {}", alerts.size()));
  }
  ScanReport report;
  report.tool = "grype";
  read_descriptor(reading, root, report);
  read_source(reading, root, report);
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
