// XML 1.0 with namespaces, as far as reports need it, and the one strict reader. Expat stays inside reader.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate::xml {

struct Attribute {
  std::string space;  // namespace URI; empty: none, which is usual
  std::string name;   // local name
  std::string value;
};

struct Element {
  std::string space;  // namespace URI
  std::string name;   // local name
  std::vector<Attribute> attributes;
  std::string text;  // all character data directly inside, in order, CDATA sections as well
  std::vector<Element> children;
  std::uint32_t line = 0, column = 0;  // from 1, in bytes: where its tag begins

  const std::string* attribute(std::string_view wanted) const;  // of no namespace
  std::string place() const;                                    // line:column
};

struct Limits {
  std::size_t bytes = 256u << 20;
  std::size_t depth = 64;
  std::size_t elements = 5'000'000;
  std::size_t attributes = 64;              // of one element
  std::size_t attribute_bytes = 64u << 10;  // of one value
};

// Errors, each with line:column: empty input, anything that is not well-formed, a document type declaration (so that no
// entity but XML's own five and character references exists, and nothing outside is ever asked for), another encoding
// than UTF-8 or ASCII, bytes after the end of the root, and whatever is over the limits. A byte order mark of UTF-8 is
// read over, as XML demands. Comments and processing instructions tell nothing. `artifact` names the bytes in errors.
// The codes are malformed, unsupported_version (another encoding) and too_large.
Result<Element> parse(std::string_view bytes, std::string_view artifact, const Limits& limits = {});

}  // namespace gate::xml
