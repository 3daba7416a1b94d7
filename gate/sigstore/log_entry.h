// An entry of a transparency log (sigstore_rekor.proto, TransparencyLogEntry) and what its body says was logged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/check.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::sigstore {

struct InclusionProof {
  std::uint64_t index = 0, size = 0;  // in the tree, which one log may have several of
  std::string root;                   // 32 bytes
  std::vector<std::string> hashes;
  std::string checkpoint;  // a signed note; empty where there is none
};

// Nothing in it is verified.
struct LogEntry {
  std::uint64_t index = 0;                      // over all trees of the log
  std::string log_id;                           // 32 bytes
  std::string kind, version;                    // "hashedrekord", "0.0.1"
  std::optional<std::int64_t> integrated_time;  // seconds; means nothing without a promise that verifies
  std::string promise;                          // the signed entry timestamp; empty where there is none
  std::optional<InclusionProof> proof;
  std::string body;  // the leaf's bytes
};

inline constexpr std::size_t most_log_entries = 32;

// What a signer signed, as a body or a bundle has it: the two have to be equal.
struct LoggedSignature {
  std::string digest_algorithm;  // "sha256", "sha384", "sha512"
  std::string digest;            // of what was signed, or of a DSSE payload where `of_payload`
  bool of_payload = false;
  std::string signature;
  std::string verifier;  // DER: the certificate, or the SubjectPublicKeyInfo
};

// Reads hashedrekord 0.0.1 and 0.0.2, dsse 0.0.1 and intoto 0.0.2. The body says itself what it is, and that has to be
// the entry's kind and version. Errors: other kinds, several signatures, missing members.
Result<LoggedSignature> parse_body(const LogEntry& entry);

// What a log has to show for an entry.
struct EntryTerms {
  bool promise = false;     // a signed entry timestamp (bundles of version 0.1)
  bool checkpoint = false;  // an inclusion proof under a signed checkpoint (all later ones)
};

// An entry that a trusted log vouches for.
struct WitnessedEntry {
  const Log* log = nullptr;     // of the trusted root that was given
  std::optional<Instant> time;  // when the log says it took it; only where its promise verified
};

// Everything that the entry shows has to verify: promise, proof, checkpoint; and what the terms ask for has to be
// there. Nothing where it does not, and then `check` says why.
std::optional<WitnessedEntry> verify_entry(const LogEntry& entry, const std::vector<Log>& logs, const EntryTerms& terms,
                                           Check& check);

}  // namespace gate::sigstore
