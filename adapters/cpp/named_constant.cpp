#include "adapters/cpp/named_constant.h"

#include <clang/AST/Decl.h>
#include <clang/AST/DeclCXX.h>
#include <clang/Lex/MacroInfo.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace gate::cpp {
namespace {

using clang::Token;
namespace tok = clang::tok;

constexpr std::size_t most_tokens = 1000;
constexpr std::size_t most_steps = 10'000;  // macros that expand to nothing give no tokens, and may double
constexpr int deepest = 50;

llvm::APSInt to_constant(std::int64_t value) { return llvm::APSInt::get(value); }

std::optional<llvm::APSInt> value_of(const clang::NamedDecl* declaration, const clang::ASTContext& context) {
  declaration = declaration->getUnderlyingDecl();
  if (const auto* enumerator = llvm::dyn_cast<clang::EnumConstantDecl>(declaration)) return enumerator->getInitVal();
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
  if (!variable || !variable->getType().isConstQualified()) return std::nullopt;
  const clang::Expr* initialiser = variable->getAnyInitializer();
  clang::Expr::EvalResult result;
  if (!initialiser || initialiser->isValueDependent() || !initialiser->EvaluateAsInt(result, context))
    return std::nullopt;
  return result.Val.getInt();
}

// "a::b::NAME" from the global scope on.
std::optional<llvm::APSInt> declared_constant(std::string_view name, const clang::ASTContext& context) {
  const clang::DeclContext* scope = context.getTranslationUnitDecl();
  while (scope) {
    const auto colons = name.find("::");
    const std::string_view part = name.substr(0, colons);
    const clang::DeclContext* inner = nullptr;
    for (const clang::NamedDecl* found : scope->lookup(&context.Idents.get({part.data(), part.size()}))) {
      if (colons == std::string_view::npos) {
        if (auto value = value_of(found, context)) return value;
      } else if (const auto* space = llvm::dyn_cast<clang::DeclContext>(found->getUnderlyingDecl())) {
        inner = space;
      }
    }
    if (colons == std::string_view::npos) return std::nullopt;
    name.remove_prefix(colons + 2);
    scope = inner;
  }
  return std::nullopt;
}

// The macro as last defined, also where it is undefined by now.
const clang::MacroInfo* last_definition(const clang::IdentifierInfo& name, const clang::Preprocessor& preprocessor) {
  for (const clang::MacroDirective* directive = preprocessor.getLocalMacroDirectiveHistory(&name); directive;
       directive = directive->getPrevious()) {
    if (const auto* definition = llvm::dyn_cast<clang::DefMacroDirective>(directive)) return definition->getInfo();
  }
  return nullptr;
}

// Arithmetic of constants, in 64 bits and two's complement. Casts are taken to keep the value.
class Arithmetic {
 public:
  Arithmetic(const clang::ASTContext& context, const clang::Preprocessor& preprocessor)
      : context_(context), preprocessor_(preprocessor) {}

  std::optional<std::int64_t> value_of_macro(const clang::IdentifierInfo& name) {
    const clang::MacroInfo* macro = last_definition(name, preprocessor_);
    if (!macro || macro->isFunctionLike() || macro->isBuiltinMacro()) return std::nullopt;
    std::vector<const clang::IdentifierInfo*> open{&name};
    if (!expand(macro->tokens(), open)) return std::nullopt;
    const auto value = binary(1, 0);
    return at_ == tokens_.size() ? value : std::nullopt;
  }

 private:
  using Value = std::optional<std::int64_t>;
  using Tokens = std::vector<Token>;

  // False: too much, or not told by tokens alone.
  bool expand(llvm::ArrayRef<Token> tokens, std::vector<const clang::IdentifierInfo*>& open) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      if (tokens_.size() >= most_tokens || ++steps_ > most_steps) return false;
      const clang::IdentifierInfo* identifier = tokens[at].getIdentifierInfo();
      const bool may_expand = identifier && std::find(open.begin(), open.end(), identifier) == open.end();
      const clang::MacroInfo* macro = may_expand ? last_definition(*identifier, preprocessor_) : nullptr;
      if (!macro) {
        tokens_.push_back(tokens[at]);
        continue;
      }
      if (macro->isBuiltinMacro() || open.size() >= deepest) return false;
      open.push_back(identifier);
      if (macro->isFunctionLike()) {
        const auto body = with_arguments(*macro, tokens, at);
        if (!body || !expand(*body, open)) return false;
      } else if (!expand(macro->tokens(), open)) {
        return false;
      }
      open.pop_back();
    }
    return true;
  }

  // The body of the macro that is named at `at`, with its arguments put in; `at` moves to the end of these.
  static std::optional<Tokens> with_arguments(const clang::MacroInfo& macro, llvm::ArrayRef<Token> tokens,
                                              std::size_t& at) {
    if (macro.isVariadic() || at + 1 == tokens.size() || tokens[at + 1].isNot(tok::l_paren)) return std::nullopt;
    std::vector<Tokens> arguments(1);
    int depth = 1;
    for (at += 2; at < tokens.size(); ++at) {
      if (tokens[at].is(tok::l_paren)) ++depth;
      if (tokens[at].is(tok::r_paren) && --depth == 0) break;
      if (depth == 1 && tokens[at].is(tok::comma)) {
        arguments.emplace_back();
      } else {
        arguments.back().push_back(tokens[at]);
      }
    }
    if (at == tokens.size() || arguments.size() != macro.getNumParams()) return std::nullopt;

    Tokens body;
    for (const Token& token : macro.tokens()) {
      if (body.size() >= most_tokens) return std::nullopt;
      const clang::IdentifierInfo* identifier = token.getIdentifierInfo();
      const int parameter = identifier ? macro.getParameterNum(identifier) : -1;
      if (parameter < 0) {
        body.push_back(token);
      } else {
        const Tokens& argument = arguments[static_cast<std::size_t>(parameter)];
        body.insert(body.end(), argument.begin(), argument.end());
      }
    }
    return body;
  }

  const Token* peek() const { return at_ < tokens_.size() ? &tokens_[at_] : nullptr; }
  bool take(tok::TokenKind kind) {
    if (!peek() || peek()->isNot(kind)) return false;
    ++at_;
    return true;
  }

  static int precedence(const Token& token) {
    switch (token.getKind()) {
      case tok::pipe: return 1;
      case tok::caret: return 2;
      case tok::amp: return 3;
      case tok::lessless:
      case tok::greatergreater: return 4;
      case tok::plus:
      case tok::minus: return 5;
      case tok::star: return 6;
      default: return 0;
    }
  }

  static Value apply(tok::TokenKind operation, std::int64_t left, std::int64_t right) {
    const auto a = static_cast<std::uint64_t>(left), b = static_cast<std::uint64_t>(right);
    switch (operation) {
      case tok::pipe: return left | right;
      case tok::caret: return left ^ right;
      case tok::amp: return left & right;
      case tok::lessless: return b < 64 ? Value(static_cast<std::int64_t>(a << b)) : Value();
      case tok::greatergreater: return b < 64 ? Value(left >> b) : Value();
      case tok::plus: return static_cast<std::int64_t>(a + b);
      case tok::minus: return static_cast<std::int64_t>(a - b);
      default: return static_cast<std::int64_t>(a * b);
    }
  }

  Value binary(int least, int depth) {
    Value left = unary(depth);
    while (left && peek()) {
      const tok::TokenKind operation = peek()->getKind();
      const int strength = precedence(*peek());
      if (strength < least || strength == 0) break;
      ++at_;
      const Value right = binary(strength + 1, depth + 1);
      left = right ? apply(operation, *left, *right) : Value();
    }
    return left;
  }

  Value unary(int depth) {
    if (depth > deepest || !peek()) return std::nullopt;
    if (take(tok::minus)) {
      const Value value = unary(depth + 1);
      return value ? apply(tok::minus, 0, *value) : value;
    }
    if (take(tok::plus)) return unary(depth + 1);
    if (take(tok::tilde)) {
      const Value value = unary(depth + 1);
      return value ? Value(~*value) : value;
    }
    if (peek()->is(tok::l_paren)) {
      if (skip_cast()) return unary(depth + 1);
      ++at_;
      const Value value = binary(1, depth + 1);
      return take(tok::r_paren) ? value : std::nullopt;
    }
    return primary();
  }

  // "(unsigned long)", "(in_addr_t)" before an operand.
  bool skip_cast() {
    std::size_t end = at_ + 1;
    while (end < tokens_.size() && tokens_[end].getIdentifierInfo()) ++end;
    const bool words = end > at_ + 1 && end + 1 < tokens_.size() && tokens_[end].is(tok::r_paren);
    if (!words) return false;
    const Token& next = tokens_[end + 1];
    if (!next.isOneOf(tok::numeric_constant, tok::char_constant, tok::l_paren, tok::tilde) && !next.getIdentifierInfo())
      return false;
    at_ = end + 1;
    return true;
  }

  Value primary() {
    const Token& token = tokens_[at_++];
    if (token.is(tok::numeric_constant)) return number(token);
    if (token.is(tok::char_constant)) return character(token);
    if (const clang::IdentifierInfo* identifier = token.getIdentifierInfo()) {
      const llvm::StringRef name = identifier->getName();
      const auto value = declared_constant({name.data(), name.size()}, context_);
      if (value && value->isRepresentableByInt64()) return value->getExtValue();
    }
    return std::nullopt;
  }

  Value number(const Token& token) const {
    std::string spelling = spelled(token);
    std::erase(spelling, '\'');
    std::uint64_t value = 0;
    // By the prefixes of C: 0x, 0b, 0.
    if (llvm::StringRef(spelling).rtrim("uUlLzZ").getAsInteger(0, value)) return std::nullopt;
    return static_cast<std::int64_t>(value);
  }

  // 'a', without escapes and prefixes.
  Value character(const Token& token) const {
    const std::string spelling = spelled(token);
    if (spelling.size() != 3 || spelling.front() != '\'' || spelling[1] == '\\') return std::nullopt;
    return spelling[1];
  }

  std::string spelled(const Token& token) const {
    bool invalid = false;
    std::string spelling = preprocessor_.getSpelling(token, &invalid);
    return invalid ? std::string() : spelling;
  }

  const clang::ASTContext& context_;
  const clang::Preprocessor& preprocessor_;
  Tokens tokens_;
  std::size_t at_ = 0, steps_ = 0;
};

}  // namespace

std::optional<llvm::APSInt> named_constant(std::string_view name, const clang::ASTContext& context,
                                           const clang::Preprocessor& preprocessor) {
  std::int64_t decimal = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), decimal);
  if (error == std::errc{} && end == name.data() + name.size()) return to_constant(decimal);
  if (name.starts_with("::")) name.remove_prefix(2);
  if (const clang::IdentifierInfo& identifier = context.Idents.get({name.data(), name.size()});
      last_definition(identifier, preprocessor)) {
    if (const auto value = Arithmetic(context, preprocessor).value_of_macro(identifier)) return to_constant(*value);
  }
  return declared_constant(name, context);
}

}  // namespace gate::cpp
