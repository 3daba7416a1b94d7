// `snyk test --json` and `snyk container test --json`: a project, or a list of them; a container has its applications
// inside. The format has no version number, and does not say when its data is from.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 26> project_members{"applications",
                                                           "dependencyCount",
                                                           "displayTargetFile",
                                                           "docker",
                                                           "error",
                                                           "filesystemPolicy",
                                                           "filtered",
                                                           "foundProjectCount",
                                                           "hasUnknownVersions",
                                                           "ignoreSettings",
                                                           "isPrivate",
                                                           "licensesPolicy",
                                                           "ok",
                                                           "org",
                                                           "packageManager",
                                                           "path",
                                                           "platform",
                                                           "policy",
                                                           "projectId",
                                                           "projectName",
                                                           "projectUrl",
                                                           "remediation",
                                                           "summary",
                                                           "targetFile",
                                                           "uniqueCount",
                                                           "vulnerabilities"};
static_assert(std::ranges::is_sorted(project_members));

constexpr std::size_t deepest = 4;  // applications in applications

// "gcc-10/libgcc-s1": a distribution's source package, and the one that is installed.
std::string package_of(Reading& reading, const View& record, const std::string& version) {
  const std::string manager = reading.text(record, "packageManager");
  const std::string name = reading.text(record, "name");
  const bool is_distribution = manager.find(':') != std::string::npos;
  const auto binary = is_distribution ? name.substr(name.rfind('/') + 1) : name;
  return label(purl_in(manager, binary, version), binary, version);
}

// From the project, which stands first, to the package, which stands last.
void read_path(Reading& reading, const View& record, Vulnerability& fact) {
  auto path = reading.texts_or_none(record, "from");
  if (path.size() < 2) return;
  fact.dependency = path.size() == 2 ? Dependency::direct : Dependency::transitive;
  path.pop_back();
  path.erase(path.begin());
  fact.path = std::move(path);
}

void read_ratings(Reading& reading, const View& record, Vulnerability& fact) {
  fact.severity = reading.severity(record, "severity");
  fact.severity_source = "snyk";
  fact.score = reading.optional_text(record, "CVSSv3");
  rate(reading, record, fact, {.source = "snyk", .method = {}, .vector = fact.score},
       score_at(reading, record, "cvssScore"));
  for (const View& entry : reading.list_or_none(record, "cvssDetails")) {
    rate(reading, entry, fact,
         {.source = reading.optional_text(entry, "assigner"),
          .method = {},
          .vector = reading.optional_text(entry, "cvssV3Vector")},
         score_at(reading, entry, "cvssV3BaseScore"));
  }
}

void read_epss(Reading& reading, const View& record, Vulnerability& fact) {
  const auto details = reading.optional_object(record, "epssDetails");
  if (!details) return;
  const std::string text = reading.text(*details, "probability");
  double chance = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), chance);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !(chance >= 0 && chance <= 1)) {
    return reading.note(Errc::malformed, *details, "'probability' is none");
  }
  fact.epss = std::llround(chance * 100000);
}

void read_fix(Reading& reading, const View& record, Vulnerability& fact) {
  fact.fixed = reading.texts_or_none(record, "fixedIn");
  if (const std::string nearest = reading.optional_text(record, "nearestFixedInVersion"); fact.fixed.empty()) {
    fact.fixed = nearest.empty() ? std::vector<std::string>{} : std::vector<std::string>{nearest};
  }
  fact.fix = fact.fixed.empty() ? Fix::none_yet : Fix::available;
}

// Each range as the package's own kind writes it: intervals side by side, or alternatives.
std::string read_affected(Reading& reading, const View& record, const std::string& package) {
  const auto semver = reading.optional_object(record, "semver");
  const auto listed = semver ? semver->find("vulnerable") : std::nullopt;
  if (!listed || !listed->value().array()) return {};
  const auto ranges = reading.texts_or_none(*semver, "vulnerable");
  const bool intervals = !ranges.empty() && (ranges.front().starts_with('[') || ranges.front().starts_with('('));
  return affected_versions(type_of(package), fmt::format("{}", fmt::join(ranges, intervals ? "," : " || ")));
}

Vulnerability read_issue(Reading& reading, const View& record, const std::string& file) {
  Vulnerability fact;
  fact.id = reading.text(record, "id");
  fact.version = reading.text(record, "version");
  fact.package = package_of(reading, record, fact.version);
  if (const auto identifiers = reading.optional_object(record, "identifiers")) {
    for (const std::string_view key : {"CVE", "GHSA"}) {
      for (std::string& id : reading.texts_or_none(*identifiers, key)) fact.aliases.push_back(std::move(id));
    }
    fact.cwes = weaknesses(reading.texts_or_none(*identifiers, "CWE"));
  }
  read_ratings(reading, record, fact);
  read_epss(reading, record, fact);
  read_fix(reading, record, fact);
  fact.affected = read_affected(reading, record, fact.package);
  read_path(reading, record, fact);
  fact.published = reading.optional_time(record, "publicationTime");
  const auto malicious = record.find("malicious");
  fact.malicious = malicious && malicious->value().boolean() && *malicious->value().boolean();
  fact.file = file;
  fact.tool = "snyk";
  return fact;
}

// Licence issues are no vulnerabilities, and stand in the same list.
bool is_license(const View& record) {
  const auto type = record.find("type");
  return type && type->value().text() && *type->value().text() == "license";
}

void read_ignored(Reading& reading, const View& project, const std::string& file) {
  const auto filtered = reading.optional_object(project, "filtered");
  if (!filtered) return;
  for (const std::string_view key : {"ignore", "patch"}) {
    for (const View& record : reading.list(*filtered, key)) {
      if (is_license(record) || reading.is_full()) continue;
      Vulnerability fact = read_issue(reading, record, file);
      if (fact.id.empty()) continue;
      fact.suppressed =
          key == "patch" ? "patched, by the scanner's own policy" : "ignored, by the scanner's own policy";
      add_flaw(reading, std::move(fact), record);
    }
  }
}

void read_project(Reading& reading, const View& project, ScanReport& report, std::size_t depth) {
  reading.only(project, project_members);
  if (const std::string error = reading.optional_text(project, "error"); !error.empty()) {
    report.end = ScanEnd::failed;
    return reading.note(Errc::tool_failed, project, "Snyk says: " + quoted(error));
  }
  if (report.subject.empty()) report.subject = reading.optional_text(project, "projectName");
  const std::string file = reading.optional_text(project, "displayTargetFile");
  std::set<std::string> ids;
  for (const View& record : reading.list(project, "vulnerabilities")) {
    ids.insert(reading.text(record, "id"));
    if (is_license(record) || reading.is_full()) continue;
    Vulnerability fact = read_issue(reading, record, file);
    if (!fact.id.empty()) add_flaw(reading, std::move(fact), record);
  }
  const auto unique = project.integer("uniqueCount");
  if (!unique || *unique != static_cast<std::int64_t>(ids.size())) {
    reading.note(Errc::incomplete, project,
                 fmt::format("{} issues are listed, and 'uniqueCount' says otherwise", ids.size()));
  }
  const auto count = project.integer("dependencyCount");
  if (!count) reading.note(count.error().code, project, "does not say how many packages were looked at");
  if (count) report.examined += *count;
  if (count && *count <= 0) reading.note(Errc::empty, project, "no package was looked at");
  read_ignored(reading, project, file);
  for (const View& application : reading.optional_list(project, "applications")) {
    if (depth == 0) return reading.note(Errc::too_large, application, "nested too deeply");
    read_project(reading, application, report, depth - 1);
  }
}

}  // namespace

Result<FactBatch> parse_snyk(Document& document) {
  const auto value = parse_json(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (!value->array() && !value->object()) return root.error(Errc::malformed, "neither a project nor a list of them");

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  ScanReport report;
  report.tool = "snyk";
  if (value->object()) {
    read_project(reading, root, report, deepest);
  } else {
    const auto projects = root.as_elements();
    if (projects->empty()) reading.note(Errc::empty, root, "no project was looked at");
    for (const View& project : *projects) read_project(reading, project, report, deepest);
  }
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
