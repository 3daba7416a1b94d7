// What the signatures of a tag are worth, from its ref down to the commit.
#pragma once

#include <string>
#include <vector>

#include "adapters/git/forge.h"
#include "adapters/git/object_store.h"
#include "adapters/git/signature_judge.h"
#include "adapters/git/tag_object.h"

namespace gate::git {

// A ref under refs/tags, followed to the end.
struct TagChain {
  struct Link {
    std::string id;
    TagObject object;
  };
  std::string ref;          // "refs/tags/v1.0"
  std::vector<Link> links;  // outermost first; empty: a lightweight tag
  std::string end;          // id of the first object that is no tag, or that cannot be read as one
  bool leads_to_commit = false;
  std::optional<Error> missing;  // what the innermost tag object names is not here
  std::optional<Error> problem;  // why it cannot be followed
};

// `id`: what the ref holds.
TagChain follow_tag(const ObjectStore& store, std::string ref, std::string id);

// The only maker of TagSignature.
class TagVerifier {
 public:
  // Both must outlive it. `forges`: null: every enrolled key is somebody's own.
  TagVerifier(const SignerTrust& trust, const Forges* forges) : judge_(trust), forges_(forges) {}

  // Good where each of its objects is signed by somebody trusted and the outermost bears the name of the ref.
  TagSignature verify(const TagChain& chain, Check* check = nullptr);
  std::vector<Error> not_looked_at() const { return judge_.not_looked_at("tags"); }

 private:
  SignatureVerdict judge(const TagChain& chain, std::string& signers);

  SignatureJudge judge_;
  const Forges* forges_;
};

}  // namespace gate::git
