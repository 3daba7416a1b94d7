// X.509 signatures of git objects: a detached CMS (RFC 5652), as S/MIME tools make it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/git/signature.h"
#include "gate/core/document.h"
#include "gate/core/time.h"
#include "gate/crypto/x509.h"

namespace gate::git {

struct X509Roots {
  std::string artifact;
  std::vector<crypto::Certificate> certificates;  // at least one
};

// Certificates in PEM, one after the other; what stands between them is comment. Errors: no certificate, one that
// cannot be read, over 256.
Result<X509Roots> parse_x509_roots(const Document& document);

// One signer, whose certificate is in the signature, is for signing mail or code, leads to a root and holds now: its
// one alternative name is whom the policy trusts. When it was signed is the signer's word and extends nothing, so that
// a certificate of minutes (gitsign) has no time to be judged at. `roots`: null: none is trusted.
void judge_x509(const X509Roots* roots, Instant now, std::string_view payload, std::string_view armor,
                SignatureVerdict& verdict);

}  // namespace gate::git
