// OSV-Scanner's JSON results, of its versions 1 and 2 (google/osv-scanner, pkg/models/results.go), with the OSV records
// (ossf/osv-schema) inside. The format carries neither a version number nor the scanner's version, time or data date.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"
#include "gate/model/cvss.h"
#include "gate/model/native_range.h"
#include "gate/model/severity.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 5> root_members{"experimental_config", "experimental_generic_findings",
                                                       "image_metadata", "license_summary", "results"};
constexpr std::array<std::string_view, 3> source_members{"experimental_annotations", "packages", "source"};
constexpr std::array<std::string_view, 6> package_members{"dependency_groups", "groups",  "license_violations",
                                                          "licenses",          "package", "vulnerabilities"};
static_assert(std::ranges::is_sorted(root_members));
static_assert(std::ranges::is_sorted(source_members));
static_assert(std::ranges::is_sorted(package_members));

struct Package {
  std::string name, version, ecosystem;
  std::string purl;   // empty where the ecosystem has no package URLs that gate knows
  std::string label;  // what facts call it
  std::string file;   // that names it, or the place of the repository
};

// A package of a git repository has a commit and no name: its place names it.
Package read_identity(Reading& reading, const View& entry, const std::string& source) {
  Package package;
  package.file = source;
  const auto object = reading.object(entry, "package");
  if (!object) return package;
  package.name = reading.optional_text(*object, "name");
  if (package.name.empty()) {
    package.name = source;
    package.version = reading.text(*object, "commit");
  } else {
    package.ecosystem = reading.text(*object, "ecosystem");
    package.version = reading.optional_text(*object, "version");
    if (package.version.empty()) package.version = reading.text(*object, "commit");
    package.purl = purl_in(package.ecosystem, package.name, package.version);
  }
  const std::string qualified = package.ecosystem.empty() ? package.name : package.ecosystem + ':' + package.name;
  package.label = label(package.purl, qualified, package.version);
  return package;
}

// The records of a package by id, and what of them a group needs.
using Records = std::map<std::string, View>;

void read_vectors(Reading& reading, const View& holder, const std::string& id, Vulnerability& fact) {
  for (const View& entry : reading.list_or_none(holder, "severity")) {
    const std::string score = reading.text(entry, "score");
    if (const auto word = model::severity_from_word(score)) {  // Ubuntu's
      rate(reading, entry, fact, {.source = id, .method = {}, .vector = {}, .severity = *word});
    } else {
      rate(reading, entry, fact, {.source = id, .method = {}, .vector = score});
    }
  }
}

void read_record_ratings(Reading& reading, const View& record, const std::string& id, Vulnerability& fact) {
  read_vectors(reading, record, id, fact);
  for (const View& affected : reading.list_or_none(record, "affected")) read_vectors(reading, affected, id, fact);
  const auto specific = reading.optional_object(record, "database_specific");
  const auto word = specific ? specific->find("severity") : std::nullopt;
  if (word && word->value().text()) {
    rate(reading, *word, fact,
         {.source = id, .method = {}, .vector = {}, .severity = reading.severity(*specific, "severity")});
  }
}

// The scanner's own score counts, else the highest of the records' ratings; an empty score is none, and not 0. A
// malicious package has no score, and is worse than any: there is nothing to fix but the package itself.
void choose_severity(Reading& reading, const View& group, Vulnerability& fact) {
  if (fact.malicious) {
    fact.severity = Severity::critical;
    fact.severity_source = "malicious package";
    return;
  }
  const std::string score = reading.optional_text(group, "max_severity");
  const auto tenths = model::parse_score(score);
  if (!score.empty() && !tenths) {
    reading.note(Errc::malformed, group, "'max_severity' is no score from 0 to 10: " + quoted(score));
  }
  if (!tenths) return take_highest(fact);
  fact.severity = model::severity_of_score(*tenths);
  fact.severity_source = "osv-scanner";
  fact.score = score;
  rate(reading, group, fact, {.source = "osv-scanner", .method = "highest", .vector = {}}, tenths);
}

// Whether the product calls what is vulnerable, where the scanner looked: for one of the group's ids is enough.
Reachability reachability_of(Reading& reading, const View& group) {
  Reachability found = Reachability::unknown;
  for (const std::string_view key : {"experimentalAnalysis", "experimental_analysis"}) {
    const auto analysis = reading.optional_object(group, key);
    const auto entries = analysis ? analysis->as_members() : std::vector<std::pair<std::string, View>>{};
    if (!entries) continue;
    for (const auto& [id, entry] : *entries) {
      const auto called = entry.find("called");
      const bool* answer = called ? called->value().boolean() : nullptr;
      if (!answer) {
        reading.note(Errc::malformed, entry, "an analysis that does not say whether the code is called");
        return Reachability::unknown;
      }
      if (*answer || found == Reachability::unknown)
        found = *answer ? Reachability::reachable : Reachability::unreachable;
    }
  }
  return found;
}

// What all records of a flaw say about the package's versions.
struct Affected {
  std::vector<std::vector<model::RangeEvent>> ranges;
  std::vector<std::string> versions;
  std::string words;        // the events, where they are no range
  bool is_unclear = false;  // there are events of other kinds

  // In VERS, or in words.
  std::string text(const Package& package) && {
    if (ranges.empty() && versions.empty()) return {};
    const auto range =
        is_unclear ? std::nullopt : model::range_from_events(type_of(package.purl), std::move(ranges), versions);
    return range ? model::to_string(*range) : words;
  }
};

void read_events(Reading& reading, const View& range, Affected& affected, std::vector<std::string>& fixed) {
  using Kind = model::RangeEvent::Kind;
  constexpr std::size_t most_words = 200;  // bytes
  auto& events = affected.ranges.emplace_back();
  for (const View& event : reading.list_or_none(range, "events")) {
    bool is_known = false;
    for (const auto& [key, kind] : {std::pair("introduced", Kind::introduced), std::pair("fixed", Kind::fixed),
                                    std::pair("last_affected", Kind::last_affected)}) {
      std::string version = reading.optional_text(event, key);
      if (version.empty()) continue;
      is_known = true;
      if (affected.words.size() < most_words) affected.words += fmt::format("{} {} ", key, version);
      if (kind == Kind::fixed) fixed.push_back(version);
      events.push_back({kind, std::move(version)});
    }
    affected.is_unclear |= !is_known;
  }
}

void read_affected(Reading& reading, const View& record, const Package& package, Affected& out,
                   std::vector<std::string>& fixed) {
  for (const View& affected : reading.list_or_none(record, "affected")) {
    const auto about = reading.optional_object(affected, "package");
    if (!about || reading.optional_text(*about, "name") != package.name) continue;
    // A record may be about several releases of a distribution; only one of them is this package's.
    Affected elsewhere;
    auto& here = reading.optional_text(*about, "ecosystem") == package.ecosystem ? out : elsewhere;
    for (const View& range : reading.list_or_none(affected, "ranges")) {
      if (reading.optional_text(range, "type") != "GIT") read_events(reading, range, here, fixed);
    }
    std::ranges::move(reading.texts_or_none(affected, "versions"), std::back_inserter(here.versions));
  }
}

void read_record(Reading& reading, const View& record, const std::string& id, const Package& package,
                 Affected& affected, Vulnerability& fact) {
  read_record_ratings(reading, record, id, fact);
  read_affected(reading, record, package, affected, fact.fixed);
  // A distribution's record about somebody else's flaw.
  for (std::string& upstream : reading.texts_or_none(record, "upstream")) fact.aliases.push_back(std::move(upstream));
  const std::string published = reading.optional_time(record, "published");
  if (!published.empty() && (fact.published.empty() || published < fact.published)) fact.published = published;
  const auto specific = reading.optional_object(record, "database_specific");
  const auto cwes = specific ? specific->find("cwe_ids") : std::nullopt;
  if (!cwes || !cwes->value().array()) return;
  const auto more = weaknesses(reading.texts_or_none(*specific, "cwe_ids"));
  fact.cwes.insert(fact.cwes.end(), more.begin(), more.end());
}

void add_vulnerability(Reading& reading, const View& at, const std::vector<std::string>& ids,
                       std::vector<std::string> aliases, const Package& package, const Records& records) {
  Vulnerability fact;
  fact.id = ids.front();
  fact.aliases = std::move(aliases);
  fact.aliases.insert(fact.aliases.end(), ids.begin(), ids.end());
  fact.package = package.label;
  fact.version = package.version;
  fact.file = package.file;
  fact.malicious = std::ranges::any_of(fact.aliases, [](const std::string& id) { return id.starts_with("MAL-"); });
  Affected affected;
  for (const std::string& id : ids) {
    const auto record = records.find(id);
    if (record != records.end()) read_record(reading, record->second, id, package, affected, fact);
  }
  fact.affected = std::move(affected).text(package);
  choose_severity(reading, at, fact);
  fact.fixed = sorted_unique(std::move(fact.fixed));
  fact.cwes = sorted_unique(std::move(fact.cwes));
  if (!fact.fixed.empty()) fact.fix = Fix::available;
  fact.reachability = reachability_of(reading, at);
  fact.tool = "osv-scanner";
  add_flaw(reading, std::move(fact), at);
}

Records read_records(Reading& reading, const View& entry) {
  Records records;
  for (const View& record : reading.optional_list(entry, "vulnerabilities")) {
    const std::string id = reading.text(record, "id");
    if (!id.empty()) records.emplace(id, record);
  }
  return records;
}

// A group is one flaw, under the ids of the databases that have it. A record belongs to one group; one that is in none
// counts as a group of its own.
void read_vulnerabilities(Reading& reading, const View& entry, const Package& package) {
  Records records = read_records(reading, entry);
  for (const View& group : reading.optional_list(entry, "groups")) {
    if (reading.is_full()) return;
    const auto ids = reading.texts_or_none(group, "ids");
    if (ids.empty()) {
      reading.note(Errc::malformed, group, "a group without ids");
      continue;
    }
    for (const std::string& id : ids) {
      if (!records.contains(id)) reading.note(Errc::incomplete, group, "no record is left for " + quoted(id));
    }
    add_vulnerability(reading, group, ids, reading.texts_or_none(group, "aliases"), package, records);
    for (const std::string& id : ids) records.erase(id);
  }
  for (const auto& [id, record] : records) {
    reading.note(Errc::malformed, record, quoted(id) + " is in no group");
    add_vulnerability(reading, record, {id}, reading.texts_or_none(record, "aliases"), package, records);
  }
}

void read_package(Reading& reading, const View& entry, const std::string& source, bool lists_all) {
  reading.only(entry, package_members);
  const Package package = read_identity(reading, entry, source);
  if (lists_all) {
    Component component;
    component.purl = package.purl;
    component.name = package.name;
    component.version = package.version;
    component.type = package.ecosystem;
    component.in_inventory = true;
    reading.add(std::move(component), entry);
  }
  read_vulnerabilities(reading, entry, package);
}

std::string read_source(Reading& reading, const View& result, bool lists_all) {
  reading.only(result, source_members);
  const auto source = reading.object(result, "source");
  const std::string path = source ? reading.text(*source, "path") : std::string();
  const auto packages = reading.list(result, "packages");
  if (packages.empty()) reading.note(Errc::empty, result, "a source without packages");
  for (const View& package : packages) read_package(reading, package, path, lists_all);
  return path;
}

// Without --all-packages the scanner leaves out packages that have nothing to tell; one that has nothing shows the
// flag.
bool lists_all_packages(const std::vector<View>& results) {
  for (const View& result : results) {
    const auto packages = result.elements_or_none("packages");
    if (!packages) continue;
    for (const View& package : *packages) {
      if (!package.has("vulnerabilities") && !package.has("groups") && !package.has("licenses")) return true;
    }
  }
  return false;
}

}  // namespace

Result<FactBatch> parse_osv_scanner(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  const auto results = root.elements("results");
  if (!results) return results.error();

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  const bool lists_all = lists_all_packages(*results);
  if (lists_all) reading.speaks_about(FactKind::component);
  reading.only(root, root_members);
  if (const auto findings = reading.list_or_none(root, "experimental_generic_findings"); !findings.empty()) {
    reading.note(Errc::incomplete, root, fmt::format("findings of plug-ins, which are not read: {}", findings.size()));
  }
  if (results->empty()) {
    reading.note(Errc::empty, root,
                 "names no scanned source: the scanner writes the same for a clean source and for none "
                 "(run it with --all-packages)");
  }
  ScanReport report;
  report.tool = "osv-scanner";
  report.examined = static_cast<std::int64_t>(results->size());
  for (const View& result : *results) {
    const std::string path = read_source(reading, result, lists_all);
    if (report.subject.empty()) report.subject = path;
  }
  if (results->size() > 1) report.subject += fmt::format(" and {} more", results->size() - 1);
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
