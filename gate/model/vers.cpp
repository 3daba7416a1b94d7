#include "gate/model/vers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gate/model/version_order.h"

namespace gate::model {
namespace {

constexpr std::size_t most_constraints = 10'000, most_bytes = 1u << 20;

constexpr std::array<std::pair<std::string_view, Comparator>, 6> comparators{{
    {">=", Comparator::greater_or_equal},
    {"<=", Comparator::less_or_equal},
    {"!=", Comparator::not_equal},
    {">", Comparator::greater},
    {"<", Comparator::less},
    {"", Comparator::equal},
}};

bool is_lower(Comparator comparator) {
  return comparator == Comparator::greater || comparator == Comparator::greater_or_equal;
}
bool is_upper(Comparator comparator) {
  return comparator == Comparator::less || comparator == Comparator::less_or_equal;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(".-_~:").find(c) != std::string_view::npos;
}
// Marks of VERS itself; they stand in a version percent-encoded alone.
bool is_mark(char c) { return std::string_view("<>=!*|%").find(c) != std::string_view::npos; }

int hex_value(char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto at = digits.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      if (is_mark(text[i]) || text[i] <= ' ' || text[i] == 0x7f) return std::nullopt;
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    if (is_plain(out.back())) return std::nullopt;  // one version has one spelling
    i += 2;
  }
  return out.empty() ? std::nullopt : std::optional(std::move(out));
}

std::string encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_mark(c) || c <= ' ' || c == 0x7f) {
      out += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<VersionConstraint> read_constraint(std::string_view text) {
  for (const auto& [mark, comparator] : comparators) {
    if (!text.starts_with(mark)) continue;
    auto version = decoded(text.substr(mark.size()));
    if (!version) return std::nullopt;
    return VersionConstraint{comparator, std::move(*version)};
  }
  return std::nullopt;
}

// Schemes in which all versions of the range have an order. A failed comparison would make sorting undefined.
bool can_be_sorted(const VersionRange& range) {
  return std::all_of(range.constraints.begin(), range.constraints.end(), [&](const VersionConstraint& each) {
    return compare_versions(range.scheme, each.version, each.version).has_value();
  });
}

bool is_before(const VersionRange& range, const VersionConstraint& a, const VersionConstraint& b) {
  return compare_versions(range.scheme, a.version, b.version) == std::weak_ordering::less;
}

}  // namespace

std::optional<VersionRange> parse_vers(std::string_view text) {
  constexpr std::string_view prefix = "vers:";
  if (text.size() > most_bytes || !text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  const auto slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0) return std::nullopt;
  VersionRange range;
  range.scheme = text.substr(0, slash);
  const auto is_scheme = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  if (!std::all_of(range.scheme.begin(), range.scheme.end(), is_scheme)) return std::nullopt;
  text.remove_prefix(slash + 1);
  if (text == "*") {
    range.any = range.canonical = true;
    return range;
  }
  for (;;) {
    const auto bar = text.find('|');
    auto constraint = read_constraint(text.substr(0, bar));
    if (!constraint || range.constraints.size() == most_constraints) return std::nullopt;
    range.constraints.push_back(std::move(*constraint));
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 1);
  }
  // One constraint has no order to break; but a time has to be one, which the specification asks of no other version.
  const bool has_order = can_be_sorted(range);
  range.canonical = range.constraints.size() == 1 && (has_order || range.scheme != "datetime");
  if (!has_order) return range;
  const auto before = [&](const VersionConstraint& a, const VersionConstraint& b) { return is_before(range, a, b); };
  auto sorted = range.constraints;
  std::stable_sort(sorted.begin(), sorted.end(), before);
  range.canonical =
      std::ranges::equal(sorted, range.constraints, {}, &VersionConstraint::version, &VersionConstraint::version);
  range.constraints = std::move(sorted);
  return range;
}

std::string to_string(const VersionRange& range) {
  std::string out = "vers:" + range.scheme + '/';
  if (range.any) return out + '*';
  for (const VersionConstraint& each : range.constraints) {
    if (&each != &range.constraints.front()) out += '|';
    const auto mark = std::ranges::find(comparators, each.comparator, &std::pair<std::string_view, Comparator>::second);
    out.append(mark->first).append(encoded(each.version));
  }
  return out;
}

// The specification's algorithm: what is named alone first, then the first and last bound, then each pair of them.
std::optional<bool> contains(const VersionRange& range, std::string_view version) {
  if (range.any) return true;
  std::vector<std::pair<Comparator, std::weak_ordering>> bounds;  // how the version stands to each
  bool excluded = false;
  for (const VersionConstraint& each : range.constraints) {
    const auto order = compare_versions(range.scheme, version, each.version);
    if (!order) return std::nullopt;
    if (each.comparator == Comparator::not_equal) {
      excluded = excluded || *order == 0;
    } else if (each.comparator == Comparator::equal) {
      if (*order == 0) return true;
    } else {
      bounds.emplace_back(each.comparator, *order);
    }
  }
  if (excluded) return false;
  for (const auto& [comparator, order] : bounds) {
    if (order == 0 && (comparator == Comparator::less_or_equal || comparator == Comparator::greater_or_equal))
      return true;
  }
  if (bounds.empty()) {  // "!=" alone leaves everything else
    return std::ranges::any_of(range.constraints,
                               [](const auto& each) { return each.comparator == Comparator::not_equal; });
  }
  // Two lower or two upper bounds side by side: the specification has no such range.
  const auto of_one_kind = [](const auto& a, const auto& b) { return is_lower(a.first) == is_lower(b.first); };
  if (std::ranges::adjacent_find(bounds, of_one_kind) != bounds.end()) return std::nullopt;
  if (is_upper(bounds.front().first) && bounds.front().second < 0) return true;
  if (is_lower(bounds.back().first) && bounds.back().second > 0) return true;
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const bool between = bounds[i].second > 0 && bounds[i + 1].second < 0;
    if (between && is_lower(bounds[i].first) && is_upper(bounds[i + 1].first)) return true;
  }
  return false;
}

}  // namespace gate::model
