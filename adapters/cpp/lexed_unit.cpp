#include "adapters/cpp/lexed_unit.h"

#include <clang/Lex/DependencyDirectivesScanner.h>
#include <clang/Lex/LiteralSupport.h>
#include <clang/Lex/Pragma.h>

#include <algorithm>

#include "adapters/cpp/assembly_text.h"

namespace gate::cpp {
namespace {

// Which file the preprocessor is in, and whether it is the project's.
class CurrentFile : public clang::PPCallbacks {
 public:
  CurrentFile(const clang::SourceManager& sources, const Places& places, bool& in_project)
      : sources_(sources), places_(places), in_project_(in_project) {}
  void LexedFileChanged(clang::FileID file, LexedFileChangeReason, clang::SrcMgr::CharacteristicKind, clang::FileID,
                        clang::SourceLocation) override {
    in_project_ = places_.in_project(sources_.getLocForStartOfFile(file));
  }

 private:
  const clang::SourceManager& sources_;
  const Places& places_;
  bool& in_project_;
};

class Renaming : public clang::PragmaHandler {
 public:
  Renaming(llvm::StringRef name, const bool& in_project, bool& seen)
      : PragmaHandler(name), in_project_(in_project), seen_(seen) {}
  void HandlePragma(clang::Preprocessor&, clang::PragmaIntroducer, clang::Token&) override {
    if (in_project_) seen_ = true;
  }

 private:
  const bool& in_project_;
  bool& seen_;
};

// Marks on identifiers; the tables of a preprocessor that is not parsed with are free for them.
enum class Mark : std::uintptr_t { unknown, boring, suspect };

bool is_suspect(clang::IdentifierInfo& identifier, const Watch& watch) {
  auto mark = static_cast<Mark>(reinterpret_cast<std::uintptr_t>(identifier.getFETokenInfo()) >> 3);
  if (mark == Mark::unknown) {
    const llvm::StringRef name = identifier.getName();
    mark = watch.may_mean({name.data(), name.size()}) ? Mark::suspect : Mark::boring;
    identifier.setFETokenInfo(reinterpret_cast<void*>(static_cast<std::uintptr_t>(mark) << 3));
  }
  return mark == Mark::suspect;
}

// Whether string literals, put together where they stand side by side, hold a name as assembly and dlsym read them.
class TextNames {
 public:
  explicit TextNames(const Watch& watch) : watch_(watch) {}

  void literal(const clang::Token& token) {
    const llvm::StringRef whole(token.getLiteralData(), token.getLength());
    const auto [prefix, rest] = whole.split('"');
    const llvm::StringRef text = rest.rsplit('"').first;
    const bool raw = prefix.ends_with("R");
    if (token.needsCleaning()) found_ = true;  // spelled in an odd way: not told here
    for (std::size_t i = 0; i < text.size() && !found_; ++i) {
      if (raw || text[i] != '\\') {
        text_ += text[i];
      } else if (++i < text.size()) {
        if (llvm::StringRef("01234567xuUNo").contains(text[i])) found_ = true;  // any character
        text_ += ' ';
      }
    }
  }
  void other() {
    if (!text_.empty() && !found_) {
      found_ = std::ranges::any_of(assembly_words(text_),
                                   [&](const AssemblyWord& word) { return watch_.may_mean(word.text); });
    }
    text_.clear();
  }
  bool found() const { return found_; }

 private:
  const Watch& watch_;
  std::string text_;
  bool found_ = false;
};

}  // namespace

LexedUnit lex(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch) {
  LexedUnit unit;
  bool in_project = false;
  preprocessor.addPPCallbacks(std::make_unique<CurrentFile>(preprocessor.getSourceManager(), places, in_project));
  for (const char* pragma : {"redefine_extname", "weak"})
    preprocessor.AddPragmaHandler(new Renaming(pragma, in_project, unit.renames));
  if (preprocessor.getLangOpts().OpenMP)  // its clauses hold expressions
    preprocessor.AddPragmaHandler(new Renaming("omp", in_project, unit.renames));
  preprocessor.IgnorePragmas();
  preprocessor.EnterMainSourceFile();
  TextNames texts(watch);
  clang::Token token;
  for (preprocessor.Lex(token); token.isNot(clang::tok::eof); preprocessor.Lex(token)) {
    if (!in_project) continue;
    if (clang::tok::isStringLiteral(token.getKind())) {
      texts.literal(token);
    } else {
      texts.other();
      clang::IdentifierInfo* identifier = token.getIdentifierInfo();
      if (identifier && is_suspect(*identifier, watch)) unit.suspects.push_back(unit.tokens.size());
    }
    unit.tokens.push_back(token);
  }
  texts.other();
  unit.names_in_strings = texts.found();
  return unit;
}

std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>> DirectiveCache::of(
    clang::FileEntryRef file, clang::FileManager& files) {
  auto& scanned = scanned_[file.getName()];
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
