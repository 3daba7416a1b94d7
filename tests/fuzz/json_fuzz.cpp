// The reader never crashes; what it accepts, it writes so that it reads back as the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "gate/json/value.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto value = json::parse(bytes, "input", {.bytes = 1u << 20, .depth = 64, .values = 100'000});
  if (!value) {
    if (value.error().where.at.empty()) std::abort();
    return 0;
  }
  for (const auto& text : {json::to_string(*value), json::to_pretty_string(*value)}) {
    const auto again = json::parse(text, "output", {.bytes = 64u << 20});
    if (!again || json::to_string(*again) != json::to_string(*value)) {
      std::fprintf(stderr, "does not round-trip: %s\n", text.c_str());
      std::abort();
    }
  }
  return 0;
}
