#include "gate/sigstore/trusted_root.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "gate/crypto/digest.h"

namespace gate::sigstore {
namespace {

using crypto::KeyType;
using Hash = crypto::PublicKey::Hash;
using Padding = crypto::PublicKey::RsaPadding;

constexpr std::size_t most_bytes = 4u << 20, most_logs = 256, most_chain = crypto::most_chain;

// sigstore_common.proto, PublicKeyDetails. LMS and ML-DSA are not here: nothing can check them yet.
constexpr std::array<KeyDetails, 18> known_details{{
    {"PKCS1_RSA_PKCS1V5", KeyType::rsa, Hash::sha256, Padding::pkcs1, false, true},
    {"PKCS1_RSA_PSS", KeyType::rsa, Hash::sha256, Padding::pss, false, true},
    {"PKIX_RSA_PKCS1V5", KeyType::rsa, Hash::sha256, Padding::pkcs1},
    {"PKIX_RSA_PSS", KeyType::rsa, Hash::sha256, Padding::pss},
    {"PKIX_RSA_PKCS1V15_2048_SHA256", KeyType::rsa, Hash::sha256, Padding::pkcs1},
    {"PKIX_RSA_PKCS1V15_3072_SHA256", KeyType::rsa, Hash::sha256, Padding::pkcs1},
    {"PKIX_RSA_PKCS1V15_4096_SHA256", KeyType::rsa, Hash::sha256, Padding::pkcs1},
    {"PKIX_RSA_PSS_2048_SHA256", KeyType::rsa, Hash::sha256, Padding::pss},
    {"PKIX_RSA_PSS_3072_SHA256", KeyType::rsa, Hash::sha256, Padding::pss},
    {"PKIX_RSA_PSS_4096_SHA256", KeyType::rsa, Hash::sha256, Padding::pss},
    {"PKIX_ECDSA_P256_SHA_256", KeyType::ecdsa_p256, Hash::sha256},
    {"PKIX_ECDSA_P256_HMAC_SHA_256", KeyType::ecdsa_p256, Hash::sha256},
    {"PKIX_ECDSA_P384_SHA_384", KeyType::ecdsa_p384, Hash::sha384},
    {"PKIX_ECDSA_P384_SHA_256", KeyType::ecdsa_p384, Hash::sha256},
    {"PKIX_ECDSA_P521_SHA_512", KeyType::ecdsa_p521, Hash::sha512},
    {"PKIX_ECDSA_P521_SHA_256", KeyType::ecdsa_p521, Hash::sha256},
    {"PKIX_ED25519", KeyType::ed25519},
    {"PKIX_ED25519_PH", KeyType::ed25519, Hash::natural, Padding::pkcs1, true},
}};

template <class T>
using Reader = Result<T> (*)(const json::View&);

// Each element of a list that may be absent, in its order.
template <class T>
Result<std::vector<T>> read_list(const json::View& parent, std::string_view key, Reader<T> read) {
  const auto elements = parent.elements_or_none(key);
  if (!elements) return elements.error();
  if (elements->size() > most_logs) return parent.error(Errc::too_large, "more than 256 elements");
  std::vector<T> list;
  for (const json::View& element : *elements) {
    auto made = read(element);
    if (!made) return made.error();
    list.push_back(std::move(*made));
  }
  return list;
}

Result<std::string> bytes_at(const json::View& parent, std::string_view key) {
  const auto text = parent.text(key);
  if (!text) return text.error();
  auto bytes = crypto::from_base64(*text);
  if (!bytes) return parent.error(Errc::malformed, "no base64 in '" + std::string(key) + "'");
  return std::move(*bytes);
}

Result<Instant> instant_at(const json::View& parent, std::string_view key) {
  const auto text = parent.text(key);
  if (!text) return text.error();
  const auto instant = parse_instant(*text);
  if (!instant) return parent.error(Errc::malformed, "no RFC 3339 time in '" + std::string(key) + "'");
  return *instant;
}

// A missing start would trust a key for all of the past.
Result<Interval> read_interval(const json::View& parent) {
  const auto view = parent.member("validFor");
  if (!view) return view.error();
  const auto start = instant_at(*view, "start");
  if (!start) return start.error();
  Interval interval{*start, std::nullopt};
  if (!view->find("end")) return interval;
  const auto end = instant_at(*view, "end");
  if (!end) return end.error();
  interval.end = *end;
  return interval;
}

// What ends a name and a key in the digest that is the key's id (C2SP signed-note, "Signatures").
std::string note_key_id(const std::string& name, const crypto::PublicKey& key) {
  constexpr std::size_t ed25519_bytes = 32;
  return crypto::sha256(name + "\n\x01" + key.der().substr(key.der().size() - ed25519_bytes));
}

std::string without_scheme(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

// A log's id is RFC 6962's digest of its key, but for the tiled ones that sign with Ed25519. Version 1 of Rekor with
// such a key has the digest as well.
Result<Log> read_log(const json::View& view) {
  const auto url = view.text("baseUrl");
  const auto key = view.member("publicKey"), id = view.member("logId");
  if (!url || !key || !id) return !url ? url.error() : !key ? key.error() : id.error();
  const auto details = key->text("keyDetails");
  const auto bytes = bytes_at(*key, "rawBytes"), id_bytes = bytes_at(*id, "keyId");
  const auto interval = read_interval(*key);
  if (!details || !bytes || !id_bytes) return !details ? details.error() : !bytes ? bytes.error() : id_bytes.error();
  if (!interval) return interval.error();
  auto log = make_log(*url, *details, *bytes, *interval);
  if (!log) return key->error(log.error().code, log.error().what);
  if (log->key && *id_bytes != log->id && *id_bytes != crypto::sha256(log->key->der()))
    return id->error(Errc::malformed, "a log id that does not follow from the log's key");
  log->id = *id_bytes;
  return log;
}

Result<std::string> read_certificate(const json::View& view) { return bytes_at(view, "rawBytes"); }

Result<Authority> read_authority(const json::View& view) {
  const auto chain = view.member("certChain");
  if (!chain) return chain.error();
  const auto interval = read_interval(view);
  if (!interval) return interval.error();
  auto certificates = read_list<std::string>(*chain, "certificates", read_certificate);
  if (!certificates) return certificates.error();
  if (certificates->empty() || certificates->size() > most_chain)
    return chain->error(Errc::malformed, "a chain of no certificate, or of more than 8");
  const auto url = view.text_or("uri", "");
  if (!url) return url.error();
  return Authority{*url, AuthorityChain(std::move(*certificates)), *interval};
}

Status check_media_type(const json::View& root) {
  const auto type = root.text("mediaType");
  if (!type) return type.error();
  constexpr std::array known{"application/vnd.dev.sigstore.trustedroot+json;version=0.1",
                             "application/vnd.dev.sigstore.trustedroot.v0.1+json",
                             "application/vnd.dev.sigstore.trustedroot.v0.2+json"};
  if (std::find(known.begin(), known.end(), *type) == known.end())
    return root.error(Errc::unsupported_version, "a trusted root of the media type '" + *type + "'");
  return Done{};
}

}  // namespace

std::string describe(const Interval& interval) {
  return format(interval.start) + " to " + (interval.end ? format(*interval.end) : "now");
}

const KeyDetails* find_key_details(std::string_view name) {
  const auto found =
      std::find_if(known_details.begin(), known_details.end(), [&](const KeyDetails& d) { return d.name == name; });
  return found == known_details.end() || name.empty() ? nullptr : &*found;
}

struct AuthorityChain::State {
  std::vector<std::string> der;
  Result<std::vector<crypto::Certificate>> read{std::vector<crypto::Certificate>{}};
  std::once_flag once;

  void read_all() {
    std::vector<crypto::Certificate> chain;
    for (const std::string& each : der) {
      auto certificate = crypto::Certificate::from_der(each);
      if (!certificate) {
        read = certificate.error();
        return;
      }
      chain.push_back(std::move(*certificate));
    }
    read = std::move(chain);
  }
};

AuthorityChain::AuthorityChain(std::initializer_list<crypto::Certificate> chain) : state_(std::make_shared<State>()) {
  std::call_once(state_->once, [&] { state_->read = std::vector(chain); });
}

AuthorityChain::AuthorityChain(std::vector<std::string> der) : state_(std::make_shared<State>()) {
  state_->der = std::move(der);
}

const Result<std::vector<crypto::Certificate>>& AuthorityChain::read() const {
  std::call_once(state_->once, [this] { state_->read_all(); });
  return state_->read;
}

bool Log::verify(std::string_view message, std::string_view signature) const {
  const KeyDetails* details = find_key_details(key_details);
  if (!key || !details) return false;
  return details->prehashed ? key->verify_ed25519ph(message, signature)
                            : key->verify(message, signature, details->hash, details->padding);
}

Result<Log> make_log(std::string url, std::string key_details, std::string_view bytes, Interval valid) {
  Log log{.url = std::move(url),
          .name = {},
          .id = crypto::sha256(bytes),
          .key_details = std::move(key_details),
          .key = {},
          .valid = valid};
  log.name = without_scheme(log.url);
  const KeyDetails* known = find_key_details(log.key_details);
  if (!known) return log;
  auto key = known->pkcs1 ? crypto::PublicKey::from_pkcs1(bytes) : crypto::PublicKey::from_der(bytes);
  if (!key) return key.error();
  if (key->type() != known->type)
    return Error{Errc::malformed, "a key of another type than " + log.key_details + " says", {}};
  log.id = known->type == KeyType::ed25519 ? note_key_id(log.name, *key) : crypto::sha256(key->der());
  log.key = std::move(*key);
  return log;
}

static Result<TrustedRoot> read_trusted_root(const json::View& view) {
  auto transparency = read_list<Log>(view, "tlogs", read_log);
  auto certificate = read_list<Log>(view, "ctlogs", read_log);
  auto issuers = read_list<Authority>(view, "certificateAuthorities", read_authority);
  auto stampers = read_list<Authority>(view, "timestampAuthorities", read_authority);
  if (!transparency) return transparency.error();
  if (!certificate) return certificate.error();
  if (!issuers) return issuers.error();
  if (!stampers) return stampers.error();
  return TrustedRoot{std::move(*transparency), std::move(*certificate), std::move(*issuers), std::move(*stampers)};
}

Result<TrustedRoot> parse_trusted_root(const Document& document) {
  const auto value = json::parse(document.bytes, document.origin.artifact, {.bytes = most_bytes});
  if (!value) return value.error();
  const json::View view(*value, document.origin.artifact);
  if (const auto status = check_media_type(view); !status) return status.error();
  return read_trusted_root(view);
}

}  // namespace gate::sigstore
