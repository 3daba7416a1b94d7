#include "adapters/formats/ways.h"

#include <algorithm>
#include <deque>

namespace gate::formats {

void Ways::resolve() {
  std::deque<std::string> open;
  for (const auto& [start, nothing] : before_) open.push_back(start);
  for (; !open.empty(); open.pop_front()) {
    const auto steps = steps_.find(open.front());
    if (steps == steps_.end()) continue;
    for (const std::string& next : steps->second) {
      if (before_.emplace(next, open.front()).second) open.push_back(next);
    }
  }
}

std::vector<std::string> Ways::to(const std::string& name) const {
  std::vector<std::string> way;
  for (auto at = before_.find(name); at != before_.end() && !at->second.empty(); at = before_.find(at->second)) {
    way.push_back(at->second);
  }
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace gate::formats
