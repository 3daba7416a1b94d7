// OSV-Scanner's JSON results, of its versions 1 and 2 (google/osv-scanner, pkg/models/results.go), with the OSV records
// (ossf/osv-schema) inside. The format carries neither a version number nor the scanner's version, time or data date.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "adapters/formats/reading.h"
#include "gate/model/cvss.h"
#include "gate/model/purl.h"
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

// OSV's ecosystems as types of package URLs. `mark`: what separates a namespace from a name, at its last place.
struct Ecosystem {
  std::string_view name, type, space;
  char mark;
};
constexpr std::array ecosystems{
    Ecosystem{"AlmaLinux", "rpm", "almalinux", 0},
    Ecosystem{"Alpine", "apk", "alpine", 0},
    Ecosystem{"Bitnami", "bitnami", "", 0},
    Ecosystem{"CRAN", "cran", "", 0},
    Ecosystem{"Chainguard", "apk", "chainguard", 0},
    Ecosystem{"ConanCenter", "conan", "", 0},
    Ecosystem{"Debian", "deb", "debian", 0},
    Ecosystem{"GitHub Actions", "github", "", '/'},
    Ecosystem{"Go", "golang", "", '/'},
    Ecosystem{"Hackage", "hackage", "", 0},
    Ecosystem{"Hex", "hex", "", 0},
    Ecosystem{"Maven", "maven", "", ':'},
    Ecosystem{"NuGet", "nuget", "", 0},
    Ecosystem{"Packagist", "composer", "", '/'},
    Ecosystem{"Pub", "pub", "", 0},
    Ecosystem{"PyPI", "pypi", "", 0},
    Ecosystem{"Red Hat", "rpm", "redhat", 0},
    Ecosystem{"RubyGems", "gem", "", 0},
    Ecosystem{"SwiftURL", "swift", "", '/'},
    Ecosystem{"Ubuntu", "deb", "ubuntu", 0},
    Ecosystem{"Wolfi", "apk", "wolfi", 0},
    Ecosystem{"crates.io", "cargo", "", 0},
    Ecosystem{"npm", "npm", "", '/'},
    Ecosystem{"openSUSE", "rpm", "opensuse", 0},
};

struct Package {
  std::string name, version, ecosystem;
  std::string purl;   // empty where the ecosystem has no package URLs that gate knows
  std::string label;  // what facts call it
};

std::string purl_of(const Package& package) {
  const auto family = std::string_view(package.ecosystem).substr(0, package.ecosystem.find(':'));  // "Debian:12"
  const auto known =
      std::find_if(ecosystems.begin(), ecosystems.end(), [&](const Ecosystem& e) { return e.name == family; });
  if (known == ecosystems.end()) return {};
  model::Purl purl{std::string(known->type), std::string(known->space), package.name, package.version, {}, {}};
  const auto cut = known->mark ? package.name.rfind(known->mark) : std::string::npos;
  if (cut != std::string::npos) {
    purl.space = package.name.substr(0, cut);
    purl.name = package.name.substr(cut + 1);
  }
  const auto valid = model::normalised(std::move(purl));
  return valid ? model::to_string(*valid) : std::string();
}

// A package of a git repository has a commit and no name: its place names it.
Package read_identity(Reading& reading, const View& entry, const std::string& source) {
  Package package;
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
    package.purl = purl_of(package);
  }
  const std::string qualified = package.ecosystem.empty() ? package.name : package.ecosystem + ':' + package.name;
  package.label = label(package.purl, qualified, package.version);
  return package;
}

// The records of a package by id, and what of them a group needs.
using Records = std::map<std::string, View>;

struct Rating {
  Severity severity = Severity::unknown;
  std::string source, score;
};

void raise(Rating& rating, std::optional<Severity> severity, const std::string& source, const std::string& score) {
  if (severity && *severity > rating.severity) rating = {*severity, source, score};
}

void rate_by_vectors(Reading& reading, const View& holder, const std::string& id, Rating& rating) {
  for (const View& entry : reading.list_or_none(holder, "severity")) {
    const std::string score = reading.text(entry, "score");
    const auto severity = model::severity_of_vector(score);
    raise(rating, severity ? severity : model::severity_from_word(score), id, score);  // Ubuntu's scores are words
  }
}

// The highest that any record says, in its database's word or by a CVSS vector.
Rating rate_by_records(Reading& reading, const std::vector<std::string>& ids, const Records& records) {
  Rating rating;
  for (const std::string& id : ids) {
    const auto record = records.find(id);
    if (record == records.end()) continue;
    rate_by_vectors(reading, record->second, id, rating);
    for (const View& affected : reading.list_or_none(record->second, "affected")) {
      rate_by_vectors(reading, affected, id, rating);
    }
    const auto specific = reading.optional_object(record->second, "database_specific");
    const auto word = specific ? specific->find("severity") : std::nullopt;
    if (word && word->value().text()) raise(rating, reading.severity(*specific, "severity"), id, "");
  }
  return rating;
}

// A malicious package has no score, and is worse than any: there is nothing to fix but the package itself.
Rating rate(Reading& reading, const View& group, const std::vector<std::string>& ids, const Records& records) {
  for (const std::string& id : ids) {
    if (id.starts_with("MAL-")) return {Severity::critical, "malicious package", ""};
  }
  const std::string score = reading.optional_text(group, "max_severity");
  if (score.empty()) return rate_by_records(reading, ids, records);
  if (const auto tenths = model::parse_score(score)) return {model::severity_of_score(*tenths), "osv-scanner", score};
  reading.note(Errc::malformed, group, "'max_severity' is no score from 0 to 10: " + quoted(score));
  return rate_by_records(reading, ids, records);
}

void collect_fixes(Reading& reading, const View& record, const Package& package, std::vector<std::string>& fixed) {
  for (const View& affected : reading.list_or_none(record, "affected")) {
    const auto about = reading.optional_object(affected, "package");
    if (!about || reading.optional_text(*about, "name") != package.name) continue;
    for (const View& range : reading.list_or_none(affected, "ranges")) {
      if (reading.optional_text(range, "type") == "GIT") continue;
      for (const View& event : reading.list_or_none(range, "events")) {
        if (std::string version = reading.optional_text(event, "fixed"); !version.empty())
          fixed.push_back(std::move(version));
      }
    }
  }
}

void add_vulnerability(Reading& reading, const View& at, const std::vector<std::string>& ids,
                       std::vector<std::string> aliases, const Package& package, const Records& records) {
  Vulnerability fact;
  fact.id = ids.front();
  aliases.insert(aliases.end(), ids.begin(), ids.end());
  std::erase(aliases, fact.id);
  fact.aliases = sorted_unique(std::move(aliases));
  fact.package = package.label;
  fact.version = package.version;
  Rating rating = rate(reading, at, ids, records);
  fact.severity = rating.severity;
  fact.severity_source = std::move(rating.source);
  fact.score = std::move(rating.score);
  for (const std::string& id : ids) {
    const auto record = records.find(id);
    if (record != records.end()) collect_fixes(reading, record->second, package, fact.fixed);
  }
  fact.fixed = sorted_unique(std::move(fact.fixed));
  fact.tool = "osv-scanner";
  reading.add(std::move(fact), at);
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
  if (lists_all) reading.add(Component{package.purl, package.name, package.version, package.ecosystem, {}}, entry);
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

Result<FactBatch> parse_osv_scanner(const Document& document) {
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
