#include <algorithm>
#include <cmath>

#include "gate/model/cvss_equations.h"

namespace gate::model {
namespace {

// CVSS v3.0, section 8: to the tenth that is equal or higher. CVSS v3.1, appendix A: what is less than a hundred
// thousandth of a point above a tenth is that tenth.
int round_up(const CvssVector& v, double score) {
  if (v.version() == CvssVersion::v3_0) return static_cast<int>(std::ceil(score * 10 - cvss_noise));
  return static_cast<int>((std::lround(score * 100'000) + 9'999) / 10'000);
}

double impact(const CvssVector& v, const CvssBase& base, bool with_environment) {
  const auto kept = [&](std::string_view metric, std::string_view requirement) {
    const double lost = weight(base[metric], {{"H", 0.56}, {"L", 0.22}, {"N", 0.0}});
    return 1 - lost * (with_environment ? weight(v[requirement], {{"H", 1.5}, {"M", 1.0}, {"L", 0.5}}) : 1.0);
  };
  double lost = 1 - kept("MC", "CR") * kept("MI", "IR") * kept("MA", "AR");
  if (with_environment) lost = std::min(lost, 0.915);
  if (base["MS"] == "U") return 6.42 * lost;
  const bool by_3_1 = with_environment && v.version() == CvssVersion::v3_1;
  const double shrunk = by_3_1 ? std::pow(lost * 0.9731 - 0.02, 13) : std::pow(lost - 0.02, 15);
  return 7.52 * (lost - 0.029) - 3.25 * shrunk;
}

// CVSS v3.1, sections 7.1 and 7.3.
int base_score(const CvssVector& v, bool with_environment) {
  const CvssBase base(v, with_environment);
  const double harm = impact(v, base, with_environment);
  if (harm <= 0) return 0;
  const bool changed = base["MS"] == "C";
  const double privileges =
      weight(base["MPR"], {{"N", 0.85}, {"L", changed ? 0.68 : 0.62}, {"H", changed ? 0.5 : 0.27}});
  const double exploitability = 8.22 * weight(base["MAV"], {{"N", 0.85}, {"A", 0.62}, {"L", 0.55}, {"P", 0.2}}) *
                                weight(base["MAC"], {{"L", 0.77}, {"H", 0.44}}) * privileges *
                                weight(base["MUI"], {{"N", 0.85}, {"R", 0.62}});
  return round_up(v, std::min((changed ? 1.08 : 1.0) * (harm + exploitability), 10.0));
}

// CVSS v3.1, section 7.2.
int temporal(const CvssVector& v, int base) {
  return round_up(v, base / 10.0 * weight(v["E"], {{"H", 1.0}, {"F", 0.97}, {"P", 0.94}, {"U", 0.91}}) *
                         weight(v["RL"], {{"U", 1.0}, {"W", 0.97}, {"T", 0.96}, {"O", 0.95}}) *
                         weight(v["RC"], {{"C", 1.0}, {"R", 0.96}, {"U", 0.92}}));
}

}  // namespace

CvssScores score_3(const CvssVector& v) {
  const int base = base_score(v, false);
  return {base, temporal(v, base), temporal(v, base_score(v, true))};
}

}  // namespace gate::model
