// Decision tables, as SSVC (Stakeholder-Specific Vulnerability Categorization) has them: a few points, each with a few
// values, lead to an outcome.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate::model {

using Conditions = std::map<std::string, std::string>;  // a value for each point

// "exploitation public poc, automatable no": a point is one word, and the rest is its value.
Result<Conditions> parse_conditions(std::string_view text);

struct DecisionOutcome {
  std::string name;
  std::int64_t rank = 0;   // the more urgent, the higher
  std::int64_t days = -1;  // that it gives; -1: it gives none
  auto operator<=>(const DecisionOutcome&) const = default;
};

struct DecisionRow {
  Conditions when;
  DecisionOutcome outcome;
};

// What is known of each point: the values that it may have. A point that is not there may have any.
using PossibleValues = std::map<std::string, std::set<std::string>>;

class DecisionTable {
 public:
  // Every row has the same points, and every combination of their values has one row, so that there is no case without
  // an outcome.
  static Result<DecisionTable> make(std::vector<DecisionRow> rows);

  const PossibleValues& points() const { return points_; }  // each with all values that the table has

  // The outcomes that what is known leaves possible, the most urgent first. Never empty, unless a point is known to
  // have only values that the table does not.
  std::vector<DecisionOutcome> outcomes(const PossibleValues& known) const;

 private:
  std::vector<DecisionRow> rows_;
  PossibleValues points_;
};

}  // namespace gate::model
