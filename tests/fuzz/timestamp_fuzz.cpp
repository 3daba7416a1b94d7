// No CMS message and no timestamp crashes the readers; none verifies for who did not sign it.
#include <cstdint>
#include <cstdlib>

#include "gate/crypto/cms.h"
#include "gate/crypto/timestamp.h"
#include "gate/sigstore/trusted_root.h"
#include "tests/fuzz/sigstore_root.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  static const auto root = sigstore::parse_trusted_root({sigstore_root, {"root.json", {}, {}}});
  if (!root) std::abort();
  const std::vector<crypto::Certificate>& authority = *root->timestamp_authorities.front().chain.read();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto message = crypto::parse_signed_data(bytes)) {
    if (message->signers.empty()) std::abort();
    for (const crypto::SignerInfo& signer : message->signers) {
      if (crypto::verify_signer(signer, authority.back(), "another message", crypto::oid::cms_data)) std::abort();
      (void)message->certificate_of(signer);
    }
  }
  const auto token = crypto::TimestampToken::parse(bytes);
  if (!token) return 0;
  (void)token->is_about("a signature");
  // The corpus' authority stamped at one moment alone.
  if (token->verify(authority) && token->time() != *parse_instant("2026-03-01T12:00:00Z")) std::abort();
  return 0;
}
