#include "adapters/cpp/use_finder.h"

#include <clang/AST/RecursiveASTVisitor.h>

#include <unordered_map>

namespace gate::cpp {
namespace {

std::string scope_of(const clang::FunctionDecl& function) {
  if (function.isExternC()) return {};  // one entity, in whatever namespace it is declared
  std::string scope;
  for (const auto* context = function.getEnclosingNamespaceContext(); context; context = context->getParent()) {
    const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(context);
    if (!space || space->isInline()) continue;
    scope = space->getNameAsString() + (scope.empty() ? "" : "::") + scope;
  }
  return scope;
}

class UseFinder : public clang::RecursiveASTVisitor<UseFinder> {
 public:
  UseFinder(const Places& places, const Watch& watch, std::vector<SourceUse>& uses)
      : places_(places), watch_(watch), uses_(uses) {}

  // Functions and classes of others are not walked; namespaces and linkage blocks may hold the project's.
  bool TraverseDecl(clang::Decl* declaration) {
    if (declaration &&
        !llvm::isa<clang::TranslationUnitDecl, clang::NamespaceDecl, clang::LinkageSpecDecl, clang::ExportDecl>(
            declaration) &&
        declaration->getBeginLoc().isValid() && !places_.expands_in_project(declaration->getBeginLoc()) &&
        !places_.expands_in_project(declaration->getEndLoc())) {
      return true;
    }
    return RecursiveASTVisitor::TraverseDecl(declaration);
  }

  // Parents come before children, so that a name knows whether it is called.
  bool VisitCallExpr(clang::CallExpr* call) {
    callees_.insert(strip(call->getCallee()));
    return true;
  }

  bool VisitDeclRefExpr(clang::DeclRefExpr* reference) {
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(reference->getDecl())) {
      note(*function, reference->getLocation(), use_of(reference));
    }
    return true;
  }

  // A call in a template whose target is open until instantiation.
  bool VisitUnresolvedLookupExpr(clang::UnresolvedLookupExpr* lookup) {
    for (const clang::NamedDecl* candidate : lookup->decls()) {
      if (const clang::FunctionDecl* function = candidate->getUnderlyingDecl()->getAsFunction()) {
        note(*function, lookup->getNameLoc(), use_of(lookup));
      }
    }
    if (lookup->getNumDecls() == 0 && lookup->getName().isIdentifier()) {
      const std::string name = lookup->getName().getAsString();
      for (const model::Ban* ban : watch_.matches_open_call(name))
        add(*ban, name, lookup->getNameLoc(), use_of(lookup));
    }
    return true;
  }

  bool VisitCleanupAttr(clang::CleanupAttr* attribute) {
    if (attribute->getFunctionDecl()) note(*attribute->getFunctionDecl(), attribute->getLocation(), Use::address);
    return true;
  }

 private:
  struct Matched {
    std::vector<const model::Ban*> bans;
    std::string written;
  };

  // What is called by f(), (f)(), (*f)(), (&f)() and ((type)f)().
  static const clang::Expr* strip(const clang::Expr* callee) {
    for (;;) {
      callee = callee->IgnoreParenCasts();
      const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(callee);
      if (!unary || (unary->getOpcode() != clang::UO_Deref && unary->getOpcode() != clang::UO_AddrOf)) return callee;
      callee = unary->getSubExpr();
    }
  }

  Use use_of(const clang::Expr* expression) const { return callees_.count(expression) ? Use::call : Use::address; }

  Declared describe(const clang::FunctionDecl& function) const {
    Declared declared;
    declared.name = function.getNameAsString();
    declared.scope = scope_of(function);
    declared.is_template = function.isTemplateInstantiation() || function.getDescribedFunctionTemplate();
    declared.is_builtin = function.getIdentifier()->getBuiltinID() != 0;
    declared.own = function.getFormalLinkage() == clang::Linkage::Internal;
    for (const clang::FunctionDecl* each : function.redecls()) {
      if (const auto* label = each->getAttr<clang::AsmLabelAttr>()) declared.asm_label = label->getLabel().str();
      // The compiler declares its built-in functions at their first use.
      const bool ours = !each->isImplicit() && places_.expands_in_project(each->getLocation());
      if (!ours) declared.outside = true;
      if (ours && each->isThisDeclarationADefinition()) declared.own = true;
    }
    return declared;
  }

  const Matched& matched(const clang::FunctionDecl& function) {
    const auto [entry, added] = matched_.try_emplace(function.getCanonicalDecl());
    if (added && function.getIdentifier() && !function.isCXXClassMember()) {
      entry->second = {watch_.matches(describe(function)), function.getQualifiedNameAsString()};
    }
    return entry->second;
  }

  void note(const clang::FunctionDecl& function, clang::SourceLocation name, Use use) {
    const Matched& match = matched(function);
    for (const model::Ban* ban : match.bans) add(*ban, match.written, name, use);
  }

  void add(const model::Ban& ban, const std::string& written, clang::SourceLocation name, Use use) {
    if (auto found = use_at(name, ban, written, use, places_)) uses_.push_back(std::move(*found));
  }

  const Places& places_;
  const Watch& watch_;
  std::vector<SourceUse>& uses_;
  llvm::DenseSet<const clang::Expr*> callees_;
  std::unordered_map<const clang::FunctionDecl*, Matched> matched_;
};

}  // namespace

std::optional<SourceUse> use_at(clang::SourceLocation name, const model::Ban& ban, const std::string& written, Use use,
                                const Places& places) {
  if (!places.expands_in_project(name)) return std::nullopt;
  auto place = places.find(name);
  if (!place) return std::nullopt;
  SourceUse found;
  found.entity = ban.entity;
  found.name = ban.name;
  found.written = written;
  found.use = use;
  found.at = place->at;
  found.macro = std::move(place->macro);
  found.spelled = place->spelled;
  found.origin = {found.at.file, {}, std::to_string(found.at.line) + ":" + std::to_string(found.at.column)};
  return found;
}

void find_uses(clang::ASTContext& context, const Places& places, const Watch& watch, std::vector<SourceUse>& uses) {
  UseFinder(places, watch, uses).TraverseDecl(context.getTranslationUnitDecl());
}

}  // namespace gate::cpp
