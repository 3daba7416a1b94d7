#include <map>

#include "gate/crypto/digest.h"
#include "gate/sigstore/log_entry.h"

namespace gate::sigstore {
namespace {

constexpr std::size_t most_body_bytes = 16u << 20;

// "-----BEGIN CERTIFICATE-----" or "-----BEGIN PUBLIC KEY-----", in base64 once more.
Result<std::string> verifier_of(const json::View& parent, std::string_view key) {
  const auto text = parent.text(key);
  if (!text) return text.error();
  const auto pem = crypto::from_base64(*text);
  if (!pem) return parent.error(Errc::malformed, "no base64 in '" + std::string(key) + "'");
  if (pem->find("BEGIN CERTIFICATE") != std::string::npos) {
    const auto certificate = crypto::Certificate::from_pem(*pem);
    if (!certificate) return parent.error(certificate.error().code, certificate.error().what);
    return certificate->der();
  }
  const auto public_key = crypto::PublicKey::from_pem(*pem);
  if (!public_key) return parent.error(public_key.error().code, public_key.error().what);
  return public_key->der();
}

Result<std::string> bytes_at(const json::View& parent, std::string_view key) {
  const auto text = parent.text(key);
  if (!text) return text.error();
  auto bytes = crypto::from_base64(*text);
  if (!bytes) return parent.error(Errc::malformed, "no base64 in '" + std::string(key) + "'");
  return std::move(*bytes);
}

// Goes down a path of members that all have to be there.
Result<json::View> below(json::View view, std::initializer_list<std::string_view> path) {
  for (const std::string_view key : path) {
    auto next = view.member(key);
    if (!next) return next;
    view = *next;
  }
  return view;
}

Result<json::View> only_element(const json::View& parent, std::string_view key) {
  const auto elements = parent.elements(key);
  if (!elements) return elements.error();
  if (elements->size() != 1) return parent.error(Errc::malformed, "not exactly one of '" + std::string(key) + "'");
  return elements->front();
}

// {"algorithm": "sha256", "value": hexadecimal digits}
Status read_hex_digest(const json::View& hash, LoggedSignature& logged) {
  const auto algorithm = hash.text("algorithm"), value = hash.text("value");
  if (!algorithm || !value) return !algorithm ? algorithm.error() : value.error();
  const auto digest = crypto::from_hex(*value);
  if (!digest) return hash.error(Errc::malformed, "no hexadecimal digits");
  logged.digest_algorithm = *algorithm;
  logged.digest = *digest;
  return Done{};
}

Status take(Result<std::string> made, std::string& into) {
  if (!made) return made.error();
  into = std::move(*made);
  return Done{};
}

Status all(std::initializer_list<Status> statuses) {
  for (const Status& status : statuses) {
    if (!status) return status;
  }
  return Done{};
}

Result<LoggedSignature> read_hashedrekord(const json::View& spec) {
  LoggedSignature logged;
  const auto hash = below(spec, {"data", "hash"}), signature = below(spec, {"signature"}),
             key = below(spec, {"signature", "publicKey"});
  if (!hash || !signature || !key) return !hash ? hash.error() : !signature ? signature.error() : key.error();
  const auto status = all({read_hex_digest(*hash, logged), take(bytes_at(*signature, "content"), logged.signature),
                           take(verifier_of(*key, "content"), logged.verifier)});
  if (!status) return status.error();
  return logged;
}

Result<LoggedSignature> read_dsse(const json::View& spec) {
  LoggedSignature logged{.of_payload = true};
  const auto hash = below(spec, {"payloadHash"}), signature = only_element(spec, "signatures");
  if (!hash || !signature) return !hash ? hash.error() : signature.error();
  const auto status = all({read_hex_digest(*hash, logged), take(bytes_at(*signature, "signature"), logged.signature),
                           take(verifier_of(*signature, "verifier"), logged.verifier)});
  if (!status) return status.error();
  return logged;
}

// The signature is in base64 twice: once as the envelope's text, once more as the entry's.
Result<LoggedSignature> read_intoto(const json::View& spec) {
  LoggedSignature logged{.of_payload = true};
  const auto hash = below(spec, {"content", "payloadHash"}), envelope = below(spec, {"content", "envelope"});
  if (!hash || !envelope) return !hash ? hash.error() : envelope.error();
  const auto signature = only_element(*envelope, "signatures");
  if (!signature) return signature.error();
  const auto outer = bytes_at(*signature, "sig");
  if (!outer) return outer.error();
  const auto inner = crypto::from_base64(*outer);
  if (!inner) return signature->error(Errc::malformed, "no base64 inside the base64 of 'sig'");
  logged.signature = *inner;
  const auto status =
      all({read_hex_digest(*hash, logged), take(verifier_of(*signature, "publicKey"), logged.verifier)});
  if (!status) return status.error();
  return logged;
}

Result<std::string> read_v2_verifier(const json::View& verifier) {
  const bool certified = verifier.find("x509Certificate").has_value();
  if (certified && verifier.find("publicKey")) return verifier.error(Errc::malformed, "a certificate and a key");
  const auto holder = verifier.member(certified ? "x509Certificate" : "publicKey");
  if (!holder) return holder.error();
  return bytes_at(*holder, "rawBytes");
}

Result<LoggedSignature> read_hashedrekord_v2(const json::View& spec) {
  static const std::map<std::string, std::string, std::less<>> algorithms{
      {"SHA2_256", "sha256"}, {"SHA2_384", "sha384"}, {"SHA2_512", "sha512"}};
  const auto data = below(spec, {"hashedRekordV002", "data"}),
             signature = below(spec, {"hashedRekordV002", "signature"});
  if (!data || !signature) return !data ? data.error() : signature.error();
  const auto algorithm = data->text("algorithm");
  if (!algorithm) return algorithm.error();
  const auto known = algorithms.find(*algorithm);
  if (known == algorithms.end()) return data->error(Errc::unsupported_version, "the digest algorithm " + *algorithm);
  const auto verifier = signature->member("verifier");
  if (!verifier) return verifier.error();
  LoggedSignature logged{.digest_algorithm = known->second};
  const auto status =
      all({take(bytes_at(*data, "digest"), logged.digest), take(bytes_at(*signature, "content"), logged.signature),
           take(read_v2_verifier(*verifier), logged.verifier)});
  if (!status) return status.error();
  return logged;
}

struct BodyKind {
  std::string_view kind, version;
  Result<LoggedSignature> (*read)(const json::View& spec);
};
constexpr BodyKind kinds[] = {
    {"hashedrekord", "0.0.1", read_hashedrekord},
    {"hashedrekord", "0.0.2", read_hashedrekord_v2},
    {"dsse", "0.0.1", read_dsse},
    {"intoto", "0.0.2", read_intoto},
};

}  // namespace

Result<LoggedSignature> parse_body(const LogEntry& entry) {
  const std::string artifact = "canonicalizedBody";
  const auto value = json::parse(entry.body, artifact, {.bytes = most_body_bytes});
  if (!value) return value.error();
  const json::View body(*value, artifact);
  const auto kind = body.text("kind"), version = body.text("apiVersion");
  if (!kind || !version) return !kind ? kind.error() : version.error();
  if (*kind != entry.kind || *version != entry.version)
    return body.error(Errc::malformed,
                      "the body is " + *kind + " " + *version + ", the entry says " + entry.kind + " " + entry.version);
  for (const BodyKind& known : kinds) {
    if (known.kind != *kind || known.version != *version) continue;
    const auto spec = body.member("spec");
    return spec ? known.read(*spec) : Result<LoggedSignature>(spec.error());
  }
  return body.error(Errc::unsupported_version, "an entry of the kind " + *kind + " " + *version);
}

}  // namespace gate::sigstore
