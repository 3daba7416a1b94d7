#include <fmt/format.h>

#include "rules/provenance/about.h"

namespace gate::rules {

// A provenance is worth what the policy grants to its signer and builder; an artifact, what its best one is.
Judged provenance_low_level(const FactSet& facts, const Params& params) {
  const auto wanted = params.number("minimum");
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const VerifiedStatement* best = nullptr;
    for (const VerifiedStatement* statement : provenances_of(artifact, facts)) {
      if (!best || statement->level() > best->level()) best = statement;
    }
    if (!best) {
      out.lacking.push_back(no_provenance(artifact));
      continue;
    }
    const bool enough = best->level() >= wanted && best->level() > 0;
    (enough ? out.in_favour : out.lacking)
        .push_back(about(artifact,
                         fmt::format("{} reaches SLSA build level {} by {}; the policy asks for {}", artifact.path,
                                     best->level(), best->builder(), wanted),
                         best->origin, {{"builder", best->builder()}}));
  }
  return out;
}

}  // namespace gate::rules
