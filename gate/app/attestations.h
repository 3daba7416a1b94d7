// Attestations of a policy: their files, keys and trust roots are read here, and verified in adapters/attest.
#pragma once

#include <optional>
#include <string>

#include "adapters/attest/attest.h"
#include "gate/app/gather.h"
#include "gate/app/project.h"
#include "gate/core/policy.h"

namespace gate::app {

// A file and what an attestation may know it by. The bytes are kept where they are few: what was hashed is what is
// judged. Of a larger file nothing but the SHA-256 is known.
struct HashedFile {
  std::string sha256, sha384, sha512;  // lower-case hex; the latter two empty: not taken
  std::uint64_t size = 0;
  std::optional<std::string> bytes;
};
Result<HashedFile> hash_artifact(const std::string& path);
// A view of the file: it has to outlive the expectation.
attest::Expectation expect_file(const std::string& path, const HashedFile& file);

// All attestations that the policy names. `head`: the commit that is judged; empty where there is none.
void gather_attestations(const Project& project, const Policy& policy, const std::string& head, Gathered& out);

}  // namespace gate::app
