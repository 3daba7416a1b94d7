#include <deque>
#include <string>

#include "gate/core/embedded.h"
#include "rules/rules.h"

// The functions, one for each line of the table.
namespace gate::rules {
#define GATE_RULE(family, name, ...) Judged family##_##name(const FactSet&, const Params&);
#include "rules/rules.def"
#undef GATE_RULE

namespace {

constexpr FactKind translation_unit = FactKind::translation_unit, source_use = FactKind::source_use,
                   allowance = FactKind::allowance, binary = FactKind::binary,
                   imported_symbol = FactKind::imported_symbol, scan_report = FactKind::scan_report,
                   sbom = FactKind::sbom, component = FactKind::component, vulnerability = FactKind::vulnerability,
                   base_vulnerability = FactKind::base_vulnerability, end_of_life = FactKind::end_of_life,
                   artifact = FactKind::artifact, statement = FactKind::statement, commit = FactKind::commit,
                   tag = FactKind::tag;

std::string dashed(std::string text) {
  for (char& c : text) {
    if (c == '_') c = '-';
  }
  return text;
}

// The table is made once, and its ids live as long as the program.
std::string_view keep(std::string text) {
  static std::deque<std::string> kept;
  return kept.emplace_back(std::move(text));
}

Rule make(std::string family, std::string name, std::vector<FactKind> needs,
          Judged (*judge)(const FactSet&, const Params&)) {
  const std::string file = "rules/" + family + "/" + name + ".yaml";
  std::string_view spec;
  for (const EmbeddedFile& embedded : embedded_specs()) {
    if (embedded.name == file) spec = embedded.bytes;
  }
  return {keep(dashed(family) + "/" + dashed(name)), spec, std::move(needs), judge};
}

}  // namespace

const std::vector<Rule>& all() {
  static const std::vector<Rule> rules{
#define GATE_RULE(family, name, ...) make(#family, #name, {__VA_ARGS__}, family##_##name),
#include "rules/rules.def"
#undef GATE_RULE
  };
  return rules;
}

}  // namespace gate::rules
