// The project under judgement: its root, its repository, and where policy and trust are read.
#pragma once

#include <optional>
#include <string>

#include "adapters/git/git.h"
#include "gate/core/document.h"

namespace gate::app {

class Project {
 public:
  // The repository around the working directory, else the working directory; moves to the root.
  static Result<Project> open();

  const std::string& root() const { return root_; }
  const git::Repository* repository() const { return repository_ ? &*repository_ : nullptr; }

  // A path from the command line (relative to where gate was started) as the project names it: relative to the root
  // where it lies inside, else absolute.
  std::string from_command_line(const std::string& path) const;

  // From now on policy and trust inside the project are read from this commit, not from the working tree.
  void read_policy_from(std::string commit) { policy_commit_ = std::move(commit); }
  const std::optional<std::string>& policy_commit() const { return policy_commit_; }

  // A file that decides (policy, key, list of signers). Absolute paths lie outside the change and are read as they are.
  static constexpr std::uint64_t trusted_file_cap = 16u << 20;
  Result<Document> read_trusted(const std::string& path, std::uint64_t cap = trusted_file_cap) const;

 private:
  std::string root_;
  std::string started_in_;
  std::optional<git::Repository> repository_;
  std::optional<std::string> policy_commit_;
};

}  // namespace gate::app
