// Uses of what the policy watches that the preprocessor and the token stream show: macros, headers, attributes, and
// constructs that the syntax tree does not keep.
#pragma once

#include <clang/Lex/Preprocessor.h>
#include <llvm/ADT/DenseSet.h>

#include <vector>

#include "adapters/cpp/places.h"
#include "adapters/cpp/watch.h"

namespace gate::cpp {

// A watched word among the tokens, after macro expansion, that the project's files give.
struct SeenWord {
  clang::SourceLocation at;
  const clang::IdentifierInfo* identifier = nullptr;
};

class PreprocessorFinder {
 public:
  // Before the preprocessor enters its main file. The arguments outlive the run of the preprocessor, and so does this.
  PreprocessorFinder(clang::Preprocessor& preprocessor, const Places& places, const Watch& watch);
  ~PreprocessorFinder();

  // After the unit's end; in no order, and a place may come more than once.
  std::vector<SourceUse> uses();
  const std::vector<SeenWord>& words() const;  // in the order of the unit; of functions and types

  // The watched words in the project's files, outside directives and comments, of a unit with errors, that no place in
  // `understood` tells. Errors lose code at every stage, so that the text itself is read.
  std::vector<SourceUse> unclassified(const llvm::DenseSet<clang::SourceLocation>& understood) const;

  class Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace gate::cpp
