#include "adapters/attest/detached/detached.h"

#include <algorithm>
#include <exception>
#include <set>

#include "adapters/attest/place.h"
#include "gate/crypto/digest.h"

namespace gate::attest {

// Each in its own file.
#define GATE_DETACHED(name)                                                     \
  Result<std::vector<DetachedSignature>> read_##name(const Document& document); \
  Result<DetachedKey> read_##name##_key(const Document& document);
#include "adapters/attest/detached/detached.def"
#undef GATE_DETACHED

namespace {

using crypto::KeyType;
using Over = DetachedSignature::Over;

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::string claimed_text(const PackageClaim& claim) {
  return claim.package.name + "@" + claim.package.version + ":sha512-" + crypto::to_base64(claim.sha512);
}

}  // namespace

const std::vector<DetachedFormat>& detached_formats() {
#define GATE_DETACHED(name) static const std::string name##_name = dashed(#name);
#include "adapters/attest/detached/detached.def"
#undef GATE_DETACHED
#define GATE_DETACHED(name) {name##_name, &read_##name, &read_##name##_key},
  static const std::vector<DetachedFormat> all{
#include "adapters/attest/detached/detached.def"
  };
#undef GATE_DETACHED
  return all;
}

const DetachedFormat* find_detached_format(std::string_view name) {
  const auto& all = detached_formats();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const DetachedFormat& known) { return known.name == name; });
  return found == all.end() ? nullptr : &*found;
}

// The only maker of VerifiedSignature.
class DetachedVerifier {
 public:
  DetachedVerifier(const DetachedFormat& format, const Document& document, const DetachedTerms& terms, Check& check)
      : format_(format), document_(document), terms_(terms), check_(check) {}

  std::vector<VerifiedSignature> run() {
    if (!read_keys()) return {};
    const auto signatures = format_.read(document_);
    if (!signatures) {
      check_.refused("signature-malformed", signatures.error());
      return {};
    }
    std::vector<VerifiedSignature> all;
    for (const DetachedSignature& signature : *signatures) {
      Check one{.code = "detached-signature", .what = "a trusted key signed the artifact", .where = document_.origin};
      if (const Key* key = verify(signature, one)) all.push_back(made(signature, *key));
      check_.add(std::move(one));
    }
    if (!check_.is_ok()) all.clear();
    return all;
  }

 private:
  struct Key {
    std::string id;
    DetachedKey value;
  };

  // One key is one signer, whatever the number of names that it has.
  bool read_keys() {
    std::set<std::string> ids, ders;
    for (const TrustedKey& trusted : terms_.keys) {
      auto key = format_.read_key(trusted.pem);
      if (!key) return check_.refused("key-refused", {key.error().code, key.error().what, trusted.pem.origin});
      if (!ids.insert(trusted.id).second || !ders.insert(key->key.der()).second)
        return check_.refused("key-refused",
                              {Errc::malformed, "a key or an id that stands there twice", trusted.pem.origin});
      keys_.push_back({trusted.id, std::move(*key)});
    }
    return !keys_.empty() || check_.failed("no-trusted-key", "no key is trusted, so nothing can be verified");
  }

  const Key* verify(const DetachedSignature& signature, Check& check) const {
    if (!knows_what_is_signed(signature, check)) return nullptr;
    bool hinted = false;
    for (const Key& key : keys_) {
      if (key.value.hint != signature.key_hint) continue;
      hinted = true;
      if (!verifies(signature, key.value.key)) continue;
      return believes_comment(signature, key, check) ? &key : nullptr;
    }
    if (hinted) {
      check.failed("signature-invalid", "the signature does not verify with a trusted key");
    } else {
      check.differs("key-unknown", "no trusted key has the id in the signature", known_hints(),
                    shown(signature.key_hint));
    }
    return nullptr;
  }

  // Digests that the artifact has to have, and what is claimed of it, before any key is tried.
  bool knows_what_is_signed(const DetachedSignature& signature, Check& check) const {
    const Artifact& artifact = terms_.artifact;
    switch (signature.over) {
      case Over::artifact:
        return artifact.bytes ||
               check.not_looked("artifact-bytes-missing", "this signature is checked against the file itself");
      case Over::sha256:
        return !artifact.sha256.empty() ||
               check.not_looked("artifact-digest-unknown", "only the file tells its SHA-256");
      case Over::blake2b_512:
        return artifact.bytes || !artifact.blake2b_512.empty() ||
               check.not_looked("artifact-digest-unknown", "only the file tells its BLAKE2b-512");
      case Over::package: break;
    }
    if (!signature.claim) return check.failed("signature-malformed", "a signature over a claim that is not there");
    const auto expected = npm_package(terms_.package);
    const PackageClaim& claim = *signature.claim;
    if (!expected)
      return check.failed("package-unset", "no package URL with a version to compare with: " + quote(terms_.package));
    if (*expected != claim.package)
      return check.differs("npm-package-mismatch", "the signature is about another package",
                           expected->name + "@" + expected->version,
                           quote(claim.package.name + "@" + claim.package.version));
    if (artifact.sha512.empty()) return check.not_looked("artifact-digest-unknown", "only the file tells its SHA-512");
    return artifact.sha512 == claim.sha512 ||
           check.differs("wrong-subject", "the signature is about another archive",
                         "sha512 " + crypto::to_hex(artifact.sha512), "sha512 " + crypto::to_hex(claim.sha512));
  }

  bool verifies(const DetachedSignature& signature, const crypto::PublicKey& key) const {
    const Artifact& artifact = terms_.artifact;
    switch (signature.over) {
      case Over::artifact: return key.verify(*artifact.bytes, signature.signature);
      case Over::sha256:
        // Ed25519 hashes for itself, so that it has to see the file.
        if (key.type() == KeyType::ed25519) return artifact.bytes && key.verify(*artifact.bytes, signature.signature);
        return key.verify_digest(artifact.sha256, signature.signature, crypto::PublicKey::Hash::sha256);
      case Over::blake2b_512:
        return key.verify(artifact.bytes ? crypto::blake2b_512(*artifact.bytes) : artifact.blake2b_512,
                          signature.signature);
      case Over::package: return key.verify(claimed_text(*signature.claim), signature.signature);
    }
    return false;
  }

  static bool believes_comment(const DetachedSignature& signature, const Key& key, Check& check) {
    const auto& comment = signature.comment;
    if (comment && !key.value.key.verify(signature.signature + comment->text, comment->signature))
      return check.failed("trusted-comment-invalid", "the signature over the trusted comment does not verify");
    return check.passed("signature", std::string(name(key.value.key.type())) + " by the key '" + key.id + "'");
  }

  VerifiedSignature made(const DetachedSignature& signature, const Key& key) const {
    VerifiedSignature verified;
    verified.key_id_ = key.id;
    verified.key_sha256_ = key.value.key.sha256_hex();
    if (signature.comment) verified.comment_ = signature.comment->text;
    verified.origin_ = document_.origin;
    return verified;
  }

  std::string known_hints() const {
    std::string hints;
    for (const Key& key : keys_) hints += (hints.empty() ? "" : ", ") + shown(key.value.hint);
    return hints;
  }

  // Some are text, some are bytes.
  static std::string shown(const std::string& hint) {
    return hint.starts_with("SHA256:") ? quote(hint) : crypto::to_hex(hint);
  }

  const DetachedFormat& format_;
  const Document& document_;
  const DetachedTerms& terms_;
  Check& check_;
  std::vector<Key> keys_;
};

std::vector<VerifiedSignature> verify_detached(const DetachedFormat& format, const Document& signature,
                                               const DetachedTerms& terms, Check& check) {
  try {
    return DetachedVerifier(format, signature, terms, check).run();
  } catch (const std::exception& error) {
    check.refused("internal-error", {Errc::internal, error.what(), signature.origin});
    return {};
  }
}

}  // namespace gate::attest
