// A tag object as it is stored: the signed bytes, and the signature cut off them. Pure.
#pragma once

#include <string>
#include <string_view>

#include "gate/core/result.h"

namespace gate::git {

struct TagObject {
  std::string target;       // full id
  std::string target_type;  // "commit", "tag", "tree", "blob"
  std::string name;         // as it was signed; that of the ref may differ
  std::string payload;      // up to the signature, without headers gpgsig and gpgsig-sha256
  std::string signature;    // from the last line on that starts one, as git takes it; empty: unsigned
};

// git-mktag(1), gitformat-signature(5). A header that is missing, doubled, unknown or out of order and a NUL anywhere
// are malformed.
Result<TagObject> split_tag(std::string_view raw);

}  // namespace gate::git
