// Strings that give the name of a symbol: assembly, labels, aliases, what a program asks the linker for at run time.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "adapters/cpp/lexed_unit.h"
#include "adapters/cpp/watch.h"

namespace gate::cpp {

// Words that give a string such a meaning.
std::span<const std::string_view> symbol_words();
bool is_symbol_word(std::string_view word);

// String literals, put together where they stand side by side, read as assembly and dlsym do.
class SymbolText {
 public:
  explicit SymbolText(const Watch& watch) : watch_(watch) {}
  void read(const clang::Token& token);  // any token; its literal data are there
  // Whether a literal so far may hold the name of a watched function. False is certain.
  bool may_hold_name();

 private:
  void add(const clang::Token& literal);
  void end();

  const Watch& watch_;
  std::string text_;
  bool found_ = false;
};

// Whether a string that has such a meaning may hold the name of a watched function. False is certain.
bool names_watched_symbol(const LexedUnit& unit, const Watch& watch);

}  // namespace gate::cpp
