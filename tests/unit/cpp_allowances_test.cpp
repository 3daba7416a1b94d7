// Comments that ask to let a finding pass, as they stand in files.
#include <gtest/gtest.h>

#include "adapters/cpp/allowances.h"

namespace gate::cpp {
namespace {

std::vector<Allowance> find(const std::string& text) { return find_allowances(text, "a.c"); }

Allowance one(const std::string& text) {
  const auto found = find(text);
  EXPECT_EQ(found.size(), 1u) << text;
  return found.empty() ? Allowance{} : found[0];
}

std::string lines(const Allowance& allowance) {
  return std::to_string(allowance.first) + "-" + std::to_string(allowance.last);
}

const std::string good = "gate: allow(code/banned-function) until 2027-01-31: checked above";

TEST(Allowances, SayWhatTheySay) {
  const Allowance allowance = one("int a;\n  f();  // " + good + "\n");
  EXPECT_EQ(allowance.rule, "code/banned-function");
  EXPECT_EQ(allowance.until, "2027-01-31");
  EXPECT_EQ(allowance.reason, "checked above");
  EXPECT_EQ(allowance.problem, "");
  EXPECT_EQ(allowance.at, (Location{"a.c", 2, 9}));
  EXPECT_EQ(allowance.origin.at, "2:9");
}

TEST(Allowances, SpeakAboutTheirLineOrTheNext) {
  EXPECT_EQ(lines(one("f();  // " + good + "\ng();\n")), "1-1");
  EXPECT_EQ(lines(one("f();  /* " + good + " */\ng();\n")), "1-1");
  EXPECT_EQ(lines(one("/* " + good + " */ f();\ng();\n")), "1-1");
  EXPECT_EQ(lines(one("// " + good + "\ng();\n")), "2-2");
  EXPECT_EQ(lines(one("/* " + good + "\n   in two lines */\ng();\n")), "3-3");
  EXPECT_EQ(lines(one("int a;\n\n  // " + good + "\n")), "4-4") << "the file ends there";
  EXPECT_EQ(lines(one("// " + good)), "2-2");
  EXPECT_EQ(lines(one("\r\n// " + good + "\r\ng();\r\n")), "3-3");
}

TEST(Allowances, BelowEachOtherSpeakAboutTheSameLine) {
  const auto found = find("// " + good + "\n/* " + good + " */\n// " + good + "\ng();\n");
  ASSERT_EQ(found.size(), 3u);
  for (const Allowance& allowance : found) EXPECT_EQ(lines(allowance), "4-4");
  EXPECT_EQ(lines(find("// " + good + "\n\n// " + good + "\ng();\n")[0]), "2-2") << "not across an empty line";
}

TEST(Allowances, SpeakAboutAMacrosWholeDefinition) {
  const std::string macro = "#define COPY(d, s) \\\n  do { \\\n    strcpy(d, s); \\\n  } while (0)\nint a;\n";
  EXPECT_EQ(lines(one("// " + good + "\n" + macro)), "2-5");
  EXPECT_EQ(lines(one("#define COPY(d, s) \\\n  strcpy(d, s) /* " + good + " */ \\\n  ;\nint a;\n")), "1-3");
}

TEST(Allowances, InEitherDress) {
  for (const char* start : {"// ", "//", "/// ", "//! ", "//  \t"})
    EXPECT_EQ(one(start + good + "\n").problem, "") << start;
  for (const char* start : {"/* ", "/*", "/** ", "/*! "})
    EXPECT_EQ(one(start + good + "*/").reason, "checked above") << start;
  EXPECT_EQ(one("// gate:allow( code/banned-function )until 2027-01-31 :why").problem, "");
}

TEST(Allowances, AreFoundInCommentsAlone) {
  for (const std::string& text :
       {"const char* s = \"// " + good + "\";\n", "const char* s = R\"(\n// " + good + "\n)\";\n", good + "\n",
        "// see " + good + "\n", std::string("// gate: open\n"), std::string("f(); // NOLINT(code/banned-function)\n"),
        std::string("// gate:\n"), std::string("gate:"), std::string()})
    EXPECT_TRUE(find(text).empty()) << text;
}

TEST(Allowances, ThatAreNotWellFormedSayWhy) {
  const auto problem = [](const std::string& text) { return one("f(); // " + text + "\n").problem; };
  EXPECT_NE(problem("gate: allow").find("names no rule"), std::string::npos);
  EXPECT_NE(problem("gate: allow()  until 2027-01-31: x").find("names no rule"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b").find("names no rule"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b)").find("until when"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b): x").find("until when"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b) until: x").find("which day"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b) until 2027-02-30: x").find("which day"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b) until tomorrow: x").find("which day"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b) until 2027-01-31").find("which day"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b) until 2027-01-31:").find("no reason"), std::string::npos);
  EXPECT_NE(problem("gate: allow(a/b) until 2027-01-31: ").find("no reason"), std::string::npos);
  EXPECT_EQ(one("f(); // gate: allow(a/b) until 2027-01-31: \xff\x1b[2J\n").reason, "??[2J") << "fit to be shown";
}

TEST(Allowances, AreCappedAndLinear) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "/* " + good + " */ \\\n";
  const auto found = find(text);
  ASSERT_EQ(found.size(), max_allowances + 1);
  EXPECT_EQ(found[0].problem, "");
  EXPECT_NE(found.back().problem.find("more than 10000"), std::string::npos);
  EXPECT_EQ(lines(found[0]), lines(found[9'999]));
}

}  // namespace
}  // namespace gate::cpp
