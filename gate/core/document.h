// Bytes from outside, before anyone understood them; and the shape of an adapter that does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/core/fact.h"

namespace gate {

// Size-capped and hashed before anyone parses it.
struct Document {
  std::string bytes;
  Origin origin;
  // Gives the memory of bytes back to the system that are not read again; they are zero from then on. Null where they
  // stay.
  void (*give_back)(char* bytes, std::size_t count) = nullptr;
};

// An adapter for one report format: bytes to facts, pure; a large document is spent while it is read. `yields` is what
// the format can tell about; where parsing fails, all of it counts as not seen.
struct Format {
  std::string_view name;
  std::vector<FactKind> yields;
  Result<FactBatch> (*parse)(Document);
};

}  // namespace gate
