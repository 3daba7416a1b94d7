// The headers that commits and tags start with: gitformat-signature(5). Pure. Stricter than git, so that no two readers
// can see two objects in the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "gate/core/result.h"

namespace gate::git {

// One header with its continuation lines, each of which starts with a blank.
struct Header {
  std::string_view name, value, whole;

  std::string joined_value() const;
  bool is_one_line() const { return value.find('\n') + 1 == value.size(); }
  std::string_view line() const { return value.substr(0, value.size() - 1); }
};

inline constexpr std::string_view sha1_signature_header = "gpgsig", sha256_signature_header = "gpgsig-sha256";

Error malformed_object(std::string what);
bool is_object_id(std::string_view text);  // 40 digits of SHA-1, or 64 of SHA-256
// The first header of what is left; malformed where it has no value or no end.
Result<Header> next_header(std::string_view rest);

}  // namespace gate::git
