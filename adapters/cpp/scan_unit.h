// One translation unit through Clang's front end. Nothing of Clang shows here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/paths.h"
#include "adapters/cpp/watch.h"
#include "gate/core/fact.h"

namespace gate::cpp {

struct UnitReport {
  std::vector<SourceUse> uses;   // sorted, each place once; what was found before and after an error as well
  std::optional<Error> problem;  // why the unit was not seen in full
};

// Reads regular files, writes none, starts nothing. May crash or never end on hostile sources: run it in a worker.
UnitReport scan_unit(const Unit& unit, const Watch& watch, const Paths& paths);

}  // namespace gate::cpp
