// Uses of what the policy watches, in the syntax tree of a unit.
#pragma once

#include <clang/AST/ASTContext.h>

#include <vector>

#include "adapters/cpp/places.h"
#include "adapters/cpp/preprocessor_finder.h"
#include "adapters/cpp/watch.h"

namespace gate::cpp {

// A unit of which all that is wanted is parsed.
struct ParsedUnit {
  clang::ASTContext& context;
  const clang::Preprocessor& preprocessor;
  const Places& places;
  const std::vector<SeenWord>& words;
};

// Adds the uses in the project's own code; in no order, and a place may come more than once. `understood`, where it is
// asked for, gets the place of each name of which the tree tells what it means.
void find_uses(const ParsedUnit& unit, const Watch& watch, std::vector<SourceUse>& uses,
               llvm::DenseSet<clang::SourceLocation>* understood);

// The symbol that this declaration asks for in place of the function's name, or empty.
std::string symbol_given_to(const clang::FunctionDecl& function);

}  // namespace gate::cpp
