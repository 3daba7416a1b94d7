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

int verify_bundle(const VerifyBundleOptions& options);

// The verdict, and why: all of the tree, or its first problem alone. Returns the exit status: 0, 1 or 3.
int print_verification(const Check& check, bool explain);

}  // namespace gate::app
