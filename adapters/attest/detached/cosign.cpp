#include "adapters/attest/detached/detached.h"
#include "adapters/attest/fields.h"

// `cosign sign-blob --key`: the signature over the file's SHA-256, alone in a line of base64 (ECDSA in DER).
namespace gate::attest {
namespace {

constexpr std::size_t most_bytes = 4 << 10;

}  // namespace

Result<std::vector<DetachedSignature>> read_cosign(const Document& document) {
  const auto wrong = [&](Errc code, const char* what) { return Error{code, what, document.origin}; };
  if (document.bytes.size() > most_bytes) return wrong(Errc::too_large, "longer than any signature (4 KiB)");
  std::string_view text = document.bytes;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty()) return wrong(Errc::empty, "no signature in the file");
  auto signature = from_padded_base64(text);
  if (!signature) return wrong(Errc::malformed, "not one line of base64");
  return std::vector{DetachedSignature{.over = DetachedSignature::Over::sha256,
                                       .signature = std::move(*signature),
                                       .key_hint = {},
                                       .comment = {},
                                       .claim = {}}};
}

Result<DetachedKey> read_cosign_key(const Document& document) {
  auto key = crypto::PublicKey::from_pem(document.bytes);
  if (!key) return key.error();
  return DetachedKey{std::move(*key), {}};
}

}  // namespace gate::attest
