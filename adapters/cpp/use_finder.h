// Uses of what the policy watches, in the syntax tree of a unit.
#pragma once

#include <clang/AST/ASTContext.h>

#include <vector>

#include "adapters/cpp/places.h"
#include "adapters/cpp/watch.h"

namespace gate::cpp {

// The use of `ban` at a name, as a fact; nothing where the name does not stand in the project.
std::optional<SourceUse> use_at(clang::SourceLocation name, const model::Ban& ban, const std::string& written, Use use,
                                const Places& places);

// Adds the uses in the project's own code; in no order, and a place may come more than once.
void find_uses(clang::ASTContext& context, const Places& places, const Watch& watch, std::vector<SourceUse>& uses);

}  // namespace gate::cpp
