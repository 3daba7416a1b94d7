#include "gate/crypto/cms.h"

#include <algorithm>

#include "gate/crypto/digest.h"
#include "gate/crypto/library.h"
#include "gate/crypto/x509_access.h"

namespace gate::crypto {
namespace {

constexpr int most_attributes = 64, most_values = 16;

using Cms = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;

Error malformed(std::string what) { return {Errc::malformed, std::move(what), {}}; }

std::optional<PublicKey::Hash> hash_of(int nid) {
  switch (nid) {
    case NID_sha256: return PublicKey::Hash::sha256;
    case NID_sha384: return PublicKey::Hash::sha384;
    case NID_sha512: return PublicKey::Hash::sha512;
    default: return std::nullopt;
  }
}

Error refused_algorithm(int nid, const ASN1_OBJECT* object) {
  const bool weak = nid == NID_sha1 || nid == NID_md5 || nid == NID_md4 || nid == NID_ripemd160 || nid == NID_sha224;
  return {weak ? Errc::untrusted : Errc::unsupported_version,
          (weak ? "a weak algorithm, " : "an algorithm that is not supported, ") + dotted(object),
          {}};
}

// What the signature's own algorithm says has to agree with the digest's; RFC 5754, section 3.
Status read_algorithms(CMS_SignerInfo* info, SignerInfo& signer) {
  X509_ALGOR *digest = nullptr, *signature = nullptr;
  CMS_SignerInfo_get0_algs(info, nullptr, nullptr, &digest, &signature);
  const ASN1_OBJECT *digest_name = nullptr, *signature_name = nullptr;
  if (!digest || !signature) return malformed("a signer without algorithms");
  X509_ALGOR_get0(&digest_name, nullptr, nullptr, digest);
  X509_ALGOR_get0(&signature_name, nullptr, nullptr, signature);
  const auto hash = hash_of(OBJ_obj2nid(digest_name));
  if (!hash) return refused_algorithm(OBJ_obj2nid(digest_name), digest_name);
  signer.hash = *hash;
  const int scheme = OBJ_obj2nid(signature_name);
  signer.padding = scheme == NID_rsassaPss ? PublicKey::RsaPadding::pss : PublicKey::RsaPadding::pkcs1;
  if (scheme == NID_rsaEncryption || scheme == NID_rsassaPss || scheme == NID_X9_62_id_ecPublicKey ||
      scheme == NID_ED25519)
    return Done{};
  int digest_of_scheme = 0, key_of_scheme = 0;
  if (OBJ_find_sigid_algs(scheme, &digest_of_scheme, &key_of_scheme) != 1 ||
      digest_of_scheme != OBJ_obj2nid(digest_name))
    return refused_algorithm(digest_of_scheme, signature_name);
  return Done{};
}

using Values = std::map<std::string, std::vector<std::string>>;

Status read_attribute(X509_ATTRIBUTE* attribute, Values& values) {
  const std::string name = dotted(X509_ATTRIBUTE_get0_object(attribute));
  const int count = X509_ATTRIBUTE_count(attribute);
  if (count < 1 || count > most_values) return malformed("an attribute without values, or with too many");
  std::vector<std::string> list;
  for (int i = 0; i < count; ++i) list.push_back(encoded<i2d_ASN1_TYPE>(X509_ATTRIBUTE_get0_type(attribute, i)));
  if (!values.emplace(name, std::move(list)).second) return malformed("the attribute " + name + " stands there twice");
  return Done{};
}

std::string der_set_of(const std::string& elements) {
  std::string header(1, '\x31');
  if (elements.size() < 128) return header + static_cast<char>(elements.size()) + elements;
  std::string length;
  for (std::size_t rest = elements.size(); rest > 0; rest >>= 8) length.insert(0, 1, static_cast<char>(rest & 0xff));
  return header + static_cast<char>(0x80 | length.size()) + length + elements;
}

Status read_attributes(CMS_SignerInfo* info, SignerInfo& signer) {
  const int count = CMS_signed_get_attr_count(info), loose = CMS_unsigned_get_attr_count(info);
  if (count > most_attributes || loose > most_attributes) return Error{Errc::too_large, "too many attributes", {}};
  std::string elements;
  for (int i = 0; i < count; ++i) {
    X509_ATTRIBUTE* attribute = CMS_signed_get_attr(info, i);
    elements += encoded<i2d_X509_ATTRIBUTE>(attribute);
    if (const auto status = read_attribute(attribute, signer.signed_values); !status) return status;
  }
  if (count > 0) signer.signed_attributes = der_set_of(elements);
  for (int i = 0; i < loose; ++i) {
    if (const auto status = read_attribute(CMS_unsigned_get_attr(info, i), signer.unsigned_values); !status)
      return status;
  }
  return Done{};
}

Result<SignerInfo> read_signer(CMS_SignerInfo* info) {
  SignerInfo signer;
  ASN1_OCTET_STRING* key_id = nullptr;
  X509_NAME* issuer = nullptr;
  ASN1_INTEGER* serial = nullptr;
  if (CMS_SignerInfo_get0_signer_id(info, &key_id, &issuer, &serial) != 1) return malformed("a signer without a name");
  if (key_id) signer.key_id = text_of(key_id);
  if (issuer) signer.issuer_der = encoded<i2d_X509_NAME>(issuer);
  if (serial) signer.serial = x509_serial(serial);
  if (const auto status = read_algorithms(info, signer); !status) return status.error();
  if (const auto status = read_attributes(info, signer); !status) return status.error();
  signer.signature = text_of(CMS_SignerInfo_get0_signature(info));
  if (signer.signature.empty()) return Error{Errc::empty, "a signer without a signature", {}};
  return signer;
}

Result<std::vector<Certificate>> read_certificates(CMS_ContentInfo* cms) {
  std::vector<Certificate> certificates;
  const CertificateStack stack(CMS_get1_certs(cms));
  const int count = stack ? sk_X509_num(stack.get()) : 0;
  if (count > static_cast<int>(most_cms_certificates)) return Error{Errc::too_large, "too many certificates", {}};
  for (int i = 0; i < count; ++i) {
    auto certificate = Certificate::from_der(encoded<i2d_X509>(sk_X509_value(stack.get(), i)));
    if (!certificate) return certificate.error();
    certificates.push_back(std::move(*certificate));
  }
  return certificates;
}

// The one value of an attribute, which has to be a primitive of one type; without its tag and length.
std::optional<std::string> single(const SignerInfo& signer, std::string_view name, char tag) {
  const auto found = signer.signed_values.find(std::string(name));
  if (found == signer.signed_values.end() || found->second.size() != 1) return std::nullopt;
  const std::string& der = found->second.front();
  if (der.size() < 2 || der[0] != tag || static_cast<std::size_t>(der[1]) != der.size() - 2) return std::nullopt;
  return der.substr(2);
}

Status check_attributes(const SignerInfo& signer, std::string_view content, std::string_view content_type) {
  constexpr char object_tag = 6, octets_tag = 4;
  const auto stated_type = single(signer, oid::content_type, object_tag);
  const Owned<ASN1_OBJECT, ASN1_OBJECT_free> type(OBJ_txt2obj(std::string(content_type).c_str(), 1));
  if (!stated_type || !type ||
      *stated_type !=
          std::string_view(reinterpret_cast<const char*>(OBJ_get0_data(type.get())), OBJ_length(type.get())))
    return malformed("the signed content type is not that of the content");
  const auto stated_digest = single(signer, oid::message_digest, octets_tag);
  if (!stated_digest) return malformed("the signed attributes hold no message digest");
  if (*stated_digest != digest(signer.hash, content))
    return Error{Errc::untrusted, "the signed message digest is not that of the content", {}};
  return Done{};
}

}  // namespace

bool SignerInfo::names(const Certificate& certificate) const {
  if (!key_id.empty()) return certificate.subject_key_id() == key_id;
  return !issuer_der.empty() && certificate.issuer_der() == issuer_der && certificate.serial() == serial;
}

std::optional<Certificate> SignedData::certificate_of(const SignerInfo& signer) const {
  std::optional<Certificate> found;
  for (const Certificate& certificate : certificates) {
    if (!signer.names(certificate)) continue;
    if (found && !(*found == certificate)) return std::nullopt;
    found = certificate;
  }
  return found;
}

Result<SignedData> parse_signed_data(std::string_view ber) {
  const QuietErrors quiet;
  if (ber.size() > most_cms_bytes) return Error{Errc::too_large, "a CMS message of more than 1 MiB", {}};
  CMS_ContentInfo* made = CMS_ContentInfo_new_ex(library(), nullptr);
  const unsigned char* at = bytes_of(ber);
  if (!made || !d2i_CMS_ContentInfo(&made, &at, static_cast<long>(ber.size()))) return malformed("no CMS message");
  const Cms cms(made);
  if (at != bytes_of(ber) + ber.size()) return malformed("bytes after the CMS message");
  if (OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed)
    return malformed("a CMS message of another kind than SignedData");
  SignedData data;
  data.content_type = dotted(CMS_get0_eContentType(cms.get()));
  if (ASN1_OCTET_STRING** content = CMS_get0_content(cms.get()); content && *content) data.content = text_of(*content);
  auto certificates = read_certificates(cms.get());
  if (!certificates) return certificates.error();
  data.certificates = std::move(*certificates);
  const STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(cms.get());
  const int count = signers ? sk_CMS_SignerInfo_num(signers) : 0;
  if (count < 1) return Error{Errc::empty, "nobody signed the CMS message", {}};
  if (count > static_cast<int>(most_cms_signers)) return Error{Errc::too_large, "too many signers", {}};
  for (int i = 0; i < count; ++i) {
    auto signer = read_signer(sk_CMS_SignerInfo_value(signers, i));
    if (!signer) return signer.error();
    data.signers.push_back(std::move(*signer));
  }
  return data;
}

Status verify_signer(const SignerInfo& signer, const Certificate& certificate, std::string_view content,
                     std::string_view content_type) {
  const QuietErrors quiet;
  const bool has_attributes = !signer.signed_attributes.empty();
  if (!has_attributes && content_type != oid::cms_data)
    return malformed("content of another type than data needs signed attributes");  // section 5.3
  if (has_attributes) {
    if (const auto status = check_attributes(signer, content, content_type); !status) return status;
  }
  const auto key = certificate.public_key();
  if (!key) return key.error();
  const auto hash = key->type() == KeyType::ed25519 ? PublicKey::Hash::natural : signer.hash;
  if (!key->verify(has_attributes ? signer.signed_attributes : content, signer.signature, hash, signer.padding))
    return Error{Errc::untrusted, "the signature does not verify with the key of '" + certificate.subject() + "'", {}};
  return Done{};
}

}  // namespace gate::crypto
