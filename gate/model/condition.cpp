#include "gate/model/condition.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace gate::model {
namespace {

constexpr std::array<std::string_view, 6> predicate_names{"not_literal",      "equals",         "flag_set",
                                                          "format_unbounded", "sizeof_pointer", "size_of_source"};

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

}  // namespace

std::string to_text(const Condition& condition) {
  std::string text(predicate_names[static_cast<std::size_t>(condition.predicate)]);
  text += "(" + std::to_string(condition.argument);
  if (has_operand(condition.predicate)) text += ", " + condition.operand;
  return text + ")";
}

std::optional<Condition> parse_condition(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos) return std::nullopt;
  const auto name = std::find(predicate_names.begin(), predicate_names.end(), text.substr(0, open));
  std::string_view inside = text.substr(open + 1);
  if (name == predicate_names.end() || !take_suffix(inside, ")")) return std::nullopt;

  Condition condition;
  condition.predicate = static_cast<Predicate>(name - predicate_names.begin());
  const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), condition.argument);
  if (error != std::errc{} || condition.argument < 1 || condition.argument > 99) return std::nullopt;
  inside.remove_prefix(static_cast<std::size_t>(end - inside.data()));
  if (has_operand(condition.predicate)) {
    if (!inside.starts_with(", ")) return std::nullopt;
    inside.remove_prefix(2);
    if (!is_operand(inside)) return std::nullopt;
    condition.operand = inside;
    inside = {};
  }
  if (!inside.empty() || to_text(condition) != text) return std::nullopt;
  return condition;
}

}  // namespace gate::model
