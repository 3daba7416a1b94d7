#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>

#include "gate/app/app.h"
#include "gate/app/catalogue.h"
#include "gate/core/policy.h"
#include "gate/json/value.h"

namespace gate::app {
namespace {

struct Words {
  const char *why, *bad, *good, *remedy, *parameters, *fallback, *waiver, *tasks;
};
constexpr Words english{
    "Why", "Bad", "Good", "What to do", "Parameters", "default", "A waiver may name", "Contributes to SSDF 1.1 tasks"};
constexpr Words japanese{"理由",
                         "悪い例",
                         "良い例",
                         "対処",
                         "パラメーター",
                         "既定値",
                         "例外承認で指定できる項目",
                         "関係する SSDF 1.1 のタスク"};

std::string print(const Value& value) {
  if (const auto* flag = value.boolean()) return *flag ? "true" : "false";
  if (const auto* number = value.integer()) return std::to_string(*number);
  if (const auto* text = value.text()) return text->empty() ? "\"\"" : *text;
  if (const auto* list = value.list(); list && list->empty()) return "[]";
  return "…";
}

std::string_view print(ParamType type) {
  switch (type) {
    case ParamType::flag: return "true or false";
    case ParamType::number: return "number";
    case ParamType::text: return "text";
    case ParamType::choice: return "choice";
    case ParamType::texts: return "list of texts";
    case ParamType::records: return "list of records";
  }
  return "";
}

std::string indent(const std::string& text) {
  std::string out = "  ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n' && i + 1 < text.size()) out += "  ";
  }
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out + "\n";
}

// Breaks at blanks at 100 columns; text without blanks (Japanese) breaks after 48 wide characters.
std::string wrap(const std::string& text) {
  std::string out = "  ";
  std::size_t column = 2, break_at = std::string::npos;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text[i] == ' ') break_at = out.size();
    out.append(text, i, length);
    column += length >= 3 ? 2 : 1;
    i += length;
    if (column < 98 || i >= text.size()) continue;
    if (break_at != std::string::npos) {
      const std::string rest = out.substr(break_at + 1);
      out = out.substr(0, break_at) + "\n  " + rest;
      column = 2 + rest.size();
    } else if (length >= 3) {
      out += "\n  ";
      column = 2;
    }
    break_at = std::string::npos;
  }
  return out + "\n";
}

const std::string& in(const std::string& language, const Bilingual& text) {
  return language == "ja" && !text.ja.empty() ? text.ja : text.en;
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])}));
    }
  }
  return row.back();
}

int unknown_rule(const std::string& rule) {
  const auto nearest = std::min_element(specs().begin(), specs().end(), [&](const RuleSpec& a, const RuleSpec& b) {
    return distance(a.id, rule) < distance(b.id, rule);
  });
  std::fprintf(stderr, "gate: no rule '%s' (did you mean '%s'? `gate explain` lists them all)\n", rule.c_str(),
               nearest->id.c_str());
  return 2;
}

}  // namespace

int explain(const std::string& rule, const Common& common) {
  const RuleSpec* spec = app::spec(rule);
  if (!spec) return unknown_rule(rule);
  const Words& words = common.language == "ja" ? japanese : english;
  std::string out = fmt::format("{}: {}\n", spec->id, in(common.language, spec->title));
  out += fmt::format("\n{}\n{}", words.why, wrap(in(common.language, spec->why)));
  out += fmt::format("\n{}\n{}", words.bad, indent(in(common.language, spec->bad)));
  out += fmt::format("\n{}\n{}", words.good, indent(in(common.language, spec->good)));
  out += fmt::format("\n{}\n{}", words.remedy, wrap(in(common.language, spec->remedy)));
  out += fmt::format("\n{}\n", words.parameters);
  for (const ParamSpec& param : spec->params) {
    const std::string type = param.type == ParamType::choice ? fmt::format("{}", fmt::join(param.choices, " | "))
                                                             : std::string(print(param.type));
    out += fmt::format("  {} ({}; {}: {})\n", param.name, type, words.fallback, print(param.fallback));
    out += "  " + wrap(in(common.language, param.about));
  }
  std::vector<std::string> match = spec->match;
  match.emplace_back("path");
  out += fmt::format("\n{}: {}\n", words.waiver, fmt::join(match, ", "));
  out += fmt::format("{}: {}\n", words.tasks, fmt::join(spec->ssdf, ", "));
  std::fputs(out.c_str(), stdout);
  return 0;
}

int list_rules(const Common& common) {
  std::size_t width = 0;
  for (const RuleSpec& spec : specs()) width = std::max(width, spec.id.size());
  for (const RuleSpec& spec : specs()) {
    fmt::print("{:<{}}  {}\n", spec.id, width, in(common.language, spec.title));
  }
  return 0;
}

}  // namespace gate::app
