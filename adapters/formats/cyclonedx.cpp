// CycloneDX 1.2 to 1.7, in JSON and XML: an SBOM, a scanner's report, a VEX document, or all of these
// (CycloneDX/specification).
//
// `analysis` becomes a statement of its own and takes nothing away: a vulnerability that the document itself calls not
// affected or a false positive is told as one. Who may say so is a question of trust, which a report cannot answer
// about itself.
//
// A list of vulnerabilities is a scanner's where somebody found one that nobody has analysed yet. An empty one is in
// every SBOM of some generators, and one of analyses alone is a VEX document: these looked for nothing.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/cyclonedx_shape.h"
#include "adapters/formats/cyclonedx_xml.h"
#include "adapters/formats/flaw.h"
#include "adapters/formats/inventory.h"
#include "adapters/formats/reading.h"
#include "gate/core/time.h"
#include "gate/model/license_ids.h"
#include "gate/model/purl.h"
#include "gate/model/severity.h"

namespace gate::formats {
namespace {

using json::View;

constexpr int oldest = 2, newest = 7;  // minor versions of 1

// The document was held to its shape before: what is not as it must be is told, and counts as absent here.
std::string text(const View& object, std::string_view key) {
  auto found = object.text_or(key, "");
  return found ? std::move(*found) : std::string();
}
std::vector<View> list(const View& object, std::string_view key) {
  auto found = object.elements_or_none(key);
  return found ? std::move(*found) : std::vector<View>();
}
std::string text_in(const View& object, std::string_view part, std::string_view key) {
  const auto found = object.find(part);
  return found ? text(*found, key) : std::string();
}

std::string first_of(std::initializer_list<std::string> texts) {
  for (const std::string& each : texts) {
    if (!each.empty()) return each;
  }
  return {};
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// "sha256:<hex>" of {"alg": "SHA-256"}, but "sha3-256:<hex>" of {"alg": "SHA3-256"}.
std::vector<std::string> digests_of(const View& object) {
  std::vector<std::string> digests;
  for (const View& hash : list(object, "hashes")) {
    std::string name = lower(text(hash, "alg"));
    if (name.starts_with("sha-")) name.erase(3, 1);
    if (const std::string content = text(hash, "content"); !content.empty())
      digests.push_back(name + ':' + lower(content));
  }
  return sorted_unique(std::move(digests));
}

// What a score is by; scores by other methods have scales of their own.
std::string method_of(const std::string& method) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"CVSSv2", "CVSS:2.0"}, {"CVSSv3", "CVSS:3.0"}, {"CVSSv31", "CVSS:3.1"}, {"CVSSv4", "CVSS:4.0"}};
  for (const auto& [theirs, ours] : names) {
    if (method == theirs) return std::string(ours);
  }
  return method;
}

VexStatus status_of(std::string_view state) {
  if (state == "resolved" || state == "resolved_with_pedigree") return VexStatus::fixed;
  if (state == "exploitable") return VexStatus::affected;
  if (state == "not_affected" || state == "false_positive") return VexStatus::not_affected;
  return VexStatus::under_investigation;
}

// In OpenVEX's words, where it has one that says the same.
std::string justification_of(const std::string& theirs) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"code_not_present", "vulnerable_code_not_present"},
      {"code_not_reachable", "vulnerable_code_not_in_execute_path"},
      {"protected_at_perimeter", "inline_mitigations_already_exist"},
      {"protected_at_runtime", "inline_mitigations_already_exist"},
      {"protected_by_compiler", "inline_mitigations_already_exist"},
      {"protected_by_mitigating_control", "inline_mitigations_already_exist"}};
  for (const auto& [word, ours] : names) {
    if (theirs == word) return std::string(ours);
  }
  return theirs;
}

bool has_open(const View& root) {
  const auto found = list(root, "vulnerabilities");
  return std::ranges::any_of(found, [](const View& each) { return text_in(each, "analysis", "state").empty(); });
}

class Bom {
 public:
  Bom(Reading& reading, const View& root)
      : reading_(reading),
        root_(root),
        parts_(reading),
        reports_(root.has("vulnerabilities")),
        scanned_(has_open(root)) {}

  void read() {
    const bool lists = root_.has("components") || !reports_;
    reading_.speaks_about(FactKind::scan_report);
    if (reports_) reading_.speaks_about(FactKind::vulnerability);
    if (reports_) reading_.speaks_about(FactKind::vex_statement);
    if (lists) reading_.speaks_about(FactKind::component);
    if (lists) reading_.speaks_about(FactKind::sbom);
    check_shape();

    read_metadata();
    for (const View& component : list(root_, "components")) read_component(component, "");
    read_services(root_);
    for (const auto& [whole, part] : nested_) parts_.contains(whole, part);
    for (const View& dependency : list(root_, "dependencies")) read_dependency(dependency);
    parts_.resolve();
    const std::size_t components = parts_.size() - (has_subject_ ? 1 : 0);
    for (const View& record : list(root_, "vulnerabilities")) read_vulnerability(record);
    parts_.finish();

    report_.examined = static_cast<std::int64_t>(components > 0 ? components : affected_.size());
    report_.judges = scanned_;
    if (report_.examined == 0) reading_.note(Errc::empty, root_, "no component and no vulnerability in it");
    reading_.add(std::move(report_), root_);
    if (lists) add_sbom(components);
  }

 private:
  void check_shape() {
    const std::string version = text(root_, "specVersion");
    cyclonedx::check(root_.value(), version.back() - '0', [&](Errc code, std::string pointer, std::string what) {
      reading_.note(Error{code, std::move(what), {root_.origin().artifact, {}, std::move(pointer)}});
    });
  }

  void read_metadata() {
    sbom_.format = "CycloneDX";
    sbom_.format_version = text(root_, "specVersion");
    sbom_.document_id = text(root_, "serialNumber");
    if (const auto version = root_.find("version"); version && version->value().integer()) {
      sbom_.document_version = std::to_string(*version->value().integer());
    }
    sbom_.is_signed = root_.has("signature");
    const auto metadata = root_.find("metadata");
    if (!metadata) return;
    report_.created = sbom_.created = time(*metadata, "timestamp");
    read_authors(*metadata);
    licenses_of(*metadata);  // of the document itself; they are checked, and tell about no component
    if (const auto subject = metadata->find("component"); subject && subject->value().object()) {
      const Component fact = read_component(*subject, "");
      has_subject_ = true;
      sbom_.subject = fact.ref;
      parts_.add_subject(fact.ref);
      report_.subject = label(fact.purl, grouped(*subject), fact.version);
      report_.subject_digests = fact.digests;
    }
    std::vector<std::string> phases;
    for (const View& lifecycle : list(*metadata, "lifecycles")) {
      phases.push_back(first_of({text(lifecycle, "phase"), text(lifecycle, "name")}));
    }
    sbom_.lifecycle = fmt::format("{}", fmt::join(sorted_unique(std::move(phases)), ", "));
    read_tools(*metadata);
  }

  void read_authors(const View& metadata) {
    for (const View& author : list(metadata, "authors")) {
      sbom_.authors.push_back(first_of({text(author, "name"), text(author, "email")}));
    }
    std::erase(sbom_.authors, "");
    author_ = first_of({text_in(metadata, "supplier", "name"), text_in(metadata, "manufacturer", "name"),
                        text_in(metadata, "manufacture", "name"), fmt::format("{}", fmt::join(sbom_.authors, ", "))});
    for (const std::string_view who : {"supplier", "manufacturer", "manufacture"}) {
      if (std::string name = text_in(metadata, who, "name"); !name.empty()) sbom_.authors.push_back(std::move(name));
    }
    sbom_.authors = sorted_unique(std::move(sbom_.authors));
  }

  // Up to 1.4 a list, since 1.5 an object with lists of components and services. The first speaks for the report.
  void read_tools(const View& metadata) {
    std::vector<View> tools = list(metadata, "tools");
    if (const auto lists = metadata.find("tools"); lists && lists->value().object()) {
      for (const std::string_view key : {"components", "services"}) {
        for (View& tool : list(*lists, key)) tools.push_back(std::move(tool));
      }
    }
    if (tools.empty()) return;
    report_.tool = text(tools.front(), "name");
    report_.tool_version = text(tools.front(), "version");
    for (const View& tool : tools) {
      const std::string name = text(tool, "name"), version = text(tool, "version");
      if (!name.empty()) sbom_.tools.push_back(version.empty() ? name : name + ' ' + version);
    }
    sbom_.tools = sorted_unique(std::move(sbom_.tools));
  }

  Component read_component(const View& component, const std::string& whole) {
    Component fact;
    fact.ref = text(component, "bom-ref");
    fact.name = text(component, "name");
    fact.version = text(component, "version");
    fact.type = text(component, "type");
    fact.purl = model::canonical_or_same(text(component, "purl"));
    fact.cpe = text(component, "cpe");
    fact.supplier = supplier_of(component);
    fact.in_inventory = scanned_;
    fact.licenses = licenses_of(component);
    fact.digests = digests_of(component);
    if (!whole.empty() && !fact.ref.empty()) nested_.emplace_back(whole, fact.ref);
    parts_.add(fact, grouped(component), component);
    for (const View& part : list(component, "components")) read_component(part, fact.ref);
    return fact;
  }

  std::vector<std::string> licenses_of(const View& object) {
    std::vector<std::string> licenses;
    for (const View& choice : list(object, "licenses")) {
      const std::string id = text_in(choice, "license", "id");
      if (!id.empty() && !model::is_spdx_license(id)) {
        reading_.note_for(FactKind::sbom, Errc::malformed, choice,
                          quoted(id) + " is no id of the SPDX licence list 3.28.0");
      }
      licenses.push_back(first_of({text(choice, "expression"), id, text_in(choice, "license", "name")}));
    }
    std::erase(licenses, "");
    return sorted_unique(std::move(licenses));
  }

  static std::string supplier_of(const View& component) {
    std::string authors;
    for (const View& author : list(component, "authors"))
      authors += (authors.empty() ? "" : ", ") + text(author, "name");
    return first_of({text_in(component, "supplier", "name"), text_in(component, "manufacturer", "name"),
                     text(component, "publisher"), authors, text(component, "author")});
  }

  void read_services(const View& parent) {
    for (const View& service : list(parent, "services")) {
      parts_.add_other(text(service, "bom-ref"), label("", grouped(service), text(service, "version")), service);
      licenses_of(service);
      read_services(service);
    }
  }

  static std::string grouped(const View& object) {
    const std::string group = text(object, "group"), name = text(object, "name");
    return group.empty() ? name : group + '/' + name;
  }

  void read_dependency(const View& dependency) {
    const std::string ref = text(dependency, "ref");
    if (ref.empty()) return;
    parts_.answers(ref, dependency);
    for (const View& on : list(dependency, "dependsOn")) {
      if (const std::string* to = on.value().text()) parts_.depends(ref, *to, on);
    }
  }

  // Dependencies are complete where a composition says so of the subject's, or of the whole, and none says otherwise.
  bool graph_is_complete() const {
    bool complete = false;
    for (const View& composition : list(root_, "compositions")) {
      const auto dependencies = list(composition, "dependencies");
      const bool of_whole = dependencies.empty() && list(composition, "assemblies").empty() &&
                            list(composition, "vulnerabilities").empty();
      if (!of_whole && dependencies.empty()) continue;
      if (text(composition, "aggregate") != "complete") return false;
      complete = complete || of_whole || std::any_of(dependencies.begin(), dependencies.end(), [&](const View& ref) {
                   return ref.value().text() && !sbom_.subject.empty() && *ref.value().text() == sbom_.subject;
                 });
    }
    return complete && !parts_.has_gaps();
  }

  void add_sbom(std::size_t components) {
    sbom_.components = static_cast<std::int64_t>(components);
    sbom_.graph_complete = graph_is_complete();
    reading_.add(std::move(sbom_), root_);
  }

  void read_vulnerability(const View& record) {
    if (!record.value().object()) return;
    Vulnerability fact;
    fact.id = reading_.text(record, "id");
    if (fact.id.empty()) return;
    fact.tool = report_.tool;
    for (const View& reference : list(record, "references")) fact.aliases.push_back(text(reference, "id"));
    std::erase(fact.aliases, fact.id);
    std::erase(fact.aliases, "");
    fact.aliases = sorted_unique(std::move(fact.aliases));
    fact.published = time(record, "published");
    for (const View& cwe : list(record, "cwes")) {
      if (const auto* number = cwe.value().integer()) fact.cwes.push_back(fmt::format("CWE-{}", *number));
    }
    fact.cwes = sorted_unique(std::move(fact.cwes));
    fact.malicious = fact.id.starts_with("MAL-") || std::any_of(fact.aliases.begin(), fact.aliases.end(),
                                                                [](const auto& id) { return id.starts_with("MAL-"); });
    for (const View& rating : list(record, "ratings")) read_rating(rating, fact);
    std::sort(fact.ratings.begin(), fact.ratings.end());
    take_highest(fact);

    const auto affects = list(record, "affects");
    if (affects.empty()) {
      reading_.note(Errc::incomplete, record, quoted(fact.id) + " names no component that it affects");
      reading_.add(std::move(fact), record);
      return;
    }
    for (const View& place : affects) {
      if (reading_.is_full()) return;
      const Target target = resolve(place);
      fact.package = target.package;
      fact.version = target.version;
      fact.dependency = target.node ? target.node->dependency : Dependency::unknown;
      fact.path = target.node ? parts_.path_to(*target.node) : std::vector<std::string>();
      reading_.add(fact, place);
      if (const auto analysis = record.find("analysis")) read_analysis(record, *analysis, fact, place);
    }
  }

  struct Target {
    std::string package, version;
    const Inventory::Node* node = nullptr;
  };
  Target resolve(const View& place) {
    std::string ref = text(place, "ref");
    affected_.insert(ref);
    if (const auto* node = parts_.find(ref)) return {node->label, node->version, node};
    if (!ref.empty()) reading_.note(Errc::incomplete, place, "no component has the bom-ref " + quoted(ref));
    return {std::move(ref), {}, nullptr};
  }

  void read_rating(const View& rating, Vulnerability& fact) {
    Rating fresh{.method = method_of(text(rating, "method")), .vector = text(rating, "vector")};
    fresh.source = first_of({text_in(rating, "source", "name"), text_in(rating, "source", "url")});
    const bool has_score = rating.find("score").has_value();
    if (!rating.has("severity") && fresh.vector.empty() && !has_score) {
      return reading_.note(Errc::malformed, rating, "a rating with neither a severity, nor a vector, nor a score");
    }
    fresh.severity = model::severity_from_word(text(rating, "severity")).value_or(Severity::unknown);
    const bool by_cvss = fresh.method.starts_with("CVSS:");
    const auto reported = by_cvss ? score_at(reading_, rating, "score") : std::nullopt;
    if (!by_cvss && !fresh.method.empty()) {
      // No vector of CVSS, and no score of its scale.
      if (fresh.severity != Severity::unknown) fact.ratings.push_back(std::move(fresh));
      return;
    }
    rate(reading_, rating, fact, std::move(fresh), reported);
  }

  // One statement for each place, or for each version that the place names.
  void read_analysis(const View& record, const View& analysis, const Vulnerability& flaw, const View& place) {
    const std::string state = text(analysis, "state");
    if (state.empty()) return;
    VexStatement fact;
    fact.vulnerability = flaw.id;
    fact.aliases = flaw.aliases;
    fact.product = flaw.package;
    fact.status = status_of(state);
    fact.justification = justification_of(text(analysis, "justification"));
    fact.detail = text(analysis, "detail");
    fact.author = author_;
    fact.written = first_of(
        {time(analysis, "lastUpdated"), time(analysis, "firstIssued"), time(record, "updated"), report_.created});
    const auto versions = list(place, "versions");
    if (versions.empty()) {
      if (place.has("versions")) reading_.note(Errc::malformed, place, "'versions' lists nothing");
      return reading_.add(std::move(fact), place);
    }
    for (const View& version : versions) {
      if (reading_.is_full()) return;
      VexStatement part = fact;
      part.versions = versions_of(version, flaw.package);
      // A version's own status is the closer one: the analysis speaks of what is affected, unless it denies that.
      const std::string status = text(version, "status");
      if (status == "unaffected" && part.status != VexStatus::fixed) part.status = VexStatus::not_affected;
      if (status == "affected" && part.status != VexStatus::under_investigation) part.status = VexStatus::affected;
      if (status == "unknown") part.status = VexStatus::under_investigation;
      reading_.add(std::move(part), version);
    }
  }

  static std::string versions_of(const View& version, const std::string& package) {
    if (std::string range = text(version, "range"); !range.empty()) return range;
    const auto purl = model::parse_purl(package);
    return fmt::format("vers:{}/{}", purl ? purl->type : "generic", text(version, "version"));
  }

  std::string time(const View& object, std::string_view key) {
    const std::string found = text(object, key);
    return found.empty() ? found : reading_.optional_time(object, key);
  }

  Reading& reading_;
  const View& root_;
  Inventory parts_;
  const bool reports_, scanned_;
  bool has_subject_ = false;
  ScanReport report_;
  Sbom sbom_;
  std::string author_;
  std::vector<std::pair<std::string, std::string>> nested_;
  std::set<std::string> affected_;
};

std::optional<Error> wrong_version(const View& root) {
  const auto format = root.text("bomFormat");
  if (!format) return format.error();
  if (*format != "CycloneDX")
    return root.error(Errc::malformed, "'bomFormat' is " + quoted(*format) + ", not 'CycloneDX'");
  const auto version = root.text("specVersion");
  if (!version) return version.error();
  for (int minor = oldest; minor <= newest; ++minor) {
    if (*version == fmt::format("1.{}", minor)) return std::nullopt;
  }
  return root.error(Errc::unsupported_version,
                    fmt::format("specification {}, this gate reads 1.{} to 1.{}", quoted(*version), oldest, newest));
}

bool is_xml(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '<';
}

Result<FactBatch> parse_bom(const Document& document, const json::Value& value, const cyclonedx::FromXml* xml) {
  const View root(value, document.origin.artifact);
  if (const auto error = wrong_version(root)) return *error;
  Reading reading(document);
  if (xml) {
    reading.locate_by(xml->places);
  }
  Bom(reading, root).read();
  if (xml) {
    for (const Error& problem : xml->problems) reading.note(problem);
  }
  return std::move(reading).finish();
}

}  // namespace

Result<FactBatch> parse_cyclonedx(Document& document) {
  if (is_xml(document.bytes)) {
    const auto xml = cyclonedx::from_xml(document);
    if (!xml) return xml.error();
    return parse_bom(document, xml->bom, &*xml);
  }
  const auto value = parse_object(document);
  if (!value) return value.error();
  return parse_bom(document, *value, nullptr);
}

}  // namespace gate::formats
