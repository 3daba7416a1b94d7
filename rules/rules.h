// All rules of this gate, in the order of rules.def.
#pragma once

#include <vector>

#include "gate/core/rule.h"

namespace gate::rules {

const std::vector<Rule>& all();

}  // namespace gate::rules
