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
};

// An adapter for one report format: bytes to facts, pure. `yields` is what the format can tell about; where parsing
// fails, all of it counts as not seen.
struct Format {
  std::string_view name;
  std::vector<FactKind> yields;
  Result<FactBatch> (*parse)(const Document&);
};

}  // namespace gate
