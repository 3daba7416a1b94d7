#include <gtest/gtest.h>

#include "gate/policy/yaml.h"

namespace gate::policy {
namespace {

std::string complaints_about(std::string_view bytes) {
  Complaints complaints;
  (void)read_yaml("f", bytes, complaints);
  std::string text;
  for (const Complaint& complaint : complaints.take()) text += describe(complaint.at) + " " + complaint.what + "\n";
  return text;
}

Node read(std::string_view bytes) {
  Complaints complaints;
  const auto node = read_yaml("f", bytes, complaints);
  EXPECT_TRUE(complaints.empty()) << complaints_about(bytes);
  return node.value_or(Node{});
}

std::string place(const Position& at) { return std::to_string(at.line) + ":" + std::to_string(at.column); }

TEST(PolicyYaml, TypesPlainScalarsAsTheCoreSchema) {
  const Node list = read(
      "[true, True, FALSE, null, ~, 0, -12, +7, 0x1F, 0o17, 007, 9223372036854775807, -9223372036854775808, "
      "yes, off, No, 1.5, 1e3, 2027-01-31, 0x, -, 1_000, tRue, 1:30, .inf]");
  std::string types;
  for (const Node& node : *list.list()) {
    types += node.is_null() ? 'n' : node.boolean() ? 'b' : node.integer() ? 'i' : node.text() ? 't' : '?';
  }
  EXPECT_EQ(types, "bbbnniiiiiiiitttttttttttt");
  const auto number = [&](std::size_t i) { return *(*list.list())[i].integer(); };
  EXPECT_EQ(number(6), -12);
  EXPECT_EQ(number(7), 7);
  EXPECT_EQ(number(8), 31);
  EXPECT_EQ(number(9), 15);
  EXPECT_EQ(number(10), 7);
  EXPECT_EQ(number(12), INT64_MIN);
}

TEST(PolicyYaml, QuotedScalarsAreText) {
  const Node list = read("['1', \"true\", 'null', \"\", '', \"a\\u00e9\\tb\\nc\"]");
  for (const Node& node : *list.list()) EXPECT_NE(node.text(), nullptr);
  EXPECT_EQ(*list.list()->back().text(), "a\u00e9\tb\nc");
}

TEST(PolicyYaml, BlockScalarsKeepTheirLines) {
  EXPECT_EQ(*read("a: |\n  x\n   y\n").map()->front().value.text(), "x\n y\n");
  EXPECT_EQ(*read("a: >-\n  x\n  y\n").map()->front().value.text(), "x y");
  EXPECT_EQ(*read("a: |\r\n  x\r\n  y\r\n").map()->front().value.text(), "x\ny\n");
}

TEST(PolicyYaml, KnowsThePlaceOfEveryKeyAndValue) {
  const Node root = read("# c\n名前: 値\nlist:\n  - {a: 1, 鍵: [x, \"y\"]}\n  - b:\nlast: |\n  text\n");
  const auto& top = *root.map();
  ASSERT_EQ(top.size(), 3u);
  EXPECT_EQ(place(top[0].at), "2:1");
  EXPECT_EQ(place(top[0].value.at), "2:5") << "characters, not bytes";
  const auto& items = *top[1].value.list();
  EXPECT_EQ(place(items[0].at), "4:5");
  const auto& members = *items[0].map();
  EXPECT_EQ(place(members[1].at), "4:12");
  EXPECT_EQ(place(members[1].value.at), "4:15");
  EXPECT_EQ(place(members[1].value.list()->back().at), "4:19");
  EXPECT_EQ(place(items[1].map()->front().value.at), "5:5") << "what is not written stands at its key";
  EXPECT_EQ(place(top[2].value.at), "6:7");
}

TEST(PolicyYaml, CountsLinesThatEndInTwoCharacters) {
  EXPECT_EQ(place(read("名: 1\r\n\r\nb:\r\n  - 値\r\n").map()->back().value.list()->front().at), "4:5");
}

TEST(PolicyYaml, ReadsColonsInFlowCollections) {
  const Node list = read("[{name: std::gets, url: https://a.example/b}, a:b, \"x\":1]");
  EXPECT_EQ(*list.list()->front().map()->front().value.text(), "std::gets");
  EXPECT_EQ(*list.list()->front().map()->back().value.text(), "https://a.example/b");
}

TEST(PolicyYaml, KeepsTheOrderOfKeys) {
  const Node root = read("b: 1\na: 2\n");
  EXPECT_EQ(root.map()->front().key, "b");
}

TEST(PolicyYaml, TakesAByteOrderMarkForNothing) {
  EXPECT_EQ(place(read("\xEF\xBB\xBF"
                       "a: 1\n")
                      .map()
                      ->front()
                      .at),
            "1:1");
}

TEST(PolicyYaml, DuplicatesDoNotStopTheRest) {
  Complaints complaints;
  const auto root = read_yaml("f", "a: 1\na: 2\nb: {c: 1, \"c\": 2}\n", complaints);
  ASSERT_TRUE(root);
  EXPECT_EQ(*root->map()->front().value.integer(), 1) << "the first one stays";
  EXPECT_EQ(complaints.size(), 2u);
}

TEST(PolicyYaml, RefusesWhatIsNotPlainData) {
  EXPECT_EQ(complaints_about("a: &x 1\n"), "f:1:4 anchors (&name) are not accepted\n");
  EXPECT_EQ(complaints_about("a: &x\n"), "f:1:4 anchors (&name) are not accepted\n");
  EXPECT_EQ(complaints_about("&x a: 1\n"), "f:1:1 anchors (&name) are not accepted\n");
  EXPECT_EQ(complaints_about("a: &x [1]\nb: *x\n"),
            "f:1:4 anchors (&name) are not accepted\nf:2:4 aliases (*name) are not accepted; write the value out\n");
  EXPECT_NE(complaints_about("a: *x\n"), "");
  EXPECT_EQ(complaints_about("<<: {a: 1}\n"), "f:1:1 merge keys (<<) are not accepted; write the members out\n");
  EXPECT_EQ(complaints_about("\"<<\": 1\n"), "") << "quoted, it is a key like any other";
  for (const char* tagged : {"a: !!str 1\n", "a: !x [1]\n", "a: ! 1\n", "a: !<?> \"1\"\n", "!!map {a: 1}\n",
                             "!a b: 1\n", "a: !!null\n", "a: !<?> {b: 1}\n"}) {
    EXPECT_NE(complaints_about(tagged).find("tags (!name) are not accepted"), std::string::npos) << tagged;
  }
}

TEST(PolicyYaml, RefusesKeysThatAreNoText) {
  for (const char* text :
       {"1: a\n", "true: a\n", "null: a\n", "~: a\n", "[a]: b\n", "{a: b}: c\n", "? {a: b}\n: c\n"}) {
    EXPECT_NE(complaints_about(text).find("a key must be text"), std::string::npos) << text;
  }
  EXPECT_NE(complaints_about(": a\n"), "") << "no key at all";
  EXPECT_EQ(complaints_about("\"1\": a\non: b\n"), "");
}

TEST(PolicyYaml, RefusesFurtherDocumentsAndDirectives) {
  EXPECT_NE(complaints_about("a: 1\n---\nb: 2\n").find("f:2:1 a second document"), std::string::npos);
  EXPECT_NE(complaints_about("---\n---\n").find("a second document"), std::string::npos);
  EXPECT_NE(complaints_about("# c\n\n%TAG ! tag:x,2000:\n---\na: 1\n").find("f:3:1 directives"), std::string::npos);
  EXPECT_EQ(complaints_about("---\na: 1\n...\n"), "");
  EXPECT_EQ(complaints_about("a: |\n  %x\nb: 100%\n"), "");
}

TEST(PolicyYaml, CapsDepthAndSize) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(complaints_about(nested(32)), "");
  EXPECT_NE(complaints_about(nested(33)).find("more than 32 levels"), std::string::npos);
  std::string maps;
  for (int i = 0; i < 40; ++i) maps += std::string(i, ' ') + "a:\n";
  EXPECT_NE(complaints_about(maps).find("more than 32 levels"), std::string::npos);
  EXPECT_NE(complaints_about(std::string((1 << 20) + 1, ' ')).find("larger than"), std::string::npos);
  EXPECT_NE(complaints_about(std::string(100'000, '[')), "");
}

TEST(PolicyYaml, RefusesBytesThatAreNoText) {
  EXPECT_EQ(complaints_about("a: b\nc: \xC3\n"), "f:2:4 not UTF-8\n");
  EXPECT_EQ(complaints_about("a: \xC0\xAF\n"), "f:1:4 not UTF-8\n");
  EXPECT_EQ(complaints_about("a: \xED\xA0\x80\n"), "f:1:4 not UTF-8\n");
  EXPECT_EQ(complaints_about(std::string_view("a: \0\n", 5)), "f:1:4 control character U+0000\n");
  EXPECT_EQ(complaints_about("a: \x1b[2J\n"), "f:1:4 control character U+001B\n");
  EXPECT_EQ(complaints_about("a: \xC2\x9B\n"), "f:1:4 control character U+009B\n");
  EXPECT_EQ(complaints_about("a: 1\rb: 2\n"), "f:1:5 a carriage return without a line feed\n");
  EXPECT_EQ(complaints_about("a: \xE2\x81\xA6x\n"), "f:1:4 U+2066, which turns the direction of text\n");
  EXPECT_EQ(complaints_about("a: b\xE2\x80\xA8 c\n"), "f:1:5 U+2028, which ends a line for some readers\n");
  EXPECT_EQ(complaints_about("a: \"\\x1b\"\n"), "f:1:4 a control character in text\n");
  EXPECT_EQ(complaints_about("a: \"\\0\"\n"), "f:1:4 a control character in text\n");
  EXPECT_NE(complaints_about("a: \"\\ud800\"\n"), "");
  EXPECT_EQ(complaints_about("a: \xEF\xBF\xBD\n"), "") << "the replacement character itself is a character";
  EXPECT_NE(complaints_about(std::string_view("\xFF\xFE"
                                              "a\0:\0",
                                              6)),
            "")
      << "UTF-16";
}

TEST(PolicyYaml, SaysWhereItIsNoYaml) {
  for (const char* text :
       {"a: b: c\n", "a: [1\n", "a: \"b\n", "]\n", "a: 'b' c\n", "a:\n  b\n c: d\n", "a: %\n", "@a\n"}) {
    EXPECT_NE(complaints_about(text).find("not YAML"), std::string::npos) << text;
  }
  EXPECT_EQ(complaints_about("a:\n  b: 1\n\tc: 2\n"), "f:3:1 not YAML: a tab cannot indent; use blanks\n");
  EXPECT_EQ(complaints_about("a: 'it''s\n"), "f:1:4 not YAML: the quote is not closed\n");
  EXPECT_EQ(complaints_about("a: \"b\\\"\n"), "f:1:4 not YAML: the quote is not closed\n");
  EXPECT_EQ(complaints_about("a: 'it''s'\nb: \"\\\"\""), "");
  EXPECT_EQ(complaints_about(""), "f the file is empty\n");
}

TEST(PolicyComplaint, CaretStandsUnderThePlace) {
  const auto shown = [](std::string line, int column) {
    return describe(Complaint{{"f", 1, column}, "w", "", std::move(line)});
  };
  EXPECT_EQ(shown("abc", 1), "f:1:1: w\n  abc\n  ^");
  EXPECT_EQ(shown("日本 x", 4), "f:1:4: w\n  日本 x\n       ^");
  EXPECT_EQ(shown("\ta\tb", 4), "f:1:4: w\n  \ta\tb\n  \t \t^");
  EXPECT_EQ(shown("e\u0301x", 3), "f:1:3: w\n  e\u0301x\n   ^") << "a combining mark takes no column";
  EXPECT_EQ(shown("a\x1b[2Jb", 1), "f:1:1: w\n  a?[2Jb\n  ^");
  EXPECT_EQ(shown("abc", 4), "f:1:4: w\n  abc\n     ^") << "right behind the end";
  EXPECT_EQ(shown("abc", 5), "f:1:5: w\n  abc") << "the line was cut before the place";
  EXPECT_EQ(describe(Complaint{{"f", 0, 0}, "w", "did you mean 'x'?", ""}), "f: w (did you mean 'x'?)");
}

TEST(PolicyComplaint, SuggestsWhatIsNear) {
  EXPECT_EQ(suggest("lvel", {"level", "paths"}), "did you mean 'level'?");
  EXPECT_EQ(suggest("pahts", {"level", "paths"}), "did you mean 'paths'?");
  EXPECT_EQ(suggest("maximum", {"max_severity", "unscored"}), "did you mean 'max_severity'?");
  EXPECT_EQ(suggest("unsigned-commit", {"signing/unsigned-commit", "sca/x"}),
            "did you mean 'signing/unsigned-commit'?");
  EXPECT_EQ(suggest("sca/goto", {"code/a", "sca/b"}), "known: code/a, sca/b");
  EXPECT_EQ(suggest("zzz", {"1", "2", "3", "4", "5", "6", "7", "8", "9"}), "");
  EXPECT_EQ(suggest(std::string(1 << 20, 'a'), {"aa"}), "known: aa");
  EXPECT_EQ(suggest("", {}), "");
}

TEST(PolicyComplaint, IsShortAndCounted) {
  Complaints complaints;
  complaints.open("f", std::string(10'000, 'x'));
  for (int i = 0; i < 1000; ++i) complaints.add({"f", 1, 1}, "what " + std::to_string(i));
  const auto all = complaints.take();
  EXPECT_EQ(all.size(), 201u);
  EXPECT_LE(all[5].line.size(), 400u);
  EXPECT_EQ(quote(std::string(100, 'a')), "'" + std::string(60, 'a') + "…'");
}

}  // namespace
}  // namespace gate::policy
