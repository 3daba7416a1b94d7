#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "gate/model/cvss_equations.h"

namespace gate::model {
namespace {

// CVSS v4.0, section 8.2: a vector's level in each set of equivalence: EQ1, EQ2, EQ3 and EQ6 together, EQ4, EQ5.
using MacroVector = std::array<std::size_t, 5>;

// One set: its metrics, each with its values from the worst on; and of each level the vectors that no other vector of
// that level exceeds, and how many steps lie between them and the level's mildest vector.
struct Level {
  std::array<std::string_view, 5> worst;  // one letter a metric; empty: no more of them
  int depth;
};
struct EquivalenceSet {
  std::array<std::pair<std::string_view, std::string_view>, 6> metrics;
  std::array<Level, 5> levels;  // depth 0: no such level
};

// Tables 24 to 30.
constexpr EquivalenceSet sets[] = {
    {{{{"MAV", "NALP"}, {"MPR", "NLH"}, {"MUI", "NPA"}}},
     {{{{"NNN"}, 1}, {{"ANN", "NLN", "NNP"}, 4}, {{"PNN", "ALP"}, 5}}}},
    {{{{"MAC", "LH"}, {"MAT", "NP"}}}, {{{{"LN"}, 1}, {{"HN", "LP"}, 2}}}},
    {{{{"MVC", "HLN"}, {"MVI", "HLN"}, {"MVA", "HLN"}, {"CR", "HML"}, {"IR", "HML"}, {"AR", "HML"}}},
     {{{{"HHHHHH"}, 7},
       {{"HHLMMH", "HHHMMM"}, 6},
       {{"LHHHHH", "HLHHHH"}, 8},
       {{"LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM"}, 8},
       {{"LLLHHH"}, 10}}}},
    {{{{"MSC", "SHLN"}, {"MSI", "SHLN"}, {"MSA", "SHLN"}}}, {{{{"HSS"}, 6}, {{"HHH"}, 5}, {{"LLL"}, 4}}}},
    {{{{"E", "APU"}}}, {{{{"A"}, 1}, {{"P"}, 1}, {{"U"}, 1}}}},
};

// The scores of the macro vectors, in tenths, as FIRST publishes them. A row has the levels of EQ4 and, within, EQ5.
// clang-format off
constexpr std::uint8_t macro_scores[3][2][5][9] = {
  {
    {{100,  98,  95, 100,  93,  91,  93,  89,  81},
     { 99,  95,  92,  96,  87,  81,  90,  80,  68},
     { 98,  95,  90,  93,  89,  81,  88,  78,  69},
     { 95,  92,  84,  92,  81,  65,  80,  70,  48},
     { 92,  82,  72,  79,  69,  50,  69,  55,  27}},
    {{ 99,  95,  92,  95,  90,  84,  92,  82,  72},
     { 97,  92,  85,  91,  83,  71,  81,  71,  53},
     { 95,  92,  85,  92,  80,  70,  84,  71,  50},
     { 93,  85,  73,  82,  72,  59,  70,  52,  30},
     { 86,  75,  52,  71,  52,  29,  63,  29,  17}},
  },
  {
    {{ 98,  94,  91,  94,  86,  77,  87,  74,  63},
     { 95,  87,  81,  89,  74,  64,  75,  63,  49},
     { 94,  88,  76,  86,  74,  59,  72,  57,  52},
     { 89,  77,  67,  76,  58,  50,  57,  52,  25},
     { 83,  70,  54,  65,  58,  26,  53,  21,  13}},
    {{ 95,  88,  76,  90,  75,  61,  77,  68,  52},
     { 90,  76,  70,  77,  62,  53,  66,  59,  30},
     { 89,  76,  62,  74,  57,  47,  61,  57,  24},
     { 78,  67,  58,  59,  57,  23,  52,  29,  16},
     { 71,  59,  30,  58,  26,  15,  23,  13,   6}},
  },
  {
    {{ 93,  86,  75,  86,  74,  56,  70,  52,  40},
     { 87,  72,  58,  74,  61,  34,  54,  40,  22},
     { 85,  74,  62,  72,  55,  46,  53,  34,  19},
     { 75,  55,  51,  57,  41,  19,  36,  19,   8},
     { 64,  51,  20,  47,  21,  11,  24,   9,   4}},
    {{ 88,  73,  60,  73,  59,  41,  54,  45,  20},
     { 75,  53,  50,  55,  40,  20,  43,  22,  11},
     { 75,  58,  40,  61,  48,  20,  46,  17,   8},
     { 55,  45,  21,  51,  18,   9,  18,   7,   2},
     { 53,  24,  14,  24,  12,   5,  10,   3,   1}},
  },
};
// clang-format on

// A vector with or without its threat and environment. What is not defined is the worst.
class Metrics {
 public:
  Metrics(const CvssVector& vector, bool with_threat, bool with_environment)
      : vector_(vector), base_(vector, with_environment), threat_(with_threat), environment_(with_environment) {}

  char operator[](std::string_view name) const {
    if (name.starts_with('M')) return base_[name].front();
    const std::string_view value = (name == "E" ? threat_ : environment_) ? vector_[name] : std::string_view();
    return !value.empty() ? value.front() : name == "E" ? 'A' : 'H';
  }

 private:
  const CvssVector& vector_;
  CvssBase base_;
  bool threat_, environment_;
};

MacroVector macro_vector(const Metrics& m) {
  const int open = (m["MAV"] == 'N') + (m["MPR"] == 'N') + (m["MUI"] == 'N');
  const std::size_t eq1 = open == 3 ? 0 : open > 0 && m["MAV"] != 'P' ? 1 : 2;
  const std::size_t eq2 = m["MAC"] == 'L' && m["MAT"] == 'N' ? 0 : 1;
  const bool c = m["MVC"] == 'H', i = m["MVI"] == 'H', a = m["MVA"] == 'H';
  const std::size_t eq3 = c && i ? 0 : c || i || a ? 1 : 2;
  const std::size_t eq6 = (c && m["CR"] == 'H') || (i && m["IR"] == 'H') || (a && m["AR"] == 'H') ? 0 : 1;
  const bool safety = m["MSI"] == 'S' || m["MSA"] == 'S';
  const std::size_t eq4 = safety ? 0 : m["MSC"] == 'H' || m["MSI"] == 'H' || m["MSA"] == 'H' ? 1 : 2;
  const std::size_t eq5 = m["E"] == 'A' ? 0 : m["E"] == 'P' ? 1 : 2;
  // The third level of EQ3 has the second one of EQ6.
  return {eq1, eq2, eq3 == 2 ? 4 : 2 * eq3 + eq6, eq4, eq5};
}

int macro_score(const MacroVector& at) { return macro_scores[at[0]][at[1]][at[2]][3 * at[3] + at[4]]; }

// The score of the next lower macro vector in one set, the highest where there are two; nothing at the lowest level.
std::optional<int> lower_score(MacroVector at, std::size_t set) {
  // EQ3 and EQ6 together: below 00 are 01 and 10, below both of these 11, below that 21.
  constexpr std::array<std::size_t, 5> next_of_joint{1, 3, 3, 4, 5};
  const bool is_joint = set == 2, is_top = at[set] == 0;
  at[set] = is_joint ? next_of_joint[at[set]] : at[set] + 1;
  if (at[set] == sets[set].levels.size() || sets[set].levels[at[set]].depth == 0) return std::nullopt;
  int score = macro_score(at);
  if (is_joint && is_top) {
    at[set] = 2;
    score = std::max(score, macro_score(at));
  }
  return score;
}

// The steps from the first of the level's worst vectors that is as bad in each metric.
int distance(const Metrics& m, const EquivalenceSet& set, const Level& level) {
  for (const std::string_view worst : level.worst) {
    int steps = 0;
    bool covers = true;
    for (std::size_t i = 0; i < worst.size(); ++i) {
      const auto& [name, values] = set.metrics[i];
      const auto from = values.find(worst[i]), to = values.find(m[name]);
      covers = covers && from <= to;
      steps += static_cast<int>(to) - static_cast<int>(from);
    }
    if (covers) return steps;
  }
  return 0;
}

int score(const Metrics& m) {
  const bool harmless = std::ranges::all_of(std::array<std::string_view, 6>{"MVC", "MVI", "MVA", "MSC", "MSI", "MSA"},
                                            [&](auto name) { return m[name] == 'N'; });
  if (harmless) return 0;
  const MacroVector at = macro_vector(m);
  const int highest = macro_score(at);
  double reduction = 0;
  int lower_sets = 0;
  for (std::size_t set = 0; set < at.size(); ++set) {
    const auto lower = lower_score(at, set);
    if (!lower) continue;
    ++lower_sets;
    const Level& level = sets[set].levels[at[set]];
    reduction += static_cast<double>(highest - *lower) * distance(m, sets[set], level) / level.depth;
  }
  if (lower_sets > 0) reduction /= lower_sets;
  return std::clamp(static_cast<int>(std::floor(highest - reduction + 0.5 + cvss_noise)), 0, 100);
}

}  // namespace

CvssScores score_4_0(const CvssVector& vector) {
  return {score(Metrics(vector, false, false)), score(Metrics(vector, true, false)),
          score(Metrics(vector, true, true))};
}

}  // namespace gate::model
