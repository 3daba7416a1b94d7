// Names of symbols in the text of assembly.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gate::cpp {

struct AssemblyWord {
  std::string_view text;
  std::size_t offset = 0;  // in the whole text
};

// The words of assembly that may be symbols, as GCC and Clang take it: no mnemonic is told from an operand, and the
// names of operands ("%[name]", "%l[label]") are left out.
std::vector<AssemblyWord> assembly_words(std::string_view text);

}  // namespace gate::cpp
