#include "adapters/cpp/symbol_text.h"

#include <clang/Basic/CharInfo.h>

#include <algorithm>

#include "adapters/cpp/assembly_text.h"

namespace gate::cpp {
namespace {

using clang::Token;
namespace tok = clang::tok;

constexpr std::string_view words[] = {"asm",    "__asm",     "__asm__",       "alias",       "__alias__",
                                      "ifunc",  "__ifunc__", "weakref",       "__weakref__", "dlsym",
                                      "dlvsym", "dlfunc",    "GetProcAddress"};

std::string_view word_of(const Token& token) {
  const llvm::StringRef name = token.getIdentifierInfo()->getName();
  return {name.data(), name.size()};
}

// The parentheses behind `asm volatile goto` and behind "alias".
bool names_in_parentheses(const std::vector<Token>& tokens, std::size_t word, const Watch& watch) {
  std::size_t at = word + 1;
  while (at < tokens.size() && tokens[at].isOneOf(tok::kw_volatile, tok::kw_inline, tok::kw_goto)) ++at;
  if (at == tokens.size() || tokens[at].isNot(tok::l_paren)) return tokens[word].is(tok::kw_asm);  // Microsoft's form
  SymbolText names(watch);
  int depth = 0;
  for (; at < tokens.size(); ++at) {
    if (tokens[at].is(tok::l_paren)) ++depth;
    if (tokens[at].is(tok::r_paren) && --depth == 0) break;
    names.read(tokens[at]);
  }
  return names.may_hold_name();
}

}  // namespace

std::span<const std::string_view> symbol_words() { return words; }

bool is_symbol_word(std::string_view word) { return std::ranges::find(words, word) != std::end(words); }

void SymbolText::read(const Token& token) {
  if (tok::isStringLiteral(token.getKind())) {
    add(token);
  } else {
    end();
  }
}

bool SymbolText::may_hold_name() {
  end();
  return found_;
}

void SymbolText::add(const Token& literal) {
  const llvm::StringRef whole(literal.getLiteralData(), literal.getLength());
  const auto [prefix, rest] = whole.split('"');
  const llvm::StringRef text = rest.rsplit('"').first;
  const bool raw = prefix.ends_with("R");
  if (literal.needsCleaning()) found_ = true;  // spelled in an odd way: not told here
  for (std::size_t i = 0; i < text.size() && !found_; ++i) {
    if (raw || text[i] != '\\') {
      text_ += text[i];
    } else if (++i < text.size()) {
      // Any character: numbers, and letters that mean themselves.
      if (clang::isAlphanumeric(text[i]) && !llvm::StringRef("abefnrtvE").contains(text[i])) found_ = true;
      text_ += ' ';
    }
  }
}

void SymbolText::end() {
  if (!text_.empty() && !found_) {
    found_ = std::ranges::any_of(assembly_words(text_),
                                 [&](const AssemblyWord& word) { return watch_.may_mean(word.text); });
  }
  text_.clear();
}

bool names_watched_symbol(const LexedUnit& unit, const Watch& watch) {
  bool asks = false;
  for (const std::size_t word : unit.symbol_words) {
    if (asks_linker(word_of(unit.tokens[word]))) {
      asks = true;
    } else if (names_in_parentheses(unit.tokens, word, watch)) {
      return true;
    }
  }
  if (!asks) return false;
  SymbolText names(watch);  // the name may come from anywhere
  for (const Token& token : unit.tokens) names.read(token);
  return names.may_hold_name();
}

}  // namespace gate::cpp
