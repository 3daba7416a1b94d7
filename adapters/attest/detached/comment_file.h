// The form that signify and minisign share: a comment, then a line of base64 with an algorithm and a key's number in
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/attest/detached/detached.h"

namespace gate::attest {

struct Blob {
  std::string algorithm;  // two letters
  std::string key_number;
  std::string body;
};

// Exactly so many lines, none longer than 8 KiB; the last one may lack its end.
Result<std::vector<std::string_view>> lines_in(const Document& document, std::size_t count);

// The blob under an untrusted comment, whose body has that size.
Result<Blob> read_blob(const Document& document, std::string_view comment, std::string_view line,
                       std::size_t body_bytes);

// A public key, which both tools write alike.
Result<DetachedKey> read_comment_key(const Document& document);

inline constexpr std::size_t ed25519_signature_bytes = 64;

}  // namespace gate::attest
