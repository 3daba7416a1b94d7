// Which of the watched functions a binary takes from elsewhere. Nothing of LLVM shows here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cpp/paths.h"
#include "adapters/cpp/symbol_name.h"
#include "gate/core/fact.h"

namespace gate::cpp {

struct BinaryReport {
  std::optional<Binary> binary;         // nothing where a part of the file was not seen
  std::vector<ImportedSymbol> imports;  // sorted, each once; what was found before and after an error as well
  std::vector<Error> problems;          // sorted
};

// May crash or never end on hostile bytes: run it in a worker.
BinaryReport read_imports(std::string_view bytes, const Origin& origin, const SymbolMatcher& matcher);
// The same for a regular file inside the root; `file` is relative to it.
BinaryReport read_imports_of(const std::string& file, const Paths& paths, const SymbolMatcher& matcher);

}  // namespace gate::cpp
