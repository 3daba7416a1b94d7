// A commit as it is stored: the signed bytes, and the signature cut out of them. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate::git {

struct CommitObject {
  std::string tree;                  // full id
  std::vector<std::string> parents;  // full ids
  std::int64_t committed = 0;        // seconds; the committer's claim, good for ordering alone
  std::string summary;               // first line of the message, fit to be shown, at most 72 bytes
  std::string payload;               // the object without its headers gpgsig and gpgsig-sha256
  std::string signature;  // value of gpgsig, of gpgsig-sha256 where ids are SHA-256; lines joined; empty: unsigned
};

// gitformat-signature(5). Stricter than git: a header that must be unique and is not, one out of order, an unterminated
// one, an unknown header whose name starts like a signature's, and a NUL anywhere are malformed, so that no two readers
// can see two commits in the same bytes.
Result<CommitObject> split_commit(std::string_view raw);

}  // namespace gate::git
