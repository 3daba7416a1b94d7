// GitLab's dependency scanning reports, schemas 14 and 15, and 3, which is 14 under the number that analyzers wrote
// before (gitlab-org/security-products/security-report-schemas).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 6> root_members{"dependency_files", "remediations", "scan",
                                                       "schema",           "version",      "vulnerabilities"};

// A manifest or lock file, and what is in it.
struct File {
  std::string manager;
  std::map<std::int64_t, std::string> labels;  // by the number that paths use
};
using Files = std::map<std::string, File>;  // by path

struct Package {
  std::string name, version, label;
};

Package read_identity(Reading& reading, const View& dependency, const std::string& manager) {
  Package package;
  if (const auto named = reading.object(dependency, "package")) package.name = reading.text(*named, "name");
  package.version = reading.text(dependency, "version");
  package.label = label(purl_in(manager, package.name, package.version), package.name, package.version);
  return package;
}

void read_dependency(Reading& reading, const View& entry, File& file) {
  const Package package = read_identity(reading, entry, file.manager);
  const auto number = entry.find("iid");
  if (number && number->value().integer()) file.labels.emplace(*number->value().integer(), package.label);
  Component component;
  component.name = package.name;
  component.version = package.version;
  if (package.label.starts_with("pkg:")) component.purl = package.label;
  component.type = "library";
  component.in_inventory = true;
  const auto direct = entry.find("direct");
  if (direct && direct->value().boolean() && *direct->value().boolean()) component.dependency = Dependency::direct;
  reading.add(std::move(component), entry);
}

Files read_files(Reading& reading, const View& root, ScanReport& report) {
  Files files;
  for (const View& entry : reading.list(root, "dependency_files")) {
    File& file = files[reading.text(entry, "path")];
    file.manager = reading.text(entry, "package_manager");
    const auto dependencies = reading.list(entry, "dependencies");
    report.examined += static_cast<std::int64_t>(dependencies.size());
    for (const View& dependency : dependencies) read_dependency(reading, dependency, file);
  }
  if (report.examined == 0) reading.note(Errc::empty, root, "does not say which dependencies were looked at");
  return files;
}

void read_scan(Reading& reading, const View& root, ScanReport& report) {
  const auto scan = reading.object(root, "scan");
  if (!scan) return;
  if (const auto scanner = reading.object(*scan, "scanner")) {
    report.tool = reading.text(*scanner, "id");
    report.tool_version = reading.text(*scanner, "version");
  }
  report.created = reading.time_in_utc(*scan, "end_time");
  const std::string status = reading.text(*scan, "status");
  report.end = status == "success" ? ScanEnd::complete : ScanEnd::failed;
  if (status != "success") reading.note(Errc::tool_failed, *scan, "the scan's status is " + quoted(status));
}

// Ids of databases of flaws; weaknesses have a place of their own.
void read_identifiers(Reading& reading, const View& record, Vulnerability& fact) {
  std::vector<std::string> cwes;
  for (const View& identifier : reading.list(record, "identifiers")) {
    const std::string type = reading.text(identifier, "type");
    if (type == "cwe") {
      cwes.push_back(reading.text(identifier, "value"));
    } else if (type == "cve" || type == "ghsa") {
      fact.aliases.push_back(reading.text(identifier, "value"));
    } else {
      fact.aliases.push_back(reading.text(identifier, "name"));
    }
  }
  std::erase(fact.aliases, "");
  fact.cwes = weaknesses(cwes);
  for (const std::string_view prefix : {"CVE-", "GHSA-", ""}) {
    const auto first =
        std::ranges::find_if(fact.aliases, [&](const std::string& id) { return id.starts_with(prefix); });
    if (first == fact.aliases.end()) continue;
    fact.id = *first;
    return;
  }
}

void read_path(Reading& reading, const View& dependency, const File& file, Vulnerability& fact) {
  const auto direct = dependency.find("direct");
  const bool* answer = direct ? direct->value().boolean() : nullptr;
  if (answer) fact.dependency = *answer ? Dependency::direct : Dependency::transitive;
  for (const View& step : reading.list_or_none(dependency, "dependency_path")) {
    const auto number = step.integer("iid");
    const auto found = number ? file.labels.find(*number) : file.labels.end();
    if (found == file.labels.end()) {
      reading.note(Errc::incomplete, step, "a step of the path that is not listed");
    } else {
      fact.path.push_back(found->second);
    }
  }
}

void read_vulnerability(Reading& reading, const View& record, const Files& files, const std::string& tool) {
  Vulnerability fact;
  read_identifiers(reading, record, fact);
  if (fact.id.empty()) return reading.note(Errc::malformed, record, "a vulnerability without an identifier");
  const auto location = reading.object(record, "location");
  if (!location) return;
  fact.file = reading.text(*location, "file");
  const auto file = files.find(fact.file);
  if (const auto dependency = reading.object(*location, "dependency")) {
    const Package package = read_identity(reading, *dependency, file == files.end() ? "" : file->second.manager);
    fact.package = package.label.empty() ? fact.file : package.label;
    fact.version = package.version;
    read_path(reading, *dependency, file == files.end() ? File() : file->second, fact);
  }
  fact.severity = reading.severity(record, "severity");
  fact.severity_source = tool;
  for (const View& entry : reading.list_or_none(record, "cvss_vectors")) {
    rate(reading, entry, fact,
         {.source = reading.optional_text(entry, "vendor"), .method = {}, .vector = reading.text(entry, "vector")});
  }
  if (!fact.ratings.empty()) fact.score = fact.ratings.front().vector;
  rate(reading, record, fact, {.source = tool, .method = {}, .vector = {}, .severity = fact.severity});
  if (reading.optional_text(record, "solution").starts_with("Upgrade")) fact.fix = Fix::available;
  fact.tool = tool;
  add_flaw(reading, std::move(fact), record);
}

std::optional<Error> wrong_version(const View& root) {
  const auto version = root.text("version");
  if (!version) return version.error();
  int major = 0;
  std::from_chars(version->data(), version->data() + version->size(), major);
  if (major != 3 && major != 14 && major != 15) {
    return root.error(Errc::unsupported_version, "schema " + quoted(*version) + ", this gate reads 14 and 15");
  }
  const auto scan = root.find("scan");
  const auto type = scan ? scan->find("type") : std::nullopt;
  if (!type || !type->value().text() || *type->value().text() == "dependency_scanning") return std::nullopt;
  return type->error(Errc::malformed, "a report of " + quoted(*type->value().text()) + ", not of dependency scanning");
}

}  // namespace

Result<FactBatch> parse_gitlab_dependency_scanning(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_version(root)) return *error;

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.speaks_about(FactKind::component);
  reading.only(root, root_members);
  ScanReport report;
  read_scan(reading, root, report);
  const Files files = read_files(reading, root, report);
  for (const View& record : reading.list(root, "vulnerabilities")) {
    if (!reading.is_full()) read_vulnerability(reading, record, files, report.tool);
  }
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
