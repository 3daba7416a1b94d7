// An authority of our own, in memory: certificates, certificate logs, transparency logs, timestamps. It makes what no
// public sample covers, and what is wrong in one point alone.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/time.h"
#include "gate/crypto/cms.h"
#include "gate/json/value.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::test {

using KeyPair = std::shared_ptr<EVP_PKEY>;
KeyPair make_key(const std::string& type = "P-256");  // "P-384", "P-521", "RSA", "ED25519"
std::string public_der(const KeyPair& key);           // SubjectPublicKeyInfo
// ECDSA and RSA over SHA-256 unless said; Ed25519 over the message.
std::string sign(const KeyPair& key, std::string_view message, const char* digest = "SHA256");

inline const Instant signing_moment = *parse_instant("2026-03-01T12:00:00Z");
std::string fulcio_oid(int number);
std::string utf8_der(const std::string& text);  // under 128 bytes

struct RawExtension {
  std::string oid, der;
  bool critical = false;
};

struct CertificateSpec {
  std::string subject;  // common name; empty: none
  Instant from = signing_moment - std::chrono::minutes(5), until = signing_moment + std::chrono::minutes(5);
  bool authority = false;
  std::string usages;  // of X509V3: "codeSigning", "critical,timeStamping"
  std::string names;   // of X509V3: "critical,URI:https://…"
  std::vector<RawExtension> extensions;
  std::string unknown_key;  // dotted OID of an algorithm that OpenSSL has no reader for
};

// What signs certificates, or with one.
struct Holder {
  KeyPair key;
  std::shared_ptr<X509> x509;

  std::string der() const;
  crypto::Certificate certificate() const;
};
Holder make_root(const std::string& name, Instant from, Instant until);
// `seen_by`: certificate logs whose timestamps of `seen_at` it carries.
Holder issue(const Holder& issuer, const CertificateSpec& spec, KeyPair key, const std::vector<KeyPair>& seen_by = {},
             Instant seen_at = signing_moment);

// A token over `message`, with the certificates of `embedded` inside.
std::string make_timestamp(const Holder& authority, std::string_view message, Instant at,
                           const std::vector<Holder>& embedded = {});

// The token of a response, as a CMS carries it.
std::string bare_token(const std::string& response);

// A detached CMS over `content`, as gitsign makes it. `vouched`: what others say of the signature, which nobody signs.
struct RawAttribute {
  std::string oid, der;
};
std::string make_cms(const Holder& signer, std::string_view content,
                     const std::function<std::vector<RawAttribute>(const crypto::SignerInfo&)>& vouched);
std::string octets_der(const std::string& bytes);  // one OCTET STRING

// A transparency log of a few leaves.
struct TestLog {
  std::string url;
  KeyPair key;
  bool tiled = false;  // Rekor 2: Ed25519, no promises

  sigstore::Log trusted(sigstore::Interval valid) const;
  // The entry as a bundle has it; `promised_at` with a signed entry timestamp.
  json::Value entry(const std::string& kind, const std::string& version, const std::string& body,
                    std::optional<Instant> promised_at) const;
};

std::string pem(const std::string& label, const std::string& der);

}  // namespace gate::test
