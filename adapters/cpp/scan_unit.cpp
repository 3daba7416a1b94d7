#include "adapters/cpp/scan_unit.h"

#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendActions.h>
#include <clang/Lex/PreprocessorOptions.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "adapters/cpp/allowances.h"
#include "adapters/cpp/embedded_headers.h"
#include "adapters/cpp/front_end.h"
#include "adapters/cpp/lexed_unit.h"
#include "adapters/cpp/parsing.h"
#include "adapters/cpp/places.h"
#include "adapters/cpp/preprocessor_finder.h"
#include "adapters/cpp/source_files.h"
#include "adapters/cpp/symbol_text.h"
#include "adapters/cpp/text_summaries.h"
#include "adapters/cpp/token_context.h"

namespace gate::cpp {
namespace {

std::string_view view(llvm::StringRef text) { return {text.data(), text.size()}; }

// The preprocessor alone; what is done with it is the caller's.
class PreprocessAction : public clang::PreprocessorFrontendAction {
 public:
  using Work = std::function<void(clang::CompilerInstance&)>;
  explicit PreprocessAction(Work work) : work_(std::move(work)) {}

 protected:
  void ExecuteAction() override { work_(getCompilerInstance()); }

 private:
  Work work_;
};

// Of a stage: where it seldom answers for a unit, it costs time, and rests for a while.
class Success {
 public:
  bool is_worth_trying() {
    constexpr std::size_t enough = 16;
    if (resting_ > 0) return --resting_ == 0;
    if (tried_ < enough || answered_ * 3 >= tried_) return true;
    resting_ = tried_ * 4;
    return false;
  }
  void count(bool answered) { ++tried_, answered_ += answered; }

 private:
  std::size_t tried_ = 0, answered_ = 0, resting_ = 0;  // in units
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
    const bool told = engine_ == Engine::cascade && !watch_.bans_wordless() &&
                      (read_texts(unit, *invocation, report) || read_tokens(unit, *invocation, report));
    if (!told) parse(unit, *invocation, report);
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

  // Constructs without a word of their own may stand in any function.
  void parse(const Unit& unit, const clang::CompilerInvocation& invocation, UnitReport& report) {
    report.stage = Stage::parsed;
    const bool every_body = engine_ == Engine::full || watch_.bans_wordless();
    if (!parse(unit, invocation, every_body, report)) parse(unit, invocation, /*every_body=*/true, report);
  }

  // False, and nothing told, where bodies were left out that may matter.
  bool parse(const Unit& unit, const clang::CompilerInvocation& invocation, bool every_body, UnitReport& report) {
    Parsing parsing{unit, watch_, paths_, every_body, {}, {}};
    const auto compiler =
        make_compiler(std::make_shared<clang::CompilerInvocation>(invocation), make_engine(parsing.diagnostics));
    const bool ran = compiler->ExecuteAction(*parse_action(parsing));
    if (parsing.in_doubt) return false;
    report.uses = std::move(parsing.uses);
    collect_allowances(compiler->getSourceManager(), unit, report);
    if (parsing.diagnostics.errors > 0) {  // their places live as long as the compiler
      report.problem = problem_of(parsing.diagnostics, unit, paths_);
    } else if (!ran) {
      report.problem = Error{Errc::incomplete, "Clang ended without a reason", {paths_.relative(unit.file), {}, {}}};
    }
    return true;
  }

  // In the project's files that the unit read, whether or not anything banned stands in them.
  void collect_allowances(clang::SourceManager& sources, const Unit& unit, UnitReport& report) {
    for (auto file = sources.fileinfo_begin(); file != sources.fileinfo_end(); ++file) {
      const auto& found = allowances_in(file->first, sources, unit, report.files);
      report.allowances.insert(report.allowances.end(), found.begin(), found.end());
    }
    std::ranges::sort(report.allowances, {}, &Allowance::at);
  }

  // Looked for once in each file, however many units read it.
  const std::vector<Allowance>& allowances_in(clang::FileEntryRef file, clang::SourceManager& sources, const Unit& unit,
                                              std::vector<std::string>& new_files) {
    std::string key = absolute_name(file, sources.getFileManager());
    if (key == unit.file) key += '\0';  // the project's wherever it stands, if it is the main file
    const auto [known, is_new] = allowances_.try_emplace(std::move(key));
    const std::string name = is_new ? project_name(file, unit, paths_) : std::string();
    if (name.empty()) return known->second;
    new_files.push_back(name);
    if (const auto text = sources.getMemoryBufferForFileOrNone(file))
      known->second = find_allowances(std::string_view(text->getBuffer()), name);
    return known->second;
  }

  using IsReadWhole = std::function<bool(clang::FileEntryRef, clang::CompilerInstance&)>;

  // Of files that are not read whole, the preprocessor sees the directives. False where anything is wrong.
  bool preprocess(const clang::CompilerInvocation& invocation, const IsReadWhole& is_read_whole,
                  const std::function<bool(clang::CompilerInstance&)>& work) {
    auto copy = std::make_shared<clang::CompilerInvocation>(invocation);
    Diagnostics diagnostics;
    summaries_.clear();
    const auto compiler = make_compiler(copy, make_engine(diagnostics));
    copy->getPreprocessorOpts().DependencyDirectivesForFile =
        [&](clang::FileEntryRef file) -> std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>> {
      if (is_read_whole(file, *compiler)) return std::nullopt;
      return directives_.of(file, compiler->getFileManager());
    };
    bool told = false;
    PreprocessAction action([&](clang::CompilerInstance& running) { told = work(running) && diagnostics.errors == 0; });
    return compiler->ExecuteAction(action) && diagnostics.errors == 0 && told;
  }

  bool is_own(clang::FileEntryRef file, const Unit& unit) const {
    return file.getName() == unit.file || !project_name(file, unit, paths_).empty();
  }

  std::optional<std::size_t> summarise(clang::FileEntryRef file, clang::CompilerInstance& compiler) {
    const auto [known, is_new] = summaries_.try_emplace(&file.getFileEntry());
    if (!is_new) return known->second;
    const auto buffer = compiler.getFileManager().getBufferForFile(file);
    if (!buffer) return std::nullopt;
    const std::string name = absolute_name(file, compiler.getFileManager());
    return known->second = texts_.add(name, (*buffer)->getBuffer(), compiler.getLangOpts());
  }

  // True where no text that the unit includes can hold a use. Texts that did hold a suspect are read whole, macros and
  // all, so that one in a header that many units include does not spoil them all.
  bool read_texts(const Unit& unit, const clang::CompilerInvocation& invocation, UnitReport& report) {
    if (!by_texts_.is_worth_trying()) return false;
    const auto main_file = files_->getBufferForFile(unit.file);
    if (!main_file) return false;
    if (texts_.names_suspect(texts_.add(unit.file, (*main_file)->getBuffer(), invocation.getLangOpts()))) return false;
    const auto is_read_whole = [&](clang::FileEntryRef file, clang::CompilerInstance& compiler) {
      if (!is_own(file, unit)) return is_told_whole(file, compiler);
      const auto text = summarise(file, compiler);
      return !text || is_read_with_texts(*text);
    };
    const bool told = preprocess(invocation, is_read_whole, [&](clang::CompilerInstance& compiler) {
      const Places places(compiler, unit, paths_);
      clang::Preprocessor& preprocessor = compiler.getPreprocessor();
      PreprocessorFinder seen(preprocessor, places, watch_);
      const LexedUnit lexed = lex(preprocessor, places, watch_);
      if (!clears(lexed) || !no_other_text_may_use(unit, compiler) || !seen.uses().empty()) return false;
      collect_allowances(compiler.getSourceManager(), unit, report);
      return true;
    });
    by_texts_.count(told);
    if (told) report.stage = Stage::cleared;
    return told;
  }

  // Of the project's texts. The directives that includes and macros need leave #error and #line out.
  bool is_read_with_texts(std::size_t text) const {
    return texts_.has_errors(text) || texts_.numbers_lines(text) || suspect_texts_.contains(text);
  }

  // Whether the tokens of those files that were read whole hold no use.
  bool clears(const LexedUnit& lexed) const {
    const auto asks = [&](std::size_t word) {  // and a string elsewhere may answer
      return asks_linker(view(lexed.tokens[word].getIdentifierInfo()->getName()));
    };
    if (lexed.open || std::ranges::any_of(lexed.symbol_words, asks) || names_watched_symbol(lexed, watch_))
      return false;
    const auto is_library_form = [&](std::size_t word) {
      return !library_form(view(lexed.tokens[word].getIdentifierInfo()->getName())).empty();
    };
    return std::ranges::none_of(lexed.suspects, is_library_form) && classify_parts(lexed);
  }

  bool no_other_text_may_use(const Unit& unit, clang::CompilerInstance& compiler) {
    clang::SourceManager& sources = compiler.getSourceManager();
    std::vector<std::size_t> others;
    for (auto file = sources.fileinfo_begin(); file != sources.fileinfo_end(); ++file) {
      const auto text = summarise(file->first, compiler);
      if (!text) return false;
      if (is_own(file->first, unit) && !suspect_texts_.contains(*text)) others.push_back(*text);
    }
    const auto suspects = texts_.suspects(others, definitions_in(compiler));
    suspect_texts_.insert(suspects.begin(), suspects.end());
    return suspects.empty() && directives_tell(unit, compiler, /*own_too=*/true);
  }

  // All definitions that the preprocessor met, in texts that were or are now summarised.
  TextSummaries::DefinitionsOf definitions_in(clang::CompilerInstance& compiler) {
    const std::string& predefines = compiler.getPreprocessor().getPredefines();
    const std::size_t predefined = texts_.add("\n" + predefines, predefines, compiler.getLangOpts());
    return [this, &compiler, predefined](llvm::StringRef macro) {
      clang::Preprocessor& preprocessor = compiler.getPreprocessor();
      clang::SourceManager& sources = compiler.getSourceManager();
      std::vector<TextSummaries::Definition> found;
      const auto identifier = preprocessor.getIdentifierTable().find(macro);
      if (identifier == preprocessor.getIdentifierTable().end()) return found;
      const auto* directive = preprocessor.getLocalMacroDirectiveHistory(identifier->second);
      for (; directive; directive = directive->getPrevious()) {
        const auto* defines = llvm::dyn_cast<clang::DefMacroDirective>(directive);
        if (!defines || defines->getInfo()->isBuiltinMacro()) continue;
        const auto [file, offset] = sources.getDecomposedLoc(defines->getInfo()->getDefinitionLoc());
        const auto entry = sources.getFileEntryRefForID(file);
        found.push_back({(entry ? summarise(*entry, compiler) : std::nullopt).value_or(predefined), offset});
      }
      return found;
    };
  }

  // Whether the preprocessor came through files that it saw the directives of as through their whole texts. Those that
  // it did not are read whole from now on.
  bool directives_tell(const Unit& unit, clang::CompilerInstance& compiler, bool own_too) {
    if (compiler.getPreprocessor().getCounterValue() > 0) return false;  // code counts as well
    clang::SourceManager& sources = compiler.getSourceManager();
    for (auto file = sources.fileinfo_begin(); file != sources.fileinfo_end(); ++file)
      summarise(file->first, compiler);  // any of them may define what another names
    const auto definitions_of = definitions_in(compiler);
    bool told = true;
    for (auto file = sources.fileinfo_begin(); file != sources.fileinfo_end(); ++file) {
      const bool own = is_own(file->first, unit);
      const auto text = summarise(file->first, compiler);
      if (!own && text && texts_.gives_labels(*text)) return false;
      const bool read_whole =
          own ? !own_too || (text && is_read_with_texts(*text)) : text && untold_texts_.contains(*text);
      if (read_whole) continue;
      const auto directives = directives_.of(file->first, compiler.getFileManager());
      if (!text) return false;
      if (directives && texts_.is_told_by(*text, *directives) && (own || !texts_.numbers_lines(*text)) &&
          !texts_.instructs(*text, definitions_of))
        continue;
      (own ? suspect_texts_ : untold_texts_).insert(*text);
      told = false;
    }
    return told;
  }

  // Whether directives did not tell all of another people's file for an earlier unit.
  bool is_told_whole(clang::FileEntryRef file, clang::CompilerInstance& compiler) {
    if (untold_texts_.empty()) return false;
    const auto text = summarise(file, compiler);
    return !text || untold_texts_.contains(*text);
  }

  // True where the tokens alone tell every use.
  bool read_tokens(const Unit& unit, const clang::CompilerInvocation& invocation, UnitReport& report) {
    if (!by_tokens_.is_worth_trying()) return false;
    const std::size_t untold = untold_texts_.size();
    const bool told = lex_and_tell(unit, invocation, report) ||
                      (untold_texts_.size() > untold && lex_and_tell(unit, invocation, report));
    by_tokens_.count(told);
    return told;
  }

  bool lex_and_tell(const Unit& unit, const clang::CompilerInvocation& invocation, UnitReport& report) {
    const auto is_read_whole = [&](clang::FileEntryRef file, clang::CompilerInstance& compiler) {
      return is_own(file, unit) || is_told_whole(file, compiler);
    };
    return preprocess(invocation, is_read_whole, [&](clang::CompilerInstance& compiler) {
      const Places places(compiler, unit, paths_);
      clang::Preprocessor& preprocessor = compiler.getPreprocessor();
      PreprocessorFinder seen(preprocessor, places, watch_);
      const LexedUnit lexed = lex(preprocessor, places, watch_);
      if (!directives_tell(unit, compiler, /*own_too=*/false) || !tell(lexed, places, report)) return false;
      for (SourceUse& use : seen.uses()) report.uses.push_back(std::move(use));
      collect_allowances(compiler.getSourceManager(), unit, report);
      return true;
    });
  }

  // What a name means that tokens tell to be used; nothing where it depends on who declares it, or on more than names.
  std::optional<Watch::Bans> banned_as(const clang::IdentifierInfo& identifier, Meaning meaning) const {
    Declared declared = as_c_function(identifier, true);
    const Watch::Bans bans = watch_.matches(declared);
    if (watch_.matches(as_c_function(identifier, false)) != bans) return std::nullopt;
    if (meaning == Meaning::std_call) {
      declared.scope = "std";  // some libraries declare it there
      if (watch_.matches(declared) != bans) return std::nullopt;
    }
    return bans;
  }

  bool tell(const LexedUnit& lexed, const Places& places, UnitReport& report) const {
    if (lexed.open || names_watched_symbol(lexed, watch_)) return false;
    report.stage = lexed.suspects.empty() ? Stage::lexed : Stage::classified;
    const auto meanings = classify(lexed);
    if (!meanings) return false;
    std::vector<SourceUse> uses;
    for (std::size_t i = 0; i < meanings->size(); ++i) {
      const clang::Token& token = lexed.tokens[lexed.suspects[i]];
      const clang::IdentifierInfo& identifier = *token.getIdentifierInfo();
      const std::string name = identifier.getName().str();
      if (!watch_.is_function_alone(name)) return false;
      const Meaning meaning = (*meanings)[i];
      if (meaning == Meaning::no_use) {
        // The project's own declaration of a form such as __strcpy_chk makes it another function.
        if (!library_form(name).empty()) return false;
        continue;
      }
      const auto bans = banned_as(identifier, meaning);
      if (!bans) return false;
      for (const model::Ban* ban : *bans) {
        if (ban->condition) {
          // Forms may count their arguments otherwise.
          const bool fails = meaning != Meaning::address && library_form(name).empty() &&
                             surely_fails(*ban->condition, lexed, lexed.suspects[i]);
          if (!fails) return false;
          continue;
        }
        const Use use = meaning == Meaning::address ? Use::address : Use::call;
        if (auto found = use_at(token.getLocation(), *ban, name, use, places)) uses.push_back(std::move(*found));
      }
    }
    report.uses = std::move(uses);
    return true;
  }

  const Watch& watch_;
  const Paths& paths_;
  Engine engine_;
  bool tell_inputs_;
  llvm::IntrusiveRefCntPtr<SourceFiles> disk_ = llvm::makeIntrusiveRefCnt<SourceFiles>();
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files_ = with_own_headers(disk_);
  DirectiveCache directives_;
  TextSummaries texts_{watch_};
  llvm::DenseMap<const clang::FileEntry*, std::optional<std::size_t>> summaries_;  // of the compiler at hand
  llvm::DenseSet<std::size_t> suspect_texts_;                                      // the project's
  llvm::DenseSet<std::size_t> untold_texts_;  // other people's, see `directives_tell`
  Success by_texts_, by_tokens_;
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
