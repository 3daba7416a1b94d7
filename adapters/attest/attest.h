// Attestations, verified against keys and certificates, and turned into facts. Pure: bytes in, facts out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/check.h"
#include "gate/core/document.h"
#include "gate/core/policy.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::attest {

struct TrustedKey {
  std::string id;  // as the policy names it
  Document pem;
  std::string format = "pem";  // or "minisign", "signify": the tool's own file; nothing is sniffed
};

// Whose signatures count.
struct Trust {
  std::vector<TrustedKey> keys;
  std::size_t threshold = 1;  // keys that have to sign an envelope, each counted once; 0 verifies nothing
  std::optional<sigstore::TrustedRoot> root;  // nothing: no certificate counts
  std::vector<TrustedIdentity> identities;  // of certificates; none: no certificate counts
  std::vector<TrustedBuilder> builders;       // what their provenance is worth
};

// What at least one attestation has to be about: a file, or a commit.
struct Expectation {
  std::string subject_path;                              // as the policy names it
  std::string subject_sha256;                            // of its bytes, hashed by gate; lower-case hex
  std::string subject_sha384 = {}, subject_sha512 = {};  // likewise; empty: not known
  std::string commit = {};                               // instead of a file: the full id, lower-case hex
  std::optional<std::string_view> bytes = {};            // of the file, where a signature is over it; nothing: not kept
  std::string package = {};  // npm: the purl with its version, which signatures there are about
  bool skip_others = false;  // statements about something else are listed in the check alone, if one is about this
};

std::vector<std::string> formats();  // names of the carriers that verify() knows, sorted

// One attestation in the carrier that `format` names, or a file of them. Every one must verify; at least one statement
// must be about what is expected. What cannot be verified is a problem and lowers the coverage of `statement`;
// statements about something else are listed in `check` as skipped.
Result<FactBatch> verify(std::string_view format, const Document& attestation, const Trust& trust,
                         const Expectation& expectation, Check& check);

}  // namespace gate::attest
