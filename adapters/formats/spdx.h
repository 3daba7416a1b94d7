// SPDX in its syntaxes: what adapters/formats/spdx.cpp tells apart.
#pragma once

#include <vector>

#include "adapters/formats/places.h"
#include "adapters/formats/reading.h"

namespace gate::formats::spdx {

// A document of SPDX 2 in tag-value form, as what it would be in JSON: what of it tells about packages.
struct FromTags {
  json::Value value;
  Places places;                // lines
  std::vector<Error> problems;  // what has no place in JSON
};
FromTags from_tags(const Document& document);

// `places` where the value was made of another syntax than JSON.
Result<FactBatch> read_2(const Document& document, const json::Value& value, const FromTags* tags);
Result<FactBatch> read_3(const Document& document, const json::Value& value);

// SPDX's two ways to say that there is nothing to say.
bool says_nothing(std::string_view text);  // NONE, NOASSERTION
// "sha256:<hex>" of an algorithm's name in any version of SPDX.
std::string digest(std::string_view algorithm, std::string_view value);

}  // namespace gate::formats::spdx
