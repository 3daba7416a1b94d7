// When a CMS was signed, as told by others than its signer: gitsign leaves a log's entry, or an authority's timestamp
// (RFC 3161), among the attributes that nobody signed.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "adapters/git/signature.h"
#include "gate/crypto/cms.h"
#include "gate/sigstore/signing_time.h"

namespace gate::git {

// A signature that verified with this certificate.
struct CmsSignature {
  const crypto::SignerInfo& signer;
  const crypto::Certificate& leaf;
  std::string_view signed_bytes;  // the signed attributes; without any, the object
};

// Of all entries and timestamps that the signature has, each of which has to verify and to be about it; empty where it
// has none. An entry has its inclusion proof under a signed checkpoint. Nothing: refused, and the verdict says why.
std::optional<std::vector<sigstore::VerifiedTime>> read_signing_times(const CmsSignature& signature,
                                                                      const sigstore::TrustedRoot& root,
                                                                      SignatureVerdict& verdict);

// Whether the signature has any, verified or not.
bool states_signing_time(const crypto::SignerInfo& signer);

}  // namespace gate::git
