#include "adapters/cpp/token_context.h"

#include <algorithm>

namespace gate::cpp {
namespace {

using clang::Token;
namespace tok = clang::tok;

enum class Brace { function, block, aggregate, enumeration, initialiser, unknown };

// Words with which a declaration can go on until its declarator.
bool is_declaration_word(const Token& token) {
  switch (token.getKind()) {
    case tok::identifier:
    case tok::kw_void:
    case tok::kw_char:
    case tok::kw_short:
    case tok::kw_int:
    case tok::kw_long:
    case tok::kw_float:
    case tok::kw_double:
    case tok::kw_signed:
    case tok::kw_unsigned:
    case tok::kw__Bool:
    case tok::kw_bool:
    case tok::kw__Complex:
    case tok::kw_const:
    case tok::kw_volatile:
    case tok::kw_restrict:
    case tok::kw_extern:
    case tok::kw_inline:
    case tok::kw__Noreturn: return true;
    default: return false;
  }
}

// Operators that can only stand between or before operands.
bool wants_operand(const Token& token) {
  return token.isOneOf(tok::equal, tok::plusequal, tok::minusequal, tok::pipeequal, tok::ampequal, tok::caretequal,
                       tok::starequal, tok::slashequal, tok::percentequal, tok::lesslessequal) ||
         token.isOneOf(tok::greatergreaterequal, tok::ampamp, tok::pipepipe, tok::exclaim, tok::question, tok::plus,
                       tok::minus, tok::slash, tok::percent, tok::less) ||
         token.isOneOf(tok::greater, tok::lessequal, tok::greaterequal, tok::equalequal, tok::exclaimequal, tok::pipe,
                       tok::caret, tok::tilde, tok::lessless, tok::greatergreater) ||
         token.isOneOf(tok::kw_return, tok::kw_else, tok::kw_do, tok::kw_case);
}

bool ends_operand(const Token& token) {
  return token.isOneOf(tok::semi, tok::comma, tok::r_paren, tok::r_brace, tok::r_square, tok::question, tok::colon) ||
         token.isOneOf(tok::equalequal, tok::exclaimequal, tok::ampamp, tok::pipepipe);
}

bool is_specifier_with_parens(const Token& token) {
  return token.isOneOf(tok::kw___attribute, tok::kw___declspec, tok::kw__Alignas, tok::kw_asm);
}

class Context {
 public:
  explicit Context(const LexedUnit& unit) : tokens_(unit.tokens), partner_(unit.tokens.size(), none) {
    if (!unit.suspects.empty()) match();
  }

  // "p->ctime", and a struct's member, where all of the struct up to it stands in one file.
  bool names_member(std::size_t at, const std::vector<std::size_t>& entries) const {
    if (broken_ || at == 0 || at + 1 >= tokens_.size()) return false;
    const auto in_one_file = [&](std::size_t from) {
      const auto entry = std::ranges::upper_bound(entries, from);
      return entry == entries.end() || *entry > at + 1;
    };
    if (tokens_[at - 1].isOneOf(tok::period, tok::arrow)) return in_one_file(at - 1);
    if (!declares_member(at)) return false;
    std::size_t opener = opener_[at];
    while (tokens_[opener].isNot(tok::l_brace)) opener = opener_[opener];
    constexpr std::size_t head = 3;  // "struct tag {", "struct {"
    return opener >= head && in_one_file(opener - head);
  }

  Meaning meaning(std::size_t at) const {
    if (broken_ || at + 1 >= tokens_.size()) return Meaning::open;
    const Token& next = tokens_[at + 1];
    if (at == 0) return Meaning::open;
    const Token& before = tokens_[at - 1];
    if (before.isOneOf(tok::period, tok::arrow)) return Meaning::no_use;
    if (next.isOneOf(tok::l_square, tok::period, tok::arrow))
      return declares_member(at) ? Meaning::no_use : Meaning::open;
    if (in_specifier(at)) return Meaning::open;
    switch (surrounding(at)) {
      case Brace::aggregate: return declares_member(at) ? Meaning::no_use : Meaning::open;
      case Brace::function:
      case Brace::block: return in_expression(at);
      case Brace::initialiser: return in_initialiser(at);
      case Brace::unknown: return at_file_level(at);
      case Brace::enumeration: return Meaning::open;
    }
    return Meaning::open;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  // Partners of brackets, the opener around each token, and what each brace encloses.
  void match() {
    std::vector<std::size_t> open;
    opener_.resize(tokens_.size(), none);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      opener_[i] = open.empty() ? none : open.back();
      if (token.isOneOf(tok::l_paren, tok::l_brace, tok::l_square)) {
        if (token.is(tok::l_brace)) braces_.emplace_back(i, kind_of_brace(i));
        open.push_back(i);
      } else if (token.isOneOf(tok::r_paren, tok::r_brace, tok::r_square)) {
        const auto wanted = token.is(tok::r_paren)   ? tok::l_paren
                            : token.is(tok::r_brace) ? tok::l_brace
                                                     : tok::l_square;
        if (open.empty() || tokens_[open.back()].isNot(wanted)) {
          broken_ = true;
          return;
        }
        partner_[i] = open.back();
        partner_[open.back()] = i;
        open.pop_back();
        opener_[i] = open.empty() ? none : open.back();
      }
    }
    broken_ = broken_ || !open.empty();
  }

  Brace brace(std::size_t opener) const {
    const auto found = std::lower_bound(braces_.begin(), braces_.end(), opener,
                                        [](const auto& entry, std::size_t index) { return entry.first < index; });
    return found->second;
  }

  // Steps back over attributes and their like: to the token that they follow. `at` is the index behind it.
  std::size_t before_specifiers(std::size_t at) const {
    while (at > 0 && tokens_[at - 1].is(tok::r_paren) && partner_[at - 1] != none && partner_[at - 1] > 0 &&
           is_specifier_with_parens(tokens_[partner_[at - 1] - 1])) {
      at = partner_[at - 1] - 1;
    }
    return at;
  }

  Brace kind_of_brace(std::size_t at) const {
    std::size_t end = before_specifiers(at);
    if (end == 0) return Brace::unknown;
    std::size_t word = end;
    if (tokens_[word - 1].is(tok::identifier)) word = before_specifiers(word - 1);  // the tag
    if (word > 0 && tokens_[word - 1].isOneOf(tok::kw_struct, tok::kw_union)) return Brace::aggregate;
    if (word > 0 && tokens_[word - 1].is(tok::kw_enum)) return Brace::enumeration;
    const std::size_t around = opener_at(at);
    if (around != none) {
      const Brace outer = tokens_[around].is(tok::l_brace) ? brace(around) : surrounding(around);
      if (outer == Brace::function || outer == Brace::block) return Brace::block;
      if (outer == Brace::initialiser) return Brace::initialiser;
      return Brace::unknown;
    }
    const Token& before = tokens_[end - 1];
    if (before.isOneOf(tok::r_paren, tok::semi)) return Brace::function;  // the latter: K&R parameters
    if (before.is(tok::equal)) return Brace::initialiser;
    return Brace::unknown;
  }
  std::size_t opener_at(std::size_t at) const { return opener_[at]; }

  // The innermost brace around a token; `unknown` at file level.
  Brace surrounding(std::size_t at) const {
    std::size_t opener = opener_[at];
    while (opener != none && tokens_[opener].isNot(tok::l_brace)) opener = opener_[opener];
    return opener == none ? Brace::unknown : brace(opener);
  }

  // Inside the parentheses of an attribute, asm or the like, up to the next brace.
  bool in_specifier(std::size_t at) const {
    for (std::size_t opener = opener_[at]; opener != none && tokens_[opener].isNot(tok::l_brace);
         opener = opener_[opener]) {
      if (tokens_[opener].is(tok::l_square)) return true;  // an index or an array's bound: rare, and left open
      if (opener > 0 && is_specifier_with_parens(tokens_[opener - 1])) return true;
    }
    return false;
  }

  // "time_t ctime;", "int (*open)(int);", "void (*free)(char *index);" in a struct.
  bool declares_member(std::size_t at) const {
    if (surrounding(at) != Brace::aggregate || in_specifier(at)) return false;
    const Token &before = tokens_[at - 1], &next = tokens_[at + 1];
    if (!is_declaration_word(before) && before.isNot(tok::star)) return false;
    if (!follows_declarators_alone(at)) return false;
    return next.isOneOf(tok::semi, tok::comma, tok::r_paren, tok::l_square, tok::colon);
  }

  // Since the last member no operand, such as "typeof(*strcpy)" or the width of a bit-field has.
  bool follows_declarators_alone(std::size_t at) const {
    constexpr std::size_t most = 64;
    for (std::size_t steps = 0; steps < most && at > 0; ++steps) {
      const Token& token = tokens_[--at];
      if (token.isOneOf(tok::semi, tok::l_brace, tok::r_brace)) return true;
      const bool declares = is_declaration_word(token) ||
                            token.isOneOf(tok::star, tok::comma, tok::l_paren, tok::r_paren) ||
                            token.isOneOf(tok::kw_struct, tok::kw_union, tok::kw_enum);
      if (!declares) return false;
    }
    return false;
  }

  // Inside a function's body.
  Meaning in_expression(std::size_t at) const {
    const Token &before = tokens_[at - 1], &next = tokens_[at + 1];
    if (next.is(tok::l_paren)) return may_precede_operand(at) ? Meaning::call : Meaning::open;
    if (!ends_operand(next) || !may_precede_operand(at)) return Meaning::open;
    if (next.is(tok::colon) && before.isNot(tok::question)) return Meaning::open;  // perhaps a label
    if (next.is(tok::r_paren)) {                                                   // (strcpy)(d, s)
      std::size_t close = at + 1;
      while (close + 1 < tokens_.size() && tokens_[close + 1].is(tok::r_paren)) ++close;
      if (close + 1 < tokens_.size() && tokens_[close + 1].is(tok::l_paren)) {
        return close == at + 1 && before.is(tok::l_paren) && may_precede_operand(at - 1) ? Meaning::call
                                                                                         : Meaning::open;
      }
    }
    return before.isOneOf(tok::semi, tok::l_brace, tok::r_brace) ? Meaning::open : Meaning::address;
  }

  // Whether what stands before an index inside a function's body makes an operand of what stands there, and no
  // declarator.
  bool may_precede_operand(std::size_t at) const {
    if (at == 0) return false;
    const Token& before = tokens_[at - 1];
    if (wants_operand(before) || before.isOneOf(tok::semi, tok::l_brace)) return true;
    if (before.is(tok::r_brace)) {  // of a statement; behind a struct's brace stands a declarator
      const Brace ended = brace(partner_[at - 1]);
      return ended == Brace::block;
    }
    if (before.isOneOf(tok::amp, tok::star)) {  // unary where an operand is wanted; "T *name" declares
      return at >= 2 &&
             (wants_operand(tokens_[at - 2]) || (tokens_[at - 2].is(tok::l_paren) && opens_operand(at - 2)) ||
              (tokens_[at - 2].is(tok::comma) && separates_operands(at - 2)));
    }
    if (before.is(tok::colon)) return at >= 2;  // of ?:, a label or a case: an expression or a statement follows
    if (before.is(tok::l_paren)) return opens_operand(at - 1);
    if (before.is(tok::comma)) return separates_operands(at - 1);
    if (before.is(tok::r_paren)) return closes_prefix(at - 1);
    return false;
  }

  // A parenthesis behind a word at the start of a statement may hold a declarator: "T (name);".
  bool opens_operand(std::size_t paren) const {
    if (paren == 0) return false;
    const Token& before = tokens_[paren - 1];
    if (before.isOneOf(tok::kw_if, tok::kw_while, tok::kw_switch, tok::kw_for, tok::kw_sizeof)) return true;
    if (wants_operand(before) || before.isOneOf(tok::l_paren, tok::comma, tok::r_paren))
      return may_precede_operand(paren);
    if (before.isOneOf(tok::semi, tok::l_brace, tok::r_brace)) return true;
    if (before.isNot(tok::identifier) || paren < 2) return false;
    const Token& start = tokens_[paren - 2];  // "x = f(…", "g(f(…", "p->f(…", "if (a) f(…"
    if (wants_operand(start) || start.isOneOf(tok::period, tok::arrow)) return true;
    if (start.isOneOf(tok::l_paren, tok::comma)) return may_precede_operand(paren - 1);
    return start.is(tok::r_paren) && closes_prefix(paren - 2);
  }

  // A comma between arguments; between declarators it stands outside parentheses.
  bool separates_operands(std::size_t comma) const {
    const std::size_t opener = opener_[comma];
    if (opener == none) return false;
    if (tokens_[opener].is(tok::l_brace)) return brace(opener) == Brace::block && is_list(opener);
    if (tokens_[opener].isNot(tok::l_paren) || opener == 0) return false;
    const Token& before = tokens_[opener - 1];
    if (before.is(tok::kw_for)) return false;
    // "f(a, name)" calls; "T f(int a, T name)" declares, and then a word or a star stands before the name.
    return before.isOneOf(tok::identifier, tok::r_paren, tok::r_square);
  }

  // The braces of an initialiser or a compound literal inside a function.
  bool is_list(std::size_t opener) const {
    return opener > 0 && tokens_[opener - 1].isOneOf(tok::equal, tok::comma, tok::l_brace) &&
           (tokens_[opener - 1].isNot(tok::l_brace) || (opener_[opener] == opener - 1 && is_list(opener - 1)));
  }

  // ")" of a cast, of if (…), while (…) and for (…); not of typeof (…) or an attribute, which begin declarations.
  bool closes_prefix(std::size_t paren) const {
    const std::size_t open = partner_[paren];
    if (open == none || open == 0) return false;
    const Token& before = tokens_[open - 1];
    if (before.isOneOf(tok::kw_if, tok::kw_while, tok::kw_for, tok::kw_switch)) return true;
    if (wants_operand(before) || before.isOneOf(tok::semi, tok::l_brace, tok::r_brace)) return is_cast(open, paren);
    if (before.isOneOf(tok::l_paren, tok::comma)) return is_cast(open, paren) && may_precede_operand(open);
    return false;
  }

  // "(void)", "(const char *)": words and stars alone.
  bool is_cast(std::size_t open, std::size_t close) const {
    if (open + 1 >= close) return false;
    for (std::size_t i = open + 1; i < close; ++i) {
      if (!is_declaration_word(tokens_[i]) &&
          !tokens_[i].isOneOf(tok::star, tok::kw_struct, tok::kw_union, tok::kw_enum))
        return false;
    }
    return true;
  }

  // In the braces of a file-level initialiser: "{"strcpy", strcpy}".
  Meaning in_initialiser(std::size_t at) const {
    const Token &before = tokens_[at - 1], &next = tokens_[at + 1];
    const bool operand = next.isOneOf(tok::comma, tok::r_brace);
    if (!operand) return Meaning::open;
    if (before.isOneOf(tok::comma, tok::l_brace, tok::equal, tok::amp)) return Meaning::address;
    if (before.is(tok::r_paren) && partner_[at - 1] != none && is_cast(partner_[at - 1], at - 1))
      return Meaning::address;
    return Meaning::open;
  }

  // Prototypes declare; they are no use, and change nothing where they neither define nor hide.
  Meaning at_file_level(std::size_t at) const {
    std::size_t outer = at;  // the outermost opener around, or the token itself
    while (opener_[outer] != none) outer = opener_[outer];
    const Token &before = tokens_[at - 1], &next = tokens_[at + 1];
    if (outer == at) {
      if (before.is(tok::equal) && next.isOneOf(tok::semi, tok::comma)) return Meaning::address;
      if (next.isNot(tok::l_paren)) return Meaning::open;
      return is_prototype(at, partner_[at + 1]) ? Meaning::no_use : Meaning::open;
    }
    // A parameter of a prototype.
    if (tokens_[outer].isNot(tok::l_paren) || (!is_declaration_word(before) && before.isNot(tok::star)) ||
        !next.isOneOf(tok::comma, tok::r_paren, tok::l_square)) {
      return Meaning::open;
    }
    return is_prototype(outer, partner_[outer]) ? Meaning::no_use : Meaning::open;
  }

  // From the start of the declaration up to ";" behind `close`: no body, no "static", no label, no initialiser.
  bool is_prototype(std::size_t name, std::size_t close) const {
    if (close == none) return false;
    std::size_t end = close + 1;
    while (end + 1 < tokens_.size() && tokens_[end].is(tok::kw___attribute) && partner_[end + 1] != none)
      end = partner_[end + 1] + 1;
    if (end >= tokens_.size() || tokens_[end].isNot(tok::semi)) return false;
    for (std::size_t i = name; i-- > 0;) {
      const Token& token = tokens_[i];
      if (token.isOneOf(tok::semi, tok::r_brace)) return true;
      if (token.is(tok::r_paren) && partner_[i] != none && partner_[i] > 0 &&
          tokens_[partner_[i] - 1].is(tok::kw___attribute)) {
        i = partner_[i];
        continue;
      }
      if (!is_declaration_word(token) && token.isNot(tok::star) &&
          !token.isOneOf(tok::kw_struct, tok::kw_union, tok::kw_enum, tok::kw___attribute))
        return false;
    }
    return true;
  }

  const std::vector<Token>& tokens_;
  std::vector<std::size_t> partner_, opener_;
  std::vector<std::pair<std::size_t, Brace>> braces_;  // by index
  bool broken_ = false;
};

// A qualified call whose qualifier begins an expression.
Meaning qualified_meaning(const std::vector<Token>& tokens, std::size_t at) {
  if (at < 3 || at + 1 >= tokens.size()) return Meaning::open;
  if (tokens[at + 1].isNot(tok::l_paren) || tokens[at - 1].isNot(tok::coloncolon)) return Meaning::open;
  const auto begins = [](const Token& before) {
    return before.isOneOf(tok::semi, tok::l_brace, tok::r_brace, tok::l_paren, tok::comma) ||
           (wants_operand(before) && before.isNot(tok::greater));  // of a template's arguments
  };
  if (begins(tokens[at - 2])) return Meaning::call;
  const auto* scope = tokens[at - 2].getIdentifierInfo();
  return scope && scope->isStr("std") && begins(tokens[at - 3]) ? Meaning::std_call : Meaning::open;
}

template <class MeaningOf>
std::optional<std::vector<Meaning>> each(const LexedUnit& unit, MeaningOf&& meaning_of) {
  std::vector<Meaning> meanings;
  for (const std::size_t suspect : unit.suspects) {
    meanings.push_back(meaning_of(suspect));
    if (meanings.back() == Meaning::open) return std::nullopt;
  }
  return meanings;
}

}  // namespace

std::optional<std::vector<Meaning>> classify(const LexedUnit& unit) {
  if (unit.is_cpp) return each(unit, [&](std::size_t at) { return qualified_meaning(unit.tokens, at); });
  // Selections by type or by constant hide which function a call reaches.
  const auto selects = [](const Token& token) {
    return token.isOneOf(tok::kw__Generic, tok::kw___builtin_choose_expr);
  };
  if (!unit.suspects.empty() && std::ranges::any_of(unit.tokens, selects)) return std::nullopt;
  const Context context(unit);
  return each(unit, [&](std::size_t at) { return context.meaning(at); });
}

std::optional<std::vector<Meaning>> classify_parts(const LexedUnit& unit) {
  if (unit.is_cpp && !unit.suspects.empty()) return std::nullopt;
  const Context context(unit);
  return each(unit,
              [&](std::size_t at) { return context.names_member(at, unit.entries) ? Meaning::no_use : Meaning::open; });
}

namespace {

bool surely_fails(const model::Clause& clause, const LexedUnit& unit, std::size_t name) {
  if (clause.predicate != model::Predicate::not_literal) return false;
  const auto& tokens = unit.tokens;
  int argument = 1, depth = 0;
  bool literal = false;
  for (std::size_t at = name + 1; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    const bool ends = depth == 1 && token.isOneOf(tok::comma, tok::r_paren);
    if (ends && argument == clause.argument) return literal;
    if (token.isOneOf(tok::l_paren, tok::l_brace, tok::l_square)) ++depth;
    if (token.isOneOf(tok::r_paren, tok::r_brace, tok::r_square) && --depth == 0) return false;
    if (ends && token.is(tok::comma)) {
      ++argument;
      literal = false;
    } else if (argument == clause.argument && at > name + 1) {
      if (!tok::isStringLiteral(token.getKind()) || token.hasUDSuffix()) return false;
      literal = true;
    }
  }
  return false;
}

}  // namespace

bool surely_fails(const model::Condition& condition, const LexedUnit& unit, std::size_t name) {
  return std::ranges::any_of(condition.clauses,
                             [&](const model::Clause& clause) { return surely_fails(clause, unit, name); });
}

}  // namespace gate::cpp
