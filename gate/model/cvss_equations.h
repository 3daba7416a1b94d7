// The scores of one vector, each version by its own equations.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "gate/model/cvss.h"

namespace gate::model {

CvssScores score_2_0(const CvssVector& vector);
CvssScores score_3(const CvssVector& vector);  // 3.0 and 3.1
CvssScores score_4_0(const CvssVector& vector);

// A value that is not in the table, as one that is not defined, changes nothing.
inline double weight(std::string_view value, std::initializer_list<std::pair<std::string_view, double>> weights) {
  for (const auto& [each, factor] : weights) {
    if (each == value) return factor;
  }
  return 1.0;
}

// The equations are decimal: sums of doubles that should be on a step lie this close beside it.
inline constexpr double cvss_noise = 1e-9;

// The base metrics of 3 and 4.0, or with the environment those that it has in their place. All go by the name of the
// modified one: "MAV".
class CvssBase {
 public:
  CvssBase(const CvssVector& vector, bool with_environment) : vector_(vector), with_environment_(with_environment) {}
  std::string_view operator[](std::string_view modified) const {
    const std::string_view own = with_environment_ ? vector_[modified] : std::string_view();
    return own.empty() ? vector_[modified.substr(1)] : own;
  }

 private:
  const CvssVector& vector_;
  bool with_environment_;
};

}  // namespace gate::model
