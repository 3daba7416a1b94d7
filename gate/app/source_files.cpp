#include "gate/app/source_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>

namespace gate::app {

bool is_source_file(const std::string& path) {
  constexpr std::array endings{".c",   ".h", ".cc", ".hh",  ".cpp", ".hpp", ".cxx", ".hxx",
                               ".c++", ".C", ".H",  ".inc", ".inl", ".ipp", ".tcc", ".tpp"};
  const std::string ending = std::filesystem::path(path).extension().string();
  return std::ranges::find(endings, ending) != endings.end();
}

std::vector<std::string> unread_source_files(const Project& project, const std::set<std::string>& read) {
  std::vector<std::string> unread;
  const auto tracked =
      project.repository() ? project.repository()->tracked_files() : Result<std::vector<std::string>>(Error{});
  if (!tracked) return unread;
  std::ranges::copy_if(*tracked, std::back_inserter(unread),
                       [&](const std::string& file) { return is_source_file(file) && !read.contains(file); });
  return unread;
}

}  // namespace gate::app
