// Trivy's JSON report, schema version 2 (aquasecurity/trivy, pkg/types/report.go and pkg/types/vulnerability.go).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "adapters/formats/flaw.h"
#include "adapters/formats/ways.h"
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

// Trivy's numbers for what a vendor says.
Severity vendor_severity(const View& word) {
  constexpr std::array steps{Severity::unknown, Severity::low, Severity::medium, Severity::high, Severity::critical};
  const std::int64_t* step = word.value().integer();
  return step && *step >= 0 && *step < 5 ? steps[static_cast<std::size_t>(*step)] : Severity::unknown;
}

std::vector<std::pair<std::string, View>> members_of(Reading& reading, const View& record, std::string_view key) {
  const auto object = reading.optional_object(record, key);
  auto members = object ? object->as_members() : std::vector<std::pair<std::string, View>>{};
  return members ? std::move(*members) : std::vector<std::pair<std::string, View>>{};
}

// Every source's vectors, and the word of those that have none.
void read_ratings(Reading& reading, const View& record, Vulnerability& fact) {
  constexpr std::pair<std::string_view, std::string_view> versions[] = {
      {"V2Vector", "V2Score"}, {"V3Vector", "V3Score"}, {"V40Vector", "V40Score"}};
  std::vector<std::string> scored;
  for (const auto& [source, rating] : members_of(reading, record, "CVSS")) {
    for (const auto& [vector_key, score_key] : versions) {
      std::string vector = reading.optional_text(rating, vector_key);
      const auto score = score_at(reading, rating, score_key);
      rate(reading, rating, fact, {.source = source, .method = {}, .vector = std::move(vector)}, score);
    }
    scored.push_back(source);
  }
  for (const auto& [source, word] : members_of(reading, record, "VendorSeverity")) {
    if (std::ranges::find(scored, source) != scored.end()) continue;
    rate(reading, word, fact, {.source = source, .method = {}, .vector = {}, .severity = vendor_severity(word)});
  }
}

// The rating of the source that Trivy took the severity from, else NVD's: the newest vector, else the newest score.
std::string score_of(const Vulnerability& fact) {
  for (const std::string_view source : {std::string_view(fact.severity_source), std::string_view("nvd")}) {
    const Rating* best = nullptr;
    for (const Rating& rating : fact.ratings) {
      if (rating.source == source && rating.score >= 0 && (!best || best->method < rating.method)) best = &rating;
    }
    if (best && !best->vector.empty()) return best->vector;
    if (best) return fmt::format("{}.{}", best->score / 10, best->score % 10);
  }
  return {};
}

Fix fix_of(Reading& reading, const View& record, const Vulnerability& fact) {
  const std::string status = reading.optional_text(record, "Status");
  if (!fact.fixed.empty() || status == "fixed") return Fix::available;
  if (status == "will_not_fix" || status == "end_of_life") return Fix::declined;
  if (status == "affected" || status == "fix_deferred") return Fix::none_yet;
  return Fix::unknown;
}

// Vendors' advisories fix many flaws each; GitHub's name one.
void read_vendor_ids(Reading& reading, const View& record, Vulnerability& fact) {
  for (std::string& id : reading.texts_or_none(record, "VendorIDs")) {
    (id.starts_with("GHSA-") ? fact.aliases : fact.advisories).push_back(std::move(id));
  }
}

Vulnerability vulnerability_of(Reading& reading, const View& record) {
  Vulnerability fact;
  fact.id = reading.text(record, "VulnerabilityID");
  read_vendor_ids(reading, record, fact);
  fact.version = reading.text(record, "InstalledVersion");
  const std::string name = reading.text(record, "PkgName");
  fact.package = label(purl_of(reading, record, "PkgIdentifier"), name, fact.version);
  fact.severity = reading.severity(record, "Severity");
  fact.severity_source = reading.optional_text(record, "SeveritySource");
  read_ratings(reading, record, fact);
  fact.score = score_of(fact);
  fact.fixed = split_versions(reading.optional_text(record, "FixedVersion"));
  fact.fix = fix_of(reading, record, fact);
  fact.published = reading.optional_time(record, "PublishedDate");
  fact.cwes = weaknesses(reading.texts_or_none(record, "CweIDs"));
  fact.file = reading.optional_text(record, "PkgPath");
  fact.malicious = fact.id.starts_with("MAL-");
  fact.tool = "trivy";
  return fact;
}

Dependency relationship(const View& package) {
  const auto word = package.find("Relationship");
  const std::string* text = word ? word->value().text() : nullptr;
  if (!text) return Dependency::unknown;
  return *text == "direct" ? Dependency::direct : *text == "indirect" ? Dependency::transitive : Dependency::unknown;
}

// What a target says beside its vulnerabilities, as far as it stood before them; Trivy writes it so.
class Target {
 public:
  Target(const View& record, const json::Siblings& beside) {
    const std::string& at = record.pointer();
    pointer_ = at.substr(0, at.rfind('/'));
    const json::Value* kind = beside.find("Class");
    const json::Value* name = beside.find("Target");
    if (kind && kind->text() && *kind->text() == "lang-pkgs" && name && name->text()) file_ = *name->text();
    const json::Value* packages = beside.find("Packages");
    if (!packages || !packages->array()) return;
    for (const json::Value& value : *packages->array()) add_package(View(value, {}));
    ways_.resolve();
  }
  bool holds(const View& record) const { return record.pointer().starts_with(pointer_ + '/'); }
  const std::string& file() const { return file_; }
  Dependency dependency(const std::string& package) const {
    const auto found = packages_.find(package);
    return found == packages_.end() ? Dependency::unknown : found->second.dependency;
  }
  std::vector<std::string> path(const std::string& package) const {
    std::vector<std::string> path = ways_.to(package);
    for (std::string& step : path) {
      if (const auto found = packages_.find(step); found != packages_.end()) step = found->second.label;
    }
    return path;
  }

 private:
  struct Package {
    std::string label;
    Dependency dependency;
  };

  // What is wrong with a package is told when the packages are read.
  void add_package(const View& package) {
    const auto text = [&](std::string_view key) { return package.text(key); };
    const auto id = text("ID");
    if (!id) return;
    const auto identifier = package.find("Identifier");
    const auto purl = identifier ? identifier->text("PURL") : text("PURL");
    const Dependency dependency = relationship(package);
    packages_.emplace(*id, Package{purl ? label(*purl, *id, "") : *id, dependency});
    if (dependency == Dependency::direct) ways_.add_start(*id);
    const auto needed = package.elements_or_none("DependsOn");
    if (!needed) return;
    for (const View& other : *needed) {
      if (const std::string* name = other.value().text()) ways_.add_step(*id, *name);
    }
  }

  std::string pointer_, file_;
  std::map<std::string, Package> packages_;  // by Trivy's own id
  Ways ways_;
};

void read_vulnerability(Reading& reading, const View& record, const Target& target) {
  if (reading.is_full()) return;
  Vulnerability fact = vulnerability_of(reading, record);
  if (fact.id.empty()) return;
  if (fact.file.empty()) fact.file = target.file();
  const std::string package = reading.optional_text(record, "PkgID");
  fact.dependency = target.dependency(package);
  fact.path = target.path(package);
  add_flaw(reading, std::move(fact), record);
}

// What the scanner's own configuration, or a VEX document that it was given, set aside. Other things than
// vulnerabilities are no matter here.
void read_suppressed(Reading& reading, const View& entry) {
  const std::string type = reading.text(entry, "Type");
  if (type == "misconfiguration" || type == "secret" || type == "license") return;
  const auto finding = reading.object(entry, "Finding");
  if (type != "vulnerability" || !finding) {
    return reading.note(Errc::incomplete, entry, "a suppressed finding of the type " + quoted(type) + " is not read");
  }
  Vulnerability fact = vulnerability_of(reading, *finding);
  if (fact.id.empty()) return;
  fact.suppressed = reading.text(entry, "Status");
  for (const std::string_view key : {"Statement", "Source"}) {
    if (const std::string more = reading.optional_text(entry, key); !more.empty()) fact.suppressed += ": " + more;
  }
  if (fact.suppressed.empty()) fact.suppressed = "the scanner does not say why";
  add_flaw(reading, std::move(fact), entry);
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
  fact.licenses = sorted_unique(reading.texts_or_none(package, "Licenses"));
  fact.dependency = relationship(package);
  fact.in_inventory = true;
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
  reading.optional_list(result, "Vulnerabilities");  // handed over while reading; what is no list is a problem
  for (const View& entry : reading.optional_list(result, "ExperimentalModifiedFindings")) {
    read_suppressed(reading, entry);
  }
  if (lists_packages && has_packages && !result.has("Packages")) {
    reading.note_for(FactKind::component, Errc::incomplete, result, "this target lists no packages, though others do");
  }
  const std::string type = reading.optional_text(result, "Type");
  for (const View& package : reading.optional_list(result, "Packages")) read_package(reading, package, type);
  return has_packages;
}

void read_tool(Reading& reading, const View& root, ScanReport& report) {
  if (const auto tool = reading.optional_object(root, "Trivy")) {
    report.tool_version = reading.optional_text(*tool, "Version");
    const auto server = reading.optional_object(*tool, "Server");
    const auto data = server ? reading.optional_object(*server, "VulnerabilityDB") : std::nullopt;
    if (data) report.data_date = reading.optional_time(*data, "UpdatedAt");
  }
  report.created = reading.optional_time(root, "CreatedAt");
  report.subject = reading.text(root, "ArtifactName");
  if (const auto metadata = reading.optional_object(root, "Metadata")) {
    auto digests = reading.texts_or_none(*metadata, "RepoDigests");
    digests.push_back(reading.optional_text(*metadata, "ImageID"));
    report.subject_digests = digests_of(digests);
  }
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

Result<FactBatch> parse_trivy(Document& document) {
  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.expect<Vulnerability>(document.bytes.size() / 1024);  // a record is longer than that, mostly
  std::optional<Target> target;
  const auto value = parse_json(document, {.arrays = {{"Results", "*", "Vulnerabilities"}},
                                           .unread = {"Description", "References", "Title", "PrimaryURL"},
                                           .take = [&](std::size_t, const View& record, const json::Siblings& beside) {
                                             if (!target || !target->holds(record)) target.emplace(record, beside);
                                             read_vulnerability(reading, record, *target);
                                           }});
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_version(root)) return *error;

  const auto results = reading.list_or_none(root, "Results");
  bool lists_packages = false;
  for (const View& result : results) lists_packages = lists_packages || result.has("Packages");
  if (lists_packages) reading.speaks_about(FactKind::component);

  ScanReport report;
  report.tool = "trivy";
  read_tool(reading, root, report);
  for (const View& result : results) report.examined += read_result(reading, result, lists_packages) ? 1 : 0;
  if (report.examined == 0) {
    reading.note(Errc::empty, root, "no target with packages in it: nothing was searched for vulnerabilities");
  }
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
