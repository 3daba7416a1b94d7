// The machine: files, clock, environment. The only folder besides the git and C++ adapters that touches it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/document.h"
#include "gate/core/time.h"

namespace gate::host {

inline constexpr std::uint64_t default_cap = 512u << 20;

// Reads a regular file (through symbolic links), at most `cap` bytes, and hashes it. The artifact's name is `path` as
// given.
Result<Document> read_file(const std::string& path, std::uint64_t cap = default_cap);

// Hashes a file without keeping it.
struct FileDigest {
  std::string sha256;
  std::uint64_t bytes = 0;
};
Result<FileDigest> hash_file(const std::string& path);

// Whole or not at all: writes beside the target, syncs, renames. Missing folders are made. Devices and pipes are
// written to as they are.
Status write_file(const std::string& path, std::string_view bytes, bool executable = false);

// The files that match, sorted; `glob` as core/policy.h says, one without wildcards names itself, there or not. Links
// to folders are not followed. Not found, unreadable, empty or too_large (over `most`) where the answer would not be
// whole.
Result<std::vector<std::string>> find_files(const std::string& glob, std::size_t most);

// Ends the process with what was printed, and without giving back piece by piece what the system takes back anyway.
// 3 for 0 where not all could be printed.
[[noreturn]] void leave(int status);

bool exists(const std::string& path);
bool is_directory(const std::string& path);

// SOURCE_DATE_EPOCH where it is set (an error where it is no number), else the system's clock.
Result<Instant> now();

std::optional<std::string> environment(const std::string& name);  // empty values count as unset
std::string working_directory();
std::string own_build();  // identity of the running code: the linker's build id, else the binary's SHA-256
std::string own_path();   // of the running binary; the first call comes before any `enter`

// A program to run: no shell, nothing in its environment but what stands here, nothing on standard input.
struct Program {
  std::string path;  // absolute
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // "NAME=value"
  std::chrono::seconds timeout{600};
  std::uint64_t most_output = default_cap;  // bytes
};
struct Ended {
  int status = 0;
  std::string output;
  std::string errors;  // the end of what it wrote on standard error, in one line
};
// Runs it in the working directory until it ends. timed_out and too_large end it with all that it started; one that a
// signal ended is tool_failed.
Result<Ended> run_program(const Program& program);

struct Terminal {
  bool out_is_terminal = false, err_is_terminal = false;
  int width = 100;
};
Terminal terminal();

// Moves to a folder: paths in a policy are relative to the project's root.
Status enter(const std::string& folder);

}  // namespace gate::host
