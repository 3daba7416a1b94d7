#include "gate/crypto/public_key.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "gate/crypto/digest.h"
#include "gate/crypto/handles.h"
#include "gate/crypto/library.h"

namespace gate::crypto {
namespace {

constexpr int least_rsa_bits = 2048, most_rsa_bits = 8192, most_exponent_bits = 64;
constexpr std::size_t most_pem_bytes = 64 << 10;

using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using ParameterBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;

Error malformed(std::string what) { return {Errc::malformed, std::move(what), {}}; }
Error unsupported(std::string what) { return {Errc::unsupported_version, std::move(what), {}}; }
Error weak(std::string what) { return {Errc::untrusted, std::move(what), {}}; }

Number number(const EVP_PKEY* key, const char* parameter) {
  BIGNUM* value = nullptr;
  EVP_PKEY_get_bn_param(key, parameter, &value);
  return Number(value);
}

Result<KeyType> rsa_type(const EVP_PKEY* key) {
  const Number modulus = number(key, OSSL_PKEY_PARAM_RSA_N), exponent = number(key, OSSL_PKEY_PARAM_RSA_E);
  if (!modulus || !exponent) return malformed("an RSA key without modulus or exponent");
  const int bits = BN_num_bits(modulus.get());
  if (bits < least_rsa_bits || bits > most_rsa_bits) {
    return weak("an RSA key of " + std::to_string(bits) + " bits; 2048 to 8192 are accepted");
  }
  if (!BN_is_odd(modulus.get())) return weak("an RSA key with an even modulus");
  if (!BN_is_odd(exponent.get()) || BN_is_one(exponent.get()) || BN_num_bits(exponent.get()) > most_exponent_bits) {
    return weak("an RSA key whose public exponent is even, below 3, or longer than 64 bits");
  }
  return KeyType::rsa;
}

struct Curve {
  KeyType type;
  const char *name, *other_name;
  std::size_t point_bytes;  // uncompressed
};
constexpr std::array<Curve, 3> curves{{
    {KeyType::ecdsa_p256, "P-256", "prime256v1", 65},
    {KeyType::ecdsa_p384, "P-384", "secp384r1", 97},
    {KeyType::ecdsa_p521, "P-521", "secp521r1", 133},
}};
constexpr const char* accepted_curves = "P-256, P-384 and P-521 are accepted";

const Curve* curve_of(KeyType type) {
  const auto found = std::find_if(curves.begin(), curves.end(), [&](const Curve& curve) { return curve.type == type; });
  return found == curves.end() ? nullptr : &*found;
}

Result<KeyType> ecdsa_type(EVP_PKEY* key) {
  int explicit_curve = 0;
  EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &explicit_curve);
  if (explicit_curve)
    return unsupported("an elliptic curve given by its parameters; " + std::string(accepted_curves) + ", by name");
  char group[80] = {};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, group, sizeof group, &size) != 1)
    return malformed("an elliptic curve without a name");
  const auto curve = std::find_if(curves.begin(), curves.end(), [&](const Curve& known) {
    return std::strcmp(group, known.name) == 0 || std::strcmp(group, known.other_name) == 0;
  });
  if (curve == curves.end()) return unsupported("the elliptic curve " + std::string(group) + "; " + accepted_curves);
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(library(), key, nullptr));
  // Their cofactor is 1: a point on one of these curves has the right order.
  if (!context || EVP_PKEY_public_check_quick(context.get()) != 1)
    return malformed("a point that is not on its elliptic curve");
  return curve->type;
}

Result<KeyType> accepted_type(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519")) return KeyType::ed25519;
  if (EVP_PKEY_is_a(key, "RSA")) return rsa_type(key);
  if (EVP_PKEY_is_a(key, "EC")) return ecdsa_type(key);
  const char* kind = EVP_PKEY_get0_type_name(key);
  return unsupported("a key of type " + std::string(kind ? kind : "unknown") +
                     "; Ed25519, ECDSA (P-256, P-384, P-521) and RSA are accepted");
}

// FIPS 204, registered in RFC 9881: known by name, so that nobody takes such a key for a damaged one.
std::string_view name_of_unsupported(std::string_view oid) {
  if (oid == "2.16.840.1.101.3.4.3.17") return " (ML-DSA-44)";
  if (oid == "2.16.840.1.101.3.4.3.18") return " (ML-DSA-65)";
  if (oid == "2.16.840.1.101.3.4.3.19") return " (ML-DSA-87)";
  return "";
}

// Why OpenSSL made no key of a SubjectPublicKeyInfo: the algorithm, or the bytes.
Error no_key_in(std::string_view spki) {
  const unsigned char* at = bytes_of(spki);
  const Owned<X509_PUBKEY, X509_PUBKEY_free> info(d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
  ASN1_OBJECT* algorithm = nullptr;
  if (!info || X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, info.get()) != 1)
    return malformed("no SubjectPublicKeyInfo");
  switch (OBJ_obj2nid(algorithm)) {
    case NID_rsaEncryption:
    case NID_X9_62_id_ecPublicKey:
    case NID_ED25519: return malformed("no valid key in the SubjectPublicKeyInfo");
    default: break;
  }
  const std::string oid = dotted(algorithm);
  return unsupported("a key of the algorithm " + oid + std::string(name_of_unsupported(oid)) +
                     "; Ed25519, ECDSA (P-256, P-384, P-521) and RSA are accepted");
}

// One key has one encoding, however its file spells it: keys are counted by their digest.
std::string canonical_der(EVP_PKEY* key, KeyType type) {
  if (curve_of(type)) {
    EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                   OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED);
  }
  return encoded<i2d_PUBKEY>(key);
}

Key from_parameters(const char* type, OSSL_PARAM* parameters) {
  const KeyContext context(EVP_PKEY_CTX_new_from_name(library(), type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) return nullptr;
  return Key(key);
}

Key from_point(const Curve& curve, std::string_view uncompressed_point) {
  std::string group = curve.name, point(uncompressed_point);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end(),
  };
  return from_parameters("EC", parameters);
}

// The usual keys have one SubjectPublicKeyInfo each, all but its end fixed (RFC 5480, RFC 8410). OpenSSL's decoders
// take longer to read such a key than to verify with it, so that these three do not go through them. Null for any
// other.
Key from_usual_form(std::string_view spki) {
  using namespace std::string_view_literals;
  constexpr std::string_view p256 =
      "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00"sv;
  constexpr std::string_view p384 =
      "\x30\x76\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x62\x00"sv;
  constexpr std::string_view ed25519 = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"sv;
  const auto after = [&](std::string_view header, std::size_t size) {
    return spki.starts_with(header) && spki.size() == header.size() + size ? spki.substr(header.size())
                                                                           : std::string_view();
  };
  for (const auto& [header, curve] : {std::pair{p256, curves[0]}, std::pair{p384, curves[1]}}) {
    const std::string_view point = after(header, curve.point_bytes);
    if (!point.empty() && point.front() == 4) return from_point(curve, point);
  }
  const std::string_view raw = after(ed25519, 32);
  if (raw.empty()) return nullptr;
  return Key(EVP_PKEY_new_raw_public_key_ex(library(), "ED25519", nullptr, bytes_of(raw), raw.size()));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The DER inside a file that holds one PEM block and nothing else.
Result<std::string> pem_body(std::string_view pem) {
  constexpr std::string_view begin = "-----BEGIN PUBLIC KEY-----", end = "-----END PUBLIC KEY-----";
  std::string_view text = trimmed(pem);
  if (text.empty()) return Error{Errc::empty, "no key in the file", {}};
  if (text.size() > most_pem_bytes) return Error{Errc::too_large, "longer than any public key (64 KiB)", {}};
  if (text.find("PRIVATE KEY-----") != std::string_view::npos)
    return malformed("a private key; the public key belongs here");
  if (!text.starts_with(begin)) return malformed("no PEM public key (\"-----BEGIN PUBLIC KEY-----\")");
  if (!text.ends_with(end) || text.size() < begin.size() + end.size())
    return malformed("the PEM block does not end, or something follows it");
  text.remove_prefix(begin.size());
  text.remove_suffix(end.size());
  if (!text.starts_with('\n') && !text.starts_with("\r\n")) return malformed("text after the PEM header");
  std::string digits;
  for (const char c : text) {
    if (c == '-' || c == '_') return malformed("more than one PEM block, or bad base64");
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') digits += c;
  }
  auto der = from_base64(digits);
  if (!der || digits.size() % 4 != 0) return malformed("bad base64 in the PEM block");
  return std::move(*der);
}

const char* digest_name(PublicKey::Hash hash, KeyType type) {
  switch (hash) {
    case PublicKey::Hash::natural: break;
    case PublicKey::Hash::sha256: return "SHA256";
    case PublicKey::Hash::sha384: return "SHA384";
    case PublicKey::Hash::sha512: return "SHA512";
  }
  return type == KeyType::ecdsa_p384 ? "SHA384" : type == KeyType::ecdsa_p521 ? "SHA512" : "SHA256";
}

bool set_padding(EVP_PKEY_CTX* options, KeyType type, PublicKey::RsaPadding padding) {
  if (type != KeyType::rsa) return true;
  if (padding == PublicKey::RsaPadding::pkcs1) return EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PADDING) == 1;
  return EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_AUTO) == 1;
}

// RFC 8410, section 4: an Ed25519 key ends its SubjectPublicKeyInfo.
constexpr std::size_t ed25519_bytes = 32, ed25519_signature_bytes = 64;

const unsigned char* ed25519_key(std::string_view der) { return bytes_of(der.substr(der.size() - ed25519_bytes)); }

// libsodium takes half of OpenSSL's time, and refuses keys of small order as well.
bool verify_ed25519(std::string_view der, std::string_view message, std::string_view signature) {
  return signature.size() == ed25519_signature_bytes &&
         crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(), ed25519_key(der)) == 0;
}

}  // namespace

struct PublicKey::Impl {
  KeyType type;
  Key key;
  std::string der;

  // `known_der`: what the key's one encoding is, where the caller has it.
  static Result<PublicKey> accept(Key key, std::string_view known_der = {}) {
    if (!key) return malformed("not a valid public key");
    const auto type = accepted_type(key.get());
    if (!type) return type.error();
    std::string der = known_der.empty() ? canonical_der(key.get(), *type) : std::string(known_der);
    if (der.empty()) return malformed("a public key that cannot be encoded");
    return PublicKey(std::make_shared<const Impl>(Impl{*type, std::move(key), std::move(der)}));
  }
};

std::string_view name(KeyType type) {
  switch (type) {
    case KeyType::ed25519: return "Ed25519";
    case KeyType::ecdsa_p256: return "ECDSA P-256";
    case KeyType::ecdsa_p384: return "ECDSA P-384";
    case KeyType::ecdsa_p521: return "ECDSA P-521";
    case KeyType::rsa: return "RSA";
  }
  return "unknown";
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
  const auto der = pem_body(pem);
  if (!der) return der.error();
  return from_der(*der);
}

Result<PublicKey> PublicKey::from_der(std::string_view spki) {
  const QuietErrors quiet;
  const unsigned char* at = bytes_of(spki);
  if (spki.size() > most_pem_bytes) return Error{Errc::too_large, "longer than any public key (64 KiB)", {}};
  if (Key usual = from_usual_form(spki)) return Impl::accept(std::move(usual), spki);
  Key key(d2i_PUBKEY_ex(nullptr, &at, static_cast<long>(spki.size()), library(), nullptr));
  if (!key) return no_key_in(spki);
  if (at != bytes_of(spki) + spki.size()) return malformed("bytes after the key");
  return Impl::accept(std::move(key));
}

Result<PublicKey> PublicKey::from_pkcs1(std::string_view der) {
  const QuietErrors quiet;
  const unsigned char* at = bytes_of(der);
  if (der.size() > most_pem_bytes) return Error{Errc::too_large, "longer than any public key (64 KiB)", {}};
  Key key(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
  if (!key || at != bytes_of(der) + der.size()) return malformed("no RSAPublicKey");
  // Once more as a SubjectPublicKeyInfo, so that the key lives in this folder's own context of OpenSSL.
  return from_der(encoded<i2d_PUBKEY>(key.get()));
}

Result<PublicKey> PublicKey::from_ed25519(std::string_view raw32) {
  const QuietErrors quiet;
  if (raw32.size() != 32)
    return malformed("an Ed25519 key of " + std::to_string(raw32.size()) + " bytes instead of 32");
  return Impl::accept(
      Key(EVP_PKEY_new_raw_public_key_ex(library(), "ED25519", nullptr, bytes_of(raw32), raw32.size())));
}

Result<PublicKey> PublicKey::from_ecdsa(KeyType curve, std::string_view uncompressed_point) {
  const QuietErrors quiet;
  const Curve* known = curve_of(curve);
  if (!known) return malformed("not the name of an elliptic curve");
  if (uncompressed_point.size() != known->point_bytes || uncompressed_point.front() != 4) {
    return malformed("not an uncompressed point of " + std::string(name(curve)));
  }
  return Impl::accept(from_point(*known, uncompressed_point));
}

Result<PublicKey> PublicKey::from_rsa(std::string_view exponent_big_endian, std::string_view modulus_big_endian) {
  const QuietErrors quiet;
  // One byte more than the largest modulus: SSH puts a zero before a number whose first bit is set.
  if (exponent_big_endian.size() > 16 || modulus_big_endian.size() > most_rsa_bits / 8 + 1) {
    return weak("an RSA key with a modulus of more than 8192 bits or a public exponent of more than 64");
  }
  const auto read = [](std::string_view bytes) {
    return Number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
  };
  const Number exponent = read(exponent_big_endian), modulus = read(modulus_big_endian);
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  if (!exponent || !modulus || !builder ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
    return malformed("an RSA key that cannot be read");
  }
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  return Impl::accept(parameters ? from_parameters("RSA", parameters.get()) : nullptr);
}

KeyType PublicKey::type() const { return impl_->type; }
std::string digest(PublicKey::Hash hash, std::string_view bytes) {
  switch (hash) {
    case PublicKey::Hash::sha384: return sha384(bytes);
    case PublicKey::Hash::sha512: return sha512(bytes);
    default: return sha256(bytes);
  }
}

const std::string& PublicKey::der() const { return impl_->der; }
std::string PublicKey::sha256_hex() const { return crypto::sha256_hex(impl_->der); }

bool PublicKey::verify(std::string_view message, std::string_view signature, Hash hash, RsaPadding padding) const {
  if (impl_->type == KeyType::ed25519) return hash == Hash::natural && verify_ed25519(impl_->der, message, signature);
  const QuietErrors quiet;
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;  // belongs to `context`
  return context &&
         EVP_DigestVerifyInit_ex(context.get(), &options, digest_name(hash, impl_->type), library(), nullptr,
                                 impl_->key.get(), nullptr) == 1 &&
         set_padding(options, impl_->type, padding) &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

bool PublicKey::verify_digest(std::string_view digest, std::string_view signature, Hash hash,
                              RsaPadding padding) const {
  const QuietErrors quiet;
  if (impl_->type == KeyType::ed25519) return false;
  const Owned<EVP_MD, EVP_MD_free> algorithm(EVP_MD_fetch(library(), digest_name(hash, impl_->type), nullptr));
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(library(), impl_->key.get(), nullptr));
  return algorithm && context && digest.size() == static_cast<std::size_t>(EVP_MD_get_size(algorithm.get())) &&
         EVP_PKEY_verify_init(context.get()) == 1 && set_padding(context.get(), impl_->type, padding) &&
         EVP_PKEY_CTX_set_signature_md(context.get(), algorithm.get()) == 1 &&
         EVP_PKEY_verify(context.get(), bytes_of(signature), signature.size(), bytes_of(digest), digest.size()) == 1;
}

bool PublicKey::verify_ed25519ph(std::string_view message, std::string_view signature) const {
  if (impl_->type != KeyType::ed25519 || signature.size() != ed25519_signature_bytes) return false;
  crypto_sign_ed25519ph_state state;
  return crypto_sign_ed25519ph_init(&state) == 0 &&
         crypto_sign_ed25519ph_update(&state, bytes_of(message), message.size()) == 0 &&
         crypto_sign_ed25519ph_final_verify(&state, bytes_of(signature), ed25519_key(impl_->der)) == 0;
}

}  // namespace gate::crypto
