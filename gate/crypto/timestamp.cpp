#include "gate/crypto/timestamp.h"

#include <openssl/ess.h>

#include <algorithm>

#include "gate/crypto/cms.h"
#include "gate/crypto/digest.h"
#include "gate/crypto/x509_access.h"

namespace gate::crypto {
namespace {

constexpr std::string_view signing_certificate = "1.2.840.113549.1.9.16.2.12";
constexpr std::string_view signing_certificate_v2 = "1.2.840.113549.1.9.16.2.47";
constexpr std::size_t most_token_bytes = 64 << 10;

using Info = Owned<TS_TST_INFO, TS_TST_INFO_free>;
using Response = Owned<TS_RESP, TS_RESP_free>;

Error malformed(std::string what) { return {Errc::malformed, "timestamp: " + std::move(what), {}}; }
Error untrusted(std::string what) { return {Errc::untrusted, "timestamp: " + std::move(what), {}}; }

// The token inside a response; the bytes themselves where they are no response.
Result<std::string> token_of(std::string_view der) {
  const unsigned char* at = bytes_of(der);
  const Response response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  if (!response) return std::string(der);
  if (at != bytes_of(der) + der.size()) return malformed("bytes after the response");
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get())));
  if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS)
    return malformed("the authority's answer grants none");
  PKCS7* token = TS_RESP_get_token(response.get());
  if (!token) return malformed("no token in the response");
  return encoded<i2d_PKCS7>(token);
}

std::optional<PublicKey::Hash> hash_of(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* name = nullptr;
  X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
  switch (OBJ_obj2nid(name)) {
    case NID_sha256: return PublicKey::Hash::sha256;
    case NID_sha384: return PublicKey::Hash::sha384;
    case NID_sha512: return PublicKey::Hash::sha512;
    default: return std::nullopt;
  }
}

template <auto decode, auto release, class T>
Owned<T, release> decoded(const SignerInfo& signer, std::string_view name) {
  const auto found = signer.signed_values.find(std::string(name));
  if (found == signer.signed_values.end() || found->second.size() != 1) return nullptr;
  const unsigned char* at = bytes_of(found->second.front());
  return Owned<T, release>(decode(nullptr, &at, static_cast<long>(found->second.front().size())));
}

// RFC 5816, section 2.2.1: what was signed says whose certificate it is, so that none with the same key can stand in.
bool states(const SignerInfo& signer, const Certificate& certificate) {
  const auto old_form =
      decoded<d2i_ESS_SIGNING_CERT, ESS_SIGNING_CERT_free, ESS_SIGNING_CERT>(signer, signing_certificate);
  const auto form =
      decoded<d2i_ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free, ESS_SIGNING_CERT_V2>(signer, signing_certificate_v2);
  CertificateStack stack(sk_X509_new_null());
  X509* x509 = X509Access::handle(certificate);
  X509_up_ref(x509);
  return stack && sk_X509_push(stack.get(), x509) > 0 &&
         OSSL_ESS_check_signing_certs(old_form.get(), form.get(), stack.get(), 1) == 1;
}

bool is_for_timestamps_alone(const Certificate& certificate) {
  return certificate.extended_key_usage_is_critical() &&
         certificate.extended_key_usages() == std::vector<std::string>{std::string(oid::time_stamping)};
}

// The certificate of the authority that the token is held to: its own leaf, or what the token brings.
std::optional<Certificate> signer_of(const SignedData& data, const std::vector<Certificate>& authority) {
  if (!authority.front().is_authority()) return authority.front();
  return data.certificate_of(data.signers.front());
}

// Nothing signs the certificates in a token. Others than the authority's own may be there to be mistaken for its own.
bool brings_strangers(const SignedData& data, const std::vector<Certificate>& authority, const Certificate& signer) {
  return std::any_of(data.certificates.begin(), data.certificates.end(), [&](const Certificate& brought) {
    return !(brought == signer) && std::find(authority.begin(), authority.end(), brought) == authority.end();
  });
}

}  // namespace

Result<TimestampToken> TimestampToken::parse(std::string_view der) {
  const QuietErrors quiet;
  if (der.size() > most_token_bytes) return Error{Errc::too_large, "a timestamp of more than 64 KiB", {}};
  const auto token = token_of(der);
  if (!token) return token.error();
  auto data = parse_signed_data(*token);
  if (!data) return data.error();
  if (data->signers.size() != 1) return malformed("a token has one signer");
  if (data->content_type != oid::timestamp_info || !data->content) return malformed("no TSTInfo inside");
  const unsigned char* at = bytes_of(*data->content);
  const Info info(d2i_TS_TST_INFO(nullptr, &at, static_cast<long>(data->content->size())));
  if (!info || at != bytes_of(*data->content) + data->content->size()) return malformed("no TSTInfo inside");
  if (TS_TST_INFO_get_version(info.get()) != 1)
    return Error{Errc::unsupported_version, "timestamp: a TSTInfo of another version than 1", {}};
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info.get());
  const auto hash = hash_of(TS_MSG_IMPRINT_get_algo(imprint));
  if (!hash) return untrusted("the imprint's digest is none of SHA-256, SHA-384 and SHA-512");
  const auto time = instant_of(TS_TST_INFO_get_time(info.get()));
  if (!time) return malformed("a time that cannot be read");
  TimestampToken made;
  made.time_ = *time;
  made.imprint_ = text_of(TS_MSG_IMPRINT_get_msg(imprint));
  made.imprint_hash_ = *hash;
  made.data_ = std::make_shared<const SignedData>(std::move(*data));
  return made;
}

bool TimestampToken::is_about(std::string_view message) const { return digest(imprint_hash_, message) == imprint_; }

bool TimestampToken::names(const std::vector<Certificate>& authority) const {
  if (authority.empty()) return false;
  const auto signer = signer_of(*data_, authority);
  return signer && data_->signers.front().names(*signer);
}

Status TimestampToken::verify(const std::vector<Certificate>& authority) const {
  if (!names(authority)) return untrusted("signed with a certificate that is none of the authority's");
  const SignerInfo& signer = data_->signers.front();
  const auto certificate = signer_of(*data_, authority);
  const std::vector<Certificate> roots{authority.back()};
  std::vector<Certificate> between(authority.begin(), authority.end() - 1);
  if (const auto chain = verify_chain({*certificate, between, roots, time_, oid::time_stamping}); !chain)
    return untrusted("at " + format(time_) + ", " + chain.error().what);
  if (brings_strangers(*data_, authority, *certificate))
    return untrusted("the token brings certificates that are not the authority's");
  if (!is_for_timestamps_alone(*certificate))
    return untrusted("'" + certificate->subject() + "' is not for time stamping alone, critically");
  if (!states(signer, *certificate))
    return untrusted("the token does not state the digest of its signer's certificate");
  const auto status = verify_signer(signer, *certificate, *data_->content, data_->content_type);
  return status ? status : untrusted(status.error().what);
}

}  // namespace gate::crypto
