// What the rest of this folder needs of a repository, without libgit2's headers.
#pragma once

#include <string>

#include "adapters/git/commit_object.h"
#include "gate/core/result.h"

namespace gate::git {

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  // The raw bytes of a commit, after its hash was checked. not_found where the repository has no such object.
  virtual Result<std::string> commit_bytes(const std::string& id) const = 0;
  // The clone was cut at this commit: its parents are not here.
  virtual bool is_cut_at(const std::string& id) const = 0;
};

}  // namespace gate::git
