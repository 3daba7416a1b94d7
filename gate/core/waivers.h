// Waivers of the policy and allowances in the code, as one list. Private to the engine.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "gate/core/verdict.h"

namespace gate {

class Waivers {
 public:
  Waivers(const Policy& policy, const FactSet& facts, Instant now);

  // The first that covers a finding of the rule, which is then used; the policy's come before those in the code.
  std::optional<std::size_t> use(const std::string& rule, const Finding& finding);

  std::vector<WaiverVerdict> take() && { return std::move(all_); }

 private:
  using Place = std::tuple<std::string, std::string, std::int64_t>;  // rule, file, line

  void add_allowance(const Policy& policy, const Allowance& allowance, Instant now);
  std::optional<std::size_t> find_policy(const std::string& rule, const Finding& finding) const;
  std::optional<std::size_t> find_in_code(const std::string& rule, const Location& at) const;

  std::vector<WaiverVerdict> all_;  // the policy's in its order, then those in the code by place
  std::size_t of_policy_ = 0;
  std::map<Place, std::size_t> in_code_;  // by the first line; the lines of two are the same or have none in common
};

}  // namespace gate
