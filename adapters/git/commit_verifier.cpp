#include "adapters/git/commit_verifier.h"

#include "adapters/git/history.h"

namespace gate::git {

SignatureVerdict CommitVerifier::judge(const std::string& id, std::string_view raw, CommitSignature& fact) {
  const auto commit = split_commit(raw);
  if (!commit) {
    SignatureVerdict verdict;
    verdict.refuse(SignatureState::malformed, "not a commit that can be judged: " + commit.error().what,
                   "gitformat-signature(5)");
    return verdict;
  }
  fact.summary_ = commit->summary;
  SignatureVerdict verdict = judge_.judge(id, commit->payload, commit->signature);
  if (forges_ && verdict.state == SignatureState::verified) forges_->restrain(id, *commit, verdict);
  return verdict;
}

CommitSignature CommitVerifier::verify(const std::string& id, std::string_view raw, Check* check) {
  CommitSignature fact;
  fact.id_ = id;
  fact.origin = origin_of(id);
  SignatureVerdict verdict = judge(id, raw, fact);
  fact.problem_ = verdict.problem();
  fact.state_ = verdict.state;
  fact.format_ = std::move(verdict.format);
  fact.signer_ = std::move(verdict.signer);
  fact.key_ = std::move(verdict.key);
  fact.algorithm_ = std::move(verdict.algorithm);
  if (check) {
    for (Check& each : verdict.check.children) check->add(std::move(each));
  }
  return fact;
}

}  // namespace gate::git
