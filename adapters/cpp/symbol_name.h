// How the symbol tables of binaries write a function's name.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cpp/watch.h"

namespace gate::cpp {

// Finds what the policy watches among the names of symbols.
class SymbolMatcher {
 public:
  explicit SymbolMatcher(const Watch& watch, const std::vector<model::Ban>& bans);

  // The functions, as the policy names them, that a symbol stands for. `symbol` has no version and none of the prefixes
  // that an object format puts before the names of C.
  std::vector<std::string> functions(std::string_view symbol) const;

 private:
  std::vector<std::string> matches(Declared declared) const;

  const Watch& watch_;
  std::set<std::string, std::less<>> last_names_;  // of what is watched: "random_shuffle"
};

// "strcpy@GLIBC_2.2.5", "strcpy@@GLIBC_2.2.5" → "strcpy"; "_fopen$UNIX2003" → "_fopen".
std::string_view without_version(std::string_view symbol);

// A C symbol as the C library calls the function: "__isoc99_sscanf" → "sscanf", "fopen64" → "fopen", "_setjmp" →
// "setjmp", "__real_strcpy" (of --wrap) → "strcpy". Others are given back as they are.
std::string c_function(std::string_view symbol);

}  // namespace gate::cpp
