// What the binary carries: rules' specs, policies, lists, frameworks.
#pragma once

#include <string>
#include <vector>

#include "gate/core/framework.h"
#include "gate/core/rule.h"
#include "gate/model/ban.h"
#include "gate/policy/load.h"

namespace gate::app {

std::string gate_version();

// Defects of the embedded data end the process: they are defects of the build, found by the tests.
const RuleSpec* spec(std::string_view rule);  // null: no such rule; not for several threads
const std::vector<RuleSpec>& specs();
const std::vector<Framework>& frameworks();
std::vector<std::string> trust_root_names();                       // sorted: "github", "public-good"
const std::string_view* trust_root_source(std::string_view name);  // null where there is none of that name
std::vector<std::string> format_names();
std::vector<std::string> list_names();
std::vector<model::Ban> usual_bans();  // what the policy `default` bans

// Everything that a policy may refer to; `read` brings policy files.
policy::Sources policy_sources(std::function<Result<std::string>(const std::string&)> read, Instant now);

}  // namespace gate::app
