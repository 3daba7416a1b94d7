#include "tests/unit/sigstore_authority.h"

#include <gtest/gtest.h>
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "gate/crypto/digest.h"
#include "gate/sigstore/merkle.h"

namespace gate::test {
namespace {

template <auto encode, class T>
std::string encoded(T* object) {
  unsigned char* bytes = nullptr;
  const int size = encode(object, &bytes);
  EXPECT_GT(size, 0);
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(std::max(size, 0)));
  OPENSSL_free(bytes);
  return text;
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::shared_ptr<X509> owned(X509* x509) { return {x509, X509_free}; }

void add_extension(X509* x509, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  ASSERT_NE(extension, nullptr) << value;
  X509_add_ext(x509, extension, -1);
  X509_EXTENSION_free(extension);
}

void add_extension(X509* x509, const RawExtension& raw) {
  ASN1_OBJECT* oid = OBJ_txt2obj(raw.oid.c_str(), 1);
  ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(octets, bytes_of(raw.der), static_cast<int>(raw.der.size()));
  X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, oid, raw.critical, octets);
  X509_add_ext(x509, extension, -1);
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(octets);
  ASN1_OBJECT_free(oid);
}

void set_name(X509_NAME* name, const std::string& text) {
  if (!text.empty()) X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes_of(text), -1, -1, 0);
}

// A key that only its algorithm's name is known of.
void set_unknown_key(X509* x509, const std::string& oid) {
  unsigned char* bytes = static_cast<unsigned char*>(OPENSSL_malloc(64));
  std::fill(bytes, bytes + 64, 7);
  X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(x509), OBJ_txt2obj(oid.c_str(), 1), V_ASN1_UNDEF, nullptr, bytes, 64);
}

std::string big_endian(std::uint64_t value, int width) {
  std::string bytes;
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

std::string vector16(const std::string& bytes) { return big_endian(bytes.size(), 2) + bytes; }

// RFC 6962, section 3.2: over the certificate as it is without the list.
std::string make_sct(const KeyPair& log, const std::string& issuer_key, X509* x509, Instant at) {
  const std::string tbs = encoded<i2d_re_X509_tbs>(x509);
  const std::string time = big_endian(static_cast<std::uint64_t>(at.time_since_epoch().count()) * 1000, 8);
  const std::string message = std::string(2, '\0') + time + std::string("\0\1", 2) + crypto::sha256(issuer_key) +
                              big_endian(tbs.size(), 3) + tbs + big_endian(0, 2);
  return std::string(1, '\0') + crypto::sha256(public_der(log)) + time + big_endian(0, 2) + "\x04\x03" +
         vector16(sign(log, message));
}

void sign_certificate(X509* x509, const KeyPair& key) {
  const bool ed25519 = EVP_PKEY_is_a(key.get(), "ED25519") == 1;
  ASSERT_GT(X509_sign(x509, key.get(), ed25519 ? nullptr : EVP_sha256()), 0);
}

ASN1_INTEGER* serial_of_token(TS_RESP_CTX*, void*) {
  ASN1_INTEGER* serial = ASN1_INTEGER_new();
  ASN1_INTEGER_set(serial, 7);
  return serial;
}

int time_of_token(TS_RESP_CTX*, void* data, long* seconds, long* microseconds) {
  *seconds = static_cast<long>(static_cast<Instant*>(data)->time_since_epoch().count());
  *microseconds = 0;
  return 1;
}

}  // namespace

KeyPair make_key(const std::string& type) {
  EVP_PKEY* key = type == "RSA"       ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048})
                  : type == "ED25519" ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                      : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", type.c_str());
  EXPECT_NE(key, nullptr) << type;
  return {key, EVP_PKEY_free};
}

std::string public_der(const KeyPair& key) { return encoded<i2d_PUBKEY>(key.get()); }

std::string sign(const KeyPair& key, std::string_view message, const char* digest) {
  const bool ed25519 = EVP_PKEY_is_a(key.get(), "ED25519") == 1;
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::size_t size = 0;
  EXPECT_EQ(EVP_DigestSignInit_ex(context, nullptr, ed25519 ? nullptr : digest, nullptr, nullptr, key.get(), nullptr),
            1);
  EXPECT_EQ(EVP_DigestSign(context, nullptr, &size, bytes_of(message), message.size()), 1);
  std::string signature(size, '\0');
  EXPECT_EQ(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(message),
                           message.size()),
            1);
  signature.resize(size);
  EVP_MD_CTX_free(context);
  return signature;
}

std::string fulcio_oid(int number) { return "1.3.6.1.4.1.57264.1." + std::to_string(number); }
std::string utf8_der(const std::string& text) { return "\x0c" + std::string(1, static_cast<char>(text.size())) + text; }

std::string pem(const std::string& label, const std::string& der) {
  return "-----BEGIN " + label + "-----\n" + crypto::to_base64(der) + "\n-----END " + label + "-----\n";
}

std::string octets_der(const std::string& bytes) {
  ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(octets, bytes_of(bytes), static_cast<int>(bytes.size()));
  std::string der = encoded<i2d_ASN1_OCTET_STRING>(octets);
  ASN1_OCTET_STRING_free(octets);
  return der;
}

std::string Holder::der() const { return encoded<i2d_X509>(x509.get()); }

crypto::Certificate Holder::certificate() const {
  auto read = crypto::Certificate::from_der(der());
  EXPECT_TRUE(read) << (read ? "" : describe(read.error()));
  return *read;
}

Holder issue(const Holder& issuer, const CertificateSpec& spec, KeyPair key, const std::vector<KeyPair>& seen_by,
             Instant seen_at) {
  static long serial = 1000;
  auto x509 = owned(X509_new());
  X509* made = x509.get();
  X509* parent = issuer.x509 ? issuer.x509.get() : made;
  X509_set_version(made, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
  ASN1_TIME_set(X509_getm_notBefore(made), spec.from.time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(made), spec.until.time_since_epoch().count());
  set_name(X509_get_subject_name(made), spec.subject);
  X509_set_issuer_name(made, X509_get_subject_name(parent));
  X509_set_pubkey(made, key.get());
  if (!spec.unknown_key.empty()) set_unknown_key(made, spec.unknown_key);
  add_extension(made, parent, NID_basic_constraints, spec.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  add_extension(made, parent, NID_key_usage,
                spec.authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  add_extension(made, parent, NID_subject_key_identifier, "hash");
  if (issuer.x509) add_extension(made, parent, NID_authority_key_identifier, "keyid:always");
  if (!spec.usages.empty()) add_extension(made, parent, NID_ext_key_usage, spec.usages);
  if (!spec.names.empty()) add_extension(made, parent, NID_subject_alt_name, spec.names);
  for (const RawExtension& raw : spec.extensions) add_extension(made, raw);
  const KeyPair& signer = issuer.x509 ? issuer.key : key;
  sign_certificate(made, signer);
  if (!seen_by.empty()) {
    std::string list;
    for (const KeyPair& log : seen_by) list += vector16(make_sct(log, public_der(issuer.key), made, seen_at));
    add_extension(made, {"1.3.6.1.4.1.11129.2.4.2", octets_der(vector16(list)), false});
    sign_certificate(made, signer);
  }
  return {std::move(key), std::move(x509)};
}

Holder make_root(const std::string& name, Instant from, Instant until) {
  return issue({}, {.subject = name, .from = from, .until = until, .authority = true}, make_key());
}

std::string make_timestamp(const Holder& authority, std::string_view message, Instant at,
                           const std::vector<Holder>& embedded) {
  TS_REQ* request = TS_REQ_new();
  TS_MSG_IMPRINT* imprint = TS_MSG_IMPRINT_new();
  X509_ALGOR* algorithm = X509_ALGOR_new();
  X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr);
  const std::string digest = crypto::sha256(message);
  TS_REQ_set_version(request, 1);
  TS_MSG_IMPRINT_set_algo(imprint, algorithm);
  TS_MSG_IMPRINT_set_msg(imprint, const_cast<unsigned char*>(bytes_of(digest)), static_cast<int>(digest.size()));
  TS_REQ_set_msg_imprint(request, imprint);
  TS_REQ_set_cert_req(request, embedded.empty() ? 0 : 1);
  const std::string request_der = encoded<i2d_TS_REQ>(request);
  X509_ALGOR_free(algorithm);
  TS_MSG_IMPRINT_free(imprint);
  TS_REQ_free(request);

  TS_RESP_CTX* context = TS_RESP_CTX_new();
  ASN1_OBJECT* policy = OBJ_txt2obj("1.3.6.1.4.1.57264.2", 1);
  STACK_OF(X509)* others = sk_X509_new_null();
  for (const Holder& holder : embedded) sk_X509_push(others, holder.x509.get());
  TS_RESP_CTX_set_signer_cert(context, authority.x509.get());
  TS_RESP_CTX_set_signer_key(context, authority.key.get());
  TS_RESP_CTX_set_signer_digest(context, EVP_sha256());
  TS_RESP_CTX_set_ess_cert_id_digest(context, EVP_sha256());
  TS_RESP_CTX_set_certs(context, others);
  TS_RESP_CTX_set_def_policy(context, policy);
  TS_RESP_CTX_add_md(context, EVP_sha256());
  TS_RESP_CTX_set_serial_cb(context, serial_of_token, nullptr);
  TS_RESP_CTX_set_time_cb(context, time_of_token, &at);
  BIO* in = BIO_new_mem_buf(request_der.data(), static_cast<int>(request_der.size()));
  TS_RESP* response = TS_RESP_create_response(context, in);
  EXPECT_NE(response, nullptr);
  std::string der = response ? encoded<i2d_TS_RESP>(response) : std::string();
  TS_RESP_free(response);
  BIO_free(in);
  sk_X509_free(others);
  ASN1_OBJECT_free(policy);
  TS_RESP_CTX_free(context);
  return der;
}

std::string bare_token(const std::string& response) {
  const unsigned char* at = bytes_of(response);
  TS_RESP* read = d2i_TS_RESP(nullptr, &at, static_cast<long>(response.size()));
  EXPECT_NE(read, nullptr);
  std::string token = encoded<i2d_PKCS7>(TS_RESP_get_token(read));
  TS_RESP_free(read);
  return token;
}

std::string make_cms(const Holder& signer, std::string_view content,
                     const std::function<std::vector<RawAttribute>(const crypto::SignerInfo&)>& vouched) {
  BIO* in = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
  CMS_ContentInfo* cms =
      CMS_sign(signer.x509.get(), signer.key.get(), nullptr, in, CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP);
  BIO_free(in);
  EXPECT_NE(cms, nullptr);
  const auto read = crypto::parse_signed_data(encoded<i2d_CMS_ContentInfo>(cms));
  EXPECT_TRUE(read);
  CMS_SignerInfo* info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
  for (const RawAttribute& each : vouched(read->signers.front())) {
    const unsigned char* at = bytes_of(each.der);
    ASN1_TYPE* value = d2i_ASN1_TYPE(nullptr, &at, static_cast<long>(each.der.size()));
    EXPECT_NE(value, nullptr);
    ASN1_OBJECT* oid = OBJ_txt2obj(each.oid.c_str(), 1);
    X509_ATTRIBUTE* attribute =
        X509_ATTRIBUTE_create_by_OBJ(nullptr, oid, value->type, ASN1_STRING_get0_data(value->value.asn1_string),
                                     ASN1_STRING_length(value->value.asn1_string));
    EXPECT_EQ(CMS_unsigned_add1_attr(info, attribute), 1);
    X509_ATTRIBUTE_free(attribute);
    ASN1_OBJECT_free(oid);
    ASN1_TYPE_free(value);
  }
  std::string der = encoded<i2d_CMS_ContentInfo>(cms);
  CMS_ContentInfo_free(cms);
  return der;
}

sigstore::Log TestLog::trusted(sigstore::Interval valid) const {
  auto log = sigstore::make_log(url, tiled ? "PKIX_ED25519" : "PKIX_ECDSA_P256_SHA_256", public_der(key), valid);
  EXPECT_TRUE(log);
  return *log;
}

json::Value TestLog::entry(const std::string& kind, const std::string& version, const std::string& body,
                           std::optional<Instant> promised_at) const {
  const sigstore::Log log = trusted({});
  const std::string sibling(32, 's'), leaf = sigstore::leaf_hash(body);
  const std::string root = *sigstore::inclusion_root(0, 2, leaf, {sibling});
  const std::string text = log.name + "\n2\n" + crypto::to_base64(root) + "\n";
  const std::string note =
      text + "\n\xe2\x80\x94 " + log.name + " " + crypto::to_base64(log.id.substr(0, 4) + sign(key, text)) + "\n";
  json::Value made{
      {"logIndex", "41"},
      {"logId", {{"keyId", crypto::to_base64(log.id)}}},
      {"kindVersion", {{"kind", kind}, {"version", version}}},
      {"inclusionProof",
       {{"logIndex", "0"},
        {"treeSize", "2"},
        {"rootHash", crypto::to_base64(root)},
        {"hashes", json::Array{crypto::to_base64(sibling)}},
        {"checkpoint", {{"envelope", note}}}}},
      {"canonicalizedBody", crypto::to_base64(body)},
  };
  if (!promised_at) return made;
  const std::int64_t seconds = promised_at->time_since_epoch().count();
  const std::string promised = json::to_string({{"body", crypto::to_base64(body)},
                                                {"integratedTime", seconds},
                                                {"logID", crypto::to_hex(log.id)},
                                                {"logIndex", 41}});
  made["integratedTime"] = std::to_string(seconds);
  made["inclusionPromise"] = {{"signedEntryTimestamp", crypto::to_base64(sign(key, promised))}};
  return made;
}

}  // namespace gate::test
