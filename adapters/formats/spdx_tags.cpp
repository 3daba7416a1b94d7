// SPDX 2 in tag-value form (specification 2.3, annex on the tag-value format).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/spdx.h"

namespace gate::formats::spdx {
namespace {

using json::Value;

enum class Where { document, creation, package };

// A tag whose value is a text of its own.
struct Tag {
  std::string_view name;
  Where where;
  std::string_view key;
};
constexpr Tag tags[] = {{"SPDXVersion", Where::document, "spdxVersion"},
                        {"DataLicense", Where::document, "dataLicense"},
                        {"DocumentNamespace", Where::document, "documentNamespace"},
                        {"DocumentName", Where::document, "name"},
                        {"Created", Where::creation, "created"},
                        {"PackageVersion", Where::package, "versionInfo"},
                        {"PackageSupplier", Where::package, "supplier"},
                        {"PackageOriginator", Where::package, "originator"},
                        {"PackageDownloadLocation", Where::package, "downloadLocation"},
                        {"PackageLicenseConcluded", Where::package, "licenseConcluded"},
                        {"PackageLicenseDeclared", Where::package, "licenseDeclared"},
                        {"PrimaryPackagePurpose", Where::package, "primaryPackagePurpose"}};

// Tags that tell nothing which gate asks.
constexpr std::string_view others[] = {"AnnotationComment",
                                       "AnnotationDate",
                                       "AnnotationType",
                                       "ArtifactOfProjectHomePage",
                                       "ArtifactOfProjectName",
                                       "ArtifactOfProjectURI",
                                       "BuiltDate",
                                       "CreatorComment",
                                       "DocumentComment",
                                       "ExternalDocumentRef",
                                       "ExternalRefComment",
                                       "ExtractedText",
                                       "FileAttributionText",
                                       "FileChecksum",
                                       "FileComment",
                                       "FileContributor",
                                       "FileCopyrightText",
                                       "FileDependency",
                                       "FileNotice",
                                       "FileType",
                                       "FilesAnalyzed",
                                       "LicenseComment",
                                       "LicenseComments",
                                       "LicenseConcluded",
                                       "LicenseCrossReference",
                                       "LicenseInfoInFile",
                                       "LicenseInfoInSnippet",
                                       "LicenseListVersion",
                                       "LicenseName",
                                       "PackageAttributionText",
                                       "PackageComment",
                                       "PackageCopyrightText",
                                       "PackageDescription",
                                       "PackageFileName",
                                       "PackageHomePage",
                                       "PackageLicenseComments",
                                       "PackageLicenseInfoFromFiles",
                                       "PackageSourceInfo",
                                       "PackageSummary",
                                       "PackageVerificationCode",
                                       "RelationshipComment",
                                       "ReleaseDate",
                                       "ReviewComment",
                                       "ReviewDate",
                                       "Reviewer",
                                       "SPDXREF",
                                       "SnippetAttributionText",
                                       "SnippetByteRange",
                                       "SnippetComment",
                                       "SnippetCopyrightText",
                                       "SnippetFromFileSPDXID",
                                       "SnippetLicenseComments",
                                       "SnippetLicenseConcluded",
                                       "SnippetLineRange",
                                       "SnippetName",
                                       "ValidUntilDate"};
static_assert(std::ranges::is_sorted(others));

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Cuts at the first blank: "a b c" into "a" and "b c".
std::string_view cut_word(std::string_view& text) {
  const auto end = std::min(text.find_first_of(" \t"), text.size());
  const auto word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

class Converter {
 public:
  Converter(const Document& document, FromTags& out) : document_(document), rest_(document.bytes), out_(out) {}

  void convert() {
    out_.value = json::Object{};
    out_.value["creationInfo"] = json::Object{};
    for (const auto list : {"packages", "files", "snippets", "relationships"}) out_.value[list] = json::Array{};
    out_.value["creationInfo"]["creators"] = json::Array{};
    while (!rest_.empty()) {
      const auto line = trimmed(next_line());
      if (line.empty() || line.front() == '#') continue;
      const auto colon = line.find(':');
      if (colon == std::string_view::npos) {
        note(Errc::malformed, "neither a tag nor a comment: " + quoted(line));
        continue;
      }
      const std::size_t started = line_;
      const auto name = line.substr(0, colon);
      const std::string value = value_of(trimmed(line.substr(colon + 1)));
      at_ = started;
      take(name, value);
    }
  }

 private:
  std::string_view next_line() {
    const auto end = std::min(rest_.find('\n'), rest_.size());
    const auto line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    at_ = ++line_;
    return line;
  }

  // Between <text> and </text> a value may have many lines.
  std::string value_of(std::string_view first) {
    constexpr std::string_view open = "<text>", close = "</text>";
    if (!first.starts_with(open)) return std::string(first);
    std::string value;
    auto line = first.substr(open.size());
    while (true) {
      if (const auto end = line.find(close); end != std::string_view::npos) return value.append(line.substr(0, end));
      value.append(line) += '\n';
      if (rest_.empty()) {
        note(Errc::malformed, "<text> without its end");
        return value;
      }
      line = next_line();
    }
  }

  void note(Errc code, std::string what) {
    if (out_.problems.size() > 1'000) return;  // one more than a batch lists
    out_.problems.push_back({code, std::move(what), {document_.origin.artifact, {}, std::to_string(at_)}});
  }

  Value& begin(std::string_view list) {
    Value& array = out_.value[list];
    out_.places.add(fmt::format("/{}/{}", list, array.array()->size()), std::to_string(at_));
    array.push_back(json::Object{});
    return array.array()->back();
  }

  void set(Value& object, std::string_view key, const std::string& text) {
    if (object.find(key)) return note(Errc::malformed, fmt::format("'{}' is said twice", key));
    object[key] = text;
  }

  void take(std::string_view name, const std::string& value) {
    if (name == "PackageName") return start("packages", "name", value);
    if (name == "FileName") return start("files", "fileName", value);
    if (name == "SnippetSPDXID") return start("snippets", "SPDXID", value);
    if (name == "LicenseID" || name == "Annotator" || name == "Reviewer") return;  // what they tell is not asked
    if (name == "SPDXID") return set(element(), "SPDXID", value);
    if (name == "Creator") return out_.value["creationInfo"]["creators"].push_back(value);
    if (name == "Relationship") return relationship(value);
    if (name == "PackageChecksum") return checksum(value);
    if (name == "ExternalRef") return external_ref(value);
    for (const Tag& tag : tags) {
      if (tag.name == name) return plain(tag, value);
    }
    if (!std::ranges::binary_search(others, name)) {
      note(Errc::malformed, fmt::format("gate does not know the tag {}: what it tells is not read", quoted(name)));
    }
  }

  void start(std::string_view list, std::string_view key, const std::string& value) {
    begin(list)[key] = value;
    current_ = list;
  }

  Value& element() {
    if (current_.empty()) return out_.value;
    return out_.value[current_].array()->back();
  }

  Value* package() {
    if (current_ == "packages") return &element();
    note(Errc::malformed, "a package's tag outside of a package");
    return nullptr;
  }

  void plain(const Tag& tag, const std::string& value) {
    if (tag.where == Where::document) return set(out_.value, tag.key, value);
    if (tag.where == Where::creation) return set(out_.value["creationInfo"], tag.key, value);
    if (Value* object = package()) set(*object, tag.key, value);
  }

  void relationship(std::string_view value) {
    const auto from = cut_word(value), type = cut_word(value), to = cut_word(value);
    Value& made = begin("relationships");
    made["spdxElementId"] = from;
    made["relationshipType"] = type;
    made["relatedSpdxElement"] = to;
  }

  void checksum(std::string_view value) {
    Value* object = package();
    if (!object) return;
    const auto colon = std::min(value.find(':'), value.size());
    (*object)["checksums"].push_back(
        Value{{"algorithm", trimmed(value.substr(0, colon))},
              {"checksumValue", trimmed(value.substr(std::min(colon + 1, value.size())))}});
  }

  void external_ref(std::string_view value) {
    Value* object = package();
    if (!object) return;
    const auto category = cut_word(value), type = cut_word(value);
    (*object)["externalRefs"].push_back(
        Value{{"referenceCategory", category}, {"referenceType", type}, {"referenceLocator", value}});
  }

  const Document& document_;
  std::string_view rest_;
  FromTags& out_;
  std::size_t line_ = 0, at_ = 0;
  std::string_view current_;  // the list whose last element is described; empty: the document
};

}  // namespace

FromTags from_tags(const Document& document) {
  FromTags out;
  Converter(document, out).convert();
  return out;
}

}  // namespace gate::formats::spdx
