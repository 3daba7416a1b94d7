// Trivy's JSON report, schema version 2 (aquasecurity/trivy, pkg/types/report.go and pkg/types/vulnerability.go).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/reading.h"
#include "gate/model/purl.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 11> result_members{"Class",    "CustomResources", "ExperimentalModifiedFindings",
                                                          "Licenses", "MisconfSummary",  "Misconfigurations",
                                                          "Packages", "Secrets",         "Target",
                                                          "Type",     "Vulnerabilities"};

// Classes whose packages Trivy compares with its vulnerability data, and those that are about other things.
constexpr std::array<std::string_view, 2> package_classes{"lang-pkgs", "os-pkgs"};
constexpr std::array<std::string_view, 5> other_classes{"config", "custom", "license", "license-file", "secret"};
static_assert(std::ranges::is_sorted(result_members));
static_assert(std::ranges::is_sorted(package_classes));
static_assert(std::ranges::is_sorted(other_classes));

std::string purl_of(Reading& reading, const View& object, std::string_view key) {
  const auto identifier = reading.optional_object(object, key);
  return identifier ? reading.optional_text(*identifier, "PURL") : std::string();
}

// "1.2.3, 2.0.1" lists a fix for each branch.
std::vector<std::string> split_versions(std::string_view text) {
  std::vector<std::string> versions;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    auto version = text.substr(0, end);
    while (!version.empty() && version.front() == ' ') version.remove_prefix(1);
    while (!version.empty() && version.back() == ' ') version.remove_suffix(1);
    if (!version.empty()) versions.emplace_back(version);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return versions;
}

// The rating of the source that Trivy took the severity from, else NVD's: the newest vector, else the newest score.
std::string score_of(Reading& reading, const View& vulnerability, const std::string& source) {
  const auto ratings = reading.optional_object(vulnerability, "CVSS");
  if (!ratings) return {};
  auto rating = reading.optional_object(*ratings, source);
  if (!rating) rating = reading.optional_object(*ratings, "nvd");
  if (!rating) return {};
  for (const std::string_view key : {"V40Vector", "V3Vector", "V2Vector"}) {
    if (std::string vector = reading.optional_text(*rating, key); !vector.empty()) return vector;
  }
  for (const std::string_view key : {"V40Score", "V3Score", "V2Score"}) {
    const auto score = rating->find(key);
    if (score && score->value().number()) return json::to_string(score->value());
  }
  return {};
}

void read_vulnerability(Reading& reading, const View& record) {
  Vulnerability fact;
  fact.id = reading.text(record, "VulnerabilityID");
  if (fact.id.empty()) return;
  fact.version = reading.text(record, "InstalledVersion");
  const std::string name = reading.text(record, "PkgName");
  fact.package = label(purl_of(reading, record, "PkgIdentifier"), name, fact.version);
  fact.severity = reading.severity(record, "Severity");
  fact.severity_source = reading.optional_text(record, "SeveritySource");
  fact.score = score_of(reading, record, fact.severity_source);
  fact.fixed = split_versions(reading.optional_text(record, "FixedVersion"));
  fact.tool = "trivy";
  reading.add(std::move(fact), record);
}

// As rpm and dpkg write it: epoch:version-release.
std::string full_version(Reading& reading, const View& package) {
  std::string version = reading.optional_text(package, "Version");
  if (const std::string release = reading.optional_text(package, "Release"); !release.empty()) version += '-' + release;
  const auto epoch = package.find("Epoch");
  if (epoch && epoch->value().integer() && *epoch->value().integer() != 0) {
    version = fmt::format("{}:{}", *epoch->value().integer(), version);
  }
  return version;
}

void read_package(Reading& reading, const View& package, const std::string& type) {
  Component fact;
  fact.name = reading.text(package, "Name");
  fact.version = full_version(reading, package);
  fact.purl = model::canonical_or_same(purl_of(reading, package, "Identifier"));
  fact.type = type;
  reading.add(std::move(fact), package);
}

// Returns whether the target is one with packages, so that its vulnerabilities were looked for.
bool read_result(Reading& reading, const View& result, bool lists_packages) {
  reading.only(result, result_members);
  const std::string kind = reading.text(result, "Class");
  const bool has_packages = std::binary_search(package_classes.begin(), package_classes.end(), kind);
  if (!kind.empty() && !has_packages && !std::binary_search(other_classes.begin(), other_classes.end(), kind)) {
    reading.note(Errc::unsupported_version, result, "gate does not know the class " + quoted(kind));
  }
  for (const View& record : reading.optional_list(result, "Vulnerabilities")) read_vulnerability(reading, record);
  const auto suppressed = reading.optional_list(result, "ExperimentalModifiedFindings");
  if (!suppressed.empty()) {
    reading.note(
        Errc::incomplete, result,
        fmt::format("findings suppressed or changed by the scanner's own configuration: {}", suppressed.size()));
  }
  if (lists_packages && has_packages && !result.has("Packages")) {
    reading.note_for(FactKind::component, Errc::incomplete, result, "this target lists no packages, though others do");
  }
  const std::string type = reading.optional_text(result, "Type");
  for (const View& package : reading.optional_list(result, "Packages")) read_package(reading, package, type);
  return has_packages;
}

std::optional<Error> wrong_version(const View& root) {
  if (root.value().array()) {
    return root.error(Errc::unsupported_version,
                      "the list form of Trivy before 0.20, this gate reads schema version 2");
  }
  if (!root.value().object()) {
    return root.error(Errc::malformed, fmt::format("expected an object, found {}", root.value().type()));
  }
  const auto version = root.find("SchemaVersion");
  if (!version) {
    const bool cluster = root.has("ClusterName");
    return root.error(Errc::unsupported_version,
                      cluster ? "a report about a cluster, which has another structure: scan the images one by one"
                              : "no schema version, this gate reads 2");
  }
  if (const auto* number = version->value().integer(); number && *number == 2) return std::nullopt;
  return version->error(Errc::unsupported_version, fmt::format("schema version {}, this gate reads 2",
                                                               json::to_string(version->value()).substr(0, 20)));
}

}  // namespace

Result<FactBatch> parse_trivy(const Document& document) {
  const auto value = parse_json(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_version(root)) return *error;

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  const auto results = reading.list_or_none(root, "Results");
  bool lists_packages = false;
  for (const View& result : results) lists_packages = lists_packages || result.has("Packages");
  if (lists_packages) reading.speaks_about(FactKind::component);

  ScanReport report;
  report.tool = "trivy";
  if (const auto tool = reading.optional_object(root, "Trivy"))
    report.tool_version = reading.optional_text(*tool, "Version");
  report.created = reading.optional_time(root, "CreatedAt");
  report.subject = reading.text(root, "ArtifactName");
  for (const View& result : results) report.examined += read_result(reading, result, lists_packages) ? 1 : 0;
  if (report.examined == 0) {
    reading.note(Errc::empty, root, "no target with packages in it: nothing was searched for vulnerabilities");
  }
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
