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
  std::vector<clang::Token> tokens;   // of project files, in order; those of other files are left out
  std::vector<std::size_t> suspects;  // indices of identifiers that `Watch::may_mean`
  bool names_in_strings = false;      // a string literal may hold such a name: assembly or a dlsym may use it
  bool renames = false;               // a pragma of a project file gives symbols other names, or holds code
};

// Files outside the project are read for their directives alone: no token of theirs can be the project's, and their
// macros expand where the project names them.
using DirectivesOf =
    std::function<std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>>(clang::FileEntryRef)>;

// The preprocessor has not yet entered its main file.
LexedUnit lex(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch);

// Directives of files, scanned once in the life of this object.
class DirectiveCache {
 public:
  std::optional<llvm::ArrayRef<clang::dependency_directives_scan::Directive>> of(clang::FileEntryRef file,
                                                                                 clang::FileManager& files);

 private:
  struct Scanned {
    bool understood = false;
    llvm::SmallVector<clang::dependency_directives_scan::Token, 0> tokens;
    llvm::SmallVector<clang::dependency_directives_scan::Directive, 0> directives;
  };
  llvm::StringMap<std::unique_ptr<Scanned>> scanned_;  // by path as the file manager knows it
};

}  // namespace gate::cpp
