// Walks over history by our own reading of commits, so that a missing object is an answer and not the end.
#pragma once

#include <string>
#include <vector>

#include "adapters/git/object_store.h"

namespace gate::git {

struct History {
  std::vector<std::string> commits;  // reachable from the head and from nothing excluded, newest first
  std::vector<Error> gaps;           // what could not be seen; empty: the list is whole
};

// All ids are full. Clocks that run backwards can only make the list longer.
History list_commits(const ObjectStore& store, const std::string& head, const std::vector<std::string>& excluded);

Origin origin_of(const std::string& commit);

}  // namespace gate::git
