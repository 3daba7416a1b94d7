#include "gate/model/cvss.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace gate::model {
namespace {

struct Metric {
  std::string_view name;
  std::string_view values;  // separated by blanks
  bool base;
};

// CVSS v2.0, sections 2.1 to 2.3.
constexpr Metric metrics2[] = {
    {"AV", "L A N", true},        {"AC", "H M L", true},
    {"Au", "M S N", true},        {"C", "N P C", true},
    {"I", "N P C", true},         {"A", "N P C", true},
    {"E", "U POC F H ND", false}, {"RL", "OF TF W U ND", false},
    {"RC", "UC UR C ND", false},  {"CDP", "N L LM MH H ND", false},
    {"TD", "N L M H ND", false},  {"CR", "L M H ND", false},
    {"IR", "L M H ND", false},    {"AR", "L M H ND", false},
};

// CVSS v3.1, sections 2 to 4; v3.0 has the same.
constexpr Metric metrics3[] = {
    {"AV", "N A L P", true},   {"AC", "L H", true},        {"PR", "N L H", true},       {"UI", "N R", true},
    {"S", "U C", true},        {"C", "H L N", true},       {"I", "H L N", true},        {"A", "H L N", true},
    {"E", "X H F P U", false}, {"RL", "X U W T O", false}, {"RC", "X C R U", false},    {"CR", "X H M L", false},
    {"IR", "X H M L", false},  {"AR", "X H M L", false},   {"MAV", "X N A L P", false}, {"MAC", "X L H", false},
    {"MPR", "X N L H", false}, {"MUI", "X N R", false},    {"MS", "X U C", false},      {"MC", "X N L H", false},
    {"MI", "X N L H", false},  {"MA", "X N L H", false},
};

using Values = std::map<std::string_view, std::string_view>;

bool one_of(std::string_view values, std::string_view value) {
  while (!values.empty()) {
    const auto end = std::min(values.find(' '), values.size());
    if (values.substr(0, end) == value) return true;
    values.remove_prefix(std::min(end + 1, values.size()));
  }
  return false;
}

std::optional<Values> read(std::string_view vector, std::span<const Metric> metrics) {
  Values values;
  while (!vector.empty()) {
    const auto end = std::min(vector.find('/'), vector.size());
    const auto part = vector.substr(0, end);
    const auto colon = part.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto name = part.substr(0, colon), value = part.substr(colon + 1);
    const auto metric = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& m) { return m.name == name; });
    if (metric == metrics.end() || !one_of(metric->values, value)) return std::nullopt;
    if (!values.emplace(name, value).second) return std::nullopt;
    vector.remove_prefix(std::min(end + 1, vector.size()));
  }
  for (const Metric& metric : metrics) {
    if (metric.base && !values.contains(metric.name)) return std::nullopt;
  }
  return values;
}

// The weight of a one-letter value: `letters` and `weights` go in step.
double weigh(std::string_view value, std::string_view letters, std::initializer_list<double> weights) {
  return weights.begin()[letters.find(value.front())];
}

// CVSS v2.0, section 3.2.1.
int score2(const Values& v) {
  const auto impact_of = [&](std::string_view name) { return 1 - weigh(v.at(name), "NPC", {0.0, 0.275, 0.660}); };
  const double impact = 10.41 * (1 - impact_of("C") * impact_of("I") * impact_of("A"));
  const double exploitability = 20 * weigh(v.at("AV"), "LAN", {0.395, 0.646, 1.0}) *
                                weigh(v.at("AC"), "HML", {0.35, 0.61, 0.71}) *
                                weigh(v.at("Au"), "MSN", {0.45, 0.56, 0.704});
  if (impact == 0) return 0;
  const double score = (0.6 * impact + 0.4 * exploitability - 1.5) * 1.176;
  return std::clamp(static_cast<int>(std::lround(score * 10)), 0, 100);
}

// CVSS v3.1, appendix A: Roundup.
int round_up(double score) {
  const long hundred_thousandths = std::lround(score * 100000);
  return static_cast<int>((hundred_thousandths + 9999) / 10000);
}

// CVSS v3.1, section 7.1.
int score3(const Values& v) {
  const bool changed = v.at("S") == "C";
  const auto impact_of = [&](std::string_view name) { return 1 - weigh(v.at(name), "HLN", {0.56, 0.22, 0.0}); };
  const double base = 1 - impact_of("C") * impact_of("I") * impact_of("A");
  const double impact = changed ? 7.52 * (base - 0.029) - 3.25 * std::pow(base - 0.02, 15) : 6.42 * base;
  if (impact <= 0) return 0;
  const double privileges =
      changed ? weigh(v.at("PR"), "NLH", {0.85, 0.68, 0.5}) : weigh(v.at("PR"), "NLH", {0.85, 0.62, 0.27});
  const double exploitability = 8.22 * weigh(v.at("AV"), "NALP", {0.85, 0.62, 0.55, 0.2}) *
                                weigh(v.at("AC"), "LH", {0.77, 0.44}) * privileges *
                                weigh(v.at("UI"), "NR", {0.85, 0.62});
  return round_up(std::min((changed ? 1.08 : 1.0) * (impact + exploitability), 10.0));
}

}  // namespace

std::optional<int> base_score(std::string_view vector) {
  for (const std::string_view prefix : {"CVSS:3.1/", "CVSS:3.0/"}) {
    if (!vector.starts_with(prefix)) continue;
    const auto values = read(vector.substr(prefix.size()), metrics3);
    return values ? std::optional(score3(*values)) : std::nullopt;
  }
  if (vector.size() > 2 && vector.front() == '(' && vector.back() == ')') vector = vector.substr(1, vector.size() - 2);
  const auto values = read(vector, metrics2);
  return values ? std::optional(score2(*values)) : std::nullopt;
}

std::optional<int> score_in_tenths(double score) {
  if (!(score >= 0.0 && score <= 10.0)) return std::nullopt;
  return round_up(score);
}

std::optional<int> parse_score(std::string_view text) {
  const auto point = std::min(text.find('.'), text.size());
  const auto whole = text.substr(0, point), rest = text.substr(std::min(point + 1, text.size()));
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() <= 15 &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!digits(whole) || whole.size() > 2 || (point < text.size() && !digits(rest))) return std::nullopt;
  int tenths = 0;
  for (const char c : whole) tenths = tenths * 10 + (c - '0');
  tenths = tenths * 10 + (rest.empty() ? 0 : rest.front() - '0');
  if (rest.find_first_not_of('0', 1) != std::string_view::npos) ++tenths;
  return tenths <= 100 ? std::optional(tenths) : std::nullopt;
}

Severity severity_of_score(int tenths) {
  if (tenths >= 90) return Severity::critical;
  if (tenths >= 70) return Severity::high;
  if (tenths >= 40) return Severity::medium;
  return tenths > 0 ? Severity::low : Severity::none;
}

std::optional<Severity> severity_of_vector(std::string_view vector) {
  const auto score = base_score(vector);
  return score ? std::optional(severity_of_score(*score)) : std::nullopt;
}

}  // namespace gate::model
