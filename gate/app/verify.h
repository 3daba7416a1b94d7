// What the sub-commands of `gate verify` share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gate/core/check.h"

namespace gate::app {

// How a verification is told.
struct Telling {
  bool explain = false;         // the whole tree, not its first problem alone
  std::string output = "text";  // or "json": gate/evidence/verification-v1.md
};

struct VerifyBundleOptions {
  std::string artifact;  // a file, or sha256:HEX
  std::string bundle;    // empty: the artifact's path with .sigstore.json behind it
  std::string identity, issuer;
  std::string key;           // a PEM file
  std::string trusted_root;  // a file, or the name of an embedded root; empty: public-good
  Telling telling;
};

struct VerifyArtifactOptions {
  std::string artifact;
  std::vector<std::string> attestations;
  std::string format;             // of the attestations; empty: dsse
  std::vector<std::string> keys;  // PEM files, each of them known by its path
  std::int64_t threshold = 1;     // of the keys
  std::string identity, issuer;   // whose certificates count
  std::string package;            // npm: the purl with its version
  std::string trusted_root;       // a file, or the name of an embedded root; empty: public-good
  bool skip_others = false;       // statements about something else are in order
  std::string builder;            // id, exact; empty, here and below: not asked
  std::string repository, ref, tag, commit;
  std::string verifier, resource, level;  // of a verification summary: all or none
  Telling telling;
};

int verify_artifact(const VerifyArtifactOptions& options);

// Of a commit, by any revision, or of a tag, by its name.
struct VerifySignatureOptions {
  std::string object;
  // Files; who is named here takes the place of the policy's.
  std::string allowed_signers, revoked_keys, openpgp_keyring, x509_roots;
  std::string identity, issuer;  // both or none: whose certificate of Fulcio counts
  std::string trusted_root;      // a file, or the name of an embedded root
  std::string policy;            // as for `gate run`
  Telling telling;
};

int verify_commit(const VerifySignatureOptions& options);
int verify_tag(const VerifySignatureOptions& options);
int verify_bundle(const VerifyBundleOptions& options);

// The verdict, and why. Returns the exit status: 0, 1 or 3.
int print_verification(const Check& check, const Telling& telling);
// Where nothing could be verified at all; `what` was asked for. Returns 3.
int could_not_look(std::string what, const Error& error, const Telling& telling);

}  // namespace gate::app
