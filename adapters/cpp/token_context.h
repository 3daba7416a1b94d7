// What a name means, told from the tokens around it: where that is certain, the unit need not be parsed.
#pragma once

#include <optional>
#include <vector>

#include "adapters/cpp/lexed_unit.h"

namespace gate::cpp {

enum class Meaning { no_use, call, address, open };

// The meaning of each suspect of a C unit, in their order; nothing where one of them is open, since what it declares
// may change what the others mean. In C (C11, 6.2.3) a function shares its name space with variables, parameters,
// enumerators and typedef names; a shape that could declare any of these is open.
std::optional<std::vector<Meaning>> classify(const LexedUnit& unit);

// Whether the tokens hold a way to name a function by a string.
bool uses_symbol_names(const LexedUnit& unit);

}  // namespace gate::cpp
