#include "adapters/git/cms_signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gate/crypto/cms.h"
#include "gate/crypto/digest.h"
#include "gate/json/printable.h"

namespace gate::git {
namespace {

constexpr std::size_t most_roots = 256, longest_name = 200;
constexpr std::string_view sigstore_arc = "1.3.6.1.4.1.57264.";
constexpr const char *cms = "RFC 5652, section 5", *path = "RFC 5280, section 6",
                     *name_clause = "RFC 5280, section 4.2.1.6";

class X509Judgement {
 public:
  X509Judgement(const X509Roots& roots, Instant now, SignatureVerdict& verdict)
      : roots_(roots), now_(now), verdict_(verdict) {}

  void run(std::string_view payload, const crypto::SignedData& data) {
    if (data.content || data.content_type != crypto::oid::cms_data)
      return verdict_.refuse(SignatureState::wrong_purpose, "a CMS that is not a detached signature of data", cms);
    if (data.signers.size() != 1)
      return verdict_.refuse(SignatureState::malformed, "a CMS that does not have exactly one signer", cms);
    const crypto::SignerInfo& signer = data.signers.front();
    const auto leaf = data.certificate_of(signer);
    if (!leaf) return verdict_.refuse(SignatureState::malformed, "a CMS without the certificate of its signer", cms);
    verdict_.key = crypto::sha256_hex(leaf->der());
    if (const Status good = crypto::verify_signer(signer, *leaf, payload, crypto::oid::cms_data); !good) {
      if (good.error().code == Errc::unsupported_version) return verdict_.refuse(good.error(), cms);
      return verdict_.refuse(SignatureState::bad_signature, "bad signature: " + good.error().what, cms);
    }
    verdict_.check.passed("x509-signature", "made with the certificate of " + shown(leaf->subject()), cms);
    if (check_time(*leaf, signer) && check_purpose(*leaf) && check_chain(*leaf, data.certificates))
      choose_signer(*leaf);
  }

 private:
  static std::string shown(std::string_view text) { return json::printable(text, longest_name); }

  bool refuse(SignatureState state, std::string what, const char* clause) {
    verdict_.refuse(state, std::move(what), clause);
    return false;
  }

  bool check_time(const crypto::Certificate& leaf, const crypto::SignerInfo& signer) {
    if (leaf.is_valid_at(now_)) return verdict_.check.passed("x509-time", "the certificate holds now", path);
    if (now_ < leaf.not_before())
      return refuse(SignatureState::not_yet_valid, "a certificate that is not valid yet", path);
    const bool is_logged = std::ranges::any_of(signer.unsigned_values,
                                               [](const auto& value) { return value.first.starts_with(sigstore_arc); });
    if (is_logged || signer.unsigned_values.contains(std::string(crypto::oid::timestamp_token)))
      return refuse(SignatureState::no_time,
                    "a certificate that has expired; gate does not read the time that a log or authority vouches for",
                    path);
    return refuse(SignatureState::expired_key, "a certificate that has expired", path);
  }

  bool check_purpose(const crypto::Certificate& leaf) {
    const auto usages = leaf.extended_key_usages();
    for (const std::string_view usage : {crypto::oid::email_protection, crypto::oid::code_signing}) {
      if (std::ranges::find(usages, usage) != usages.end()) purpose_ = usage;
    }
    if (purpose_.empty() || !leaf.may_sign_data())
      return refuse(SignatureState::wrong_purpose, "a certificate that is not for signing mail or code",
                    "RFC 5280, section 4.2.1.12");
    return true;
  }

  bool check_chain(const crypto::Certificate& leaf, const std::vector<crypto::Certificate>& others) {
    const auto chain = crypto::verify_chain({leaf, others, roots_.certificates, now_, purpose_});
    if (!chain)
      return refuse(SignatureState::untrusted_key,
                    fmt::format("a certificate that leads to no root of {}: {}", roots_.artifact, chain.error().what),
                    path);
    return verdict_.check.passed("x509-chain", "leads to " + shown(chain->back().subject()), path);
  }

  // Of several names the signer would choose which one counts.
  void choose_signer(const crypto::Certificate& leaf) {
    using Type = crypto::AlternativeName::Type;
    const auto names = leaf.alternative_names();
    if (!names) return verdict_.refuse(names.error(), name_clause);
    if (names->size() != 1 || (names->front().type != Type::email && names->front().type != Type::uri) ||
        names->front().value.empty())
      return verdict_.refuse(SignatureState::untrusted_key,
                             "a certificate whose alternative name is not one address or URI", name_clause);
    const std::string name = shown(names->front().value);
    verdict_.accept(name, fmt::format("certified as {} ({})", name, roots_.artifact), name_clause);
  }

  const X509Roots& roots_;
  Instant now_;
  SignatureVerdict& verdict_;
  std::string_view purpose_;
};

}  // namespace

Result<X509Roots> parse_x509_roots(const Document& document) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
  X509Roots roots{document.origin.artifact, {}};
  std::size_t at = 0;
  while ((at = document.bytes.find(begin, at)) != std::string::npos) {
    const auto stop = document.bytes.find(end, at);
    if (stop == std::string::npos)
      return Error{Errc::malformed, "a certificate without its last line", document.origin};
    if (roots.certificates.size() == most_roots)
      return Error{Errc::too_large, fmt::format("more than {} certificates", most_roots), document.origin};
    auto certificate = crypto::Certificate::from_pem(document.bytes.substr(at, stop + end.size() - at) + "\n");
    if (!certificate) return Error{certificate.error().code, certificate.error().what, document.origin};
    roots.certificates.push_back(std::move(*certificate));
    at = stop;
  }
  if (roots.certificates.empty()) return Error{Errc::malformed, "no certificate in PEM", document.origin};
  return roots;
}

void judge_x509(const X509Roots* roots, Instant now, std::string_view payload, std::string_view armor,
                SignatureVerdict& verdict) {
  const auto der = dearmor(armor, "-----BEGIN SIGNED MESSAGE-----", "-----END SIGNED MESSAGE-----");
  if (!der) return verdict.refuse(SignatureState::malformed, "a CMS that is not base64 between its two lines", cms);
  const auto data = crypto::parse_signed_data(*der);
  if (!data) return verdict.refuse(data.error(), cms);
  if (!roots) return verdict.refuse(SignatureState::untrusted_key, "signed, but the policy names no x509_roots", path);
  X509Judgement(*roots, now, verdict).run(payload, *data);
}

}  // namespace gate::git
