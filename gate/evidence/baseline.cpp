#include "gate/evidence/baseline.h"

#include <fmt/format.h>

#include <algorithm>

#include "gate/evidence/shared.h"
#include "gate/json/value.h"

namespace gate::evidence {
namespace {

using json::Array;
using json::Value;

constexpr std::int64_t version = 1;
constexpr std::string_view scheme = "gate/v1";

WaiverVerdict known(const std::string& rule, const std::string& file, std::string reason, WaiverState state,
                    std::size_t used) {
  Waiver waiver;
  waiver.rule = rule;
  waiver.reason = std::move(reason);
  waiver.owner = waiver.approved_by = "baseline";
  waiver.at = {file, 0, 0};
  WaiverVerdict verdict{std::move(waiver), state, used};
  verdict.of_baseline = true;
  return verdict;
}

// Returns how many entries were found.
std::size_t waive(const std::set<std::string>& entries, RuleVerdict& rule, std::size_t waiver) {
  const auto prints = fingerprints(rule);
  std::size_t found = 0;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    if (!entries.contains(prints[i])) continue;
    ++found;
    if (!rule.against[i].waiver) rule.against[i].waiver = waiver;
  }
  return found;
}

Result<std::set<std::string>> read_entries(const json::View& list) {
  const auto elements = list.as_elements();
  if (!elements) return elements.error();
  std::set<std::string> entries;
  for (const json::View& element : *elements) {
    auto text = element.as_text();
    if (!text) return text.error();
    entries.insert(std::move(*text));
  }
  return entries;
}

}  // namespace

std::string write_baseline(const Report& report) {
  Value rules = json::Object{};
  for (const RuleVerdict& rule : report.verdict.rules) {
    const auto prints = fingerprints(rule);
    std::set<std::string> open;
    for (std::size_t i = 0; i < prints.size(); ++i) {
      const auto& waiver = rule.against[i].waiver;
      if (!waiver || report.verdict.waivers[*waiver].of_baseline) open.insert(prints[i]);
    }
    if (!open.empty()) rules[rule.id] = Array(open.begin(), open.end());
  }
  return json::to_pretty_string(Value{{"gateBaseline", version},
                                      {"fingerprints", scheme},
                                      {"policy", report.policy.name},
                                      {"rules", std::move(rules)}});
}

Result<Baseline> read_baseline(const Document& document, const std::string& policy) {
  const auto parsed = json::parse(document.bytes, document.origin.artifact);
  if (!parsed) return parsed.error();
  const json::View top(*parsed, document.origin.artifact);
  const auto number = top.integer("gateBaseline");
  if (!number) return number.error();
  const auto fingerprints = top.text("fingerprints");
  if (!fingerprints) return fingerprints.error();
  if (*number != version || *fingerprints != scheme)
    return top.error(Errc::unsupported_version,
                     fmt::format("baseline version {} with fingerprints {}, this gate reads {} with {}", *number,
                                 *fingerprints, version, scheme));
  const auto of = top.text("policy");
  if (!of) return of.error();
  if (*of != policy)
    return top.error(Errc::wrong_subject,
                     fmt::format("it is of the policy '{}', this run judges by '{}'", *of, policy));
  const auto rules = top.member("rules");
  if (!rules) return rules.error();
  const auto members = rules->as_members();
  if (!members) return members.error();
  Baseline baseline;
  for (const auto& [rule, list] : *members) {
    auto entries = read_entries(list);
    if (!entries) return entries.error();
    baseline.emplace(rule, std::move(*entries));
  }
  return baseline;
}

void apply_baseline(const Baseline& baseline, const std::string& file, Verdict& verdict) {
  for (const auto& [id, entries] : baseline) {
    const auto rule = std::ranges::find(verdict.rules, id, &RuleVerdict::id);
    std::size_t found = 0;
    if (rule != verdict.rules.end()) {
      found = waive(entries, *rule, verdict.waivers.size());
      if (found > 0) verdict.waivers.push_back(known(id, file, "known before", WaiverState::used, found));
    }
    if (found < entries.size()) {
      verdict.waivers.push_back(known(id, file, "known before", WaiverState::unused, 0));
      verdict.waivers.back().why =
          fmt::format("{} entries are found no more: write the baseline anew", entries.size() - found);
    }
  }
  settle(verdict);
}

}  // namespace gate::evidence
