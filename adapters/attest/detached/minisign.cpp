#include <algorithm>

#include "adapters/attest/detached/comment_file.h"
#include "adapters/attest/fields.h"

// https://jedisct1.github.io/minisign, "Signature format": "Ed" signs the file, "ED" its BLAKE2b-512; a second
// signature is over the first and the trusted comment.
namespace gate::attest {
namespace {

constexpr std::string_view trusted = "trusted comment: ";

// The comment is shown to people. A tab is what minisign itself puts between its parts.
bool has_controls(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

Result<std::vector<DetachedSignature>> read_minisign(const Document& document) {
  const auto lines = lines_in(document, 4);
  if (!lines) return lines.error();
  const auto wrong = [&](Errc code, const char* what) { return Error{code, what, document.origin}; };
  const auto blob = read_blob(document, (*lines)[0], (*lines)[1], ed25519_signature_bytes);
  if (!blob) return blob.error();
  const bool hashed = blob->algorithm == "ED";
  if (!hashed && blob->algorithm != "Ed")
    return wrong(Errc::unsupported_version, "neither an 'Ed' nor an 'ED' signature");
  if (!(*lines)[2].starts_with(trusted)) return wrong(Errc::malformed, "no line with a trusted comment");
  const std::string_view comment = (*lines)[2].substr(trusted.size());
  if (has_controls(comment)) return wrong(Errc::malformed, "control characters in the trusted comment");
  auto global = from_padded_base64((*lines)[3]);
  if (!global || global->size() != ed25519_signature_bytes)
    return wrong(Errc::malformed, "no signature of 64 bytes under the trusted comment");
  return std::vector{
      DetachedSignature{.over = hashed ? DetachedSignature::Over::blake2b_512 : DetachedSignature::Over::artifact,
                        .signature = blob->body,
                        .key_hint = blob->key_number,
                        .comment = TrustedComment{std::string(comment), std::move(*global)},
                        .claim = {}}};
}

Result<DetachedKey> read_minisign_key(const Document& document) { return read_comment_key(document); }

}  // namespace gate::attest
