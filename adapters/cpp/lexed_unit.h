// A unit after macro expansion: the tokens that stand in the project's files, and which of them the policy may mean.
#pragma once

#include <clang/Frontend/CompilerInstance.h>
#include <clang/Lex/Preprocessor.h>

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/cpp/places.h"
#include "adapters/cpp/watch.h"

namespace gate::cpp {

struct LexedUnit {
  std::vector<clang::Token> tokens;       // of project files, in order; those of other files are left out
  std::vector<std::size_t> suspects;      // indices of words that `Watch::stands_in_tree`
  std::vector<std::size_t> symbol_words;  // and of those that `is_symbol_word`
  std::vector<std::size_t> entries;       // indices of the first tokens of files, in order
  bool is_cpp = false;
  // A pragma of a project file gives symbols other names, holds code or a suspect.
  bool open = false;
};

// Files outside the project are read for their directives alone: no token of theirs can be the project's, and their
// macros expand where the project names them.
using DirectivesOf =
    std::function<std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>>(clang::FileEntryRef)>;

// The preprocessor has not yet entered its main file.
LexedUnit lex(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch);

// A file's name from the root folder on, whatever folder the file manager works in.
std::string absolute_name(clang::FileEntryRef file, clang::FileManager& files);

// Directives of files, scanned once in the life of this object.
class DirectiveCache {
 public:
  // Nothing where they are not understood.
  std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>> of(clang::FileEntryRef file,
                                                                                 clang::FileManager& files);

 private:
  struct Scanned {
    bool understood = false;
    llvm::SmallVector<clang::dependency_directives_scan::Token, 0> tokens;
    llvm::SmallVector<clang::dependency_directives_scan::Directive, 0> directives;
  };
  llvm::StringMap<std::unique_ptr<Scanned>> scanned_;  // by `absolute_name`
};

}  // namespace gate::cpp
