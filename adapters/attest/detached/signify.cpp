#include "adapters/attest/detached/comment_file.h"

// signify(1) of OpenBSD: "Ed", the key's number and an Ed25519 signature over the file; its comment is signed by
// nobody.
namespace gate::attest {

Result<std::vector<DetachedSignature>> read_signify(const Document& document) {
  const auto lines = lines_in(document, 2);
  if (!lines) return lines.error();
  const auto blob = read_blob(document, (*lines)[0], (*lines)[1], ed25519_signature_bytes);
  if (!blob) return blob.error();
  if (blob->algorithm != "Ed") return Error{Errc::unsupported_version, "no 'Ed' signature", document.origin};
  return std::vector{DetachedSignature{.over = DetachedSignature::Over::artifact,
                                       .signature = blob->body,
                                       .key_hint = blob->key_number,
                                       .comment = {},
                                       .claim = {}}};
}

Result<DetachedKey> read_signify_key(const Document& document) { return read_comment_key(document); }

}  // namespace gate::attest
