#include <fmt/format.h>

#include "rules/provenance/about.h"

namespace gate::rules {

Judged provenance_missing(const FactSet& facts, const Params&) {
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const auto provenances = provenances_of(artifact, facts);
    if (provenances.empty()) out.lacking.push_back(no_provenance(artifact));
    for (const VerifiedStatement* statement : provenances) {
      out.in_favour.push_back(
          about(artifact, fmt::format("{} has provenance, signed by {}", artifact.path, signer_of(*statement)),
                statement->origin));
    }
  }
  return out;
}

}  // namespace gate::rules
