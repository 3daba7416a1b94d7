#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "gate/json/value.h"
#include "gate/model/native_range.h"
#include "tests/unit/support.h"

namespace gate::model {
namespace {

std::string vers(std::string_view scheme, std::string_view text) {
  const auto range = range_from_native(scheme, text);
  return range ? to_string(*range) : "none";
}

// Where the specification's data is not what the tool's own rules say, and what is right instead.
const std::map<std::string, std::string>& corrections() {
  static const std::map<std::string, std::string> all{
      // npm: "1.0" is each 1.0.x, and a bound that is open is the first or the last of them.
      {"<= 1.0", "vers:npm/<1.1.0"},
      {"<=2.1 >=1.1", "vers:npm/>=1.1.0|<2.2.0"},
      {">= 2.2.x", "vers:npm/>=2.2.0"},
      {">= 1.x", "vers:npm/>=1.0.0"},
      {"2.1 || 2.6", "vers:npm/>=2.1.0|<2.2.0|>=2.6.0|<2.7.0"},
      // Two versions without "||" between them have to hold both.
      {"1.1.2 1.2.2", "none"},
      // Bounds of one kind side by side are no range of VERS.
      {">= 0.2.0 <= 0.9.6 || ~0.8.0-pre", "vers:npm/>=0.2.0|<=0.9.6"},
      {"^2.0.18 || ^3.0.16 || ^3.1.6 || ^4.0.8 || ^5.0.0-beta.5",
       "vers:npm/>=2.0.18|<3.0.0|>=3.0.16|<4.0.0|>=4.0.8|<6.0.0"},
      {"<2.0.18 || <3.0.16 || <3.1.6 || <4.0.8 || <5.0.0-beta.5", "vers:npm/<5.0.0-beta.5"},
      {">=5.0.3 >=4.2.1", "vers:npm/>=5.0.3"},
      {"<2.0.1 || <1.1.7", "vers:npm/<2.0.1"},
      {">= 5.2.1 <= 6.0.0 || >=6.0.0 <= 6.0.2", "vers:npm/>=5.2.1|<=6.0.2"},
      // A range without constraints is none.
      {"", "none"}};
  return all;
}

TEST(NativeRange, TheSpecificationsCases) {
  if (test::data_dir().empty()) GTEST_SKIP() << "no test data";
  std::map<std::string, std::pair<int, int>> counts;  // as its data has it, of all
  for (const char* file : {"conan_range_from_native_basic_test.json", "conan_range_from_native_test.json",
                           "gem_range_from_native_test.json", "nginx_range_from_native_test.json",
                           "npm_range_from_native_test.json", "nuget_range_from_native_test.json",
                           "openssl_range_from_native_test.json", "pypi_range_from_native_test.json"}) {
    const auto document = json::parse(test::read(test::data_dir() + "/vers/" + file), file);
    ASSERT_TRUE(document) << file;
    for (const json::Value& each : *document->find("tests")->array()) {
      const json::Value& input = *each.find("input");
      const std::string scheme = *input.find("scheme")->text(), text = *input.find("native_range")->text();
      const json::Value* expected = each.find("expected_output");
      const auto correction = corrections().find(text);
      const std::string wanted = correction != corrections().end() ? correction->second : *expected->text();
      auto& [right, of] = counts[scheme];
      ++of;
      right += wanted == *expected->text() ? 1 : 0;
      EXPECT_EQ(vers(scheme, text), wanted) << scheme << ": " << text;
    }
  }
  for (const auto& [scheme, count] : counts)
    std::cout << "native ranges of " << scheme << ": " << count.first << " of " << count.second << '\n';
}

TEST(NativeRange, OfEachKind) {
  const std::vector<std::tuple<const char*, const char*, const char*>> cases{
      {"npm", "1.2.3 - 2.3", "vers:npm/>=1.2.3|<2.4.0"},
      {"npm", "^0.0.3", "vers:npm/>=0.0.3|<0.0.4"},
      {"npm", "^0.0", "vers:npm/>=0.0.0|<0.1.0"},
      {"npm", "~1", "vers:npm/>=1.0.0|<2.0.0"},
      {"npm", "> 1.2", "vers:npm/>=1.3.0"},
      {"npm", "1.9.x", "vers:npm/>=1.9.0|<1.10.0"},
      {"npm", "*", "vers:npm/*"},
      {"npm", ">=0.0.0", "vers:npm/>=0.0.0"},
      {"npm", "v1.0.0", "vers:npm/1.0.0"},
      {"cargo", "1.2.3", "vers:cargo/>=1.2.3|<2.0.0"},
      {"cargo", ">= 1.2.3, < 1.5.0", "vers:cargo/>=1.2.3|<1.5.0"},
      {"cargo", "=1.2.3", "vers:cargo/1.2.3"},
      {"composer", "~1.2", "vers:composer/>=1.2|<2"},
      {"composer", "~1.2.3", "vers:composer/>=1.2.3|<1.3"},
      {"composer", ">=1.0,<1.1|>=1.2", "vers:composer/>=1.0|<1.1|>=1.2"},
      {"gem", "~> 2.0", "vers:gem/>=2.0|<3"},
      {"gem", ">= 1.0, < 2.0, != 1.5", "vers:gem/>=1.0|<1.5|>1.5|<2.0"},
      {"pypi", "~=1.4.5", "vers:pypi/>=1.4.5|<1.5"},
      {"pypi", "~=2.2", "vers:pypi/>=2.2|<3"},
      {"pypi", "==1.2.*", "vers:pypi/>=1.2.dev0|<1.3.dev0"},
      {"pypi", ">=1.0,<1.2||==1.5", "vers:pypi/>=1.0|<1.2|1.5"},
      {"maven", "[1.0,2.0)", "vers:maven/>=1.0|<2.0"},
      {"maven", "(,1.0],[1.2,)", "vers:maven/<=1.0|>=1.2"},
      {"maven", "[1.0]", "vers:maven/1.0"},
      {"maven", "(,1.0],(,1.5)", "vers:maven/<1.5"},
      {"maven", ">= 1.0, < 1.5", "vers:maven/>=1.0|<1.5"},
      {"nuget", "1.0.0", "vers:nuget/>=1.0.0"},
      {"nuget", "(1.0.0,)", "vers:nuget/>1.0.0"},
      {"golang", ">= 1.0.0, < 1.5.3", "vers:golang/>=1.0.0|<1.5.3"},
      {"golang", "= 1.0.0", "vers:golang/1.0.0"},
      {"hex", "< 1.5.3", "vers:hex/<1.5.3"},
      {"rpm", "<1:2.3-4", "vers:rpm/<1:2.3-4"},
      {"openssl", ">=1.1.1, <1.1.1w", "vers:openssl/>=1.1.1|<1.1.1w"}};
  for (const auto& [scheme, text, expected] : cases) EXPECT_EQ(vers(scheme, text), expected) << scheme << ": " << text;
}

TEST(NativeRange, OtherTextsAndEmptyRangesAreNone) {
  const std::vector<std::pair<const char*, const char*>> texts{
      {"npm", ""},          {"npm", "latest"},      {"npm", ">= 1.0.0 <"}, {"npm", "> 2.0.0 < 1.0.0"},
      {"npm", ">=1 ||"},    {"npm", "1.2.3.4.x"},   {"npm", "<>1.0.0"},    {"npm", "=>1.0.0"},
      {"npm", "file:../a"}, {"maven", "1.0"},       {"maven", "[1.0,2.0"}, {"maven", "(1.0)"},
      {"maven", "[1,2,3]"}, {"maven", "[2.0,1.0]"}, {"maven", "[]"},       {"pypi", ">=1.0 and <2"},
      {"pypi", "!=1.*"},    {"gem", "~> x"},        {"swift", ">= 1.0"},   {"golang", "before 1.5"},
      {"nginx", "1.5+"},    {"nginx", "all"},       {"openssl", "all"},    {"golang", "< 2, > 2"}};
  for (const auto& [scheme, text] : texts) EXPECT_EQ(vers(scheme, text), "none") << scheme << ": " << text;
  EXPECT_EQ(vers("npm", std::string(65'537, '1')), "none");
  std::string many = "<1.0.0";
  for (int i = 0; i < 3000; ++i) many += "||2." + std::to_string(i) + ".0";
  EXPECT_EQ(vers("npm", many), "none");
}

// What is converted holds what its text says.
TEST(NativeRange, HoldsItsVersions) {
  const auto holds = [](const char* scheme, const char* text, const char* version) {
    return contains(*range_from_native(scheme, text), version);
  };
  EXPECT_EQ(holds("npm", ">=1.0.0 <2.0.0 || 3.0.0", "3.0.0"), true);
  EXPECT_EQ(holds("npm", ">=1.0.0 <2.0.0 || 3.0.0", "2.0.0"), false);
  EXPECT_EQ(holds("gem", ">= 1.0, < 2.0, != 1.5", "1.5"), false);
  EXPECT_EQ(holds("gem", ">= 1.0, < 2.0, != 1.5", "1.5.1"), true);
  EXPECT_EQ(holds("pypi", "==1.2.*", "1.2.7"), true);
  EXPECT_EQ(holds("pypi", "==1.2.*", "1.3"), false);
  EXPECT_EQ(holds("golang", "< 1.5.3", "v1.5.2"), true);
}

TEST(NativeRange, OfOsvsEvents) {
  using enum RangeEvent::Kind;
  const auto text = [](std::vector<std::vector<RangeEvent>> ranges, const std::vector<std::string>& versions = {}) {
    const auto range = range_from_events("npm", std::move(ranges), versions);
    return range ? to_string(*range) : "none";
  };
  EXPECT_EQ(text({{{introduced, "0"}, {fixed, "1.2.0"}}}), "vers:npm/<1.2.0");
  EXPECT_EQ(text({{{introduced, "0"}}}), "vers:npm/*");
  EXPECT_EQ(text({{{introduced, "1.0.0"}, {last_affected, "1.2.0"}}}), "vers:npm/>=1.0.0|<=1.2.0");
  EXPECT_EQ(text({{{fixed, "2.1.0"}, {introduced, "2.0.0"}, {fixed, "1.2.0"}, {introduced, "1.0.0"}}}),
            "vers:npm/>=1.0.0|<1.2.0|>=2.0.0|<2.1.0");
  EXPECT_EQ(text({{{introduced, "0"}, {fixed, "1.2.0"}}, {{introduced, "1.1.0"}, {fixed, "1.3.0"}}}),
            "vers:npm/<1.3.0");
  EXPECT_EQ(text({{{introduced, "2.0.0"}}}, {"1.0.0", "2.5.0"}), "vers:npm/1.0.0|>=2.0.0");
  EXPECT_EQ(text({}), "none");
  EXPECT_EQ(text({{{fixed, "1.2.0"}}}), "none");
  EXPECT_EQ(text({{{introduced, "six"}}}), "none");
}

}  // namespace
}  // namespace gate::model
