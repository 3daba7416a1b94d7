// Machine-made twins of a report: copies with one thing wrong.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace gate::test {

// Calls `emit` with what was done ("rename /Results/*/Target") and the twin, for each place of the report, by its
// syntax, of which the file's extension is a sign:
//   json  one value, or several one after the other: each member renamed, each list null, and empty
//   xml   each element and attribute ("/bom/@version") renamed, each element with children empty; and "nothing"
//   csv   each column renamed, each cell empty, all rows gone; lines that begin with '#' likewise by their parts
//   spdx  each tag renamed, each value gone
// Texts of none of these syntaxes have no twins.
void for_each_twin(std::string_view extension, const std::string& report,
                   const std::function<void(std::string what, std::string twin)>& emit);

}  // namespace gate::test
