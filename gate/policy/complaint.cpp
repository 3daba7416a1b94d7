#include "gate/policy/complaint.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "gate/json/utf8.h"

namespace gate::policy {
namespace {

constexpr std::size_t most_complaints = 200;
constexpr std::size_t longest_line = 400;  // bytes of a line that are shown
constexpr std::size_t longest_quote = 60;
constexpr std::size_t longest_word = 64;  // edit distances cost the product of both lengths
constexpr std::size_t few = 8;

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// Columns of a terminal. Wide as UAX #11 says W or F, in ranges; combining marks take none.
int width(char32_t c) {
  struct Range {
    char32_t first, last;
  };
  constexpr std::array wide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},
                            Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},
                            Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
                            Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
                            Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};
  constexpr std::array none{Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x3099, 0x309A}, Range{0xFE00, 0xFE0F}};
  const auto within = [c](const Range& range) { return range.first <= c && c <= range.last; };
  if (std::any_of(none.begin(), none.end(), within)) return 0;
  return std::any_of(wide.begin(), wide.end(), within) ? 2 : 1;
}

// The caret's line; empty where the place is behind what is shown. Tabs stay tabs: only the terminal knows their width.
std::string caret(std::string_view line, int column) {
  std::string blanks;
  while (--column > 0) {
    if (line.empty()) return {};
    const char32_t c = next_character(line);
    blanks += c == '\t' ? "\t" : std::string(c == invalid ? 1 : static_cast<std::size_t>(width(c)), ' ');
  }
  return fmt::format("\n  {}^", blanks);
}

// A terminal obeys control bytes; a complaint must not make it.
std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_character(text);
    if (c == invalid || (is_control(c) && c != '\t')) {
      shown += '?';
    } else {
      shown += before.substr(0, before.size() - text.size());
    }
  }
  return shown;
}

// Optimal string alignment: insertions, deletions, changes and swapped neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string_view without_family(std::string_view id) { return id.substr(id.rfind('/') + 1); }

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

const std::string* nearest(std::string_view wrong, const std::vector<std::string>& known) {
  if (wrong.empty() || wrong.size() > longest_word) return nullptr;
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  for (const std::string& word : known) {
    if (word.size() > longest_word) continue;
    if (const std::size_t cost = distance(wrong, word); cost < least) {
      least = cost;
      best = &word;
    }
  }
  if (best) return best;
  // A rule without its family, or another ending of the same beginning.
  const std::string_view tail = without_family(wrong);
  std::size_t longest = std::max<std::size_t>(3, tail.size() / 2) - 1;
  for (const std::string& word : known) {
    if (const std::size_t shared = shared_prefix(tail, without_family(word)); shared > longest) {
      longest = shared;
      best = &word;
    }
  }
  return best;
}

}  // namespace

char32_t next_character(std::string_view& text) {
  std::size_t bytes = 0;
  const char32_t c = json::next_code_point(text, bytes);
  text.remove_prefix(bytes);
  return c == json::replacement && bytes == 1 ? invalid : c;
}

Source::Source(std::string name, std::string_view bytes)
    : name_(std::move(name)), bytes_(bytes), starts_{0}, characters_(bytes.size() + 1) {
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    const bool continues = (static_cast<unsigned char>(bytes_[i]) & 0xC0) == 0x80;
    characters_[i + 1] = characters_[i] + (continues ? 0 : 1);
    if (bytes_[i] == '\n') starts_.push_back(i + 1);
  }
}

Position Source::at(std::size_t line, std::size_t byte) const {
  line = std::min(line, starts_.size() - 1);
  const std::size_t offset = std::min(starts_[line] + byte, bytes_.size());
  return {name_, static_cast<int>(line) + 1, static_cast<int>(characters_[offset] - characters_[starts_[line]]) + 1};
}

Position Source::at_offset(std::size_t offset) const {
  const auto line = std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin() - 1;
  return at(static_cast<std::size_t>(line), offset - starts_[static_cast<std::size_t>(line)]);
}

Position Source::at_character(std::size_t index) const {
  const auto next = std::upper_bound(characters_.begin() + 1, characters_.end(), index);
  return at_offset(static_cast<std::size_t>(next - characters_.begin()) - 1);
}

std::string Source::line(int line) const {
  if (line < 1 || static_cast<std::size_t>(line) > starts_.size()) return {};
  const std::size_t start = starts_[static_cast<std::size_t>(line) - 1];
  std::string_view text = std::string_view(bytes_).substr(start, bytes_.find('\n', start) - start);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return std::string(cut(text, longest_line));
}

const Source& Complaints::open(const std::string& name, std::string_view bytes) {
  return sources_.insert_or_assign(name, Source(name, bytes)).first->second;
}

bool Complaints::full() const { return complaints_.size() > most_complaints; }

void Complaints::add(const Position& at, std::string what, std::string suggestion) {
  if (full()) return;
  if (complaints_.size() == most_complaints) {
    complaints_.push_back(
        {{at.file, 0, 0}, fmt::format("more than {} mistakes; the rest is not shown", most_complaints), {}, {}});
    return;
  }
  const auto source = sources_.find(at.file);
  complaints_.push_back({at, std::move(what), std::move(suggestion),
                         source == sources_.end() ? std::string() : source->second.line(at.line)});
}

std::vector<Complaint> Complaints::take() {
  const auto key = [](const Complaint& c) { return std::tie(c.at, c.what, c.suggestion); };
  std::sort(complaints_.begin(), complaints_.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  complaints_.erase(std::unique(complaints_.begin(), complaints_.end(), same), complaints_.end());
  return std::exchange(complaints_, {});
}

Error Complaints::first() const {
  const Complaint& complaint = complaints_.front();
  std::string what = complaint.what;
  if (!complaint.suggestion.empty()) what += fmt::format(" ({})", complaint.suggestion);
  const Position& at = complaint.at;
  return {Errc::malformed,
          std::move(what),
          {at.file, {}, at.line > 0 ? fmt::format("{}:{}", at.line, at.column) : std::string()}};
}

std::string quote(std::string_view text) {
  const std::string_view shown = cut(text, longest_quote);
  return fmt::format("'{}{}'", printable(shown), shown.size() < text.size() ? "…" : "");
}

std::string suggest(std::string_view wrong, const std::vector<std::string>& known) {
  if (const std::string* word = nearest(wrong, known)) return fmt::format("did you mean {}?", quote(*word));
  if (known.empty() || known.size() > few) return {};
  return fmt::format("known: {}", fmt::join(known, ", "));
}

std::string describe(const Complaint& complaint) {
  std::string text = fmt::format("{}: {}", gate::describe(complaint.at), complaint.what);
  if (!complaint.suggestion.empty()) text += fmt::format(" ({})", complaint.suggestion);
  if (complaint.line.empty()) return text;
  return fmt::format("{}\n  {}{}", text, printable(complaint.line), caret(complaint.line, complaint.at.column));
}

}  // namespace gate::policy
