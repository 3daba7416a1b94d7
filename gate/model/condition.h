// Conditions on the arguments of a banned call: a closed vocabulary, each written as a word with its
// operands.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

struct Clause {
  Predicate predicate = Predicate::not_literal;
  int argument = 1;     // 1 to 99
  std::string operand;  // VALUE or FLAG; empty for the others
  auto operator<=>(const Clause&) const = default;
};

// Holds where all its clauses hold, which are 1 to 4: "equals(2, CURLOPT_SSL_VERIFYPEER) and equals(3, 0)".
struct Condition {
  std::vector<Clause> clauses;
  auto operator<=>(const Condition&) const = default;
};

// The form that lists and facts use, with one blank after a comma.
std::string to_text(const Condition& condition);
std::optional<Condition> parse_condition(std::string_view text);  // that form, and no other

// For readers, behind "call of printf": "whose argument 1 is no literal".
std::string in_words(const Condition& condition);

}  // namespace gate::model
