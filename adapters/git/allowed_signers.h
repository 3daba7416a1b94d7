// Who may sign: ssh-keygen(1), ALLOWED SIGNERS. Pure.
//
// One difference: a time without "Z" is UTC here and local time there, so that a verdict hangs on no machine's zone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/git/ssh_certificate.h"
#include "adapters/git/ssh_wire.h"
#include "gate/core/document.h"
#include "gate/core/fact.h"
#include "gate/core/time.h"

namespace gate::git {

// One line of the file.
struct AllowedSigner {
  SshKey key;
  std::string principals;                 // pattern list
  std::string principal;                  // the first name of the line that its own pattern list lets through
  std::optional<std::string> namespaces;  // pattern list; absent: all
  std::optional<Instant> valid_after, valid_before;
  std::string at;  // line:column of the key

  // Why the line does not cover a signature of git at this time; nothing where it does.
  struct Refusal {
    SignatureState state = SignatureState::verified;
    std::string why;  // the key …
  };
  std::optional<Refusal> refusal(std::string_view name_space, Instant now) const;
};

class AllowedSigners {
 public:
  // Lines that cannot be understood are left out, each with a problem.
  explicit AllowedSigners(const Document& document);

  const std::vector<Error>& problems() const { return problems_; }
  const std::string& artifact() const { return artifact_; }
  // The lines with this key, in the file's order; empty where there is none.
  const std::vector<AllowedSigner>& of_key(const std::string& blob) const;
  // The lines that let the owner of this key certify others (cert-authority).
  const std::vector<AllowedSigner>& of_authority(const std::string& blob) const;

 private:
  std::string artifact_;
  std::map<std::string, std::vector<AllowedSigner>> by_key_, by_authority_;
  std::vector<Error> problems_;
};

// ssh_config(5), PATTERNS: `*` and `?`; commas between patterns; one that starts with `!` and matches refuses.
bool pattern_list_allows(std::string_view list, std::string_view text);

}  // namespace gate::git
