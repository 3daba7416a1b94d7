// Signatures of commits and tags, given to whoever understands their format.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/git/cms_signature.h"
#include "adapters/git/openpgp.h"
#include "adapters/git/signature.h"
#include "adapters/git/ssh_signer.h"

namespace gate::git {

// "ssh", "openpgp", "x509" by the line that a signature starts with; empty where it starts none.
std::string_view signature_format(std::string_view text);

// Whose signatures count, by format; null: none of that format. All must outlive whoever judges by it.
struct SignerTrust {
  SshTrust ssh;
  const OpenpgpKeyring* openpgp = nullptr;
  X509Trust x509;
};

class SignatureJudge {
 public:
  explicit SignatureJudge(const SignerTrust& trust) : trust_(trust) {}

  // `id`: of the object that it stands on. An empty signature: the object is not signed.
  SignatureVerdict judge(const std::string& id, std::string_view payload, std::string_view signature);
  // Signatures of a kind that gate cannot verify: a problem for each kind, with the first object that has one.
  std::vector<Error> not_looked_at(std::string_view objects) const;

 private:
  struct Unsupported {
    std::string first;
    std::size_t count = 0;
  };
  const SignerTrust& trust_;
  std::map<std::string, Unsupported> unsupported_;
};

}  // namespace gate::git
