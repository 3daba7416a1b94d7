// Ranges of versions as each kind of package and its advisories write them, as VERS.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/model/vers.h"

namespace gate::model {

// By the scheme (that of VERS and package URLs), the text is
//   npm, cargo, composer, conan  ranges of their own: "^1.2", "~1", "1.x", "1.2 - 1.4", ">=1 <2 || 3"
//   gem, pypi                    the same with "~>" and "~=", "==1.*"
//   maven, nuget                 intervals, "[1.0,2.0),[3.0,)"; or as advisories write them: ">= 1.0, < 2.0"
//   nginx, openssl               lists: "0.8.40+, 0.7.52-0.7.60", "3.0.0, 1.0.1b"
//   any other                    comparisons, of which all have to hold; "||" between alternatives
// Nothing where the text is none of its scheme's ranges, where the order of its versions is not known, or where no
// version can be in it. Pre-releases count by their order alone: who asks whether a version is affected wants them.
std::optional<VersionRange> range_from_native(std::string_view scheme, std::string_view text);

// OSV's: from where a flaw came in ("0": always) to where it was fixed, or to the last version with it.
struct RangeEvent {
  enum class Kind { introduced, fixed, last_affected } kind = Kind::introduced;
  std::string version;
};

// All that the lists of events hold, in any order each, and the versions that are named one by one.
std::optional<VersionRange> range_from_events(std::string_view scheme, std::vector<std::vector<RangeEvent>> ranges,
                                              const std::vector<std::string>& versions = {});

}  // namespace gate::model
