// Version ranges as VERS writes them: "vers:npm/>=1.0.0|<2.0.0" (package-url/vers-spec).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::model {

enum class Comparator { equal, not_equal, less, less_or_equal, greater, greater_or_equal };

struct VersionConstraint {
  Comparator comparator = Comparator::equal;
  std::string version;  // percent-decoded
};

struct VersionRange {
  std::string scheme;                          // lower case: "npm", "deb", …
  bool any = false;                            // "*": every version, and no constraints
  bool canonical = false;                      // the text had its constraints in the order of their versions
  std::vector<VersionConstraint> constraints;  // by version, where the scheme's order is known
};

// Nothing where the text is no VERS: another form, blanks, an empty constraint, a version that is not encoded as it has
// to be, more than 10,000 constraints.
std::optional<VersionRange> parse_vers(std::string_view text);
std::string to_string(const VersionRange& range);

// Whether the range holds a version. Nothing where nobody can tell: the scheme's order is not known, or one of the
// versions is none of the scheme.
std::optional<bool> contains(const VersionRange& range, std::string_view version);

}  // namespace gate::model
