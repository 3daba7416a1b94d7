// Reading of SSH's binary strings (RFC 4251, section 5), and public keys in that form. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gate/core/result.h"
#include "gate/crypto/public_key.h"

namespace gate::git {

// Walks over bytes; once something is not there, everything after it is not there either.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}
  std::string_view bytes(std::size_t count);
  std::uint8_t byte();
  std::uint32_t number();
  std::uint64_t long_number();
  std::string_view string();
  std::string_view positive_integer();  // mpint, above zero, in its shortest form
  bool ok() const { return ok_; }
  bool finished() const { return ok_ && rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

void append_string(std::string& out, std::string_view bytes);

struct SshKey {
  std::string type;                      // "ssh-ed25519", "sk-ssh-ed25519@openssh.com", …
  std::string blob;                      // as encoded; the identity of the key
  std::optional<crypto::PublicKey> key;  // absent: gate cannot verify with it, and `problem` says why
  std::optional<Error> problem;
  std::string application;    // of security keys, FIDO: what the authenticator signs for
  std::size_t rsa_bytes = 0;  // length of the modulus
};

// The type that a blob starts with; nothing where there is none.
std::optional<std::string> key_type(std::string_view blob);
bool is_supported(std::string_view key_type);
bool is_security_key(std::string_view key_type);  // FIDO; its private half is in an authenticator
bool is_certificate(std::string_view key_type);
// The type of the key that a certificate is for; other types are their own.
std::string plain_type(std::string_view key_type);
// How many strings and integers a key of a supported plain type has after its type.
std::size_t field_count(std::string_view plain_type);

// A well-formed blob of any type; malformed where it is none. Types without support come back without a key.
Result<SshKey> parse_ssh_key(std::string_view blob);

// "SHA256:…", as `ssh-keygen -l` writes it.
std::string fingerprint(std::string_view blob);

}  // namespace gate::git
