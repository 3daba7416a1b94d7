// Conditions on the arguments of a banned call: a closed vocabulary, written as one word with its operands.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace gate::model {

// Arguments are counted from 1. A condition holds where it is seen to hold; `not_literal` holds unless a literal is
// seen.
//   not_literal(N)       argument N is no string literal, nor chosen among string literals alone
//   equals(N, VALUE)     argument N is the constant VALUE: a decimal integer, or the name of an enumerator or macro
//   flag_set(N, FLAG)    argument N is a constant that has all bits of FLAG, written like VALUE
//   format_unbounded(N)  argument N is a scanf format with a %s or %[ that has no width, or no literal
//   sizeof_pointer(N)    argument N takes sizeof of a pointer where the size of what it points to is meant
//   size_of_source(N)    argument N is computed from the size or length of another argument of the call but the first
enum class Predicate { not_literal, equals, flag_set, format_unbounded, sizeof_pointer, size_of_source };

struct Condition {
  Predicate predicate = Predicate::not_literal;
  int argument = 1;     // 1 to 99
  std::string operand;  // VALUE or FLAG; empty for the others
  auto operator<=>(const Condition&) const = default;
};

// The form that lists, facts and reports use, with one blank after a comma.
std::string to_text(const Condition& condition);
std::optional<Condition> parse_condition(std::string_view text);  // that form, and no other

}  // namespace gate::model
