#include <fmt/format.h>

#include <map>
#include <tuple>

#include "gate/core/rule.h"
#include "rules/code/ban_list.h"

namespace gate::rules {
namespace {

std::string_view verb(Use use) {
  switch (use) {
    case Use::call: return "call of";
    case Use::address: return "address taken of";
    case Use::mention: return "use of";
    case Use::unclassified: return "in a unit that was not read in full:";
  }
  return "use of";
}

std::string message(const SourceUse& use, const Value& ban) {
  std::string text = fmt::format("{} {}", verb(use.use), use.name);
  if (use.entity != Entity::function) text = fmt::format("{} {} {}", verb(use.use), name(use.entity), use.name);
  if (use.written != use.name) text += fmt::format(" (written {})", use.written);
  if (const auto condition = model::parse_condition(use.condition)) text += fmt::format(" {}", in_words(*condition));
  if (!use.macro.empty()) {
    text += fmt::format(" through macro {}", use.macro);
    // A macro of the command line has no place.
    if (!use.spelled.file.empty()) {
      text += fmt::format(" ({}:{}:{})", use.spelled.file, use.spelled.line, use.spelled.column);
    }
  }
  text += because(ban);
  if (use.units > 1) text += fmt::format(" [seen by {} units]", use.units);
  return text;
}

Finding about(const SourceUse& use, const Value& ban) {
  Finding finding;
  finding.message = message(use, ban);
  finding.subject = {{std::string(name(use.entity)), use.name}};
  finding.at = use.at;
  finding.definition = use.spelled;
  finding.origin = use.origin;
  advise(ban, finding);
  return finding;
}

}  // namespace

Judged code_banned_function(const FactSet& facts, const Params& params) {
  using Key = std::tuple<Entity, std::string, std::string>;
  std::map<Key, const Value*> banned;
  for (const auto& [ban, record] : ban_list(params)) {
    banned.emplace(Key{ban.entity, ban.name, ban.condition ? model::to_text(*ban.condition) : ""}, record);
  }

  Judged out;
  if (banned.empty()) return out;  // an empty list judges nothing, so nothing was examined
  out.examined = facts.all<TranslationUnit>().size();
  for (const SourceUse& use : facts.all<SourceUse>()) {
    const auto ban = banned.find(Key{use.entity, use.name, use.condition});
    if (ban == banned.end()) continue;
    (use.use == Use::unclassified ? out.to_review : out.against).push_back(about(use, *ban->second));
  }
  return out;
}

}  // namespace gate::rules
