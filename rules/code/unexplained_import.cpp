#include <fmt/format.h>

#include <map>

#include "gate/core/rule.h"
#include "gate/model/import_origin.h"
#include "rules/code/ban_list.h"

namespace gate::rules {
namespace {

// The first use of each function in the sources, by the name that the policy gives it.
using FirstUses = std::map<std::string_view, const SourceUse*, std::less<>>;

FirstUses first_uses(const FactSet& facts) {
  FirstUses first;
  for (const SourceUse& use : facts.all<SourceUse>()) {
    if (use.entity != Entity::function) continue;
    const SourceUse*& known = first[use.name];
    if (!known || use.at < known->at) known = &use;
  }
  return first;
}

// Why the sources account for the import; empty where they do not.
std::string explanation(const std::string& function, const FirstUses& uses) {
  const auto place = [](const SourceUse& use) {
    return fmt::format("{}:{}:{}", use.at.file, use.at.line, use.at.column);
  };
  if (const auto use = uses.find(function); use != uses.end()) return fmt::format("used at {}", place(*use->second));
  for (const std::string_view origin : model::call_origins(function)) {
    if (const auto use = uses.find(origin); use != uses.end())
      return fmt::format("compilers make it of {}, used at {}", origin, place(*use->second));
  }
  return model::called_by_compilers(function) ? "compilers call it by themselves" : "";
}

std::string message(const ImportedSymbol& symbol, const std::string& explained, const Value& ban) {
  const bool contained = symbol.linkage == Linkage::contained;
  std::string text = fmt::format("{} {}", contained ? "linked in:" : "import of", symbol.function);
  if (symbol.symbol != symbol.function) text += fmt::format(" (symbol {})", symbol.symbol);
  if (!symbol.member.empty()) text += fmt::format(" by {}", symbol.member);
  if (!explained.empty()) return text + fmt::format(", explained: {}", explained);
  text += contained ? ", by the project or by the library itself; no source seen uses it"
                    : " that no source seen explains (an alias, assembly, a prebuilt object, a system header's inline "
                      "code)";
  return text + because(ban);
}

}  // namespace

Judged code_unexplained_import(const FactSet& facts, const Params& params) {
  std::map<std::string, const Value*> banned;
  for (const BanEntry& entry : ban_list(params)) {
    if (entry.ban.entity == Entity::function) banned.emplace(entry.ban.name, entry.record);
  }

  Judged out;
  if (banned.empty()) return out;  // an empty list judges nothing, so nothing was examined
  out.examined = facts.all<Binary>().size();
  const FirstUses uses = first_uses(facts);
  for (const ImportedSymbol& symbol : facts.all<ImportedSymbol>()) {
    const auto ban = banned.find(symbol.function);
    if (ban == banned.end()) continue;
    const std::string explained = explanation(symbol.function, uses);
    Finding finding;
    finding.message = message(symbol, explained, *ban->second);
    finding.subject = {{"function", symbol.function}, {"binary", symbol.file}};
    if (!symbol.member.empty()) finding.subject.emplace("member", symbol.member);
    finding.at.file = symbol.file;
    finding.origin = symbol.origin;
    advise(*ban->second, finding);
    // In sources that were not all seen, the explanation may stand where nobody could look.
    auto& answer = !explained.empty()                     ? out.in_favour
                   : symbol.linkage == Linkage::contained ? out.to_review
                                                          : out.lacking;
    answer.push_back(std::move(finding));
  }
  return out;
}

}  // namespace gate::rules
