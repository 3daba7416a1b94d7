#include "gate/core/check.h"

#include <gtest/gtest.h>

namespace gate {
namespace {

TEST(CoreCheck, WithoutChildrenNothingWasLookedAt) {
  Check check{.code = "group"};
  EXPECT_EQ(check.outcome, CheckOutcome::not_looked);
  EXPECT_EQ(check.first_problem(), &check);
}

TEST(CoreCheck, IsAsGoodAsItsWorstChild) {
  Check check;
  EXPECT_TRUE(check.passed("a", "a"));
  EXPECT_TRUE(check.is_ok());
  EXPECT_EQ(check.first_problem(), nullptr);
  EXPECT_FALSE(check.not_looked("b", "b"));
  EXPECT_EQ(check.outcome, CheckOutcome::not_looked);
  EXPECT_FALSE(check.failed("c", "c"));
  EXPECT_EQ(check.outcome, CheckOutcome::failed);
  EXPECT_TRUE(check.passed("d", "d"));
  EXPECT_FALSE(check.not_looked("e", "e"));
  EXPECT_EQ(check.outcome, CheckOutcome::failed);
  EXPECT_EQ(check.first_problem()->code, "b");
}

TEST(CoreCheck, ProblemsAreFoundInsideGroups) {
  Check root, group{.code = "group"};
  root.passed("a", "a");
  group.passed("b", "b");
  group.differs("c", "c", "wanted", "got");
  EXPECT_FALSE(root.add(std::move(group)));
  EXPECT_EQ(root.first_problem()->code, "c");
  EXPECT_EQ(root.first_problem()->expected, "wanted");
  EXPECT_FALSE(root.add({.code = "empty group"}));
}

TEST(CoreCheck, ErrorsBringTheirPlace) {
  Check check{.where = {"file", {}, "/here"}};
  check.refused("a", {Errc::malformed, "bad", {"other", {}, "/there"}});
  check.refused("b", {Errc::malformed, "bad", {}});
  EXPECT_EQ(check.children[0].where.at, "/there");
  EXPECT_EQ(check.children[1].where.at, "/here");
}

}  // namespace
}  // namespace gate
