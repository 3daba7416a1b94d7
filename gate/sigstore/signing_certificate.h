// Whether a certificate was good when it was used: its chain at every verified time, and its certificate logs.
#pragma once

#include <optional>
#include <vector>

#include "gate/core/check.h"
#include "gate/sigstore/signing_time.h"

namespace gate::sigstore {

struct CertificateTerms {
  const std::vector<VerifiedTime>& times;  // at least one
  std::size_t certificate_logs = 0;        // distinct ones that have to have seen the certificate
  std::string_view purpose = crypto::oid::code_signing;
};

// The chain, leaf first: from one authority of the root, within its window and valid at every one of the times; the
// embedded SCTs verify with the issuer in that chain. Nothing where it is not so, and then `check` says why.
std::optional<std::vector<crypto::Certificate>> verify_signing_certificate(
    const crypto::Certificate& leaf, const std::vector<crypto::Certificate>& intermediates, const TrustedRoot& root,
    const CertificateTerms& terms, Check& check);

}  // namespace gate::sigstore
