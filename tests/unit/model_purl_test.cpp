#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>

#include "gate/json/value.h"
#include "gate/model/purl.h"
#include "tests/unit/support.h"

namespace gate::model {
namespace {

std::string canonical(std::string_view text) {
  const auto purl = parse_purl(text);
  return purl ? to_string(*purl) : "none";
}

TEST(ModelPurl, CanonicalForms) {
  EXPECT_EQ(canonical("pkg:PYPI/Django_package@1.11.1.dev1"), "pkg:pypi/django-package@1.11.1.dev1");
  EXPECT_EQ(canonical("pkg:npm/@babel/core@7.0.0"), "pkg:npm/%40babel/core@7.0.0");
  EXPECT_EQ(canonical("pkg:rpm/fedora/curl@7.50.3?Distro=f25&arch=i386"),
            "pkg:rpm/fedora/curl@7.50.3?arch=i386&distro=f25");
  EXPECT_EQ(canonical("pkg:generic/a@1?empty="), "pkg:generic/a@1");
  EXPECT_EQ(canonical("pkg:generic/a@1#/x/./../y/"), "pkg:generic/a@1#x/y");
  EXPECT_EQ(canonical(std::string_view("pkg:generic/java@17\0-J", 22)), "pkg:generic/java@17%00-J");
}

TEST(ModelPurl, WhatIsNoPackageUrl) {
  for (const std::string_view text :
       {"", "pkg:", "pkg:npm", "pkg:npm/", "pkg:npm/@1.0", "npm/foo@1", "pkg:1npm/foo", "pkg:n pm/foo", "pkg:npm/foo%2",
        "pkg:npm/foo%zz", "pkg:npm/foo?a b=c", "pkg:npm/foo?a=1&a=2", "pkg:npm/foo?a=1&A=2", "pkg:npm/foo?novalue"}) {
    EXPECT_EQ(canonical(text), "none") << text;
  }
  EXPECT_EQ(canonical_or_same("zlib 1.2"), "zlib 1.2");
}

TEST(ModelPurl, StrictSpelling) {
  EXPECT_EQ(spelling_violation("pkg:gem/a@1?Platform=java"), "a qualifier's key in upper case");
  EXPECT_EQ(spelling_violation("pkg:gem/a@1?platform=Java&b=C#D?E=f"), "");
  EXPECT_EQ(spelling_violation("pkg:gem/a@1?Repository_URL=x"), "");
  EXPECT_EQ(spelling_violation("pkg:gem/A@1"), "");
}

// ---- the cases of the specification ----

std::string member(const json::Value& parts, std::string_view key) {
  const json::Value* value = parts.find(key);
  return value && value->text() ? *value->text() : std::string();
}

Purl parts_of(const json::Value& value) {
  Purl parts{member(value, "type"),   member(value, "namespace"), member(value, "name"), member(value, "version"), {},
             member(value, "subpath")};
  if (const json::Value* qualifiers = value.find("qualifiers"); qualifiers && qualifiers->object()) {
    for (const auto& [key, text] : qualifiers->object()->members()) parts.qualifiers[key] = *text.text();
  }
  return parts;
}

bool same(const Purl& a, const Purl& b) {
  return a.type == b.type && a.space == b.space && a.name == b.name && a.version == b.version &&
         a.qualifiers == b.qualifiers && a.subpath == b.subpath;
}

bool holds(const json::Value& test) {
  const json::Value& input = *test.find("input");
  const auto purl = input.text() ? parse_purl(*input.text()) : normalised(parts_of(input));
  // "parse" is strict; "validate" makes the canonical form of what "parse" refuses.
  const bool is_strict = member(test, "test_type") == "parse";
  const bool accepted =
      purl && type_violation(*purl).empty() && !(is_strict && !spelling_violation(*input.text()).empty());
  if (*test.find("expected_failure")->boolean()) return !accepted;
  const json::Value* expected = test.find("expected_output");
  if (!accepted || !expected) return false;
  return expected->text() ? to_string(*purl) == *expected->text() : same(*purl, parts_of(*expected));
}

TEST(ModelPurl, CasesOfTheSpecification) {
  const std::string data = test::data_dir();
  if (data.empty()) GTEST_SKIP() << "no test data (GATE_TEST_DATA)";
  std::size_t passed = 0, all = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data + "/purl")) {
    if (entry.path().extension() != ".json") continue;
    const auto file = json::parse(test::read(entry.path()), entry.path().filename().string());
    ASSERT_TRUE(file) << describe(file.error());
    for (const json::Value& test : *file->find("tests")->array()) {
      ++all;
      const bool held = holds(test);
      EXPECT_TRUE(held) << entry.path().filename() << ": " << json::to_string(test);
      passed += held;
    }
  }
  std::cout << "package URLs: " << passed << " of " << all << " cases hold\n";
  EXPECT_EQ(all, 586u);
  EXPECT_EQ(passed, all);
}

}  // namespace
}  // namespace gate::model
