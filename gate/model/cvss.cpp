#include "gate/model/cvss.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "gate/model/cvss_equations.h"

namespace gate::model {
namespace {

enum class Group { base, threat, environment, supplemental };

struct Metric {
  std::string_view name;
  std::string_view values;  // separated by blanks; "X" and "ND" mean that it is not defined
  Group group;
};

using enum Group;

// CVSS v2.0, sections 2.1 to 2.3, in the order of section 2.4.
constexpr Metric metrics_2_0[] = {
    {"AV", "L A N", base},
    {"AC", "H M L", base},
    {"Au", "M S N", base},
    {"C", "N P C", base},
    {"I", "N P C", base},
    {"A", "N P C", base},
    {"E", "U POC F H ND", threat},
    {"RL", "OF TF W U ND", threat},
    {"RC", "UC UR C ND", threat},
    {"CDP", "N L LM MH H ND", environment},
    {"TD", "N L M H ND", environment},
    {"CR", "L M H ND", environment},
    {"IR", "L M H ND", environment},
    {"AR", "L M H ND", environment},
};

// CVSS v3.1, sections 2 to 4; v3.0 has the same.
constexpr Metric metrics_3[] = {
    {"AV", "N A L P", base},
    {"AC", "L H", base},
    {"PR", "N L H", base},
    {"UI", "N R", base},
    {"S", "U C", base},
    {"C", "H L N", base},
    {"I", "H L N", base},
    {"A", "H L N", base},
    {"E", "X H F P U", threat},
    {"RL", "X U W T O", threat},
    {"RC", "X C R U", threat},
    {"CR", "X H M L", environment},
    {"IR", "X H M L", environment},
    {"AR", "X H M L", environment},
    {"MAV", "X N A L P", environment},
    {"MAC", "X L H", environment},
    {"MPR", "X N L H", environment},
    {"MUI", "X N R", environment},
    {"MS", "X U C", environment},
    {"MC", "X N L H", environment},
    {"MI", "X N L H", environment},
    {"MA", "X N L H", environment},
};

// CVSS v4.0, sections 2 to 5, in the order of section 7.
constexpr Metric metrics_4_0[] = {
    {"AV", "N A L P", base},
    {"AC", "L H", base},
    {"AT", "N P", base},
    {"PR", "N L H", base},
    {"UI", "N P A", base},
    {"VC", "H L N", base},
    {"VI", "H L N", base},
    {"VA", "H L N", base},
    {"SC", "H L N", base},
    {"SI", "H L N", base},
    {"SA", "H L N", base},
    {"E", "X A P U", threat},
    {"CR", "X H M L", environment},
    {"IR", "X H M L", environment},
    {"AR", "X H M L", environment},
    {"MAV", "X N A L P", environment},
    {"MAC", "X L H", environment},
    {"MAT", "X N P", environment},
    {"MPR", "X N L H", environment},
    {"MUI", "X N P A", environment},
    {"MVC", "X H L N", environment},
    {"MVI", "X H L N", environment},
    {"MVA", "X H L N", environment},
    {"MSC", "X H L N", environment},
    {"MSI", "X S H L N", environment},
    {"MSA", "X S H L N", environment},
    {"S", "X N P", supplemental},
    {"AU", "X N Y", supplemental},
    {"R", "X A U I", supplemental},
    {"V", "X D C", supplemental},
    {"RE", "X L M H", supplemental},
    {"U", "X Clear Green Amber Red", supplemental},
};

constexpr std::size_t longest_vector = 512;

std::span<const Metric> metrics_of(CvssVersion version) {
  switch (version) {
    case CvssVersion::v2_0: return metrics_2_0;
    case CvssVersion::v3_0:
    case CvssVersion::v3_1: return metrics_3;
    case CvssVersion::v4_0: return metrics_4_0;
  }
  return {};
}

// Takes the text before the separator off the front; all of it where there is none.
std::string_view cut(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// The number of a value, from 1; 0 for none of them.
std::uint8_t number_of(std::string_view values, std::string_view value) {
  for (std::uint8_t number = 1; !values.empty(); ++number) {
    if (cut(values, ' ') == value) return number;
  }
  return 0;
}

std::string_view value_of(std::string_view values, std::uint8_t number) {
  std::string_view value;
  for (; number > 0; --number) value = cut(values, ' ');
  return value == "X" || value == "ND" ? std::string_view() : value;
}

Error malformed(std::string what) { return {Errc::malformed, std::move(what), {}}; }

constexpr std::pair<std::string_view, CvssVersion> methods[] = {{"CVSS:2.0", CvssVersion::v2_0},
                                                                {"CVSS:3.0", CvssVersion::v3_0},
                                                                {"CVSS:3.1", CvssVersion::v3_1},
                                                                {"CVSS:4.0", CvssVersion::v4_0}};

// Takes the version off the front.
std::optional<CvssVersion> version_of(std::string_view& text, std::string_view stated) {
  if (text.starts_with("CVSS:")) {
    stated = cut(text, '/');
    if (stated == "CVSS:2.0") return std::nullopt;  // has no prefix
  } else if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    text = text.substr(1, text.size() - 2);
  }
  for (const auto& [method, version] : methods) {
    if (method == stated) return version;
  }
  return stated.empty() ? std::optional(CvssVersion::v2_0) : std::nullopt;
}

}  // namespace

Result<CvssVector> CvssVector::parse(std::string_view text, std::string_view stated) {
  if (text.size() > longest_vector) return malformed("longer than any CVSS vector");
  const auto version = version_of(text, stated);
  if (!version) return malformed("a version of CVSS that gate does not know");
  CvssVector vector;
  vector.version_ = *version;
  const std::string method(vector.method());
  const auto metrics = metrics_of(*version);
  const bool any_order = metrics.data() == metrics_3;
  if (text.empty() || text.ends_with('/')) return malformed("a metric of " + method + " is cut off");
  std::size_t next = 0;
  while (!text.empty()) {
    std::string_view value = cut(text, '/');
    const std::string_view name = cut(value, ':');
    const auto metric = std::ranges::find(metrics, name, &Metric::name);
    if (metric == metrics.end()) return malformed("a metric that " + method + " does not have");
    const auto place = static_cast<std::size_t>(metric - metrics.begin());
    if (vector.values_[place] != 0) return malformed("the metric " + std::string(name) + " stands twice");
    if (place < next && !any_order) return malformed("the metric " + std::string(name) + " is out of order");
    next = place;
    vector.values_[place] = number_of(metric->values, value);
    if (vector.values_[place] == 0) return malformed("the metric " + std::string(name) + " has no value of " + method);
  }
  for (std::size_t place = 0; place < metrics.size(); ++place) {
    if (metrics[place].group == base && vector.values_[place] == 0)
      return malformed("the metric " + std::string(metrics[place].name) + " is missing");
  }
  return vector;
}

std::string_view CvssVector::method() const {
  return std::ranges::find(methods, version_, &std::pair<std::string_view, CvssVersion>::second)->first;
}

std::string_view CvssVector::operator[](std::string_view name) const {
  const auto metrics = metrics_of(version_);
  const auto metric = std::ranges::find(metrics, name, &Metric::name);
  if (metric == metrics.end()) return {};
  return value_of(metric->values, values_[static_cast<std::size_t>(metric - metrics.begin())]);
}

bool CvssVector::has_threat() const {
  return std::ranges::any_of(metrics_of(version_),
                             [&](const Metric& m) { return m.group == threat && !(*this)[m.name].empty(); });
}

bool CvssVector::has_environment() const {
  return std::ranges::any_of(metrics_of(version_),
                             [&](const Metric& m) { return m.group == environment && !(*this)[m.name].empty(); });
}

std::string_view CvssVector::nomenclature() const {
  if (has_environment()) return has_threat() ? "CVSS-BTE" : "CVSS-BE";
  return has_threat() ? "CVSS-BT" : "CVSS-B";
}

CvssScores CvssVector::scores() const {
  CvssScores scores = version_ == CvssVersion::v2_0   ? score_2_0(*this)
                      : version_ == CvssVersion::v4_0 ? score_4_0(*this)
                                                      : score_3(*this);
  // The equations of the environment may differ where it says nothing.
  if (!has_environment()) scores.environmental = scores.threat;
  return scores;
}

std::optional<int> base_score(std::string_view text) {
  const auto vector = CvssVector::parse(text);
  return vector ? std::optional(vector->scores().base) : std::nullopt;
}

std::optional<int> score_in_tenths(double score) {
  if (!(score >= 0.0 && score <= 10.0)) return std::nullopt;
  return static_cast<int>(std::ceil(score * 10 - cvss_noise));
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

}  // namespace gate::model
