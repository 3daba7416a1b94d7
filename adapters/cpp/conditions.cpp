#include "adapters/cpp/conditions.h"

#include <clang/AST/Attr.h>
#include <clang/AST/ExprCXX.h>
#include <clang/AST/FormatString.h>
#include <clang/Lex/Lexer.h>

#include <algorithm>
#include <array>

#include "adapters/cpp/named_constant.h"

namespace gate::cpp {
namespace {

using clang::Expr;
using llvm::dyn_cast;

// An expression's meaning is looked for in this many nodes: sources may nest and share without bound.
constexpr int most_steps = 2000;

// A variable whose value is that of its initialiser wherever it is named.
const Expr* initialiser_of_constant(const clang::DeclRefExpr& reference, const clang::ASTContext& context) {
  const auto* variable = dyn_cast<clang::VarDecl>(reference.getDecl());
  if (!variable || llvm::isa<clang::ParmVarDecl>(variable) || !variable->getType().isConstant(context)) return nullptr;
  return variable->getAnyInitializer();
}

class Literals {
 public:
  explicit Literals(const clang::ASTContext& context) : context_(context) {}

  bool collect(const Expr* expression) {
    if (!expression || --steps_ < 0) return false;
    expression = expression->IgnoreParenCasts();
    if (const auto* literal = dyn_cast<clang::StringLiteral>(expression)) {
      found.push_back({literal, 0});
      return true;
    }
    if (llvm::isa<clang::PredefinedExpr>(expression)) return true;  // __func__
    if (const auto* choice = dyn_cast<clang::ConditionalOperator>(expression))
      return collect_both(choice->getTrueExpr(), choice->getFalseExpr());
    if (const auto* choice = dyn_cast<clang::BinaryConditionalOperator>(expression))
      return collect_both(choice->getCommon(), choice->getFalseExpr());
    if (const auto* binary = dyn_cast<clang::BinaryOperator>(expression); binary && binary->isCommaOp())
      return collect(binary->getRHS());
    if (const auto* reference = dyn_cast<clang::DeclRefExpr>(expression))
      return collect(initialiser_of_constant(*reference, context_));
    if (const auto* list = dyn_cast<clang::InitListExpr>(expression))
      return list->isStringLiteralInit() && collect(list->getInit(0));
    if (const auto* value = dyn_cast<clang::CXXDefaultArgExpr>(expression)) return collect(value->getExpr());
    if (const auto* made = dyn_cast<clang::CXXConstructExpr>(expression))  // a view of the text
      return made->getNumArgs() > 0 && collect(made->getArg(0));
    if (const auto* call = dyn_cast<clang::CallExpr>(expression)) return collect_translated(*call);
    return collect_inside(*expression);
  }

  std::vector<SeenLiteral> found;

 private:
  bool collect_both(const Expr* one, const Expr* other) {
    const bool literal = collect(one);
    return collect(other) && literal;
  }

  // gettext and its like, marked with format_arg: each marked argument has to be a literal.
  bool collect_translated(const clang::CallExpr& call) {
    const clang::FunctionDecl* function = call.getDirectCallee();
    if (!function || !function->hasAttr<clang::FormatArgAttr>()) return false;
    for (const auto* attribute : function->specific_attrs<clang::FormatArgAttr>()) {
      const unsigned index = attribute->getFormatIdx().getASTIndex();
      if (index >= call.getNumArgs() || !collect(call.getArg(index))) return false;
    }
    return true;
  }

  // "text" + 2, &format[0]
  bool collect_inside(const Expr& expression) {
    Expr::EvalResult result;
    if (expression.isValueDependent() || !expression.EvaluateAsRValue(result, context_) || !result.Val.isLValue())
      return false;
    const auto base = result.Val.getLValueBase();
    if (const auto* literal = dyn_cast_if_present<clang::StringLiteral>(base.dyn_cast<const Expr*>())) {
      const auto offset = static_cast<std::uint64_t>(result.Val.getLValueOffset().getQuantity());
      const auto unit = static_cast<std::uint64_t>(literal->getCharByteWidth());
      found.push_back({literal, static_cast<unsigned>(std::min<std::uint64_t>(offset / unit, literal->getLength()))});
      return true;
    }
    const auto* variable = dyn_cast_if_present<clang::VarDecl>(base.dyn_cast<const clang::ValueDecl*>());
    return variable && !llvm::isa<clang::ParmVarDecl>(variable) && variable->getType()->isArrayType() &&
           variable->getType().isConstant(context_) && collect(variable->getAnyInitializer());
  }

  const clang::ASTContext& context_;
  int steps_ = most_steps;
};

// A directive of scanf that writes as much as the input has.
class UnboundedDirective : public clang::analyze_format_string::FormatStringHandler {
 public:
  bool HandleScanfSpecifier(const clang::analyze_scanf::ScanfSpecifier& directive, const char*, unsigned) override {
    using Kind = clang::analyze_scanf::ScanfConversionSpecifier;
    using Width = clang::analyze_format_string::OptionalAmount;
    using Length = clang::analyze_format_string::LengthModifier;
    const auto kind = directive.getConversionSpecifier().getKind();
    const auto length = directive.getLengthModifier().getKind();
    const bool text = kind == Kind::sArg || kind == Kind::SArg || kind == Kind::ScanListArg;
    const bool allocates = length == Length::AsAllocate || length == Length::AsMAllocate;
    const bool width = directive.getFieldWidth().getHowSpecified() != Width::NotSpecified;
    seen = seen || (text && !width && !allocates && !directive.getSuppressAssignment());
    return true;
  }
  bool seen = false;
};

bool reads_without_bound(const SeenLiteral& format, const clang::ASTContext& context) {
  const std::string text = text_of(format);
  UnboundedDirective unbounded;
  clang::analyze_format_string::ParseScanfString(unbounded, text.data(), text.data() + text.size(),
                                                 context.getLangOpts(), context.getTargetInfo());
  return unbounded.seen;
}

// One expression is another where both are written alike, parentheses and casts apart.
llvm::FoldingSetNodeID shape(const Expr* expression, const clang::ASTContext& context) {
  llvm::FoldingSetNodeID id;
  expression->IgnoreParenCasts()->Profile(id, context, true);
  return id;
}

bool alike(const Expr* one, const Expr* other, const clang::ASTContext& context) {
  return shape(one, context) == shape(other, context);
}

llvm::StringRef name_called(const clang::CallExpr& call) {
  const Expr* callee = call.getCallee()->IgnoreParenImpCasts();
  clang::DeclarationName name;
  if (const auto* declaration = dyn_cast_if_present<clang::NamedDecl>(call.getCalleeDecl())) {
    name = declaration->getDeclName();
  } else if (const auto* lookup = dyn_cast<clang::OverloadExpr>(callee)) {
    name = lookup->getName();
  }
  return name.isIdentifier() && name.getAsIdentifierInfo() ? name.getAsIdentifierInfo()->getName() : llvm::StringRef();
}

// What an argument's size is computed from, by sizeof or by a count of characters.
class Measured {
 public:
  explicit Measured(const clang::ASTContext& context) : context_(context) {}

  void collect(const Expr* expression) {
    if (!expression || --steps_ < 0) return;
    expression = expression->IgnoreParenCasts();
    if (const auto* trait = dyn_cast<clang::UnaryExprOrTypeTraitExpr>(expression)) {
      if (trait->getKind() == clang::UETT_SizeOf) sizes.push_back(trait);
    } else if (const auto* binary = dyn_cast<clang::BinaryOperator>(expression)) {
      if (!binary->isAssignmentOp() && !binary->isLogicalOp() && !binary->isComparisonOp()) {
        collect(binary->getLHS());
        collect(binary->getRHS());
      }
    } else if (const auto* reference = dyn_cast<clang::DeclRefExpr>(expression)) {
      collect(initialiser_of_constant(*reference, context_));
    } else if (const auto* call = dyn_cast<clang::CallExpr>(expression)) {
      collect_length(*call);
    }
  }

  std::vector<const clang::UnaryExprOrTypeTraitExpr*> sizes;
  std::vector<const Expr*> lengths;  // what is counted

 private:
  void collect_length(const clang::CallExpr& call) {
    llvm::StringRef name = name_called(call);
    name.consume_front("__builtin_");
    constexpr std::array<llvm::StringLiteral, 6> counts{"strlen",  "strnlen",  "wcslen",
                                                        "wcsnlen", "lstrlenA", "lstrlenW"};
    if (const auto* member = dyn_cast<clang::CXXMemberCallExpr>(&call)) {
      if (name == "size" || name == "length") lengths.push_back(member->getImplicitObjectArgument());
    } else if (call.getNumArgs() > 0 && (std::ranges::find(counts, name) != counts.end() || name == "size")) {
      lengths.push_back(call.getArg(0));
    }
  }

  const clang::ASTContext& context_;
  int steps_ = most_steps;
};

// sizeof(pointer) where the pointer itself is an argument, or sizeof(T*) where a T* is one.
bool takes_size_of_pointer(const clang::UnaryExprOrTypeTraitExpr& size, const Expr* argument,
                           const clang::ASTContext& context) {
  const clang::QualType type = size.getTypeOfArgument();
  if (type->isDependentType() || !type->isPointerType()) return false;
  if (!size.isArgumentType()) return alike(size.getArgumentExpr(), argument, context);
  const clang::QualType other = argument->IgnoreParenCasts()->getType();
  return other->isPointerType() && context.hasSameUnqualifiedType(type->getPointeeType(), other->getPointeeType());
}

// The object that a pointer into it designates: "&x" and "x.data()" → "x", "*p" → "p".
const Expr* object_of(const Expr* expression) {
  expression = expression->IgnoreParenCasts();
  if (const auto* unary = dyn_cast<clang::UnaryOperator>(expression);
      unary && (unary->getOpcode() == clang::UO_AddrOf || unary->getOpcode() == clang::UO_Deref))
    return unary->getSubExpr()->IgnoreParenCasts();
  if (const auto* member = dyn_cast<clang::CXXMemberCallExpr>(expression)) {
    const llvm::StringRef name = name_called(*member);
    if (name == "data" || name == "c_str" || name == "begin") return member->getImplicitObjectArgument();
  }
  return expression;
}

bool takes_size_of(const Measured& measured, const Expr* source, const clang::ASTContext& context) {
  const auto same = [&](const Expr* counted) {
    return alike(counted, source, context) || alike(object_of(counted), object_of(source), context);
  };
  return std::ranges::any_of(measured.lengths, same) ||
         std::ranges::any_of(measured.sizes, [&](const clang::UnaryExprOrTypeTraitExpr* size) {
           return !size->isArgumentType() && same(size->getArgumentExpr());
         });
}

// Checked forms take their own arguments among those of the function: `count` of them behind the first `behind`.
struct Inserted {
  llvm::StringLiteral form;
  unsigned behind, count;
};
constexpr Inserted inserted[] = {
    {"asprintf", 1, 1},  {"dprintf", 1, 1},  {"fgets", 1, 1},     {"fgetws", 1, 1},   {"fprintf", 1, 1},
    {"fread", 1, 1},     {"fwprintf", 1, 1}, {"printf", 0, 1},    {"snprintf", 2, 2}, {"sprintf", 1, 2},
    {"swprintf", 2, 2},  {"syslog", 1, 1},   {"vasprintf", 1, 1}, {"vdprintf", 1, 1}, {"vfprintf", 1, 1},
    {"vfwprintf", 1, 1}, {"vprintf", 0, 1},  {"vsnprintf", 2, 2}, {"vsprintf", 1, 2}, {"vswprintf", 2, 2},
    {"vsyslog", 1, 1},   {"vwprintf", 0, 1}, {"wprintf", 0, 1},
};

// The index from 0 of the policy's argument, which counts from 1.
unsigned index_of(int argument, llvm::StringRef form) {
  const auto index = static_cast<unsigned>(argument - 1);
  form.consume_front("__builtin_");
  if (!form.consume_front("__") || !form.consume_back("_chk")) return index;
  const auto* entry = std::ranges::find(inserted, form, &Inserted::form);
  return entry != std::end(inserted) && index >= entry->behind ? index + entry->count : index;
}

// Whether all of the argument is written by one use of the macro.
bool is_written_by(const Expr& argument, llvm::StringRef macro, const clang::ASTContext& context) {
  const clang::SourceManager& sources = context.getSourceManager();
  clang::SourceLocation begin = argument.IgnoreParenImpCasts()->getBeginLoc();
  const clang::SourceLocation end = argument.IgnoreParenImpCasts()->getEndLoc();
  for (; begin.isMacroID(); begin = sources.getImmediateMacroCallerLoc(begin)) {
    if (sources.isMacroArgExpansion(begin)) continue;
    if (clang::Lexer::getImmediateMacroName(begin, sources, context.getLangOpts()) != macro) continue;
    for (clang::SourceLocation last = end; last.isMacroID(); last = sources.getImmediateMacroCallerLoc(last)) {
      if (sources.getFileID(last) == sources.getFileID(begin)) return true;
    }
  }
  return false;
}

}  // namespace

SeenLiterals literals_of(const Expr& expression, const clang::ASTContext& context) {
  Literals literals(context);
  const bool alone = literals.collect(&expression);
  return {std::move(literals.found), alone};
}

std::string text_of(const SeenLiteral& literal) {
  std::string text;
  for (unsigned i = literal.offset; i < literal.literal->getLength(); ++i) {
    const std::uint32_t unit = literal.literal->getCodeUnit(i);
    text += unit < 0x80 ? static_cast<char>(unit) : '?';
  }
  return text;
}

const std::optional<llvm::APSInt>& Conditions::named(const std::string& name) {
  const auto [entry, added] = named_.try_emplace(name);
  if (added) entry->second = named_constant(name, context_, preprocessor_);
  return entry->second;
}

bool Conditions::is_constant(const Expr& argument, const model::Clause& clause) {
  const bool flags = clause.predicate == model::Predicate::flag_set;
  if (!flags && is_written_by(argument, clause.operand, context_)) return true;
  const auto& wanted = named(clause.operand);
  if (!wanted || argument.isValueDependent()) return false;
  Expr::EvalResult result;
  if (!argument.EvaluateAsInt(result, context_)) {
    return !flags && wanted->isZero() &&
           argument.isNullPointerConstant(const_cast<clang::ASTContext&>(context_),
                                          Expr::NPC_ValueDependentIsNotNull) != Expr::NPCK_NotNull;
  }
  const llvm::APSInt value = result.Val.getInt();
  if (!flags) return llvm::APSInt::compareValues(value, *wanted) == 0;
  const llvm::APInt all = wanted->extOrTrunc(64);
  return !all.isZero() && (value.extOrTrunc(64) & all) == all;
}

bool Conditions::hold(const model::Condition& condition, const clang::CallExpr& call, const std::string& form) {
  return std::ranges::all_of(condition.clauses, [&](const model::Clause& clause) { return holds(clause, call, form); });
}

bool Conditions::holds(const model::Clause& clause, const clang::CallExpr& call, const std::string& form) {
  const unsigned index = index_of(clause.argument, form);
  const unsigned count = call.getNumArgs();
  using model::Predicate;
  const bool unless_seen =
      clause.predicate == Predicate::not_literal || clause.predicate == Predicate::format_unbounded;
  for (unsigned i = 0; i < std::min(index + 1, count); ++i) {  // an unknown number of arguments
    if (llvm::isa<clang::PackExpansionExpr>(call.getArg(i))) return unless_seen;
  }
  if (index >= count) return false;
  const Expr& argument = *call.getArg(index);

  const auto any_other = [&](unsigned from, auto&& holds) {
    for (unsigned i = from; i < count; ++i) {
      if (i != index && holds(call.getArg(i))) return true;
    }
    return false;
  };
  switch (clause.predicate) {
    case Predicate::not_literal: return !literals_of(argument, context_).alone;
    case Predicate::equals:
    case Predicate::flag_set: return is_constant(argument, clause);
    case Predicate::format_unbounded: {
      const auto formats = literals_of(argument, context_);
      return !formats.alone || std::ranges::any_of(formats.each, [&](const SeenLiteral& format) {
        return reads_without_bound(format, context_);
      });
    }
    case Predicate::sizeof_pointer: {
      Measured measured(context_);
      measured.collect(&argument);
      return std::ranges::any_of(measured.sizes, [&](const auto* size) {
        return any_other(0, [&](const Expr* other) { return takes_size_of_pointer(*size, other, context_); });
      });
    }
    case Predicate::size_of_source: {
      Measured measured(context_);
      measured.collect(&argument);
      if (measured.sizes.empty() && measured.lengths.empty()) return false;
      return any_other(1, [&](const Expr* other) { return takes_size_of(measured, other, context_); });
    }
  }
  return false;
}

}  // namespace gate::cpp
