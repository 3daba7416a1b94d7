#include "gate/core/waivers.h"

#include <algorithm>

namespace gate {
namespace {

bool is_over(Date last_day, Instant now) { return now >= Instant{last_day + std::chrono::days{1}}; }

bool covers(const Waiver& waiver, const std::string& rule, const Finding& finding) {
  if (waiver.rule != rule) return false;
  return std::all_of(waiver.match.begin(), waiver.match.end(), [&](const auto& wanted) {
    const auto& [key, value] = wanted;
    if (key == "path") return glob_matches(value, finding.at.file);
    const auto found = finding.subject.find(key);
    return found != finding.subject.end() && found->second == value;
  });
}

// Why a comment in the code does not count; empty where it does.
std::string refusal(const Policy& policy, const Allowance& allowance, std::optional<Date> until, Instant now) {
  if (!allowance.problem.empty()) return allowance.problem;
  if (!until) return "'" + allowance.until + "' is no date";
  const auto rule = std::ranges::find(policy.rules, allowance.rule, &RuleConfig::id);
  if (rule == policy.rules.end()) return "the policy has no rule '" + allowance.rule + "'";
  if (!rule->allow_in_code) return "the policy does not let comments allow " + allowance.rule;
  if (*until > std::chrono::floor<std::chrono::days>(now) + policy.max_waiver)
    return "ends " + allowance.until + ", more than " + std::to_string(policy.max_waiver.count()) + " days ahead";
  return {};
}

}  // namespace

Waivers::Waivers(const Policy& policy, const FactSet& facts, Instant now) : of_policy_(policy.waivers.size()) {
  for (const Waiver& waiver : policy.waivers) {
    all_.push_back({waiver, is_over(waiver.expires, now) ? WaiverState::expired : WaiverState::unused});
  }
  std::vector<const Allowance*> allowances;
  for (const Allowance& allowance : facts.all<Allowance>()) allowances.push_back(&allowance);
  std::ranges::stable_sort(allowances, {}, &Allowance::at);
  for (const Allowance* allowance : allowances) add_allowance(policy, *allowance, now);
}

void Waivers::add_allowance(const Policy& policy, const Allowance& allowance, Instant now) {
  const auto until = parse_date(allowance.until);
  WaiverVerdict verdict;
  verdict.waiver.rule = allowance.rule;
  verdict.waiver.reason = allowance.reason;
  verdict.waiver.expires = until.value_or(Date{});
  verdict.waiver.at = {allowance.at.file, allowance.at.line, allowance.at.column};
  verdict.waiver.lines = Lines{allowance.first, allowance.last};
  verdict.why = refusal(policy, allowance, until, now);
  verdict.state = !verdict.why.empty()   ? WaiverState::refused
                  : is_over(*until, now) ? WaiverState::expired
                                         : WaiverState::unused;
  if (verdict.state == WaiverState::unused)
    in_code_.try_emplace({allowance.rule, allowance.at.file, allowance.first}, all_.size());
  all_.push_back(std::move(verdict));
}

std::optional<std::size_t> Waivers::find_policy(const std::string& rule, const Finding& finding) const {
  for (std::size_t i = 0; i < of_policy_; ++i) {
    if (all_[i].state != WaiverState::expired && covers(all_[i].waiver, rule, finding)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> Waivers::find_in_code(const std::string& rule, const Location& at) const {
  if (at.file.empty() || at.line == 0) return std::nullopt;
  auto next = in_code_.upper_bound({rule, at.file, at.line});
  if (next == in_code_.begin()) return std::nullopt;
  const auto& [place, index] = *--next;
  const Waiver& waiver = all_[index].waiver;
  if (waiver.rule != rule || waiver.at.file != at.file || at.line > waiver.lines->last) return std::nullopt;
  return index;
}

std::optional<std::size_t> Waivers::use(const std::string& rule, const Finding& finding) {
  auto index = find_policy(rule, finding);
  if (!index) index = find_in_code(rule, finding.at);
  if (!index) index = find_in_code(rule, finding.definition);
  if (!index) return std::nullopt;
  all_[*index].state = WaiverState::used;
  ++all_[*index].used;
  return index;
}

}  // namespace gate
