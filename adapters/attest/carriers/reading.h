// Shared by the readers of this folder.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/attest/carriers/carried.h"
#include "adapters/attest/place.h"

namespace gate::attest {

// The document is one JSON text.
Result<json::Value> parse_whole(const Document& document);

// The document is one JSON text or one on each line, each an attestation; errors learn their line.
Result<std::vector<Carried>> read_each(const Document& document, Result<Carried> (*read)(const json::View&));

// A bundle with an envelope whose signer has a certificate: who signs attestations keyless signs no bare messages.
Result<Carried> read_certified_bundle(const json::View& view);

// An envelope and its signer's certificate, as a bundle without log entries and timestamps. Only a root that asks for
// neither could accept it: nothing says when the certificate was used.
Result<Carried> certified(Envelope envelope, std::string_view certificate_pem, std::string_view chain_pem,
                          const Origin& origin);

// An in-toto statement with SLSA provenance (v0.2 or v1) that nobody signed.
Result<Carried> read_unsigned_provenance(const Document& document);

}  // namespace gate::attest
