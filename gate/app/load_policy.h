// One way to load a policy, for every command.
#pragma once

#include <optional>
#include <string>

#include "gate/app/project.h"
#include "gate/core/policy.h"

namespace gate::app {

inline constexpr const char* usual_policy = "gate.yaml";

// What the user asked for, as the loader takes it: an embedded name, or a path as the project names it. Nothing asked:
// gate.yaml at the root where there is one, else the embedded default.
std::string resolve_policy_name(const Project& project, const std::string& asked);

// Complaints go to standard error; nothing is returned then.
std::optional<Policy> load_policy(const Project& project, const std::string& name_or_path, Instant now);

}  // namespace gate::app
