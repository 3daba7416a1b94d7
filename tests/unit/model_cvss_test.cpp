#include <gtest/gtest.h>

#include "gate/model/cvss.h"
#include "gate/model/severity.h"

namespace gate::model {
namespace {

TEST(ModelCvss, BaseScoresOfPublishedVectors) {
  const std::pair<std::string_view, int> known[] = {
      // CVSS v2.0, section 3.3
      {"AV:N/AC:L/Au:N/C:N/I:N/A:C", 78},
      {"AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C", 100},
      {"(AV:L/AC:H/Au:N/C:C/I:C/A:C)", 62},
      // NVD
      {"AV:N/AC:M/Au:N/C:N/I:P/A:N", 43},
      {"AV:N/AC:M/Au:S/C:C/I:C/A:C", 85},
      {"AV:L/AC:L/Au:N/C:N/I:N/A:N", 0},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 100},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 75},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N", 53},
      {"CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N", 37},
      {"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N", 33},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0},
      // CVSS v3.0 examples
      {"CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 61},
      {"CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 31},
      {"CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 64},
      {"CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O", 81},
  };
  for (const auto& [vector, tenths] : known) EXPECT_EQ(base_score(vector), tenths) << vector;
}

TEST(ModelCvss, WhatIsNoVector) {
  for (const std::string_view vector :
       {"", "CVSS:3.1/", "CVSS:3.1/AV:N", "AV:N/AC:L/Au:N/C:N/I:N", "AV:N/AC:L/Au:N/C:N/I:N/A:X",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A", "CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}) {
    EXPECT_EQ(base_score(vector), std::nullopt) << vector;
  }
}

TEST(ModelCvss, ScoresAsText) {
  EXPECT_EQ(parse_score("9.8"), 98);
  EXPECT_EQ(parse_score("10"), 100);
  EXPECT_EQ(parse_score("6.91"), 70);
  EXPECT_EQ(parse_score("0.0"), 0);
  for (const std::string_view text : {"", ".5", "5.", "10.1", "-1", "1e1", " 5", "nan", "100"}) {
    EXPECT_EQ(parse_score(text), std::nullopt) << text;
  }
  EXPECT_EQ(score_in_tenths(7.5), 75);
  EXPECT_EQ(score_in_tenths(-0.1), std::nullopt);
  EXPECT_EQ(score_in_tenths(10.01), std::nullopt);
}

TEST(ModelCvss, Bands) {
  const std::pair<int, Severity> edges[] = {
      {0, Severity::none},    {1, Severity::low},       {39, Severity::low},
      {40, Severity::medium}, {69, Severity::medium},   {70, Severity::high},
      {89, Severity::high},   {90, Severity::critical}, {100, Severity::critical}};
  for (const auto& [tenths, severity] : edges) EXPECT_EQ(severity_of_score(tenths), severity) << tenths;
}

TEST(ModelSeverity, WordsOfTheTools) {
  EXPECT_EQ(severity_from_word("CRITICAL"), Severity::critical);
  EXPECT_EQ(severity_from_word("Important"), Severity::high);
  EXPECT_EQ(severity_from_word("MODERATE"), Severity::medium);
  EXPECT_EQ(severity_from_word("Negligible"), Severity::low);
  EXPECT_EQ(severity_from_word("info"), Severity::low);
  EXPECT_EQ(severity_from_word("none"), Severity::none);
  EXPECT_EQ(severity_from_word("UNKNOWN"), Severity::unknown);
  for (const std::string_view word : {"", "severe", "critical ", "crit", "5"}) {
    EXPECT_EQ(severity_from_word(word), std::nullopt) << word;
  }
}

}  // namespace
}  // namespace gate::model
