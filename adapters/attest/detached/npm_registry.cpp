#include <fmt/format.h>

#include "adapters/attest/carriers/reading.h"
#include "adapters/attest/detached/detached.h"
#include "adapters/attest/fields.h"

// The manifest that an npm registry has of one version of a package: `dist.signatures`, over "name@version:integrity".
namespace gate::attest {
namespace {

constexpr std::string_view algorithm = "sha512-";
constexpr std::size_t sha512_bytes = 64, most_signatures = 64;

Result<PackageClaim> read_claim(const json::View& manifest, const json::View& dist) {
  auto name = manifest.text("name"), version = manifest.text("version");
  const auto integrity = dist.text("integrity");
  if (!name || !version) return !name ? name.error() : version.error();
  if (!integrity) return integrity.error();
  const auto wrong = [&](Errc code, const char* what) { return dist.member("integrity")->error(code, what); };
  if (!integrity->starts_with(algorithm)) return wrong(Errc::unsupported_version, "no SHA-512 alone");
  auto digest = from_padded_base64(std::string_view(*integrity).substr(algorithm.size()));
  // The text is what is signed: there is one text for one digest.
  if (!digest || digest->size() != sha512_bytes) return wrong(Errc::malformed, "no SHA-512 in base64");
  return PackageClaim{{std::move(*name), std::move(*version)}, std::move(*digest)};
}

}  // namespace

Result<std::vector<DetachedSignature>> read_npm_registry(const Document& document) {
  const auto value = parse_whole(document);
  if (!value) return value.error();
  const json::View manifest(*value, document.origin.artifact);
  const auto dist = manifest.member("dist");
  if (!dist) return dist.error();
  const auto claim = read_claim(manifest, *dist);
  if (!claim) return claim.error();
  const auto elements = dist->elements("signatures");
  if (!elements) return elements.error();
  if (elements->empty()) return dist->error(Errc::empty, "no signature");
  if (elements->size() > most_signatures) return dist->error(Errc::too_large, "more than 64 signatures");
  std::vector<DetachedSignature> signatures;
  for (const json::View& element : *elements) {
    auto key = element.text("keyid");
    auto signature = bytes_at(element, "sig");
    if (!key || !signature) return !key ? key.error() : signature.error();
    signatures.push_back({.over = DetachedSignature::Over::package,
                          .signature = std::move(*signature),
                          .key_hint = std::move(*key),
                          .comment = {},
                          .claim = *claim});
  }
  return signatures;
}

Result<DetachedKey> read_npm_registry_key(const Document& document) {
  auto key = crypto::PublicKey::from_pem(document.bytes);
  if (!key) return key.error();
  const std::string id = npm_key_id(*key);
  return DetachedKey{std::move(*key), id};
}

}  // namespace gate::attest
