// Signed certificate timestamps inside a certificate (RFC 6962, sections 3.2 and 3.3).
#pragma once

#include <string>
#include <vector>

#include "gate/crypto/x509.h"

namespace gate::crypto {

// Nothing in it is verified.
struct SignedCertificateTimestamp {
  std::string log_id;      // 32 bytes
  std::string extensions;  // not empty in logs that are served as static tiles
  std::string signature;
  std::uint64_t milliseconds = 0;
  Instant time{};
  bool rsa = false;  // else ECDSA; the digest is SHA-256 (section 2.1.4)
};

inline constexpr std::size_t most_scts = 32;

// Those of the certificate's extension, none where it has no such extension. Errors: malformed lists, an empty list,
// versions and algorithms other than those of RFC 6962, more than `most_scts`.
Result<std::vector<SignedCertificateTimestamp>> embedded_scts(const Certificate& certificate);

// The log's key signed the certificate without the extension, as issued by `issuer`, which is the one of the verified
// chain.
bool verify_sct(const SignedCertificateTimestamp& sct, const Certificate& certificate, const Certificate& issuer,
                const PublicKey& log_key);

}  // namespace gate::crypto
