#include "adapters/cpp/use_finder.h"

#include <clang/AST/RecursiveASTVisitor.h>

#include <algorithm>
#include <unordered_map>

#include "adapters/cpp/assembly_text.h"
#include "adapters/cpp/conditions.h"

namespace gate::cpp {
namespace {

using clang::SourceLocation;
using llvm::dyn_cast;

std::string_view view(llvm::StringRef text) { return {text.data(), text.size()}; }

void enclose(std::string& scope, const std::string& outer) {
  if (!outer.empty()) scope = scope.empty() ? outer : outer + "::" + scope;
}

// Enclosing namespaces and classes. What a function encloses has no name outside of it, but for functions that are
// declared there.
std::string scope_of(const clang::NamedDecl& declaration) {
  const auto* function = dyn_cast<clang::FunctionDecl>(&declaration);
  if (function && function->isExternC()) return {};  // one entity, in whatever namespace it is declared
  std::string scope;
  for (const auto* context = declaration.getDeclContext(); context; context = context->getParent()) {
    if (const auto* space = dyn_cast<clang::NamespaceDecl>(context)) {
      if (!space->isInline()) enclose(scope, space->getNameAsString());
    } else if (const auto* record = dyn_cast<clang::RecordDecl>(context)) {
      enclose(scope, record->getNameAsString());
    } else if (llvm::isa<clang::FunctionDecl>(context) && (!function || !scope.empty())) {
      enclose(scope, "(local)");
    }
  }
  return scope;
}

class UseFinder : public clang::RecursiveASTVisitor<UseFinder> {
  using Base = clang::RecursiveASTVisitor<UseFinder>;

 public:
  UseFinder(const ParsedUnit& unit, const Watch& watch, std::vector<SourceUse>& uses,
            llvm::DenseSet<SourceLocation>* understood)
      : unit_(unit),
        context_(unit.context),
        watch_(watch),
        uses_(uses),
        understood_(understood),
        conditions_(unit.context, unit.preprocessor) {}

  // Functions and classes of others are not walked; namespaces and linkage blocks may hold the project's.
  bool TraverseDecl(clang::Decl* declaration) {
    if (declaration &&
        !llvm::isa<clang::TranslationUnitDecl, clang::NamespaceDecl, clang::LinkageSpecDecl, clang::ExportDecl>(
            declaration) &&
        declaration->getBeginLoc().isValid() && !unit_.places.expands_in_project(declaration->getBeginLoc()) &&
        !unit_.places.expands_in_project(declaration->getEndLoc())) {
      return true;
    }
    return Base::TraverseDecl(declaration);
  }

  // --- functions

  // Parents come before children, so that a name knows whether it is called.
  bool VisitCallExpr(clang::CallExpr* call) {
    callees_.try_emplace(strip(call->getCallee()), call);
    if (is_linker_asked(*call)) note_symbols(literals_of(*call->getArg(1), context_));
    return true;
  }

  bool VisitDeclRefExpr(clang::DeclRefExpr* reference) {
    note_reference(*reference->getDecl(), reference->getLocation(), reference);
    return true;
  }

  bool VisitMemberExpr(clang::MemberExpr* member) {
    note_reference(*member->getMemberDecl(), member->getMemberLoc(), member);
    return true;
  }

  // A call in a template whose target is open until instantiation.
  bool VisitOverloadExpr(clang::OverloadExpr* lookup) {
    understand(lookup->getNameLoc());
    for (const clang::NamedDecl* candidate : lookup->decls())
      note_reference(*candidate->getUnderlyingDecl(), lookup->getNameLoc(), lookup);
    if (llvm::isa<clang::UnresolvedLookupExpr>(lookup) && lookup->getNumDecls() == 0 &&
        lookup->getName().isIdentifier()) {
      const std::string name = lookup->getName().getAsString();
      note_bans({watch_.matches_open_call(name), name, name}, lookup->getNameLoc(), call_of(lookup));
    }
    return true;
  }

  bool VisitUsingDecl(clang::UsingDecl* declaration) {
    const SourceLocation name = declaration->getNameInfo().getLoc();
    for (const clang::UsingShadowDecl* shadow : declaration->shadows()) {
      const clang::NamedDecl* target = shadow->getUnderlyingDecl();
      note_reference(*target, name, nullptr);
      note_type(*target, name);
    }
    return true;
  }

  bool VisitCleanupAttr(clang::CleanupAttr* attribute) {
    if (const clang::FunctionDecl* function = attribute->getFunctionDecl())
      note_function(*function, place_of_argument(*attribute, function->getIdentifier()), nullptr);
    return true;
  }
  bool VisitAliasAttr(clang::AliasAttr* attribute) {
    note_symbol(view(attribute->getAliasee()), attribute->getLocation());
    return true;
  }
  bool VisitIFuncAttr(clang::IFuncAttr* attribute) {
    note_symbol(view(attribute->getResolver()), attribute->getLocation());
    return true;
  }

  // --- types

  bool VisitTypedefTypeLoc(clang::TypedefTypeLoc type) {
    note_type(*type.getTypedefNameDecl(), type.getNameLoc());
    return true;
  }
  bool VisitUsingTypeLoc(clang::UsingTypeLoc type) {
    note_type(*type.getFoundDecl(), type.getNameLoc());
    note_type(*type.getFoundDecl()->getUnderlyingDecl(), type.getNameLoc());
    return true;
  }
  bool VisitTagTypeLoc(clang::TagTypeLoc type) {
    if (!type.isDefinition()) note_type(*type.getDecl(), type.getNameLoc());
    return true;
  }
  bool VisitTemplateSpecializationTypeLoc(clang::TemplateSpecializationTypeLoc type) {
    note_template(type.getTypePtr()->getTemplateName(), type.getTemplateNameLoc());
    return true;
  }
  bool VisitDeducedTemplateSpecializationTypeLoc(clang::DeducedTemplateSpecializationTypeLoc type) {
    note_template(type.getTypePtr()->getTemplateName(), type.getTemplateNameLoc());
    return true;
  }
  bool TraverseTemplateArgumentLoc(const clang::TemplateArgumentLoc& argument) {
    const auto kind = argument.getArgument().getKind();
    if (kind == clang::TemplateArgument::Template || kind == clang::TemplateArgument::TemplateExpansion)
      note_template(argument.getArgument().getAsTemplateOrTemplatePattern(), argument.getTemplateNameLoc());
    return Base::TraverseTemplateArgumentLoc(argument);
  }
  bool VisitBuiltinTypeLoc(clang::BuiltinTypeLoc type) {
    if (!watch_.wants(Entity::type)) return true;
    const std::string name = type.getTypePtr()->getName(context_.getPrintingPolicy()).str();
    note_bans({watch_.types({}, name), name, {}}, type.getBeginLoc(), nullptr);
    return true;
  }

  // --- constructs

  bool VisitGotoStmt(clang::GotoStmt* statement) {
    understand(statement->getLabelLoc());
    return construct("goto", statement->getGotoLoc());
  }
  bool VisitIndirectGotoStmt(clang::IndirectGotoStmt* statement) {
    return construct("goto", statement->getGotoLoc()) && construct("computed_goto", statement->getGotoLoc());
  }
  bool VisitAsmStmt(clang::AsmStmt* statement) {
    if (const auto* gnu = dyn_cast<clang::GCCAsmStmt>(statement)) note_assembly(*gnu->getAsmString());
    if (const auto* microsoft = dyn_cast<clang::MSAsmStmt>(statement)) {
      for (const AssemblyWord& word : assembly_words(view(microsoft->getAsmString())))
        note_symbol(word.text, microsoft->getAsmLoc());
    }
    return construct("asm", statement->getAsmLoc());
  }
  bool VisitFileScopeAsmDecl(clang::FileScopeAsmDecl* declaration) {
    note_assembly(*declaration->getAsmString());
    return construct("asm", declaration->getAsmLoc());
  }
  bool VisitStmtExpr(clang::StmtExpr* expression) {
    return construct("statement_expression", expression->getLParenLoc());
  }
  bool VisitCaseStmt(clang::CaseStmt* statement) {
    return !statement->caseStmtIsGNURange() || construct("case_range", statement->getCaseLoc());
  }
  bool VisitCStyleCastExpr(clang::CStyleCastExpr* cast) {
    const bool counts = context_.getLangOpts().CPlusPlus && !cast->getTypeAsWritten()->isVoidType();
    return !counts || construct("c_style_cast", cast->getLParenLoc());
  }
  bool VisitCXXNamedCastExpr(clang::CXXNamedCastExpr* cast) {
    return construct(cast->getCastName(), cast->getOperatorLoc());
  }
  bool VisitCXXNewExpr(clang::CXXNewExpr* expression) { return construct("new", expression->getBeginLoc()); }
  bool VisitCXXDeleteExpr(clang::CXXDeleteExpr* expression) { return construct("delete", expression->getBeginLoc()); }
  bool VisitCXXThrowExpr(clang::CXXThrowExpr* expression) { return construct("throw", expression->getThrowLoc()); }
  bool VisitCXXTryStmt(clang::CXXTryStmt* statement) { return construct("try", statement->getTryLoc()); }
  bool VisitCXXTypeidExpr(clang::CXXTypeidExpr* expression) { return construct("typeid", expression->getBeginLoc()); }
  bool VisitUsingDirectiveDecl(clang::UsingDirectiveDecl* directive) {
    return directive->isImplicit() || construct("using_namespace", directive->getUsingLoc());
  }
  bool VisitRecordDecl(clang::RecordDecl* record) {
    const bool counts = record->isUnion() && record->isThisDeclarationADefinition() && !record->isImplicit();
    return !counts || construct("union", record->getInnerLocStart());
  }
  bool VisitFieldDecl(clang::FieldDecl* field) {
    return !field->isBitField() || construct("bit_field", field->getLocation());
  }
  bool VisitFunctionProtoTypeLoc(clang::FunctionProtoTypeLoc type) {
    const auto kind = type.getTypePtr()->getExceptionSpecType();
    const bool counts = kind == clang::EST_Dynamic || kind == clang::EST_DynamicNone;
    return !counts || construct("dynamic_exception_specification", type.getExceptionSpecRange().getBegin());
  }
  bool VisitParmVarDecl(clang::ParmVarDecl* parameter) {
    if (const clang::TypeSourceInfo* written = parameter->getTypeSourceInfo()) {
      const auto array = written->getTypeLoc().getUnqualifiedLoc().IgnoreParens().getAs<clang::VariableArrayTypeLoc>();
      if (array) pointers_.insert(array.getLBracketLoc());
    }
    return true;
  }
  bool VisitVariableArrayTypeLoc(clang::VariableArrayTypeLoc type) {
    return pointers_.contains(type.getLBracketLoc()) || construct("variable_length_array", type.getLBracketLoc());
  }

  // --- names of anything, for what a unit with errors leaves

  bool VisitNamedDecl(clang::NamedDecl* declaration) { return understand(declaration->getLocation()); }
  bool VisitLabelStmt(clang::LabelStmt* statement) { return understand(statement->getIdentLoc()); }
  bool VisitAddrLabelExpr(clang::AddrLabelExpr* expression) { return understand(expression->getLabelLoc()); }
  bool VisitDependentScopeDeclRefExpr(clang::DependentScopeDeclRefExpr* expression) {
    return understand(expression->getLocation());
  }
  bool VisitCXXDependentScopeMemberExpr(clang::CXXDependentScopeMemberExpr* expression) {
    return understand(expression->getMemberLoc());
  }
  bool VisitDesignatedInitExpr(clang::DesignatedInitExpr* expression) {
    for (const auto& designator : expression->designators()) {
      if (designator.isFieldDesignator()) understand(designator.getFieldLoc());
    }
    return true;
  }

 private:
  struct Matched {
    Watch::Bans bans;
    std::string written;
    std::string form;  // of a function, by which its arguments are counted
    bool own = false;
  };

  // What is called by f(), (f)(), (*f)(), (&f)() and ((type)f)().
  static const clang::Expr* strip(const clang::Expr* callee) {
    for (;;) {
      callee = callee->IgnoreParenCasts();
      const auto* unary = dyn_cast<clang::UnaryOperator>(callee);
      if (!unary || (unary->getOpcode() != clang::UO_Deref && unary->getOpcode() != clang::UO_AddrOf)) return callee;
      callee = unary->getSubExpr();
    }
  }

  const clang::CallExpr* call_of(const clang::Expr* callee) const { return callees_.lookup(callee); }

  bool understand(SourceLocation name) {
    if (understood_) understood_->insert(name);
    return true;
  }

  Declared describe(const clang::FunctionDecl& function) const {
    Declared declared;
    declared.name = function.getNameAsString();
    declared.scope = scope_of(function);
    declared.is_template = function.isTemplateInstantiation() || function.getDescribedFunctionTemplate();
    declared.is_builtin = function.getIdentifier()->getBuiltinID() != 0;
    for (const clang::FunctionDecl* each : function.redecls()) {
      if (std::string label = symbol_given_to(*each); !label.empty()) declared.asm_label = std::move(label);
      // The compiler declares its built-in functions at their first use.
      const bool ours = !each->isImplicit() && unit_.places.expands_in_project(each->getLocation());
      if (!ours) declared.outside = true;
      if (ours && each->isThisDeclarationADefinition() && !each->hasAttr<clang::WeakRefAttr>()) declared.own = true;
    }
    // One of a label is the function of that symbol, whoever can see it.
    if (declared.asm_label.empty() && function.getFormalLinkage() == clang::Linkage::Internal) declared.own = true;
    const bool cxx_linkage = context_.getLangOpts().CPlusPlus && !function.isExternC();
    if (cxx_linkage && declared.scope.empty() && !declared.outside) declared.own = true;
    return declared;
  }

  const Matched& matched(const clang::FunctionDecl& function) {
    const auto [entry, added] = matched_.try_emplace(function.getCanonicalDecl());
    if (added && function.getIdentifier()) {
      const Declared declared = describe(function);
      entry->second = {watch_.matches(declared), function.getQualifiedNameAsString(),
                       declared.asm_label.empty() ? declared.name : declared.asm_label, declared.own};
    }
    return entry->second;
  }

  void note_reference(const clang::NamedDecl& target, SourceLocation name, const clang::Expr* expression) {
    understand(name);
    if (const clang::FunctionDecl* function = target.getAsFunction())
      note_function(*function, name, expression ? call_of(expression) : nullptr);
  }

  void note_function(const clang::FunctionDecl& function, SourceLocation name, const clang::CallExpr* call) {
    note_bans(matched(function), name, call);
  }

  void note_bans(const Matched& match, SourceLocation name, const clang::CallExpr* call) {
    for (const model::Ban* ban : match.bans) {
      if (ban->condition && (!call || !conditions_.hold(*ban->condition, *call, match.form))) continue;
      const Use use = ban->entity != Entity::function ? Use::mention : call ? Use::call : Use::address;
      if (auto found = use_at(name, *ban, match.written, use, unit_.places)) uses_.push_back(std::move(*found));
    }
  }

  // A function named by its symbol, which is a way to its address.
  void note_symbol(std::string_view symbol, SourceLocation at) {
    Watch::Bans bans = watch_.symbols(symbol);
    if (bans.empty()) return;
    const auto& identifier = context_.Idents.get({symbol.data(), symbol.size()});
    for (const clang::NamedDecl* declaration : context_.getTranslationUnitDecl()->lookup(&identifier)) {
      const auto* function = dyn_cast<clang::FunctionDecl>(declaration);
      if (function && (function->isExternC() || !context_.getLangOpts().CPlusPlus)) bans = matched(*function).bans;
    }
    note_bans({std::move(bans), std::string(symbol), {}}, at, nullptr);
  }

  void note_symbols(const SeenLiterals& literals) {
    for (const SeenLiteral& literal : literals.each) {
      const std::string text = text_of(literal);
      note_symbol(std::string_view(text).substr(0, text.find('\0')), place_in(*literal.literal, literal.offset));
    }
  }

  void note_assembly(const clang::StringLiteral& text) {
    if (!watch_.wants(Entity::function)) return;
    const std::string assembly = text_of({&text, 0});
    for (const AssemblyWord& word : assembly_words(assembly))
      note_symbol(word.text, place_in(text, static_cast<unsigned>(word.offset)));
  }

  // Clang reads the source again for this, and knows no place in what its Microsoft mode puts together.
  SourceLocation place_in(const clang::StringLiteral& literal, unsigned offset) const {
    if (literal.getCharByteWidth() != 1 || context_.getLangOpts().MicrosoftExt || offset >= literal.getLength())
      return literal.getBeginLoc();
    return literal.getLocationOfByte(offset, context_.getSourceManager(), context_.getLangOpts(),
                                     context_.getTargetInfo());
  }

  bool is_linker_asked(const clang::CallExpr& call) {
    const clang::FunctionDecl* function = call.getDirectCallee();
    return function && call.getNumArgs() > 1 && function->getIdentifier() && asks_linker(view(function->getName())) &&
           watch_.wants(Entity::function) && scope_of(*function).empty() && !matched(*function).own;
  }

  // Where an attribute names what it takes.
  SourceLocation place_of_argument(const clang::Attr& attribute, const clang::IdentifierInfo* name) const {
    const clang::SourceManager& sources = context_.getSourceManager();
    const auto follows = [&](SourceLocation place) {
      return [&sources, place](const SeenWord& word) { return !sources.isBeforeInTranslationUnit(place, word.at); };
    };
    const auto& words = unit_.words;
    for (auto word = std::ranges::partition_point(words, follows(attribute.getLocation()));
         word != words.end() && !sources.isBeforeInTranslationUnit(attribute.getRange().getEnd(), word->at); ++word) {
      if (word->identifier == name) return word->at;
    }
    return attribute.getLocation();
  }

  void note_type(const clang::NamedDecl& declaration, SourceLocation name) {
    understand(name);
    if (!watch_.wants(Entity::type) || !declaration.getIdentifier()) return;
    const auto [entry, added] = matched_types_.try_emplace(&declaration);
    if (added) {
      const std::string scope = scope_of(declaration), unqualified = declaration.getName().str();
      entry->second = {watch_.types(scope, unqualified), scope.empty() ? unqualified : scope + "::" + unqualified, {}};
    }
    note_bans(entry->second, name, nullptr);
  }

  void note_template(clang::TemplateName name, SourceLocation at) {
    understand(at);
    if (const clang::TemplateDecl* declaration = name.getAsTemplateDecl()) note_type(*declaration, at);
  }

  // Always true, as visitors go on.
  bool construct(const char* name, SourceLocation at) {
    if (!watch_.wants(Entity::construct) || !unit_.places.expands_in_project(at)) return true;
    if (!unit_.places.spelled_in_project(at)) return true;
    note_bans({watch_.constructs(name), name, {}}, at, nullptr);
    return true;
  }

  const ParsedUnit& unit_;
  clang::ASTContext& context_;
  const Watch& watch_;
  std::vector<SourceUse>& uses_;
  llvm::DenseSet<SourceLocation>* understood_;
  Conditions conditions_;
  llvm::DenseMap<const clang::Expr*, const clang::CallExpr*> callees_;
  llvm::DenseSet<SourceLocation> pointers_;  // brackets of parameters that are written as arrays
  std::unordered_map<const clang::FunctionDecl*, Matched> matched_;
  std::unordered_map<const clang::NamedDecl*, Matched> matched_types_;
};

}  // namespace

std::string symbol_given_to(const clang::FunctionDecl& function) {
  if (const auto* label = function.getAttr<clang::AsmLabelAttr>()) return label->getLabel().str();
  // A weak reference is another name of its target in this unit, and no symbol.
  const auto* target = function.hasAttr<clang::WeakRefAttr>() ? function.getAttr<clang::AliasAttr>() : nullptr;
  return target ? target->getAliasee().str() : std::string();
}

void find_uses(const ParsedUnit& unit, const Watch& watch, std::vector<SourceUse>& uses,
               llvm::DenseSet<SourceLocation>* understood) {
  UseFinder(unit, watch, uses, understood).TraverseDecl(unit.context.getTranslationUnitDecl());
}

}  // namespace gate::cpp
