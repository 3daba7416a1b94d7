// What the command line adds to a policy. Each addition is a line in every report.
#pragma once

#include <string>
#include <vector>

#include "gate/app/app.h"
#include "gate/app/project.h"
#include "gate/core/policy.h"

namespace gate::app {

// The lines that say what was added; an error is wrong usage.
Result<std::vector<std::string>> apply_overrides(const RunOptions& options, const Project& project, Policy& policy);

}  // namespace gate::app
