#include "adapters/cpp/text_summaries.h"

#include <clang/Basic/CharInfo.h>
#include <clang/Lex/Lexer.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/StringSwitch.h>

#include <algorithm>

#include "adapters/cpp/symbol_text.h"

namespace gate::cpp {
namespace {

using clang::Token;
namespace tok = clang::tok;
namespace scan = clang::dependency_directives_scan;

std::string_view view(llvm::StringRef text) { return {text.data(), text.size()}; }

// What a pragma may begin with that gives symbols other names, or holds code.
constexpr llvm::StringRef pragma_words[] = {"redefine_extname", "weak", "omp", "attribute", "__debug"};

// How the pragmas of operators begin that change neither names nor what a preprocessor does.
constexpr llvm::StringRef harmless_pragmas[] = {"\"GCC diagnostic ", "\"clang diagnostic ", "\"STDC "};

// Operators that a pasting may make.
constexpr const char* pragma_operators[] = {"_Pragma", "__pragma"};

bool holds_trigraph(llvm::StringRef text) {
  for (std::size_t at = text.find("??"); at != llvm::StringRef::npos; at = text.find("??", at + 1)) {
    if (at + 2 < text.size() && llvm::StringRef("=/'()!<>-").contains(text[at + 2])) return true;
  }
  return false;
}

scan::DirectiveKind kind_of(llvm::StringRef directive) {
  return llvm::StringSwitch<scan::DirectiveKind>(directive)
      .Case("define", scan::pp_define)
      .Case("undef", scan::pp_undef)
      .Case("include", scan::pp_include)
      .Case("include_next", scan::pp_include_next)
      .Case("__include_macros", scan::pp___include_macros)
      .Case("import", scan::pp_import)
      .Case("if", scan::pp_if)
      .Case("ifdef", scan::pp_ifdef)
      .Case("ifndef", scan::pp_ifndef)
      .Case("elif", scan::pp_elif)
      .Case("elifdef", scan::pp_elifdef)
      .Case("elifndef", scan::pp_elifndef)
      .Case("else", scan::pp_else)
      .Case("endif", scan::pp_endif)
      .Default(scan::pp_none);
}

// Names of files are no tokens to everybody, and what follows them or "#else" says nothing.
bool says_all(scan::DirectiveKind kind) {
  return kind == scan::pp_define || kind == scan::pp_if || kind == scan::pp_elif;
}

scan::DirectiveKind kind_of_pragma(llvm::StringRef pragma) {
  return llvm::StringSwitch<scan::DirectiveKind>(pragma)
      .Case("once", scan::pp_pragma_once)
      .Case("push_macro", scan::pp_pragma_push_macro)
      .Case("pop_macro", scan::pp_pragma_pop_macro)
      .Case("include_alias", scan::pp_pragma_include_alias)
      .Default(scan::pp_none);
}

// Which texts the languages read differently.
std::string dialect_of(const clang::LangOptions& options) {
  std::string dialect;
  for (const bool bit : {options.LineComment != 0,
                         options.Trigraphs != 0,
                         options.Digraphs != 0,
                         options.RawStringLiterals != 0,
                         options.CPlusPlus != 0,
                         options.CPlusPlus11 != 0,
                         options.CPlusPlus14 != 0,
                         options.CPlusPlus20 != 0,
                         options.CPlusPlus17 != 0,
                         options.CPlusPlus23 != 0,
                         options.C99 != 0,
                         options.C11 != 0,
                         options.C23 != 0,
                         options.DollarIdents != 0,
                         options.AsmPreprocessor != 0,
                         options.MicrosoftExt != 0,
                         options.MSVCCompat != 0,
                         options.TraditionalCPP != 0,
                         options.ObjC != 0,
                         options.CUDA != 0,
                         options.OpenCL != 0})
    dialect += bit ? '1' : '0';
  return dialect;
}

}  // namespace

// One pass over a text by Clang's lexer, without macros.
class TextSummaries::Reading {
 public:
  Reading(TextSummaries& all, llvm::StringRef text, const clang::LangOptions& dialect) : all_(all), text_(text) {
    // Digraphs and trigraphs are words of constructs that may be banned, and hide directives from simple readers.
    result_.odd = result_.unclear = dialect.Trigraphs && holds_trigraph(text);
    clang::Lexer lexer(clang::SourceLocation(), dialect, text.begin(), text.begin(), text.end());
    do {
      lexer.LexFromRawLexer(tokens_.emplace_back());
    } while (tokens_.back().isNot(tok::eof));
    if (ends_in_comment() || text.contains('\0')) result_.odd = true;
  }

  Text run() {
    while (tokens_[at_].isNot(tok::eof)) {
      if (is(tok::hash) && tokens_[at_].isAtStartOfLine()) {
        directive();
      } else {
        read_code();
      }
    }
    std::ranges::sort(result_.words);
    const auto repeated = std::ranges::unique(result_.words);
    result_.words.erase(repeated.begin(), repeated.end());
    return std::move(result_);
  }

 private:
  // The last, and never closed.
  bool ends_in_comment() const {
    const Token* last = tokens_.size() > 1 ? &tokens_[tokens_.size() - 2] : nullptr;
    llvm::StringRef rest = text_.drop_front(last ? last->getLocation().getRawEncoding() + last->getLength() : 0);
    while (!rest.empty()) {
      rest = rest.drop_front(std::min(rest.find('/'), rest.size()));
      if (rest.starts_with("/*")) {
        const std::size_t end = rest.find("*/", 2);
        if (end == llvm::StringRef::npos) return true;
        rest = rest.drop_front(end + 2);
      } else {
        rest = rest.drop_front(std::min(rest.find('\n'), rest.size()));
      }
    }
    return false;
  }

  // A token's place is its place in the text, since the lexer knows of no file.
  unsigned offset(std::size_t at) const { return tokens_[at].getLocation().getRawEncoding(); }
  // Without the ends of lines that are put together before it, which Clang counts to the token.
  llvm::StringRef spelling(std::size_t at) const {
    llvm::StringRef text = text_.substr(offset(at), tokens_[at].getLength());
    while (text.starts_with("\\") && text.drop_front().ltrim(" \t\v\f\r").starts_with("\n"))
      text = text.drop_until([](char c) { return c == '\n'; }).drop_front();
    return text;
  }
  // From the token on, with the lines that backslashes append.
  llvm::StringRef rest_of_line() const {
    const llvm::StringRef rest = text_.substr(offset(at_));
    std::size_t end = rest.find('\n');
    while (end != llvm::StringRef::npos && rest.take_front(end).rtrim().ends_with("\\")) end = rest.find('\n', end + 1);
    return rest.take_front(end);
  }
  bool is_plain(std::size_t at) const {
    return std::ranges::all_of(spelling(at),
                               [](char c) { return clang::isAsciiIdentifierContinue(c, /*AllowDollar=*/true); });
  }
  // Where a preprocessor reads bytes, and no tokens: neither comments nor strings begin there that go on behind.
  static bool opens_raw(llvm::StringRef bytes) { return bytes.contains("/*") || bytes.contains("R\""); }
  bool is(tok::TokenKind kind) const { return tokens_[at_].is(kind); }
  bool is_word(std::size_t at) const { return tokens_[at].is(tok::raw_identifier); }
  bool in_line() const { return tokens_[at_].isNot(tok::eof) && !tokens_[at_].isAtStartOfLine(); }

  Word word() {
    if (!is_plain(at_)) result_.odd = true;
    return all_.number(spelling(at_));
  }

  void read_code() {
    if (is_digraph() || is(tok::unknown)) result_.odd = true;
    if (is_word(at_)) {
      const llvm::StringRef text = spelling(at_);
      if (may_be_pragma(at_)) result_.instructs = true;
      if (may_name_symbol(at_, tokens_.size()) || may_be_pragma(at_)) result_.odd = true;
      if ((is_symbol_word(view(text)) || text == "_Pragma") && names_watched()) result_.labels = true;
      if (!is_contextual(text)) result_.words.push_back(word());
    }
    ++at_;
  }

  bool is_digraph() const {
    const bool may_be = tokens_[at_].isOneOf(tok::l_square, tok::r_square, tok::l_brace, tok::r_brace, tok::hash);
    return may_be && spelling(at_).size() > 1;
  }

  // Words that are judged by what stands around them.
  bool is_contextual(llvm::StringRef text) const {
    const bool symbol_word = is_symbol_word(view(text)) && !asks_linker(view(text));
    return text == "_Pragma" || (symbol_word && !all_.watch_.concerns(view(text)));
  }

  bool may_be_pragma(std::size_t at) const {
    if (spelling(at) != "_Pragma") return false;
    if (at + 2 >= tokens_.size() || tokens_[at + 1].isNot(tok::l_paren) ||
        !tok::isStringLiteral(tokens_[at + 2].getKind()))
      return true;
    const llvm::StringRef text = spelling(at + 2);
    return tokens_[at + 2].needsCleaning() ||
           std::ranges::none_of(harmless_pragmas, [&](llvm::StringRef known) { return text.starts_with(known); });
  }

  // An assembly, a label or an alias, unless nothing but strings without names stands where its name would.
  bool may_name_symbol(std::size_t at, std::size_t end) const {
    if (!is_symbol_word(view(spelling(at))) || asks_linker(view(spelling(at)))) return false;
    std::size_t open = at + 1;
    while (open < end && is_word(open) && is_qualifier(spelling(open))) ++open;
    if (open < end && tokens_[open].is(tok::l_paren)) return !is_plain_group(open, end);
    // A macro may bring the parentheses where what stands before can stand in an attribute.
    const bool may_go_on = open == end || tokens_[open].isOneOf(tok::r_paren, tok::comma, tok::hash, tok::eof,
                                                                tok::raw_identifier, tok::hashhash);
    const bool declared = at > 0 && tokens_[at - 1].isOneOf(tok::star, tok::amp, tok::period, tok::arrow, tok::equal,
                                                            tok::exclaim, tok::less, tok::greater);
    return may_go_on && !declared;
  }

  // The strings between the parentheses behind "asm", "alias" or "_Pragma".
  bool names_watched() const {
    SymbolText text(all_.watch_);
    int depth = 0;
    for (std::size_t at = at_ + 1; at < tokens_.size(); ++at) {
      const Token& token = tokens_[at];
      if (depth == 0 && token.isNot(tok::l_paren) && !(is_word(at) && is_qualifier(spelling(at)))) break;
      if (token.is(tok::l_paren)) ++depth;
      if (token.is(tok::r_paren) && --depth == 0) break;
      text.read(token);
    }
    return text.may_hold_name();
  }

  static bool is_qualifier(llvm::StringRef word) {
    return word == "volatile" || word == "__volatile__" || word == "__volatile" || word == "inline" ||
           word == "__inline__" || word == "goto";
  }

  // Strings without a watched name, and operands in parentheses of their own.
  bool is_plain_group(std::size_t open, std::size_t end) const {
    int depth = 0;
    SymbolText text(all_.watch_);
    for (std::size_t at = open; at < end; ++at) {
      const Token& token = tokens_[at];
      if (token.isOneOf(tok::hash, tok::hashhash, tok::eof)) return false;
      if (token.isOneOf(tok::l_paren, tok::l_square)) ++depth;
      if (token.isOneOf(tok::r_paren, tok::r_square) && --depth == 0) return !text.may_hold_name();
      if (depth == 1 && is_word(at)) return false;  // a macro, perhaps of another string
      text.read(token);
    }
    return false;
  }

  void directive() {
    const std::size_t hash = at_;
    if (is_digraph()) result_.odd = result_.unclear = true;
    ++at_;
    if (!in_line()) return;
    if (!is_word(at_)) result_.numbers_lines = true;  // "# 7 "file""
    const llvm::StringRef name = is_word(at_) ? spelling(at_) : llvm::StringRef();
    if (is_word(at_) && !is_plain(at_)) result_.odd = result_.unclear = true;
    note_directive(kind_of(name), hash);
    if (name == "define") {
      ++at_;
      define();
    } else if (name == "include" || name == "include_next" || name == "import" || name == "__include_macros") {
      ++at_;
      include();
    } else if (name == "pragma") {
      pragma(hash);
    } else if (name == "error" || name == "warning") {
      if (name == "error") result_.has_errors = true;
      if (opens_raw(rest_of_line())) result_.odd = result_.unclear = true;
    } else if (name == "line") {
      result_.numbers_lines = true;
      condition();
    } else if (name != "undef") {
      if (name == "embed") result_.odd = true;  // whether its file is there, a preprocessor has to ask
      condition();
    }
    while (in_line()) ++at_;
  }

  // Empty conditionals are left out where only a macro's definition is asked for, as the other reader does.
  void note_directive(scan::DirectiveKind kind, std::size_t hash) {
    auto& all = result_.directives;
    if (kind == scan::pp_none) return;
    if (kind == scan::pp_endif) {
      const auto ends_with = [&](scan::DirectiveKind last) { return !all.empty() && all.back().kind == last; };
      if (ends_with(scan::pp_else)) all.pop_back();
      if (ends_with(scan::pp_ifdef) || ends_with(scan::pp_ifndef)) {
        all.pop_back();
        return;
      }
    }
    llvm::hash_code tokens(0);
    for (std::size_t at = hash;
         says_all(kind) && (at == hash || (tokens_[at].isNot(tok::eof) && !tokens_[at].isAtStartOfLine())); ++at)
      tokens = llvm::hash_combine(tokens, offset(at), tokens_[at].getKind());
    all.push_back({kind, offset(hash), tokens});
  }

  // A condition asks whether macros are defined, and for headers; nothing else in it can be a use.
  void condition() {
    for (; in_line(); ++at_) {
      if (!is_word(at_)) continue;
      if (!all_.watch_.macros(view(spelling(at_))).empty()) result_.odd = true;
      // "__has_include(<a/*b>)": a name to a preprocessor, a comment to this reader.
      const bool may_name_file = spelling(at_).starts_with("__has_") || spelling(at_) == "embed" || !is_plain(at_);
      const auto file = rest_of_line().split('<').second.split('>').first;
      if (may_name_file && opens_raw(file)) result_.odd = result_.unclear = true;
    }
  }

  void pragma(std::size_t hash) {
    ++at_;
    if (in_line() && is_word(at_)) {
      if (!is_plain(at_)) result_.odd = result_.unclear = true;
      note_directive(kind_of_pragma(spelling(at_)), hash);
    }
    for (; in_line(); ++at_) {
      if (!is_word(at_)) continue;
      if (std::ranges::find(pragma_words, spelling(at_)) != std::end(pragma_words)) result_.odd = true;
      if (all_.watch_.may_mean(view(spelling(at_)))) result_.labels = true;
      result_.words.push_back(word());
    }
  }

  void include() {
    if (!in_line()) return;
    const llvm::StringRef line = rest_of_line();
    const char close = line.starts_with("<") ? '>' : line.starts_with("\"") ? '"' : 0;
    const llvm::StringRef path = line.drop_front().take_until([&](char c) { return c == close; });
    // Between < and > neither a comment nor a string begins.
    if (close == '>' && (path.contains("/*") || path.contains('"'))) result_.odd = result_.unclear = true;
    const Watch& watch = all_.watch_;
    if (watch.wants(Entity::header) && (!close || watch.may_be_header(view(path)))) result_.odd = true;
  }

  void define() {
    if (!in_line() || !is_word(at_)) return;
    Macro macro;
    macro.offset = offset(at_);
    macro.name = macro_word();
    ++at_;
    std::vector<llvm::StringRef> parameters;
    if (in_line() && is(tok::l_paren) && !tokens_[at_].hasLeadingSpace()) {
      for (++at_; in_line() && !is(tok::r_paren); ++at_) {
        if (!is_word(at_)) continue;
        if (!is_plain(at_)) result_.odd = result_.unclear = true;
        parameters.push_back(spelling(at_));
      }
      if (in_line()) ++at_;
    }
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (tokens_[end].isNot(tok::eof) && !tokens_[end].isAtStartOfLine()) ++end;
    const auto is_replaced = [&](std::size_t at) {
      const llvm::StringRef text = spelling(at);
      return text == "__VA_ARGS__" || text == "__VA_OPT__" || std::ranges::find(parameters, text) != parameters.end();
    };
    for (; at_ < end; ++at_) {
      if (is(tok::hashhash)) add_pasting(macro, begin, end, is_replaced);
      if (!is_word(at_) || is_replaced(at_)) continue;
      if (may_be_pragma(at_)) macro.instructs = true;
      if (may_name_symbol(at_, end) || may_be_pragma(at_)) macro.odd = true;
      if (is_contextual(spelling(at_))) continue;
      macro.body.push_back(macro_word());
      if (!gets_warning(at_, end)) macro.callees.push_back(macro.body.back());
    }
    all_.learn(macro);
    result_.macros.push_back(std::move(macro));
  }

  bool gets_warning(std::size_t at, std::size_t end) const {
    return at + 3 < end && tokens_[at + 1].is(tok::l_paren) && spelling(at + 2) == "GCC" &&
           spelling(at + 3) == "warning";
  }

  Word macro_word() {
    if (!is_plain(at_)) result_.unclear = true;
    return word();
  }

  // What a row of pasted pieces may make is told by its first and its last piece.
  template <class IsReplaced>
  void add_pasting(Macro& macro, std::size_t begin, std::size_t end, const IsReplaced& is_replaced) {
    if (at_ == begin || at_ + 1 >= end || tokens_[at_ - 1].is(tok::comma)) return;  // GNU's way to leave a comma out
    std::size_t last = at_ + 1;
    while (last + 2 < end && tokens_[last + 1].is(tok::hashhash)) last += 2;
    const auto piece = [&](std::size_t at) {  // ")" ends __VA_OPT__
      return is_replaced(at) || tokens_[at].is(tok::r_paren) ? std::string() : spelling(at).str();
    };
    macro.pastings.push_back({piece(at_ - 1), piece(last)});
    // Pieces are words too, of which other pastings may be made.
    if (is_word(at_ - 1)) all_.number(spelling(at_ - 1));
    if (is_word(last)) all_.number(spelling(last));
  }

  TextSummaries& all_;
  llvm::StringRef text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Text result_;
};

// Follows the macros that one unit has.
class TextSummaries::Tracing {
 public:
  Tracing(const TextSummaries& all, const DefinitionsOf& definitions_of) : all_(all), definitions_of_(definitions_of) {}

  bool reaches_suspect(Word word) {
    std::vector<Word> open{word};
    while (!open.empty()) {
      const Word at = open.back();
      open.pop_back();
      if (!seen_.insert(at).second) continue;
      if (all_.words_[at].known) return true;
      for (const Definition& definition : definitions_of_(all_.words_[at].name)) {
        const Macro* macro = find(definition);
        if (!macro || macro->odd) return true;
        for (const Pasting& pasting : macro->pastings) {
          if (may_paste_known(pasting)) return true;
          std::ranges::copy_if(all_.suspect_macros_, std::back_inserter(open),
                               [&](Word w) { return all_.may_paste(pasting, all_.words_[w].name); });
        }
        std::ranges::copy_if(macro->body, std::back_inserter(open), [&](Word w) { return all_.words_[w].suspect; });
      }
    }
    return false;
  }

  bool reaches_instruction(Word word) {
    std::vector<Word> open{word};
    while (!open.empty()) {
      const Word at = open.back();
      open.pop_back();
      if (!all_.words_[at].instructs || !seen_.insert(at).second) continue;
      for (const Definition& definition : definitions_of_(all_.words_[at].name)) {
        const Macro* macro = find(definition);
        if (!macro || macro->instructs) return true;
        open.insert(open.end(), macro->callees.begin(), macro->callees.end());
      }
    }
    return false;
  }

 private:
  bool may_paste_known(const Pasting& pasting) const {
    // What makes any word of any two is suspect whatever they are, so that its results need not be followed.
    if (pasting.beginning.empty() && pasting.end.empty()) return true;
    const auto made = [&](llvm::StringRef word) { return all_.may_paste(pasting, word); };
    return std::ranges::any_of(all_.known_, made) || std::ranges::any_of(symbol_words(), made);
  }

  const Macro* find(const Definition& definition) const {
    const auto& macros = all_.texts_[definition.text].macros;
    const auto found = std::ranges::lower_bound(macros, definition.offset, {}, &Macro::offset);
    return found != macros.end() && found->offset == definition.offset ? &*found : nullptr;
  }

  const TextSummaries& all_;
  const DefinitionsOf& definitions_of_;
  llvm::DenseSet<Word> seen_;
};

TextSummaries::TextSummaries(const Watch& watch)
    : watch_(watch), known_([&] {
        std::vector<std::string> known = watch.spellings();
        known.insert(known.end(), std::begin(pragma_operators), std::end(pragma_operators));
        return known;
      }()) {}

std::size_t TextSummaries::add(llvm::StringRef name, llvm::StringRef text, const clang::LangOptions& dialect) {
  std::string key = name.str();
  key += '\0' + dialect_of(dialect);
  const auto [entry, is_new] = texts_by_name_.try_emplace(key, texts_.size());
  if (is_new) texts_.push_back(Reading(*this, text, dialect).run());
  return entry->second;
}

bool TextSummaries::names_suspect(std::size_t text) const {
  return texts_[text].odd || std::ranges::any_of(texts_[text].words, [&](Word word) { return words_[word].known; });
}

bool TextSummaries::is_told_by(std::size_t text, llvm::ArrayRef<scan::Directive> directives) const {
  const Text& known = texts_[text];
  if (known.unclear) return false;
  auto next = known.directives.begin();
  for (const scan::Directive& directive : directives) {
    const bool is_hash = !directive.Tokens.empty() && directive.Tokens.front().is(tok::hash);
    if (!is_hash || directive.Kind == scan::pp_pragma_system_header || directive.Kind == scan::pp_pragma_import)
      continue;
    llvm::hash_code tokens(0);
    for (const scan::Token& token : directive.Tokens) {
      if (says_all(directive.Kind) && !token.isOneOf(tok::eod, tok::eof))
        tokens = llvm::hash_combine(tokens, token.Offset, token.Kind);
    }
    const Directive seen{directive.Kind, directive.Tokens.front().Offset, tokens};
    if (next == known.directives.end() || *next != seen) return false;
    ++next;
  }
  return next == known.directives.end();
}

bool TextSummaries::instructs(std::size_t text, const DefinitionsOf& definitions_of) const {
  if (texts_[text].instructs) return true;
  Tracing tracing(*this, definitions_of);
  return std::ranges::any_of(texts_[text].words, [&](Word word) { return tracing.reaches_instruction(word); });
}

std::vector<std::size_t> TextSummaries::suspects(const std::vector<std::size_t>& texts,
                                                 const DefinitionsOf& definitions_of) const {
  std::vector<std::size_t> found;
  for (const std::size_t text : texts) {
    Tracing tracing(*this, definitions_of);
    const auto is_suspect = [&](Word word) { return words_[word].suspect && tracing.reaches_suspect(word); };
    if (texts_[text].odd || std::ranges::any_of(texts_[text].words, is_suspect)) found.push_back(text);
  }
  return found;
}

TextSummaries::Word TextSummaries::number(llvm::StringRef word) {
  const auto [entry, is_new] = numbers_.try_emplace(word, words_.size());
  if (is_new) {
    const bool known = watch_.concerns(view(word)) || asks_linker(view(word)) || word == "__pragma";
    words_.push_back({.name = entry->first(), .known = known, .suspect = known});
  }
  return entry->second;
}

// Which macros may be suspect in some unit: too many rather than too few.
void TextSummaries::learn(const Macro& macro) {
  bool is_suspect = macro.odd, instructs = macro.instructs;
  for (const Word word : macro.body) {
    words_[word].macros.push_back(macro.name);
    is_suspect = is_suspect || words_[word].suspect;
    instructs = instructs || words_[word].instructs;
  }
  if (instructs) mark(macro.name, &WordState::instructs);
  for (const Pasting& pasting : macro.pastings) {
    pastings_.emplace_back(pasting, macro.name);
    const auto made = [&](llvm::StringRef word) { return pasting.may_make(word); };
    is_suspect = is_suspect || std::ranges::any_of(known_, made) || std::ranges::any_of(symbol_words(), made) ||
                 std::ranges::any_of(suspect_macros_, [&](Word word) { return made(words_[word].name); });
  }
  if (is_suspect) mark(macro.name, &WordState::suspect);
}

// With the macros that expand to it.
void TextSummaries::mark(Word word, bool WordState::* as) {
  std::vector<Word> open{word};
  while (!open.empty()) {
    const Word at = open.back();
    open.pop_back();
    if (std::exchange(words_[at].*as, true)) continue;
    open.insert(open.end(), words_[at].macros.begin(), words_[at].macros.end());
    if (as != &WordState::suspect) continue;
    suspect_macros_.push_back(at);
    for (const auto& [pasting, macro] : pastings_) {
      if (pasting.may_make(words_[at].name)) open.push_back(macro);
    }
  }
}

bool TextSummaries::Pasting::may_make(llvm::StringRef word) const {
  return word.size() >= beginning.size() + end.size() && word.starts_with(beginning) && word.ends_with(end);
}

// Whether something in the texts may be an argument of this spelling: a word, a number, or the result of a pasting.
bool TextSummaries::may_be_piece(llvm::StringRef text) const {
  return text.empty() || clang::isDigit(text.front()) || numbers_.contains(text) ||
         std::ranges::any_of(pastings_, [&](const auto& pasting) {
           const bool makes_anything = pasting.first.beginning.empty() && pasting.first.end.empty();
           return !makes_anything && pasting.first.may_make(text);
         });
}

bool TextSummaries::may_paste(const Pasting& pasting, llvm::StringRef word) const {
  return pasting.may_make(word) &&
         may_be_piece(word.drop_front(pasting.beginning.size()).drop_back(pasting.end.size()));
}

}  // namespace gate::cpp
