// Report formats: bytes to facts, pure.
#pragma once

#include <vector>

#include "gate/core/document.h"

namespace gate::formats {

const std::vector<Format>& all();  // in the order of adapters.def

}  // namespace gate::formats
