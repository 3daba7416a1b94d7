#include "gate/model/cvss.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "gate/model/severity.h"
#include "tests/unit/support.h"

namespace gate::model {
namespace {

CvssScores scores_of(std::string_view text) {
  const auto vector = CvssVector::parse(text);
  if (vector) return vector->scores();
  ADD_FAILURE() << text << ": " << vector.error().what;
  return {-1, -1, -1};
}

std::string why_not(std::string_view text) {
  const auto vector = CvssVector::parse(text);
  return vector ? "" : vector.error().what;
}

TEST(ModelCvss, BaseScoresOfPublishedVectors) {
  const std::pair<std::string_view, int> known[] = {
      // NVD
      {"AV:N/AC:M/Au:N/C:N/I:P/A:N", 43},
      {"AV:N/AC:M/Au:S/C:C/I:C/A:C", 85},
      {"AV:L/AC:L/Au:N/C:C/I:C/A:C", 72},
      {"AV:L/AC:L/Au:N/C:N/I:N/A:N", 0},
      {"(AV:L/AC:H/Au:N/C:C/I:C/A:C)", 62},
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
      // In any order
      {"CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N", 98},
      // CVSS v4.0 examples
      {"CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 73},
      {"CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 77},
      {"CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 83},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 51},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:L/SA:N", 69},
      {"CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 59},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 100},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 93},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0},
  };
  for (const auto& [vector, tenths] : known) EXPECT_EQ(base_score(vector), tenths) << vector;
}

// CVSS v2.0, section 3.3.
TEST(ModelCvss, ThreeScoresOfVersion2) {
  EXPECT_EQ(scores_of("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H"), (CvssScores{78, 64, 92}));
  EXPECT_EQ(scores_of("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L"),
            (CvssScores{100, 83, 90}));
  EXPECT_EQ(scores_of("AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M"),
            (CvssScores{62, 49, 75}));
  EXPECT_EQ(scores_of("AV:N/AC:L/Au:N/C:N/I:N/A:C/CDP:N/TD:N"), (CvssScores{78, 78, 0}));
  EXPECT_EQ(scores_of("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:ND/TD:ND"), (CvssScores{78, 78, 78}));
}

TEST(ModelCvss, ThreeScoresOfVersion3) {
  EXPECT_EQ(scores_of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U"), (CvssScores{98, 78, 78}));
  EXPECT_EQ(scores_of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:P/MAC:H/MPR:H/MUI:R/MC:L/MI:N/MA:N"),
            (CvssScores{98, 98, 16}));
  EXPECT_EQ(scores_of("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H/E:P/RL:O/RC:C/CR:H/MAV:N"),
            (CvssScores{78, 70, 77}));
  // The two versions differ in the impact of a changed scope.
  EXPECT_EQ(scores_of("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H/CR:M").environmental, 99);
  EXPECT_EQ(scores_of("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H/CR:M").environmental, 100);
  // What is not defined changes nothing, by whatever equation.
  EXPECT_EQ(scores_of("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H/CR:X/MS:X/E:X"), (CvssScores{99, 99, 99}));
}

TEST(ModelCvss, ThreeScoresOfVersion4) {
  EXPECT_EQ(scores_of("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U"), (CvssScores{77, 52, 52}));
  EXPECT_EQ(scores_of("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MSI:S"),
            (CvssScores{93, 93, 100}));
  EXPECT_EQ(scores_of("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MVC:N/MVI:N/MVA:N"),
            (CvssScores{93, 93, 0}));
}

TEST(ModelCvss, Nomenclature) {
  const std::string base = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
  const std::pair<std::string, std::string> names[] = {
      {"", "CVSS-B"},      {"/E:X/CR:X/MAV:X", "CVSS-B"}, {"/S:P/AU:Y/R:I/V:C/RE:H/U:Clear", "CVSS-B"},
      {"/E:A", "CVSS-BT"}, {"/AR:L", "CVSS-BE"},          {"/E:P/MAV:L", "CVSS-BTE"}};
  for (const auto& [rest, name] : names) EXPECT_EQ(CvssVector::parse(base + rest)->nomenclature(), name) << rest;
}

TEST(ModelCvss, SupplementalMetricsChangeNoScore) {
  const std::string base = "CVSS:4.0/AV:L/AC:H/AT:P/PR:L/UI:P/VC:L/VI:H/VA:N/SC:L/SI:N/SA:H";
  const auto vector = CvssVector::parse(base + "/S:P/AU:Y/R:I/V:C/RE:H/U:Red");
  ASSERT_TRUE(vector);
  EXPECT_EQ(vector->scores(), scores_of(base));
  EXPECT_EQ((*vector)["AU"], "Y");
  EXPECT_EQ((*vector)["U"], "Red");
  EXPECT_EQ((*vector)["E"], "");
}

TEST(ModelCvss, WhatIsNoVectorSaysWhy) {
  const std::string base = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
  const std::pair<std::string, std::string> wrong[] = {
      {"", "a metric of CVSS:2.0 is cut off"},
      {"CVSS:3.1/", "a metric of CVSS:3.1 is cut off"},
      {"CVSS:3.1/AV:N", "the metric AC is missing"},
      {"AV:N/AC:L/Au:N/C:N/I:N", "the metric A is missing"},
      {"AV:N/AC:L/Au:N/C:N/I:N/A:X", "the metric A has no value of CVSS:2.0"},
      {"AC:L/AV:N/Au:N/C:N/I:N/A:N", "the metric AV is out of order"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:N", "the metric A stands twice"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/ZZ:N", "a metric that CVSS:3.1 does not have"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A", "the metric A has no value of CVSS:3.1"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/", "a metric of CVSS:3.1 is cut off"},
      {"CVSS:3.1/AV:N//AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "a metric that CVSS:3.1 does not have"},
      {"CVSS:3.1/AV:N:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "the metric AV has no value of CVSS:3.1"},
      {"CVSS:3.1/AV:n/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "the metric AV has no value of CVSS:3.1"},
      {"CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "a version of CVSS that gate does not know"},
      {"cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "a metric that CVSS:2.0 does not have"},
      {"AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "a metric that CVSS:2.0 does not have"},
      {base + "/AV:N", "the metric AV stands twice"},
      {base + "/CR:H/E:A", "the metric E is out of order"},
      {base + "/E:H", "the metric E has no value of CVSS:4.0"},
      {base + "/MSC:S", "the metric MSC has no value of CVSS:4.0"},
      {base + "/U:green", "the metric U has no value of CVSS:4.0"},
      {"CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "the metric AV is out of order"},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N", "the metric SA is missing"},
      {base + std::string(600, 'X'), "longer than any CVSS vector"},
  };
  for (const auto& [vector, why] : wrong) {
    EXPECT_EQ(why_not(vector), why) << vector;
    EXPECT_EQ(base_score(vector), std::nullopt) << vector;
  }
}

TEST(ModelCvss, VersionBesideTheVector) {
  const std::string bare = "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  EXPECT_EQ(CvssVector::parse(bare, "CVSS:3.1")->scores().base, 98);
  EXPECT_EQ(CvssVector::parse(bare, "CVSS:3.1")->method(), "CVSS:3.1");
  EXPECT_EQ(CvssVector::parse("CVSS:3.0/" + bare, "CVSS:3.1")->method(), "CVSS:3.0");
  EXPECT_FALSE(CvssVector::parse(bare, "CVSS:2.0"));
  EXPECT_FALSE(CvssVector::parse(bare, "CVSS:5.0"));
  EXPECT_FALSE(CvssVector::parse("CVSS:2.0/AV:N/AC:L/Au:N/C:N/I:N/A:C"));
}

// The sets of equivalence of CVSS v4.0: of each level its worst vectors (tables 24 to 30).
using Levels = std::vector<std::pair<std::string, std::vector<std::string>>>;
const Levels eq1{{"0", {"AV:N/PR:N/UI:N"}},
                 {"1", {"AV:A/PR:N/UI:N", "AV:N/PR:L/UI:N", "AV:N/PR:N/UI:P"}},
                 {"2", {"AV:P/PR:N/UI:N", "AV:A/PR:L/UI:P"}}};
const Levels eq2{{"0", {"AC:L/AT:N"}}, {"1", {"AC:H/AT:N", "AC:L/AT:P"}}};
const Levels eq36{{"00", {"VC:H/VI:H/VA:H/CR:H/IR:H/AR:H"}},
                  {"01", {"VC:H/VI:H/VA:L/CR:M/IR:M/AR:H", "VC:H/VI:H/VA:H/CR:M/IR:M/AR:M"}},
                  {"10", {"VC:L/VI:H/VA:H/CR:H/IR:H/AR:H", "VC:H/VI:L/VA:H/CR:H/IR:H/AR:H"}},
                  {"11",
                   {"VC:L/VI:H/VA:L/CR:H/IR:M/AR:H", "VC:L/VI:H/VA:H/CR:H/IR:M/AR:M", "VC:H/VI:L/VA:H/CR:M/IR:H/AR:M",
                    "VC:H/VI:L/VA:L/CR:M/IR:H/AR:H", "VC:L/VI:L/VA:H/CR:H/IR:H/AR:M"}},
                  {"21", {"VC:L/VI:L/VA:L/CR:H/IR:H/AR:H"}}};
const Levels eq4{{"0", {"SC:H/SI:H/SA:H/MSI:S/MSA:S"}}, {"1", {"SC:H/SI:H/SA:H"}}, {"2", {"SC:L/SI:L/SA:L"}}};
const Levels eq5{{"0", {"E:A"}}, {"1", {"E:P"}}, {"2", {"E:U"}}};

constexpr std::string_view order_4_0[] = {"AV", "AC", "AT", "PR", "UI", "VC", "VI",  "VA", "SC",
                                          "SI", "SA", "E",  "CR", "IR", "AR", "MSI", "MSA"};

// The metrics of "AV:N/PR:N" and the like, in the order of a vector.
std::string compose(const std::vector<std::string>& parts) {
  std::map<std::string, std::string> values;
  for (const std::string& part : parts) {
    for (std::size_t from = 0; from < part.size();) {
      const auto end = std::min(part.find('/', from), part.size());
      const auto colon = part.find(':', from);
      values[part.substr(from, colon - from)] = part.substr(colon + 1, end - colon - 1);
      from = end + 1;
    }
  }
  std::string vector = "CVSS:4.0";
  for (const std::string_view name : order_4_0) {
    if (const auto found = values.find(std::string(name)); found != values.end())
      vector += "/" + found->first + ":" + found->second;
  }
  return vector;
}

std::map<std::string, int> published_macro_vectors() {
  std::ifstream file(test::source_dir() + "/tests/golden/cvss_4_0_macro_vectors.txt");
  std::map<std::string, int> scores;
  for (std::string name, score; file >> name >> score;) scores[name] = parse_score(score).value();
  return scores;
}

template <class Visit>
void for_each_macro_vector(Visit visit) {
  for (const auto& one : eq1)
    for (const auto& two : eq2)
      for (const auto& joint : eq36)
        for (const auto& four : eq4)
          for (const auto& five : eq5) visit(one, two, joint, four, five);
}

TEST(ModelCvss, WorstVectorsOfEachMacroVectorHaveItsScore) {
  const auto published = published_macro_vectors();
  ASSERT_EQ(published.size(), 270U);
  std::size_t seen = 0;
  for_each_macro_vector([&](const auto& one, const auto& two, const auto& joint, const auto& four, const auto& five) {
    const std::string name = one.first + two.first + joint.first[0] + four.first + five.first + joint.first[1];
    ++seen;
    for (const auto& a : one.second)
      for (const auto& b : two.second)
        for (const auto& c : joint.second) {
          const std::string vector = compose({a, b, c, four.second[0], five.second[0]});
          EXPECT_EQ(scores_of(vector).environmental, published.at(name)) << name << ' ' << vector;
        }
  });
  EXPECT_EQ(seen, 270U);
}

// All vectors of base metrics, one after the other, with their scores.
class AllOfVersion4 {
 public:
  static constexpr std::string_view values[] = {"NALP", "LH",  "NP",  "NLH", "NPA", "HLN",
                                                "HLN",  "HLN", "HLN", "HLN", "HLN"};
  static constexpr std::size_t metrics = std::size(values);

  template <class Visit>
  static void visit(Visit visit_one) {
    std::array<std::size_t, metrics> at{};
    for (std::size_t i = 0; i < metrics;) {
      visit_one(at);
      for (i = 0; i < metrics && ++at[i] == values[i].size(); ++i) at[i] = 0;
    }
  }
  static std::size_t index(const std::array<std::size_t, metrics>& at) {
    std::size_t index = 0;
    for (std::size_t i = metrics; i-- > 0;) index = index * values[i].size() + at[i];
    return index;
  }
  static std::string vector(const std::array<std::size_t, metrics>& at) {
    std::string text = "CVSS:4.0";
    for (std::size_t i = 0; i < metrics; ++i) {
      text.append("/").append(order_4_0[i]).append(":");
      text += values[i][at[i]];
    }
    return text;
  }
};

// No metric that is milder makes a vector worse, neither in its base score nor with any threat.
TEST(ModelCvss, MilderMetricsOfVersion4NeverScoreHigher) {
  std::vector<std::uint8_t> scores;
  AllOfVersion4::visit([&](const auto& at) {
    const auto vector = CvssVector::parse(AllOfVersion4::vector(at));
    ASSERT_TRUE(vector);
    scores.push_back(static_cast<std::uint8_t>(vector->scores().base));
  });
  ASSERT_EQ(scores.size(), 104'976U);
  std::size_t risen = 0;
  AllOfVersion4::visit([&](auto at) {
    const std::uint8_t score = scores[AllOfVersion4::index(at)];
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (at[i] + 1 == AllOfVersion4::values[i].size()) continue;
      ++at[i];
      risen += scores[AllOfVersion4::index(at)] > score;
      --at[i];
    }
  });
  EXPECT_EQ(risen, 0U);
}

TEST(ModelCvss, LessThreatNeverScoresHigher) {
  const std::string weakest[] = {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                                 "CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N",
                                 "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:P/VC:L/VI:L/VA:H/SC:L/SI:L/SA:L"};
  for (const std::string& base : weakest) {
    const int by_attack = scores_of(base + "/E:A").threat, by_proof = scores_of(base + "/E:P").threat;
    EXPECT_EQ(scores_of(base).threat, by_attack) << base;
    EXPECT_GE(by_attack, by_proof) << base;
    EXPECT_GE(by_proof, scores_of(base + "/E:U").threat) << base;
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
  EXPECT_EQ(score_in_tenths(0.1 + 0.2), 3);
  EXPECT_EQ(score_in_tenths(6.91), 70);
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
