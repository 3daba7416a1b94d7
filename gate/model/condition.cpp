#include "gate/model/condition.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace gate::model {
namespace {

constexpr std::array<std::string_view, 6> predicate_names{"not_literal",      "equals",         "flag_set",
                                                          "format_unbounded", "sizeof_pointer", "size_of_source"};

constexpr std::string_view conjunction = " and ";
constexpr std::size_t most_clauses = 4;

bool has_operand(Predicate predicate) { return predicate == Predicate::equals || predicate == Predicate::flag_set; }

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

// An identifier, qualified or not, or a decimal integer.
bool is_operand(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), is_word);
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

std::string to_text(const Clause& clause) {
  std::string text(predicate_names[static_cast<std::size_t>(clause.predicate)]);
  text += "(" + std::to_string(clause.argument);
  if (has_operand(clause.predicate)) text += ", " + clause.operand;
  return text + ")";
}

std::optional<Clause> parse_clause(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos) return std::nullopt;
  const auto name = std::find(predicate_names.begin(), predicate_names.end(), text.substr(0, open));
  std::string_view inside = text.substr(open + 1);
  if (name == predicate_names.end() || !take_suffix(inside, ")")) return std::nullopt;

  Clause clause;
  clause.predicate = static_cast<Predicate>(name - predicate_names.begin());
  const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), clause.argument);
  if (error != std::errc{} || clause.argument < 1 || clause.argument > 99) return std::nullopt;
  inside.remove_prefix(static_cast<std::size_t>(end - inside.data()));
  if (has_operand(clause.predicate)) {
    if (!inside.starts_with(", ")) return std::nullopt;
    inside.remove_prefix(2);
    if (!is_operand(inside)) return std::nullopt;
    clause.operand = inside;
    inside = {};
  }
  if (!inside.empty() || to_text(clause) != text) return std::nullopt;
  return clause;
}

std::string in_words(const Clause& clause) {
  const std::string argument = "argument " + std::to_string(clause.argument);
  switch (clause.predicate) {
    case Predicate::not_literal: return argument + " is no literal";
    case Predicate::equals: return argument + " is " + clause.operand;
    case Predicate::flag_set: return argument + " has " + clause.operand + " set";
    case Predicate::format_unbounded: return argument + " is a format that bounds not every text it reads";
    case Predicate::sizeof_pointer: return argument + " is the size of a pointer, not of what it points to";
    case Predicate::size_of_source: return argument + " is the size of the source, not of the destination";
  }
  return argument;
}

template <class Words>
std::string joined(const Condition& condition, Words&& words) {
  std::string text;
  for (const Clause& clause : condition.clauses) {
    if (!text.empty()) text += conjunction;
    text += words(clause);
  }
  return text;
}

}  // namespace

std::string to_text(const Condition& condition) {
  return joined(condition, [](const Clause& clause) { return to_text(clause); });
}

std::optional<Condition> parse_condition(std::string_view text) {
  Condition condition;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find(conjunction);
    auto clause = parse_clause(text.substr(0, end));
    if (!clause || condition.clauses.size() == most_clauses) return std::nullopt;
    condition.clauses.push_back(std::move(*clause));
    if (end != std::string_view::npos) text.remove_prefix(end + conjunction.size());
  }
  return condition;
}

std::string in_words(const Condition& condition) {
  return "whose " + joined(condition, [](const Clause& clause) { return in_words(clause); });
}

}  // namespace gate::model
