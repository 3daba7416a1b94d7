#include <gtest/gtest.h>

#include <algorithm>

#include "gate/model/construct.h"

namespace gate::model {
namespace {

TEST(ModelConstruct, NamesAreSortedAndKnown) {
  const auto names = construct_names();
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
  for (const std::string_view name : names) EXPECT_TRUE(is_construct(name)) << name;
}

TEST(ModelConstruct, OthersAreNone) {
  for (const char* name : {"", "got", "gotos", "GOTO", "strcpy"}) EXPECT_FALSE(is_construct(name)) << name;
}

}  // namespace
}  // namespace gate::model
