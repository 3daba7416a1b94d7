// Uses of what the policy watches, in the syntax tree of a unit.
#pragma once

#include <clang/AST/ASTContext.h>

#include <vector>

#include "adapters/cpp/places.h"
#include "adapters/cpp/watch.h"

namespace gate::cpp {

// Adds the uses in the project's own code; in no order, and a place may come more than once.
void find_uses(clang::ASTContext& context, const Places& places, const Watch& watch, std::vector<SourceUse>& uses);

}  // namespace gate::cpp
