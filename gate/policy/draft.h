// A policy in the making: each file's keys replace what the policies that it extends gave.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/core/policy.h"
#include "gate/policy/load.h"
#include "gate/policy/reader.h"

namespace gate::policy {

struct RuleDraft {
  std::optional<Level> level;
  std::optional<Date> effective_on;
  std::optional<PathFilter> paths;
  std::optional<bool> allow_in_code;
  std::optional<bool> expect_none;
  Map params;
  Position at;
};

struct WaiverDraft {
  Waiver waiver;
  Position expires_at;
};

struct Draft {
  std::string name;
  std::optional<std::chrono::seconds> max_waiver;
  Inputs inputs;
  Trust trust;
  std::map<std::string, RuleDraft> rules;
  std::vector<WaiverDraft> waivers;
  Position rules_at;
};

// Reads everything of a policy file but `gate` and `extends`.
void read_sections(MapReader& file, const Sources& sources, Draft& draft, Complaints& complaints);

}  // namespace gate::policy
