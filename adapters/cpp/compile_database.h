// JSON Compilation Database (the format that Clang documents under this name): which sources, with which arguments.
// Hostile like every input: capped, and no argument of it reaches Clang before `sanitise` saw it.
#pragma once

#include <string>
#include <vector>

#include "adapters/cpp/paths.h"
#include "gate/core/document.h"

namespace gate::cpp {

inline constexpr std::size_t max_entries = 100'000;

// One source with one set of arguments, each pair once.
struct Unit {
  std::string file;                    // absolute
  std::string directory;               // absolute; relative names in the arguments start here
  std::string language;                // as -x names it
  std::vector<std::string> arguments;  // sanitised, without compiler, language and source
  bool followed = true;                // false: an argument was left out that may change what is compiled
  std::string output;                  // the object as the command names it, or empty; no part of the identity

  // SHA-256 of what decides the meaning of the unit, the same wherever the project stands.
  std::string fingerprint(const Paths& paths) const;
};

struct CompileDatabase {
  std::vector<Unit> units;      // sorted by file, then by arguments
  std::vector<Error> problems;  // entries that are not, or not wholly, in `units`
};

// An error where the database as a whole tells nothing: malformed, too_large or empty. `folder` holds the database;
// relative folders in it start there.
Result<CompileDatabase> read_compile_database(const Document& document, const std::string& folder, const Paths& paths);

}  // namespace gate::cpp
