// `--changed-only`: which of the project's files a run is about.
#pragma once

#include <optional>
#include <string>

#include "adapters/cpp/cpp.h"
#include "gate/app/project.h"

namespace gate::app {

struct ChangedOnly {
  std::optional<cpp::Changes> changes;  // nothing: every unit is judged
  std::string why_all;                  // then, for people
};

// The work tree against `base`, a full id; empty: there is none. A change to anything but sources and documents may
// change how everything is built, and concerns every unit.
Result<ChangedOnly> changes_since(const Project& project, const std::string& base);

// The line that every report has, so that nobody takes the verdict for one about the whole.
std::string changed_only_line(const cpp::Effort& effort, const std::string& base);

}  // namespace gate::app
