// SPDX 2.2 and 2.3 (JSON and tag-value) and 3.0.1 (JSON-LD): an SBOM.
#include "adapters/formats/spdx.h"

#include <algorithm>

namespace gate::formats {
namespace {

Error refused(const Document& document, std::string what) {
  return {Errc::unsupported_version, std::move(what) + "; gate reads SPDX as JSON and tag-value", document.origin};
}

// Keys of YAML are those of JSON; tags are others.
bool is_yaml(std::string_view text) {
  return text.starts_with("---") || text.starts_with("%YAML") || text.starts_with("spdxVersion:") ||
         text.find("\nspdxVersion:") != std::string_view::npos;
}

}  // namespace

namespace spdx {

bool says_nothing(std::string_view text) { return text.empty() || text == "NONE" || text == "NOASSERTION"; }

std::string digest(std::string_view algorithm, std::string_view value) {
  std::string out(algorithm);
  out += ':';
  out += value;
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' ? '-' : c;
  return out;
}

}  // namespace spdx

Result<FactBatch> parse_spdx(Document& document) {
  const std::string_view bytes = document.bytes;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return refused(document, "this is UTF-16, not UTF-8");
  const auto first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Error{Errc::empty, "the document is empty", document.origin};
  if (bytes[first] == '<') return refused(document, "this is XML, or RDF in XML");
  if (bytes[first] == '{' || bytes[first] == '[' || bytes.starts_with("\xEF\xBB\xBF")) {
    const auto value = parse_object(document);
    if (!value) return value.error();
    return value->find("@context") || value->find("@graph") ? spdx::read_3(document, *value)
                                                            : spdx::read_2(document, *value, nullptr);
  }
  if (is_yaml(bytes.substr(first))) return refused(document, "this is YAML");
  const auto tags = spdx::from_tags(document);
  return spdx::read_2(document, tags.value, &tags);
}

}  // namespace gate::formats
