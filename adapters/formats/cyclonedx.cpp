// CycloneDX in JSON, 1.2 to 1.7: an SBOM, a scanner's report, or both (CycloneDX/specification,
// schema/bom-*.schema.json).
//
// `analysis` is not followed: a vulnerability that the document itself calls not affected or a false positive is told
// as one. Who may say so is a question of trust, which a report cannot answer about itself.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "adapters/formats/reading.h"
#include "gate/model/cvss.h"
#include "gate/model/purl.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 6> versions{"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"};

// The members that the schemas know; they allow no others.
// clang-format off
constexpr std::string_view root_members[] = {
    "$schema", "annotations", "bomFormat", "citations", "components", "compositions", "declarations",
    "definitions", "dependencies", "externalReferences", "formulation", "metadata", "properties",
    "serialNumber", "services", "signature", "specVersion", "version", "vulnerabilities"};
constexpr std::string_view metadata_members[] = {
    "authors", "component", "distributionConstraints", "licenses", "lifecycles", "manufacture", "manufacturer",
    "properties", "supplier", "timestamp", "tools"};
constexpr std::string_view component_members[] = {
    "author", "authors", "bom-ref", "components", "copyright", "cpe", "cryptoProperties", "data", "description",
    "evidence", "externalReferences", "group", "hashes", "isExternal", "licenses", "manufacturer", "mime-type",
    "modelCard", "modified", "name", "omniborId", "patentAssertions", "pedigree", "properties", "publisher",
    "purl", "releaseNotes", "scope", "signature", "supplier", "swhid", "swid", "tags", "type", "version",
    "versionRange"};
constexpr std::string_view vulnerability_members[] = {
    "advisories", "affects", "analysis", "bom-ref", "created", "credits", "cwes", "description", "detail", "id",
    "proofOfConcept", "properties", "published", "ratings", "recommendation", "references", "rejected",
    "source", "tools", "updated", "workaround"};
constexpr std::string_view affects_members[] = {
    "ref", "versions"};
// clang-format on
static_assert(std::ranges::is_sorted(root_members));
static_assert(std::ranges::is_sorted(metadata_members));
static_assert(std::ranges::is_sorted(component_members));
static_assert(std::ranges::is_sorted(vulnerability_members));
static_assert(std::ranges::is_sorted(affects_members));

std::optional<Error> wrong_version(const View& root) {
  const auto format = root.text("bomFormat");
  if (!format) return format.error();
  if (*format != "CycloneDX")
    return root.error(Errc::malformed, "'bomFormat' is " + quoted(*format) + ", not 'CycloneDX'");
  const auto version = root.text("specVersion");
  if (!version) return version.error();
  if (std::find(versions.begin(), versions.end(), *version) != versions.end()) return std::nullopt;
  return root.error(Errc::unsupported_version, fmt::format("specification {}, this gate reads {} to {}",
                                                           quoted(*version), versions.front(), versions.back()));
}

// What `affects` can point to.
struct Target {
  std::string package, version;
};

class Bom {
 public:
  Bom(Reading& reading, const View& root) : reading_(reading), root_(root) {}

  void read() {
    reading_.only(root_, root_members, Errc::malformed);
    const bool reports = root_.has("vulnerabilities");
    if (reports) {
      reading_.speaks_about(FactKind::scan_report);
      reading_.speaks_about(FactKind::vulnerability);
    }
    if (root_.has("components") || !reports) reading_.speaks_about(FactKind::component);
    read_metadata();
    for (const View& component : reading_.optional_list(root_, "components")) read_component(component);
    read_services(root_);
    for (const View& record : reading_.optional_list(root_, "vulnerabilities")) read_vulnerability(record);
    report_.examined = static_cast<std::int64_t>(components_ > 0 ? components_ : affected_.size());
    if (report_.examined == 0) reading_.note(Errc::empty, root_, "no component and no vulnerability in it");
    if (reports) reading_.add(std::move(report_), root_);
  }

 private:
  void read_metadata() {
    const auto metadata = reading_.optional_object(root_, "metadata");
    if (!metadata) return;
    reading_.only(*metadata, metadata_members, Errc::malformed);
    report_.created = reading_.optional_time(*metadata, "timestamp");
    if (const auto subject = reading_.optional_object(*metadata, "component")) {
      report_.subject = read_component(*subject).package;
      --components_;  // the subject is not one of its own parts
    }
    if (const auto tools = metadata->find("tools")) read_tool(*tools);
  }

  // The first tool: up to 1.4 a list, since 1.5 an object with lists of components and services.
  void read_tool(const View& tools) {
    std::vector<View> list;
    if (tools.value().array()) {
      list = *tools.as_elements();
    } else {
      for (const std::string_view key : {"components", "services"}) {
        for (View& tool : reading_.optional_list(tools, key)) list.push_back(std::move(tool));
      }
    }
    if (list.empty()) return;
    report_.tool = reading_.text(list.front(), "name");
    report_.tool_version = reading_.optional_text(list.front(), "version");
  }

  Target read_component(const View& component) {
    ++components_;
    reading_.only(component, component_members, Errc::malformed);
    Component fact;
    fact.name = reading_.text(component, "name");
    fact.version = reading_.optional_text(component, "version");
    fact.type = reading_.text(component, "type");
    fact.purl = model::canonical_or_same(reading_.optional_text(component, "purl"));
    const Target target{label(fact.purl, grouped(component, fact.name), fact.version), fact.version};
    remember(component, target);
    reading_.add(std::move(fact), component);
    for (const View& part : reading_.optional_list(component, "components")) read_component(part);
    return target;
  }

  void read_services(const View& parent) {
    for (const View& service : reading_.optional_list(parent, "services")) {
      const std::string name = reading_.text(service, "name"), version = reading_.optional_text(service, "version");
      remember(service, {label("", grouped(service, name), version), version});
      read_services(service);
    }
  }

  std::string grouped(const View& object, const std::string& name) {
    const std::string group = reading_.optional_text(object, "group");
    return group.empty() ? name : group + '/' + name;
  }

  void remember(const View& object, Target target) {
    const std::string ref = reading_.optional_text(object, "bom-ref");
    if (ref.empty()) return;
    if (!targets_.emplace(ref, std::move(target)).second) {
      reading_.note(Errc::malformed, object, "a second object has the bom-ref " + quoted(ref));
    }
  }

  void read_vulnerability(const View& record) {
    reading_.only(record, vulnerability_members, Errc::malformed);
    Vulnerability fact;
    fact.id = reading_.text(record, "id");
    if (fact.id.empty()) return;
    fact.tool = report_.tool;
    for (const View& reference : reading_.list_or_none(record, "references")) {
      fact.aliases.push_back(reading_.text(reference, "id"));
    }
    std::erase(fact.aliases, fact.id);
    std::erase(fact.aliases, "");
    fact.aliases = sorted_unique(std::move(fact.aliases));
    for (const View& rating : reading_.optional_list(record, "ratings")) apply(rating, fact);
    const auto affects = reading_.optional_list(record, "affects");
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
      reading_.add(fact, place);
    }
  }

  Target resolve(const View& place) {
    reading_.only(place, affects_members, Errc::malformed);
    std::string ref = reading_.text(place, "ref");
    affected_.insert(ref);
    const auto target = targets_.find(ref);
    if (target != targets_.end()) return target->second;
    if (!ref.empty()) reading_.note(Errc::incomplete, place, "no component has the bom-ref " + quoted(ref));
    return {std::move(ref), {}};
  }

  // Keeps the highest of the ratings.
  void apply(const View& rating, Vulnerability& fact) {
    std::string vector = reading_.optional_text(rating, "vector");
    const auto score = rating.find("score");
    if (!rating.has("severity") && vector.empty() && !score) {
      return reading_.note(Errc::malformed, rating, "a rating with neither a severity, nor a vector, nor a score");
    }
    Severity severity = rating.has("severity") ? reading_.severity(rating, "severity") : Severity::unknown;
    if (severity == Severity::unknown) severity = model::severity_of_vector(vector).value_or(Severity::unknown);
    if (severity == Severity::unknown && score) severity = severity_of_score(rating, *score);
    if (severity < fact.severity || (severity == fact.severity && !fact.score.empty())) return;
    fact.severity = severity;
    const auto source = reading_.optional_object(rating, "source");
    fact.severity_source = source ? reading_.optional_text(*source, "name") : std::string();
    fact.score = !vector.empty() ? vector : score ? json::to_string(score->value()) : std::string();
  }

  // Other methods than CVSS have other scales, and a score without a method has none that is known.
  Severity severity_of_score(const View& rating, const View& score) {
    if (!reading_.optional_text(rating, "method").starts_with("CVSS")) return Severity::unknown;
    const auto number = score.value().number();
    const auto tenths = number ? model::score_in_tenths(*number) : std::nullopt;
    if (tenths) return model::severity_of_score(*tenths);
    reading_.note(Errc::malformed, score, "no score from 0 to 10");
    return Severity::unknown;
  }

  Reading& reading_;
  const View& root_;
  ScanReport report_;
  std::map<std::string, Target> targets_;
  std::set<std::string> affected_;
  std::size_t components_ = 0;  // without the subject
};

}  // namespace

Result<FactBatch> parse_cyclonedx(const Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (const auto error = wrong_version(root)) return *error;
  Reading reading(document);
  Bom(reading, root).read();
  return std::move(reading).finish();
}

}  // namespace gate::formats
