// What a name means, told from the tokens around it: where that is certain, the unit need not be parsed.
#pragma once

#include <optional>
#include <vector>

#include "adapters/cpp/lexed_unit.h"
#include "gate/model/condition.h"

namespace gate::cpp {

enum class Meaning {
  no_use,
  call,
  std_call,  // std::name(…)
  address,
  open
};

// The meaning of each suspect of a C unit, in their order; nothing where one of them is open, since what it declares
// may change what the others mean. In C (C11, 6.2.3) a function shares its name space with variables, parameters,
// enumerators and typedef names; a shape that could declare any of these is open.
// In C++ members, overloads and using directives mean other functions: only "std::name(" and "::name(" are told.
std::optional<std::vector<Meaning>> classify(const LexedUnit& unit);

// The same where some files of the unit are left out: what stands across the borders of files is open.
std::optional<std::vector<Meaning>> classify_parts(const LexedUnit& unit);

// Whether the arguments behind the name at this index, of a call, are seen not to meet the condition.
bool surely_fails(const model::Condition& condition, const LexedUnit& unit, std::size_t name);

}  // namespace gate::cpp
