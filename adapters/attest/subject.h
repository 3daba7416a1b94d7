// Whether a statement is about an artifact: its subjects' digests against bytes that gate hashed itself.
#pragma once

#include <string_view>

#include "adapters/attest/sigstore_bundle.h"

namespace gate::attest {

// in-toto Statement v0.1 or v1, from verified bytes. One of the subjects has a strong digest (SHA-256, SHA-384,
// SHA-512) that is the artifact's, and none that is not. Where only unknown digests of the artifact could tell, it is
// not looked.
void match_subject(std::string_view payload, const Artifact& artifact, Check& check);

}  // namespace gate::attest
