// Certificates of SSH keys: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.certkeys
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/git/ssh_wire.h"
#include "gate/core/time.h"

namespace gate::git {

// Nothing in it is verified.
struct SshCertificate {
  SshKey key;  // what is certified, in its plain form
  std::uint64_t serial = 0;
  bool for_users = false;
  std::string key_id;
  std::vector<std::string> principals;
  std::uint64_t valid_after = 0, valid_before = 0;  // seconds; the first inside, the second outside
  std::vector<std::string> critical_options;        // their names
  std::string authority;                            // blob of the key that signed it
  std::string signed_bytes, signature;
};

inline constexpr std::size_t most_certificate_principals = 256;  // as OpenSSH

// A certificate and nothing after it. Errors: malformed; unsupported_version for types that gate does not know.
Result<SshCertificate> parse_ssh_certificate(std::string_view blob);

// The authority that it names signed it. A certificate is no authority, nor is a weak key (untrusted).
Status verify_authority(const SshCertificate& certificate);

}  // namespace gate::git
