// Which shard judges which unit. Every shard computes the split of all units, and must come to the same.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/cpp/compile_database.h"

namespace gate::cpp {

// What judging a unit is worth compared with others, without reading it. A source that cannot be looked at costs what
// its language costs.
std::uint64_t cost_of(const Unit& unit);

// For each cost the number of its shard, from 1 to `shards`: the dearest first, each to the shard that has least to do.
std::vector<int> split_by_cost(const std::vector<std::uint64_t>& costs, int shards);

}  // namespace gate::cpp
