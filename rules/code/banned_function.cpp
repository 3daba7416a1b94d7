#include <fmt/format.h>

#include <map>

#include "gate/core/rule.h"

namespace gate::rules {
namespace {

std::string_view text_or(const Value& record, std::string_view key, std::string_view fallback) {
  const Value* value = record.find(key);
  return value && value->text() ? std::string_view(*value->text()) : fallback;
}

std::string message(const FunctionUse& use, const Value& ban) {
  std::string text = fmt::format("{} {}", use.use == Use::call ? "call of" : "address taken of", use.function);
  if (use.written != use.function) text += fmt::format(" (written {})", use.written);
  if (!use.macro.empty()) {
    text += fmt::format(" through macro {}", use.macro);
    // A macro of the command line has no place.
    if (!use.spelled.file.empty()) {
      text += fmt::format(" ({}:{}:{})", use.spelled.file, use.spelled.line, use.spelled.column);
    }
  }
  if (const auto because = text_or(ban, "because", ""); !because.empty()) text += fmt::format(": {}", because);
  if (use.units > 1) text += fmt::format(" [seen by {} units]", use.units);
  return text;
}

Finding about(const FunctionUse& use, const Value& ban) {
  Finding finding;
  finding.message = message(use, ban);
  finding.subject = {{"function", use.function}};
  finding.at = use.at;
  if (const auto instead = text_or(ban, "instead", ""); !instead.empty())
    finding.remedy = fmt::format("use {}", instead);
  if (const Value* cwe = ban.find("cwe"); cwe && cwe->integer())
    finding.tags.push_back(fmt::format("CWE-{}", *cwe->integer()));
  finding.origin = use.origin;
  return finding;
}

}  // namespace

Judged code_banned_function(const FactSet& facts, const Params& params) {
  std::map<std::string_view, const Value*> banned;
  for (const Value& ban : params.records("ban")) banned.emplace(text_or(ban, "name", ""), &ban);

  Judged out;
  if (banned.empty()) return out;  // an empty list judges nothing, so nothing was examined
  out.examined = facts.all<TranslationUnit>().size();
  for (const FunctionUse& use : facts.all<FunctionUse>()) {
    const auto ban = banned.find(use.function);
    if (ban != banned.end()) out.against.push_back(about(use, *ban->second));
  }
  return out;
}

}  // namespace gate::rules
