// Keys that belong to a forge and to no person: what they sign counts where it follows from what people signed.
#pragma once

#include <vector>

#include "adapters/git/object_store.h"
#include "adapters/git/signature_judge.h"
#include "gate/core/policy.h"

namespace gate::git {

class Forges {
 public:
  // All must outlive it.
  Forges(const std::vector<TrustedForge>& forges, const ObjectStore& store, const SshTrust& trust)
      : forges_(forges), store_(store), trust_(trust) {}

  // Refuses a commit that a forge signed, unless the policy lets it sign such ones and its tree is what merging gives.
  // A merge's parents are commits of their own, judged by themselves.
  void restrain(const std::string& id, const CommitObject& commit, SignatureVerdict& verdict) const;
  // A forge signs no tags.
  void restrain_tag(SignatureVerdict& verdict) const;

 private:
  const TrustedForge* find(const std::string& signer) const;
  std::optional<std::string> squashed_head(const CommitObject& commit) const;
  bool is_signed_by_somebody(const std::string& id) const;
  void check_tree(const CommitObject& commit, const std::string& theirs, SignatureVerdict& verdict) const;

  const std::vector<TrustedForge>& forges_;
  const ObjectStore& store_;
  const SshTrust& trust_;
};

}  // namespace gate::git
