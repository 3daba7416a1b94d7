// git(1) itself, for what libgit2 does not read. Without a shell, by absolute path, in an environment of its own, and
// with a time that it may take.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gate/core/result.h"

namespace gate::git {

class GitProgram {
 public:
  // `folder`: where it works. not_found where the machine has no git in its usual places.
  static Result<GitProgram> find(std::string folder);
  const std::string& folder() const { return folder_; }
  void work_in(std::string folder) { folder_ = std::move(folder); }

  // What it writes on standard output. tool_failed where it ends with anything but 0; timed_out, too_large.
  Result<std::string> run(const std::vector<std::string>& arguments) const;
  // The same, in lines or in parts that NUL ends.
  Result<std::vector<std::string>> list(const std::vector<std::string>& arguments, char end) const;

 private:
  friend class CatFile;
  std::vector<std::string> command(const std::vector<std::string>& arguments) const;
  std::string path_, folder_;
};

// A running `git cat-file --batch`, asked for one object after the other.
class CatFile {
 public:
  struct Header {
    std::string type;  // "commit", "tag", "tree", "blob"
    std::size_t size = 0;
  };

  explicit CatFile(const GitProgram& program);
  ~CatFile();

  // By full id. not_found where the repository has no such object; too_large over the cap.
  Result<Header> header(const std::string& id);
  Result<std::string> read(const std::string& id, const std::string& type, std::size_t most_bytes);

 private:
  class Child;
  std::unique_ptr<Child> headers_, objects_;  // --batch-check, --batch
};

}  // namespace gate::git
