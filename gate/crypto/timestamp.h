// Time-stamp tokens (RFC 3161, RFC 5816).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/crypto/x509.h"

namespace gate::crypto {

struct SignedData;

// Nothing in it is verified.
class TimestampToken {
 public:
  // A TimeStampResp that grants a token, or a token by itself; DER, nothing after it. Errors: no token, several
  // signers, weak or unknown digests.
  static Result<TimestampToken> parse(std::string_view der);

  Instant time() const { return time_; }  // genTime; fractions of a second are cut
  // The token is about `message`: its imprint is the digest of these bytes.
  bool is_about(std::string_view message) const;
  // The certificate of `authority` (leaf first, root last) signed this token at a time when its whole chain held: it is
  // for time stamping and nothing else, critically so (RFC 3161, section 2.3), and the token states its digest
  // (RFC 5816). No other certificates are in the token than the authority's. An authority without a leaf of its own
  // takes the one in the token.
  Status verify(const std::vector<Certificate>& authority) const;
  // Whether the token names this authority's certificate, or its root issued what the token brings.
  bool names(const std::vector<Certificate>& authority) const;

 private:
  TimestampToken() = default;

  std::shared_ptr<const SignedData> data_;
  Instant time_{};
  std::string imprint_;
  PublicKey::Hash imprint_hash_ = PublicKey::Hash::sha256;
};

}  // namespace gate::crypto
