#include "rules/sca/ssvc.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "gate/core/policy.h"
#include "gate/model/cvss.h"

namespace gate::rules {
namespace {

using model::DecisionTable;

std::int64_t number_in(const Value& record, std::string_view key, std::int64_t fallback) {
  const Value* field = record.find(key);
  return field && field->integer() ? *field->integer() : fallback;
}

std::string text_in(const Value& record, std::string_view key) {
  const Value* field = record.find(key);
  return field && field->text() ? *field->text() : std::string();
}

int strictness(std::string_view word) { return word == "fail" ? 2 : word == "review" ? 1 : 0; }

// CVSS v4.0 has this point of SSVC as a supplemental metric. All vectors that state it count.
std::set<std::string> automatable_by_cvss(const MergedVulnerability& merged) {
  std::set<std::string> values;
  for (const Vulnerability* statement : merged.told) {
    for (const Rating& rating : statement->ratings) {
      const auto vector = model::CvssVector::parse(rating.vector, rating.method);
      if (!vector || vector->version() != model::CvssVersion::v4_0) continue;
      const auto automatable = (*vector)["AU"];
      if (!automatable.empty()) values.insert(automatable == "Y" ? "yes" : "no");
    }
  }
  return values;
}

}  // namespace

Ssvc::Ssvc(const FactSet& facts, const Params& params)
    : tolerate_(params.texts("ssvc_tolerate")),
      review_(params.texts("ssvc_review")),
      has_list_of_exploited_(has_list_of_exploited(facts)),
      likely_(params.number("epss_percent") * epss_unit) {
  read_tables(params);
  read_scopes(params);
  check_outcomes(tolerate_);
  check_outcomes(review_);
}

void Ssvc::read_tables(const Params& params) {
  std::map<std::string, std::vector<model::DecisionRow>> rows;  // by the point that they give; "": the outcome
  for (const Value& record : params.records("ssvc_table")) {
    auto when = model::parse_conditions(text_in(record, "name"));
    if (!when) {
      faults_.push_back(fmt::format("ssvc_table, '{}': {}", text_in(record, "name"), when.error().what));
      continue;
    }
    rows[text_in(record, "gives")].push_back(
        {std::move(*when), {text_in(record, "outcome"), number_in(record, "rank", 0), number_in(record, "days", -1)}});
  }
  for (auto& [gives, of_one] : rows) {
    auto table = DecisionTable::make(std::move(of_one));
    if (!table) {
      faults_.push_back("ssvc_table: " + table.error().what);
    } else if (gives.empty()) {
      table_ = std::move(*table);
    } else {
      derived_.emplace(gives, std::move(*table));
    }
  }
  if (!table_ && !derived_.empty()) faults_.push_back("ssvc_table: tables that give points, and none that decides");
}

void Ssvc::read_scopes(const Params& params) {
  for (const Value& record : params.records("ssvc_points")) {
    auto values = model::parse_conditions(text_in(record, "values"));
    if (!values) {
      faults_.push_back(fmt::format("ssvc_points of {}: {}", text_in(record, "name"), values.error().what));
      continue;
    }
    for (const auto& [point, value] : *values) {
      if (!has_point(point, value))
        faults_.push_back(fmt::format("ssvc_points: the tables do not have '{} {}'", point, value));
    }
    scopes_.push_back({text_in(record, "name"), std::move(*values)});
  }
}

void Ssvc::check_outcomes(const std::vector<std::string>& names) {
  const auto outcomes = table_ ? table_->outcomes({}) : std::vector<model::DecisionOutcome>{};
  for (const std::string& name : names) {
    if (std::ranges::find(outcomes, name, &model::DecisionOutcome::name) == outcomes.end())
      faults_.push_back(fmt::format("the tables of ssvc do not have the outcome '{}'", name));
  }
}

bool Ssvc::has_point(const std::string& point, const std::string& value) const {
  const auto has = [&](const DecisionTable& table) {
    const auto found = table.points().find(point);
    return found != table.points().end() && found->second.contains(value);
  };
  return (table_ && has(*table_)) || std::ranges::any_of(derived_, [&](const auto& each) { return has(each.second); });
}

Ssvc::Point Ssvc::told_by_facts(const std::string& name, const MergedVulnerability& merged) const {
  const Exploitation& known = merged.known;
  if (name == "in-kev") {
    if (known.listed) return {{"yes"}, "listed by CISA"};
    return has_list_of_exploited_ ? Point{{"no"}, "not on CISA's list"} : Point{};
  }
  if (name == "exploitation") {
    if (known.listed) return {{"active"}, "listed by CISA"};
    if (known.exploitation == "none" || known.exploitation == "active") return {{known.exploitation}, "by CISA"};
    if (known.exploitation == "poc" || known.exploitation == "public poc") return {{"public poc"}, "by CISA"};
    const bool is_likely = likely_ > 0 && (known.epss < 0 || known.epss >= likely_);
    return has_list_of_exploited_ && !is_likely ? Point{{"none", "public poc"}, "not on CISA's list"} : Point{};
  }
  if (name == "automatable") {
    if (known.automatable == "yes" || known.automatable == "no") return {{known.automatable}, "by CISA"};
    return {automatable_by_cvss(merged), "by CVSS"};
  }
  if (name == "technical-impact" && (known.technical_impact == "partial" || known.technical_impact == "total"))
    return {{known.technical_impact}, "by CISA"};
  return {};
}

// The last entry that is about the package and names the point.
Ssvc::Point Ssvc::told_by_policy(const std::string& name, const MergedVulnerability& merged) const {
  const std::string package = to_string(merged.package);
  Point point;
  for (const Scope& scope : scopes_) {
    const auto value = scope.values.find(name);
    if (value != scope.values.end() && glob_matches(scope.packages, package))
      point = {{value->second}, "by the policy"};
  }
  return point;
}

Ssvc::Point Ssvc::derived(const std::string& name, const MergedVulnerability& merged) const {
  const auto table = derived_.find(name);
  if (table == derived_.end()) return {};
  model::PossibleValues known;
  for (const auto& [point, values] : table->second.points()) {
    Point told = told_by_facts(point, merged);
    if (told.values.empty()) told = told_by_policy(point, merged);
    if (!told.values.empty()) known.emplace(point, std::move(told.values));
  }
  Point out;
  if (known.empty()) return out;
  for (auto& outcome : table->second.outcomes(known)) out.values.insert(std::move(outcome.name));
  out.by = "by its table";
  return out;
}

// Facts before the policy: it fills in what they do not tell.
Ssvc::Point Ssvc::point_of(const std::string& name, const MergedVulnerability& merged) const {
  Point point = told_by_facts(name, merged);
  if (point.values.empty()) point = told_by_policy(name, merged);
  return point.values.empty() ? derived(name, merged) : point;
}

Ssvc::Answer Ssvc::decide(const MergedVulnerability& merged) const {
  if (!table_ || !faults_.empty())
    return {.word = "review", .days = -1, .why = "SSVC: the policy does not fit its table"};
  model::PossibleValues known;
  std::vector<std::string> told;
  for (const auto& [name, values] : table_->points()) {
    Point point = point_of(name, merged);
    told.push_back(point.values.empty() ? name + " unknown"
                                        : fmt::format("{} {} {}", name, fmt::join(point.values, " or "), point.by));
    if (!point.values.empty()) known.emplace(name, std::move(point.values));
  }
  const auto outcomes = table_->outcomes(known);
  if (outcomes.empty()) return {.word = "review", .days = -1, .why = "SSVC: the table has no such case"};
  // The strictest word that is possible, with the least time that an outcome of this word gives.
  Answer answer{.word = "tolerate", .days = -1, .why = {}};
  std::vector<std::string> names;
  for (const auto& outcome : outcomes) {
    names.push_back(outcome.name);
    const std::string word = word_for(outcome.name);
    if (strictness(word) > strictness(answer.word) || names.size() == 1) {
      answer.word = word;
      answer.days = outcome.days;
    } else if (word == answer.word) {
      answer.days = std::min(answer.days, outcome.days);
    }
  }
  answer.why = fmt::format("SSVC: {} ({})", fmt::join(names, " or "), fmt::join(told, "; "));
  return answer;
}

std::string Ssvc::word_for(const std::string& outcome) const {
  const auto is_in = [&](const std::vector<std::string>& list) {
    return std::ranges::find(list, outcome) != list.end();
  };
  return is_in(review_) ? "review" : is_in(tolerate_) ? "tolerate" : "fail";
}

}  // namespace gate::rules
