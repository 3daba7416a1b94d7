// The parameter `ban` of the rules about banned things, and what its entries say to a reader.
#pragma once

#include <string>
#include <vector>

#include "gate/core/rule.h"
#include "gate/model/ban.h"

namespace gate::rules {

struct BanEntry {
  model::Ban ban;
  const Value* record = nullptr;  // lives as long as the parameters
};

// In the order of the policy; what is no ban is left out.
std::vector<BanEntry> ban_list(const Params& params);

// ": no bound on the destination", or empty.
std::string because(const Value& record);

// What to do instead, and the weakness.
void advise(const Value& record, Finding& finding);

}  // namespace gate::rules
