#include "adapters/attest/sigstore_bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/attest/json_lines.h"
#include "adapters/attest/place.h"
#include "adapters/attest/subject.h"
#include "gate/crypto/digest.h"
#include "gate/json/value.h"
#include "gate/sigstore/signing_certificate.h"

namespace gate::attest {
namespace {

using Hash = crypto::PublicKey::Hash;
using Padding = crypto::PublicKey::RsaPadding;

Hash hash_named(std::string_view algorithm) {
  return algorithm == "sha384" ? Hash::sha384 : algorithm == "sha512" ? Hash::sha512 : Hash::sha256;
}

std::string_view natural_digest(crypto::KeyType type) {
  if (type == crypto::KeyType::ecdsa_p384) return "sha384";
  return type == crypto::KeyType::ecdsa_p521 ? "sha512" : "sha256";
}

const std::string& digest_of(const Artifact& artifact, std::string_view algorithm) {
  return algorithm == "sha384" ? artifact.sha384 : algorithm == "sha512" ? artifact.sha512 : artifact.sha256;
}

// Neither a certificate nor an envelope says which padding an RSA signature has.
bool verifies(const crypto::PublicKey& key, std::string_view message, std::string_view signature) {
  return key.verify(message, signature) ||
         (key.type() == crypto::KeyType::rsa && key.verify(message, signature, Hash::natural, Padding::pss));
}

bool verifies_digest(const crypto::PublicKey& key, std::string_view digest, std::string_view signature, Hash hash) {
  return key.verify_digest(digest, signature, hash) ||
         (key.type() == crypto::KeyType::rsa && key.verify_digest(digest, signature, hash, Padding::pss));
}

Check step(std::string code, std::string what, const Origin& origin, std::string_view pointer = {}) {
  Origin where = origin;
  where.at += pointer;
  return {.code = std::move(code), .what = std::move(what), .where = std::move(where)};
}

}  // namespace

// The only maker of VerifiedBundle.
class BundleVerifier {
 public:
  BundleVerifier(const Bundle& bundle, const BundleTerms& terms, Check& check)
      : bundle_(bundle), terms_(terms), check_(check) {}

  std::optional<VerifiedBundle> run() {
    const bool good = check_material() && check_entries() && check_timestamps() && check_log_windows() &&
                      check_signer() && check_entries_are_ours() && check_signature() && check_subject() &&
                      check_identity();
    if (!good) return std::nullopt;
    return made();
  }

 private:
  VerifiedBundle made() const {
    VerifiedBundle made;
    if (const auto* envelope = std::get_if<Envelope>(&bundle_.content)) {
      made.payload_type_ = envelope->payload_type;
      made.payload_ = envelope->payload;
    }
    if (const auto* managed = std::get_if<ManagedKey>(&terms_.signer)) made.key_id_ = managed->id;
    made.identity_ = identity_;
    made.times_ = times_;
    for (const auto& entry : witnessed_) made.logs_.push_back(entry.log->name);
    std::sort(made.logs_.begin(), made.logs_.end());
    made.logs_.erase(std::unique(made.logs_.begin(), made.logs_.end()), made.logs_.end());
    made.origin_ = bundle_.origin;
    return made;
  }

  Check part(std::string code, std::string what, std::string_view pointer = {}) const {
    return step(std::move(code), std::move(what), bundle_.origin, pointer);
  }

  // The caller expects a key or a certificate, and the bundle has the same kind.
  bool check_material() {
    const bool wants_key = std::holds_alternative<ManagedKey>(terms_.signer);
    const bool has_key = std::holds_alternative<KeyMaterial>(bundle_.material);
    Check check = part("material", "the bundle has what the signer is known by", "/verificationMaterial");
    if (wants_key == has_key) {
      check.passed("material-kind", has_key ? "a key" : "a certificate");
    } else {
      check.differs("material-mismatch", "another kind of signer", wants_key ? "a key" : "a certificate",
                    has_key ? "a key" : "a certificate");
    }
    return check_.add(std::move(check));
  }

  bool check_entries() {
    const bool first_version = bundle_.version == BundleVersion::v0_1;
    const sigstore::EntryTerms terms{.promise = first_version, .checkpoint = !first_version};
    std::set<std::string> keys;  // two entries of one log are one witness: who owns it can forge both
    for (std::size_t i = 0; i < bundle_.entries.size(); ++i) {
      const auto& entry = bundle_.entries[i];
      Check check = part("log-entry", "a trusted log vouches for the entry",
                         fmt::format("/verificationMaterial/tlogEntries/{}", i));
      const auto witnessed = sigstore::verify_entry(entry, terms_.root.transparency_logs, terms, check);
      if (!check_.add(std::move(check)) || !witnessed) return false;
      keys.insert(witnessed->log->key->der());
      witnessed_.push_back(*witnessed);
      if (witnessed->time) times_.push_back({*witnessed->time, witnessed->log->name});
    }
    const std::size_t wanted = std::max<std::size_t>(terms_.thresholds.logs, !terms_.root.transparency_logs.empty());
    return has_enough("log-entries-missing", "distinct transparency logs", wanted, keys.size());
  }

  bool check_timestamps() {
    std::set<std::string> sources;
    for (std::size_t i = 0; i < bundle_.timestamps.size(); ++i) {
      Check check = part("signing-time", "a trusted authority saw the signature",
                         fmt::format("/verificationMaterial/timestampVerificationData/rfc3161Timestamps/{}", i));
      const auto time = sigstore::verify_timestamp(bundle_.timestamps[i], bundle_.signature(),
                                                   terms_.root.timestamp_authorities, check);
      if (!check_.add(std::move(check)) || !time) return false;
      sources.insert(time->authority);
      times_.push_back(time->at);
    }
    std::sort(times_.begin(), times_.end());
    return has_enough("timestamps-missing", "distinct timestamp authorities", terms_.thresholds.timestamps,
                      sources.size());
  }

  bool check_log_windows() {
    return sigstore::check_log_windows(witnessed_, times_, terms_.root.transparency_logs, check_);
  }

  bool check_signer() {
    if (const auto* managed = std::get_if<ManagedKey>(&terms_.signer)) {
      key_ = managed->key;
      verifier_ = managed->key.der();
      return check_.passed("key", "the key '" + managed->id + "', which the caller trusts");
    }
    const auto& material = std::get<CertificateMaterial>(bundle_.material);
    Check check = part("certificate", "the certificate was good when it was used", "/verificationMaterial");
    auto key = material.leaf.public_key();
    if (!key) {
      check.refused(key.error().code == Errc::unsupported_version ? "unsupported-algorithm" : "key-refused",
                    key.error());
      return check_.add(std::move(check));
    }
    const std::size_t wanted =
        std::max<std::size_t>(terms_.thresholds.certificate_logs, !terms_.root.certificate_logs.empty());
    const auto chain = sigstore::verify_signing_certificate(material.leaf, material.intermediates, terms_.root,
                                                            {times_, wanted}, check);
    if (!check_.add(std::move(check)) || !chain) return false;
    key_ = std::move(*key);
    verifier_ = material.leaf.der();
    return true;
  }

  bool check_entries_are_ours() {
    for (std::size_t i = 0; i < bundle_.entries.size(); ++i) {
      Check check = part("entry-binding", "the logged entry is this signature",
                         fmt::format("/verificationMaterial/tlogEntries/{}/canonicalizedBody", i));
      const auto logged = sigstore::parse_body(bundle_.entries[i]);
      if (!logged) {
        check.refused("entry-body-malformed", logged.error());
      } else {
        compare(*logged, check);
      }
      if (!check_.add(std::move(check))) return false;
    }
    return true;
  }

  void compare(const sigstore::LoggedSignature& logged, Check& check) const {
    if (logged.signature != bundle_.signature()) {
      check.failed("entry-signature-mismatch", "the entry is about another signature");
    } else if (logged.verifier != verifier_) {
      check.failed("entry-signer-mismatch", "the entry is about another certificate or key");
    } else {
      compare_digest(logged, check);
    }
  }

  void compare_digest(const sigstore::LoggedSignature& logged, Check& check) const {
    const auto known = logged_digest(logged);
    if (!known) {
      check.failed("entry-kind-mismatch", "the entry is about another kind of content, or in another digest");
    } else if (known->empty()) {
      check.not_looked("entry-digest-unknown", "only the file tells its " + logged.digest_algorithm);
    } else if (*known != logged.digest) {
      check.differs("entry-digest-mismatch", "the entry is about other content", crypto::to_hex(*known),
                    crypto::to_hex(logged.digest));
    } else {
      check.passed("entry-binding", "signature, signer and digest are those of the entry");
    }
  }

  // The digest that an entry about this bundle has; empty where it cannot be known, nothing where there is none.
  std::optional<std::string> logged_digest(const sigstore::LoggedSignature& logged) const {
    const bool known = logged.digest_algorithm == "sha256" || logged.digest_algorithm == "sha384" ||
                       logged.digest_algorithm == "sha512";
    if (!known) return std::nullopt;
    const Hash hash = hash_named(logged.digest_algorithm);
    if (const auto* envelope = std::get_if<Envelope>(&bundle_.content)) {
      if (logged.of_payload) return crypto::digest(hash, envelope->payload);
      return crypto::digest(hash, pre_authentication_encoding(envelope->payload_type, envelope->payload));
    }
    if (logged.of_payload || !terms_.artifact) return std::nullopt;
    return digest_of(*terms_.artifact, logged.digest_algorithm);
  }

  bool check_signature() {
    Check check = part("signature", "the signer's key made the signature");
    if (const auto* envelope = std::get_if<Envelope>(&bundle_.content)) {
      check.where.at += "/dsseEnvelope";
      if (verifies(*key_, pre_authentication_encoding(envelope->payload_type, envelope->payload),
                   bundle_.signature())) {
        check.passed("dsse-signature", std::string(name(key_->type())) + " over the payload and its type", "DSSE 1.0");
      } else {
        check.failed("signature-invalid", "the envelope's signature does not verify", "DSSE 1.0");
      }
    } else {
      check.where.at += "/messageSignature";
      check_message(std::get<MessageSignature>(bundle_.content), check);
    }
    return check_.add(std::move(check));
  }

  void check_message(const MessageSignature& message, Check& check) const {
    if (!terms_.artifact) {
      check.not_looked("artifact-missing", "a message signature is checked against its file");
      return;
    }
    const std::string algorithm(message.digest_algorithm.empty() ? natural_digest(key_->type())
                                                                 : message.digest_algorithm);
    const std::string& digest = digest_of(*terms_.artifact, algorithm);
    if (digest.empty()) {
      check.not_looked("artifact-digest-unknown", "only the file tells its " + algorithm);
    } else if (!message.digest.empty() && message.digest != digest) {
      check.differs("message-digest-mismatch", "the bundle is about another file", crypto::to_hex(digest),
                    crypto::to_hex(message.digest));
    } else if (key_->type() == crypto::KeyType::ed25519) {
      check_ed25519(message, check);
    } else if (!verifies_digest(*key_, digest, message.signature, hash_named(algorithm))) {
      check.failed("signature-invalid", "the signature over the file does not verify");
    } else {
      check.passed("message-signature", std::string(name(key_->type())) + " over the file's " + algorithm);
    }
  }

  void check_ed25519(const MessageSignature& message, Check& check) const {
    if (!terms_.artifact->bytes) {
      check.not_looked("artifact-bytes-missing", "an Ed25519 signature is checked against the file itself");
    } else if (!key_->verify(*terms_.artifact->bytes, message.signature) &&
               !key_->verify_ed25519ph(*terms_.artifact->bytes, message.signature)) {
      check.failed("signature-invalid", "the signature over the file does not verify");
    } else {
      check.passed("message-signature", "Ed25519 over the file");
    }
  }

  bool check_subject() {
    const auto* envelope = std::get_if<Envelope>(&bundle_.content);
    if (!envelope || !terms_.artifact) return true;
    Check check = part("subject", "the statement is about the artifact", "/dsseEnvelope/payload");
    match_subject(envelope->payload, *terms_.artifact, check);
    return check_.add(std::move(check));
  }

  bool check_identity() {
    const auto* material = std::get_if<CertificateMaterial>(&bundle_.material);
    if (!material) return true;
    Check check = part("identity", "the certificate is for whom the caller expects", "/verificationMaterial");
    auto identity = sigstore::read_identity(material->leaf);
    if (!identity) {
      check.refused("identity-malformed", identity.error());
      return check_.add(std::move(check));
    }
    identity_ = std::move(*identity);
    if (const auto* exact = std::get_if<ExactIdentity>(&terms_.signer)) {
      compare_identity(*exact, check);
    } else {
      check.passed("identity-read", quote(identity_->name));
    }
    return check_.add(std::move(check));
  }

  void compare_identity(const ExactIdentity& exact, Check& check) const {
    if (exact.name.empty() || exact.issuer.empty()) {
      check.failed("identity-unset", "no identity or no issuer to compare with");
    } else if (identity_->name != exact.name) {
      check.differs("identity-mismatch", "another identity", exact.name, identity_->name);
    } else if (identity_->issuer != exact.issuer) {
      check.differs("issuer-mismatch", "another issuer", exact.issuer, identity_->issuer);
    } else {
      check.passed("identity-equal", quote(identity_->name) + ", as " + quote(identity_->issuer) + " says");
    }
  }

  bool has_enough(std::string code, const std::string& of_what, std::size_t wanted, std::size_t got) {
    if (got >= wanted) return true;
    return check_.differs(std::move(code), "too few " + of_what, std::to_string(wanted), std::to_string(got));
  }

  const Bundle& bundle_;
  const BundleTerms& terms_;
  Check& check_;
  std::vector<sigstore::WitnessedEntry> witnessed_;
  std::vector<sigstore::VerifiedTime> times_;
  std::optional<crypto::PublicKey> key_;
  std::string verifier_;  // DER: what an entry about this bundle names as its signer
  std::optional<sigstore::CertificateIdentity> identity_;
};

std::optional<VerifiedBundle> verify_bundle(const Bundle& bundle, const BundleTerms& terms, Check& check) {
  return BundleVerifier(bundle, terms, check).run();
}

std::vector<VerifiedBundle> verify_bundles(const Document& document, const BundleTerms& terms, Check& check) {
  const auto lines = json_lines(document);
  if (!lines) {
    check.refused("bundle-unreadable", lines.error());
    return {};
  }
  std::vector<VerifiedBundle> verified;
  for (const Line& line : *lines) {
    const Place place{document.origin, line.number};
    Check one = step("bundle", "the bundle verifies", place.at(""));
    const auto value = json::parse(line.text, document.origin.artifact, {.bytes = most_bundle_bytes});
    auto bundle = value ? read_bundle(json::View(*value, document.origin.artifact)) : Result<Bundle>(value.error());
    if (!bundle) {
      one.refused("bundle-malformed", place.within_envelope(bundle.error()));
    } else {
      bundle->origin = place.at("");
      if (auto made = verify_bundle(*bundle, terms, one)) verified.push_back(std::move(*made));
    }
    check.add(std::move(one));
  }
  if (!check.is_ok()) verified.clear();
  return verified;
}

}  // namespace gate::attest
