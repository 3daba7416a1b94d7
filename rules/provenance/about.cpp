#include "rules/provenance/about.h"

#include <fmt/format.h>

namespace gate::rules {

std::vector<const VerifiedStatement*> provenances_of(const Artifact& artifact, const FactSet& facts) {
  std::vector<const VerifiedStatement*> found;
  for (const VerifiedStatement& statement : facts.all<VerifiedStatement>()) {
    if (statement.is_about(artifact) && statement.is_provenance()) found.push_back(&statement);
  }
  return found;
}

Finding about(const Artifact& artifact, std::string message, const Origin& origin,
              std::map<std::string, std::string, std::less<>> subject) {
  Finding finding;
  finding.message = std::move(message);
  finding.subject = std::move(subject);
  finding.subject.emplace("artifact", artifact.path);
  finding.origin = origin;
  return finding;
}

std::string signer_of(const VerifiedStatement& statement) {
  if (!statement.certificate().name.empty()) return statement.certificate().name;
  std::string ids;
  for (const std::string& id : statement.signers()) ids += (ids.empty() ? "" : ", ") + id;
  return ids;
}

Finding no_provenance(const Artifact& artifact) {
  return about(artifact, fmt::format("{} has no SLSA provenance that verifies", artifact.path), artifact.origin);
}

}  // namespace gate::rules
