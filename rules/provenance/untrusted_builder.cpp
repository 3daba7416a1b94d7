#include <fmt/format.h>

#include <algorithm>

#include "gate/core/rule.h"

namespace gate::rules {
namespace {

constexpr std::string_view slsa_provenance = "https://slsa.dev/provenance/v1";

Finding about(const Artifact& artifact, std::string message, std::string builder, const Origin& origin) {
  Finding finding;
  finding.message = std::move(message);
  finding.subject = {{"artifact", artifact.path}, {"builder", std::move(builder)}};
  finding.origin = origin;
  return finding;
}

}  // namespace

// Every provenance of an artifact counts: a good one does not heal a bad one.
Judged provenance_untrusted_builder(const FactSet& facts, const Params& params) {
  const auto trusted = params.texts("builders");
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    std::size_t provenances = 0;
    for (const VerifiedStatement& statement : facts.all<VerifiedStatement>()) {
      if (statement.subject() != artifact.sha256 || statement.predicate_type() != slsa_provenance) continue;
      ++provenances;
      const bool known = std::find(trusted.begin(), trusted.end(), statement.builder()) != trusted.end();
      (known ? out.in_favour : out.against)
          .push_back(about(artifact,
                           fmt::format("{} was built by {}, which the policy {}", artifact.path, statement.builder(),
                                       known ? "trusts" : "does not trust"),
                           statement.builder(), statement.origin));
    }
    if (provenances == 0) {
      out.lacking.push_back(about(artifact, fmt::format("{} has no SLSA provenance v1 that verifies", artifact.path),
                                  "", artifact.origin));
    }
  }
  return out;
}

}  // namespace gate::rules
