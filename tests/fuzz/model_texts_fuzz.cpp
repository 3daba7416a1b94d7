// What reports write in one text: vectors, licence expressions, package URLs; and the policy's conditions. What is read
// has to keep the promises of its type.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gate/model/cvss.h"
#include "gate/model/decision_table.h"
#include "gate/model/license_expression.h"
#include "gate/model/purl.h"

namespace {

using namespace gate::model;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_vector(std::string_view text) {
  const auto vector = CvssVector::parse(text);
  if (!vector) return;
  const CvssScores scores = vector->scores();
  for (const int score : {scores.base, scores.threat, scores.environmental}) require(score >= 0 && score <= 100);
  require(scores.threat <= scores.base);
  require(base_score(text) == scores.base);
}

void check_license(std::string_view text) {
  const auto expression = LicenseExpression::parse(text);
  if (!expression) return;
  require(!expression->terms().empty());
  require(LicenseLists({}, {"*"}).judge(*expression) == LicenseAnswer::denied);
  if (!expression->unknown_ids().empty()) return;
  for (const LicenseTerm& term : expression->terms()) {
    const auto again = LicenseExpression::parse(to_string(term));
    require(again && again->terms().size() == 1 && to_string(again->terms().front()) == to_string(term));
  }
}

void check_purl(std::string_view text) {
  (void)spelling_violation(text);
  const auto purl = parse_purl(text);
  if (!purl) return;
  const auto canonical = to_string(*purl);
  const auto again = parse_purl(canonical);
  require(again && to_string(*again) == canonical && spelling_violation(canonical).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_vector(text);
  check_license(text);
  check_purl(text);
  if (const auto conditions = parse_conditions(text)) require(!conditions->empty());
  return 0;
}
