#include "adapters/cpp/scan_unit.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Basic/Version.h>
#include <clang/Driver/Options.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Frontend/Utils.h>
#include <clang/Lex/HeaderSearchOptions.h>
#include <clang/Lex/LexDiagnostic.h>
#include <clang/Lex/Lexer.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Lex/PreprocessorOptions.h>
#include <llvm/Option/ArgList.h>
#include <llvm/Support/VirtualFileSystem.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "adapters/cpp/cpp.h"
#include "gate/core/embedded.h"

namespace gate::cpp {
namespace {

// Where Clang's own headers stand for this process: nowhere on the disk.
constexpr const char* resource_dir = "/.gate/clang";
constexpr const char* resource_include = "/.gate/clang/include";

constexpr std::size_t longest_message = 300;

// Sources are regular files. A device or a pipe under an #include would block, or eat the worker's own requests.
class RegularFiles : public llvm::vfs::ProxyFileSystem {
 public:
  using ProxyFileSystem::ProxyFileSystem;

  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override {
    const auto status = ProxyFileSystem::status(path);
    if (!status) return status.getError();
    if (!status->isRegularFile()) return std::make_error_code(std::errc::operation_not_permitted);
    return ProxyFileSystem::openFileForRead(path);
  }
};

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> open_files(const std::string& directory) {
  auto embedded = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  for (const EmbeddedFile& file : embedded_clang_headers()) {
    const std::string_view name = file.name.substr(file.name.find('/'));  // "clang/stddef.h" → "/stddef.h"
    embedded->addFile(
        std::string(resource_include) + std::string(name), 0,
        llvm::MemoryBuffer::getMemBuffer({file.bytes.data(), file.bytes.size()}, {file.name.data(), file.name.size()}));
  }
  auto both = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(llvm::vfs::createPhysicalFileSystem());
  both->pushOverlay(embedded);
  auto files = llvm::makeIntrusiveRefCnt<RegularFiles>(both);
  if (files->setCurrentWorkingDirectory(directory)) return nullptr;
  return files;
}

// Counts errors and keeps the first. Warnings do not matter, whatever a pragma makes of them.
class Diagnostics : public clang::DiagnosticConsumer {
 public:
  struct First {
    std::string text;
    clang::FullSourceLoc at;
    bool missing_file = false;
  };

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) override {
    if (level < clang::DiagnosticsEngine::Error) return;
#if LLVM_VERSION_MAJOR < 20
    if (clang::DiagnosticIDs::isBuiltinWarningOrExtension(diagnostic.getID())) return;
#else
    if (diagnostic.getDiags()->getDiagnosticIDs()->isWarningOrExtension(diagnostic.getID())) return;
#endif
    if (++errors > 1) return;
    llvm::SmallString<256> text;
    diagnostic.FormatDiagnostic(text);
    first.text = text.str();
    first.missing_file = diagnostic.getID() == clang::diag::err_pp_file_not_found;
    if (diagnostic.hasSourceManager())
      first.at = clang::FullSourceLoc(diagnostic.getLocation(), diagnostic.getSourceManager());
  }

  std::size_t errors = 0;
  First first;
};

// Which places are the project's: those in files inside the root, and the unit's main file wherever it stands. How a
// header was reached (-isystem, #pragma system_header, a line marker) does not change whose it is.
class Places {
 public:
  Places(const clang::CompilerInstance& compiler, const Unit& unit, const Paths& paths)
      : sources_(compiler.getSourceManager()), preprocessor_(compiler.getPreprocessor()), unit_(unit), paths_(paths) {}

  bool in_project(clang::SourceLocation location) const { return !name(sources_.getFileID(location)).empty(); }
  bool expands_in_project(clang::SourceLocation location) const {
    return in_project(sources_.getExpansionLoc(location));
  }

  // Nothing for a place outside the project, or in no file at all.
  std::optional<Location> locate(clang::SourceLocation location) const {
    const auto [file, offset] = sources_.getDecomposedLoc(location);
    const std::string& file_name = name(file);
    if (file_name.empty()) return std::nullopt;
    return Location{file_name, static_cast<int>(sources_.getLineNumber(file, offset)),
                    static_cast<int>(sources_.getColumnNumber(file, offset))};
  }

  struct Written {
    Location at, spelled;
    std::string macro;
  };
  // Where a name that stands at `name_location` after macro expansion is to be changed.
  std::optional<Written> find(clang::SourceLocation name_location) const {
    Written written;
    clang::SourceLocation location = name_location;
    while (location.isMacroID()) {
      if (sources_.isMacroArgExpansion(location)) {  // the name was handed to a macro
        location = sources_.getImmediateSpellingLoc(location);
      } else if (auto spelled = project_macro(location)) {
        written.macro = immediate_macro(location);
        written.spelled = *spelled;
        location = sources_.getFileLoc(location);
      } else {  // a macro of a system header: what counts is where that macro is named
        location = sources_.getImmediateExpansionRange(location).getBegin();
      }
    }
    const auto at = locate(location);
    if (!at) return std::nullopt;
    written.at = *at;
    return written;
  }

 private:
  const std::string& name(clang::FileID file) const {
    static const std::string nowhere;
    if (file.isInvalid()) return nowhere;
    const auto [entry, added] = names_.try_emplace(file);
    if (added) entry->second = name_of(file);
    return entry->second;
  }

  std::string name_of(clang::FileID file) const {
    const auto entry = sources_.getFileEntryRefForID(file);
    if (!entry) return {};
    if (file == sources_.getMainFileID()) return paths_.relative(unit_.file);
    if (auto name = paths_.inside(entry->getFileEntry().tryGetRealPathName().str())) return *name;
    const std::string as_named = absolute_path(entry->getName().str(), unit_.directory);
    if (as_named == unit_.file) return paths_.relative(unit_.file);  // included by itself
    return paths_.inside(as_named).value_or(std::string());
  }

  std::string immediate_macro(clang::SourceLocation location) const {
    return clang::Lexer::getImmediateMacroName(location, sources_, preprocessor_.getLangOpts()).str();
  }

  // Where a macro of the project writes the token: in the macro's body, at the macro's definition for a token that it
  // pastes, nowhere (line 0) for a macro of the command line. Nothing for a macro that is not the project's.
  std::optional<Location> project_macro(clang::SourceLocation location) const {
    const clang::SourceLocation spelling = sources_.getSpellingLoc(location);
    if (sources_.isWrittenInScratchSpace(spelling)) {
      const auto* identifier = preprocessor_.getIdentifierInfo(immediate_macro(location));
      const auto* macro = preprocessor_.getMacroInfo(identifier);
      return macro ? locate(macro->getDefinitionLoc()) : std::nullopt;
    }
    if (sources_.isWrittenInCommandLineFile(spelling)) return Location{};
    return locate(spelling);
  }

  const clang::SourceManager& sources_;
  const clang::Preprocessor& preprocessor_;
  const Unit& unit_;
  const Paths& paths_;
  mutable llvm::DenseMap<clang::FileID, std::string> names_;
};

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
  UseFinder(const Places& places, const Watch& watch, std::vector<FunctionUse>& uses)
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
      for (const auto& watched : watch_.matches_open_call(name))
        add(watched, name, lookup->getNameLoc(), use_of(lookup));
    }
    return true;
  }

  bool VisitCleanupAttr(clang::CleanupAttr* attribute) {
    if (attribute->getFunctionDecl()) note(*attribute->getFunctionDecl(), attribute->getLocation(), Use::address);
    return true;
  }

 private:
  struct Matched {
    std::vector<std::string> watched;
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
    for (const std::string& watched : match.watched) add(watched, match.written, name, use);
  }

  void add(const std::string& watched, const std::string& written, clang::SourceLocation name, Use use) {
    if (!places_.expands_in_project(name)) return;
    auto place = places_.find(name);
    if (!place) return;
    Origin origin{place->at.file, {}, std::to_string(place->at.line) + ":" + std::to_string(place->at.column)};
    uses_.push_back({watched, written, use, place->at, std::move(place->macro), place->spelled, 1, std::move(origin)});
  }

  const Places& places_;
  const Watch& watch_;
  std::vector<FunctionUse>& uses_;
  llvm::DenseSet<const clang::Expr*> callees_;
  std::unordered_map<const clang::FunctionDecl*, Matched> matched_;
};

class Scan : public clang::ASTConsumer {
 public:
  Scan(const clang::CompilerInstance& compiler, const Unit& unit, const Watch& watch, const Paths& paths,
       std::vector<FunctionUse>& uses)
      : places_(compiler, unit, paths), watch_(watch), uses_(uses) {}

  bool shouldSkipFunctionBody(clang::Decl* function) override {
    return !places_.expands_in_project(function->getLocation());
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    UseFinder(places_, watch_, uses_).TraverseDecl(context.getTranslationUnitDecl());
  }

 private:
  Places places_;
  const Watch& watch_;
  std::vector<FunctionUse>& uses_;
};

class ScanAction : public clang::ASTFrontendAction {
 public:
  ScanAction(const Unit& unit, const Watch& watch, const Paths& paths, std::vector<FunctionUse>& uses)
      : unit_(unit), watch_(watch), paths_(paths), uses_(uses) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<Scan>(compiler, unit_, watch_, paths_, uses_);
  }

 private:
  const Unit& unit_;
  const Watch& watch_;
  const Paths& paths_;
  std::vector<FunctionUse>& uses_;
};

// A GCC build has flags that Clang's driver takes for errors; they say nothing about names.
std::vector<std::string> known_to_clang(const std::vector<std::string>& arguments) {
  std::vector<const char*> raw;
  for (const std::string& argument : arguments) raw.push_back(argument.c_str());
  unsigned missing_index = 0, missing_count = 0;
  const auto parsed = clang::driver::getDriverOptTable().ParseArgs(
      raw, missing_index, missing_count, llvm::opt::Visibility(clang::driver::options::ClangOption));
  std::vector<bool> unknown(arguments.size());
  for (const llvm::opt::Arg* argument : parsed.filtered(clang::driver::options::OPT_UNKNOWN))
    unknown[argument->getIndex()] = true;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!unknown[i]) known.push_back(arguments[i]);
  }
  return known;
}

std::vector<std::string> driver_arguments(const Unit& unit) {
  std::vector<std::string> arguments{unit.language.starts_with("c++") ? "/usr/bin/clang++" : "/usr/bin/clang",
                                     "--no-default-config"};
  for (auto& argument : known_to_clang(unit.arguments)) arguments.push_back(std::move(argument));
  for (const char* argument :
       {"-fsyntax-only", "-w", "-ferror-limit=0", "-fno-modules", "-resource-dir", resource_dir, "-x"}) {
    arguments.emplace_back(argument);
  }
  arguments.push_back(unit.language);
  arguments.push_back("--");
  arguments.push_back(unit.file);
  return arguments;
}

// Whatever the arguments say: parse only, write nothing, load nothing, read our own headers.
void harden(clang::CompilerInvocation& invocation) {
  auto& frontend = invocation.getFrontendOpts();
  frontend.ProgramAction = clang::frontend::ParseSyntaxOnly;
  frontend.SkipFunctionBodies = true;  // those for which the consumer says so
  frontend.DisableFree = false;
  frontend.ShowStats = frontend.ShowHelp = frontend.ShowVersion = false;
  frontend.OutputFile.clear();
  frontend.StatsFile.clear();
  frontend.TimeTracePath.clear();
  frontend.Plugins.clear();
  frontend.PluginArgs.clear();
  frontend.AddPluginActions.clear();
  frontend.LLVMArgs.clear();
  frontend.ModuleFiles.clear();
  invocation.getDependencyOutputOpts() = clang::DependencyOutputOptions();
  auto& diagnostics = invocation.getDiagnosticOpts();
  diagnostics.DiagnosticLogFile.clear();
  diagnostics.DiagnosticSerializationFile.clear();
  diagnostics.ShowCarets = false;
  invocation.getPreprocessorOpts().ImplicitPCHInclude.clear();
  invocation.getLangOpts().SpellChecking = false;  // a guess at what was meant is no use
  auto& code = invocation.getCodeGenOpts();
  code.DisableFree = false;
  auto& headers = invocation.getHeaderSearchOpts();
  headers.ModuleCachePath.clear();
  headers.VFSOverlayFiles.clear();
  headers.ImplicitModuleMaps = false;
  // Debian's driver asks the real disk for the resource folder, and then falls back to its own.
  for (auto& entry : headers.UserEntries) {
    if (llvm::StringRef(entry.Path).starts_with("/usr/include/clang/")) entry.Path = resource_include;
  }
}

Error problem_of(const Diagnostics& diagnostics, const Unit& unit, const Paths& paths) {
  Error error{Errc::incomplete, {}, {paths.relative(unit.file), {}, {}}};
  std::string place;
  if (const auto& at = diagnostics.first.at; at.isValid()) {
    const clang::FullSourceLoc where = at.getFileLoc();
    const auto entry = where.getFileEntryRef();
    const std::string file = entry ? absolute_path(entry->getName().str(), unit.directory) : std::string();
    const std::string line = std::to_string(where.getLineNumber()) + ":" + std::to_string(where.getColumnNumber());
    if (const auto inside = paths.inside(real_path(file)); inside || file == unit.file) {
      error.where.artifact = paths.relative(inside ? real_path(file) : file);
      error.where.at = line;
    } else if (!file.empty()) {
      place = " in " + file.substr(file.rfind('/') + 1) + ":" + line;
    }
  }
  std::string text = paths.without_root(diagnostics.first.text);
  if (text.size() > longest_message) text = text.substr(0, longest_message) + "…";
  error.what = "not seen in full, " + std::to_string(diagnostics.errors) +
               (diagnostics.errors == 1 ? " error" : " errors, first") + place + ": " + text;
  if (error.where.artifact != paths.relative(unit.file)) error.what += " (unit " + paths.relative(unit.file) + ")";
  if (diagnostics.first.missing_file) error.what += "; a header is missing: install or generate it before gate runs";
  return error;
}

void sort_places(std::vector<FunctionUse>& uses) {
  const auto key = [](const FunctionUse& u) {
    return std::tie(u.at, u.function, u.spelled, u.macro, u.use, u.written);
  };
  std::sort(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto place = [](const FunctionUse& u) { return std::tie(u.at, u.function, u.spelled, u.macro, u.use); };
  uses.erase(std::unique(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return place(a) == place(b); }),
             uses.end());
}

}  // namespace

UnitReport scan_unit(const Unit& unit, const Watch& watch, const Paths& paths) {
  UnitReport report;
  const auto failed = [&](Errc code, std::string what) {
    report.problem = Error{code, std::move(what), {paths.relative(unit.file), {}, {}}};
    return std::move(report);
  };
  const auto files = open_files(unit.directory);
  if (!files)
    return failed(Errc::not_found,
                  "the folder that its compile command runs in is not there: " + paths.relative(unit.directory));

  Diagnostics diagnostics;
  auto engine = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      llvm::makeIntrusiveRefCnt<clang::DiagnosticIDs>(), llvm::makeIntrusiveRefCnt<clang::DiagnosticOptions>(),
      &diagnostics, false);
  // Clang makes errors of some warnings by default; what compiles with GCC is not incomplete for that.
  engine->setSeverityForAll(clang::diag::Flavor::WarningOrError, clang::diag::Severity::Ignored);

  const auto arguments = driver_arguments(unit);
  std::vector<const char*> raw;
  for (const std::string& argument : arguments) raw.push_back(argument.c_str());
  clang::CreateInvocationOptions options;
  options.Diags = engine;
  options.VFS = files;
  std::shared_ptr<clang::CompilerInvocation> invocation = clang::createInvocation(raw, options);
  if (!invocation) {
    if (diagnostics.errors == 0) return failed(Errc::incomplete, "Clang does not understand the compile command");
    report.problem = problem_of(diagnostics, unit, paths);
    return report;
  }
  harden(*invocation);

  clang::CompilerInstance compiler;
  compiler.setInvocation(invocation);
  compiler.setDiagnostics(engine.get());
  compiler.setFileManager(new clang::FileManager(clang::FileSystemOptions(), files));
  compiler.createSourceManager(compiler.getFileManager());
  ScanAction action(unit, watch, paths, report.uses);
  const bool ran = compiler.ExecuteAction(action);
  sort_places(report.uses);
  if (diagnostics.errors > 0) {
    report.problem = problem_of(diagnostics, unit, paths);
  } else if (!ran) {
    return failed(Errc::incomplete, "Clang ended without a reason");
  }
  return report;
}

std::string clang_version() { return CLANG_VERSION_STRING; }

}  // namespace gate::cpp
