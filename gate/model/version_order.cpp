#include "gate/model/version_order.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "gate/core/time.h"

namespace gate::model {
namespace {

using Order = std::weak_ordering;
using Compared = std::optional<Order>;
using Text = std::string_view;

constexpr std::size_t most_bytes = 1024;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
bool is_number(Text text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

std::string lower(Text text) {
  std::string out(text);
  for (char& c : out) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Order order(int sign) { return sign < 0 ? Order::less : sign > 0 ? Order::greater : Order::equivalent; }
Order bytewise(Text a, Text b) { return order(a.compare(b)); }

// Numbers of any length; no digits are zero.
Order by_number(Text a, Text b) {
  const auto significant = [](Text text) { return text.substr(std::min(text.find_first_not_of('0'), text.size())); };
  a = significant(a), b = significant(b);
  return a.size() != b.size() ? order(a.size() < b.size() ? -1 : 1) : bytewise(a, b);
}

std::vector<Text> split(Text text, Text marks) {
  std::vector<Text> parts;
  for (;;) {
    const auto end = text.find_first_of(marks);
    parts.push_back(text.substr(0, end));
    if (end == Text::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// The text before the first of `mark`, and what follows it; the second is empty where there is none.
std::pair<Text, Text> cut(Text text, Text mark) {
  const auto at = text.find(mark);
  return at == Text::npos ? std::pair{text, Text()} : std::pair{text.substr(0, at), text.substr(at + mark.size())};
}

template <class Matches>
Text take_while(Text& text, Matches matches) {
  const auto end = std::find_if_not(text.begin(), text.end(), matches);
  const Text taken(text.data(), static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(taken.size());
  return taken;
}

// Part by part, a list that ends first filled up.
template <class Part, class Compare>
Order by_parts(const std::vector<Part>& a, const std::vector<Part>& b, const Part& filler, Compare compare) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const Order found = compare(i < a.size() ? a[i] : filler, i < b.size() ? b[i] : filler);
    if (found != 0) return found;
  }
  return Order::equivalent;
}

// Semantic Versioning 2.0.0, section 11: numbers before words, a shorter list of equal identifiers first.
Order by_identifiers(Text a, Text b, bool fold = false) {
  const auto left = split(a, "."), right = split(b, ".");
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    const bool x = is_number(left[i]), y = is_number(right[i]);
    const Order found = x && y   ? by_number(left[i], right[i])
                        : x != y ? order(x ? -1 : 1)
                        : fold   ? bytewise(lower(left[i]), lower(right[i]))
                                 : bytewise(left[i], right[i]);
    if (found != 0) return found;
  }
  return left.size() <=> right.size();
}

struct Semver {
  std::vector<Text> numbers;
  Text prerelease, build;
  bool has_prerelease = false;
};

// Any count of numbers, as all but the strictest tools accept, and a leading "v" or "=".
std::optional<Semver> read_semver(Text text) {
  if (text.starts_with('=')) text.remove_prefix(1);
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  Semver made;
  std::tie(text, made.build) = cut(text, "+");
  made.has_prerelease = text.find('-') != Text::npos;
  std::tie(text, made.prerelease) = cut(text, "-");
  made.numbers = split(text, ".");
  if (!std::all_of(made.numbers.begin(), made.numbers.end(), is_number)) return std::nullopt;
  return made;
}

Compared semver(Text a, Text b, bool fold, bool builds_count) {
  const auto x = read_semver(a), y = read_semver(b);
  if (!x || !y) return std::nullopt;
  if (const Order found = by_parts(x->numbers, y->numbers, Text("0"), by_number); found != 0) return found;
  if (x->has_prerelease != y->has_prerelease) return order(x->has_prerelease ? -1 : 1);
  if (const Order found = by_identifiers(x->prerelease, y->prerelease, fold); found != 0) return found;
  if (!builds_count || x->build == y->build) return Order::equivalent;
  if (x->build.empty() != y->build.empty()) return order(x->build.empty() ? -1 : 1);
  return by_identifiers(x->build, y->build, fold);
}
Compared semver_2(Text a, Text b) { return semver(a, b, false, false); }
Compared nuget(Text a, Text b) { return semver(a, b, true, false); }  // case does not matter
Compared pub(Text a, Text b) { return semver(a, b, false, true); }    // Dart orders builds as well

// deb-version(7): words and numbers in turn; '~' before the end, the end before letters, letters before the rest.
Order debian_part(Text a, Text b) {
  const auto weight = [](Text text, std::size_t at) {
    if (at >= text.size() || is_digit(text[at])) return 0;
    if (text[at] == '~') return -1;
    return is_letter(text[at]) ? int(text[at]) : int(static_cast<unsigned char>(text[at])) + 256;
  };
  const auto no_digit = [](char c) { return !is_digit(c); };
  while (!a.empty() || !b.empty()) {
    const Text x = take_while(a, no_digit), y = take_while(b, no_digit);
    for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i) {
      if (weight(x, i) != weight(y, i)) return order(weight(x, i) < weight(y, i) ? -1 : 1);
    }
    if (const Order found = by_number(take_while(a, is_digit), take_while(b, is_digit)); found != 0) return found;
  }
  return Order::equivalent;
}

struct Release {
  Text epoch, version, release;
  bool has_release = false;
};

// [epoch:]version[-release], as Debian, RPM and pacman have it.
Release read_release(Text text) {
  Release made;
  const auto colon = text.find(':');
  if (colon != Text::npos) made.epoch = text.substr(0, colon), text.remove_prefix(colon + 1);
  const auto dash = text.rfind('-');
  made.has_release = dash != Text::npos;
  if (made.has_release) made.release = text.substr(dash + 1), text = text.substr(0, dash);
  made.version = text;
  return made;
}

Compared debian(Text a, Text b) {
  const Release x = read_release(a), y = read_release(b);
  for (const Release& each : {x, y}) {
    if (!each.epoch.empty() && !is_number(each.epoch)) return std::nullopt;
  }
  if (const Order found = by_number(x.epoch, y.epoch); found != 0) return found;
  if (const Order found = debian_part(x.version, y.version); found != 0) return found;
  return debian_part(x.release, y.release);
}

// rpmvercmp. pacman's has neither '~' nor '^', and counts the marks between the parts.
Order rpm_part(Text a, Text b, bool pacman) {
  const auto is_mark = [pacman](char c) { return !is_digit(c) && !is_letter(c) && (pacman || (c != '~' && c != '^')); };
  for (;;) {
    if (pacman && (a.empty() || b.empty())) break;
    const Text before = take_while(a, is_mark), after = take_while(b, is_mark);
    if (!pacman) {
      const bool x = a.starts_with('~'), y = b.starts_with('~');
      if (x != y) return order(x ? -1 : 1);
      const bool v = a.starts_with('^'), w = b.starts_with('^');
      if (v != w) return v ? order(b.empty() ? 1 : -1) : order(a.empty() ? -1 : 1);
      if (x || v) {
        a.remove_prefix(1), b.remove_prefix(1);
        continue;
      }
    }
    if (a.empty() || b.empty()) break;
    if (pacman && before.size() != after.size()) return order(before.size() < after.size() ? -1 : 1);
    const bool number = is_digit(a.front());
    const Text x = number ? take_while(a, is_digit) : take_while(a, is_letter);
    const Text y = number ? take_while(b, is_digit) : take_while(b, is_letter);
    if (y.empty()) return order(number ? 1 : -1);
    if (const Order found = number ? by_number(x, y) : bytewise(x, y); found != 0) return found;
  }
  if (a.empty() && b.empty()) return Order::equivalent;
  if (!pacman) return order(a.empty() ? -1 : 1);
  // What remains decides: a word makes it older, anything else newer.
  if (a.empty()) return order(is_letter(b.front()) ? 1 : -1);
  return order(is_letter(a.front()) ? -1 : 1);
}

Compared rpm_like(Text a, Text b, bool pacman) {
  const Release x = read_release(a), y = read_release(b);
  if (const Order found = rpm_part(x.epoch.empty() ? "0" : x.epoch, y.epoch.empty() ? "0" : y.epoch, pacman);
      found != 0)
    return found;
  if (const Order found = rpm_part(x.version, y.version, pacman); found != 0) return found;
  if (!x.has_release || !y.has_release) return order(pacman ? 0 : int(x.has_release) - int(y.has_release));
  return rpm_part(x.release, y.release, pacman);
}
Compared rpm(Text a, Text b) { return rpm_like(a, b, false); }
Compared alpm(Text a, Text b) { return rpm_like(a, b, true); }

// Alpine's and Gentoo's: numbers, a letter, suffixes that come before the version or after it, a revision.
struct Portage {
  std::vector<Text> numbers;
  char letter = 0;
  Text patch;                                  // "2" in OpenSSH's "9.6p2"
  std::vector<std::pair<int, Text>> suffixes;  // rank and number; below 0 before the version itself
  Text hash, revision;
};

// Package Manager Specification, section 3.2; apk-tools, src/version.c.
std::optional<Portage> read_portage(Text text) {
  constexpr std::array<Text, 4> before{"alpha", "beta", "pre", "rc"};
  constexpr std::array<Text, 6> after{"cvs", "svn", "git", "hg", "p", ""};
  Portage made;
  const auto revision = text.rfind("-r");
  if (revision != Text::npos && is_number(text.substr(revision + 2))) {
    made.revision = text.substr(revision + 2);
    text = text.substr(0, revision);
  }
  const auto hash = text.rfind('~');
  if (hash != Text::npos) made.hash = text.substr(hash + 1), text = text.substr(0, hash);
  auto parts = split(text, "_");
  Text numbers = parts.front();
  if (const auto letter = std::find_if(numbers.begin(), numbers.end(), is_letter); letter != numbers.end()) {
    const auto at = static_cast<std::size_t>(letter - numbers.begin());
    made.letter = *letter;
    made.patch = numbers.substr(at + 1);
    if (!made.patch.empty() && !is_number(made.patch)) return std::nullopt;
    numbers = numbers.substr(0, at);
  }
  made.numbers = split(numbers, ".");
  if (!std::all_of(made.numbers.begin(), made.numbers.end(), is_number)) return std::nullopt;
  for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
    Text number = *part;
    const Text word = take_while(number, is_letter);
    if (!number.empty() && !is_number(number)) return std::nullopt;
    if (const auto at = std::find(before.begin(), before.end(), word); at != before.end()) {
      made.suffixes.emplace_back(int(at - before.begin()) - 4, number);
    } else if (const auto late = std::find(after.begin(), after.end() - 1, word); late != after.end() - 1) {
      made.suffixes.emplace_back(int(late - after.begin()) + 1, number);
    } else {
      return std::nullopt;
    }
  }
  return made;
}

// Behind the first number, one that starts with zero is a fraction.
Order portage_number(Text a, Text b) {
  if (!a.starts_with('0') && !b.starts_with('0')) return by_number(a, b);
  const auto trimmed = [](Text text) { return text.substr(0, text.find_last_not_of('0') + 1); };
  return bytewise(trimmed(a), trimmed(b));
}

Compared portage(Text a, Text b) {
  const auto x = read_portage(a), y = read_portage(b);
  if (!x || !y) return std::nullopt;
  if (const Order found = by_number(x->numbers.front(), y->numbers.front()); found != 0) return found;
  for (std::size_t i = 1; i < std::min(x->numbers.size(), y->numbers.size()); ++i) {
    if (const Order found = portage_number(x->numbers[i], y->numbers[i]); found != 0) return found;
  }
  if (x->numbers.size() != y->numbers.size()) return x->numbers.size() <=> y->numbers.size();
  if (x->letter != y->letter) return order(x->letter < y->letter ? -1 : 1);
  if (const Order found = by_number(x->patch, y->patch); found != 0) return found;
  using Suffix = std::pair<int, Text>;
  const auto by_suffix = [](const Suffix& left, const Suffix& right) {
    return left.first != right.first ? order(left.first < right.first ? -1 : 1) : by_number(left.second, right.second);
  };
  if (const Order found = by_parts(x->suffixes, y->suffixes, Suffix{0, ""}, by_suffix); found != 0) return found;
  return by_number(x->revision, y->revision);
}

// Maven's ComparableVersion (Maven 3.9): items, and lists of them behind a dash or a change from digits to letters.
struct MavenItem {
  enum Kind { list, word, number } kind = list;
  std::string text;
  std::vector<MavenItem> items;
};

int maven_rank(const std::string& word) {
  constexpr std::array<Text, 7> known{"alpha", "beta", "milestone", "rc", "snapshot", "", "sp"};
  const auto at = std::find(known.begin(), known.end(), word);
  return int(at - known.begin());
}
constexpr int maven_release = 5;

bool is_null(const MavenItem& item) {
  switch (item.kind) {
    case MavenItem::number: return item.text.find_first_not_of('0') == std::string::npos;
    case MavenItem::word: return item.text.empty();
    case MavenItem::list: return item.items.empty();
  }
  return false;
}

// Zeros and empty items at the end of a list, or before a list in it, say nothing.
void normalise(MavenItem& list) {
  for (auto i = list.items.size(); i-- > 0;) {
    if (is_null(list.items[i])) {
      list.items.erase(list.items.begin() + static_cast<std::ptrdiff_t>(i));
    } else if (list.items[i].kind != MavenItem::list) {
      break;
    }
  }
}

MavenItem maven_word(Text text, bool digit_follows) {
  std::string word(text);
  if (digit_follows && word.size() == 1)
    word = word == "a" ? "alpha" : word == "b" ? "beta" : word == "m" ? "milestone" : word;
  if (word == "ga" || word == "final" || word == "release") word.clear();
  if (word == "cr") word = "rc";
  return {MavenItem::word, std::move(word), {}};
}

MavenItem read_maven(Text version) {
  const std::string text = lower(version);
  MavenItem root;
  std::vector<MavenItem*> stack{&root};
  const auto nest = [&] {
    stack.back()->items.emplace_back();
    stack.push_back(&stack.back()->items.back());
  };
  const auto item = [](bool digits, Text part) {
    return digits ? MavenItem{MavenItem::number, std::string(part), {}} : maven_word(part, false);
  };
  const MavenItem zero{MavenItem::number, "0", {}};
  bool digits = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.') {
      stack.back()->items.push_back(i == start ? zero : item(digits, Text(text).substr(start, i - start)));
      start = i + 1;
    } else if (c == '-') {
      if (i == start) {
        stack.back()->items.push_back(zero);
      } else {
        stack.back()->items.push_back(item(digits, Text(text).substr(start, i - start)));
      }
      start = i + 1;
      if (!stack.back()->items.empty()) nest();
    } else if (is_digit(c)) {
      if (!digits && i > start) {
        stack.back()->items.push_back(maven_word(Text(text).substr(start, i - start), true));
        start = i;
        nest();
      }
      digits = true;
    } else {
      if (digits && i > start) {
        stack.back()->items.push_back(item(true, Text(text).substr(start, i - start)));
        start = i;
        nest();
      }
      digits = false;
    }
  }
  if (text.size() > start) {
    stack.back()->items.push_back(item(digits, Text(text).substr(start)));
  }
  for (; !stack.empty(); stack.pop_back()) {
    MavenItem& list = *stack.back();
    normalise(list);
    // "1-ga-1" is "1-1": what stood before the inner list said nothing.
    const bool only_a_list = list.items.size() == 1 && list.items.front().kind == MavenItem::list;
    if (only_a_list && stack.size() > 1) list.items = std::vector(std::move(list.items.front().items));
  }
  return root;
}

Order maven_items(const MavenItem& a, const MavenItem* b);

Order maven_to_nothing(const MavenItem& a) {
  switch (a.kind) {
    case MavenItem::number: return order(is_null(a) ? 0 : 1);
    case MavenItem::word: {
      const int rank = maven_rank(a.text);
      return order(rank < maven_release ? -1 : rank > maven_release ? 1 : 0);
    }
    case MavenItem::list:
      for (const MavenItem& each : a.items) {
        if (const Order found = maven_to_nothing(each); found != 0) return found;
      }
  }
  return Order::equivalent;
}

Order maven_items(const MavenItem& a, const MavenItem* b) {
  if (!b) return maven_to_nothing(a);
  if (a.kind != b->kind)
    return order(a.kind == MavenItem::number    ? 1
                 : b->kind == MavenItem::number ? -1
                 : a.kind == MavenItem::word    ? -1
                                                : 1);
  if (a.kind == MavenItem::number) return by_number(a.text, b->text);
  if (a.kind == MavenItem::word) {
    const int x = maven_rank(a.text), y = maven_rank(b->text);
    return x != y ? order(x < y ? -1 : 1) : bytewise(a.text, b->text);
  }
  for (std::size_t i = 0; i < std::max(a.items.size(), b->items.size()); ++i) {
    const MavenItem* left = i < a.items.size() ? &a.items[i] : nullptr;
    const MavenItem* right = i < b->items.size() ? &b->items[i] : nullptr;
    const Order found = left ? maven_items(*left, right) : 0 <=> maven_to_nothing(*right);
    if (found != 0) return found;
  }
  return Order::equivalent;
}

Compared maven(Text a, Text b) {
  const MavenItem x = read_maven(a), y = read_maven(b);
  return maven_items(x, &y);
}

// PEP 440.
struct Pypi {
  Text epoch;
  std::vector<Text> release;
  int stage = 0;  // -4 a development release of the version itself, -3 alpha, -2 beta, -1 candidate, 0 final
  Text stage_number, post, dev, local;
  bool is_post = false, is_dev = false;
};

bool take_word(Text& text, Text word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// [.-_] word [.-_] number, all of it but the word left out at will.
template <std::size_t size>
bool take_phase(Text& text, const std::array<Text, size>& words, Text& number) {
  Text rest = text;
  const auto is_mark = [](char c) { return c == '.' || c == '-' || c == '_'; };
  if (!rest.empty() && is_mark(rest.front())) rest.remove_prefix(1);
  if (std::none_of(words.begin(), words.end(), [&](Text word) { return take_word(rest, word); })) return false;
  Text behind = rest;
  if (!behind.empty() && is_mark(behind.front())) behind.remove_prefix(1);
  number = take_while(behind, is_digit);
  text = number.empty() ? rest : behind;
  return true;
}

std::optional<Pypi> read_pypi(Text text) {
  constexpr std::array<Text, 2> alpha{"alpha", "a"}, beta{"beta", "b"};
  constexpr std::array<Text, 4> candidate{"preview", "pre", "rc", "c"};
  constexpr std::array<Text, 3> post{"post", "rev", "r"};
  constexpr std::array<Text, 1> dev{"dev"};
  Pypi made;
  if (text.starts_with('v')) text.remove_prefix(1);
  std::tie(text, made.local) = cut(text, "+");
  if (const auto mark = text.find('!'); mark != Text::npos) {
    made.epoch = text.substr(0, mark);
    text.remove_prefix(mark + 1);
    if (!is_number(made.epoch)) return std::nullopt;
  }
  for (;;) {
    const Text number = take_while(text, is_digit);
    if (number.empty()) return std::nullopt;
    made.release.push_back(number);
    if (text.size() < 2 || text[0] != '.' || !is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  if (take_phase(text, alpha, made.stage_number))
    made.stage = -3;
  else if (take_phase(text, beta, made.stage_number))
    made.stage = -2;
  else if (take_phase(text, candidate, made.stage_number))
    made.stage = -1;
  if (text.size() > 1 && text[0] == '-' && is_digit(text[1])) {
    text.remove_prefix(1);
    made.post = take_while(text, is_digit);
    made.is_post = true;
  } else {
    made.is_post = take_phase(text, post, made.post);
  }
  made.is_dev = take_phase(text, dev, made.dev);
  if (made.is_dev && made.stage == 0 && !made.is_post) made.stage = -4;
  if (!text.empty()) return std::nullopt;
  return made;
}

// Numbers above words, and a longer one above its own beginning.
Order pypi_local(Text a, Text b) {
  if (a.empty() || b.empty()) return order(int(!a.empty()) - int(!b.empty()));
  const auto left = split(a, ".-_"), right = split(b, ".-_");
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    const bool x = is_number(left[i]), y = is_number(right[i]);
    const Order found = x != y ? order(x ? 1 : -1) : x ? by_number(left[i], right[i]) : bytewise(left[i], right[i]);
    if (found != 0) return found;
  }
  return left.size() <=> right.size();
}

Order pypi_order(const Pypi& x, const Pypi& y) {
  if (const Order found = by_number(x.epoch, y.epoch); found != 0) return found;
  if (const Order found = by_parts(x.release, y.release, Text("0"), by_number); found != 0) return found;
  if (x.stage != y.stage) return order(x.stage < y.stage ? -1 : 1);
  if (const Order found = by_number(x.stage_number, y.stage_number); found != 0) return found;
  if (x.is_post != y.is_post) return order(x.is_post ? 1 : -1);
  if (const Order found = by_number(x.post, y.post); found != 0) return found;
  if (x.is_dev != y.is_dev) return order(x.is_dev ? -1 : 1);
  if (const Order found = by_number(x.dev, y.dev); found != 0) return found;
  return pypi_local(x.local, y.local);
}

Compared pypi(Text a, Text b) {
  const std::string left = lower(a), right = lower(b);
  const auto x = read_pypi(left), y = read_pypi(right);
  if (!x || !y) return std::nullopt;
  return pypi_order(*x, *y);
}

// Gem::Version: segments of digits or letters; letters come before the end, and zeros at the end of either part go.
std::optional<std::vector<Text>> read_gem(Text text) {
  std::vector<Text> segments;
  while (!text.empty()) {
    if (is_digit(text.front()))
      segments.push_back(take_while(text, is_digit));
    else if (is_letter(text.front()))
      segments.push_back(take_while(text, is_letter));
    else if (text.front() == '.')
      text.remove_prefix(1);
    else if (text.front() == '-')
      segments.push_back("pre"), text.remove_prefix(1);
    else
      return std::nullopt;
  }
  const auto is_zero = [](Text segment) { return segment.find_first_not_of('0') == Text::npos; };
  const auto trim = [&](auto from, auto to) {
    auto end = to;
    while (end != from && is_zero(*(end - 1))) --end;
    return segments.erase(end, to);
  };
  trim(segments.begin(), segments.end());
  const auto word = std::find_if(segments.begin(), segments.end(), [](Text s) { return !is_digit(s.front()); });
  trim(segments.begin(), word);
  return segments;
}

Compared gem(Text a, Text b) {
  const auto x = read_gem(a), y = read_gem(b);
  if (!x || !y) return std::nullopt;
  return by_parts(*x, *y, Text("0"), [](Text left, Text right) {
    const bool v = is_digit(left.front()), w = is_digit(right.front());
    return v != w ? order(v ? 1 : -1) : v ? by_number(left, right) : bytewise(left, right);
  });
}

// PHP's version_compare, which Composer builds on.
std::vector<Text> read_php(Text text) {
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  std::vector<Text> parts;
  while (!text.empty()) {
    if (is_digit(text.front()))
      parts.push_back(take_while(text, is_digit));
    else if (is_letter(text.front()))
      parts.push_back(take_while(text, is_letter));
    else if (text.front() == '#')
      parts.push_back(text.substr(0, 1)), text.remove_prefix(1);
    else
      text.remove_prefix(1);
  }
  return parts;
}

int php_rank(Text part) {
  constexpr std::array<std::pair<Text, int>, 10> ranks{
      {{"dev", 0}, {"alpha", 1}, {"a", 1}, {"beta", 2}, {"b", 2}, {"RC", 3}, {"rc", 3}, {"#", 4}, {"pl", 5}, {"p", 5}}};
  if (part.empty() || is_number(part)) return 4;
  const auto found =
      std::find_if(ranks.begin(), ranks.end(), [&](const auto& rank) { return part.starts_with(rank.first); });
  return found == ranks.end() ? -1 : found->second;
}

Compared composer(Text a, Text b) {
  const auto x = read_php(cut(a, "+").first), y = read_php(cut(b, "+").first);
  return by_parts(x, y, Text(), [](Text left, Text right) {
    const bool v = is_number(left), w = is_number(right);
    if (v && w) return by_number(left, right);
    if ((v && right.empty()) || (w && left.empty())) return order(v ? 1 : -1);  // be it zero
    return order(php_rank(left) - php_rank(right));
  });
}

// R's package_version: numbers, and more of them are newer.
Compared numbers(Text a, Text b) {
  const auto x = split(a, ".-"), y = split(b, ".-");
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (!is_number(x[i]) || !is_number(y[i])) return std::nullopt;
    if (const Order found = by_number(x[i], y[i]); found != 0) return found;
  }
  const auto& longer = x.size() > y.size() ? x : y;
  if (!std::all_of(longer.begin(), longer.end(), is_number)) return std::nullopt;
  return x.size() <=> y.size();
}

// Conan 2: items between dots, zeros at the end of them worth nothing, then a pre-release, then a build.
Order conan_items(Text a, Text b) {
  const auto items = [](Text text) {
    auto parts = split(text, ".");
    while (parts.size() > 1 && is_number(parts.back()) && by_number(parts.back(), "0") == 0) parts.pop_back();
    return parts;
  };
  const auto left = items(a), right = items(b);
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    const bool both = is_number(left[i]) && is_number(right[i]);
    if (const Order found = both ? by_number(left[i], right[i]) : bytewise(left[i], right[i]); found != 0) return found;
  }
  return left.size() <=> right.size();
}

Compared conan(Text a, Text b) {
  const auto [left, left_build] = cut(a, "+");
  const auto [right, right_build] = cut(b, "+");
  const auto [x, x_pre] = cut(left, "-");
  const auto [y, y_pre] = cut(right, "-");
  if (const Order found = conan_items(x, y); found != 0) return found;
  const bool is_pre = x.size() != left.size(), other_is_pre = y.size() != right.size();
  if (is_pre != other_is_pre) return order(is_pre ? -1 : 1);
  if (const Order found = conan_items(x_pre, y_pre); found != 0) return found;
  return conan_items(left_build, right_build);
}

// Letters were OpenSSL's patch level before 3.0; they are ordered as words, a shorter one first.
Compared openssl(Text a, Text b) {
  const auto letters = [](Text& text) {
    std::size_t size = text.size();
    while (size > 0 && is_letter(text[size - 1])) --size;
    const Text word = text.substr(size);
    text = text.substr(0, size);
    return word;
  };
  if (a.find('-') != Text::npos || b.find('-') != Text::npos) return semver_2(a, b);
  const Text x = letters(a), y = letters(b);
  const auto left = read_semver(a), right = read_semver(b);
  if (!left || !right) return std::nullopt;
  if (const Order found = by_parts(left->numbers, right->numbers, Text("0"), by_number); found != 0) return found;
  return bytewise(x, y);
}

Compared lexicographic(Text a, Text b) { return bytewise(a, b); }

// RFC 3339 in capitals, by instant; a fraction of a second counts in full.
Compared datetime(Text a, Text b) {
  const auto fraction = [](Text text) {
    const auto point = text.find('.');
    if (point == Text::npos) return Text();
    text.remove_prefix(point + 1);
    text = text.substr(0, text.find_first_not_of("0123456789"));
    return text.substr(0, text.find_last_not_of('0') + 1);
  };
  const auto x = parse_instant(a), y = parse_instant(b);
  const auto is_small = [](Text text) { return text.find_first_of("tz") != Text::npos; };
  if (!x || !y || is_small(a) || is_small(b)) return std::nullopt;
  if (const Order found = *x <=> *y; found != 0) return found;
  return bytewise(fraction(a), fraction(b));
}

struct Scheme {
  Text name;
  Compared (*compare)(Text, Text);
};
constexpr std::array<Scheme, 23> schemes{{{"alpm", alpm},         {"apk", portage},
                                          {"cargo", semver_2},    {"composer", composer},
                                          {"conan", conan},       {"cran", numbers},
                                          {"datetime", datetime}, {"deb", debian},
                                          {"gem", gem},           {"gentoo", portage},
                                          {"golang", semver_2},   {"hackage", numbers},
                                          {"hex", semver_2},      {"lexicographic", lexicographic},
                                          {"maven", maven},       {"nginx", semver_2},
                                          {"npm", semver_2},      {"nuget", nuget},
                                          {"openssl", openssl},   {"pub", pub},
                                          {"pypi", pypi},         {"rpm", rpm},
                                          {"semver", semver_2}}};
static_assert(std::ranges::is_sorted(schemes, {}, &Scheme::name));

}  // namespace

std::span<const std::string_view> version_schemes() {
  static constexpr auto names = [] {
    std::array<Text, schemes.size()> all;
    std::ranges::transform(schemes, all.begin(), &Scheme::name);
    return all;
  }();
  return names;
}

std::optional<std::weak_ordering> compare_versions(std::string_view scheme, std::string_view a, std::string_view b) {
  const auto found = std::ranges::lower_bound(schemes, scheme, {}, &Scheme::name);
  if (found == schemes.end() || found->name != scheme) return std::nullopt;
  if (a.empty() || b.empty() || a.size() > most_bytes || b.size() > most_bytes) return std::nullopt;
  return found->compare(a, b);
}

}  // namespace gate::model
