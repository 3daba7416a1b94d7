#include "gate/model/decision_table.h"

#include <algorithm>
#include <utility>

namespace gate::model {
namespace {

constexpr std::size_t most_rows = 10'000;

Error malformed(std::string what) { return {Errc::malformed, std::move(what), {}}; }

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<Conditions> parse_conditions(std::string_view text) {
  Conditions conditions;
  while (true) {
    const auto end = std::min(text.find(','), text.size());
    const auto part = trimmed(text.substr(0, end));
    const auto blank = part.find(' ');
    if (blank == std::string_view::npos) return malformed("a point without a value");
    const std::string point(part.substr(0, blank));
    if (!conditions.emplace(point, trimmed(part.substr(blank))).second)
      return malformed("the point " + point + " stands twice");
    if (end == text.size()) return conditions;
    text.remove_prefix(end + 1);
  }
}

Result<DecisionTable> DecisionTable::make(std::vector<DecisionRow> rows) {
  if (rows.empty()) return malformed("a decision table without a row");
  if (rows.size() > most_rows) return Error{Errc::too_large, "a decision table of more than 10,000 rows", {}};
  DecisionTable table;
  std::set<Conditions> seen;
  std::map<std::string, DecisionOutcome> outcomes;
  for (const DecisionRow& row : rows) {
    if (!std::ranges::equal(row.when, rows.front().when, {}, &Conditions::value_type::first,
                            &Conditions::value_type::first))
      return malformed("not every row has the same points");
    if (!seen.insert(row.when).second) return malformed("two rows have the same conditions");
    const auto& outcome = outcomes.emplace(row.outcome.name, row.outcome).first->second;
    if (outcome != row.outcome) return malformed("the outcome '" + row.outcome.name + "' has two ranks or times");
    for (const auto& [point, value] : row.when) table.points_[point].insert(value);
  }
  std::size_t combinations = 1;
  for (const auto& [point, values] : table.points_)
    combinations = std::min(combinations * values.size(), most_rows + 1);
  if (combinations != rows.size()) return malformed("not every combination of values has a row");
  table.rows_ = std::move(rows);
  return table;
}

std::vector<DecisionOutcome> DecisionTable::outcomes(const PossibleValues& known) const {
  std::vector<DecisionOutcome> possible;
  for (const DecisionRow& row : rows_) {
    const bool may_be = std::ranges::all_of(row.when, [&](const auto& condition) {
      const auto values = known.find(condition.first);
      return values == known.end() || values->second.contains(condition.second);
    });
    if (may_be) possible.push_back(row.outcome);
  }
  std::ranges::sort(possible, [](const DecisionOutcome& a, const DecisionOutcome& b) {
    return a.rank != b.rank ? a.rank > b.rank : a < b;
  });
  const auto repeated = std::ranges::unique(possible);
  possible.erase(repeated.begin(), repeated.end());
  return possible;
}

}  // namespace gate::model
