// SSH signatures of git: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
#pragma once

#include <string>
#include <string_view>

#include "adapters/git/ssh_wire.h"
#include "gate/core/result.h"

namespace gate::git {

// Nothing in it is verified.
struct SshSignature {
  std::string key;  // blob of the public key or certificate; only its type was looked at
  std::string key_type;
  std::string name_space;
  std::string hash;        // "sha256" or "sha512"
  std::string algorithm;   // of the signature, "rsa-sha2-512"
  std::string signature;   // the algorithm's own bytes
  std::uint8_t flags = 0;  // of security keys
  std::uint32_t counter = 0;
};

// Errors: malformed; unsupported_version for what OpenSSH may know and gate does not, but for key types: of one without
// support, the algorithm's bytes are not looked at.
Result<SshSignature> parse_ssh_signature(std::string_view armor);

// Whether `key` made this signature over the message, in the signature's namespace; of a certificate, `key` is the one
// that it certifies. Whether that key and namespace are
// the wanted ones is the caller's question.
bool verifies(const SshSignature& signature, const SshKey& key, std::string_view message);

// The same for a signature in SSH's own form (RFC 4253, section 6.6; RFC 8332), as certificates and revocation lists
// have it.
bool verifies_plain(std::string_view signature, const SshKey& key, std::string_view message);

}  // namespace gate::git
