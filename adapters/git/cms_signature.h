// X.509 signatures of git objects: a detached CMS (RFC 5652), as S/MIME tools and gitsign make it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/git/signature.h"
#include "gate/core/document.h"
#include "gate/core/policy.h"
#include "gate/core/time.h"
#include "gate/crypto/x509.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::git {

struct X509Roots {
  std::string artifact;
  std::vector<crypto::Certificate> certificates;  // at least one
};

// Certificates in PEM, one after the other; what stands between them is comment. Errors: no certificate, one that
// cannot be read, over 256.
Result<X509Roots> parse_x509_roots(const Document& document);

struct X509Trust {
  const X509Roots* roots = nullptr;                 // of S/MIME: whom a root certifies is trusted; null: nobody
  const sigstore::TrustedRoot* sigstore = nullptr;  // of gitsign, and timestamps of both; null: none is trusted
  std::vector<TrustedIdentity> identities;          // of gitsign: everybody can have a certificate
  Instant now{};
};

// One signer, whose certificate is in the signature. When it was signed is the signer's word and extends nothing: only
// trusted logs and timestamp authorities vouch for a time.
// S/MIME: the certificate is for signing mail or code and leads to a root, now, or at each such time where it has
// expired. Its one alternative name is the signer. gitsign (a certificate of Fulcio): as a Sigstore bundle, but that a
// timestamp may stand for the entry; without either it is never trusted.
void judge_x509(const X509Trust& trust, std::string_view payload, std::string_view armor, SignatureVerdict& verdict);

}  // namespace gate::git
