// npm: which package a signature is about, and both attestations of it together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/attest/carriers/carried.h"
#include "adapters/attest/sigstore_bundle.h"

namespace gate::attest {

inline constexpr std::string_view npm_publish = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";

struct NpmPackage {
  std::string name, version;  // "@scope/name", "1.0.0"
  bool operator==(const NpmPackage&) const = default;
};

// Nothing where it is no package URL of npm with a version.
std::optional<NpmPackage> npm_package(std::string_view purl);

// The name that npm gives a registry's key: "SHA256:" and the digest of its SubjectPublicKeyInfo in base64, unpadded.
std::string npm_key_id(const crypto::PublicKey& key);

struct NpmTerms {
  const sigstore::TrustedRoot& root;
  const ExpectedSigner& builder;            // of the provenance
  const std::vector<ManagedKey>& registry;  // the hint in the bundle chooses among them
  const std::optional<Artifact>& artifact;  // the package's archive
  std::string package;                      // its purl, with the version
};

struct VerifiedNpm {
  VerifiedBundle publish, provenance;
};

// What `read_npm` gave: both verify, both are about one archive under the one name and version that the caller expects,
// and both have the predicate type that stands beside them.
std::optional<VerifiedNpm> verify_npm(const std::vector<Carried>& attestations, const NpmTerms& terms, Check& check);

}  // namespace gate::attest
