// Who made an SSH signature, by allowed_signers and the list of revoked keys.
#pragma once

#include "adapters/git/allowed_signers.h"
#include "adapters/git/signature.h"
#include "adapters/git/ssh_revocations.h"

namespace gate::git {

struct SshTrust {
  const AllowedSigners* allowed = nullptr;  // null: no key is trusted
  const SshRevocations* revoked = nullptr;  // null: the policy names no list
  Instant now{};
};

void judge_ssh(const SshTrust& trust, std::string_view payload, std::string_view signature, SignatureVerdict& verdict);

}  // namespace gate::git
