// Whether the arguments of a call meet a condition of the policy, as gate/model/condition.h defines it.
#pragma once

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>
#include <clang/Lex/Preprocessor.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/model/condition.h"

namespace gate::cpp {

struct SeenLiteral {
  const clang::StringLiteral* literal = nullptr;
  unsigned offset = 0;  // where the text that is meant begins, in code units
};

// The literals that an expression is or chooses among, also through constant variables and functions that translate
// formats.
struct SeenLiterals {
  std::vector<SeenLiteral> each;
  bool alone = true;  // false: it may be something else
};
SeenLiterals literals_of(const clang::Expr& expression, const clang::ASTContext& context);
std::string text_of(const SeenLiteral& literal);  // '?' for characters outside ASCII

// For one unit, when all of it is parsed.
class Conditions {
 public:
  Conditions(const clang::ASTContext& context, const clang::Preprocessor& preprocessor)
      : context_(context), preprocessor_(preprocessor) {}

  // `form`: the name or label of the called function as declared, since checked forms have more arguments.
  bool hold(const model::Condition& condition, const clang::CallExpr& call, const std::string& form);

 private:
  bool holds(const model::Clause& clause, const clang::CallExpr& call, const std::string& form);
  bool is_constant(const clang::Expr& argument, const model::Clause& clause);
  const std::optional<llvm::APSInt>& named(const std::string& name);

  const clang::ASTContext& context_;
  const clang::Preprocessor& preprocessor_;
  std::map<std::string, std::optional<llvm::APSInt>> named_;
};

}  // namespace gate::cpp
