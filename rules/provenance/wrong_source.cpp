#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gate/core/policy.h"
#include "rules/provenance/about.h"

namespace gate::rules {
namespace {

// What the policy asks for, and where statement and certificate say it. What both say has to be right twice.
struct Field {
  std::string_view name;
  std::string expected;
  bool is_glob = false;
  const std::string* by_predicate;
  const std::string* by_certificate;
};

bool fits(const Field& field, const std::string& got) {
  return field.is_glob ? glob_matches(field.expected, got) : field.expected == got;
}

std::vector<Field> fields_of(const VerifiedStatement& statement, const Artifact& artifact, const Params& params) {
  const auto globs = params.texts("globs");
  const BuildProvenance& build = statement.build();
  const SignerCertificate& certificate = statement.certificate();
  std::vector<Field> fields;
  const auto ask = [&](std::string_view name, std::string expected, const std::string& predicate,
                       const std::string& certified) {
    if (params.text(name).empty()) return;
    const bool is_glob = std::ranges::find(globs, name) != globs.end();
    fields.push_back({name, std::move(expected), is_glob, &predicate, &certified});
  };
  const bool head = params.text("commit") == "head";
  ask("repository", params.text("repository"), build.source, certificate.source_repository_uri);
  ask("ref", params.text("ref"), build.ref, certificate.source_repository_ref);
  ask("tag", "refs/tags/" + params.text("tag"), build.ref, certificate.source_repository_ref);
  ask("commit", head ? artifact.commit : params.text("commit"), build.commit, certificate.source_repository_digest);
  return fields;
}

// Empty where the field is right.
std::string trouble(const Field& field) {
  if (field.expected.empty()) return "no commit is judged that it could be compared with";
  if (field.by_predicate->empty() && field.by_certificate->empty()) return "neither statement nor certificate says it";
  for (const std::string* said : {field.by_predicate, field.by_certificate}) {
    if (!said->empty() && !fits(field, *said)) return fmt::format("its provenance has '{}'", *said);
  }
  return {};
}

}  // namespace

Judged provenance_wrong_source(const FactSet& facts, const Params& params) {
  Judged out;
  const bool asked = std::ranges::any_of(std::array{"repository", "ref", "tag", "commit"},
                                         [&](const char* name) { return !params.text(name).empty(); });
  if (!asked) return out;  // nothing to compare with is nothing examined
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const auto provenances = provenances_of(artifact, facts);
    if (provenances.empty()) out.lacking.push_back(no_provenance(artifact));
    for (const VerifiedStatement* statement : provenances) {
      for (const Field& field : fields_of(*statement, artifact, params)) {
        const std::string problem = trouble(field);
        const std::string message =
            problem.empty() ? fmt::format("{} was built from {} '{}'", artifact.path, field.name, field.expected)
                            : fmt::format("{} has to be built from {} '{}': {}", artifact.path, field.name,
                                          field.expected, problem);
        (problem.empty() ? out.in_favour : out.against)
            .push_back(about(artifact, message, statement->origin, {{"field", std::string(field.name)}}));
      }
    }
  }
  return out;
}

}  // namespace gate::rules
