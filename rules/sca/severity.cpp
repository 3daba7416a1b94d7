#include "rules/sca/severity.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

namespace gate::rules {
namespace {

using BySource = std::map<std::string, Severity>;

void note(BySource& worst, const std::string& source, Severity severity) {
  if (severity == Severity::unknown) return;
  auto& known = worst.try_emplace(source, severity).first->second;
  known = std::max(known, severity);
}

const std::string& source_of(const Vulnerability& statement) {
  return statement.severity_source.empty() ? statement.tool : statement.severity_source;
}

BySource own_words(const MergedVulnerability& merged) {
  BySource worst;
  for (const Vulnerability* statement : merged.told) note(worst, source_of(*statement), statement->severity);
  return worst;
}

BySource all_words(const MergedVulnerability& merged) {
  BySource worst = own_words(merged);
  for (const Vulnerability* statement : merged.told) {
    for (const Rating& rating : statement->ratings)
      note(worst, rating.source.empty() ? statement->tool : rating.source, rating.severity);
  }
  return worst;
}

Rated worst_of(const BySource& ratings) {
  Rated worst;
  for (const auto& [source, severity] : ratings) {
    if (severity > worst.severity) worst = {severity, source};
  }
  return worst;
}

}  // namespace

Rated rate(const MergedVulnerability& merged, const Params& params) {
  const std::string& choice = params.text("severity_from");
  if (choice == "report") return worst_of(own_words(merged));
  const BySource all = all_words(merged);
  if (choice == "prefer") {
    for (const std::string& source : params.texts("prefer")) {
      if (const auto found = all.find(source); found != all.end()) return {found->second, source};
    }
  }
  return worst_of(all);
}

std::string ratings_in_words(const MergedVulnerability& merged) {
  std::vector<std::string> words;
  for (const auto& [source, severity] : all_words(merged))
    words.push_back(fmt::format("{} by {}", name(severity), source));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string claims_in_words(const MergedVulnerability& merged) {
  std::set<std::string> claims;
  for (const Vulnerability* statement : merged.told) {
    for (const Rating& rating : statement->ratings) {
      if (!rating.method.starts_with("claimed ")) continue;
      claims.insert(fmt::format("{} claims {}.{} {}", rating.source.empty() ? statement->tool : rating.source,
                                rating.score / 10, rating.score % 10,
                                rating.vector.empty() ? "against its vector" : "beside a vector that is none"));
    }
  }
  return fmt::format("{}", fmt::join(claims, ", "));
}

std::map<std::string, Severity> by_scanner(const MergedVulnerability& merged) {
  BySource worst;
  for (const Vulnerability* statement : merged.told) note(worst, statement->tool, statement->severity);
  return worst;
}

}  // namespace gate::rules
