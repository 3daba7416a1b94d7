// Sigstore bundles, verified: certificate, chain or key; logs, timestamps; a message or a DSSE envelope. Pure.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/attest/bundle.h"
#include "gate/core/check.h"
#include "gate/core/document.h"
#include "gate/sigstore/identity.h"
#include "gate/sigstore/signing_time.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::attest {

// What a signature has to be about: bytes that gate hashed itself, or a digest that the user gave.
struct Artifact {
  std::string path;
  std::string sha256, sha384, sha512;          // raw bytes; empty: not known
  std::optional<std::string_view> bytes = {};  // an Ed25519 signature over a message needs them
  std::string blake2b_512 = {};                // for minisign where there are no bytes
};

// Whom the signature has to be from.
struct ExactIdentity {  // both compared byte for byte
  std::string name, issuer;
};
struct AnyIdentity {};  // of an authority of the root; the caller judges the identity that comes back
struct ManagedKey {
  std::string id;  // as the policy or the user names it
  crypto::PublicKey key;
};
using ExpectedSigner = std::variant<ExactIdentity, AnyIdentity, ManagedKey>;

// How many distinct authorities have to vouch. Where a root has logs, one of each kind at least, whatever stands here.
struct Thresholds {
  std::size_t logs = 0, certificate_logs = 0, timestamps = 0;
};

struct BundleTerms {
  const sigstore::TrustedRoot& root;
  const ExpectedSigner& signer;
  const std::optional<Artifact>& artifact;  // nothing: a DSSE payload's subjects are the caller's to match
  Thresholds thresholds = {};
};

// What is left when everything verified. Only verify_bundle makes one.
class VerifiedBundle {
 public:
  bool is_dsse() const { return !payload_type_.empty(); }
  const std::string& payload_type() const { return payload_type_; }  // empty: the signature is over the artifact
  const std::string& payload() const { return payload_; }            // the signed bytes, of an envelope
  const std::optional<sigstore::CertificateIdentity>& identity() const { return identity_; }  // nothing: a key signed
  const std::string& key_id() const { return key_id_; }                                       // empty: a certificate
  const std::vector<sigstore::VerifiedTime>& times() const { return times_; }  // sorted; a key may have none
  const std::vector<std::string>& logs() const { return logs_; }               // names, sorted, distinct
  const Origin& origin() const { return origin_; }

 private:
  friend class BundleVerifier;
  VerifiedBundle() = default;

  std::string payload_type_, payload_, key_id_;
  std::optional<sigstore::CertificateIdentity> identity_;
  std::vector<sigstore::VerifiedTime> times_;
  std::vector<std::string> logs_;
  Origin origin_;
};

// In the order that is safe: log entries, verified times, the chain at each of them, SCTs, entry against bundle,
// signature, subject, identity. It stops at the first check that is not ok; `check` has the reasons, in any case.
std::optional<VerifiedBundle> verify_bundle(const Bundle& bundle, const BundleTerms& terms, Check& check);

// A file of one bundle, or of one on each line: every one is verified, and the answer is all of them or nothing.
std::vector<VerifiedBundle> verify_bundles(const Document& document, const BundleTerms& terms, Check& check);

}  // namespace gate::attest
