#include <cstdio>

#include "adapters/attest/sigstore_bundle.h"
#include "gate/app/trust_root.h"
#include "gate/app/verify.h"
#include "gate/crypto/digest.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

constexpr std::string_view digest_prefix = "sha256:";
constexpr std::size_t sha256_bytes = 32;

int wrong_usage(const char* what) {
  std::fprintf(stderr, "gate: %s\n", what);
  return 2;
}

Result<Document> read_small(const std::string& path) { return host::read_file(path, attest::most_bundle_bytes); }

// Larger files are hashed without being kept: their SHA-256 is all that is known of them.
constexpr std::uint64_t largest_kept = 64u << 20;

// The bytes stay with the caller: what was hashed is what is judged.
attest::Artifact artifact_of(const Document& document) {
  return {.path = document.origin.artifact,
          .sha256 = crypto::sha256(document.bytes),
          .sha384 = crypto::sha384(document.bytes),
          .sha512 = crypto::sha512(document.bytes),
          .bytes = document.bytes};
}

std::optional<attest::Artifact> artifact_of(std::string_view digest) {
  const auto bytes = crypto::from_hex(digest.substr(digest_prefix.size()));
  if (!bytes || bytes->size() != sha256_bytes) return std::nullopt;
  return attest::Artifact{.path = std::string(digest), .sha256 = *bytes, .sha384 = {}, .sha512 = {}};
}

Result<attest::ExpectedSigner> expected_signer(const VerifyBundleOptions& options) {
  if (options.key.empty()) return attest::ExpectedSigner(attest::ExactIdentity{options.identity, options.issuer});
  const auto pem = read_small(options.key);
  if (!pem) return pem.error();
  auto key = crypto::PublicKey::from_pem(pem->bytes);
  if (!key) return Error{key.error().code, key.error().what, pem->origin};
  return attest::ExpectedSigner(attest::ManagedKey{options.key, std::move(*key)});
}

int verify(const VerifyBundleOptions& options, const std::optional<attest::Artifact>& artifact) {
  const std::string path = options.bundle.empty() ? options.artifact + ".sigstore.json" : options.bundle;
  const auto bundle = read_small(path);
  if (!bundle) return could_not_look(options.artifact, bundle.error(), options.telling);
  const auto signer = expected_signer(options);
  if (!signer) return could_not_look(options.artifact, signer.error(), options.telling);
  const auto root = load_trust_root(options.trusted_root.empty() ? "public-good" : options.trusted_root, read_small);
  if (!root) return could_not_look(options.artifact, root.error(), options.telling);
  Check check{.code = "bundle", .what = path + " for " + artifact->path};
  attest::verify_bundles(*bundle, {.root = *root, .signer = *signer, .artifact = artifact}, check);
  return print_verification(check, options.telling);
}

}  // namespace

int verify_bundle(const VerifyBundleOptions& options) {
  const bool by_identity = !options.identity.empty() || !options.issuer.empty();
  if (by_identity == !options.key.empty())
    return wrong_usage("say whose signature counts: --certificate-identity and --certificate-oidc-issuer, or --key");
  if (by_identity && (options.identity.empty() || options.issuer.empty()))
    return wrong_usage("--certificate-identity and --certificate-oidc-issuer go together");
  if (options.artifact.starts_with(digest_prefix)) {
    const auto artifact = artifact_of(std::string_view(options.artifact));
    if (!artifact) return wrong_usage("a digest is sha256: and 64 hexadecimal digits");
    if (options.bundle.empty()) return wrong_usage("a digest needs --bundle");
    return verify(options, artifact);
  }
  const auto document = host::read_file(options.artifact, largest_kept);
  if (document) return verify(options, artifact_of(*document));
  if (document.error().code != Errc::too_large)
    return could_not_look(options.artifact, document.error(), options.telling);
  const auto digest = host::hash_file(options.artifact);
  if (!digest) return could_not_look(options.artifact, digest.error(), options.telling);
  auto artifact = artifact_of(std::string(digest_prefix) + digest->sha256);
  artifact->path = options.artifact;
  return verify(options, artifact);
}

}  // namespace gate::app
