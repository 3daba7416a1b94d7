// SPDX 3.0.1 in JSON-LD: a graph of elements that name each other (spdx/spdx-spec, rdf/spdx-context.jsonld).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "adapters/formats/inventory.h"
#include "adapters/formats/spdx.h"
#include "gate/model/purl.h"

namespace gate::formats::spdx {
namespace {

using json::View;

constexpr std::string_view context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
constexpr std::string_view needs[] = {"dependsOn",       "hasDynamicLink",        "hasOptionalDependency",
                                      "hasPrerequisite", "hasProvidedDependency", "hasStaticLink"};
static_assert(std::ranges::is_sorted(needs));

// Types beside packages and relationships: those that gate asks nothing of. What tells about vulnerabilities is not
// among them, so that none is dropped in silence.
constexpr std::string_view silent[] = {"Agent",
                                       "Annotation",
                                       "Bom",
                                       "Bundle",
                                       "CreationInfo",
                                       "IndividualElement",
                                       "Organization",
                                       "Person",
                                       "SoftwareAgent",
                                       "SpdxDocument",
                                       "Tool",
                                       "ai_AIPackage",
                                       "build_Build",
                                       "dataset_DatasetPackage",
                                       "expandedlicensing_ConjunctiveLicenseSet",
                                       "expandedlicensing_CustomLicense",
                                       "expandedlicensing_CustomLicenseAddition",
                                       "expandedlicensing_DisjunctiveLicenseSet",
                                       "expandedlicensing_IndividualLicensingInfo",
                                       "expandedlicensing_ListedLicense",
                                       "expandedlicensing_ListedLicenseException",
                                       "expandedlicensing_OrLaterOperator",
                                       "expandedlicensing_WithAdditionOperator",
                                       "simplelicensing_LicenseExpression",
                                       "simplelicensing_SimpleLicensingText",
                                       "software_File",
                                       "software_Sbom",
                                       "software_Snippet"};
static_assert(std::ranges::is_sorted(silent));

struct Vex {
  std::string_view type;
  VexStatus status;
};
constexpr Vex vex_types[] = {
    {"security_VexAffectedVulnAssessmentRelationship", VexStatus::affected},
    {"security_VexFixedVulnAssessmentRelationship", VexStatus::fixed},
    {"security_VexNotAffectedVulnAssessmentRelationship", VexStatus::not_affected},
    {"security_VexUnderInvestigationVulnAssessmentRelationship", VexStatus::under_investigation}};

// "vulnerableCodeNotPresent": "vulnerable_code_not_present".
std::string snake(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') out += '_';
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

bool is_none(std::string_view id) { return id == "NoneElement" || id.ends_with("/Core/NoneElement"); }
bool is_not_said(std::string_view id) { return id == "NoAssertionElement" || id.ends_with("/Core/NoAssertionElement"); }

class Reader {
 public:
  Reader(Reading& reading, const View& root) : reading_(reading), root_(root), parts_(reading) {}

  void read() {
    for (const FactKind kind : {FactKind::scan_report, FactKind::sbom, FactKind::component})
      reading_.speaks_about(kind);
    const auto elements = reading_.list(root_, "@graph");
    for (const View& element : elements) index(element);
    if (says_vex_) reading_.speaks_about(FactKind::vex_statement);
    sbom_.format = "SPDX";
    report_.judges = false;
    if (!document_) reading_.note(Errc::not_found, root_, "no SpdxDocument in the graph");
    read_head();
    gather_licenses();
    for (const View* package : packages_) read_package(*package);
    for (const std::string& id : others_) parts_.add_other(id, name_of(id), *by_id_.at(id));
    read_subjects();
    for (const View* relationship : relationships_) read_relationship(*relationship);
    parts_.resolve();
    for (const View* statement : statements_) read_statement(*statement);

    const bool has_subject = subjects_.size() == 1 && is_package(subjects_.front());
    if (subjects_.size() == 1) sbom_.subject = subjects_.front();
    sbom_.graph_complete = has_subject && complete_ && !parts_.has_gaps();
    sbom_.components = report_.examined = static_cast<std::int64_t>(parts_.size() - (has_subject ? 1 : 0));
    if (packages_.empty()) reading_.note(Errc::empty, root_, "no package in it");
    parts_.finish();
    reading_.add(std::move(report_), root_);
    reading_.add(std::move(sbom_), root_);
  }

 private:
  static std::string peek(const View& object, std::string_view key) {
    auto found = object.text_or(key, "");
    return found ? std::move(*found) : std::string();
  }
  std::string name_of(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? std::string() : peek(*found->second, "name");
  }
  bool is_package(const std::string& id) const { return digests_.contains(id); }

  void index(const View& element) {
    const std::string type = reading_.text(element, "type");
    if (type.empty()) return;
    kept_.push_back(std::make_unique<View>(element));
    const View& at = *kept_.back();
    std::string id = type == "CreationInfo" ? peek(at, "@id") : peek(at, "spdxId");
    if (id.empty()) id = peek(at, "@id");
    if (id.empty()) return reading_.note(Errc::not_found, at, "member 'spdxId' is missing");
    if (!by_id_.emplace(id, &at).second)
      return reading_.note(Errc::malformed, at, "a second element has the id " + quoted(id));
    if (type == "SpdxDocument") {
      document_ = &at;
    } else if (type == "software_Sbom") {
      sbom_at_ = &at;
    }
    if (type == "software_Package") {
      packages_.push_back(&at);
    } else if (type == "Relationship" || type == "LifecycleScopedRelationship") {
      relationships_.push_back(&at);
    } else if (std::ranges::any_of(vex_types, [&](const Vex& vex) { return vex.type == type; })) {
      statements_.push_back(&at);
      says_vex_ = true;
    } else if (type == "security_Vulnerability" || std::ranges::binary_search(silent, type)) {
      others_.push_back(std::move(id));
    } else {
      reading_.note(Errc::unsupported_version, at, "gate does not read elements of the type " + quoted(type));
    }
  }

  void read_head() {
    const View* creation = nullptr;
    for (const View* of : {document_, sbom_at_}) {
      if (creation || !of) continue;
      if (const auto found = by_id_.find(peek(*of, "creationInfo")); found != by_id_.end()) creation = found->second;
    }
    if (document_) sbom_.document_id = reading_.text(*document_, "spdxId");
    if (document_) report_.subject = peek(*document_, "name");
    if (sbom_at_) {
      const auto types = reading_.texts_or_none(*sbom_at_, "software_sbomType");
      sbom_.lifecycle = fmt::format("{}", fmt::join(sorted_unique(types), ", "));
    }
    if (!creation) return reading_.note(Errc::not_found, root_, "no CreationInfo of the document");
    sbom_.format_version = reading_.text(*creation, "specVersion");
    sbom_.created = report_.created = reading_.optional_time(*creation, "created");
    for (const std::string& id : reading_.texts_or_none(*creation, "createdBy")) sbom_.authors.push_back(name_of(id));
    for (const std::string& id : reading_.texts_or_none(*creation, "createdUsing")) sbom_.tools.push_back(name_of(id));
    std::erase(sbom_.authors, "");
    std::erase(sbom_.tools, "");
    if (!sbom_.tools.empty()) report_.tool = sbom_.tools.front();
    author_ = fmt::format("{}", fmt::join(sbom_.authors, ", "));
    sbom_.authors = sorted_unique(std::move(sbom_.authors));
    sbom_.tools = sorted_unique(std::move(sbom_.tools));
  }

  // A concluded license goes before a declared one.
  void gather_licenses() {
    for (const std::string_view type : {"hasDeclaredLicense", "hasConcludedLicense"}) {
      for (const View* relationship : relationships_) {
        if (peek(*relationship, "relationshipType") != type) continue;
        std::vector<std::string> names;
        for (const std::string& id : reading_.texts_or_none(*relationship, "to")) {
          const auto found = by_id_.find(id);
          if (found == by_id_.end()) continue;
          names.push_back(peek(*found->second, "simplelicensing_licenseExpression"));
          if (names.back().empty()) names.back() = peek(*found->second, "name");
        }
        std::erase_if(names, [](const std::string& name) { return says_nothing(name); });
        if (!names.empty()) licenses_[peek(*relationship, "from")] = sorted_unique(std::move(names));
      }
    }
  }

  void read_package(const View& package) {
    Component fact;
    fact.ref = reading_.text(package, "spdxId");
    fact.name = reading_.text(package, "name");
    fact.version = reading_.optional_text(package, "software_packageVersion");
    fact.type = reading_.optional_text(package, "software_primaryPurpose");
    fact.purl = model::canonical_or_same(reading_.optional_text(package, "software_packageUrl"));
    for (const View& external : reading_.list_or_none(package, "externalIdentifier")) {
      const std::string type = reading_.text(external, "externalIdentifierType"),
                        id = reading_.text(external, "identifier");
      if (type == "packageUrl" && fact.purl.empty()) fact.purl = model::canonical_or_same(id);
      if ((type == "cpe23" || type == "cpe22") && fact.cpe.empty()) fact.cpe = id;
    }
    fact.supplier = name_of(reading_.optional_text(package, "suppliedBy"));
    for (const std::string& id : reading_.texts_or_none(package, "originatedBy")) {
      if (fact.supplier.empty()) fact.supplier = name_of(id);
    }
    if (const auto found = licenses_.find(fact.ref); found != licenses_.end()) fact.licenses = found->second;
    for (const View& method : reading_.list_or_none(package, "verifiedUsing")) {
      if (peek(method, "type") != "Hash") continue;
      fact.digests.push_back(digest(reading_.text(method, "algorithm"), reading_.text(method, "hashValue")));
    }
    fact.digests = sorted_unique(std::move(fact.digests));
    labels_[fact.ref] = label(fact.purl, fact.name, fact.version);
    digests_[fact.ref] = fact.digests;
    const std::string name = fact.name;
    parts_.add(std::move(fact), name, package);
  }

  // The SBOM's root where there is one, since the document's is then the SBOM.
  void read_subjects() {
    for (const View* of : {sbom_at_, document_}) {
      if (!of || !subjects_.empty()) continue;
      subjects_ = sorted_unique(reading_.texts_or_none(*of, "rootElement"));
    }
    for (const std::string& id : subjects_) parts_.add_subject(id);
    if (subjects_.size() == 1 && is_package(subjects_.front()))
      report_.subject_digests = digests_.at(subjects_.front());
  }

  void read_relationship(const View& relationship) {
    const std::string type = reading_.text(relationship, "relationshipType"),
                      from = reading_.text(relationship, "from");
    if (!std::ranges::binary_search(needs, type)) return;
    const std::string completeness = reading_.optional_text(relationship, "completeness");
    const auto to = reading_.list(relationship, "to");
    const bool is_silent = completeness == "noAssertion" || std::ranges::any_of(to, [](const View& id) {
                             return id.value().text() && is_not_said(*id.value().text());
                           });
    if (is_silent) return;
    if (!subjects_.empty() && from == subjects_.front()) complete_ = completeness == "complete";
    parts_.answers(from, relationship);
    for (const View& id : to) {
      const std::string* target = id.value().text();
      if (!target) {
        reading_.note(Errc::malformed, id, "expected the id of an element");
      } else if (!is_none(*target)) {
        parts_.depends(from, *target, id);
      }
    }
  }

  void read_statement(const View& at) {
    const std::string type = peek(at, "type");
    VexStatement fact;
    fact.status = std::ranges::find_if(vex_types, [&](const Vex& vex) { return vex.type == type; })->status;
    const std::string flaw = reading_.text(at, "from");
    fact.vulnerability = name_of(flaw);
    read_aliases(flaw, fact);
    if (fact.vulnerability.empty()) fact.vulnerability = flaw;
    fact.justification = snake(reading_.optional_text(at, "security_justificationType"));
    for (const std::string_view key : {"security_impactStatement", "security_actionStatement"}) {
      if (fact.detail.empty()) fact.detail = reading_.optional_text(at, key);
    }
    fact.author = name_of(reading_.optional_text(at, "suppliedBy"));
    if (fact.author.empty()) fact.author = author_;
    for (const std::string_view key : {"security_modifiedTime", "security_publishedTime"}) {
      if (fact.written.empty()) fact.written = reading_.optional_time(at, key);
    }
    if (fact.written.empty()) fact.written = sbom_.created;
    for (const View& to : reading_.list(at, "to")) {
      const std::string* id = to.value().text();
      if (!id || !labels_.contains(*id)) {
        reading_.note_for(FactKind::vex_statement, Errc::incomplete, to,
                          "a statement about something that is no package here");
        continue;
      }
      fact.product = labels_.at(*id);
      fact.digests = digests_.at(*id);
      reading_.add(fact, to);
    }
  }

  void read_aliases(const std::string& flaw, VexStatement& fact) {
    const auto found = by_id_.find(flaw);
    if (found == by_id_.end()) return;
    for (const View& external : reading_.list_or_none(*found->second, "externalIdentifier")) {
      const std::string id = reading_.text(external, "identifier");
      if (fact.vulnerability.empty()) fact.vulnerability = id;
      if (id != fact.vulnerability && !id.empty()) fact.aliases.push_back(id);
    }
    fact.aliases = sorted_unique(std::move(fact.aliases));
  }

  Reading& reading_;
  const View& root_;
  Inventory parts_;
  ScanReport report_;
  Sbom sbom_;
  std::vector<std::unique_ptr<View>> kept_;
  std::map<std::string, const View*> by_id_;
  const View* document_ = nullptr;
  const View* sbom_at_ = nullptr;
  std::vector<const View*> packages_, relationships_, statements_;
  std::vector<std::string> others_, subjects_;
  std::map<std::string, std::vector<std::string>> licenses_, digests_;  // by the package's id
  std::map<std::string, std::string> labels_;
  std::string author_;
  bool complete_ = false, says_vex_ = false;
};

}  // namespace

Result<FactBatch> read_3(const Document& document, const json::Value& value) {
  const View root(value, document.origin.artifact);
  const auto named = root.text("@context");
  if (!named) return named.error();
  if (*named != context) {
    return root.error(Errc::unsupported_version,
                      fmt::format("context {}, this gate reads SPDX-2.2, SPDX-2.3 and 3.0.1", quoted(*named)));
  }
  Reading reading(document);
  reading.only(root, std::array<std::string_view, 2>{"@context", "@graph"}, Errc::malformed);
  Reader(reading, root).read();
  return std::move(reading).finish();
}

}  // namespace gate::formats::spdx
