// What a repository is read by: libgit2 where ids are SHA-1, git's own program where they are SHA-256.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/git/git.h"
#include "adapters/git/object_store.h"

namespace gate::git {

// The functions of Repository's own names do what those say.
struct Repository::Impl : ObjectStore {
  virtual std::string root() const = 0;
  virtual bool is_shallow() const = 0;
  virtual Result<std::string> resolve(const std::string& revision) const = 0;
  virtual Result<std::string> merge_base(const std::string& a, const std::string& b) const = 0;
  virtual Result<std::string> read_file(const std::string& commit, const std::string& path,
                                        std::uint64_t cap) const = 0;
  virtual std::string own_folder() const = 0;
  virtual std::string hooks_folder() const = 0;
  virtual bool is_dirty() const = 0;
  virtual Result<std::vector<std::string>> tracked_files() const = 0;
  virtual Result<SinceCommit> compare_work_tree(const std::string& commit) const = 0;
  virtual std::vector<std::string> remote_tips(const std::string& remote) const = 0;
  // What the refs under refs/tags hold, by full name.
  virtual Result<std::map<std::string, std::string>> tags() const = 0;
  virtual Result<std::string> id_of_ref(const std::string& ref) const = 0;  // by its full name and nothing else
};

inline constexpr std::size_t most_object_bytes = 16u << 20, most_tags = 100'000;

// unsupported_version where the ids are SHA-256.
Result<std::shared_ptr<Repository::Impl>> open_by_libgit2(const std::string& path);
Result<std::shared_ptr<Repository::Impl>> open_by_git_program(const std::string& path);

// "a/./b" becomes "a/b"; empty where the path leaves the tree.
std::string path_in_tree(const std::string& path);
// The commits at which a shallow clone was cut: the file `shallow` of the repository's folder, one id a line; sorted.
std::vector<std::string> read_cuts(const std::string& common_folder);

}  // namespace gate::git
