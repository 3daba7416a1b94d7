#include "adapters/cpp/scan_unit.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Frontend/FrontendActions.h>
#include <clang/Lex/PreprocessorOptions.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "adapters/cpp/allowances.h"
#include "adapters/cpp/embedded_headers.h"
#include "adapters/cpp/front_end.h"
#include "adapters/cpp/lexed_unit.h"
#include "adapters/cpp/places.h"
#include "adapters/cpp/preprocessor_finder.h"
#include "adapters/cpp/source_files.h"
#include "adapters/cpp/token_context.h"
#include "adapters/cpp/use_finder.h"

namespace gate::cpp {
namespace {

class Scan : public clang::ASTConsumer {
 public:
  Scan(clang::CompilerInstance& compiler, const Unit& unit, const Watch& watch, const Paths& paths,
       const Diagnostics& diagnostics, std::vector<SourceUse>& uses)
      : preprocessor_(compiler.getPreprocessor()),
        places_(compiler, unit, paths),
        watch_(watch),
        seen_(compiler.getPreprocessor(), places_, watch),
        diagnostics_(diagnostics),
        uses_(uses) {}

  bool shouldSkipFunctionBody(clang::Decl* function) override {
    return !places_.expands_in_project(function->getLocation());
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    const bool broken = diagnostics_.errors > 0;
    llvm::DenseSet<clang::SourceLocation> understood;
    find_uses({context, preprocessor_, places_, seen_.words()}, watch_, uses_, broken ? &understood : nullptr);
    add(seen_.uses());
    if (broken) add(seen_.unclassified(understood));
  }

 private:
  void add(std::vector<SourceUse> uses) {
    for (SourceUse& use : uses) uses_.push_back(std::move(use));
  }

  const clang::Preprocessor& preprocessor_;
  Places places_;
  const Watch& watch_;
  PreprocessorFinder seen_;
  const Diagnostics& diagnostics_;
  std::vector<SourceUse>& uses_;
};

class ScanAction : public clang::ASTFrontendAction {
 public:
  ScanAction(const Unit& unit, const Watch& watch, const Paths& paths, const Diagnostics& diagnostics,
             std::vector<SourceUse>& uses)
      : unit_(unit), watch_(watch), paths_(paths), diagnostics_(diagnostics), uses_(uses) {}

 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    return std::make_unique<Scan>(compiler, unit_, watch_, paths_, diagnostics_, uses_);
  }

 private:
  const Unit& unit_;
  const Watch& watch_;
  const Paths& paths_;
  const Diagnostics& diagnostics_;
  std::vector<SourceUse>& uses_;
};

// Macro expansion alone; what comes out is handed on while the preprocessor is there.
class LexAction : public clang::PreprocessorFrontendAction {
 public:
  using Done = std::function<void(const LexedUnit&, clang::Preprocessor&, const Places&)>;
  LexAction(const Unit& unit, const Watch& watch, const Paths& paths, Done done)
      : unit_(unit), watch_(watch), paths_(paths), done_(std::move(done)) {}

 protected:
  void ExecuteAction() override {
    const Places places(getCompilerInstance(), unit_, paths_);
    clang::Preprocessor& preprocessor = getCompilerInstance().getPreprocessor();
    const LexedUnit lexed = lex(preprocessor, places, watch_);
    done_(lexed, preprocessor, places);
  }

 private:
  const Unit& unit_;
  const Watch& watch_;
  const Paths& paths_;
  Done done_;
};

void sort_places(std::vector<SourceUse>& uses) {
  const auto key = [](const SourceUse& u) {
    return std::tie(u.at, u.entity, u.name, u.condition, u.spelled, u.macro, u.use, u.written);
  };
  std::sort(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto place = [](const SourceUse& u) {
    return std::tie(u.at, u.entity, u.name, u.condition, u.spelled, u.macro, u.use);
  };
  uses.erase(std::unique(uses.begin(), uses.end(), [&](const auto& a, const auto& b) { return place(a) == place(b); }),
             uses.end());
}

// A C function of this name that the project does not define.
Declared as_c_function(const clang::IdentifierInfo& identifier, bool outside) {
  Declared declared;
  declared.name = identifier.getName().str();
  declared.is_builtin = identifier.getBuiltinID() != 0;
  declared.outside = outside;
  return declared;
}

}  // namespace

class UnitScanner::Impl {
 public:
  Impl(const Watch& watch, const Paths& paths, Engine engine, bool tell_inputs)
      : watch_(watch), paths_(paths), engine_(engine), tell_inputs_(tell_inputs) {}

  UnitReport scan(const Unit& unit) {
    disk_->forget_inputs();
    driver_inputs_ = nullptr;
    UnitReport report = judge(unit);
    if (tell_inputs_) {
      report.inputs = disk_->inputs();
      if (driver_inputs_) report.inputs.insert(report.inputs.end(), driver_inputs_->begin(), driver_inputs_->end());
      std::sort(report.inputs.begin(), report.inputs.end());
      report.inputs.erase(std::unique(report.inputs.begin(), report.inputs.end()), report.inputs.end());
    }
    return report;
  }

 private:
  UnitReport judge(const Unit& unit) {
    UnitReport report;
    const auto failed = [&](Errc code, std::string what) {
      report.problem = Error{code, std::move(what), {paths_.relative(unit.file), {}, {}}};
      return std::move(report);
    };
    if (files_->setCurrentWorkingDirectory(unit.directory)) {
      return failed(Errc::not_found,
                    "the folder that its compile command runs in is not there: " + paths_.relative(unit.directory));
    }
    Diagnostics diagnostics;
    const auto invocation = invoke(unit, diagnostics);
    if (!invocation) {
      if (diagnostics.errors == 0) return failed(Errc::incomplete, "Clang does not understand the compile command");
      report.problem = problem_of(diagnostics, unit, paths_);
      return report;
    }
    const bool told =
        engine_ == Engine::cascade && watch_.names_functions_alone() && read_tokens(unit, *invocation, report);
    if (!told) parse(unit, invocation, diagnostics, report);
    sort_places(report.uses);
    return report;
  }

  std::unique_ptr<clang::CompilerInstance> make_compiler(
      std::shared_ptr<clang::CompilerInvocation> invocation,
      llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> engine) const {
    auto compiler = std::make_unique<clang::CompilerInstance>();
    compiler->setInvocation(std::move(invocation));
    compiler->setDiagnostics(engine.get());
    compiler->setFileManager(new clang::FileManager(clang::FileSystemOptions(), files_));
    compiler->createSourceManager(compiler->getFileManager());
    return compiler;
  }

  // Clang's driver takes milliseconds, and units of one target differ in their source alone.
  std::shared_ptr<clang::CompilerInvocation> invoke(const Unit& unit, Diagnostics& diagnostics) {
    std::string key = unit.language + '\0' + unit.directory;
    for (const std::string& argument : unit.arguments) key += '\0' + argument;
    auto& known = invocations_[key];
    if (!known.invocation) {
      auto made = make_invocation(unit, make_engine(diagnostics), files_);
      if (!made || diagnostics.errors > 0) return made;
      known = {std::move(made), tell_inputs_ ? disk_->inputs() : std::vector<Input>()};
    }
    driver_inputs_ = &known.inputs;
    auto invocation = std::make_shared<clang::CompilerInvocation>(*known.invocation);
    auto& inputs = invocation->getFrontendOpts().Inputs;
    for (clang::FrontendInputFile& input : inputs) input = clang::FrontendInputFile(unit.file, input.getKind());
    return invocation;
  }

  void parse(const Unit& unit, std::shared_ptr<clang::CompilerInvocation> invocation, Diagnostics& diagnostics,
             UnitReport& report) {
    report.stage = Stage::parsed;
    const auto compiler = make_compiler(std::move(invocation), make_engine(diagnostics));
    ScanAction action(unit, watch_, paths_, diagnostics, report.uses);
    const bool ran = compiler->ExecuteAction(action);
    collect_allowances(compiler->getSourceManager(), unit, report);
    if (diagnostics.errors > 0) {  // their places live as long as the compiler
      report.problem = problem_of(diagnostics, unit, paths_);
    } else if (!ran) {
      report.problem = Error{Errc::incomplete, "Clang ended without a reason", {paths_.relative(unit.file), {}, {}}};
    }
  }

  // In the project's files that the unit read, whether or not anything banned stands in them.
  void collect_allowances(clang::SourceManager& sources, const Unit& unit, UnitReport& report) {
    for (auto file = sources.fileinfo_begin(); file != sources.fileinfo_end(); ++file) {
      const auto& found = allowances_in(file->first, sources, unit);
      report.allowances.insert(report.allowances.end(), found.begin(), found.end());
    }
    std::ranges::sort(report.allowances, {}, &Allowance::at);
  }

  // Looked for once in each file, however many units read it.
  const std::vector<Allowance>& allowances_in(clang::FileEntryRef file, clang::SourceManager& sources,
                                              const Unit& unit) {
    std::string key = file.getName().str();
    if (!key.starts_with('/')) key += '\0' + unit.directory;
    if (key == unit.file) key += '\0';  // the project's wherever it stands, if it is the main file
    const auto [known, is_new] = allowances_.try_emplace(std::move(key));
    const std::string name = is_new ? project_name(file, unit, paths_) : std::string();
    if (name.empty()) return known->second;
    if (const auto text = sources.getMemoryBufferForFileOrNone(file))
      known->second = find_allowances(std::string_view(text->getBuffer()), name);
    return known->second;
  }

  // True where the tokens alone tell every use.
  bool read_tokens(const Unit& unit, const clang::CompilerInvocation& invocation, UnitReport& report) {
    auto copy = std::make_shared<clang::CompilerInvocation>(invocation);
    Diagnostics diagnostics;
    const auto compiler = make_compiler(copy, make_engine(diagnostics));
    copy->getPreprocessorOpts().DependencyDirectivesForFile =
        [&](clang::FileEntryRef file) -> std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>> {
      if (!project_name(file, unit, paths_).empty() || file.getName() == unit.file) return std::nullopt;
      return directives_.of(file, compiler->getFileManager());
    };
    bool told = false;
    LexAction action(unit, watch_, paths_,
                     [&](const LexedUnit& lexed, clang::Preprocessor& preprocessor, const Places& places) {
                       if (diagnostics.errors == 0) told = tell(lexed, preprocessor, places, report);
                     });
    told = compiler->ExecuteAction(action) && diagnostics.errors == 0 && told;
    if (told) collect_allowances(compiler->getSourceManager(), unit, report);
    return told;
  }

  // Whether what the names mean is the same whoever declares them.
  bool told_by_name(const LexedUnit& lexed, const std::vector<Meaning>& meanings) const {
    for (std::size_t i = 0; i < meanings.size(); ++i) {
      const auto& identifier = *lexed.tokens[lexed.suspects[i]].getIdentifierInfo();
      const bool same =
          watch_.matches(as_c_function(identifier, true)) == watch_.matches(as_c_function(identifier, false));
      if (meanings[i] != Meaning::no_use && !same) return false;
    }
    return true;
  }

  bool tell(const LexedUnit& lexed, clang::Preprocessor& preprocessor, const Places& places, UnitReport& report) const {
    if (lexed.renames || (lexed.names_in_strings && uses_symbol_names(lexed))) return false;
    report.stage = Stage::cleared;
    if (lexed.suspects.empty()) return true;
    report.stage = Stage::classified;
    if (preprocessor.getLangOpts().CPlusPlus) return false;
    const auto meanings = classify(lexed);
    if (!meanings || !told_by_name(lexed, *meanings)) return false;
    for (std::size_t i = 0; i < meanings->size(); ++i) {
      const clang::Token& token = lexed.tokens[lexed.suspects[i]];
      if ((*meanings)[i] == Meaning::no_use) {
        // The project's own declaration of a form such as __strcpy_chk makes it another function.
        const llvm::StringRef name = token.getIdentifierInfo()->getName();
        if (!library_form({name.data(), name.size()}).empty()) return false;
        continue;
      }
      const Use use = (*meanings)[i] == Meaning::call ? Use::call : Use::address;
      const Declared declared = as_c_function(*token.getIdentifierInfo(), true);
      for (const model::Ban* ban : watch_.matches(declared)) {
        if (auto found = use_at(token.getLocation(), *ban, declared.name, use, places))
          report.uses.push_back(std::move(*found));
      }
    }
    return true;
  }

  const Watch& watch_;
  const Paths& paths_;
  Engine engine_;
  bool tell_inputs_;
  llvm::IntrusiveRefCntPtr<SourceFiles> disk_ = llvm::makeIntrusiveRefCnt<SourceFiles>();
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files_ = with_own_headers(disk_);
  DirectiveCache directives_;
  struct Driven {
    std::shared_ptr<clang::CompilerInvocation> invocation;
    std::vector<Input> inputs;  // what the driver looked at
  };
  std::unordered_map<std::string, Driven> invocations_;
  const std::vector<Input>* driver_inputs_ = nullptr;  // of the unit at hand
  std::unordered_map<std::string, std::vector<Allowance>> allowances_;
};

UnitScanner::UnitScanner(const Watch& watch, const Paths& paths, Engine engine, bool tell_inputs)
    : impl_(std::make_unique<Impl>(watch, paths, engine, tell_inputs)) {}
UnitScanner::~UnitScanner() = default;
UnitReport UnitScanner::scan(const Unit& unit) { return impl_->scan(unit); }

}  // namespace gate::cpp
