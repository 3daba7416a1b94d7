#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/ci/ci.h"

namespace gate::ci {
namespace {

std::size_t lines_with(const std::string& text, std::string_view start) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) count += text.substr(at).starts_with(start);
  return count;
}

TEST(CiAnnotations, NothingGivesNothing) { EXPECT_EQ(github_annotations({}), ""); }

TEST(CiAnnotations, OneFindingIsOneCommand) {
  EXPECT_EQ(github_annotations({{true, "src/a.cpp", 12, 3, "code/banned-function", "strcpy is banned"}}),
            "::error file=src/a.cpp,line=12,col=3,title=code/banned-function::strcpy is banned\n");
  EXPECT_EQ(github_annotations({{false, "", 0, 0, "", "no place"}}), "::warning::no place\n");
}

TEST(CiAnnotations, StructureInTheTextStaysText) {
  EXPECT_EQ(github_annotations({{true, "a,line=1:b%.c", 1, 0, "t:1,2", "50%\r\n::set-output name=decision::pass"}}),
            "::error file=a%2Cline=1%3Ab%25.c,line=1,title=t%3A1%2C2::50%25%0D%0A::set-output name=decision::pass\n");
}

TEST(CiAnnotations, TenALevelAndTheTenthCountsTheRest) {
  std::vector<Annotation> annotations;
  for (int i = 0; i < 10; ++i) annotations.push_back({true, "", 0, 0, "", "e" + std::to_string(i)});
  for (int i = 0; i < 13; ++i) annotations.push_back({false, "", 0, 0, "", "w" + std::to_string(i)});
  const std::string text = github_annotations(annotations);
  EXPECT_EQ(lines_with(text, "::error"), 10u);
  EXPECT_NE(text.find("::error::e9\n"), std::string::npos);
  EXPECT_EQ(lines_with(text, "::warning"), 10u);
  EXPECT_NE(text.find("::warning::w8\n::warning::4 more warnings: see the report\n"), std::string::npos);
  EXPECT_EQ(text.find("w9"), std::string::npos);
}

}  // namespace
}  // namespace gate::ci
