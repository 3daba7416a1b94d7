#include "adapters/cpp/allowances.h"

#include <clang/Basic/LangOptions.h>
#include <clang/Lex/Lexer.h>

#include <algorithm>
#include <map>
#include <optional>

#include "gate/core/time.h"
#include "gate/json/printable.h"

namespace gate::cpp {
namespace {

constexpr std::string_view marker = "gate:";
constexpr std::size_t longest_part = 300;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const auto start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text = trimmed(text.substr(word.size()));
  return true;
}

// Takes what stands before a separator, and the separator; nothing where there is none.
std::optional<std::string> take_until(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  if (end == std::string_view::npos) return std::nullopt;
  std::string part = json::printable(trimmed(text.substr(0, end)), longest_part);
  text = trimmed(text.substr(end + 1));
  return part;
}

// What stands inside a comment, without its marks.
std::string_view inside(std::string_view comment) {
  if (comment.ends_with("*/")) comment.remove_suffix(2);
  const auto start = comment.find_first_not_of("/*!<");
  return start == std::string_view::npos ? std::string_view() : trimmed(comment.substr(start));
}

// The text after "gate:", understood. Nothing where it asks for nothing.
std::optional<Allowance> parse(std::string_view comment) {
  std::string_view rest = inside(comment);
  if (!take(rest, marker) || !take(rest, "allow")) return std::nullopt;
  Allowance allowance;
  const auto bad = [&](std::string what) {
    allowance.problem = std::move(what) + "; write gate: allow(RULE) until YYYY-MM-DD: REASON";
    return allowance;
  };
  const auto rule = take(rest, "(") ? take_until(rest, ')') : std::nullopt;
  if (!rule || rule->empty()) return bad("names no rule");
  allowance.rule = *rule;
  if (!take(rest, "until")) return bad("does not say until when");
  const auto until = take_until(rest, ':');
  allowance.until = until.value_or("");
  if (!until || !parse_date(*until)) return bad("does not say until which day");
  allowance.reason = json::printable(rest, longest_part);
  if (allowance.reason.empty()) return bad("gives no reason");
  return allowance;
}

// What comments and strings look like; a header may be read in C and in C++.
clang::LangOptions any_language() {
  clang::LangOptions language;
  language.LineComment = language.CPlusPlus = language.CPlusPlus11 = language.CPlusPlus14 = true;
  return language;
}

// A file as lines and tokens: what stands alone, and which lines belong together. Lines count from 1.
class Page {
 public:
  struct Comment {
    std::size_t begin = 0, end = 0;  // bytes
  };

  explicit Page(std::string_view text) : text_(text), starts_{0, 0} {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos;) starts_.push_back(++at);
    has_code_.resize(starts_.size());
    read_tokens();
    join_lines();
  }

  const std::vector<Comment>& comments() const { return comments_; }
  std::string_view text(const Comment& comment) const {
    return text_.substr(comment.begin, comment.end - comment.begin);
  }
  std::size_t line(std::size_t at) const {
    return static_cast<std::size_t>(std::upper_bound(starts_.begin() + 1, starts_.end(), at) - starts_.begin()) - 1;
  }
  std::size_t column(std::size_t at) const { return at - starts_[line(at)] + 1; }
  bool is_alone(const Comment& comment) const {
    return !has_code_[line(comment.begin)] && !has_code_[line(comment.end - 1)];
  }
  // Of a line with those that it continues and that continue it; the file may end before the line.
  std::size_t first(std::size_t line) const { return line < first_.size() ? first_[line] : line; }
  std::size_t last(std::size_t line) const { return line < last_.size() ? last_[line] : line; }

 private:
  void read_tokens() {
    const clang::LangOptions language = any_language();
    clang::Lexer lexer(clang::SourceLocation(), language, text_.data(), text_.data(), text_.data() + text_.size());
    lexer.SetCommentRetentionState(true);
    for (bool ended = false; !ended;) {
      clang::Token token;
      ended = lexer.LexFromRawLexer(token);
      if (token.is(clang::tok::eof)) break;
      const std::size_t end = lexer.getCurrentBufferOffset();
      // To the lexer, the end of a spliced line before a token is a part of it.
      const std::size_t begin = std::min(text_.find_first_not_of("\\ \t\r\n", end - token.getLength()), end - 1);
      if (token.is(clang::tok::comment)) {
        comments_.push_back({begin, end});
      } else {
        has_code_[line(begin)] = has_code_[line(end - 1)] = true;
      }
    }
  }

  bool is_continued(std::size_t line) const {
    if (line == 0 || line + 1 >= starts_.size()) return false;
    std::string_view content = text_.substr(starts_[line], starts_[line + 1] - 1 - starts_[line]);
    if (content.ends_with('\r')) content.remove_suffix(1);
    return content.ends_with('\\');
  }

  void join_lines() {
    first_.resize(starts_.size());
    last_.resize(starts_.size());
    for (std::size_t line = 1; line < starts_.size(); ++line)
      first_[line] = is_continued(line - 1) ? first_[line - 1] : line;
    for (std::size_t line = starts_.size() - 1; line > 0; --line)
      last_[line] = is_continued(line) ? last_[line + 1] : line;
  }

  std::string_view text_;
  std::vector<std::size_t> starts_;  // of lines; nothing is line 0
  std::vector<bool> has_code_;       // by line
  std::vector<std::size_t> first_, last_;
  std::vector<Comment> comments_;
};

}  // namespace

std::vector<Allowance> find_allowances(std::string_view text, const std::string& file) {
  std::vector<Allowance> found;
  if (text.find(marker) == std::string_view::npos) return found;  // true of nearly every file
  const Page page(text);
  std::vector<Page::Comment> places;
  for (const Page::Comment& comment : page.comments()) {
    auto allowance = parse(page.text(comment));
    if (!allowance) continue;
    const auto line = page.line(comment.begin), column = page.column(comment.begin);
    allowance->at = {file, static_cast<int>(line), static_cast<int>(column)};
    allowance->origin = {file, {}, std::to_string(line) + ":" + std::to_string(column)};
    const bool full = found.size() == max_allowances;
    if (full) allowance->problem = "more than " + std::to_string(max_allowances) + " in this file";
    found.push_back(std::move(*allowance));
    places.push_back(comment);
    if (full) break;
  }

  // From the end, since several that stand alone below each other speak about the same line.
  std::map<std::size_t, std::size_t> passed_on;  // from the first line of one that stands alone to the one it means
  for (std::size_t i = found.size(); i-- > 0;) {
    std::size_t line = page.line(places[i].begin);
    if (page.is_alone(places[i])) {
      const std::size_t below = page.line(places[i].end - 1) + 1;
      const auto next = passed_on.find(below);
      passed_on[line] = next == passed_on.end() ? below : next->second;
      line = passed_on[line];
    }
    found[i].first = static_cast<std::int64_t>(page.first(line));
    found[i].last = static_cast<std::int64_t>(page.last(line));
  }
  return found;
}

}  // namespace gate::cpp
