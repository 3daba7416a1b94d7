// Signatures in a file of their own beside the artifact, made with a key: verified against bytes that gate hashed.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/attest/attest.h"
#include "adapters/attest/npm.h"
#include "adapters/attest/sigstore_bundle.h"
#include "gate/core/check.h"
#include "gate/core/document.h"

namespace gate::attest {

// minisign's second signature, over the first and this comment: what may be believed beside the artifact itself.
struct TrustedComment {
  std::string text, signature;
};

// What npm's registry signs: that this archive is this version of this package.
struct PackageClaim {
  NpmPackage package;
  std::string sha512;  // raw bytes
};

// As it stands in its file. Nothing in it is verified.
struct DetachedSignature {
  enum class Over { artifact, sha256, blake2b_512, package };
  Over over = Over::artifact;  // what is signed: the bytes, a digest of them, or a claim about them
  std::string signature;
  std::string key_hint;  // chooses the key and proves nothing; empty: the format has none
  std::optional<TrustedComment> comment;
  std::optional<PackageClaim> claim;  // there with Over::package
};

struct DetachedKey {
  crypto::PublicKey key;
  std::string hint;
};

struct DetachedFormat {
  std::string_view name;  // as the policy or the command line has it: nothing is sniffed
  Result<std::vector<DetachedSignature>> (*read)(const Document&);
  Result<DetachedKey> (*read_key)(const Document&);
};
const std::vector<DetachedFormat>& detached_formats();              // detached.def
const DetachedFormat* find_detached_format(std::string_view name);  // null where there is none

struct DetachedTerms {
  const std::vector<TrustedKey>& keys;  // in the format's own form: PEM, or a file of minisign's or signify's
  const Artifact& artifact;
  std::string package = {};  // npm's: the purl with the version
};

// What is left when everything verified. Only verify_detached makes one.
class VerifiedSignature {
 public:
  const std::string& key_id() const { return key_id_; }          // as the policy names it
  const std::string& key_sha256() const { return key_sha256_; }  // of the SubjectPublicKeyInfo
  const std::string& comment() const { return comment_; }        // of minisign, signed; empty: none
  const Origin& origin() const { return origin_; }

 private:
  friend class DetachedVerifier;
  VerifiedSignature() = default;
  std::string key_id_, key_sha256_, comment_;
  Origin origin_;
};

// Every signature of the file verifies, and the answer is all of them or nothing. `check` has the reasons, in any case.
std::vector<VerifiedSignature> verify_detached(const DetachedFormat& format, const Document& signature,
                                               const DetachedTerms& terms, Check& check);

}  // namespace gate::attest
