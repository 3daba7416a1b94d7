#include "gate/crypto/x509.h"

#include <algorithm>

#include "gate/crypto/digest.h"
#include "gate/crypto/library.h"
#include "gate/crypto/x509_access.h"

namespace gate::crypto {
namespace {

constexpr std::size_t most_certificate_bytes = 64 << 10;
constexpr int least_security_level = 2;  // SSL_CTX_set_security_level(3): 112 bits, no SHA-1, no RSA below 2048

Error malformed(std::string what) { return {Errc::malformed, std::move(what), {}}; }
Error untrusted(std::string what) { return {Errc::untrusted, std::move(what), {}}; }

std::string printed(const X509_NAME* name) {
  const Owned<BIO, BIO_free_all> out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
  const char* bytes = nullptr;
  const long size = BIO_get_mem_data(out.get(), &bytes);
  return {bytes, static_cast<std::size_t>(std::max(size, 0L))};
}

// The DER inside a text that holds one PEM block of a certificate and nothing else.
std::optional<std::string> pem_body(std::string_view text) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (!text.starts_with(begin) || !text.ends_with(end) || text.size() < begin.size() + end.size()) return std::nullopt;
  text.remove_prefix(begin.size());
  text.remove_suffix(end.size());
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [&](char c) { return !is_blank(c); });
  if (digits.find_first_of("-_") != std::string::npos) return std::nullopt;  // a second block, or another alphabet
  return from_base64(digits);
}

AlternativeName::Type type_of(const GENERAL_NAME* name) {
  switch (name->type) {
    case GEN_EMAIL: return AlternativeName::Type::email;
    case GEN_DNS: return AlternativeName::Type::dns;
    case GEN_URI: return AlternativeName::Type::uri;
    case GEN_IPADD: return AlternativeName::Type::ip;
    case GEN_OTHERNAME: return AlternativeName::Type::other;
    default: return AlternativeName::Type::unknown;
  }
}

AlternativeName alternative_name(const GENERAL_NAME* name) {
  AlternativeName made{.type = type_of(name), .value = {}, .oid = {}};
  if (name->type == GEN_OTHERNAME) {
    made.oid = dotted(name->d.otherName->type_id);
    const ASN1_TYPE* value = name->d.otherName->value;
    if (value && value->type == V_ASN1_UTF8STRING) made.value = text_of(value->value.utf8string);
  } else if (made.type != AlternativeName::Type::unknown) {
    made.value = text_of(name->d.ia5);  // the members are one type under several names
  }
  return made;
}

CertificateStack stack_of(const std::vector<Certificate>& certificates) {
  CertificateStack stack(sk_X509_new_null());
  for (const Certificate& certificate : certificates) {
    X509* x509 = X509Access::handle(certificate);
    X509_up_ref(x509);
    if (!stack || sk_X509_push(stack.get(), x509) <= 0) unusable("out of memory");
  }
  return stack;
}

// Where an authority lists what its certificates are for, the purpose has to be on the list.
bool allows(const Certificate& certificate, std::string_view purpose, bool is_leaf) {
  if (!certificate.has_extended_key_usage()) return !is_leaf;
  const auto usages = certificate.extended_key_usages();
  const auto lists = [&](std::string_view usage) {
    return std::find(usages.begin(), usages.end(), usage) != usages.end();
  };
  return lists(purpose) || (!is_leaf && lists(oid::any_extended_key_usage));
}

Status check_purpose(const std::vector<Certificate>& chain, std::string_view purpose) {
  if (chain.size() < 2) return untrusted("the signing certificate is itself given to be trusted");
  if (chain.front().is_authority()) return untrusted("the signing certificate is an authority's");
  if (!chain.front().may_sign_data()) return untrusted("the certificate's keyUsage does not allow signatures");
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (!allows(chain[i], purpose, i == 0)) {
      return untrusted("'" + chain[i].subject() + "' is not for this purpose (extended key usage " +
                       std::string(purpose) + ")");
    }
  }
  return Done{};
}

}  // namespace

std::optional<Instant> instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  using namespace std::chrono;
  const auto day = year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
  if (!day.ok()) return std::nullopt;
  return sys_days(day) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
}

std::string x509_serial(const ASN1_INTEGER* serial) {
  const std::string der = encoded<i2d_ASN1_INTEGER>(serial);
  return der.size() < 2 || der[1] < 0 ? std::string() : der.substr(2);  // under 128 bytes: one byte of length
}

X509* X509Access::handle(const Certificate& certificate) { return certificate.impl_->x509.get(); }

Result<Certificate> X509Access::make(X509Handle x509) {
  if (!x509) return malformed("no certificate");
  const auto from = instant_of(X509_get0_notBefore(x509.get())), until = instant_of(X509_get0_notAfter(x509.get()));
  if (!from || !until) return malformed("a certificate whose validity cannot be read");
  // Fills the cache of extensions, and tells whether each of them can be read.
  if (X509_check_purpose(x509.get(), -1, 0) != 1 || (X509_get_extension_flags(x509.get()) & EXFLAG_INVALID) != 0)
    return malformed("a certificate whose extensions cannot be read");
  auto impl = std::make_shared<Certificate::Impl>();
  impl->der = encoded<i2d_X509>(x509.get());
  impl->subject = printed(X509_get_subject_name(x509.get()));
  impl->issuer = printed(X509_get_issuer_name(x509.get()));
  impl->issuer_der = encoded<i2d_X509_NAME>(X509_get_issuer_name(x509.get()));
  impl->serial = x509_serial(X509_get0_serialNumber(x509.get()));
  impl->not_before = *from;
  impl->not_after = *until;
  impl->x509 = std::move(x509);
  return Certificate(std::move(impl));
}

Result<Certificate> Certificate::from_der(std::string_view der) {
  const QuietErrors quiet;
  if (der.size() > most_certificate_bytes) return Error{Errc::too_large, "a certificate of more than 64 KiB", {}};
  X509* made = X509_new_ex(library(), nullptr);
  const unsigned char* at = bytes_of(der);
  if (!made || !d2i_X509(&made, &at, static_cast<long>(der.size()))) return malformed("no X.509 certificate");
  X509Handle x509(made);
  if (at != bytes_of(der) + der.size()) return malformed("bytes after the certificate");
  auto certificate = X509Access::make(std::move(x509));
  if (certificate && certificate->der() != der) return malformed("a certificate that is not in DER");
  return certificate;
}

Result<Certificate> Certificate::from_pem(std::string_view pem) {
  if (pem.size() > 2 * most_certificate_bytes) return Error{Errc::too_large, "a certificate of more than 64 KiB", {}};
  const auto der = pem_body(pem);
  if (!der) return malformed("no PEM block of one certificate (\"-----BEGIN CERTIFICATE-----\")");
  return from_der(*der);
}

const std::string& Certificate::der() const { return impl_->der; }
const std::string& Certificate::subject() const { return impl_->subject; }
const std::string& Certificate::issuer() const { return impl_->issuer; }
const std::string& Certificate::issuer_der() const { return impl_->issuer_der; }
const std::string& Certificate::serial() const { return impl_->serial; }
Instant Certificate::not_before() const { return impl_->not_before; }
Instant Certificate::not_after() const { return impl_->not_after; }
bool Certificate::is_valid_at(Instant at) const { return not_before() <= at && at <= not_after(); }

Result<PublicKey> Certificate::public_key() const {
  return PublicKey::from_der(encoded<i2d_X509_PUBKEY>(X509_get_X509_PUBKEY(impl_->x509.get())));
}

bool Certificate::has_subject() const { return X509_NAME_entry_count(X509_get_subject_name(impl_->x509.get())) > 0; }
bool Certificate::is_authority() const { return X509_check_ca(impl_->x509.get()) != 0; }
bool Certificate::is_self_issued() const { return (X509_get_extension_flags(impl_->x509.get()) & EXFLAG_SI) != 0; }
bool Certificate::may_sign_data() const { return (X509_get_key_usage(impl_->x509.get()) & KU_DIGITAL_SIGNATURE) != 0; }

std::string Certificate::subject_key_id() const {
  const ASN1_OCTET_STRING* id = X509_get0_subject_key_id(impl_->x509.get());
  return id ? std::string(text_of(id)) : std::string();
}

std::string Certificate::public_key_digest() const {
  return sha256(encoded<i2d_X509_PUBKEY>(X509_get_X509_PUBKEY(impl_->x509.get())));
}

bool Certificate::has_extended_key_usage() const {
  return X509_get_ext_by_NID(impl_->x509.get(), NID_ext_key_usage, -1) >= 0;
}

bool Certificate::extended_key_usage_is_critical() const {
  const int at = X509_get_ext_by_NID(impl_->x509.get(), NID_ext_key_usage, -1);
  return at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(impl_->x509.get(), at)) != 0;
}

std::vector<std::string> Certificate::extended_key_usages() const {
  const QuietErrors quiet;
  const Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> usages(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(impl_->x509.get(), NID_ext_key_usage, nullptr, nullptr)));
  std::vector<std::string> names;
  for (int i = 0; usages && i < sk_ASN1_OBJECT_num(usages.get()); ++i)
    names.push_back(dotted(sk_ASN1_OBJECT_value(usages.get(), i)));
  return names;
}

Result<std::vector<AlternativeName>> Certificate::alternative_names() const {
  const QuietErrors quiet;
  int state = 0;
  const Owned<GENERAL_NAMES, GENERAL_NAMES_free> found(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(impl_->x509.get(), NID_subject_alt_name, &state, nullptr)));
  if (!found && state != -1) return malformed("alternative names that stand there twice or cannot be read");
  std::vector<AlternativeName> names;
  for (int i = 0; found && i < sk_GENERAL_NAME_num(found.get()); ++i)
    names.push_back(alternative_name(sk_GENERAL_NAME_value(found.get(), i)));
  return names;
}

bool Certificate::alternative_names_are_critical() const {
  const int at = X509_get_ext_by_NID(impl_->x509.get(), NID_subject_alt_name, -1);
  return at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(impl_->x509.get(), at)) != 0;
}

Result<std::optional<Extension>> Certificate::extension(std::string_view oid) const {
  const QuietErrors quiet;
  const X509* x509 = impl_->x509.get();
  std::optional<Extension> found;
  for (int i = 0; i < X509_get_ext_count(x509); ++i) {
    X509_EXTENSION* extension = X509_get_ext(x509, i);
    if (dotted(X509_EXTENSION_get_object(extension)) != oid) continue;
    if (found) return malformed("the extension " + std::string(oid) + " stands there twice");
    found = Extension{X509_EXTENSION_get_critical(extension) != 0,
                      std::string(text_of(X509_EXTENSION_get_data(extension)))};
  }
  return found;
}

std::optional<std::string> utf8_string(std::string_view der) {
  const QuietErrors quiet;
  const unsigned char* at = bytes_of(der);
  const Owned<ASN1_UTF8STRING, ASN1_UTF8STRING_free> string(
      d2i_ASN1_UTF8STRING(nullptr, &at, static_cast<long>(der.size())));
  if (!string || at != bytes_of(der) + der.size()) return std::nullopt;
  if (encoded<i2d_ASN1_UTF8STRING>(string.get()) != der) return std::nullopt;  // BER that is no DER
  return std::string(text_of(string.get()));
}

Result<std::vector<Certificate>> verify_chain(const ChainQuery& query) {
  const QuietErrors quiet;
  const Store store(X509_STORE_new());
  const StoreContext context(X509_STORE_CTX_new_ex(library(), nullptr));
  const CertificateStack intermediates = stack_of(query.intermediates);
  if (!store || !context) unusable("out of memory");
  for (const Certificate& root : query.roots) X509_STORE_add_cert(store.get(), X509Access::handle(root));
  if (X509_STORE_CTX_init(context.get(), store.get(), X509Access::handle(query.leaf), intermediates.get()) != 1)
    return untrusted("no chain can be built");
  X509_VERIFY_PARAM* terms = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(terms, query.at.time_since_epoch().count());
  X509_VERIFY_PARAM_set_depth(terms, static_cast<int>(most_chain) - 2);  // counts what stands between leaf and root
  X509_VERIFY_PARAM_set_auth_level(terms, least_security_level);
  if (X509_verify_cert(context.get()) != 1) {
    const X509* at = X509_STORE_CTX_get_current_cert(context.get());
    const std::string reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
    return untrusted(at ? "'" + printed(X509_get_subject_name(at)) + "': " + reason : reason);
  }
  std::vector<Certificate> chain;
  const STACK_OF(X509)* built = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; i < sk_X509_num(built); ++i) {
    X509* x509 = sk_X509_value(built, i);
    X509_up_ref(x509);
    auto certificate = X509Access::make(X509Handle(x509));
    if (!certificate) return certificate.error();
    chain.push_back(std::move(*certificate));
  }
  if (const auto status = check_purpose(chain, query.purpose); !status) return status.error();
  return chain;
}

std::optional<Certificate> invalid_at(const std::vector<Certificate>& chain, Instant at) {
  const auto found = std::find_if(chain.begin(), chain.end(), [&](const Certificate& c) { return !c.is_valid_at(at); });
  if (found == chain.end()) return std::nullopt;
  return *found;
}

}  // namespace gate::crypto
