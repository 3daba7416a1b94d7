// OWASP Dependency-Check's XML report, as what it would be in JSON.
#pragma once

#include "adapters/formats/places.h"
#include "gate/core/document.h"
#include "gate/json/value.h"

namespace gate::formats::dependency_check {

struct FromXml {
  json::Value report;
  Places places;  // of objects, as line:column
};

// Refuses other schemas than 2 to 4. An element that is not known becomes a member of its name.
Result<FromXml> from_xml(const Document& document);

}  // namespace gate::formats::dependency_check
