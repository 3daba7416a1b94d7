// What the signature of a commit is worth.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/git/allowed_signers.h"
#include "adapters/git/commit_object.h"
#include "gate/core/fact.h"

namespace gate::git {

// The only maker of CommitSignature.
class CommitVerifier {
 public:
  // `allowed`: null: no key is trusted. Must outlive the verifier. `now` decides on the validity of keys.
  CommitVerifier(const AllowedSigners* allowed, Instant now) : allowed_(allowed), now_(now) {}

  CommitSignature verify(const std::string& id, std::string_view raw);
  // Signatures of a kind that gate cannot verify: a problem for each kind, with the first commit that has one.
  std::vector<Error> not_looked_at() const;

 private:
  struct Unsupported {
    std::string first;
    std::size_t count = 0;
  };
  std::string judge(CommitSignature& fact, const CommitObject& commit);
  std::string judge_ssh(CommitSignature& fact, const CommitObject& commit);
  std::string judge_stranger(CommitSignature& fact, const std::string& key_blob);
  std::string unusable_key(const CommitSignature& fact, const Error& problem);
  std::string cannot_verify(const CommitSignature& fact, std::string what);

  const AllowedSigners* allowed_;
  Instant now_;
  std::map<std::string, Unsupported> unsupported_;
};

}  // namespace gate::git
