// How files are called in facts and problems: relative to the project's root, never by an absolute path.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gate/core/result.h"

namespace gate::cpp {

class Paths {
 public:
  // `root` is absolute. It is known by this name and by the one without symbolic links.
  static Result<Paths> open(const std::string& root);

  // The name of a file inside the root; nothing for one outside. Pure: `absolute` is lexically normal or a real path.
  std::optional<std::string> inside(std::string_view absolute) const;
  // The same for any file; one outside starts with "..".
  std::string relative(const std::string& absolute) const;
  // The same in every checkout, and never the same for two files of one machine: relative to the root inside it, with a
  // zero byte before; absolute outside.
  std::string movable(const std::string& absolute) const;
  // Likewise an argument of a compiler that names the root: a zero byte stands for the root where it surely begins a
  // path.
  std::string movable_argument(std::string argument) const;
  // A text of another program, without the machine's part of the names in it.
  std::string without_root(std::string text) const;

  const std::string& root() const { return real_; }
  const std::string& given() const { return given_; }

 private:
  std::string given_, real_;
};

// Absolute and lexically normal.
std::string absolute_path(const std::string& path, const std::string& directory);
// Without symbolic links; the same path where it does not exist.
std::string real_path(const std::string& path);

}  // namespace gate::cpp
