// A Sigstore bundle (sigstore_bundle.proto) as it stands in its JSON form. Nothing in it is verified.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/attest/dsse.h"
#include "gate/crypto/x509.h"
#include "gate/json/value.h"
#include "gate/sigstore/log_entry.h"

namespace gate::attest {

enum class BundleVersion { v0_1, v0_2, v0_3 };

struct MessageSignature {
  std::string digest_algorithm;  // "sha256", "sha384", "sha512"; empty where the bundle has no digest
  std::string digest;            // a hint, which nevertheless has to be right
  std::string signature;
};

// The certificates that came with the signature, the signer's first; none is trusted.
struct CertificateMaterial {
  crypto::Certificate leaf;
  std::vector<crypto::Certificate> intermediates;
};
struct KeyMaterial {
  std::string hint;
};

struct Bundle {
  BundleVersion version = BundleVersion::v0_3;
  std::variant<CertificateMaterial, KeyMaterial> material;
  std::vector<sigstore::LogEntry> entries;
  std::vector<std::string> timestamps;  // DER
  std::variant<MessageSignature, Envelope> content;
  Origin origin;

  const std::string& signature() const;
};

inline constexpr std::size_t most_bundle_bytes = 16u << 20;

// Every member is known, spelled in lowerCamelCase and of its type. Errors: another media type, a root certificate in
// the chain, an envelope with other than one signature, more than 32 entries or timestamps.
Result<Bundle> read_bundle(const json::View& view);
// One of `tlogEntries`.
Result<sigstore::LogEntry> read_log_entry(const json::View& view);

}  // namespace gate::attest
