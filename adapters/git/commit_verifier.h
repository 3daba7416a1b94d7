// What the signature of a commit is worth.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/git/commit_object.h"
#include "adapters/git/forge.h"
#include "adapters/git/signature_judge.h"

namespace gate::git {

// The only maker of CommitSignature.
class CommitVerifier {
 public:
  // Both must outlive the verifier. `forges`: null: every enrolled key is somebody's own.
  explicit CommitVerifier(const SshTrust& trust, const Forges* forges) : judge_(trust), forges_(forges) {}

  // `check`: receives the reasons, where it is wanted.
  CommitSignature verify(const std::string& id, std::string_view raw, Check* check = nullptr);
  std::vector<Error> not_looked_at() const { return judge_.not_looked_at("commits"); }

 private:
  SignatureVerdict judge(const std::string& id, std::string_view raw, CommitSignature& fact);

  SignatureJudge judge_;
  const Forges* forges_;
};

}  // namespace gate::git
