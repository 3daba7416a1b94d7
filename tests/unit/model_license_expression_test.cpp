#include "gate/model/license_expression.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "gate/model/license_ids.h"

namespace gate::model {
namespace {

using enum LicenseAnswer;

LicenseAnswer judged(const std::string& text, const std::vector<std::string>& allow,
                     const std::vector<std::string>& deny) {
  const auto expression = LicenseExpression::parse(text);
  if (expression) return LicenseLists(allow, deny).judge(*expression);
  ADD_FAILURE() << text << ": " << expression.error().what;
  return unknown;
}

std::string why_not(const std::string& text) {
  const auto expression = LicenseExpression::parse(text);
  return expression ? "" : expression.error().what;
}

// SPDX 3.0.1, annex "SPDX license expressions".
TEST(LicenseExpressions, OfTheSpecification) {
  for (const char* text : {"CDDL-1.0",
                           "CDDL-1.0+",
                           "LicenseRef-23",
                           "LicenseRef-MIT-Style-1",
                           "DocumentRef-spdx-tool-1.2:LicenseRef-MIT-Style-2",
                           "LGPL-2.1-only OR MIT",
                           "LGPL-2.1-only OR MIT OR BSD-3-Clause",
                           "LGPL-2.1-only AND MIT",
                           "LGPL-2.1-only AND MIT AND BSD-2-Clause",
                           "GPL-2.0-or-later WITH Bison-exception-2.2",
                           "GPL-2.0-or-later WITH AdditionRef-mine",
                           "GPL-2.0-or-later with DocumentRef-a:AdditionRef-mine",
                           "LGPL-2.1-only OR BSD-3-Clause AND MIT",
                           "MIT AND (LGPL-2.1-or-later OR BSD-3-Clause)",
                           "(MIT AND LGPL-2.1+) OR BSD-3-Clause",
                           "MIT and (Zlib or ISC)",
                           "LicenseRef-a WITH Classpath-exception-2.0",
                           "((MIT))",
                           "MIT\n\tOR ISC",
                           "(MIT)AND(ISC)"}) {
    EXPECT_EQ(why_not(text), "") << text;
  }
}

TEST(LicenseExpressions, WhatIsNoneSaysWhy) {
  const std::pair<const char*, const char*> wrong[] = {
      {"", "a licence is missing"},
      {"  ", "a licence is missing"},
      {"()", "a licence is missing"},
      {"MIT OR", "a licence is missing"},
      {"AND MIT", "a licence is missing"},
      {"MIT OR AND ISC", "a licence is missing"},
      {"MIT ISC", "no operator between two licences"},
      {"MIT Or ISC", "no operator between two licences"},
      {"MIT (ISC)", "no operator between two licences"},
      {"(MIT", "'(' without its ')'"},
      {"(MIT ISC)", "'(' without its ')'"},
      {"MIT)", "')' without its '('"},
      {"MIT/Apache-2.0", "a word that is no licence id"},
      {"MIT, ISC", "a word that is no licence id"},
      {"CDDL-1.0 +", "no operator between two licences"},
      {"MIT++", "a word that is no licence id"},
      {"LicenseRef-", ""},
      {"LicenseRef-a:b", "a word that is no licence id"},
      {"DocumentRef-a", ""},
      {"DocumentRef-:LicenseRef-a", "a word that is no licence id"},
      {"LicenseRef-a_b", "a word that is no licence id"},
      {"GPL-2.0-only WITH", "no exception after WITH"},
      {"GPL-2.0-only WITH OR", "no exception after WITH"},
      {"GPL-2.0-only WITH (Bison-exception-2.2)", "no exception after WITH"},
      {"(GPL-2.0-only OR MIT) WITH Bison-exception-2.2", "no operator between two licences"},
      {"GPL-2.0-only WITH Bison-exception-2.2 WITH Bison-exception-2.2", "no operator between two licences"},
      {"NOASSERTION", "states no licence"},
      {"NONE", "states no licence"},
  };
  for (const auto& [text, why] : wrong) EXPECT_EQ(why_not(text), why) << text;
}

TEST(LicenseExpressions, AreBounded) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "MIT" + std::string(depth, ')'); };
  EXPECT_EQ(why_not(nested(32)), "");
  EXPECT_EQ(why_not(nested(33)), "too many parentheses in each other");
  EXPECT_EQ(why_not(std::string(70'000, '(')), "longer than 64 KiB");
  std::string many = "MIT";
  while (many.size() < 60'000) many += " AND MIT";
  EXPECT_EQ(judged(many, {}, {}), allowed);
  EXPECT_EQ(judged(many + " AND ISC", {"MIT"}, {}), denied);
}

TEST(LicenseExpressions, WithBeforeAndBeforeOr) {
  EXPECT_EQ(judged("MIT OR ISC AND AGPL-3.0-only", {}, {"AGPL-*"}), allowed);
  EXPECT_EQ(judged("(MIT OR ISC) AND AGPL-3.0-only", {}, {"AGPL-*"}), denied);
  EXPECT_EQ(judged("AGPL-3.0-only AND ISC OR MIT", {}, {"AGPL-*"}), allowed);
  EXPECT_EQ(judged("MIT AND GPL-2.0-only WITH Classpath-exception-2.0",
                   {"MIT", "GPL-2.0-only WITH Classpath-exception-2.0"}, {}),
            allowed);
}

TEST(LicenseExpressions, ThreeAnswers) {
  EXPECT_EQ(judged("Acme-1.0", {}, {}), unknown);
  EXPECT_EQ(judged("Acme-1.0 OR MIT", {}, {}), allowed);
  EXPECT_EQ(judged("Acme-1.0 AND MIT", {}, {}), unknown);
  EXPECT_EQ(judged("Acme-1.0 OR AGPL-3.0-only", {}, {"AGPL-*"}), unknown);
  EXPECT_EQ(judged("Acme-1.0 AND AGPL-3.0-only", {}, {"AGPL-*"}), denied);
  EXPECT_EQ(judged("LicenseRef-a", {"MIT"}, {}), unknown);
  EXPECT_EQ(judged("LicenseRef-a", {"LicenseRef-*"}, {}), allowed);
  EXPECT_EQ(judged("LicenseRef-a", {}, {"licenseref-a"}), denied);
}

TEST(LicenseExpressions, IdsInAnyCaseOfLetters) {
  const auto expression = LicenseExpression::parse("mit OR apache-2.0+ OR gpl-2.0-ONLY WITH classpath-EXCEPTION-2.0");
  ASSERT_TRUE(expression);
  EXPECT_EQ(to_string(expression->terms()[0]), "MIT");
  EXPECT_EQ(to_string(expression->terms()[1]), "Apache-2.0+");
  EXPECT_EQ(to_string(expression->terms()[2]), "GPL-2.0-only WITH Classpath-exception-2.0");
  // A prefix is matched as written.
  EXPECT_EQ(LicenseExpression::parse("licenseref-a")->unknown_ids(), std::vector<std::string>{"licenseref-a"});
  EXPECT_EQ(judged("mIt", {"MiT"}, {}), allowed);
}

TEST(LicenseExpressions, NameWhatTheListDoesNotHave) {
  const auto expression = LicenseExpression::parse(
      "Acme-1.0 AND MIT WITH Acme-exception AND Classpath-exception-2.0 AND GPL-2.0-only WITH MIT AND LicenseRef-a "
      "WITH AdditionRef-b");
  ASSERT_TRUE(expression);
  // An exception is no licence, and a licence no exception.
  EXPECT_EQ(expression->unknown_ids(),
            (std::vector<std::string>{"Acme-1.0", "Acme-exception", "Classpath-exception-2.0", "MIT"}));
}

TEST(LicenseExpressions, DeprecatedIdsMeanWhatReplacedThem) {
  const auto expression =
      LicenseExpression::parse("GPL-2.0+ OR AGPL-3.0+ OR GPL-2.0-with-classpath-exception OR Nunit");
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->deprecated_ids(),
            (std::vector<std::string>{"AGPL-3.0+", "GPL-2.0+", "GPL-2.0-with-classpath-exception", "Nunit"}));
  EXPECT_EQ(expression->terms()[0].current_id, "GPL-2.0-or-later");
  EXPECT_EQ(expression->terms()[1].current_id, "AGPL-3.0-or-later");
  EXPECT_EQ(expression->terms()[2].current_id, "GPL-2.0-only");
  EXPECT_EQ(expression->terms()[2].current_exception, "Classpath-exception-2.0");
  EXPECT_EQ(expression->terms()[3].current_id, "Nunit");
  EXPECT_EQ(judged("GPL-3.0", {}, {"GPL-3.0-only"}), denied);
  EXPECT_EQ(judged("GPL-3.0-only", {}, {"GPL-3.0"}), denied);
  EXPECT_EQ(judged("GPL-3.0-or-later", {}, {"GPL-3.0"}), allowed);
  EXPECT_EQ(judged("GPL-2.0-with-classpath-exception", {"GPL-2.0-only WITH Classpath-exception-2.0"}, {}), allowed);
}

TEST(LicenseExpressions, OrLater) {
  EXPECT_EQ(judged("Apache-2.0+", {"Apache-2.0"}, {}), allowed);
  EXPECT_EQ(judged("Apache-2.0+", {}, {"Apache-2.0"}), denied);
  EXPECT_EQ(judged("Apache-2.0", {"Apache-2.0+"}, {}), denied);
}

TEST(LicenseExpressions, ExceptionsAndLists) {
  const std::string with = "GPL-2.0-only WITH Classpath-exception-2.0";
  EXPECT_EQ(judged(with, {}, {"GPL-*"}), denied);
  EXPECT_EQ(judged(with, {with}, {"GPL-*"}), allowed);
  EXPECT_EQ(judged(with, {"GPL-2.0-only"}, {}), allowed);
  EXPECT_EQ(judged(with, {"GPL-2.0-only"}, {with}), denied);
  EXPECT_EQ(judged("GPL-2.0-only", {with}, {}), denied);
  EXPECT_EQ(judged("GPL-2.0-only", {}, {with}), allowed);
  // An exception that nobody knows may take away as well as give.
  EXPECT_EQ(judged("MIT WITH AdditionRef-a", {"MIT"}, {}), unknown);
  EXPECT_EQ(judged("MIT WITH AdditionRef-a", {"M*"}, {}), unknown);
  EXPECT_EQ(judged("MIT WITH AdditionRef-a", {"MIT WITH AdditionRef-*"}, {}), allowed);
}

TEST(LicenseExpressions, BothListsDenyButForTheVeryLicence) {
  EXPECT_EQ(judged("AGPL-3.0-only", {"*"}, {"AGPL-*"}), denied);
  EXPECT_EQ(judged("AGPL-3.0-only", {"AGPL-3.0-only"}, {"AGPL-*"}), allowed);
}

TEST(LicenseIds, KindsAndReplacements) {
  EXPECT_EQ(find_license("apache-2.0"), "Apache-2.0");
  EXPECT_EQ(find_license("classpath-exception-2.0"), "");
  EXPECT_EQ(find_license_exception("classpath-exception-2.0"), "Classpath-exception-2.0");
  EXPECT_EQ(find_license_exception("MIT"), "");
  EXPECT_EQ(replacement_of_deprecated("MIT"), std::nullopt);
  EXPECT_EQ(replacement_of_deprecated("Nunit"), "");
  EXPECT_EQ(replacement_of_deprecated("LGPL-2.1+"), "LGPL-2.1-or-later");
}

}  // namespace
}  // namespace gate::model
