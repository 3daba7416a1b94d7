// Digests and the encodings around them. OpenSSL stays inside.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gate::crypto {

// SHA-256 of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void update(std::string_view bytes);
  std::string finish();  // 32 bytes; once

 private:
  void* context_;
};

std::string hmac_sha256(std::string_view key, std::string_view bytes);  // RFC 2104; 32 bytes

std::string sha1(std::string_view bytes);         // 20 bytes; for lists that name keys by it, never to trust
std::string sha256(std::string_view bytes);       // 32 bytes
std::string sha384(std::string_view bytes);       // 48 bytes
std::string sha512(std::string_view bytes);       // 64 bytes
std::string blake2b_512(std::string_view bytes);  // RFC 7693, without a key; 64 bytes
std::string sha256_hex(std::string_view bytes);   // lower case
std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view hex);
// RFC 4648, sections 4 and 5; padding may be left out, white space may not be there, unused bits must be zero.
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);  // section 4, padded

}  // namespace gate::crypto
