#include "adapters/cpp/lexed_unit.h"

#include <clang/Lex/DependencyDirectivesScanner.h>
#include <clang/Lex/Pragma.h>

#include "adapters/cpp/symbol_text.h"

namespace gate::cpp {
namespace {

// Which file the preprocessor is in, and whether it is the project's.
class CurrentFile : public clang::PPCallbacks {
 public:
  CurrentFile(const clang::SourceManager& sources, const Places& places, LexedUnit& unit, bool& in_project)
      : sources_(sources), places_(places), unit_(unit), in_project_(in_project) {}
  void LexedFileChanged(clang::FileID file, LexedFileChangeReason, clang::SrcMgr::CharacteristicKind, clang::FileID,
                        clang::SourceLocation) override {
    in_project_ = places_.in_project(sources_.getLocForStartOfFile(file));
    unit_.entries.push_back(unit_.tokens.size());
  }

 private:
  const clang::SourceManager& sources_;
  const Places& places_;
  LexedUnit& unit_;
  bool& in_project_;
};

// Marks on words; the tables of a preprocessor that is not parsed with are free for them.
constexpr std::uintptr_t known = 1, suspect = 2, symbol_word = 4;

std::uintptr_t marks_of(clang::IdentifierInfo& identifier, const Watch& watch) {
  constexpr int unused_bits = 3;  // a pointer's lowest
  auto marks = reinterpret_cast<std::uintptr_t>(identifier.getFETokenInfo()) >> unused_bits;
  if (marks == 0) {
    const llvm::StringRef name = identifier.getName();
    const std::string_view word(name.data(), name.size());
    marks = known | (watch.stands_in_tree(word) ? suspect : 0) | (is_symbol_word(word) ? symbol_word : 0);
    identifier.setFETokenInfo(reinterpret_cast<void*>(marks << unused_bits));
  }
  return marks;
}

// Every pragma that the preprocessor itself does not handle.
class PragmaReader : public clang::PragmaHandler {
 public:
  PragmaReader(const Watch& watch, const bool& in_project, bool& open)
      : watch_(watch), in_project_(in_project), open_(open) {}
  void HandlePragma(clang::Preprocessor& preprocessor, clang::PragmaIntroducer, clang::Token& name) override {
    const clang::IdentifierInfo* word = name.getIdentifierInfo();
    const bool renames = word && (word->isStr("redefine_extname") || word->isStr("weak") || word->isStr("attribute"));
    const bool holds_code = word && word->isStr("omp") && preprocessor.getLangOpts().OpenMP;
    bool open = renames || holds_code;
    for (clang::Token token = name; token.isNot(clang::tok::eod); preprocessor.Lex(token)) {
      clang::IdentifierInfo* identifier = token.getIdentifierInfo();
      if (identifier && (marks_of(*identifier, watch_) & suspect)) open = true;
    }
    if (in_project_ && open) open_ = true;
  }

 private:
  const Watch& watch_;
  const bool& in_project_;
  bool& open_;
};

}  // namespace

LexedUnit lex(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch) {
  LexedUnit unit;
  unit.is_cpp = preprocessor.getLangOpts().CPlusPlus;
  bool in_project = false;
  preprocessor.addPPCallbacks(std::make_unique<CurrentFile>(preprocessor.getSourceManager(), places, unit, in_project));
  for (const char* space : {"", "GCC", "clang", "STDC"})
    preprocessor.AddPragmaHandler(space, new PragmaReader(watch, in_project, unit.open));
  preprocessor.EnterMainSourceFile();
  clang::Token token;
  for (preprocessor.Lex(token); token.isNot(clang::tok::eof); preprocessor.Lex(token)) {
    if (!in_project) continue;
    if (clang::IdentifierInfo* identifier = token.getIdentifierInfo()) {
      const auto marks = marks_of(*identifier, watch);
      if (marks & suspect) unit.suspects.push_back(unit.tokens.size());
      if (marks & symbol_word) unit.symbol_words.push_back(unit.tokens.size());
    }
    unit.tokens.push_back(token);
  }
  return unit;
}

std::string absolute_name(clang::FileEntryRef file, clang::FileManager& files) {
  llvm::SmallString<256> name(file.getName());
  files.makeAbsolutePath(name);
  return std::string(name);
}

std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>> DirectiveCache::of(
    clang::FileEntryRef file, clang::FileManager& files) {
  auto& scanned = scanned_[absolute_name(file, files)];
  if (!scanned) {
    scanned = std::make_unique<Scanned>();
    if (const auto buffer = files.getBufferForFile(file)) {
      scanned->understood =
          !clang::scanSourceForDependencyDirectives((*buffer)->getBuffer(), scanned->tokens, scanned->directives);
    }
  }
  if (!scanned->understood) return std::nullopt;
  return llvm::ArrayRef(scanned->directives);
}

}  // namespace gate::cpp
