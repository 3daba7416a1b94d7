// The arguments of a recorded compiler call, as far as they may reach Clang. The record is hostile: no argument of it
// may load code, write a file, start a program or name a file that a compiler would not read as source.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cpp/paths.h"

namespace gate::cpp {

inline constexpr std::size_t max_arguments = 10'000;

// Splits by the quoting rules of the shell (POSIX.1-2017, Shell Command Language, 2.2) and expands nothing. No value:
// a quote stays open, or there are more than `max_arguments`.
std::optional<std::vector<std::string>> split_command(std::string_view command);

// Replaces each "@file" by the arguments in that file. Only regular files inside the root are read.
Result<std::vector<std::string>> expand_response_files(const std::vector<std::string>& arguments,
                                                       const std::string& directory, const Paths& paths);

struct Arguments {
  std::vector<std::string> kept;        // for Clang's driver, in the order of the record
  std::string language;                 // as -x names it: "c", "c++", "c++-header", …; empty: none that is looked at
  std::string not_looked_at;            // the language in words where `language` is empty
  std::vector<std::string> unfollowed;  // arguments that may change what is compiled, and that are left out
  std::string output;                   // of -o, as written: what the build calls the object
};

// `recorded` starts with the compiler; `file` is the entry's source. An argument passes where this folder knows it as
// one that only says how the source is to be understood. Outputs, diagnostics, optimisation, linking are left out.
Arguments sanitise(const std::vector<std::string>& recorded, std::string_view file);

}  // namespace gate::cpp
