// Attestations: DSSE envelopes with in-toto statements, verified against keys. Pure: bytes in, facts out.
#pragma once

#include <string>
#include <vector>

#include "gate/core/document.h"

namespace gate::attest {

struct TrustedKey {
  std::string id;  // as the policy names it
  Document pem;
};

struct Expectation {
  std::string subject_path;    // the artifact, as the policy names it
  std::string subject_sha256;  // of its bytes, hashed by gate
};

// One DSSE envelope, or JSON Lines of them. Every envelope must verify against at least one key; at least one statement
// must be about the expected subject. What cannot be verified is a problem and lowers the coverage of `statement`.
Result<FactBatch> verify(const Document& bundle, const std::vector<TrustedKey>& keys, const Expectation& expectation);

}  // namespace gate::attest
