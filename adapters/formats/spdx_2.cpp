// SPDX 2.2 and 2.3, as the JSON schema of the specification has them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/inventory.h"
#include "adapters/formats/spdx.h"
#include "gate/model/purl.h"

namespace gate::formats::spdx {
namespace {

using json::View;

// clang-format off
constexpr std::string_view document_members[] = {
    "SPDXID", "annotations", "comment", "creationInfo", "dataLicense", "documentDescribes", "documentNamespace",
    "externalDocumentRefs", "files", "hasExtractedLicensingInfos", "name", "packages", "relationships", "revieweds",
    "snippets", "spdxVersion"};
constexpr std::string_view package_members[] = {
    "SPDXID", "annotations", "attributionTexts", "builtDate", "checksums", "comment", "copyrightText", "description",
    "downloadLocation", "externalRefs", "filesAnalyzed", "hasFiles", "homepage", "licenseComments", "licenseConcluded",
    "licenseDeclared", "licenseInfoFromFiles", "name", "originator", "packageFileName", "packageVerificationCode",
    "primaryPackagePurpose", "releaseDate", "sourceInfo", "summary", "supplier", "validUntilDate", "versionInfo"};
// What the first element depends on, and what depends on the first element.
constexpr std::string_view needs[] = {
    "DEPENDS_ON", "DYNAMIC_LINK", "HAS_PREREQUISITE", "STATIC_LINK"};
constexpr std::string_view needed_by[] = {
    "BUILD_DEPENDENCY_OF", "DEPENDENCY_OF", "DEV_DEPENDENCY_OF", "OPTIONAL_DEPENDENCY_OF", "PREREQUISITE_FOR",
    "PROVIDED_DEPENDENCY_OF", "RUNTIME_DEPENDENCY_OF", "TEST_DEPENDENCY_OF"};
constexpr std::string_view other_relationships[] = {
    "AMENDS", "ANCESTOR_OF", "BUILD_TOOL_OF", "CONTAINED_BY", "CONTAINS", "COPY_OF", "DATA_FILE_OF",
    "DEPENDENCY_MANIFEST_OF", "DESCENDANT_OF", "DESCRIBED_BY", "DESCRIBES", "DEV_TOOL_OF", "DISTRIBUTION_ARTIFACT",
    "DOCUMENTATION_OF", "EXAMPLE_OF", "EXPANDED_FROM_ARCHIVE", "FILE_ADDED", "FILE_DELETED", "FILE_MODIFIED",
    "GENERATED_FROM", "GENERATES", "METAFILE_OF", "OPTIONAL_COMPONENT_OF", "OTHER", "PACKAGE_OF", "PATCH_APPLIED",
    "PATCH_FOR", "REQUIREMENT_DESCRIPTION_FOR", "SPECIFICATION_FOR", "TEST_CASE_OF", "TEST_OF", "TEST_TOOL_OF",
    "VARIANT_OF"};
// clang-format on
static_assert(std::ranges::is_sorted(document_members));
static_assert(std::ranges::is_sorted(package_members));
static_assert(std::ranges::is_sorted(needs));
static_assert(std::ranges::is_sorted(needed_by));
static_assert(std::ranges::is_sorted(other_relationships));

bool is_elsewhere(std::string_view id) { return id.starts_with("DocumentRef-"); }

// "Organization: Name (mail)": the name.
std::string agent(std::string_view text) {
  for (const std::string_view kind : {"Person:", "Organization:"}) {
    if (text.starts_with(kind)) text.remove_prefix(kind.size());
  }
  if (const auto mail = text.rfind(" ("); mail != std::string_view::npos && text.ends_with(')'))
    text = text.substr(0, mail);
  while (text.starts_with(' ')) text.remove_prefix(1);
  return says_nothing(text) ? std::string() : std::string(text);
}

class Reader {
 public:
  Reader(Reading& reading, const View& root) : reading_(reading), root_(root), parts_(reading) {}

  void read() {
    for (const FactKind kind : {FactKind::scan_report, FactKind::sbom, FactKind::component})
      reading_.speaks_about(kind);
    reading_.only(root_, document_members, Errc::malformed);
    read_head();
    for (const View& package : reading_.list_or_none(root_, "packages")) read_package(package);
    for (const std::string_view others : {"files", "snippets"}) {
      for (const View& other : reading_.list_or_none(root_, others)) {
        const std::string id = reading_.text(other, "SPDXID");
        parts_.add_other(id, id, other);
      }
    }
    read_subjects();
    for (const View& relationship : reading_.list_or_none(root_, "relationships")) read_relationship(relationship);
    parts_.resolve();

    const std::size_t known = subjects_.size() == 1 && parts_.size() > 0 && is_package(subjects_.front()) ? 1 : 0;
    sbom_.components = report_.examined = static_cast<std::int64_t>(parts_.size() - known);
    if (parts_.size() == 0) reading_.note(Errc::empty, root_, "no package in it");
    if (subjects_.size() == 1) sbom_.subject = subjects_.front();
    parts_.finish();
    reading_.add(std::move(report_), root_);
    reading_.add(std::move(sbom_), root_);
  }

 private:
  void read_head() {
    sbom_.format = "SPDX";
    sbom_.format_version = reading_.text(root_, "spdxVersion").substr(std::string_view("SPDX-").size());
    sbom_.document_id = reading_.text(root_, "documentNamespace");
    document_ = reading_.text(root_, "SPDXID");
    parts_.add_other(document_, document_, root_);
    report_.subject = reading_.text(root_, "name");
    report_.judges = false;
    const auto creation = reading_.object(root_, "creationInfo");
    if (!creation) return;
    sbom_.created = report_.created = reading_.optional_time(*creation, "created");
    if (sbom_.created.empty()) reading_.text(*creation, "created");
    for (const View& creator : reading_.list(*creation, "creators")) {
      const auto text = creator.as_text();
      if (!text) {
        reading_.note(text.error());
      } else if (text->starts_with("Tool:")) {
        read_tool(std::string_view(*text).substr(std::string_view("Tool:").size()));
      } else if (std::string name = agent(*text); !name.empty()) {
        sbom_.authors.push_back(std::move(name));
      }
    }
    sbom_.authors = sorted_unique(std::move(sbom_.authors));
    sbom_.tools = sorted_unique(std::move(sbom_.tools));
  }

  // "Tool: name-version", where the version is what follows the last hyphen and has a digit in it.
  void read_tool(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    const auto hyphen = text.rfind('-');
    const auto version = hyphen == std::string_view::npos ? std::string_view() : text.substr(hyphen + 1);
    const bool has_version = version.find_first_of("0123456789") != std::string_view::npos;
    const std::string name(has_version ? text.substr(0, hyphen) : text);
    sbom_.tools.push_back(has_version ? name + ' ' + std::string(version) : name);
    if (!report_.tool.empty()) return;
    report_.tool = name;
    if (has_version) report_.tool_version = version;
  }

  void read_package(const View& package) {
    reading_.only(package, package_members, Errc::malformed);
    Component fact;
    fact.ref = reading_.text(package, "SPDXID");
    fact.name = reading_.text(package, "name");
    fact.version = reading_.optional_text(package, "versionInfo");
    if (says_nothing(fact.version)) fact.version.clear();
    fact.type = reading_.optional_text(package, "primaryPackagePurpose");
    fact.supplier = agent(reading_.optional_text(package, "supplier"));
    if (fact.supplier.empty()) fact.supplier = agent(reading_.optional_text(package, "originator"));
    for (const std::string_view key : {"licenseConcluded", "licenseDeclared"}) {
      std::string license = reading_.optional_text(package, key);
      if (fact.licenses.empty() && !says_nothing(license)) fact.licenses.push_back(std::move(license));
    }
    for (const View& checksum : reading_.list_or_none(package, "checksums")) {
      const std::string algorithm = reading_.text(checksum, "algorithm"),
                        value = reading_.text(checksum, "checksumValue");
      if (!algorithm.empty() && !value.empty()) fact.digests.push_back(digest(algorithm, value));
    }
    fact.digests = sorted_unique(std::move(fact.digests));
    for (const View& external : reading_.list_or_none(package, "externalRefs")) read_external(external, fact);
    packages_.emplace(fact.ref, fact.digests);
    const std::string name = fact.name;
    parts_.add(std::move(fact), name, package);
  }

  void read_external(const View& external, Component& fact) {
    const std::string type = reading_.text(external, "referenceType"),
                      locator = reading_.text(external, "referenceLocator");
    if (type == "purl") {
      if (fact.purl.empty()) {
        fact.purl = model::canonical_or_same(locator);
      } else if (fact.purl != model::canonical_or_same(locator)) {
        reading_.note_for(FactKind::component, Errc::incomplete, external, "a second package URL: " + quoted(locator));
      }
    } else if ((type == "cpe23Type" || type == "cpe22Type") && fact.cpe.empty()) {
      fact.cpe = locator;
    }
  }

  bool is_package(const std::string& id) const { return packages_.contains(id); }

  void read_subjects() {
    for (const std::string& id : reading_.texts_or_none(root_, "documentDescribes")) subjects_.push_back(id);
    for (const View& relationship : reading_.list_or_none(root_, "relationships")) {
      const std::string type = reading_.text(relationship, "relationshipType");
      const std::string from = reading_.text(relationship, "spdxElementId"),
                        to = reading_.text(relationship, "relatedSpdxElement");
      if (type == "DESCRIBES" && from == document_) subjects_.push_back(to);
      if (type == "DESCRIBED_BY" && to == document_) subjects_.push_back(from);
    }
    subjects_ = sorted_unique(std::move(subjects_));
    std::erase_if(subjects_, [](const std::string& id) { return says_nothing(id); });
    for (const std::string& id : subjects_) parts_.add_subject(id);
    if (subjects_.size() == 1 && is_package(subjects_.front()))
      report_.subject_digests = packages_.at(subjects_.front());
  }

  void read_relationship(const View& relationship) {
    const auto text = [&](std::string_view key) {
      auto found = relationship.text_or(key, "");  // what is missing was told before
      return found ? std::move(*found) : std::string();
    };
    const std::string type = text("relationshipType");
    std::string from = text("spdxElementId"), to = text("relatedSpdxElement");
    if (from.empty() || to.empty() || type.empty()) return;
    if (std::ranges::binary_search(needed_by, type)) {
      std::swap(from, to);
    } else if (!std::ranges::binary_search(needs, type)) {
      if (!std::ranges::binary_search(other_relationships, type)) {
        reading_.note_for(FactKind::sbom, Errc::malformed, relationship,
                          "a relationship that gate does not know: " + quoted(type));
      }
      return;
    }
    if (is_elsewhere(from) || from == "NONE" || from == "NOASSERTION" || to == "NOASSERTION") return;
    parts_.answers(from, relationship);
    if (to != "NONE" && !is_elsewhere(to)) parts_.depends(from, to, relationship);
  }

  Reading& reading_;
  const View& root_;
  Inventory parts_;
  ScanReport report_;
  Sbom sbom_;
  std::string document_;
  std::map<std::string, std::vector<std::string>> packages_;  // digests by id
  std::vector<std::string> subjects_;
};

}  // namespace

Result<FactBatch> read_2(const Document& document, const json::Value& value, const FromTags* tags) {
  const View root(value, document.origin.artifact);
  const auto version = root.text("spdxVersion");
  if (!version) {
    if (!tags || tags->problems.empty()) return version.error();
    return tags->problems.front();  // the first line that is no SPDX says more
  }
  if (*version != "SPDX-2.2" && *version != "SPDX-2.3") {
    return root.error(Errc::unsupported_version,
                      fmt::format("version {}, this gate reads SPDX-2.2, SPDX-2.3 and 3.0.1", quoted(*version)));
  }
  Reading reading(document);
  if (tags) reading.locate_by(tags->places);
  Reader(reading, root).read();
  if (tags) {
    for (const Error& problem : tags->problems) reading.note(problem);
  }
  return std::move(reading).finish();
}

}  // namespace gate::formats::spdx
