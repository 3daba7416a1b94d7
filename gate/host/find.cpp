#include <algorithm>
#include <filesystem>

#include "gate/core/policy.h"
#include "gate/host/host.h"

namespace gate::host {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 2'000'000;

bool is_pattern(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

// The folders before the first wildcard: "build/**/*.o" → "build".
std::string fixed_folder(std::string_view glob) {
  const auto wildcard = std::min(glob.find_first_of("*?"), glob.size());
  const auto slash = glob.substr(0, wildcard).rfind('/');
  return slash == std::string_view::npos ? "." : std::string(glob.substr(0, slash));
}

}  // namespace

Result<std::vector<std::string>> find_files(const std::string& glob, std::size_t most) {
  if (!is_pattern(glob)) return std::vector<std::string>{glob};
  const auto fail = [&](Errc code, std::string what) { return Error{code, std::move(what), {glob, {}, {}}}; };
  std::vector<std::string> found;
  std::size_t entries = 0;
  std::error_code error;
  fs::recursive_directory_iterator entry(fixed_folder(glob), error), end;
  for (; !error && entry != end; entry.increment(error)) {
    if (++entries > most_entries)
      return fail(Errc::too_large, "more than " + std::to_string(most_entries) + " files to look through");
    const std::string path = entry->path().lexically_normal().generic_string();
    std::error_code dangling;  // a link to nowhere: its reader tells
    if (!glob_matches(glob, path) || entry->is_directory(dangling)) continue;
    if (found.size() == most) return fail(Errc::too_large, "more than " + std::to_string(most) + " files match");
    found.push_back(path);
  }
  if (error)
    return fail(error == std::errc::no_such_file_or_directory ? Errc::not_found : Errc::unreadable, error.message());
  if (found.empty()) return fail(Errc::empty, "no file matches");
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace gate::host
