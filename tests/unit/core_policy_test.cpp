#include <gtest/gtest.h>

#include <string>

#include "gate/core/policy.h"

namespace gate {
namespace {

TEST(Glob, StarStaysWithinAFolder) {
  EXPECT_TRUE(glob_matches("src/*.c", "src/a.c"));
  EXPECT_FALSE(glob_matches("src/*.c", "src/b/a.c"));
  EXPECT_FALSE(glob_matches("*.c", "src/a.c"));
  EXPECT_TRUE(glob_matches("*", "a"));
  EXPECT_FALSE(glob_matches("*", "a/b"));
}

TEST(Glob, TwoStarsCrossFolders) {
  EXPECT_TRUE(glob_matches("third_party/**", "third_party/a/b.c"));
  EXPECT_FALSE(glob_matches("third_party/**", "src/third_party/a.c"));
  EXPECT_TRUE(glob_matches("**/test/**", "test/a.c"));
  EXPECT_TRUE(glob_matches("**/test/**", "a/b/test/c/d.c"));
  EXPECT_FALSE(glob_matches("**/test/**", "a/contest/c.c"));
  EXPECT_TRUE(glob_matches("a/**/b", "a/b"));
  EXPECT_TRUE(glob_matches("a/**/b", "a/x/y/b"));
  EXPECT_FALSE(glob_matches("a/**/b", "a/xb"));
  EXPECT_TRUE(glob_matches("**/*.c", "a.c"));
  EXPECT_TRUE(glob_matches("**", ""));
}

TEST(Glob, NothingElseIsSpecial) {
  EXPECT_TRUE(glob_matches("a?c", "abc"));
  EXPECT_FALSE(glob_matches("a?c", "a/c"));
  EXPECT_FALSE(glob_matches("[ab]", "a"));
  EXPECT_TRUE(glob_matches("[ab]", "[ab]"));
  EXPECT_FALSE(glob_matches("a", "A"));
  EXPECT_FALSE(glob_matches("", "a"));
  EXPECT_TRUE(glob_matches("", ""));
}

// The grammar as a definition, exponential and obvious.
bool matches_by_definition(std::string_view glob, std::string_view path, bool segment_start) {
  if (glob.empty()) return path.empty();
  if (glob.starts_with("**/") && segment_start) {
    const std::string_view rest = glob.substr(3);
    if (matches_by_definition(rest, path, true)) return true;
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] == '/' && matches_by_definition(rest, path.substr(i + 1), true)) return true;
    }
    return false;
  }
  const bool deep = glob.starts_with("**");
  if (glob.front() == '*') {
    const std::string_view rest = glob.substr(deep ? 2 : 1);
    for (std::size_t i = 0; i <= path.size(); ++i) {
      if (matches_by_definition(rest, path.substr(i), false)) return true;
      if (i < path.size() && path[i] == '/' && !deep) return false;
    }
    return false;
  }
  if (path.empty() || (glob.front() == '?' ? path.front() == '/' : glob.front() != path.front())) return false;
  return matches_by_definition(glob.substr(1), path.substr(1), glob.front() == '/');
}

std::string word(unsigned number, std::string_view letters, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i, number /= letters.size()) text += letters[number % letters.size()];
  return text;
}

// A segment as people write them: no empty ones, no run of more than two stars.
bool is_sane(std::string_view text) {
  return text.find("//") == std::string_view::npos && text.find("***") == std::string_view::npos &&
         !text.starts_with('/') && !text.ends_with('/');
}

TEST(Glob, AgreesWithItsDefinitionOnEveryShortCase) {
  std::vector<std::string> globs, paths;
  for (std::size_t length = 1; length <= 6; ++length) {
    unsigned count = 1;
    for (std::size_t i = 0; i < length; ++i) count *= 4;
    for (unsigned n = 0; n < count; ++n) {
      if (auto glob = word(n, "a*/b", length); is_sane(glob)) globs.push_back(glob);
    }
  }
  for (std::size_t length = 1; length <= 6; ++length) {
    unsigned count = 1;
    for (std::size_t i = 0; i < length; ++i) count *= 3;
    for (unsigned n = 0; n < count; ++n) {
      if (auto path = word(n, "ab/", length); is_sane(path)) paths.push_back(path);
    }
  }
  int wrong = 0;
  for (const auto& glob : globs) {
    for (const auto& path : paths) {
      if (glob_matches(glob, path) == matches_by_definition(glob, path, true)) continue;
      if (++wrong <= 10) ADD_FAILURE() << glob << " against " << path << ": " << glob_matches(glob, path);
    }
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Glob, HostilePatternsEndSoon) {
  std::string stars, path(4000, 'a');
  for (int i = 0; i < 200; ++i) stars += "a*";
  EXPECT_FALSE(glob_matches(stars + "b", path));
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "**/";
  std::string folders;
  for (int i = 0; i < 2000; ++i) folders += "a/";
  EXPECT_FALSE(glob_matches(deep + "b", folders + "a"));
}

TEST(PathFilter, ExclusionWins) {
  PathFilter filter;
  EXPECT_TRUE(filter.covers("any/where.c"));
  filter.exclude = {"third_party/**"};
  EXPECT_FALSE(filter.covers("third_party/a.c"));
  EXPECT_TRUE(filter.covers("src/a.c"));
  filter.include = {"src/**", "third_party/**"};
  EXPECT_TRUE(filter.covers("src/a.c"));
  EXPECT_FALSE(filter.covers("third_party/a.c"));
  EXPECT_FALSE(filter.covers("tools/a.c"));
}

}  // namespace
}  // namespace gate
