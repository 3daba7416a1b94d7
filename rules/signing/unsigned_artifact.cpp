#include <fmt/format.h>

#include <algorithm>

#include "rules/provenance/about.h"

namespace gate::rules {
namespace {

bool counts(const VerifiedStatement& statement, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return true;
  const auto is_wanted = [&](const std::string& who) { return std::ranges::find(wanted, who) != wanted.end(); };
  return is_wanted(statement.certificate().name) || std::ranges::any_of(statement.signers(), is_wanted);
}

}  // namespace

Judged signing_unsigned_artifact(const FactSet& facts, const Params& params) {
  const auto signers = params.texts("signers");
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const std::size_t before = out.in_favour.size();
    for (const VerifiedStatement& statement : facts.all<VerifiedStatement>()) {
      if (!statement.is_about(artifact) || !counts(statement, signers)) continue;
      out.in_favour.push_back(
          about(artifact, fmt::format("{} is signed by {}", artifact.path, signer_of(statement)), statement.origin));
    }
    if (out.in_favour.size() == before) {
      out.lacking.push_back(
          about(artifact, fmt::format("{} has no signature that counts", artifact.path), artifact.origin));
    }
  }
  return out;
}

}  // namespace gate::rules
