#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "gate/json/value.h"
#include "gate/model/vers.h"
#include "gate/model/version_order.h"
#include "tests/unit/support.h"

namespace gate::model {
namespace {

// "<", "=", ">"; "?" where nobody can tell.
std::string sign(std::string_view scheme, const std::string& a, const std::string& b) {
  const auto order = compare_versions(scheme, a, b);
  return !order ? "?" : *order < 0 ? "<" : *order > 0 ? ">" : "=";
}

std::string mirrored(const std::string& sign) { return sign == "<" ? ">" : sign == ">" ? "<" : sign; }

struct Counts {
  int right = 0, wrong = 0, refused = 0;
};

// Counts a pair in both directions; prints what is wrong.
void count(std::string_view scheme, const std::string& a, const std::string& expected, const std::string& b,
           Counts& counts) {
  const std::string found = sign(scheme, a, b);
  if (found == "?") {
    ++counts.refused;
  } else if (expected.find(found) != std::string::npos && sign(scheme, b, a) == mirrored(found)) {
    ++counts.right;
  } else {
    ++counts.wrong;
    ADD_FAILURE() << scheme << ": " << a << ' ' << expected << ' ' << b << ", and not " << found;
  }
}

void print(const std::map<std::string, Counts>& all, const char* what) {
  for (const auto& [scheme, counts] : all)
    std::cout << what << ' ' << scheme << ": " << counts.right << " right, " << counts.wrong << " wrong, "
              << counts.refused << " that are no versions of it\n";
}

TEST(VersionOrder, UnknownSchemesAndOtherTextsHaveNone) {
  EXPECT_EQ(sign("swift", "1", "2"), "?");
  EXPECT_EQ(sign("npm", "", "1"), "?");
  EXPECT_EQ(sign("npm", "1.x", "1.0"), "?");
  EXPECT_EQ(sign("pypi", "1.0-foo", "1.0"), "?");
  EXPECT_EQ(sign("deb", "a:1", "1"), "?");
  EXPECT_EQ(sign("apk", "1_blah", "1"), "?");
  EXPECT_EQ(sign("npm", std::string(1025, '1'), "1"), "?");
  EXPECT_TRUE(std::ranges::is_sorted(version_schemes()));
}

TEST(VersionOrder, OfEachKind) {
  EXPECT_EQ(sign("npm", "1.0.0-alpha.2", "1.0.0-alpha.10"), "<");
  EXPECT_EQ(sign("npm", "1.0.0+a", "1.0.0+b"), "=");
  EXPECT_EQ(sign("datetime", "2024-01-01T00:00:00.25Z", "2024-01-01T01:00:00.250+01:00"), "=");
  EXPECT_EQ(sign("datetime", "2024-01-01T00:00:00.25Z", "2024-01-01T00:00:00.3Z"), "<");
  EXPECT_EQ(sign("datetime", "2024-01-01", "2024-01-02"), "?");
  EXPECT_EQ(sign("golang", "v1.2.3", "1.2.3"), "=");
  EXPECT_EQ(sign("deb", "1.0~rc1-1", "1.0-1"), "<");
  EXPECT_EQ(sign("deb", "1:0.1", "9.9"), ">");
  EXPECT_EQ(sign("rpm", "1.0^git1", "1.0"), ">");
  EXPECT_EQ(sign("rpm", "1.0~rc1", "1.0"), "<");
  EXPECT_EQ(sign("apk", "1.1.1w-r1", "1.1.1w-r10"), "<");
  EXPECT_EQ(sign("maven", "1.0-alpha-1", "1.0"), "<");
  EXPECT_EQ(sign("maven", "1.0.0", "1"), "=");
  EXPECT_EQ(sign("pypi", "1.0.post1", "1.0"), ">");
  EXPECT_EQ(sign("pypi", "1.0.dev1", "1.0a1"), "<");
  EXPECT_EQ(sign("gem", "1.0.a", "1.0"), "<");
  EXPECT_EQ(sign("openssl", "1.0.2zh", "1.0.2za"), ">");
  EXPECT_EQ(sign("nuget", "1.0.0-BETA", "1.0.0-beta"), "=");
  EXPECT_EQ(sign("conan", "1.0", "1.0-pre"), ">");
  EXPECT_EQ(sign("npm", std::string(300, '9'), "1" + std::string(300, '0')), "<") << "numbers of any length";
}

TEST(VersionOrder, TheOrdersOfTheEcosystems) {
  const std::string data = test::data_dir();
  if (data.empty()) GTEST_SKIP() << "no test data";
  const std::map<std::string, std::string> schemes{{"alpine-versions", "apk"},
                                                   {"alpine-versions-generated", "apk"},
                                                   {"cran-versions", "cran"},
                                                   {"cran-versions-generated", "cran"},
                                                   {"debian-versions", "deb"},
                                                   {"debian-versions-generated", "deb"},
                                                   {"hackage-versions", "hackage"},
                                                   {"maven-versions", "maven"},
                                                   {"maven-versions-generated", "maven"},
                                                   {"nuget-versions", "nuget"},
                                                   {"packagist-versions", "composer"},
                                                   {"packagist-versions-generated", "composer"},
                                                   {"pub-versions", "pub"},
                                                   {"pypi-versions", "pypi"},
                                                   {"pypi-versions-generated", "pypi"},
                                                   {"redhat-versions", "rpm"},
                                                   {"rubygems-versions", "gem"},
                                                   {"rubygems-versions-generated", "gem"},
                                                   {"semver-versions", "semver"}};
  std::map<std::string, Counts> all;
  for (const auto& [file, scheme] : schemes) {
    std::istringstream lines(test::read(data + "/version-order/" + file + ".txt"));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("//") || line.starts_with('#')) continue;
      std::istringstream words(line);
      std::string a, expected, b;
      if (words >> a >> expected >> b) count(scheme, a, expected, b, all[scheme]);
    }
  }
  print(all, "order");
  for (const auto& [scheme, counts] : all) {
    EXPECT_GT(counts.right, 0) << scheme;
    // What the ecosystem itself no longer accepts: before PEP 440; what apk-tools calls invalid.
    EXPECT_LE(counts.refused, scheme == "pypi" ? 80 : scheme == "apk" ? 31 : 0) << scheme;
  }
}

std::vector<json::Value> cases_of(const std::string& file) {
  const auto document = json::parse(test::read(test::data_dir() + "/vers/" + file), file, {});
  EXPECT_TRUE(document) << file;
  const json::Array& tests = *document->find("tests")->array();
  return {tests.begin(), tests.end()};
}

std::string text_at(const json::Value& value, std::string_view key) { return *value.find(key)->text(); }

TEST(Vers, TheSpecificationsComparisons) {
  if (test::data_dir().empty()) GTEST_SKIP() << "no test data";
  std::map<std::string, Counts> all;
  for (const char* file :
       {"alpine_version_cmp_test.json", "alpm_version_cmp_test.json", "conan_version_cmp_test.json",
        "datetime_version_cmp_test.json", "gentoo_version_cmp_test.json", "lexicographic-test.json",
        "maven_version_cmp_test.json", "nuget_version_cmp_test.json", "openssl_version_cmp_test.json"}) {
    for (const json::Value& each : cases_of(file)) {
      const std::string scheme = text_at(*each.find("input"), "input_scheme");
      const json::Array& versions = *each.find("input")->find("versions")->array();
      const json::Value& expected = *each.find("expected_output");
      if (expected.boolean()) {
        count(scheme, *versions[0].text(), *expected.boolean() ? "=" : "<>", *versions[1].text(), all[scheme]);
        continue;
      }
      for (std::size_t i = 1; i < expected.array()->size(); ++i)
        count(scheme, *(*expected.array())[i - 1].text(), "<=", *(*expected.array())[i].text(), all[scheme]);
    }
  }
  print(all, "VERS");
  for (const auto& [scheme, counts] : all) EXPECT_EQ(counts.refused, 0) << scheme;
}

TEST(Vers, TheSpecificationsRanges) {
  if (test::data_dir().empty()) GTEST_SKIP() << "no test data";
  for (const char* file : {"npm_range_containment_test.json", "pypi_range_containment_test.json"}) {
    for (const json::Value& each : cases_of(file)) {
      const std::string text = text_at(*each.find("input"), "vers");
      const auto range = parse_vers(text);
      ASSERT_TRUE(range) << text;
      EXPECT_EQ(contains(*range, text_at(*each.find("input"), "version")), *each.find("expected_output")->boolean())
          << text;
    }
  }
  for (const json::Value& each : cases_of("pypi_range_validate_test.json")) {
    const auto range = parse_vers(text_at(each, "input"));
    ASSERT_TRUE(range) << text_at(each, "input");
    EXPECT_EQ(to_string(*range), text_at(each, "expected_output"));
  }
  for (const json::Value& each : cases_of("vers_canonical_parse_test.json")) {
    const std::string text = text_at(each, "input");
    const auto range = parse_vers(text);
    EXPECT_EQ(range && range->canonical, each.find("expected_failure") == nullptr) << text;
    if (each.find("expected_failure")) continue;
    EXPECT_EQ(to_string(*range), text);
  }
}

TEST(Vers, HoldsAVersionOrNotOrNobodyCanTell) {
  const auto holds = [](std::string_view range, std::string_view version) {
    return contains(*parse_vers(range), version);
  };
  EXPECT_EQ(holds("vers:npm/>=1.0.0|<2.0.0", "1.5.0"), true);
  EXPECT_EQ(holds("vers:npm/>=1.0.0|<2.0.0", "2.0.0"), false);
  EXPECT_EQ(holds("vers:npm/>=1.0.0|<2.0.0|>=3.0.0|<3.1.0", "3.0.5"), true);
  EXPECT_EQ(holds("vers:npm/>=1.0.0|<2.0.0|>=3.0.0|<3.1.0", "2.5.0"), false);
  EXPECT_EQ(holds("vers:npm/!=1.0.0", "1.0.0"), false);
  EXPECT_EQ(holds("vers:npm/!=1.0.0", "1.0.1"), true);
  EXPECT_EQ(holds("vers:npm/>=1.0.0|<2.0.0", "latest"), std::nullopt);
  EXPECT_EQ(holds("vers:swift/>=1.0.0", "1.5.0"), std::nullopt);
  EXPECT_EQ(holds("vers:npm/>=1.0.0|>=2.0.0", "3.0.0"), std::nullopt) << "no such range";
  EXPECT_EQ(holds("vers:swift/*", "1"), true);
}

TEST(Vers, OtherTextsAreNoRanges) {
  for (const char* text :
       {"", "vers:", "vers:npm", "vers:npm/", "vers:/1", "vers:NPM/1", "npm/1", "vers:npm/1 |2", "vers:npm/1||2",
        "vers:npm/>", "vers:npm/%zz", "vers:npm/%4", "vers:npm/*|1", "vers:npm/==1"})
    EXPECT_FALSE(parse_vers(text)) << text;
}

}  // namespace
}  // namespace gate::model
