#include "adapters/cpp/lexed_unit.h"

#include <clang/Lex/DependencyDirectivesScanner.h>
#include <clang/Lex/LiteralSupport.h>
#include <clang/Lex/Pragma.h>

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

bool holds_name(const clang::Token& token, const Watch& watch) {
  if (!token.isLiteral() || !token.getLiteralData()) return false;
  const std::string_view text(token.getLiteralData(), token.getLength());
  const auto open = text.find('"'), close = text.rfind('"');
  return open != std::string_view::npos && open < close && watch.may_mean(text.substr(open + 1, close - open - 1));
}

}  // namespace

LexedUnit lex(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch) {
  LexedUnit unit;
  bool in_project = false;
  preprocessor.addPPCallbacks(std::make_unique<CurrentFile>(preprocessor.getSourceManager(), places, in_project));
  for (const char* pragma : {"redefine_extname", "weak"})
    preprocessor.AddPragmaHandler(new Renaming(pragma, in_project, unit.renames));
  preprocessor.IgnorePragmas();
  preprocessor.EnterMainSourceFile();
  clang::Token token;
  for (preprocessor.Lex(token); token.isNot(clang::tok::eof); preprocessor.Lex(token)) {
    if (!in_project) continue;
    if (clang::IdentifierInfo* identifier = token.getIdentifierInfo()) {
      if (is_suspect(*identifier, watch)) unit.suspects.push_back(unit.tokens.size());
    } else if (clang::tok::isStringLiteral(token.getKind())) {
      unit.names_in_strings = unit.names_in_strings || holds_name(token, watch);
    }
    unit.tokens.push_back(token);
  }
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
