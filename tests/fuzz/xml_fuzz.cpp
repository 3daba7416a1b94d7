// Whatever the bytes: an element whose limits hold, or an error that says where.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "gate/xml/element.h"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "xml_fuzz: %s\n", what);
  std::abort();
}

std::size_t depth_of(const gate::xml::Element& element) {
  require(!element.name.empty(), "an element without a name");
  require(element.line > 0 && element.column > 0, "an element without a place");
  std::size_t deepest = 0;
  for (const auto& child : element.children) deepest = std::max(deepest, depth_of(child));
  return deepest + 1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gate::xml::Limits limits{.depth = 16, .elements = 1000, .attributes = 8, .attribute_bytes = 64};
  const auto element = gate::xml::parse({reinterpret_cast<const char*>(data), size}, "fuzz", limits);
  if (element) {
    require(depth_of(*element) <= limits.depth, "nested more deeply than allowed");
    return 0;
  }
  require(!element.error().what.empty(), "an error that says nothing");
  require(!element.error().where.at.empty(), "an error without a place");
  require(element.error().code != gate::Errc::internal, "an exception reached the door");
  return 0;
}
