#include <gtest/gtest.h>

#include <cmath>

#include "gate/json/utf8.h"
#include "gate/json/value.h"

namespace {

using namespace gate;
using json::Value;
using json::View;

TEST(JsonWriter, IsCanonical) {
  const Value value{
      {"b", 1}, {"a", json::Array{true, nullptr, "x"}}, {"c", Value(json::Object())}, {"d", Value(json::Array())}};
  EXPECT_EQ(json::to_string(value), R"({"a":[true,null,"x"],"b":1,"c":{},"d":[]})");
  EXPECT_EQ(json::to_pretty_string(value),
            "{\n  \"a\": [\n    true,\n    null,\n    \"x\"\n  ],\n  \"b\": 1,\n  \"c\": {},\n  \"d\": []\n}\n");
}

TEST(JsonWriter, WritesNumbersThatReadBackAsTheSame) {
  for (const auto& [value, text] :
       std::vector<std::pair<Value, std::string>>{{0.1, "0.1"},
                                                  {1.0, "1.0"},
                                                  {-0.0, "-0.0"},
                                                  {1e300, "1e+300"},
                                                  {5e-324, "5e-324"},
                                                  {9223372036854775808.0, "9223372036854775808.0"},
                                                  {INT64_MIN, "-9223372036854775808"},
                                                  {std::uint64_t{7}, "7"},
                                                  {NAN, "null"},
                                                  {INFINITY, "null"}}) {
    EXPECT_EQ(json::to_string(value), text);
    const auto again = json::parse(text, "in.json");
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(json::to_string(*again), text);
  }
}

TEST(JsonWriter, EscapesWhatItMustAndNothingElse) {
  EXPECT_EQ(json::to_string("\"\\/\b\f\n\r\t"), R"("\"\\/\b\f\n\r\t")");
  EXPECT_EQ(json::to_string(std::string("\x01\x1F\x7F/", 4)), "\"\\u0001\\u001f\x7F/\"");
  EXPECT_EQ(json::to_string("é日😀"), "\"é日😀\"");
}

TEST(JsonWriter, ReplacesInvalidUtf8) {
  EXPECT_EQ(json::to_string("a\xFF"
                            "b"),
            "\"a\xEF\xBF\xBD"
            "b\"");
  EXPECT_EQ(json::to_string("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_EQ(json::to_string("\xE3\x81"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text{static_cast<char>(byte), 'x'};
    EXPECT_TRUE(json::parse(json::to_string(text), "in.json")) << byte;
  }
}

TEST(JsonUtf8, RoundTripsEveryCodePoint) {
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
    std::string text;
    json::append_utf8(text, code_point);
    std::size_t at = 0;
    ASSERT_EQ(json::next_code_point(text, at), code_point);
    ASSERT_EQ(at, text.size());
  }
}

TEST(JsonValue, GrowsByMembersAndElements) {
  Value value;
  value["list"].push_back(1);
  value["list"].push_back("two");
  value["list"] = Value(json::Array{3});
  EXPECT_EQ(json::to_string(value), R"({"list":[3]})");
  EXPECT_EQ(value.type(), "object");
  EXPECT_EQ(Value(2).number(), 2.0);
  EXPECT_EQ(Value("2").number(), std::nullopt);
  EXPECT_DEATH(Value(1)["x"], "no object");
  EXPECT_DEATH(Value("x").push_back(1), "no array");
  EXPECT_DEATH(Value(std::uint64_t{1} << 63), "63 bits");
}

class JsonView : public testing::Test {
 protected:
  Value value_ = *json::parse(R"({"a/b~":{"text":"x","none":null,"list":[1,{"k":"v"}],"n":5,"r":1.5}})", "in.json");
  View root_{value_, "in.json"};
  View inner_ = *root_.member("a/b~");
};

TEST_F(JsonView, ReadsWhatIsThere) {
  EXPECT_EQ(*inner_.text("text"), "x");
  EXPECT_EQ(*inner_.text_or("text", "y"), "x");
  EXPECT_EQ(*inner_.text_or("absent", "y"), "y");
  EXPECT_EQ(*inner_.text_or("none", "y"), "y");
  EXPECT_EQ(*inner_.integer("n"), 5);
  EXPECT_EQ(inner_.elements("list")->size(), 2u);
  EXPECT_TRUE(inner_.elements_or_none("absent")->empty());
  EXPECT_TRUE(inner_.elements_or_none("none")->empty());
  EXPECT_TRUE(inner_.has("none"));
  EXPECT_FALSE(inner_.find("none"));
  EXPECT_EQ(inner_.as_members()->size(), 5u);
  EXPECT_EQ(inner_.as_members()->front().first, "list");
}

TEST_F(JsonView, NamesThePlace) {
  EXPECT_EQ(inner_.pointer(), "/a~1b~0");
  EXPECT_EQ(inner_.elements("list")->at(1).member("k")->origin("ff"), (Origin{"in.json", "ff", "/a~1b~0/list/1/k"}));
}

template <class T>
void expect_error(const Result<T>& result, Errc code, std::string_view at) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, code) << describe(result.error());
  EXPECT_EQ(result.error().where.at, at);
}

TEST_F(JsonView, TellsMissingFromWrong) {
  expect_error(inner_.member("absent"), Errc::not_found, "/a~1b~0");
  expect_error(inner_.member("none"), Errc::not_found, "/a~1b~0");
  expect_error(inner_.text("absent"), Errc::not_found, "/a~1b~0");
  expect_error(inner_.text("n"), Errc::malformed, "/a~1b~0/n");
  expect_error(inner_.text_or("n", ""), Errc::malformed, "/a~1b~0/n");
  expect_error(inner_.integer("r"), Errc::malformed, "/a~1b~0/r");
  expect_error(inner_.integer("text"), Errc::malformed, "/a~1b~0/text");
  expect_error(inner_.elements("text"), Errc::malformed, "/a~1b~0/text");
  expect_error(inner_.elements_or_none("text"), Errc::malformed, "/a~1b~0/text");
  expect_error(inner_.as_text(), Errc::malformed, "/a~1b~0");
  expect_error(inner_.as_elements(), Errc::malformed, "/a~1b~0");
  const View list = *inner_.member("list");
  expect_error(list.as_members(), Errc::malformed, "/a~1b~0/list");
  expect_error(list.text_or("x", ""), Errc::malformed, "/a~1b~0/list");  // no object: not the fallback
  expect_error(list.elements_or_none("x"), Errc::malformed, "/a~1b~0/list");
}

}  // namespace
