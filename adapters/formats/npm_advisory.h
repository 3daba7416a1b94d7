// The advisory that npm's first audit interface answers with. npm up to 6, pnpm and yarn 1 write it as it comes.
#pragma once

#include <string>
#include <vector>

#include "adapters/formats/flaw.h"

namespace gate::formats {

// What the advisory says about the flaw, without an installed version or a path. Empty id: it cannot be read.
Vulnerability npm_flaw(Reading& reading, const json::View& advisory, std::string_view tool);

// A place where the package is installed: "app>express>debug". The project itself may stand first as ".".
void set_npm_path(Vulnerability& fact, std::string_view path);

// Each installed version that the advisory finds, by its shortest path.
void add_npm_findings(Reading& reading, const json::View& advisory, std::string_view tool);

// The report form of npm up to 6 and pnpm: advisories by number, and counts.
void read_npm_advisories(Reading& reading, const json::View& root, std::string_view tool);

// The counts by severity, added up; each must be a number.
std::int64_t counted_findings(Reading& reading, const json::View& metadata);

}  // namespace gate::formats
