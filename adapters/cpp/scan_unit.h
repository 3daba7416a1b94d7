// Translation units through Clang's front end, each as far as its judgement needs. Nothing of Clang shows here.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/cpp.h"
#include "adapters/cpp/inputs.h"
#include "adapters/cpp/paths.h"
#include "adapters/cpp/watch.h"
#include "gate/core/fact.h"

namespace gate::cpp {

enum class Stage {
  cleared,     // by the texts that it includes
  lexed,       // no token of it can be a use
  classified,  // the tokens around each name tell what it means
  parsed
};

struct UnitReport {
  std::vector<SourceUse> uses;        // sorted, each place once; what was found before and after an error as well
  std::vector<Allowance> allowances;  // in the project's files that the unit read; sorted
  std::vector<std::string> files;     // of the project that this scanner had not read for a unit before
  std::optional<Error> problem;       // why the unit was not seen in full
  Stage stage = Stage::parsed;        // the last that was needed
  std::vector<Input> inputs;          // sorted, each once; where they were asked for
};

// Reads regular files, writes none, starts nothing. May crash or never end on hostile sources: run it in a worker. What
// it read of the disk it keeps for the next unit. The arguments outlive it.
class UnitScanner {
 public:
  UnitScanner(const Watch& watch, const Paths& paths, Engine engine, bool tell_inputs);
  ~UnitScanner();
  UnitReport scan(const Unit& unit);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gate::cpp
