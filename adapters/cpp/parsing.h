// The last stage: Clang parses the unit, and its syntax tree tells every use.
#pragma once

#include <clang/Frontend/FrontendAction.h>

#include <memory>
#include <vector>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/front_end.h"
#include "adapters/cpp/paths.h"
#include "adapters/cpp/watch.h"
#include "gate/core/fact.h"

namespace gate::cpp {

// What a parse is about, and what it found.
struct Parsing {
  const Unit& unit;
  const Watch& watch;
  const Paths& paths;
  bool every_body;  // false: those of functions in which no suspect stands are left out
  Diagnostics diagnostics;
  std::vector<SourceUse> uses;
  // Bodies were left out that may matter: a word that is no suspect means a watched function, or the unit has errors.
  bool in_doubt = false;
};

// Parses function bodies of others never, and of the project as `parsing` says, which outlives the action.
std::unique_ptr<clang::FrontendAction> parse_action(Parsing& parsing);

}  // namespace gate::cpp
