#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gate/model/license_expression.h"
#include "rules/sca/about.h"

namespace gate::rules {
namespace {

using model::LicenseAnswer;

struct Told {
  LicenseAnswer answer = LicenseAnswer::unknown;
  std::vector<std::string> notes;
};

// Of several licences that a component states, all have to be in order: none says that one may choose.
Told judge(const Component& component, const model::LicenseLists& lists) {
  Told told;
  if (!component.licenses.empty()) told.answer = LicenseAnswer::allowed;
  for (const std::string& license : component.licenses) {
    const auto expression = model::LicenseExpression::parse(license);
    if (!expression) {
      told.answer = std::min(told.answer, LicenseAnswer::unknown);
      told.notes.push_back("no SPDX expression: " + expression.error().what);
      continue;
    }
    told.answer = std::min(told.answer, lists.judge(*expression));
    const auto unknown = expression->unknown_ids(), deprecated = expression->deprecated_ids();
    if (!unknown.empty()) told.notes.push_back(fmt::format("not on the SPDX list: {}", fmt::join(unknown, ", ")));
    if (!deprecated.empty()) told.notes.push_back(fmt::format("deprecated: {}", fmt::join(deprecated, ", ")));
  }
  return told;
}

}  // namespace

Judged sca_forbidden_license(const FactSet& facts, const Params& params) {
  const model::LicenseLists lists(params.texts("allowed"), params.texts("forbidden"));
  Judged out;
  for (const Component& component : facts.all<Component>()) {
    ++out.examined;
    const Told told = judge(component, lists);
    Finding finding;
    const std::string package = to_string(package_key(component));
    const std::string said = fmt::format("{}", fmt::join(component.licenses, ", "));
    finding.message = fmt::format("{}: {}", package, said.empty() ? "no licence is stated" : said);
    if (!told.notes.empty()) finding.message += fmt::format("; {}", fmt::join(told.notes, "; "));
    finding.subject = {{"package", package}, {"license", said}};
    finding.origin = component.origin;
    put(out,
        told.answer == LicenseAnswer::denied    ? "fail"
        : told.answer == LicenseAnswer::allowed ? "tolerate"
                                                : params.text("unknown"),
        std::move(finding));
  }
  return out;
}

}  // namespace gate::rules
