#include <cstdio>

#include "gate/app/app.h"
#include "gate/app/load_policy.h"
#include "gate/host/host.h"

namespace gate::app {

int policy_check(const std::string& name_or_path) {
  const auto now = host::now();
  if (!now) {
    std::fprintf(stderr, "gate: %s\n", describe(now.error()).c_str());
    return 2;
  }
  auto project = Project::open();
  if (!project) {
    std::fprintf(stderr, "gate: %s\n", describe(project.error()).c_str());
    return 3;
  }
  const std::string policy_name = resolve_policy_name(*project, name_or_path);
  const auto policy = load_policy(*project, policy_name, *now);
  if (!policy) return 2;
  std::size_t fail = 0, warn = 0, off = 0;
  for (const RuleConfig& rule : policy->rules) {
    ++(rule.level == Level::fail ? fail : rule.level == Level::warn ? warn : off);
  }
  std::printf("%s: good: %zu rules fail, %zu warn, %zu off; %zu waivers\n", policy_name.c_str(), fail, warn, off,
              policy->waivers.size());
  return 0;
}

}  // namespace gate::app
