// What an entry of a list of banned things means. Lists are data; this is the one place that knows an entry's fields.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "gate/core/fact.h"
#include "gate/core/result.h"
#include "gate/core/value.h"
#include "gate/model/condition.h"

namespace gate::model {

struct Ban {
  Entity entity = Entity::function;
  std::string name;                    // "strcpy", "std::auto_ptr", "goto", "varargs.h"
  std::optional<Condition> condition;  // functions alone: only calls whose arguments meet it
  auto operator<=>(const Ban&) const = default;
};

// From {name, entity?, when?}. An error with the place of the field that is not understood.
Result<Ban> ban_from(const Value& record);

}  // namespace gate::model
