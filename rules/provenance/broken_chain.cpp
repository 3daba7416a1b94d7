#include <fmt/format.h>

#include <optional>

#include "gate/model/summary.h"
#include "rules/provenance/about.h"

namespace gate::rules {
namespace {

// The first link that does not hold; none: the chain does.
struct Break {
  std::string link;  // "provenance", "commit", "signature", "source"
  std::string what;
  bool certain = true;  // false: what is lacking may stand where nobody could look
};

std::string text_of(const Value& record, std::string_view key) {
  const Value* value = record.find(key);
  return value && value->text() ? *value->text() : std::string();
}

std::vector<model::SummaryVerifier> verifiers(const Params& params) {
  std::vector<model::SummaryVerifier> all;
  for (const Value& record : params.records("verifiers")) {
    all.push_back({text_of(record, "name"), text_of(record, "key"), text_of(record, "identity")});
  }
  return all;
}

std::optional<Break> check_signature(const std::string& id, const FactSet& facts) {
  for (const CommitSignature& commit : facts.all<CommitSignature>()) {
    if (commit.id() != id) continue;
    if (!commit.signer().empty() && commit.state() == SignatureState::verified) return std::nullopt;
    return Break{"signature", fmt::format("commit {}: {}", id, commit.problem())};
  }
  return Break{"signature", fmt::format("commit {} is not among those whose signatures were judged", id), false};
}

// One summary that counts is enough: others may be of other verifiers, or about other branches.
std::optional<Break> check_source(const BuildProvenance& build, const FactSet& facts, const Params& params) {
  if (params.text("source_level").empty()) return std::nullopt;
  const model::SummaryTerms terms{verifiers(params), build.source, params.text("source_level")};
  std::string nearest = fmt::format("commit {} has no source attestation that verifies", build.commit);
  for (const VerifiedStatement& statement : facts.all<VerifiedStatement>()) {
    const bool ours = statement.subject_kind() == "gitCommit" && statement.subject() == build.commit;
    if (!ours || !statement.is_summary()) continue;
    const Check check = model::check_summary(statement, terms);
    if (check.is_ok()) return std::nullopt;
    const Check* problem = check.first_problem();
    nearest = fmt::format("source attestation of commit {}: {} (expected {}, got {})", build.commit, problem->what,
                          problem->expected, problem->got);
  }
  return Break{"source", nearest, false};
}

std::optional<Break> check_chain(const Artifact& artifact, const VerifiedStatement& statement, const FactSet& facts,
                                 const Params& params) {
  const std::string& commit = statement.commit();
  if (commit.empty()) return Break{"commit", "its provenance names no commit"};
  if (artifact.commit.empty()) return Break{"commit", "no commit is judged that it could be made from", false};
  if (commit != artifact.commit) {
    return Break{"commit", fmt::format("it was built from commit {}, and {} is judged", commit, artifact.commit)};
  }
  if (auto broken = check_signature(commit, facts)) return broken;
  return check_source(statement.build(), facts, params);
}

}  // namespace

// Artifact → provenance → the commit that is judged → its signature → its source attestation.
Judged provenance_broken_chain(const FactSet& facts, const Params& params) {
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const auto provenances = provenances_of(artifact, facts);
    if (provenances.empty()) {
      out.lacking.push_back(no_provenance(artifact));
      out.lacking.back().subject.emplace("link", "provenance");
    }
    for (const VerifiedStatement* statement : provenances) {
      const auto broken = check_chain(artifact, *statement, facts, params);
      const std::string message =
          broken ? fmt::format("{}: the chain breaks at its {}: {}", artifact.path, broken->link, broken->what)
                 : fmt::format("{} leads to commit {}, which is signed", artifact.path, statement->commit());
      (!broken           ? out.in_favour
       : broken->certain ? out.against
                         : out.lacking)
          .push_back(about(artifact, message, statement->origin, {{"link", broken ? broken->link : "none"}}));
    }
  }
  return out;
}

}  // namespace gate::rules
