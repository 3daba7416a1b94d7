// Comments that ask to let a finding pass. NOLINT and the like of other tools ask for nothing here.
//
//   // gate: allow(code/banned-function) until 2027-01-31: the length was checked above
//
// at the end of the line that it is about, or alone on the line before; in either form of comment. A line that ends in
// a backslash and those that continue it are one, so that a macro's whole definition is meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/core/fact.h"

namespace gate::cpp {

inline constexpr std::size_t max_allowances = 10'000;  // of a file

// In a file's text, by place; whichever units read the file, and in whatever language. A NUL follows the text in
// memory, as Clang's lexer asks.
std::vector<Allowance> find_allowances(std::string_view text, const std::string& file);

}  // namespace gate::cpp
