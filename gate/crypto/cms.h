// Cryptographic Message Syntax, SignedData (RFC 5652, section 5): read here, judged by the caller. OpenSSL stays
// inside.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/crypto/x509.h"

namespace gate::crypto {

namespace oid {
inline constexpr std::string_view cms_data = "1.2.840.113549.1.7.1";
inline constexpr std::string_view content_type = "1.2.840.113549.1.9.3";
inline constexpr std::string_view message_digest = "1.2.840.113549.1.9.4";
inline constexpr std::string_view timestamp_info = "1.2.840.113549.1.9.16.1.4";
inline constexpr std::string_view timestamp_token = "1.2.840.113549.1.9.16.2.14";
}  // namespace oid

// Nothing in it is verified.
struct SignerInfo {
  std::string signature;
  // What is signed: the attributes as a DER SET OF (section 5.4). Empty where there are none, and then the content is.
  std::string signed_attributes;
  std::map<std::string, std::vector<std::string>> signed_values, unsigned_values;  // dotted OID → DER of each value
  PublicKey::Hash hash = PublicKey::Hash::natural;                                 // SHA-2 alone; never natural
  PublicKey::RsaPadding padding = PublicKey::RsaPadding::pkcs1;

  // Whether the signer says that this is its certificate: by issuer and serial number, or by key id.
  bool names(const Certificate& certificate) const;

  std::string issuer_der, serial, key_id;  // either the first two or the last
};

struct SignedData {
  std::string content_type;            // dotted
  std::optional<std::string> content;  // nothing: detached
  std::vector<Certificate> certificates;
  std::vector<SignerInfo> signers;  // at least one

  // The certificate of the data itself that the signer names; not found, or several: nothing.
  std::optional<Certificate> certificate_of(const SignerInfo& signer) const;
};

inline constexpr std::size_t most_cms_bytes = 1u << 20, most_cms_certificates = 32, most_cms_signers = 8;

// A ContentInfo of SignedData and nothing after it, BER or DER. Errors: no signer, an attribute that stands there
// twice, a digest or signature algorithm other than SHA-2 ones (untrusted: weak; unsupported_version: unknown), over a
// cap.
Result<SignedData> parse_signed_data(std::string_view ber);

// The signature over `content` with the certificate's key: the signed attributes state the content's type and digest
// (section 11), or there are none and the content is plain data. Whose certificate it is and whether it holds is not
// judged here.
Status verify_signer(const SignerInfo& signer, const Certificate& certificate, std::string_view content,
                     std::string_view content_type);

}  // namespace gate::crypto
