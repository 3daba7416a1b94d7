#include "adapters/cpp/lexed_unit.h"

#include <clang/Lex/DependencyDirectivesScanner.h>
#include <clang/Lex/LiteralSupport.h>

namespace gate::cpp {
namespace {

// Whether a line of text holds a name that is watched, as a word.
bool mentions(std::string_view line, const Watch& watch) {
  const auto in_word = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  for (std::size_t begin = 0, end; begin < line.size(); begin = end + 1) {
    end = begin;
    while (end < line.size() && in_word(line[end])) ++end;
    if (end > begin && watch.may_mean(line.substr(begin, end - begin))) return true;
  }
  return false;
}

// Which file the preprocessor is in, whether it is the project's, and whether a pragma there names something: it may
// rename a symbol, or have expressions in it that only a parser sees.
class CurrentFile : public clang::PPCallbacks {
 public:
  CurrentFile(const clang::SourceManager& sources, const Places& places, const Watch& watch, bool& in_project,
              bool& pragmas_name)
      : sources_(sources), places_(places), watch_(watch), in_project_(in_project), pragmas_name_(pragmas_name) {}
  void LexedFileChanged(clang::FileID file, LexedFileChangeReason, clang::SrcMgr::CharacteristicKind, clang::FileID,
                        clang::SourceLocation) override {
    in_project_ = places_.in_project(sources_.getLocForStartOfFile(file));
  }
  void PragmaDirective(clang::SourceLocation location, clang::PragmaIntroducerKind introducer) override {
    if (!in_project_ || pragmas_name_) return;
    const char* begin = sources_.getCharacterData(sources_.getSpellingLoc(location));
    const char* end = begin;  // the text of a file and of the scratch space ends in a zero
    while (*end != '\0' && (*end != '\n' || (end > begin && (end[-1] == '\\' || end[-1] == '\r')))) ++end;
    const std::string_view line(begin, static_cast<std::size_t>(end - begin));
    // What a macro makes of a pragma's text cannot be seen here.
    const bool literal = introducer == clang::PIK_HashPragma || line.starts_with("_Pragma(\"");
    pragmas_name_ = !literal || mentions(line, watch_) || line.find("omp") != std::string_view::npos;
  }

 private:
  const clang::SourceManager& sources_;
  const Places& places_;
  const Watch& watch_;
  bool &in_project_, &pragmas_name_;
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
  preprocessor.addPPCallbacks(
      std::make_unique<CurrentFile>(preprocessor.getSourceManager(), places, watch, in_project, unit.pragmas_name));
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
