// Shortest ways along dependencies, from what a product depends on directly.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gate::formats {

class Ways {
 public:
  void add_start(const std::string& name) { before_.emplace(name, std::string()); }
  void add_step(const std::string& from, const std::string& to) { steps_[from].push_back(to); }
  // Once all is told; linear in what was told.
  void resolve();
  // From a start down to the name, which is left out. Empty for a start, and for what no way leads to.
  std::vector<std::string> to(const std::string& name) const;

 private:
  std::map<std::string, std::vector<std::string>> steps_;
  std::map<std::string, std::string> before_;  // a start has nothing before it
};

}  // namespace gate::formats
