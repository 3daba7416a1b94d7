// No signature file or key crashes the readers of minisign and signify, and none verifies but what the key of the
// corpus made.
#include <cstdint>
#include <cstdlib>

#include "adapters/attest/detached/detached.h"
#include "gate/crypto/digest.h"

namespace {

using namespace gate;

const std::string message = "the artifact's bytes\n";
constexpr const char* key =
    "untrusted comment: minisign public key\nRWQBAgMEBQYHCJjRlwWlghAoyzg9vXM3pTifwibQstuXa69PT/T79jnM\n";

void check(const attest::VerifiedSignature& signature) {
  if (signature.key_id() != "release") std::abort();
  // Both files of the corpus, and those that differ from them in the comment that nobody signs.
  if (!signature.comment().empty() && signature.comment() != "timestamp:1772366400\tfile:app\thashed") std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<attest::TrustedKey> keys{{"release", {key, {"release.pub", {}, {}}}}};
  static const attest::Artifact artifact{
      .path = "app", .sha256 = crypto::sha256(message), .sha384 = {}, .sha512 = {}, .bytes = message};
  const Document document{{reinterpret_cast<const char*>(data), size}, {"signature", {}, {}}};
  for (const char* format : {"minisign", "signify"}) {
    Check reasons;
    const auto verified = verify_detached(*attest::find_detached_format(format), document, {keys, artifact}, reasons);
    if (verified.empty() != (reasons.first_problem() != nullptr)) std::abort();
    for (const auto& signature : verified) check(signature);
    (void)static_cast<bool>(attest::find_detached_format(format)->read_key(document));
  }
  return 0;
}
