// Which places of a translation unit are the project's, and where a reader changes what stands there.
#pragma once

#include <clang/Frontend/CompilerInstance.h>

#include <optional>
#include <string>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/paths.h"
#include "gate/core/fact.h"
#include "gate/model/ban.h"

namespace gate::cpp {

// The name of a file that a unit includes, as the project calls it; empty for one outside the project.
std::string project_name(clang::FileEntryRef file, const Unit& unit, const Paths& paths);

// Those in files inside the root, and the unit's main file wherever it stands. How a header was reached (-isystem,
// #pragma system_header, a line marker) does not change whose it is.
class Places {
 public:
  Places(const clang::CompilerInstance& compiler, const Unit& unit, const Paths& paths)
      : sources_(compiler.getSourceManager()), preprocessor_(compiler.getPreprocessor()), unit_(unit), paths_(paths) {}

  bool in_project(clang::SourceLocation location) const { return !name(sources_.getFileID(location)).empty(); }
  bool expands_in_project(clang::SourceLocation location) const {
    return in_project(sources_.getExpansionLoc(location));
  }

  // Whether a file of the project, or a macro of the command line, writes the token itself.
  bool spelled_in_project(clang::SourceLocation location) const;

  // Nothing for a place outside the project, or in no file at all.
  std::optional<Location> locate(clang::SourceLocation location) const;

  struct Written {
    Location at, spelled;
    std::string macro;
  };
  // Where a name that stands at `name_location` after macro expansion is to be changed.
  std::optional<Written> find(clang::SourceLocation name_location) const;

 private:
  const std::string& name(clang::FileID file) const;
  std::string name_of(clang::FileID file) const;
  std::string immediate_macro(clang::SourceLocation location) const;
  bool is_handed_over(clang::SourceLocation location) const;
  std::optional<Location> project_macro(clang::SourceLocation location) const;

  const clang::SourceManager& sources_;
  const clang::Preprocessor& preprocessor_;
  const Unit& unit_;
  const Paths& paths_;
  mutable llvm::DenseMap<clang::FileID, std::string> names_;
};

// The use of `ban` at a name, as a fact; nothing where the name does not stand in the project.
std::optional<SourceUse> use_at(clang::SourceLocation name, const model::Ban& ban, const std::string& written, Use use,
                                const Places& places);

}  // namespace gate::cpp
