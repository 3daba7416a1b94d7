// Vectors and scores of the Common Vulnerability Scoring System, 2.0, 3.0, 3.1 and 4.0, as FIRST's specifications say.
// Scores are in tenths: 0 to 100.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gate/core/fact.h"
#include "gate/core/result.h"

namespace gate::model {

enum class CvssVersion { v2_0, v3_0, v3_1, v4_0 };

struct CvssScores {
  int base = 0;
  int threat = 0;         // with the threat metrics of 4.0, the temporal ones of 2.0 and 3; else the base score
  int environmental = 0;  // with those of the environment as well; else as threat
  bool operator==(const CvssScores&) const = default;
};

class CvssVector {
 public:
  // "CVSS:3.1/AV:N/…"; one of 2.0 has no prefix, and may stand in parentheses. Each base metric has to be there, none
  // twice; in 2.0 (section 2.4) and 4.0 (section 7) in the order of the specification. Supplemental metrics of 4.0 are
  // read and change no score. `method` is "CVSS:3.1" where the report states it beside the vector, which may then leave
  // it out. The error says what is wrong with which metric.
  static Result<CvssVector> parse(std::string_view text, std::string_view method = {});

  CvssVersion version() const { return version_; }
  std::string_view method() const;  // "CVSS:3.1"

  // The value of a metric: "N" for "AV". Empty where the vector does not have it, or says that it is not defined.
  std::string_view operator[](std::string_view metric) const;

  bool has_threat() const;  // a threat (temporal) metric that is defined
  bool has_environment() const;
  CvssScores scores() const;

  // CVSS v4.0, section 1.3: "CVSS-B", "CVSS-BT", "CVSS-BE", "CVSS-BTE". For older versions in the same sense.
  std::string_view nomenclature() const;

 private:
  CvssVersion version_ = CvssVersion::v2_0;
  std::array<std::uint8_t, 32> values_{};  // by place in the version's table: 0, or the number of the value
};

std::optional<int> base_score(std::string_view vector);

// A score as text or number, "7", "7.5", 7.5: tenths, 0 to 100. More than one digit after the point is rounded up.
std::optional<int> parse_score(std::string_view text);
std::optional<int> score_in_tenths(double score);

// CVSS v3.1, section 5, and v4.0, section 6. Also for scores of CVSS 2.0, where it is stricter than NVD's three bands.
Severity severity_of_score(int tenths);

}  // namespace gate::model
