#include <algorithm>
#include <cmath>

#include "gate/model/cvss_equations.h"

namespace gate::model {
namespace {

int round(double tenths) { return static_cast<int>(std::floor(tenths + 0.5 + cvss_noise)); }

double impact(const CvssVector& v, bool adjusted) {
  const auto kept = [&](std::string_view metric, std::string_view requirement) {
    const double lost = weight(v[metric], {{"N", 0.0}, {"P", 0.275}, {"C", 0.660}});
    return 1 - lost * (adjusted ? weight(v[requirement], {{"L", 0.5}, {"M", 1.0}, {"H", 1.51}}) : 1.0);
  };
  const double impact = 10.41 * (1 - kept("C", "CR") * kept("I", "IR") * kept("A", "AR"));
  return adjusted ? std::min(10.0, impact) : impact;
}

// Section 3.2.1. Below 0 for a small impact that the environment halves.
int base(const CvssVector& v, double impact) {
  if (impact == 0) return 0;
  const double exploitability = 20 * weight(v["AV"], {{"L", 0.395}, {"A", 0.646}, {"N", 1.0}}) *
                                weight(v["AC"], {{"H", 0.35}, {"M", 0.61}, {"L", 0.71}}) *
                                weight(v["Au"], {{"M", 0.45}, {"S", 0.56}, {"N", 0.704}});
  return round(10 * (0.6 * impact + 0.4 * exploitability - 1.5) * 1.176);
}

// Section 3.2.2.
int temporal(const CvssVector& v, int base) {
  return round(base * weight(v["E"], {{"U", 0.85}, {"POC", 0.9}, {"F", 0.95}, {"H", 1.0}}) *
               weight(v["RL"], {{"OF", 0.87}, {"TF", 0.9}, {"W", 0.95}, {"U", 1.0}}) *
               weight(v["RC"], {{"UC", 0.9}, {"UR", 0.95}, {"C", 1.0}}));
}

// Section 3.2.3. Damage that is not defined is none.
int environmental(const CvssVector& v) {
  const int adjusted = temporal(v, base(v, impact(v, true)));
  const double damage =
      v["CDP"].empty() ? 0.0 : weight(v["CDP"], {{"N", 0}, {"L", 0.1}, {"LM", 0.3}, {"MH", 0.4}, {"H", 0.5}});
  const double targets = weight(v["TD"], {{"N", 0.0}, {"L", 0.25}, {"M", 0.75}, {"H", 1.0}});
  return std::max(0, round((adjusted + (100 - adjusted) * damage) * targets));
}

}  // namespace

CvssScores score_2_0(const CvssVector& v) {
  const int base_score = base(v, impact(v, false));
  return {base_score, temporal(v, base_score), environmental(v)};
}

}  // namespace gate::model
