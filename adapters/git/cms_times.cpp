#include "adapters/git/cms_times.h"

#include <fmt/format.h>

#include "adapters/git/log_entry_wire.h"
#include "gate/crypto/digest.h"
#include "gate/json/printable.h"

namespace gate::git {
namespace {

using sigstore::VerifiedTime;

constexpr std::string_view entry_attribute = "1.3.6.1.4.1.57264.3.1";
constexpr const char* binding_clause = "sigstore_rekor.proto, canonicalized_body";

// The content of one DER OCTET STRING and nothing after it.
std::optional<std::string_view> octet_string(std::string_view der) {
  if (der.size() < 2 || der[0] != '\x04') return std::nullopt;
  std::size_t size = static_cast<unsigned char>(der[1]), head = 2;
  if (size >= 0x80) {
    const std::size_t digits = size & 0x7f;
    if (digits == 0 || digits > 3 || der.size() < head + digits) return std::nullopt;
    size = 0;
    for (const char digit : der.substr(head, digits)) size = size << 8 | static_cast<unsigned char>(digit);
    head += digits;
  }
  if (der.size() - head != size) return std::nullopt;
  return der.substr(head);
}

std::string pem_of(const crypto::Certificate& certificate) {
  std::string digits = crypto::to_base64(certificate.der());
  for (std::size_t at = 64; at < digits.size(); at += 65) digits.insert(at, "\n");
  return "-----BEGIN CERTIFICATE-----\n" + digits + "\n-----END CERTIFICATE-----\n";
}

// gitsign leaves the body out, since it follows from the signature: the bytes that the log has.
std::string logged_body(const CmsSignature& signature) {
  return fmt::format(
      R"({{"apiVersion":"0.0.1","kind":"hashedrekord","spec":{{"data":{{"hash":{{"algorithm":"sha256","value":"{}"}}}},)"
      R"("signature":{{"content":"{}","publicKey":{{"content":"{}"}}}}}}}})",
      crypto::sha256_hex(signature.signed_bytes), crypto::to_base64(signature.signer.signature),
      crypto::to_base64(pem_of(signature.leaf)));
}

class SigningTimes {
 public:
  SigningTimes(const CmsSignature& signature, const sigstore::TrustedRoot& root, SignatureVerdict& verdict)
      : signature_(signature), root_(root), verdict_(verdict) {}

  std::optional<std::vector<VerifiedTime>> run() {
    for (const std::string& der : values(entry_attribute)) {
      if (!take_entry(der)) return std::nullopt;
    }
    for (const std::string& token : values(crypto::oid::timestamp_token)) {
      if (!take_timestamp(token)) return std::nullopt;
    }
    Check windows{.code = "log-window", .what = "the logs were trusted when it was signed"};
    if (sigstore::check_log_windows(witnessed_, times_, root_.transparency_logs, windows)) return std::move(times_);
    verdict_.take(std::move(windows), SignatureState::no_time);
    return std::nullopt;
  }

 private:
  const std::vector<std::string>& values(std::string_view attribute) const {
    static const std::vector<std::string> none;
    const auto found = signature_.signer.unsigned_values.find(std::string(attribute));
    return found == signature_.signer.unsigned_values.end() ? none : found->second;
  }

  bool take_entry(std::string_view der) {
    Check check{.code = "log-entry", .what = "a trusted log has the signature"};
    const auto bytes = octet_string(der);
    auto entry = bytes ? parse_log_entry(*bytes) : Error{Errc::malformed, "a log entry that is no OCTET STRING", {}};
    if (!entry) {
      check.refused("log-entry-malformed", entry.error(), "RFC 5652, section 5.3");
      return verdict_.take(std::move(check), SignatureState::malformed);
    }
    if (fill_body(*entry, check) && is_about_signature(*entry, check)) witness(*entry, check);
    return verdict_.take(std::move(check), SignatureState::no_time);
  }

  bool fill_body(sigstore::LogEntry& entry, Check& check) const {
    if (!entry.body.empty()) return true;
    if (entry.kind != "hashedrekord" || entry.version != "0.0.1")
      return check.not_looked("entry-body-missing",
                              fmt::format("an entry of the kind {} {} without its body, which gate cannot make up",
                                          json::printable(entry.kind, 40), json::printable(entry.version, 40)),
                              binding_clause);
    entry.body = logged_body(signature_);
    return true;
  }

  bool is_about_signature(const sigstore::LogEntry& entry, Check& check) const {
    const auto logged = sigstore::parse_body(entry);
    if (!logged) {
      if (logged.error().code == Errc::unsupported_version)
        return check.not_looked("entry-body-unsupported", logged.error().what, binding_clause);
      return check.refused("entry-body-malformed", logged.error(), binding_clause);
    }
    if (logged->signature != signature_.signer.signature)
      return check.failed("entry-signature-mismatch", "the entry is about another signature", binding_clause);
    if (logged->verifier != signature_.leaf.der())
      return check.failed("entry-signer-mismatch", "the entry is about another certificate or key", binding_clause);
    if (logged->of_payload || logged->digest_algorithm != "sha256" ||
        logged->digest != crypto::sha256(signature_.signed_bytes))
      return check.failed("entry-digest-mismatch", "the entry is about other content, or in another digest",
                          binding_clause);
    return check.passed("entry-binding", "signature, certificate and digest are those of the entry", binding_clause);
  }

  void witness(const sigstore::LogEntry& entry, Check& check) {
    const auto witnessed =
        sigstore::verify_entry(entry, root_.transparency_logs, {.promise = false, .checkpoint = true}, check);
    if (!witnessed) return;
    witnessed_.push_back(*witnessed);
    if (witnessed->time) times_.push_back({*witnessed->time, witnessed->log->name});
  }

  bool take_timestamp(std::string_view token) {
    Check check{.code = "timestamp", .what = "a trusted authority saw the signature"};
    const auto stamped =
        sigstore::verify_timestamp(token, signature_.signer.signature, root_.timestamp_authorities, check);
    if (stamped) times_.push_back(stamped->at);
    return verdict_.take(std::move(check), SignatureState::no_time);
  }

  const CmsSignature& signature_;
  const sigstore::TrustedRoot& root_;
  SignatureVerdict& verdict_;
  std::vector<sigstore::WitnessedEntry> witnessed_;
  std::vector<VerifiedTime> times_;
};

}  // namespace

std::optional<std::vector<VerifiedTime>> read_signing_times(const CmsSignature& signature,
                                                            const sigstore::TrustedRoot& root,
                                                            SignatureVerdict& verdict) {
  return SigningTimes(signature, root, verdict).run();
}

bool states_signing_time(const crypto::SignerInfo& signer) {
  return signer.unsigned_values.contains(std::string(entry_attribute)) ||
         signer.unsigned_values.contains(std::string(crypto::oid::timestamp_token));
}

}  // namespace gate::git
