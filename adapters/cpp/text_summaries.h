// What a file's text can add to a unit, read once for its content and shared by all units that include it.
#pragma once

#include <clang/Basic/LangOptions.h>
#include <clang/Lex/DependencyDirectivesScanner.h>
#include <llvm/ADT/Hashing.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringRef.h>

#include <functional>
#include <string>
#include <vector>

#include "adapters/cpp/watch.h"

namespace gate::cpp {

// A word is suspect when `Watch::concerns` it, and when it is a macro whose body holds a suspect or may paste one.
class TextSummaries {
 public:
  explicit TextSummaries(const Watch& watch);
  TextSummaries(const TextSummaries&) = delete;
  TextSummaries& operator=(const TextSummaries&) = delete;

  // The number of the text, which is read where it was not yet. `name` and the dialect stand for the content.
  std::size_t add(llvm::StringRef name, llvm::StringRef text, const clang::LangOptions& dialect);

  bool has_errors(std::size_t text) const { return texts_[text].has_errors; }  // #error, on some branch
  // Whether a preprocessor that sees these directives alone knows the macros and the files that the text gives a unit,
  // for what the text itself says. Where a line is numbered anew, conditions may ask for the number.
  bool is_told_by(std::size_t text, llvm::ArrayRef<clang::dependency_directives_scan::Directive> directives) const;
  // Whether it gives a watched function another name by an assembly label, an alias or a pragma that it writes out.
  bool gives_labels(std::size_t text) const { return texts_[text].labels; }
  bool numbers_lines(std::size_t text) const { return texts_[text].numbers_lines; }

  // Whether a word that the watch knows stands in the text itself, or something that only a preprocessor understands.
  bool names_suspect(std::size_t text) const;

  // Where macros are defined, for one unit: the texts, and the bytes at which their names stand in them.
  struct Definition {
    std::size_t text = 0;
    unsigned offset = 0;
  };
  using DefinitionsOf = std::function<std::vector<Definition>(llvm::StringRef macro)>;
  // Whether code of the text instructs the preprocessor, as _Pragma("push_macro(…)") does, by itself or through macros.
  bool instructs(std::size_t text, const DefinitionsOf& definitions_of) const;
  // Those of these texts of a unit in which a suspect stands, outside comments, strings and macro definitions. Asked
  // when every text of the unit was added, that a text is not among them is certain.
  std::vector<std::size_t> suspects(const std::vector<std::size_t>& texts, const DefinitionsOf& definitions_of) const;

 private:
  using Word = std::size_t;
  struct WordState {
    llvm::StringRef name;
    bool known = false;        // to the watch
    bool suspect = false;      // by any definition in any text
    bool instructs = false;    // expands, by any definition in any text, to what instructs a preprocessor
    std::vector<Word> macros;  // whose bodies hold it
  };
  struct Pasting {  // into words that begin and end so
    std::string beginning, end;
    bool may_make(llvm::StringRef word) const;
  };
  struct Macro {
    Word name = 0;
    unsigned offset = 0;
    std::vector<Word> body;
    std::vector<Word> callees;  // of the body, but for those that get "(GCC warning …", as glibc's pragmas do
    std::vector<Pasting> pastings;
    bool odd = false;
    bool instructs = false;  // as _Pragma("push_macro(…)") does
  };
  struct Directive {
    clang::dependency_directives_scan::DirectiveKind kind;
    std::size_t offset = 0;     // of its "#"
    llvm::hash_code tokens{0};  // what it says; nothing where it names a file
    bool operator==(const Directive&) const = default;
  };
  struct Text {
    std::vector<Word> words;    // each once
    std::vector<Macro> macros;  // in their order
    bool labels = false;        // its own words give a watched symbol another name
    bool odd = false, has_errors = false, numbers_lines = false, instructs = false;
    bool unclear = false;  // what is a directive, a comment or a string is not certain, or which names macros have
    std::vector<Directive> directives;  // those that change macros or files
  };
  class Reading;
  class Tracing;

  Word number(llvm::StringRef word);
  void learn(const Macro& macro);
  void mark(Word word, bool WordState::* as);
  bool may_be_piece(llvm::StringRef text) const;
  bool may_paste(const Pasting& pasting, llvm::StringRef word) const;

  const Watch& watch_;
  const std::vector<std::string> known_;  // every word that the watch knows
  llvm::StringMap<Word> numbers_;
  std::vector<WordState> words_;
  std::vector<Word> suspect_macros_;
  std::vector<std::pair<Pasting, Word>> pastings_;
  llvm::StringMap<std::size_t> texts_by_name_;
  std::vector<Text> texts_;
};

}  // namespace gate::cpp
