#include <gtest/gtest.h>

#include "gate/model/condition.h"

namespace gate::model {
namespace {

TEST(Condition, ReadsWhatItWrites) {
  for (const char* text : {"not_literal(1)", "equals(2, SSL_VERIFY_NONE)", "equals(3, -1)", "flag_set(2, O_CREAT)",
                           "format_unbounded(1)", "sizeof_pointer(3)", "size_of_source(3)", "equals(1, ns::value)",
                           "equals(2, CURLOPT_SSL_VERIFYPEER) and equals(3, 0)"}) {
    const auto condition = parse_condition(text);
    ASSERT_TRUE(condition) << text;
    EXPECT_EQ(to_text(*condition), text);
  }
}

TEST(Condition, RefusesAllOtherForms) {
  for (const char* text : {"",
                           "not_literal",
                           "not_literal()",
                           "not_literal(0)",
                           "not_literal(100)",
                           "not_literal(01)",
                           "not_literal(1, x)",
                           "not_literal(1) ",
                           " not_literal(1)",
                           "not_literal( 1)",
                           "equals(2)",
                           "equals(2,x)",
                           "equals(2, )",
                           "equals(2, a b)",
                           "equals(2, -)",
                           "is_literal(1)",
                           "not_literal(1) and ",
                           "and not_literal(1)",
                           "not_literal(1)  and not_literal(2)",
                           "not_literal(1) or not_literal(2)",
                           "not_literal(1) and not_literal(2) and not_literal(3) and not_literal(4) and not_literal(5)",
                           "not_literal(99999999999)",
                           "Not_literal(1)",
                           "not_literal(1"}) {
    EXPECT_FALSE(parse_condition(text)) << text;
  }
}

TEST(Condition, SaysItInWords) {
  EXPECT_EQ(in_words(*parse_condition("not_literal(1)")), "whose argument 1 is no literal");
  EXPECT_EQ(in_words(*parse_condition("equals(2, A) and equals(3, 0)")), "whose argument 2 is A and argument 3 is 0");
  EXPECT_EQ(in_words(*parse_condition("flag_set(2, O_CREAT)")), "whose argument 2 has O_CREAT set");
}

}  // namespace
}  // namespace gate::model
