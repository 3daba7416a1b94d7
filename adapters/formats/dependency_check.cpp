// OWASP Dependency-Check's report in JSON (schema 1) and in XML (schemas 2 to 4). It names files; what packages they
// are is its own guess, in package URLs where it made one.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/dependency_check_xml.h"
#include "adapters/formats/flaw.h"
#include "gate/model/purl.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 4> root_members{"dependencies", "projectInfo", "reportSchema", "scanInfo"};
constexpr std::array<std::string_view, 18> dependency_members{"description",
                                                              "evidenceCollected",
                                                              "fileName",
                                                              "filePath",
                                                              "includedBy",
                                                              "isVirtual",
                                                              "license",
                                                              "md5",
                                                              "packages",
                                                              "projectReferences",
                                                              "relatedDependencies",
                                                              "sha1",
                                                              "sha256",
                                                              "suppressedVulnerabilities",
                                                              "suppressedVulnerabilityIds",
                                                              "version",
                                                              "vulnerabilities",
                                                              "vulnerabilityIds"};
static_assert(std::ranges::is_sorted(root_members) && std::ranges::is_sorted(dependency_members));

// The first letter of each word is the letter of the vector.
struct Metric {
  std::string_view name, member;
};
constexpr std::array cvss_2{Metric{"AV", "accessVector"},    Metric{"AC", "accessComplexity"},
                            Metric{"Au", "authenticationr"}, Metric{"C", "confidentialityImpact"},
                            Metric{"I", "integrityImpact"},  Metric{"A", "availabilityImpact"}};
constexpr std::array cvss_3{Metric{"AV", "attackVector"},
                            Metric{"AC", "attackComplexity"},
                            Metric{"PR", "privilegesRequired"},
                            Metric{"UI", "userInteraction"},
                            Metric{"S", "scope"},
                            Metric{"C", "confidentialityImpact"},
                            Metric{"I", "integrityImpact"},
                            Metric{"A", "availabilityImpact"}};

template <class Metrics>
std::string vector_of(Reading& reading, const View& cvss, const Metrics& metrics) {
  std::string vector;
  for (const Metric& metric : metrics) {
    const std::string word = reading.optional_text(cvss, metric.member);
    if (word.empty()) return {};
    if (!vector.empty()) vector += '/';
    vector += fmt::format("{}:{}", metric.name, word.front());
  }
  return vector;
}

void read_ratings(Reading& reading, const View& record, const std::string& source, Vulnerability& fact) {
  if (const auto cvss = reading.optional_object(record, "cvssv2")) {
    rate(reading, *cvss, fact, {.source = source, .method = "CVSS:2.0", .vector = vector_of(reading, *cvss, cvss_2)},
         score_at(reading, *cvss, "score"));
  }
  if (const auto cvss = reading.optional_object(record, "cvssv3")) {
    const std::string version = reading.optional_text(*cvss, "version");
    const std::string vector = vector_of(reading, *cvss, cvss_3);
    const std::string method = version == "3.0" ? "CVSS:3.0" : "CVSS:3.1";
    rate(reading, *cvss, fact,
         {.source = source, .method = method, .vector = vector.empty() ? vector : method + '/' + vector},
         score_at(reading, *cvss, "baseScore"));
  }
  if (const auto cvss = reading.optional_object(record, "cvssv4")) {
    rate(reading, *cvss, fact,
         {.source = source, .method = "CVSS:4.0", .vector = reading.optional_text(*cvss, "vectorString")},
         score_at(reading, *cvss, "baseScore"));
  }
}

// The first version behind the range that the file is in.
void read_fix(Reading& reading, const View& record, Vulnerability& fact) {
  for (const View& entry : reading.list_or_none(record, "vulnerableSoftware")) {
    const auto nested = entry.find("software");  // JSON has one more object around it
    const View& software = nested ? *nested : entry;
    if (reading.optional_text(software, "vulnerabilityIdMatched") != "true") continue;
    if (std::string end = reading.optional_text(software, "versionEndExcluding"); !end.empty()) {
      fact.fixed = {std::move(end)};
      fact.fix = Fix::available;
    }
  }
}

Vulnerability read_vulnerability(Reading& reading, const View& record, const Component& component,
                                 const std::string& path) {
  Vulnerability fact;
  fact.id = reading.text(record, "name");
  fact.package = label(component.purl, component.name, component.version);
  fact.version = component.version;
  fact.severity = reading.severity(record, "severity");
  fact.severity_source = reading.optional_text(record, "source");
  read_ratings(reading, record, fact.severity_source, fact);
  if (!fact.ratings.empty()) fact.score = fact.ratings.back().vector;
  rate(reading, record, fact, {.source = fact.severity_source, .method = {}, .vector = {}, .severity = fact.severity});
  read_fix(reading, record, fact);
  fact.cwes = weaknesses(reading.texts_or_none(record, "cwes"));
  fact.known_exploited = record.find("knownExploitedVulnerability").has_value();
  fact.file = path;
  fact.tool = "dependency-check";
  return fact;
}

Component read_component(Reading& reading, const View& dependency) {
  Component component;
  component.name = reading.text(dependency, "fileName");
  for (const View& package : reading.list_or_none(dependency, "packages")) {
    const auto purl = model::parse_purl(reading.text(package, "id"));
    if (!purl || !component.purl.empty()) continue;
    component.purl = model::to_string(*purl);
    component.version = purl->version;
  }
  for (const std::string_view algorithm : {"md5", "sha1", "sha256"}) {
    const std::string hex = reading.optional_text(dependency, algorithm);
    if (!hex.empty()) component.digests.push_back(fmt::format("{}:{}", algorithm, hex));
  }
  component.type = "library";
  component.in_inventory = true;
  return component;
}

void read_dependency(Reading& reading, const View& dependency) {
  if (reading.is_full()) return;
  reading.only(dependency, dependency_members);
  Component component = read_component(reading, dependency);
  const std::string path = reading.text(dependency, "filePath");
  for (const std::string_view key : {"vulnerabilities", "suppressedVulnerabilities"}) {
    for (const View& record : reading.optional_list(dependency, key)) {
      Vulnerability fact = read_vulnerability(reading, record, component, path);
      if (fact.id.empty()) continue;
      if (key == "suppressedVulnerabilities") {
        fact.suppressed = reading.optional_text(record, "notes");
        if (fact.suppressed.empty()) fact.suppressed = "a rule of the scanner's own";
      }
      add_flaw(reading, std::move(fact), record);
    }
  }
  reading.add(std::move(component), dependency);
}

// The oldest of the data. When the tool looked for a newer version of itself is no matter.
void read_scan(Reading& reading, const View& root, ScanReport& report) {
  const auto scan = reading.object(root, "scanInfo");
  if (!scan) return;
  report.tool_version = reading.text(*scan, "engineVersion");
  for (const View& source : reading.list(*scan, "dataSource")) {
    if (reading.text(source, "name") == "VersionCheckOn") continue;
    const std::string time = reading.time_in_utc(source, "timestamp");
    if (!time.empty() && (report.data_date.empty() || time < report.data_date)) report.data_date = time;
  }
  for (const std::string_view key : {"analysisExceptions", "exceptions"}) {
    const auto exceptions = reading.optional_list(*scan, key);
    if (exceptions.empty()) continue;
    report.end = ScanEnd::partial;
    reading.note(Errc::tool_failed, *scan,
                 fmt::format("analyses that failed, as the scanner says: {}", exceptions.size()));
  }
}

void read_project(Reading& reading, const View& root, ScanReport& report) {
  const auto project = reading.object(root, "projectInfo");
  if (!project) return;
  report.subject = reading.optional_text(*project, "name");
  report.created = reading.time_in_utc(*project, "reportDate");
}

FactBatch read_report(Reading& reading, const View& root) {
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.speaks_about(FactKind::component);
  reading.only(root, root_members);
  ScanReport report;
  report.tool = "dependency-check";
  read_scan(reading, root, report);
  read_project(reading, root, report);
  const auto dependencies = reading.list(root, "dependencies");
  for (const View& dependency : dependencies) read_dependency(reading, dependency);
  report.examined = static_cast<std::int64_t>(dependencies.size());
  if (dependencies.empty()) reading.note(Errc::empty, root, "no file was looked at");
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

bool is_xml(const Document& document) {
  const auto first = document.bytes.find_first_not_of(" \t\r\n");
  return first != std::string::npos && document.bytes[first] == '<';
}

}  // namespace

Result<FactBatch> parse_dependency_check(Document& document) {
  Reading reading(document);
  if (is_xml(document)) {
    const auto converted = dependency_check::from_xml(document);
    if (!converted) return converted.error();
    reading.locate_by(converted->places);
    return read_report(reading, View(converted->report, document.origin.artifact));
  }
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  const auto schema = root.text("reportSchema");
  if (!schema) return schema.error();
  if (!schema->starts_with("1.")) {
    return root.error(Errc::unsupported_version, "report schema " + quoted(*schema) + ", this gate reads 1");
  }
  return read_report(reading, root);
}

}  // namespace gate::formats
