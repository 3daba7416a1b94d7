// The outside of OpenPGP data (RFC 4880, RFC 9580): armour, and what a signature packet says of itself. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate::git {

// Nothing in it is verified.
struct OpenpgpSignature {
  int type = 0;           // 0: of binary data
  int key_algorithm = 0;  // RFC 9580, section 9.1
  int hash = 0;           // section 9.5
  std::uint32_t created = 0;
};

inline constexpr std::size_t most_openpgp_bytes = 64u << 10, most_openpgp_signatures = 8;

// RFC 4880, section 6.2: one block or several of the kind ("SIGNATURE"), one after the other, decoded and put
// together. Stricter than gpg: nothing stands between them or around them, a header is one that the standard names, and
// a checksum that is there is right.
Result<std::string> dearmor_openpgp(std::string_view text, std::string_view kind);

// One signature packet after the other, of version 4, and nothing else. A packet of another version is
// unsupported_version; one without a creation time in its signed part is malformed.
Result<std::vector<OpenpgpSignature>> parse_openpgp_signatures(std::string_view packets);

std::string openpgp_hash_name(int hash);
bool is_weak_openpgp_hash(int hash);  // MD5, SHA-1, RIPEMD-160
bool is_openpgp_hash(int hash);       // gate can compute it, and it is not weak

}  // namespace gate::git
