#include "gate/crypto/sct.h"

#include "gate/crypto/x509_access.h"

namespace gate::crypto {
namespace {

constexpr std::string_view list_extension = "1.3.6.1.4.1.11129.2.4.2";
constexpr std::size_t log_id_bytes = 32;
constexpr std::uint64_t latest_milliseconds = 253'402'300'799'999;  // the end of the year 9999

Error malformed(std::string what) { return {Errc::malformed, "SCT list: " + std::move(what), {}}; }

// TLS presentation language (RFC 8446, section 3): numbers are big-endian, a vector has its length before it.
class TlsReader {
 public:
  explicit TlsReader(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return bytes_.empty(); }
  std::optional<std::string_view> take(std::size_t count) {
    if (count > bytes_.size()) return std::nullopt;
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::optional<std::uint64_t> number(std::size_t width) {
    const auto taken = take(width);
    if (!taken) return std::nullopt;
    std::uint64_t value = 0;
    for (const unsigned char byte : *taken) value = value << 8 | byte;
    return value;
  }
  std::optional<std::string_view> vector16() {
    const auto size = number(2);
    return size ? take(static_cast<std::size_t>(*size)) : std::nullopt;
  }

 private:
  std::string_view bytes_;
};

std::string big_endian(std::uint64_t value, int width) {
  std::string bytes;
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

// DER: one OCTET STRING and nothing else.
std::optional<std::string> octets(std::string_view der) {
  const QuietErrors quiet;
  const unsigned char* at = bytes_of(der);
  const Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> string(
      d2i_ASN1_OCTET_STRING(nullptr, &at, static_cast<long>(der.size())));
  if (!string || at != bytes_of(der) + der.size()) return std::nullopt;
  return std::string(text_of(string.get()));
}

Result<SignedCertificateTimestamp> read_sct(std::string_view bytes) {
  constexpr std::uint64_t version_1 = 0, sha256 = 4, rsa = 1, ecdsa = 3;
  TlsReader reader(bytes);
  const auto version = reader.number(1);
  if (!version || *version != version_1)
    return Error{Errc::unsupported_version, "an SCT of another version than 1", {}};
  const auto log_id = reader.take(log_id_bytes);
  const auto milliseconds = reader.number(8);
  const auto extensions = reader.vector16();
  const auto hash = reader.number(1), algorithm = reader.number(1);
  const auto signature = reader.vector16();
  if (!log_id || !milliseconds || !extensions || !hash || !algorithm || !signature || !reader.at_end())
    return malformed("an SCT that is cut, or longer than what it says");
  if (*milliseconds > latest_milliseconds) return malformed("an SCT of a time beyond the year 9999");
  if (*hash != sha256 || (*algorithm != rsa && *algorithm != ecdsa))
    return Error{Errc::unsupported_version, "an SCT that is signed with another algorithm than RFC 6962 has", {}};
  return SignedCertificateTimestamp{
      .log_id = std::string(*log_id),
      .extensions = std::string(*extensions),
      .signature = std::string(*signature),
      .milliseconds = *milliseconds,
      .time = std::chrono::floor<std::chrono::seconds>(
          std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(*milliseconds))),
      .rsa = *algorithm == rsa};
}

// The certificate's TBSCertificate as the log saw it: without the list that the log's answer is in.
std::string precertificate(const Certificate& certificate) {
  const X509Handle copy(X509_dup(X509Access::handle(certificate)));
  if (!copy) return {};
  const int at = X509_get_ext_by_NID(copy.get(), NID_ct_precert_scts, -1);
  if (at < 0) return {};
  X509_EXTENSION_free(X509_delete_ext(copy.get(), at));
  return encoded<i2d_re_X509_tbs>(copy.get());
}

}  // namespace

Result<std::vector<SignedCertificateTimestamp>> embedded_scts(const Certificate& certificate) {
  std::vector<SignedCertificateTimestamp> scts;
  const auto extension = certificate.extension(list_extension);
  if (!extension) return extension.error();
  if (!*extension) return scts;
  const auto bytes = octets((*extension)->value);
  if (!bytes) return malformed("not an OCTET STRING");
  TlsReader outer(*bytes);
  const auto list = outer.vector16();
  if (!list || !outer.at_end() || list->empty()) return malformed("cut, empty, or longer than what it says");
  for (TlsReader reader(*list); !reader.at_end();) {
    const auto element = reader.vector16();
    if (!element) return malformed("cut");
    auto sct = read_sct(*element);
    if (!sct) return sct.error();
    if (scts.size() == most_scts) return Error{Errc::too_large, "too many SCTs", {}};
    scts.push_back(std::move(*sct));
  }
  return scts;
}

bool verify_sct(const SignedCertificateTimestamp& sct, const Certificate& certificate, const Certificate& issuer,
                const PublicKey& log_key) {
  const QuietErrors quiet;
  const std::string tbs = precertificate(certificate);
  if (tbs.empty() || tbs.size() >= 1u << 24 || sct.rsa != (log_key.type() == KeyType::rsa)) return false;
  const std::string version_1(1, '\0'), certificate_timestamp(1, '\0'), precert_entry("\0\1", 2);
  const std::string signed_bytes = version_1 + certificate_timestamp + big_endian(sct.milliseconds, 8) + precert_entry +
                                   issuer.public_key_digest() + big_endian(tbs.size(), 3) + tbs +
                                   big_endian(sct.extensions.size(), 2) + sct.extensions;
  return log_key.type() != KeyType::ed25519 && log_key.verify(signed_bytes, sct.signature, PublicKey::Hash::sha256);
}

}  // namespace gate::crypto
