// No bundle crashes the verifier, and none verifies but with what the authority of the corpus saw signed.
#include <cstdint>
#include <cstdlib>

#include "adapters/attest/sigstore_bundle.h"
#include "gate/crypto/digest.h"
#include "tests/fuzz/sigstore_root.h"

namespace {

using namespace gate;

const std::string message = "the artifact's bytes\n";

const sigstore::TrustedRoot& root() {
  static const auto parsed = sigstore::parse_trusted_root({sigstore_root, {"root.json", {}, {}}});
  if (!parsed) std::abort();
  return *parsed;
}

void check(const attest::VerifiedBundle& bundle) {
  const bool from_the_corpus =
      bundle.identity() && bundle.identity()->name == "https://example.org/workflow@refs/heads/main" &&
      bundle.identity()->issuer == "https://issuer.example.org" && !bundle.times().empty() && !bundle.logs().empty();
  const bool about_the_message =
      !bundle.is_dsse() || bundle.payload().find(crypto::sha256_hex(message)) != std::string::npos;
  if (!from_the_corpus || !about_the_message) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const attest::ExpectedSigner anybody = attest::AnyIdentity{};
  static const std::optional<attest::Artifact> artifact =
      attest::Artifact{.path = "app", .sha256 = crypto::sha256(message), .sha384 = {}, .sha512 = {}, .bytes = message};
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Check reasons;
  const auto verified = attest::verify_bundles({bytes, {"bundle", {}, {}}}, {root(), anybody, artifact}, reasons);
  if (verified.empty() != (reasons.first_problem() != nullptr)) std::abort();
  for (const attest::VerifiedBundle& bundle : verified) check(bundle);
  return 0;
}
