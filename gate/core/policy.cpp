#include "gate/core/policy.h"

#include <algorithm>

namespace gate {

std::string_view name(Level level) {
  switch (level) {
    case Level::off: return "off";
    case Level::warn: return "warn";
    case Level::fail: return "fail";
  }
  return "fail";
}

// Backtracks to the last star only, so the cost is at most the product of both lengths.
bool glob_matches(std::string_view glob, std::string_view path) {
  std::size_t g = 0, p = 0;
  constexpr std::size_t none = std::string_view::npos;
  std::size_t star_g = none, star_p = 0, deep_g = none, deep_p = 0;
  while (true) {
    if (g < glob.size() && glob[g] == '*') {
      if (g + 1 < glob.size() && glob[g + 1] == '*') {
        g += 2;
        // "a/**/b" also matches "a/b": the slash after the stars belongs to them.
        if (g < glob.size() && glob[g] == '/' && (g == 2 || glob[g - 3] == '/')) {
          deep_g = g + 1;
          deep_p = p;
          star_g = none;
          g = deep_g;
          continue;
        }
        deep_g = g;
        deep_p = p;
        star_g = none;
      } else {
        star_g = ++g;
        star_p = p;
      }
      continue;
    }
    if (p < path.size() && g < glob.size() && (glob[g] == path[p] || (glob[g] == '?' && path[p] != '/'))) {
      ++g;
      ++p;
      continue;
    }
    if (p == path.size() && g == glob.size()) return true;
    if (star_g != none && star_p < path.size() && path[star_p] != '/') {
      p = ++star_p;
      g = star_g;
      continue;
    }
    if (deep_g != none && deep_p < path.size()) {
      // After "**/" a match starts at a folder's first byte only.
      ++deep_p;
      if (glob[deep_g - 1] == '/') {
        while (deep_p < path.size() && path[deep_p - 1] != '/') ++deep_p;
        if (deep_p == path.size()) return false;
      }
      p = deep_p;
      g = deep_g;
      star_g = none;
      continue;
    }
    return false;
  }
}

// What the policy names stands for nothing that it merely begins or contains.
bool TrustedIdentity::covers(std::string_view certified_name, std::string_view certified_issuer) const {
  if (name.empty() || issuer.empty() || issuer != certified_issuer) return false;
  return is_glob ? glob_matches(name, certified_name) : name == certified_name;
}

bool PathFilter::covers(std::string_view path) const {
  const auto matches = [path](const std::string& glob) { return glob_matches(glob, path); };
  if (std::any_of(exclude.begin(), exclude.end(), matches)) return false;
  return include.empty() || std::any_of(include.begin(), include.end(), matches);
}

}  // namespace gate
