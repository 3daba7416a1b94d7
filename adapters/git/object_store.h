// What the rest of this folder needs of a repository, without libgit2's headers.
#pragma once

#include <optional>
#include <string>

#include "adapters/git/commit_object.h"
#include "gate/core/result.h"

namespace gate::git {

enum class ObjectKind { commit, tag, tree, blob };

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  // The raw bytes of a commit or tag, after its hash was checked. not_found where the repository has no such object.
  virtual Result<std::string> commit_bytes(const std::string& id) const = 0;
  virtual Result<std::string> tag_bytes(const std::string& id) const = 0;
  virtual Result<ObjectKind> kind_of(const std::string& id) const = 0;
  // The clone was cut at this commit: its parents are not here.
  virtual bool is_cut_at(const std::string& id) const = 0;
  // The commit that a ref holds; nothing where there is no such ref.
  virtual std::optional<std::string> commit_of_ref(const std::string& ref) const = 0;
  // Whether merging two commits without conflicts gives this tree. Nothing is written.
  virtual Result<bool> merge_gives(const std::string& ours, const std::string& theirs,
                                   const std::string& tree) const = 0;
};

}  // namespace gate::git
