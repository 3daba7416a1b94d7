#include "gate/model/decision_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gate::model {
namespace {

std::string why_not(std::vector<DecisionRow> rows) {
  const auto table = DecisionTable::make(std::move(rows));
  return table ? "" : table.error().what;
}

const std::vector<DecisionRow> square{{{{"a", "no"}, {"b", "no"}}, {"track", 0, -1}},
                                      {{{"a", "no"}, {"b", "yes"}}, {"attend", 1, 14}},
                                      {{{"a", "yes"}, {"b", "no"}}, {"track", 0, -1}},
                                      {{{"a", "yes"}, {"b", "yes"}}, {"act", 2, 3}}};

std::vector<std::string> names(const PossibleValues& known) {
  std::vector<std::string> names;
  for (const auto& outcome : DecisionTable::make(square)->outcomes(known)) names.push_back(outcome.name);
  return names;
}

TEST(ModelDecisionTable, Conditions) {
  const auto conditions = parse_conditions("exploitation public poc, automatable no");
  ASSERT_TRUE(conditions);
  EXPECT_EQ(*conditions, (Conditions{{"exploitation", "public poc"}, {"automatable", "no"}}));
  for (const char* text : {"", ",", "a", "a b,", "a b, c", "a b, a c"}) EXPECT_FALSE(parse_conditions(text)) << text;
}

TEST(ModelDecisionTable, WhatIsUnknownLeavesAllThatIsPossible) {
  EXPECT_EQ(names({}), (std::vector<std::string>{"act", "attend", "track"}));
  EXPECT_EQ(names({{"a", {"no"}}}), (std::vector<std::string>{"attend", "track"}));
  EXPECT_EQ(names({{"a", {"yes"}}, {"b", {"no", "yes"}}}), (std::vector<std::string>{"act", "track"}));
  EXPECT_EQ(names({{"a", {"yes"}}, {"b", {"no"}}}), (std::vector<std::string>{"track"}));
  EXPECT_EQ(names({{"a", {"maybe"}}}), std::vector<std::string>{});
  EXPECT_EQ(names({{"other", {"maybe"}}, {"b", {"no"}}}), (std::vector<std::string>{"track"}));
}

// Knowing more never makes it more urgent than the worst that was possible before.
TEST(ModelDecisionTable, KnowingMoreLeavesFewerOutcomes) {
  const auto table = DecisionTable::make(square);
  const auto all = table->outcomes({});
  for (const DecisionRow& row : square) {
    PossibleValues known;
    for (const auto& [point, value] : row.when) known[point] = {value};
    const auto outcomes = table->outcomes(known);
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes.front(), row.outcome);
    EXPECT_LE(outcomes.front().rank, all.front().rank);
  }
}

TEST(ModelDecisionTable, WhatIsNoTable) {
  EXPECT_EQ(why_not({}), "a decision table without a row");
  auto rows = square;
  rows.pop_back();
  EXPECT_EQ(why_not(rows), "not every combination of values has a row");
  rows.push_back(rows.front());
  EXPECT_EQ(why_not(rows), "two rows have the same conditions");
  rows.back() = {{{"a", "yes"}}, {"act", 2, 3}};
  EXPECT_EQ(why_not(rows), "not every row has the same points");
  rows.back() = {{{"a", "yes"}, {"b", "yes"}}, {"attend", 2, 14}};
  EXPECT_EQ(why_not(rows), "the outcome 'attend' has two ranks or times");
  std::vector<DecisionRow> many;
  for (int i = 0; i <= 10'000; ++i) many.push_back({{{"a", std::to_string(i)}}, {"track"}});
  EXPECT_EQ(why_not(many), "a decision table of more than 10,000 rows");
}

}  // namespace
}  // namespace gate::model
