// Public keys and signature checks. OpenSSL stays inside.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gate/core/result.h"

namespace gate::crypto {

enum class KeyType { ed25519, ecdsa_p256, ecdsa_p384, rsa };
std::string_view name(KeyType type);

// A key of an accepted kind: Ed25519, ECDSA on P-256 or P-384, RSA of 2048 bits or more (8192 at most).
class PublicKey {
 public:
  static Result<PublicKey> from_pem(std::string_view pem);  // SubjectPublicKeyInfo, RFC 7468
  static Result<PublicKey> from_ed25519(std::string_view raw32);
  static Result<PublicKey> from_ecdsa(KeyType curve, std::string_view uncompressed_point);
  static Result<PublicKey> from_rsa(std::string_view exponent_big_endian, std::string_view modulus_big_endian);

  KeyType type() const;
  std::string sha256_hex() const;  // of the DER SubjectPublicKeyInfo

  enum class Hash {
    natural,
    sha256,
    sha384,
    sha512
  };  // natural: what the key type asks for (P-256: SHA-256, P-384: SHA-384, RSA: SHA-256)
  // Ed25519: 64 raw bytes over the message. ECDSA: DER. RSA: PKCS #1 v1.5 or PSS as asked.
  enum class RsaPadding { pkcs1, pss };
  bool verify(std::string_view message, std::string_view signature, Hash hash = Hash::natural,
              RsaPadding padding = RsaPadding::pkcs1) const;

 private:
  struct Impl;
  explicit PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace gate::crypto
