// Grype's JSON report (anchore/grype, grype/presenter/models). It has no version number of its own, so the scanner's
// major version stands for it, and members that are not known count as unseen.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 6> root_members{"alertsByPackage", "descriptor", "distro",
                                                       "ignoredMatches",  "matches",    "source"};
static_assert(std::ranges::is_sorted(root_members));

// Ratings of the record's own namespace, and of the same flaw in others. Before 0.13 there were two members for them.
void read_ratings(Reading& reading, const View& record, const std::string& owner, Vulnerability& fact) {
  for (const View& rating : reading.list_or_none(record, "cvss")) {
    std::string source = reading.optional_text(rating, "source");
    const auto metrics = reading.optional_object(rating, "metrics");
    const auto score = metrics ? score_at(reading, *metrics, "baseScore") : std::nullopt;
    rate(reading, rating, fact,
         {.source = source.empty() ? owner : source, .method = {}, .vector = reading.optional_text(rating, "vector")},
         score);
  }
  for (const std::string_view key : {"cvssV3", "cvssV2"}) {
    const auto rating = reading.optional_object(record, key);
    if (!rating) continue;
    rate(reading, *rating, fact, {.source = owner, .method = {}, .vector = reading.optional_text(*rating, "vector")},
         score_at(reading, *rating, "baseScore"));
  }
}

// The scanner's first rating, as it writes it.
std::string score_of(const Vulnerability& fact) {
  if (fact.ratings.empty()) return {};
  const Rating& first = fact.ratings.front();
  if (!first.vector.empty() || first.score < 0) return first.vector;
  return fmt::format("{}.{}", first.score / 10, first.score % 10);
}

void read_fix(Reading& reading, const View& vulnerability, Vulnerability& fact) {
  const auto fix = reading.optional_object(vulnerability, "fix");
  if (!fix) return;
  fact.fixed = reading.texts_or_none(*fix, "versions");
  const std::string state = reading.optional_text(*fix, "state");
  if (state == "fixed" || !fact.fixed.empty()) fact.fix = Fix::available;
  if (state == "not-fixed") fact.fix = Fix::none_yet;
  if (state == "wont-fix") fact.fix = Fix::declined;
  for (const View& available : reading.list_or_none(*fix, "available")) {
    const std::string date = reading.optional_day(available, "date");
    if (!date.empty() && (fact.fix_date.empty() || date < fact.fix_date)) fact.fix_date = date;
  }
}

// What is known about how likely the flaw is used. A record about a bundle has more than one: the highest counts.
void read_use(Reading& reading, const View& vulnerability, Vulnerability& fact) {
  for (const View& entry : reading.list_or_none(vulnerability, "epss")) {
    const auto value = entry.find("epss");
    const auto chance = value ? value->value().number() : std::nullopt;
    if (!chance || *chance < 0 || *chance > 1) {
      reading.note(Errc::malformed, entry, "'epss' is no probability");
    } else {
      fact.epss = std::max<std::int64_t>(fact.epss, std::llround(*chance * 100000));
    }
  }
  fact.known_exploited = !reading.list_or_none(vulnerability, "knownExploited").empty();
  std::vector<std::string> cwes;
  for (const View& entry : reading.list_or_none(vulnerability, "cwes")) {
    cwes.push_back(reading.optional_text(entry, "cwe"));
  }
  fact.cwes = weaknesses(cwes);
}

// Related vulnerabilities are the same flaw in another database, or those that an advisory is about.
void read_related(Reading& reading, const View& match, Vulnerability& fact) {
  for (const View& related : reading.list_or_none(match, "relatedVulnerabilities")) {
    fact.aliases.push_back(reading.text(related, "id"));
    read_ratings(reading, related, reading.optional_text(related, "namespace"), fact);
  }
}

void read_artifact(Reading& reading, const View& artifact, Vulnerability& fact) {
  const std::string name = reading.text(artifact, "name");
  const std::string purl = reading.optional_text(artifact, "purl");
  fact.version = reading.text(artifact, "version");
  fact.package = label(purl, name, fact.version);
  for (const View& location : reading.list_or_none(artifact, "locations")) {
    if (fact.file.empty()) fact.file = reading.optional_text(location, "path");
  }
}

Vulnerability read_match(Reading& reading, const View& match) {
  Vulnerability fact;
  const auto vulnerability = reading.object(match, "vulnerability");
  const auto artifact = reading.object(match, "artifact");
  if (!vulnerability || !artifact) return fact;
  fact.id = reading.text(*vulnerability, "id");
  if (fact.id.empty()) return fact;
  read_artifact(reading, *artifact, fact);
  fact.severity = reading.severity(*vulnerability, "severity");
  fact.severity_source = reading.optional_text(*vulnerability, "namespace");
  read_ratings(reading, *vulnerability, fact.severity_source, fact);
  fact.score = score_of(fact);
  read_related(reading, match, fact);
  for (const View& advisory : reading.list_or_none(*vulnerability, "advisories")) {
    fact.advisories.push_back(reading.optional_text(advisory, "id"));
  }
  read_fix(reading, *vulnerability, fact);
  read_use(reading, *vulnerability, fact);
  fact.malicious = fact.id.starts_with("MAL-");
  fact.tool = "grype";
  return fact;
}

void take_match(Reading& reading, const View& match, bool is_ignored) {
  if (reading.is_full()) return;
  Vulnerability fact = read_match(reading, match);
  if (fact.id.empty()) return;
  if (is_ignored) {
    for (const View& rule : reading.list_or_none(match, "appliedIgnoreRules")) {
      if (fact.suppressed.empty()) fact.suppressed = reading.optional_text(rule, "reason");
    }
    if (fact.suppressed.empty()) fact.suppressed = "a rule of the scanner's own";
  }
  add_flaw(reading, std::move(fact), match);
}

// The state of the vulnerability data: under db.status since 0.85, right under db before, absent before 0.13.
void read_database(Reading& reading, const View& descriptor, ScanReport& report) {
  const auto db = reading.optional_object(descriptor, "db");
  if (!db) return;
  const auto status = reading.optional_object(*db, "status");
  const View& state = status ? *status : *db;
  report.data_date = reading.optional_time(state, "built");
  if (const auto valid = state.find("valid"); valid && !(valid->value().boolean() && *valid->value().boolean())) {
    report.end = ScanEnd::failed;
    reading.note(Errc::tool_failed, *valid, "the scanner says that its vulnerability data is not valid");
  }
  if (const std::string error = reading.optional_text(state, "error"); !error.empty()) {
    report.end = ScanEnd::failed;
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
  if (const auto target = source->find("target"); target && target->value().object()) {
    auto digests = reading.texts_or_none(*target, "repoDigests");
    for (const std::string_view key : {"manifestDigest", "imageID"}) {
      digests.push_back(reading.optional_text(*target, key));
    }
    report.subject_digests = digests_of(digests);
  }
  if (type == "unknown" || report.subject.empty()) {
    reading.note(Errc::incomplete, *source, "the report does not say what was scanned");
  } else {
    report.examined = 1;
  }
}

}  // namespace

Result<FactBatch> parse_grype(Document& document) {
  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.expect<Vulnerability>(document.bytes.size() / 1024);  // a record is longer than that, mostly
  const auto value = parse_object(document, {.arrays = {{"matches"}, {"ignoredMatches"}},
                                             .unread = {"description", "urls"},
                                             .take = [&](std::size_t which, const View& match, const json::Siblings&) {
                                               take_match(reading, match, which == 1);
                                             }});
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_descriptor(root)) return *error;
  if (const auto matches = root.elements("matches"); !matches) return matches.error();

  reading.only(root, root_members);
  reading.list_or_none(root, "ignoredMatches");  // handed over while reading; what is no list is a problem
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
