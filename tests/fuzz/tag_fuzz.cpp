// No tag crashes the splitter; what it gives back is made of the tag's own bytes.
#include <cstdint>
#include <cstdlib>

#include "adapters/git/tag_object.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto tag = git::split_tag(bytes);
  if (!tag) return 0;
  if (tag->payload.size() + tag->signature.size() > size || !bytes.ends_with(tag->signature)) std::abort();
  if (!tag->payload.starts_with("object " + tag->target + "\n")) std::abort();
  return 0;
}
