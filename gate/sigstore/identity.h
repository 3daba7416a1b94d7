// Who a certificate of Fulcio is for: its one alternative name and the extensions under 1.3.6.1.4.1.57264.1.
#pragma once

#include <string>

#include "gate/crypto/x509.h"

namespace gate::sigstore {

// fulcio/docs/oid-info.md. Empty where the certificate does not say it.
struct CertificateIdentity {
  crypto::AlternativeName::Type name_type = crypto::AlternativeName::Type::unknown;
  std::string name;              // the subject alternative name: a URI, an e-mail address, or another name (…1.7)
  std::string issuer;            // 8, else 1: who told Fulcio
  std::string workflow_trigger;  // 2 to 6: the older, bare form of GitHub's claims
  std::string workflow_sha, workflow_name, workflow_repository, workflow_ref;
  std::string build_signer_uri, build_signer_digest;                            // 9, 10
  std::string runner_environment;                                               // 11
  std::string source_repository_uri, source_repository_digest;                  // 12, 13
  std::string source_repository_ref, source_repository_identifier;              // 14, 15
  std::string source_repository_owner_uri, source_repository_owner_identifier;  // 16, 17
  std::string build_config_uri, build_config_digest;                            // 18, 19
  std::string build_trigger, run_invocation_uri;                                // 20, 21
  std::string source_repository_visibility;                                     // 22
};

// Errors: not exactly one alternative name, one that is neither of the three kinds, not critical where the subject is
// empty, extensions that stand there twice or cannot be read, issuers 1 and 8 that differ.
Result<CertificateIdentity> read_identity(const crypto::Certificate& certificate);

}  // namespace gate::sigstore
