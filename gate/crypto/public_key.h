// Public keys and signature checks. OpenSSL stays inside.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gate/core/result.h"

namespace gate::crypto {

enum class KeyType { ed25519, ecdsa_p256, ecdsa_p384, ecdsa_p521, rsa };
std::string_view name(KeyType type);

// A key of an accepted kind: Ed25519, ECDSA on P-256, P-384 or P-521, RSA of 2048 bits or more (8192 at most). Any
// other kind is named, as unsupported_version; a weak key is untrusted.
class PublicKey {
 public:
  static Result<PublicKey> from_pem(std::string_view pem);    // SubjectPublicKeyInfo, RFC 7468
  static Result<PublicKey> from_der(std::string_view spki);   // SubjectPublicKeyInfo, RFC 5280, section 4.1
  static Result<PublicKey> from_pkcs1(std::string_view der);  // RSAPublicKey, RFC 8017, appendix A.1.1
  static Result<PublicKey> from_ed25519(std::string_view raw32);
  static Result<PublicKey> from_ecdsa(KeyType curve, std::string_view uncompressed_point);
  static Result<PublicKey> from_rsa(std::string_view exponent_big_endian, std::string_view modulus_big_endian);

  KeyType type() const;
  std::string sha256_hex() const;  // of the DER SubjectPublicKeyInfo
  const std::string& der() const;  // SubjectPublicKeyInfo, in the one form that each key has

  enum class Hash {
    natural,
    sha256,
    sha384,
    sha512
  };  // natural: what the key type asks for (P-256, RSA: SHA-256, P-384: SHA-384, P-521: SHA-512)
  // Ed25519: 64 raw bytes over the message. ECDSA: DER. RSA: PKCS #1 v1.5 or PSS as asked.
  enum class RsaPadding { pkcs1, pss };
  bool verify(std::string_view message, std::string_view signature, Hash hash = Hash::natural,
              RsaPadding padding = RsaPadding::pkcs1) const;
  // The same where only the digest of the message is known. An Ed25519 signature needs the message: false.
  bool verify_digest(std::string_view digest, std::string_view signature, Hash hash = Hash::natural,
                     RsaPadding padding = RsaPadding::pkcs1) const;
  // Ed25519ph with an empty context (RFC 8032, section 5.1); false for any other key.
  bool verify_ed25519ph(std::string_view message, std::string_view signature) const;

 private:
  struct Impl;
  explicit PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

std::string digest(PublicKey::Hash hash, std::string_view bytes);  // natural: SHA-256

}  // namespace gate::crypto
