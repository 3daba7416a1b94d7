#include "adapters/attest/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "adapters/attest/fields.h"
#include "adapters/attest/place.h"
#include "gate/crypto/digest.h"
#include "gate/sigstore/signing_time.h"

namespace gate::attest {
namespace {

constexpr std::size_t log_id_bytes = 32, hash_bytes = 32, most_hashes = 64;

struct MediaType {
  std::string_view text;
  BundleVersion version;
};
constexpr MediaType media_types[] = {
    {"application/vnd.dev.sigstore.bundle+json;version=0.1", BundleVersion::v0_1},
    {"application/vnd.dev.sigstore.bundle+json;version=0.2", BundleVersion::v0_2},
    {"application/vnd.dev.sigstore.bundle+json;version=0.3", BundleVersion::v0_3},
    {"application/vnd.dev.sigstore.bundle.v0.3+json", BundleVersion::v0_3},
};

// An int64 of protobuf's JSON form: a number or its digits in a string. Never negative here.
Result<std::int64_t> natural_at(const json::View& parent, std::string_view key) {
  const auto view = parent.member(key);
  if (!view) return view.error();
  const auto wrong = [&] { return view->error(Errc::malformed, "not a whole number from 0 to 2^63-1"); };
  std::int64_t number = -1;
  if (const std::int64_t* integer = view->value().integer()) {
    number = *integer;
  } else if (const std::string* text = view->value().text()) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    const bool is_signed = text->starts_with('-');
    if (error != std::errc() || end != text->data() + text->size() || is_signed) return wrong();
  }
  if (number < 0) return wrong();
  return number;
}

Result<crypto::Certificate> read_certificate(const json::View& view) {
  if (const auto status = only(view, {"rawBytes"}); !status) return status.error();
  const auto der = bytes_at(view, "rawBytes");
  if (!der) return der.error();
  auto certificate = crypto::Certificate::from_der(*der);
  if (!certificate) return view.error(certificate.error().code, certificate.error().what);
  return certificate;
}

Result<CertificateMaterial> read_chain(const json::View& view) {
  if (const auto status = only(view, {"certificates"}); !status) return status.error();
  const auto elements = view.elements("certificates");
  if (!elements) return elements.error();
  if (elements->empty()) return view.error(Errc::empty, "a chain of no certificates");
  if (elements->size() > crypto::most_chain) return view.error(Errc::too_large, "a chain of more than 8 certificates");
  std::vector<crypto::Certificate> chain;
  for (const json::View& element : *elements) {
    auto certificate = read_certificate(element);
    if (!certificate) return certificate.error();
    if (certificate->is_self_issued()) return element.error(Errc::untrusted, "a root certificate does not belong here");
    chain.push_back(std::move(*certificate));
  }
  CertificateMaterial material{chain.front(), {}};
  material.intermediates.assign(chain.begin() + 1, chain.end());
  return material;
}

using Material = std::variant<CertificateMaterial, KeyMaterial>;

// Exactly one of three; which of them may be there depends on the version (sigstore_bundle.proto,
// VerificationMaterial).
Result<Material> read_material(const json::View& view, BundleVersion version) {
  const auto single = view.find("certificate"), chain = view.find("x509CertificateChain"), key = view.find("publicKey");
  if (single.has_value() + chain.has_value() + key.has_value() != 1)
    return view.error(Errc::malformed, "not exactly one of certificate, x509CertificateChain and publicKey");
  if (single && version != BundleVersion::v0_3) return single->error(Errc::malformed, "a member of version 0.3");
  if (chain && version == BundleVersion::v0_3) return chain->error(Errc::malformed, "a member of versions before 0.3");
  if (key) {
    if (const auto status = only(*key, {"hint"}); !status) return status.error();
    auto hint = key->text_or("hint", "");
    if (!hint) return hint.error();
    return Material(KeyMaterial{std::move(*hint)});
  }
  if (single) {
    auto certificate = read_certificate(*single);
    if (!certificate) return certificate.error();
    return Material(CertificateMaterial{std::move(*certificate), {}});
  }
  auto material = read_chain(*chain);
  if (!material) return material.error();
  return Material(std::move(*material));
}

Result<sigstore::InclusionProof> read_proof(const json::View& view) {
  if (const auto status = only(view, {"logIndex", "rootHash", "treeSize", "hashes", "checkpoint"}); !status)
    return status.error();
  sigstore::InclusionProof proof;
  // Protobuf's JSON form leaves zero and empty lists out.
  const auto index = view.find("logIndex") ? natural_at(view, "logIndex") : Result<std::int64_t>(0);
  const auto size = natural_at(view, "treeSize");
  auto root = bytes_at(view, "rootHash", hash_bytes);
  const auto hashes = view.elements_or_none("hashes");
  if (!index || !size) return !index ? index.error() : size.error();
  if (!root || !hashes) return !root ? root.error() : hashes.error();
  if (hashes->size() > most_hashes) return view.error(Errc::too_large, "a proof of more than 64 hashes");
  for (const json::View& element : *hashes) {
    const auto text = element.as_text();
    if (!text) return text.error();
    auto hash = crypto::from_base64(*text);
    if (!hash || hash->size() != hash_bytes) return element.error(Errc::malformed, "no hash of 32 bytes in base64");
    proof.hashes.push_back(std::move(*hash));
  }
  proof.index = static_cast<std::uint64_t>(*index);
  proof.size = static_cast<std::uint64_t>(*size);
  proof.root = std::move(*root);
  const auto checkpoint = view.find("checkpoint");
  if (!checkpoint) return proof;
  if (const auto status = only(*checkpoint, {"envelope"}); !status) return status.error();
  auto note = checkpoint->text("envelope");
  if (!note) return note.error();
  proof.checkpoint = std::move(*note);
  return proof;
}

Status read_entry_identity(const json::View& view, sigstore::LogEntry& entry) {
  const auto id = view.member("logId"), kind = view.member("kindVersion");
  if (!id || !kind) return !id ? id.error() : kind.error();
  if (const auto status = only(*id, {"keyId"}); !status) return status;
  if (const auto status = only(*kind, {"kind", "version"}); !status) return status;
  const auto key_id = bytes_at(*id, "keyId", log_id_bytes);
  const auto name = kind->text("kind"), version = kind->text("version");
  if (!key_id || !name || !version) return !key_id ? key_id.error() : !name ? name.error() : version.error();
  entry.log_id = *key_id;
  entry.kind = *name;
  entry.version = *version;
  return Done{};
}

Status read_entry_times(const json::View& view, sigstore::LogEntry& entry) {
  const auto index = view.find("logIndex") ? natural_at(view, "logIndex") : Result<std::int64_t>(0);
  if (!index) return index.error();
  entry.index = static_cast<std::uint64_t>(*index);
  if (view.find("integratedTime")) {
    const auto time = natural_at(view, "integratedTime");
    if (!time) return time.error();
    constexpr std::int64_t end_of_year_9999 = 253'402'300'799;
    if (*time > end_of_year_9999) return view.error(Errc::malformed, "an integrated time beyond the year 9999");
    if (*time > 0) entry.integrated_time = *time;
  }
  const auto promise = view.find("inclusionPromise");
  if (!promise) return Done{};
  if (const auto status = only(*promise, {"signedEntryTimestamp"}); !status) return status;
  auto bytes = bytes_at(*promise, "signedEntryTimestamp");
  if (!bytes) return bytes.error();
  entry.promise = std::move(*bytes);
  return Done{};
}

}  // namespace

Result<sigstore::LogEntry> read_log_entry(const json::View& view) {
  if (const auto status = only(view, {"logIndex", "logId", "kindVersion", "integratedTime", "inclusionPromise",
                                      "inclusionProof", "canonicalizedBody"});
      !status)
    return status.error();
  sigstore::LogEntry entry;
  if (const auto status = read_entry_identity(view, entry); !status) return status.error();
  if (const auto status = read_entry_times(view, entry); !status) return status.error();
  auto body = bytes_at(view, "canonicalizedBody");
  if (!body) return body.error();
  entry.body = std::move(*body);
  if (const auto proof = view.find("inclusionProof")) {
    auto read = read_proof(*proof);
    if (!read) return read.error();
    entry.proof = std::move(*read);
  }
  return entry;
}

namespace {

Status read_entries(const json::View& material, Bundle& bundle) {
  const auto elements = material.elements_or_none("tlogEntries");
  if (!elements) return elements.error();
  if (elements->size() > sigstore::most_log_entries) return material.error(Errc::too_large, "more than 32 log entries");
  for (const json::View& element : *elements) {
    auto entry = read_log_entry(element);
    if (!entry) return entry.error();
    bundle.entries.push_back(std::move(*entry));
  }
  return Done{};
}

Status read_timestamps(const json::View& material, Bundle& bundle) {
  const auto data = material.find("timestampVerificationData");
  if (!data) return Done{};
  if (const auto status = only(*data, {"rfc3161Timestamps"}); !status) return status;
  const auto elements = data->elements_or_none("rfc3161Timestamps");
  if (!elements) return elements.error();
  if (elements->size() > sigstore::most_timestamps) return data->error(Errc::too_large, "more than 32 timestamps");
  for (const json::View& element : *elements) {
    if (const auto status = only(element, {"signedTimestamp"}); !status) return status;
    auto token = bytes_at(element, "signedTimestamp");
    if (!token) return token.error();
    bundle.timestamps.push_back(std::move(*token));
  }
  return Done{};
}

Result<MessageSignature> read_message_signature(const json::View& view) {
  static const std::map<std::string, std::string, std::less<>> algorithms{
      {"SHA2_256", "sha256"}, {"SHA2_384", "sha384"}, {"SHA2_512", "sha512"}};
  if (const auto status = only(view, {"messageDigest", "signature"}); !status) return status.error();
  MessageSignature made;
  auto signature = bytes_at(view, "signature");
  if (!signature) return signature.error();
  made.signature = std::move(*signature);
  const auto hint = view.find("messageDigest");
  if (!hint) return made;
  if (const auto status = only(*hint, {"algorithm", "digest"}); !status) return status.error();
  const auto algorithm = hint->text("algorithm");
  auto digest = bytes_at(*hint, "digest");
  if (!algorithm || !digest) return !algorithm ? algorithm.error() : digest.error();
  const auto known = algorithms.find(*algorithm);
  if (known == algorithms.end())
    return hint->error(Errc::unsupported_version, "the digest algorithm " + quote(*algorithm));
  made.digest_algorithm = known->second;
  made.digest = std::move(*digest);
  return made;
}

using Content = std::variant<MessageSignature, Envelope>;

Result<Content> read_content(const json::View& view) {
  const auto message = view.find("messageSignature"), dsse = view.find("dsseEnvelope");
  if (message.has_value() + dsse.has_value() != 1)
    return view.error(Errc::malformed, "not exactly one of messageSignature and dsseEnvelope");
  if (message) {
    auto read = read_message_signature(*message);
    if (!read) return read.error();
    return Content(std::move(*read));
  }
  auto envelope = read_envelope(*dsse);
  if (!envelope) return envelope.error();
  if (envelope->signatures.size() != 1) return dsse->error(Errc::malformed, "not exactly one signature");
  return Content(std::move(*envelope));
}

}  // namespace

const std::string& Bundle::signature() const {
  if (const auto* message = std::get_if<MessageSignature>(&content)) return message->signature;
  return std::get<Envelope>(content).signatures.front();
}

Result<Bundle> read_bundle(const json::View& view) {
  const auto type = view.text("mediaType");
  if (!type) return type.error();
  const auto known = std::find_if(std::begin(media_types), std::end(media_types),
                                  [&](const MediaType& media) { return media.text == *type; });
  if (known == std::end(media_types))
    return view.member("mediaType")->error(Errc::unsupported_version, "a bundle of the media type " + quote(*type));
  if (const auto status = only(view, {"mediaType", "verificationMaterial", "messageSignature", "dsseEnvelope"});
      !status)
    return status.error();
  const auto material = view.member("verificationMaterial");
  if (!material) return material.error();
  if (const auto status = only(
          *material, {"certificate", "x509CertificateChain", "publicKey", "tlogEntries", "timestampVerificationData"});
      !status)
    return status.error();
  auto signer = read_material(*material, known->version);
  if (!signer) return signer.error();
  auto content = read_content(view);
  if (!content) return content.error();
  Bundle bundle{.version = known->version,
                .material = std::move(*signer),
                .entries = {},
                .timestamps = {},
                .content = std::move(*content),
                .origin = view.origin()};
  if (const auto status = read_entries(*material, bundle); !status) return status.error();
  if (const auto status = read_timestamps(*material, bundle); !status) return status.error();
  return bundle;
}

}  // namespace gate::attest
