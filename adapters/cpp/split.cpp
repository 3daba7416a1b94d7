#include "adapters/cpp/split.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <numeric>
#include <queue>

namespace gate::cpp {

std::uint64_t cost_of(const Unit& unit) {
  // Bytes of headers that come with a typical source: most of what is read is not the source itself.
  constexpr std::uint64_t headers_of_c = 50'000, headers_of_cpp = 500'000;
  constexpr std::uint64_t most = 1u << 30;  // sums of costs stay far from overflow
  std::error_code error;
  const auto size = std::filesystem::file_size(unit.file, error);
  return (unit.language == "c" ? headers_of_c : headers_of_cpp) + (error ? 0 : std::min<std::uint64_t>(size, most));
}

std::vector<int> split_by_cost(const std::vector<std::uint64_t>& costs, int shards) {
  std::vector<std::size_t> order(costs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return costs[i]; });

  using Load = std::pair<std::uint64_t, int>;  // of equal loads, the shard with the lower number
  std::priority_queue<Load, std::vector<Load>, std::greater<>> loads;
  for (int shard = 1; shard <= shards; ++shard) loads.emplace(0, shard);
  std::vector<int> split(costs.size());
  for (const std::size_t i : order) {
    const auto [load, shard] = loads.top();
    loads.pop();
    split[i] = shard;
    loads.emplace(load + costs[i], shard);
  }
  return split;
}

}  // namespace gate::cpp
