#include "gate/model/native_range.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gate/model/version_order.h"

namespace gate::model {
namespace {

using Text = std::string_view;

constexpr std::size_t most_bytes = 64u << 10, most_intervals = 2000;

struct Bound {
  std::string version;
  bool inclusive = true;
};

// Versions from the one to the other; without a bound, all in that direction.
struct Interval {
  std::optional<Bound> lower, upper;
};

Interval only(const std::string& version) { return {Bound{version}, Bound{version}}; }

// Intervals of one scheme, of which any may hold a version.
class Union {
 public:
  explicit Union(Text scheme) : scheme_(scheme) {}

  // Fails where an order is not known, where there is no version between the bounds, and where they are too many.
  bool add(Interval interval) {
    for (const auto* bound : {&interval.lower, &interval.upper}) {
      if (*bound && !order((*bound)->version, (*bound)->version)) return false;
    }
    if (interval.lower && interval.upper) {
      const auto found = order(interval.lower->version, interval.upper->version);
      const bool both = interval.lower->inclusive && interval.upper->inclusive;
      if (!found || *found > 0 || (*found == 0 && !both)) return false;
    }
    intervals_.push_back(std::move(interval));
    return intervals_.size() <= most_intervals;
  }

  std::optional<VersionRange> to_vers() && {
    if (intervals_.empty()) return std::nullopt;
    // Every pair of versions of a scheme has an order, since each has one with itself.
    std::ranges::stable_sort(intervals_, [&](const Interval& a, const Interval& b) { return begins_before(a, b); });
    VersionRange range;
    range.scheme = scheme_;
    Interval current = intervals_.front();
    for (std::size_t i = 1; i < intervals_.size(); ++i) {
      if (overlap(current, intervals_[i])) {
        if (ends_before(current, intervals_[i])) current.upper = intervals_[i].upper;
      } else {
        put(range, current);
        current = intervals_[i];
      }
    }
    put(range, current);
    range.any = range.constraints.empty();
    range.canonical = true;
    return range;
  }

 private:
  std::optional<std::weak_ordering> order(const std::string& a, const std::string& b) const {
    return compare_versions(scheme_, a, b);
  }
  bool is_less(const std::string& a, const std::string& b) const { return order(a, b) == std::weak_ordering::less; }
  bool is_same(const std::string& a, const std::string& b) const {
    return order(a, b) == std::weak_ordering::equivalent;
  }

  bool begins_before(const Interval& a, const Interval& b) const {
    if (!a.lower || !b.lower) return !a.lower && b.lower;
    if (!is_same(a.lower->version, b.lower->version)) return is_less(a.lower->version, b.lower->version);
    return a.lower->inclusive && !b.lower->inclusive;
  }
  bool ends_before(const Interval& a, const Interval& b) const {
    if (!a.upper || !b.upper) return a.upper && !b.upper;
    if (!is_same(a.upper->version, b.upper->version)) return is_less(a.upper->version, b.upper->version);
    return !a.upper->inclusive && b.upper->inclusive;
  }
  // `b` begins no earlier than `a`.
  bool overlap(const Interval& a, const Interval& b) const {
    if (!a.upper || !b.lower) return true;
    if (!is_same(a.upper->version, b.lower->version)) return is_less(b.lower->version, a.upper->version);
    return a.upper->inclusive && b.lower->inclusive;
  }

  void put(VersionRange& range, const Interval& interval) const {
    const auto& [lower, upper] = interval;
    if (lower && upper && is_same(lower->version, upper->version)) {
      range.constraints.push_back({Comparator::equal, lower->version});
      return;
    }
    if (lower) {
      range.constraints.push_back(
          {lower->inclusive ? Comparator::greater_or_equal : Comparator::greater, lower->version});
    }
    if (upper)
      range.constraints.push_back({upper->inclusive ? Comparator::less_or_equal : Comparator::less, upper->version});
  }

  std::string scheme_;
  std::vector<Interval> intervals_;
};

// ---- words ----

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

Text trimmed(Text text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<Text> split(Text text, Text mark) {
  std::vector<Text> parts;
  for (;;) {
    const auto end = text.find(mark);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == Text::npos) return parts;
    text.remove_prefix(end + mark.size());
  }
}

// "1.2.x-beta" is {1, 2} and open, and {"-beta"}. `open`: the last part stands for any.
struct Parts {
  std::vector<std::string> numbers;
  std::string rest;
  bool open = false;
};

std::optional<Parts> parts_of(Text text) {
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  Parts parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    if (end > 0) {
      parts.numbers.emplace_back(text.substr(0, end));
      text.remove_prefix(end);
    } else if (text[0] == '*' || text[0] == 'x' || text[0] == 'X') {
      parts.open = true;
      text.remove_prefix(1);
      while (text.starts_with(".*") || text.starts_with(".x") || text.starts_with(".X")) text.remove_prefix(2);
      return text.empty() ? std::optional(std::move(parts)) : std::nullopt;
    } else {
      return std::nullopt;
    }
    if (!text.starts_with('.') || text.size() == 1) break;
    if (!is_digit(text[1]) && text[1] != '*' && text[1] != 'x' && text[1] != 'X') break;
    text.remove_prefix(1);
  }
  parts.rest = text;
  return parts.numbers.empty() && !parts.open ? std::nullopt : std::optional(std::move(parts));
}

std::string plus_one(std::string number) {
  for (auto digit = number.rbegin(); digit != number.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return number;
    }
    *digit = '0';
  }
  return "1" + number;
}

// The first `count` numbers, the last of them one higher.
std::vector<std::string> next_after(const Parts& parts, std::size_t count) {
  std::vector<std::string> numbers(parts.numbers.begin(), parts.numbers.begin() + static_cast<std::ptrdiff_t>(count));
  numbers.back() = plus_one(std::move(numbers.back()));
  return numbers;
}

bool is_zero(const std::string& number) { return number.find_first_not_of('0') == std::string::npos; }

// What the kinds of packages write differently.
struct Dialect {
  Text scheme;
  std::size_t numbers = 0;  // a version has so many; fewer stand for all that begin so. 0: any number
  Text plain = "=";         // what a version without an operator means; empty: nothing that is known
  Text tilde = {};          // how "~1.2" moves: "second" number, or the "last" but one
  Text below = {};          // behind an upper bound that comes of an operator, so that its pre-releases are out
  Text lowest = {};         // the least pre-release of a version, for "==1.*"
};

constexpr std::array<Dialect, 9> dialects{{{.scheme = "cargo", .numbers = 3, .plain = "^", .tilde = "second"},
                                           {.scheme = "composer", .plain = "=", .tilde = "last"},
                                           {.scheme = "conan", .plain = "=", .tilde = "second", .below = "-"},
                                           {.scheme = "gem", .plain = "=", .tilde = "last"},
                                           {.scheme = "maven", .plain = ""},
                                           {.scheme = "npm", .numbers = 3, .plain = "=", .tilde = "second"},
                                           {.scheme = "nuget", .plain = ">="},
                                           {.scheme = "pub", .numbers = 3, .plain = "=", .tilde = "second"},
                                           {.scheme = "pypi", .plain = "=", .tilde = "last", .lowest = ".dev0"}}};
static_assert(std::ranges::is_sorted(dialects, {}, &Dialect::scheme));

Dialect dialect_of(Text scheme) {
  const auto found = std::ranges::lower_bound(dialects, scheme, {}, &Dialect::scheme);
  return found != dialects.end() && found->scheme == scheme ? *found : Dialect{.scheme = scheme};
}

// ---- one comparison ----

class Comparison {
 public:
  Comparison(const Dialect& dialect, Text op, Text version) : dialect_(dialect), op_(op), text_(version) {}

  std::optional<Interval> interval() {
    if (text_ == "*" || text_ == "x" || text_ == "X" || text_ == "*-") return everything();
    const bool moves = op_ == "^" || op_ == "~" || op_ == "~>" || op_ == "~=";
    const bool is_exact = op_ == "===" || (!moves && dialect_.numbers == 0 && text_.find('*') == Text::npos);
    if (is_exact) return compared(version_as_written());
    auto parts = parts_of(text_);
    if (!parts || (parts->numbers.empty() && !parts->open)) return std::nullopt;
    parts_ = std::move(*parts);
    if (dialect_.numbers > 0 && parts_.numbers.size() > dialect_.numbers) return std::nullopt;
    const bool is_part = parts_.open || (dialect_.numbers > 0 && parts_.numbers.size() < dialect_.numbers);
    if (moves) return moved();
    return is_part ? compared_part() : compared(version_as_written());
  }

 private:
  std::optional<Interval> everything() const {
    if (op_ != "=" && op_ != "==" && op_ != ">=" && op_ != "^" && op_ != "~") return std::nullopt;
    if (dialect_.scheme == "conan") return Interval{Bound{"0.0.0"}, std::nullopt};
    return Interval{};
  }

  // Conan's trailing "-" asks for pre-releases, which count here anyway.
  std::string version_as_written() const {
    Text text = text_;
    if (dialect_.numbers > 0 && (text.starts_with('v') || text.starts_with('V'))) text.remove_prefix(1);
    if (!dialect_.below.empty() && text.ends_with('-')) text.remove_suffix(1);
    return std::string(text);
  }

  std::optional<Interval> compared(std::string version) const {
    if (op_ == "=" || op_ == "==" || op_ == "===") return only(version);
    if (op_ == ">" || op_ == ">=") return Interval{Bound{std::move(version), op_ == ">="}, std::nullopt};
    if (op_ == "<" || op_ == "<=") return Interval{std::nullopt, Bound{std::move(version), op_ == "<="}};
    return std::nullopt;
  }

  // "1.2" stands for each version that begins so.
  std::optional<Interval> compared_part() const {
    if (parts_.numbers.empty() || !parts_.rest.empty()) return std::nullopt;
    const Bound first{lowest(parts_.numbers), true};
    const Bound beyond{lowest(next_after(parts_, parts_.numbers.size())), false};
    if (op_ == "=" || op_ == "==") return Interval{first, beyond};
    if (op_ == ">=") return Interval{first, std::nullopt};
    if (op_ == ">") return Interval{Bound{beyond.version, true}, std::nullopt};
    if (op_ == "<") return Interval{std::nullopt, Bound{first.version, false}};
    if (op_ == "<=") return Interval{std::nullopt, beyond};
    return std::nullopt;
  }

  // "^": up to where the first number that is not 0 changes. "~": up to where the second, or the last but one, does.
  std::optional<Interval> moved() const {
    const std::size_t count = parts_.numbers.size();
    if (count == 0) return std::nullopt;
    std::size_t keeps = 1;
    if (op_ == "^") {
      while (keeps < count && is_zero(parts_.numbers[keeps - 1])) ++keeps;
    } else if (dialect_.tilde == "second" && op_ != "~=") {
      keeps = std::min<std::size_t>(2, count);
    } else if (dialect_.tilde == "last") {
      keeps = std::max<std::size_t>(2, count) - 1;
    } else {
      return std::nullopt;
    }
    std::string from = parts_.open || (dialect_.numbers > 0 && count < dialect_.numbers && parts_.rest.empty())
                           ? lowest(parts_.numbers)
                           : version_as_written();
    std::string to = filled(next_after(parts_, keeps));
    to.append(dialect_.below);
    return Interval{Bound{std::move(from), true}, Bound{std::move(to), false}};
  }

  std::string filled(std::vector<std::string> numbers) const {
    while (numbers.size() < dialect_.numbers) numbers.emplace_back("0");
    std::string text;
    for (const std::string& number : numbers) text += (text.empty() ? "" : ".") + number;
    return text;
  }
  std::string lowest(std::vector<std::string> numbers) const {
    return filled(std::move(numbers)).append(parts_.open ? dialect_.lowest : Text());
  }

  const Dialect& dialect_;
  Text op_, text_;
  Parts parts_;
};

// ---- comparisons of which all have to hold ----

class All {
 public:
  All(const Dialect& dialect, Union& out) : dialect_(dialect), out_(out) {}

  bool read(Text text) {
    if (const auto dash = text.find(" - "); dash != Text::npos && dialect_.numbers > 0)
      return take(">=", trimmed(text.substr(0, dash))) && take("<=", trimmed(text.substr(dash + 3))) && finish();
    for (text = trimmed(text); !text.empty();) {
      const auto op_end = std::min(text.find_first_not_of("<>=!~^"), text.size());
      const Text op = text.substr(0, op_end);
      text = trimmed(text.substr(op_end));
      const auto end = std::min(text.find_first_of(" \t,<>=!~^"), text.size());
      if (!take(op, text.substr(0, end))) return false;
      text = trimmed(text.substr(end));
      if (text.starts_with(',')) text = trimmed(text.substr(1));
    }
    return finish();
  }

 private:
  bool take(Text op, Text version) {
    if (op.empty()) op = dialect_.plain;
    if (op.empty() || version.empty()) return false;
    seen_ = true;
    if (op == "!=") {
      without_.emplace_back(version);
      return version.find('*') == Text::npos;
    }
    const auto interval = Comparison(dialect_, op, version).interval();
    if (!interval) return false;
    for (const bool lower : {true, false}) {
      const auto& fresh = lower ? interval->lower : interval->upper;
      if (fresh && !tighten(lower ? all_.lower : all_.upper, *fresh, lower)) return false;
    }
    return true;
  }

  bool tighten(std::optional<Bound>& bound, const Bound& fresh, bool lower) const {
    if (!bound) {
      bound = fresh;
      return true;
    }
    const auto order = compare_versions(dialect_.scheme, fresh.version, bound->version);
    if (!order) return false;
    const bool closer = lower ? *order > 0 : *order < 0;
    if (closer || (*order == 0 && !fresh.inclusive)) bound = fresh;
    return true;
  }

  // What is left out cuts the interval: before and behind each version, in their order.
  bool finish() {
    if (!seen_) return false;
    std::vector<std::string> cuts;
    for (const std::string& version : without_) {
      if (!compare_versions(dialect_.scheme, version, version)) return false;
      if (is_inside(version)) cuts.push_back(version);
    }
    std::ranges::sort(cuts, [&](const std::string& a, const std::string& b) {
      return compare_versions(dialect_.scheme, a, b) == std::weak_ordering::less;
    });
    for (const std::string& version : cuts) {
      if (!out_.add({all_.lower, Bound{version, false}})) return false;
      all_.lower = Bound{version, false};
    }
    return out_.add(all_);
  }

  bool is_inside(const std::string& version) const {
    const auto& [lower, upper] = all_;
    return (!lower || compare_versions(dialect_.scheme, lower->version, version) == std::weak_ordering::less) &&
           (!upper || compare_versions(dialect_.scheme, version, upper->version) == std::weak_ordering::less);
  }

  const Dialect& dialect_;
  Union& out_;
  Interval all_;
  std::vector<std::string> without_;
  bool seen_ = false;
};

bool read_alternatives(const Dialect& dialect, Text text, Union& out) {
  if (const auto option = text.find(", include_prerelease"); dialect.scheme == "conan" && option != Text::npos)
    text = text.substr(0, option);
  // One bar is Composer's as well.
  const Text mark = text.find("||") == Text::npos && dialect.scheme == "composer" ? "|" : "||";
  return std::ranges::all_of(split(text, mark), [&](Text part) { return All(dialect, out).read(part); });
}

// ---- other forms ----

// "[1.0,2.0),[3.0]": commas inside the brackets part bounds, those between them intervals.
bool read_intervals(Text text, Union& out) {
  for (text = trimmed(text); !text.empty();) {
    const auto end = text.find_first_of(")]");
    if ((text[0] != '[' && text[0] != '(') || end == Text::npos) return false;
    const bool from = text[0] == '[', to = text[end] == ']';
    const auto bounds = split(text.substr(1, end - 1), ",");
    text = trimmed(text.substr(end + 1));
    if (text.starts_with(',')) text = trimmed(text.substr(1));
    Interval interval;
    if (bounds.size() > 2 || (bounds.size() == 1 && (!from || !to || bounds[0].empty()))) return false;
    if (!bounds[0].empty()) interval.lower = Bound{std::string(bounds[0]), from};
    if (!bounds.back().empty()) interval.upper = Bound{std::string(bounds.back()), to};
    if (!out.add(std::move(interval))) return false;
  }
  return true;
}

// nginx's advisories: "1.5.0+" is that version and what follows it in its branch, which is the stable one where the
// second number is even; the mainline has no end.
bool read_nginx(Text text, Union& out) {
  for (const Text part : split(text, ",")) {
    const auto dash = part.find('-');
    Interval interval = only(std::string(part.substr(0, dash)));
    if (part.ends_with('+')) {
      const auto parts = parts_of(part.substr(0, part.size() - 1));
      if (!parts || parts->numbers.size() != 3 || !parts->rest.empty()) return false;
      interval = {Bound{std::string(part.substr(0, part.size() - 1))}, std::nullopt};
      const auto next = next_after(*parts, 2);
      const bool is_stable = (parts->numbers[1].back() - '0') % 2 == 0;
      if (is_stable) interval.upper = Bound{next[0] + "." + next[1] + ".0", false};
    } else if (dash != Text::npos) {
      interval.upper = Bound{std::string(part.substr(dash + 1))};
    }
    if (!out.add(std::move(interval))) return false;
  }
  return true;
}

bool read_list(Text text, Union& out) {
  return std::ranges::all_of(split(text, ","), [&](Text part) { return out.add(only(std::string(part))); });
}

bool read_native(Text scheme, Text text, Union& out) {
  const bool compares = text.find_first_of("<>=!~^") != Text::npos;
  if (scheme == "nginx" && !compares) return read_nginx(text, out);
  if (scheme == "openssl" && !compares) return read_list(text, out);
  const bool brackets = text.starts_with('[') || text.starts_with('(');
  if ((scheme == "maven" || scheme == "nuget") && brackets) return read_intervals(text, out);
  return read_alternatives(dialect_of(scheme), text, out);
}

}  // namespace

std::optional<VersionRange> range_from_native(std::string_view scheme, std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > most_bytes) return std::nullopt;
  Union out(scheme);
  if (!read_native(scheme, text, out)) return std::nullopt;
  auto range = std::move(out).to_vers();
  // "!=5" alone is one constraint, and not two bounds.
  if (range && range->constraints.size() == 2 && range->constraints[0].comparator == Comparator::less &&
      range->constraints[1].comparator == Comparator::greater &&
      range->constraints[0].version == range->constraints[1].version)
    range->constraints = {{Comparator::not_equal, range->constraints[0].version}};
  return range;
}

std::optional<VersionRange> range_from_events(std::string_view scheme, std::vector<std::vector<RangeEvent>> ranges,
                                              const std::vector<std::string>& versions) {
  using Kind = RangeEvent::Kind;
  Union out(scheme);
  const auto is_start = [](const RangeEvent& event) { return event.kind == Kind::introduced && event.version == "0"; };
  for (auto& events : ranges) {
    for (const RangeEvent& event : events) {
      if (!is_start(event) && !compare_versions(scheme, event.version, event.version)) return std::nullopt;
    }
    std::ranges::stable_sort(events, [&](const RangeEvent& a, const RangeEvent& b) {
      if (is_start(a) || is_start(b)) return is_start(a) && !is_start(b);
      return compare_versions(scheme, a.version, b.version) == std::weak_ordering::less;
    });
    std::optional<Interval> open;
    for (const RangeEvent& event : events) {
      if (event.kind == Kind::introduced) {
        if (!open) open = is_start(event) ? Interval{} : Interval{Bound{event.version}, std::nullopt};
        continue;
      }
      if (!open) return std::nullopt;  // it was fixed before it came in
      open->upper = Bound{event.version, event.kind == Kind::last_affected};
      if (!out.add(*std::exchange(open, std::nullopt))) return std::nullopt;
    }
    if (open && !out.add(*open)) return std::nullopt;
  }
  for (const std::string& version : versions) {
    if (!out.add(only(version))) return std::nullopt;
  }
  return std::move(out).to_vers();
}

}  // namespace gate::model
