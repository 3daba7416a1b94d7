#include <fmt/format.h>

#include <algorithm>

#include "rules/provenance/about.h"

namespace gate::rules {
namespace {

// The same thing, said in two places of one attestation.
struct Pair {
  std::string_view field, first, second;  // and who says the two
  std::string one, other;
};

constexpr std::string_view runner_builder = "https://github.com/actions/runner/";

std::string parameter(const BuildProvenance& build, std::string_view pointer) {
  const auto found = build.parameters.find(pointer);
  return found == build.parameters.end() ? std::string() : found->second;
}

// "https://host/owner/repo/.github/workflows/build.yml@refs/heads/main" without the repository: the workflow's path.
std::string path_of(const std::string& config_uri, const std::string& repository) {
  if (repository.empty() || !config_uri.starts_with(repository + "/")) return {};
  return config_uri.substr(repository.size() + 1, config_uri.rfind('@') - repository.size() - 1);
}

// A builder id that names a workflow at a ref is the signer's own; one that names GitHub's runners says which kind.
void add_builder(const BuildProvenance& build, const SignerCertificate& certificate, std::vector<Pair>& pairs) {
  constexpr std::string_view predicate = "the statement", certified = "the certificate";
  if (build.builder.starts_with(runner_builder)) {
    pairs.push_back(
        {"runner", predicate, certified, build.builder.substr(runner_builder.size()), certificate.runner_environment});
  } else if (build.builder.find("@refs/") != std::string::npos) {
    pairs.push_back({"builder", predicate, certified, build.builder, certificate.build_signer_uri});
  }
}

std::vector<Pair> pairs_of(const VerifiedStatement& statement) {
  const BuildProvenance& build = statement.build();
  const SignerCertificate& certificate = statement.certificate();
  constexpr std::string_view predicate = "the statement", certified = "the certificate", parameters = "its parameters";
  std::vector<Pair> pairs{
      {"repository", predicate, certified, build.source, certificate.source_repository_uri},
      {"commit", predicate, certified, build.commit, certificate.source_repository_digest},
      {"ref", predicate, certified, build.ref, certificate.source_repository_ref},
      {"workflow", predicate, certified, build.workflow,
       path_of(certificate.build_config_uri, certificate.source_repository_uri)},
      {"trigger", predicate, certified, build.trigger, certificate.build_trigger},
      {"runner", predicate, certified, build.runner, certificate.runner_environment},
      {"repository", predicate, parameters, build.source, parameter(build, "/workflow/repository")},
      {"ref", predicate, parameters, build.ref, parameter(build, "/workflow/ref")},
  };
  // Older producers number their runs instead of naming them.
  if (build.invocation.find("://") != std::string::npos) {
    pairs.push_back({"invocation", predicate, certified, build.invocation, certificate.run_invocation_uri});
  }
  add_builder(build, certificate, pairs);
  return pairs;
}

}  // namespace

Judged provenance_self_contradiction(const FactSet& facts, const Params&) {
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const auto provenances = provenances_of(artifact, facts);
    if (provenances.empty()) out.lacking.push_back(no_provenance(artifact));
    for (const VerifiedStatement* statement : provenances) {
      for (const Pair& pair : pairs_of(*statement)) {
        if (pair.one.empty() || pair.other.empty() || pair.one == pair.other) continue;
        out.against.push_back(about(artifact,
                                    fmt::format("{}: the {} is '{}' in {} and '{}' in {}", artifact.path, pair.field,
                                                pair.one, pair.first, pair.other, pair.second),
                                    statement->origin, {{"field", std::string(pair.field)}}));
      }
    }
  }
  return out;
}

}  // namespace gate::rules
