// Large arrays, handed over element by element while reading.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "gate/json/value.h"

namespace gate::json {
namespace {

struct Taken {
  std::size_t array;
  std::string pointer, element, beside;
};

struct Streamed {
  std::vector<Taken> taken;
  Result<Value> value;
};

Streamed read(std::string_view text, std::vector<Path> arrays, const Limits& limits = {},
              std::vector<std::string_view> unread = {}) {
  std::vector<Taken> taken;
  const Stream stream{
      std::move(arrays), std::move(unread), [&](std::size_t array, const View& element, const Siblings& beside) {
        const Value* name = beside.find("name");
        taken.push_back(
            {array, element.pointer(), to_string(element.value()), name && name->text() ? *name->text() : "-"});
      }};
  auto value = parse(text, "report", limits, stream);
  return {std::move(taken), std::move(value)};
}

TEST(JsonStream, ElementsComeWithTheirPointersAndAreNotKept) {
  const auto got = read(R"({"a/b":[{"name":"first","list":[{"x":1},7,[8]],"late":true},{"list":["y"]}],"other":[1]})",
                        {{"a/b", "*", "list"}});
  ASSERT_TRUE(got.value);
  EXPECT_EQ(to_string(*got.value), R"({"a/b":[{"late":true,"list":[],"name":"first"},{"list":[]}],"other":[1]})");
  ASSERT_EQ(got.taken.size(), 4u);
  EXPECT_EQ(got.taken[0].pointer, "/a~1b/0/list/0");
  EXPECT_EQ(got.taken[0].element, R"({"x":1})");
  EXPECT_EQ(got.taken[0].beside, "first");
  EXPECT_EQ(got.taken[1].pointer, "/a~1b/0/list/1");
  EXPECT_EQ(got.taken[2].element, "[8]");
  EXPECT_EQ(got.taken[3].pointer, "/a~1b/1/list/0");
  EXPECT_EQ(got.taken[3].beside, "-");
}

TEST(JsonStream, SeveralArraysAreToldApart) {
  const auto got = read(R"({"a":[1],"b":[2],"c":{"a":[3]}})", {{"b"}, {"a"}});
  ASSERT_TRUE(got.value);
  ASSERT_EQ(got.taken.size(), 2u);
  EXPECT_EQ(got.taken[0].array, 1u);
  EXPECT_EQ(got.taken[1].array, 0u);
  EXPECT_EQ(to_string(*got.value), R"({"a":[],"b":[],"c":{"a":[3]}})");
}

TEST(JsonStream, WhatIsNoArrayStays) {
  const auto got = read(R"({"a":{"x":1},"b":null})", {{"a"}, {"b"}});
  ASSERT_TRUE(got.value);
  EXPECT_TRUE(got.taken.empty());
  EXPECT_EQ(to_string(*got.value), R"({"a":{"x":1},"b":null})");
}

TEST(JsonStream, AsStrictAsReadingWhole) {
  for (const char* text : {R"({"a":[{"x":1,"x":2}]})", R"({"a":[1],"a":[2]})", R"({"a":[1)", R"({"a":[1]}})",
                           "{\"a\":[\"\xFF\"]}", R"({"a":["\ud800"]})", R"({"a":[01]})"}) {
    const auto whole = parse(text, "report");
    const auto got = read(text, {{"a"}});
    ASSERT_FALSE(whole) << text;
    ASSERT_FALSE(got.value) << text;
    EXPECT_EQ(got.value.error(), whole.error()) << text;
  }
}

TEST(JsonStream, WhatNobodyWantsIsCheckedAndDropped) {
  const auto got = read(
      R"({"t":"out","a":[{"t":"x\u0041","u":["l",["m"],{"t":"n","k":1}],"k":"kept","o":{"t":"in","k":"kept"}},"s"]})",
      {{"a"}}, {}, {"t", "u"});
  ASSERT_TRUE(got.value);
  EXPECT_EQ(to_string(*got.value), R"({"a":[],"t":"out"})");
  ASSERT_EQ(got.taken.size(), 2u);
  EXPECT_EQ(got.taken[0].element, R"({"k":"kept","o":{"k":"kept","t":""},"t":"","u":[[],{"k":1,"t":""}]})");
  EXPECT_EQ(got.taken[1].element, R"("s")");
  for (const char* text : {R"({"a":[{"t":"x","t":"x"}]})", "{\"a\":[{\"t\":\"\xFF\"}]}", R"({"a":[{"t":"\ud800"}]})"}) {
    const auto dropped = read(text, {{"a"}}, {}, {"t"}), kept = read(text, {{"a"}});
    ASSERT_FALSE(dropped.value || kept.value) << text;
    EXPECT_EQ(dropped.value.error(), kept.value.error()) << text;
  }
}

TEST(JsonStream, BytesAreGivenBackAsTheyAreRead) {
  std::string text = R"({"a":[)";
  while (text.size() < 5u << 20) text += "\"an element that may cross the end of a piece\", 123456789, ";
  text += "null]}";
  const auto run = [](std::string bytes, std::size_t& elements) {
    Stream stream{{{"a"}}, {}, [&](std::size_t, const View& element, const Siblings&) {
                    const auto* words = element.value().text();
                    elements += !words || *words == "an element that may cross the end of a piece";
                  }};
    stream.spent = [&bytes](std::size_t offset) { std::fill_n(bytes.begin(), offset, '\0'); };
    return parse(bytes, "report", {}, stream);
  };
  std::size_t elements = 0;
  ASSERT_TRUE(run(text, elements));
  EXPECT_EQ(elements, static_cast<std::size_t>(std::ranges::count(text, ',')) + 1);
  const auto cut = run(text.substr(0, text.size() - 1), elements);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().where.at, "byte " + std::to_string(text.size() - 1));
  EXPECT_FALSE(run(text + "}", elements));
  std::string beyond = text;
  beyond.resize(6u << 20, ' ');  // ends where a piece does
  EXPECT_TRUE(run(beyond, elements));
  EXPECT_FALSE(run(beyond + "{}", elements));
}

TEST(JsonStream, OnlyWhatIsKeptCountsAgainstTheLimit) {
  std::string text = R"({"a":[)";
  for (int i = 0; i < 100; ++i) text += R"({"x":[1,2,3]},)";
  text += "0]}";
  const Limits limits{.bytes = 1 << 20, .depth = 8, .values = 120};
  EXPECT_FALSE(parse(text, "report", limits));
  EXPECT_TRUE(read(text, {{"a"}}, limits).value);
  const Limits tiny{.bytes = 1 << 20, .depth = 8, .values = 3};
  EXPECT_FALSE(read(text, {{"a"}}, tiny).value);  // not even one element fits
}

}  // namespace
}  // namespace gate::json
