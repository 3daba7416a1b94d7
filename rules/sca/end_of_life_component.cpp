#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "rules/sca/about.h"

namespace gate::rules {
namespace {

using Cycles = std::vector<const EndOfLife*>;

// "3.0" has 3.0, 3.0.13 and 3.0-beta; not 3.01.
bool is_of(const std::string& version, const std::string& cycle) {
  if (cycle.empty() || !version.starts_with(cycle)) return false;
  if (version.size() == cycle.size()) return true;
  const char next = version[cycle.size()];
  return next < '0' || next > '9';
}

std::map<std::string, Cycles> by_package(const FactSet& facts) {
  std::map<std::string, Cycles> all;
  for (const EndOfLife& cycle : facts.all<EndOfLife>()) {
    for (const std::string& purl : cycle.purls) all[package_key(purl, "").base].push_back(&cycle);
  }
  return all;
}

// The most exact one.
const EndOfLife* cycle_of(const std::string& version, const Cycles& cycles) {
  const EndOfLife* best = nullptr;
  for (const EndOfLife* each : cycles) {
    if (is_of(version, each->cycle) && (!best || each->cycle.size() > best->cycle.size())) best = each;
  }
  return best;
}

void judge(const Component& component, const Cycles& cycles, std::int64_t days, Instant now, Judged& out) {
  const PackageKey key = package_key(component);
  const EndOfLife* cycle = cycle_of(key.version, cycles);
  Finding finding;
  finding.subject = {{"package", to_string(key)}, {"product", cycles.front()->product}};
  finding.origin = component.origin;
  const auto say = [&](std::string_view word, std::string what) {
    finding.message = fmt::format("{}: {}", to_string(key), what);
    put(out, word, std::move(finding));
  };
  if (!cycle) return say("review", fmt::format("no release cycle of {} is known to hold it", cycles.front()->product));
  const std::string name = fmt::format("{} {}", cycle->product, cycle->cycle);
  if (cycle->end.empty()) {
    return say(cycle->ended ? "fail" : "tolerate",
               name + (cycle->ended ? " is no longer maintained" : " is maintained"));
  }
  const auto day = parse_date(std::string_view(cycle->end).substr(0, 10));
  if (!day) return say("review", fmt::format("{} ends at '{}', which is no date", name, cycle->end));
  const bool over = now >= Instant{*day + std::chrono::days{1}} - std::chrono::days{days};
  say(over ? "fail" : "tolerate", fmt::format("{} is maintained until {}", name, format(*day)));
}

}  // namespace

Judged sca_end_of_life_component(const FactSet& facts, const Params& params) {
  Judged out;
  const auto products = by_package(facts);
  for (const Component& component : facts.all<Component>()) {
    const auto found = products.find(package_key(component).base);
    if (found == products.end()) continue;
    ++out.examined;
    judge(component, found->second, params.number("days_ahead"), facts.now(), out);
  }
  return out;
}

}  // namespace gate::rules
