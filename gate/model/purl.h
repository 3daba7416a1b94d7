// Package URLs, as https://github.com/package-url/purl-spec has them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gate::model {

// The parts, percent-decoded. Empty means absent, but for type and name, which are never empty.
struct Purl {
  std::string type;
  std::string space;  // the spec's "namespace"; '/' between segments
  std::string name;
  std::string version;
  std::map<std::string, std::string> qualifiers;
  std::string subpath;
};

// Puts the parts into the form that the spec calls canonical: lower-case type and qualifier keys, no empty segments,
// and what the type's definition says about the case of a name. Nothing where the parts break the rules of every type.
std::optional<Purl> normalised(Purl parts);
std::optional<Purl> parse_purl(std::string_view text);
std::string to_string(const Purl& purl);

// What the definition of the purl's own type forbids ("swift: a namespace is required"); empty where nothing. Apart
// from the parser, because scanners write such package URLs, and they still tell which package is meant.
std::string_view type_violation(const Purl& purl);

// What a strict reader refuses in a text that parse_purl() reads for what it means ("a qualifier's key in upper case");
// empty where nothing.
std::string_view spelling_violation(std::string_view text);

// The canonical form, or the text as it is where it is no package URL.
std::string canonical_or_same(std::string_view text);

}  // namespace gate::model
