// A CycloneDX document in XML, as what it would be in JSON.
#pragma once

#include <vector>

#include "adapters/formats/places.h"
#include "gate/core/document.h"
#include "gate/json/value.h"

namespace gate::formats::cyclonedx {

struct FromXml {
  json::Value bom;
  Places places;                // of objects, as line:column
  std::vector<Error> problems;  // what has no place in JSON
};

// Elements of other namespaces are somebody's own and say nothing, but for those of CycloneDX itself, which may hold
// findings, and for a signature. An element of this namespace that is not known becomes a member of its name.
Result<FromXml> from_xml(const Document& document);

}  // namespace gate::formats::cyclonedx
