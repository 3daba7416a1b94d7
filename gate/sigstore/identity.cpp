#include "gate/sigstore/identity.h"

namespace gate::sigstore {
namespace {

using Type = crypto::AlternativeName::Type;

constexpr std::string_view fulcio = "1.3.6.1.4.1.57264.1.";
constexpr int other_name = 7, issuer_v2 = 8;

struct Claim {
  int number;
  std::string CertificateIdentity::* field;
};
// Up to 6 the value stands there bare; from 8 on it is a DER UTF8String.
constexpr Claim claims[] = {
    {2, &CertificateIdentity::workflow_trigger},
    {3, &CertificateIdentity::workflow_sha},
    {4, &CertificateIdentity::workflow_name},
    {5, &CertificateIdentity::workflow_repository},
    {6, &CertificateIdentity::workflow_ref},
    {9, &CertificateIdentity::build_signer_uri},
    {10, &CertificateIdentity::build_signer_digest},
    {11, &CertificateIdentity::runner_environment},
    {12, &CertificateIdentity::source_repository_uri},
    {13, &CertificateIdentity::source_repository_digest},
    {14, &CertificateIdentity::source_repository_ref},
    {15, &CertificateIdentity::source_repository_identifier},
    {16, &CertificateIdentity::source_repository_owner_uri},
    {17, &CertificateIdentity::source_repository_owner_identifier},
    {18, &CertificateIdentity::build_config_uri},
    {19, &CertificateIdentity::build_config_digest},
    {20, &CertificateIdentity::build_trigger},
    {21, &CertificateIdentity::run_invocation_uri},
    {22, &CertificateIdentity::source_repository_visibility},
};

Error malformed(std::string what) { return {Errc::malformed, std::move(what), {}}; }

Result<std::string> claim(const crypto::Certificate& certificate, int number) {
  const std::string oid = std::string(fulcio) + std::to_string(number);
  const auto extension = certificate.extension(oid);
  if (!extension) return extension.error();
  if (!*extension) return std::string();
  if (number < issuer_v2) return (*extension)->value;
  const auto text = crypto::utf8_string((*extension)->value);
  if (!text) return malformed("the extension " + oid + " is no UTF8String");
  return *text;
}

Result<crypto::AlternativeName> only_name(const crypto::Certificate& certificate) {
  const auto names = certificate.alternative_names();
  if (!names) return names.error();
  if (names->size() != 1) {
    return malformed("a certificate with " + std::to_string(names->size()) +
                     " alternative names; it is for exactly one");
  }
  const auto& name = names->front();
  const bool of_fulcio = name.type == Type::other && name.oid == std::string(fulcio) + std::to_string(other_name);
  if (name.type != Type::uri && name.type != Type::email && !of_fulcio)
    return malformed("an alternative name that is neither a URI nor an e-mail address nor Fulcio's own kind");
  if (name.value.empty() || name.value.find('\0') != std::string::npos)
    return malformed("an empty or cut alternative name");
  if (!certificate.has_subject() && !certificate.alternative_names_are_critical())
    return malformed("alternative names that are not critical though the subject is empty");  // RFC 5280, 4.2.1.6
  return name;
}

Result<std::string> issuer_of(const crypto::Certificate& certificate) {
  const auto bare = claim(certificate, 1), encoded = claim(certificate, issuer_v2);
  if (!bare || !encoded) return !bare ? bare.error() : encoded.error();
  if (!bare->empty() && !encoded->empty() && *bare != *encoded)
    return malformed("two issuers that differ: '" + *bare + "' and '" + *encoded + "'");
  return encoded->empty() ? *bare : *encoded;
}

}  // namespace

Result<CertificateIdentity> read_identity(const crypto::Certificate& certificate) {
  CertificateIdentity identity;
  const auto name = only_name(certificate);
  if (!name) return name.error();
  identity.name_type = name->type;
  identity.name = name->value;
  const auto issuer = issuer_of(certificate);
  if (!issuer) return issuer.error();
  identity.issuer = *issuer;
  for (const Claim& known : claims) {
    auto value = claim(certificate, known.number);
    if (!value) return value.error();
    identity.*known.field = std::move(*value);
  }
  return identity;
}

}  // namespace gate::sigstore
