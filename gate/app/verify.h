// What the sub-commands of `gate verify` share.
#pragma once

#include <string>

#include "gate/core/check.h"

namespace gate::app {

struct VerifyBundleOptions {
  std::string artifact;  // a file, or sha256:HEX
  std::string bundle;    // empty: the artifact's path with .sigstore.json behind it
  std::string identity, issuer;
  std::string key;           // a PEM file
  std::string trusted_root;  // a file, or the name of an embedded root; empty: public-good
  bool explain = false;
};

// Of a commit, by any revision, or of a tag, by its name.
struct VerifySignatureOptions {
  std::string object;
  std::string allowed_signers, revoked_keys;  // files; empty: as the policy says
  std::string policy;                         // as for `gate run`
  bool explain = false;
};

int verify_commit(const VerifySignatureOptions& options);
int verify_tag(const VerifySignatureOptions& options);
int verify_bundle(const VerifyBundleOptions& options);

// The verdict, and why: all of the tree, or its first problem alone. Returns the exit status: 0, 1 or 3.
int print_verification(const Check& check, bool explain);

}  // namespace gate::app
