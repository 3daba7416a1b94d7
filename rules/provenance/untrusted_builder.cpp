#include <fmt/format.h>

#include <algorithm>

#include "rules/provenance/about.h"

namespace gate::rules {

// By the policy's table of signers and builders (trust.builders), or by the builder's id alone (`builders`).
Judged provenance_untrusted_builder(const FactSet& facts, const Params& params) {
  const auto trusted = params.texts("builders");
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const auto provenances = provenances_of(artifact, facts);
    if (provenances.empty()) out.lacking.push_back(no_provenance(artifact));
    for (const VerifiedStatement* statement : provenances) {
      const bool known = statement->level() > 0 || std::ranges::find(trusted, statement->builder()) != trusted.end();
      (known ? out.in_favour : out.against)
          .push_back(
              about(artifact,
                    fmt::format("{} was built by {}, as {} says, which the policy {}", artifact.path,
                                statement->builder(), signer_of(*statement), known ? "trusts" : "does not trust"),
                    statement->origin, {{"builder", statement->builder()}}));
    }
  }
  return out;
}

}  // namespace gate::rules
