#include <gtest/gtest.h>

#include "gate/json/value.h"

namespace {

using namespace gate;
using json::parse;

struct Bad {
  std::string bytes;
  std::string at;
  std::string what;  // a part of the message; may be empty
};

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

void expect_refused(const Bad& bad, Errc code = Errc::malformed, const json::Limits& limits = {}) {
  SCOPED_TRACE(bad.bytes.substr(0, 60));
  const auto value = parse(bad.bytes, "in.json", limits);
  ASSERT_FALSE(value) << "accepted";
  EXPECT_EQ(value.error().code, code);
  EXPECT_EQ(value.error().where.artifact, "in.json");
  EXPECT_EQ(value.error().where.at, bad.at);
  EXPECT_NE(value.error().what.find(bad.what), std::string::npos) << value.error().what;
}

TEST(JsonReader, RefusesWithPosition) {
  const std::string nul(1, '\0');
  for (const Bad& bad : std::vector<Bad>{
           {"", "1:1", "ends before"},
           {" \n ", "2:2", "ends before"},
           {"\xEF\xBB\xBF{}", "1:1", "byte order mark"},
           {"{", "1:2", "ends before"},
           {"[1,\n2", "2:2", "ends before"},
           {"\"abc", "1:5", "ends before"},
           {"tru", "1:4", "ends before"},
           {"[1]]", "1:4", "after the end"},
           {"1 2", "1:3", "after the end"},
           {"{}\n\n {}", "3:2", "after the end"},
           {"[]" + nul, "1:3", "after the end"},
           {"[1,]", "1:4", "not JSON"},
           {"[,1]", "1:2", "not JSON"},
           {"[1 2]", "1:4", "not JSON"},
           {"{\"a\":1,}", "1:8", "not JSON"},
           {"{\"a\" 1}", "1:6", "not JSON"},
           {"{a:1}", "1:2", "not JSON"},
           {"{1:1}", "1:2", "not JSON"},
           {"{'a':1}", "1:2", "not JSON"},
           {"// x\n1", "1:1", "not JSON"},
           {"/**/1", "1:1", "not JSON"},
           {"NaN", "1:1", ""},
           {"[Infinity]", "1:2", ""},
           {"-Infinity", "1:2", ""},
           {"+1", "1:1", ""},
           {"01", "1:2", "after the end"},
           {"-01", "1:3", "after the end"},
           {".5", "1:1", ""},
           {"1.", "1:3", ""},
           {"1.e1", "1:3", ""},
           {"1e", "1:3", ""},
           {"0x10", "1:2", ""},
           {"-", "1:2", ""},
           {"True", "1:1", ""},
           {"\"a\tb\"", "1:3", ""},
           {"\"a\nb\"", "1:3", ""},
           {"\"\\x41\"", "1:3", ""},
           {"\"\\u00G0\"", "1:6", ""},
           {"\"" + nul + "\"", "1:2", ""},
           {"[\"a\",\n\"\xFF\"]", "2:2", "UTF-8"},
           {"\"\xC0\xAF\"", "1:2", "UTF-8"},          // overlong
           {"\"\xED\xA0\x80\"", "1:2", "UTF-8"},      // encoded surrogate
           {"\"\xF4\x90\x80\x80\"", "1:2", "UTF-8"},  // beyond U+10FFFF
           {"\"\xE3\x81\"", "1:2", ""},               // cut short
           {"{\"\xFF\":1}", "1:3", "UTF-8"},
       }) {
    expect_refused(bad);
  }
}

TEST(JsonReader, RefusesLoneSurrogates) {
  for (const char* text :
       {R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\u0041")", R"("\ud800\ud800")", R"({"\udfff":1})"}) {
    const auto value = parse(text, "in.json");
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, Errc::malformed);
    EXPECT_FALSE(value.error().where.at.empty());
  }
  const auto pair = parse(R"("\ud83d\ude00")", "in.json");
  ASSERT_TRUE(pair);
  EXPECT_EQ(*pair->text(), "\xF0\x9F\x98\x80");
}

TEST(JsonReader, RefusesDuplicateKeysAfterUnescaping) {
  expect_refused({"{\"a\":1,\n \"a\":2}", "2:4", "'a' comes twice"});
  expect_refused({"{\"a\":1,\"\\u0061\":2}", "1:15", "'a' comes twice"});
  expect_refused({"[{\"b\":{\"\":1,\"\":2}}]", "1:14", "'' comes twice"});
  EXPECT_TRUE(parse(R"({"a":{"a":1},"b":{"a":1}})", "in.json"));
  EXPECT_TRUE(parse(R"({"a":1,"A":2,"a ":3})", "in.json"));
}

TEST(JsonReader, HoldsTheLimits) {
  const json::Limits limits{.bytes = 40, .depth = 3, .values = 5};
  expect_refused({std::string(41, ' '), "1:41", "40 bytes"}, Errc::too_large, limits);
  EXPECT_TRUE(parse("[[[]]]", "in.json", limits));
  expect_refused({"[[[[]]]]", "1:4", "deep"}, Errc::too_large, limits);
  expect_refused({"{\"a\":{\"a\":{\"a\":{}}}}", "1:16", "deep"}, Errc::too_large, limits);
  EXPECT_TRUE(parse("[1,2,3,4]", "in.json", limits));
  expect_refused({"[1,2,3,4,5]", "1:11", "too many values"}, Errc::too_large, limits);
  EXPECT_TRUE(parse(repeated("[", 64) + repeated("]", 64), "in.json"));
  expect_refused({repeated("[", 65) + repeated("]", 65), "1:65", "deep"}, Errc::too_large);
  expect_refused({repeated("[", 1'000'000), "1:65", "deep"}, Errc::too_large);
  expect_refused({repeated("{\"a\":", 200'000), "1:321", "deep"}, Errc::too_large);
}

TEST(JsonReader, ReadsNumbersExactly) {
  const auto integer = [](std::string_view text) {
    const auto value = parse(text, "in.json");
    return value && value->integer() ? std::optional(*value->integer()) : std::nullopt;
  };
  EXPECT_EQ(integer("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(integer("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(integer("-0"), 0);
  EXPECT_EQ(integer("0"), 0);
  EXPECT_EQ(integer("1234567890123456"), 1234567890123456);
  for (const char* text : {"9223372036854775808", "-9223372036854775809", "18446744073709551616",
                           "100000000000000000000000000000000000000000"}) {
    const auto value = parse(text, "in.json");
    ASSERT_FALSE(value) << text;
    EXPECT_NE(value.error().what.find("integer beyond 64 bits"), std::string::npos);
  }
  const auto real = [](std::string_view text) {
    const auto value = parse(text, "in.json");
    return value && value->real() ? std::optional(*value->real()) : std::nullopt;
  };
  EXPECT_EQ(real("0.1"), 0.1);
  EXPECT_EQ(real("-1.5e3"), -1500.0);
  EXPECT_EQ(real("1E+2"), 100.0);
  EXPECT_EQ(real("5e-324"), 5e-324);
  EXPECT_EQ(real("1.7976931348623157e308"), 1.7976931348623157e308);
  EXPECT_EQ(real("0.30000000000000004"), 0.30000000000000004);
  EXPECT_EQ(real("9007199254740993.0"), 9007199254740992.0);
  EXPECT_EQ(real("7.038531e-26"), 7.038531e-26);  // where hasty conversions miss the nearest double
  EXPECT_EQ(real("0e99999"), 0.0);
  for (const char* text : {"1e309", "-1e309", "1e99999999999999999999", "1e-400", "1e-99999999999999999999"}) {
    const auto value = parse(text, "in.json");
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, Errc::malformed);
    EXPECT_NE(value.error().what.find("range of a double"), std::string::npos) << text << value.error().what;
  }
}

TEST(JsonReader, ReadsEveryKindOfValue) {
  const auto value = parse(
      " {\"n\":null,\"t\":true,\"f\":false,\"i\":-3,\"r\":2.5,\"s\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u0000\",\r\n"
      "\"a\":[[],{},\"\"]} ",
      "in.json");
  ASSERT_TRUE(value) << describe(value.error());
  EXPECT_TRUE(value->find("n")->is_null());
  EXPECT_EQ(*value->find("t")->boolean(), true);
  EXPECT_EQ(*value->find("f")->boolean(), false);
  EXPECT_EQ(*value->find("i")->integer(), -3);
  EXPECT_EQ(*value->find("r")->real(), 2.5);
  EXPECT_EQ(*value->find("s")->text(), std::string("\"\\/\b\f\n\r\t\xC3\xA9\0", 11));
  ASSERT_EQ(value->find("a")->array()->size(), 3u);
  EXPECT_EQ(value->find("absent"), nullptr);
}

TEST(JsonReader, ManyKeysCostLittle) {
  std::string text = "{";
  for (int i = 0; i < 200'000; ++i) text += (i ? ",\"k" : "\"k") + std::to_string(200'000 - i) + "\":1";
  EXPECT_TRUE(parse(text + "}", "in.json"));
}

}  // namespace
