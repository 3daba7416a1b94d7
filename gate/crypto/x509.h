// X.509 certificates (RFC 5280) and chains of them at a moment. OpenSSL stays inside.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/time.h"
#include "gate/crypto/public_key.h"

namespace gate::crypto {

namespace oid {
inline constexpr std::string_view code_signing = "1.3.6.1.5.5.7.3.3";
inline constexpr std::string_view email_protection = "1.3.6.1.5.5.7.3.4";
inline constexpr std::string_view time_stamping = "1.3.6.1.5.5.7.3.8";
inline constexpr std::string_view any_extended_key_usage = "2.5.29.37.0";
}  // namespace oid

struct Extension {
  bool critical = false;
  std::string value;  // DER, without the OCTET STRING around it
};

// RFC 5280, section 4.2.1.6.
struct AlternativeName {
  enum class Type { email, dns, uri, ip, other, unknown };
  Type type = Type::unknown;
  std::string value;  // as text; ip: its bytes; other: of a UTF8String (empty where it is none)
  std::string oid;    // other: what kind of name
  auto operator<=>(const AlternativeName&) const = default;
};

class Certificate {
 public:
  // One certificate and nothing after it, in DER; at most 64 KiB.
  static Result<Certificate> from_der(std::string_view der);
  static Result<Certificate> from_pem(std::string_view pem);  // RFC 7468, one block

  const std::string& der() const;
  Result<PublicKey> public_key() const;  // unsupported_version names an algorithm that nothing here can check
  const std::string& subject() const;    // RFC 4514, for messages
  const std::string& issuer() const;
  const std::string& issuer_der() const;
  const std::string& serial() const;  // big-endian bytes, with a leading zero where the first bit is set
  bool has_subject() const;           // an empty one makes the alternative names critical
  Instant not_before() const;
  Instant not_after() const;  // closed: both ends belong to it
  bool is_valid_at(Instant at) const;
  bool is_authority() const;              // basicConstraints says CA
  bool is_self_issued() const;            // subject and issuer are one name
  bool may_sign_data() const;             // keyUsage says digitalSignature, or is absent
  std::string subject_key_id() const;     // empty where it has none
  std::string public_key_digest() const;  // SHA-256 over the DER SubjectPublicKeyInfo as it stands: RFC 6962's key hash

  bool has_extended_key_usage() const;
  bool extended_key_usage_is_critical() const;
  std::vector<std::string> extended_key_usages() const;  // dotted
  // Errors: the extension stands there twice, or cannot be read. Absent: empty.
  Result<std::vector<AlternativeName>> alternative_names() const;
  bool alternative_names_are_critical() const;
  // By dotted OID. Standing there twice is an error, since readers would differ in which one they take.
  Result<std::optional<Extension>> extension(std::string_view oid) const;

  bool operator==(const Certificate& other) const { return der() == other.der(); }

 private:
  friend struct X509Access;
  struct Impl;
  explicit Certificate(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// One DER UTF8String and nothing else.
std::optional<std::string> utf8_string(std::string_view der);

// A certificate that is given to be trusted, and those between it and the leaf.
struct ChainQuery {
  const Certificate& leaf;
  const std::vector<Certificate>& intermediates;  // need not be trusted
  const std::vector<Certificate>& roots;
  Instant at;
  std::string_view purpose;  // an extended key usage that the leaf has, and that no authority's own list leaves out
};

inline constexpr std::size_t most_chain = 8;  // certificates, leaf and root among them

// From the leaf to one of `roots` (RFC 5280, section 6), each certificate valid at that moment, each signature at least
// as strong as 112 bits. The leaf is no authority and no root. Two to `most_chain` certificates.
Result<std::vector<Certificate>> verify_chain(const ChainQuery& query);

// Of a chain that `verify_chain` made: it also holds at another moment. The first certificate that is not valid then.
std::optional<Certificate> invalid_at(const std::vector<Certificate>& chain, Instant at);

}  // namespace gate::crypto
