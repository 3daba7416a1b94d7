#include "adapters/cpp/preprocessor_finder.h"

#include <clang/Lex/HeaderSearch.h>
#include <clang/Lex/Lexer.h>
#include <clang/Lex/PPCallbacks.h>

#include <algorithm>
#include <functional>
#include <string>

namespace gate::cpp {
namespace {

using clang::SourceLocation;
using clang::Token;
namespace tok = clang::tok;

std::string_view view(llvm::StringRef text) { return {text.data(), text.size()}; }

// Follows the tokens through attribute lists and tells the name of each attribute, also of those that Clang ignores.
class AttributeReader {
 public:
  struct Name {
    SourceLocation at;
    const clang::IdentifierInfo *scope = nullptr, *name = nullptr;
    bool gnu = false;  // __attribute__
  };
  using Told = std::function<void(const Name&)>;
  explicit AttributeReader(Told told) : told_(std::move(told)) {}

  void read(const Token& token) {
    switch (list_) {
      case List::none: start(token); break;
      case List::gnu: read_list(token, 2); break;
      case List::declspec: read_list(token, 1); break;
      case List::standard: read_list(token, 2); break;
    }
    previous_ = token.getKind();
  }

 private:
  enum class List { none, gnu, declspec, standard };

  void start(const Token& token) {
    if (token.is(tok::kw___attribute)) open(List::gnu, 0);
    if (token.is(tok::kw___declspec)) open(List::declspec, 0);
    if (token.is(tok::l_square) && previous_ == tok::l_square) open(List::standard, 2);
  }
  void open(List list, int depth) {
    list_ = list;
    depth_ = depth;
    name_ = {};
    using_ = nullptr;
    expects_name_ = true;
    after_using_ = false;
  }

  // Names stand at `level` brackets, at the start and behind commas; arguments stand deeper.
  void read_list(const Token& token, int level) {
    if (token.isOneOf(tok::l_paren, tok::l_square, tok::l_brace)) {
      if (depth_++ == level) tell();
    } else if (token.isOneOf(tok::r_paren, tok::r_square, tok::r_brace)) {
      if (depth_ == level) tell();
      if (--depth_ <= 0) list_ = List::none;
    } else if (depth_ == level) {
      read_name(token);
    } else if (depth_ == 0) {  // no list follows
      list_ = List::none;
    }
  }

  void read_name(const Token& token) {
    if (token.isOneOf(tok::comma, tok::ellipsis)) {
      tell();
      expects_name_ = true;
    } else if (token.is(tok::kw_using)) {
      after_using_ = true;
    } else if (token.isOneOf(tok::coloncolon, tok::colon)) {
      if (after_using_ && token.is(tok::colon)) {
        using_ = name_.name;
        after_using_ = false;
        name_ = {};
      } else if (name_.name) {
        name_.scope = name_.name;
        name_.name = nullptr;
      }
      expects_name_ = true;
    } else if (const clang::IdentifierInfo* identifier = token.getIdentifierInfo(); identifier && expects_name_) {
      if (!name_.scope) name_.at = token.getLocation();
      name_.name = identifier;
      expects_name_ = false;
    }
  }

  void tell() {
    if (name_.name) {
      name_.gnu = list_ == List::gnu;
      if (!name_.scope) name_.scope = using_;
      told_(name_);
    }
    name_ = {};
    expects_name_ = false;
  }

  Told told_;
  List list_ = List::none;
  int depth_ = 0;
  tok::TokenKind previous_ = tok::unknown;
  Name name_;
  const clang::IdentifierInfo* using_ = nullptr;
  bool expects_name_ = false, after_using_ = false;
};

}  // namespace

class PreprocessorFinder::Impl {
 public:
  Impl(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch)
      : preprocessor_(preprocessor),
        sources_(preprocessor.getSourceManager()),
        places_(places),
        watch_(watch),
        attributes_([this](const AttributeReader::Name& name) { note_attribute(name); }) {}

  std::vector<SourceUse> uses() {
    if (wants_spellings_) {
      for (const clang::FileID file : files_)
        read_raw(file, [&](const Token& token, bool) { note_spelling(file, token); });
    }
    return std::move(uses_);
  }

  std::vector<SourceUse> unclassified(const llvm::DenseSet<SourceLocation>& understood) const {
    std::vector<SourceUse> uses;
    llvm::DenseSet<SourceLocation> spelled;
    for (const SourceLocation name : understood) spelled.insert(sources_.getSpellingLoc(name));
    const auto add = [&](SourceLocation at, const std::string& written) {
      for (const model::Ban* ban : watch_.words(written)) {
        if (auto found = use_at(at, *ban, written, Use::unclassified, places_)) uses.push_back(std::move(*found));
      }
    };
    for (const SeenWord& word : words_) {
      spelled.insert(sources_.getSpellingLoc(word.at));
      if (!understood.contains(word.at)) add(word.at, word.identifier->getName().str());
    }
    for (const clang::FileID file : files_) {
      read_raw(file, [&](const Token& token, bool in_directive) {
        const bool lost = token.is(tok::raw_identifier) && !in_directive && !spelled.contains(token.getLocation()) &&
                          !is_skipped(file, token.getLocation());
        if (lost) add(token.getLocation(), preprocessor_.getSpelling(token));
      });
    }
    return uses;
  }

  const std::vector<SeenWord>& words() const { return words_; }

  void token(const Token& token) {
    if (token.isAnnotation()) return;
    if (wants_attributes_) attributes_.read(token);
    if (wants_register_ && token.is(tok::kw_register)) note_construct("register", token.getLocation());
    if (token.isNot(tok::raw_identifier)) note_word(token);
  }

  void macro(const Token& name) {
    if (!wants_macros_ || !name.getIdentifierInfo()) return;
    const llvm::StringRef text = name.getIdentifierInfo()->getName();
    add(watch_.macros(view(text)), text.str(), name.getLocation());
  }

  void inclusion(llvm::StringRef written, bool angled, SourceLocation at, clang::OptionalFileEntryRef file) {
    if (!wants_headers_ || !places_.expands_in_project(at)) return;
    const std::string found = file ? file->getName().str() : std::string();
    if (!watch_.may_be_header(view(written)) && !watch_.may_be_header(found)) return;
    const std::string found_as =
        file ? preprocessor_.getHeaderSearchInfo().suggestPathToFileForDiagnostics(*file, "") : std::string();
    const std::string shown = angled ? "<" + written.str() + ">" : "\"" + written.str() + "\"";
    add(watch_.headers(view(written), angled, found_as), shown, at);
  }

  void enter(clang::FileID file) {
    if (places_.in_project(sources_.getLocForStartOfFile(file))) files_.push_back(file);
  }
  void skip(clang::SourceRange range) { skipped_[sources_.getFileID(range.getBegin())].push_back(range); }

 private:
  void add(const Watch::Bans& bans, const std::string& written, SourceLocation at) {
    for (const model::Ban* ban : bans) {
      if (auto found = use_at(at, *ban, written, Use::mention, places_)) uses_.push_back(std::move(*found));
    }
  }

  void note_construct(const char* name, SourceLocation at) {
    if (places_.spelled_in_project(at)) add(watch_.constructs(name), name, at);
  }

  void note_attribute(const AttributeReader::Name& name) {
    const std::string scope = name.scope ? name.scope->getName().str() : name.gnu ? "gnu" : "";
    const std::string text = name.name->getName().str();
    add(watch_.attributes(scope, text), name.scope ? scope + "::" + text : text, name.at);
  }

  void note_word(const Token& token) {
    const clang::IdentifierInfo* identifier = token.getIdentifierInfo();
    if (!identifier) return;
    const auto [entry, added] = watched_words_.try_emplace(identifier, false);
    if (added) entry->second = !watch_.words(view(identifier->getName())).empty();
    if (entry->second && places_.expands_in_project(token.getLocation()))
      words_.push_back({token.getLocation(), identifier});
  }

  bool is_skipped(clang::FileID file, SourceLocation at) const {
    const auto ranges = skipped_.find(file);
    if (ranges == skipped_.end()) return false;
    const auto next = std::ranges::upper_bound(ranges->second, at, {}, &clang::SourceRange::getBegin);
    return next != ranges->second.begin() && at <= std::prev(next)->getEnd();
  }

  // Calls `visit(token, in_directive)` for each token of the file's own text.
  template <class Visitor>
  void read_raw(clang::FileID file, Visitor&& visit) const {
    const auto buffer = sources_.getBufferOrNone(file);
    if (!buffer) return;
    clang::Lexer lexer(file, *buffer, sources_, preprocessor_.getLangOpts());
    Token token;
    bool in_directive = false;
    for (bool last = false; !last;) {
      last = lexer.LexFromRawLexer(token);
      if (token.isAtStartOfLine()) in_directive = token.is(tok::hash);
      visit(token, in_directive);
    }
  }

  // Digraphs and trigraphs are gone from the tokens.
  void note_spelling(clang::FileID file, const Token& token) {
    const bool may_be_digraph = token.isOneOf(tok::l_square, tok::r_square, tok::l_brace, tok::r_brace, tok::hash,
                                              tok::hashhash, tok::unknown) &&
                                token.getLength() > 1;
    const bool may_hold_trigraph = token.needsCleaning() && preprocessor_.getLangOpts().Trigraphs;
    if ((!may_be_digraph && !may_hold_trigraph) || is_skipped(file, token.getLocation())) return;
    const llvm::StringRef raw(sources_.getCharacterData(token.getLocation()), token.getLength());
    if (const auto trigraph = raw.find("??"); may_hold_trigraph && trigraph != llvm::StringRef::npos) {
      note_construct("trigraph", token.getLocation().getLocWithOffset(static_cast<int>(trigraph)));
    } else if (may_be_digraph && (raw.starts_with("<") || raw.starts_with("%") || raw.starts_with(":"))) {
      note_construct("digraph", token.getLocation());
    }
  }

  clang::Preprocessor& preprocessor_;
  const clang::SourceManager& sources_;
  const Places& places_;
  const Watch& watch_;
  const bool wants_macros_ = watch_.wants(Entity::macro), wants_headers_ = watch_.wants(Entity::header),
             wants_attributes_ = watch_.wants(Entity::attribute),
             wants_register_ = !watch_.constructs("register").empty(),
             wants_spellings_ = !watch_.constructs("digraph").empty() || !watch_.constructs("trigraph").empty();
  AttributeReader attributes_;
  llvm::DenseMap<const clang::IdentifierInfo*, bool> watched_words_;
  std::vector<SeenWord> words_;
  std::vector<SourceUse> uses_;
  std::vector<clang::FileID> files_;
  llvm::DenseMap<clang::FileID, std::vector<clang::SourceRange>> skipped_;  // in each, in its order
};

namespace {

class Callbacks : public clang::PPCallbacks {
 public:
  explicit Callbacks(PreprocessorFinder::Impl& finder) : finder_(finder) {}

  void LexedFileChanged(clang::FileID file, LexedFileChangeReason reason, clang::SrcMgr::CharacteristicKind,
                        clang::FileID, SourceLocation) override {
    if (reason == LexedFileChangeReason::EnterFile) finder_.enter(file);
  }
  void SourceRangeSkipped(clang::SourceRange range, SourceLocation) override { finder_.skip(range); }

  void MacroExpands(const Token& name, const clang::MacroDefinition&, clang::SourceRange,
                    const clang::MacroArgs*) override {
    finder_.macro(name);
  }
  void Defined(const Token& name, const clang::MacroDefinition&, clang::SourceRange) override { finder_.macro(name); }
  void Ifdef(SourceLocation, const Token& name, const clang::MacroDefinition&) override { finder_.macro(name); }
  void Ifndef(SourceLocation, const Token& name, const clang::MacroDefinition&) override { finder_.macro(name); }
  using clang::PPCallbacks::Elifdef;
  using clang::PPCallbacks::Elifndef;
  void Elifdef(SourceLocation, const Token& name, const clang::MacroDefinition&) override { finder_.macro(name); }
  void Elifndef(SourceLocation, const Token& name, const clang::MacroDefinition&) override { finder_.macro(name); }

#if LLVM_VERSION_MAJOR < 19
  void InclusionDirective(SourceLocation, const Token&, llvm::StringRef name, bool angled, clang::CharSourceRange range,
                          clang::OptionalFileEntryRef file, llvm::StringRef, llvm::StringRef, const clang::Module*,
                          clang::SrcMgr::CharacteristicKind) override {
#else
  void InclusionDirective(SourceLocation, const Token&, llvm::StringRef name, bool angled, clang::CharSourceRange range,
                          clang::OptionalFileEntryRef file, llvm::StringRef, llvm::StringRef, const clang::Module*,
                          bool, clang::SrcMgr::CharacteristicKind) override {
#endif
    finder_.inclusion(name, angled, range.getBegin(), file);
  }

 private:
  PreprocessorFinder::Impl& finder_;
};

}  // namespace

PreprocessorFinder::PreprocessorFinder(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch)
    : impl_(std::make_unique<Impl>(preprocessor, places, watch)) {
  preprocessor.addPPCallbacks(std::make_unique<Callbacks>(*impl_));
  preprocessor.setTokenWatcher([finder = impl_.get()](const Token& token) { finder->token(token); });
}
PreprocessorFinder::~PreprocessorFinder() = default;
std::vector<SourceUse> PreprocessorFinder::uses() { return impl_->uses(); }
const std::vector<SeenWord>& PreprocessorFinder::words() const { return impl_->words(); }

std::vector<SourceUse> PreprocessorFinder::unclassified(const llvm::DenseSet<SourceLocation>& understood) const {
  return impl_->unclassified(understood);
}

}  // namespace gate::cpp
