// SSH keys and certificates that no longer count: ssh-keygen(1), KEY REVOCATION LISTS, and
// https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.krl. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/git/ssh_certificate.h"
#include "gate/core/document.h"

namespace gate::git {

class SshRevocations {
 public:
  // A KRL, or public keys one a line. Read whole or not at all: a list that is understood in part revokes too little.
  static Result<SshRevocations> parse(const Document& document);

  bool revokes(const std::string& key_blob) const;
  // By its authority, its own key, its serial number or its key id.
  bool revokes(const SshCertificate& certificate) const;
  const std::string& artifact() const { return artifact_; }

 private:
  friend class KrlReader;
  struct OfAuthority {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> serials;  // closed ranges, sorted before they are asked
    std::set<std::string> key_ids;
  };
  static bool covers(const OfAuthority& list, const SshCertificate& certificate);
  Status read_lines(const Document& document);

  std::string artifact_;
  std::set<std::string> keys_, sha1_, sha256_;       // blobs, digests of blobs
  std::map<std::string, OfAuthority> by_authority_;  // empty blob: of every authority
};

}  // namespace gate::git
