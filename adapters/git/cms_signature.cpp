#include "adapters/git/cms_signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/git/cms_times.h"
#include "gate/crypto/digest.h"
#include "gate/json/printable.h"
#include "gate/sigstore/identity.h"
#include "gate/sigstore/signing_certificate.h"

namespace gate::git {
namespace {

constexpr std::size_t most_roots = 256, longest_name = 200;
constexpr const char *cms = "RFC 5652, section 5", *path = "RFC 5280, section 6",
                     *name_clause = "RFC 5280, section 4.2.1.6";

std::string shown(std::string_view text) { return json::printable(text, longest_name); }

// Its name says nothing without the issuer that vouched for it, so that no list of roots makes it an S/MIME one.
bool is_of_fulcio(const crypto::Certificate& certificate) {
  constexpr std::array<std::string_view, 2> issuers{"1.3.6.1.4.1.57264.1.1", "1.3.6.1.4.1.57264.1.8"};
  return std::ranges::any_of(issuers, [&](std::string_view oid) {
    const auto found = certificate.extension(oid);
    return !found || found->has_value();
  });
}

class X509Judgement {
 public:
  X509Judgement(const X509Trust& trust, const crypto::SignedData& data, SignatureVerdict& verdict)
      : trust_(trust), data_(data), verdict_(verdict) {}

  void run(std::string_view payload) {
    if (data_.content || data_.content_type != crypto::oid::cms_data)
      return verdict_.refuse(SignatureState::wrong_purpose, "a CMS that is not a detached signature of data", cms);
    if (data_.signers.size() != 1)
      return verdict_.refuse(SignatureState::malformed, "a CMS that does not have exactly one signer", cms);
    const crypto::SignerInfo& signer = data_.signers.front();
    const auto leaf = data_.certificate_of(signer);
    if (!leaf) return verdict_.refuse(SignatureState::malformed, "a CMS without the certificate of its signer", cms);
    verdict_.key = crypto::sha256_hex(leaf->der());
    const auto key = leaf->public_key();
    if (!key) return verdict_.refuse(key.error(), path);
    verdict_.algorithm = crypto::name(key->type());
    if (const Status good = crypto::verify_signer(signer, *leaf, payload, crypto::oid::cms_data); !good) {
      if (good.error().code == Errc::unsupported_version) return verdict_.refuse(good.error(), cms);
      return verdict_.refuse(SignatureState::bad_signature, "bad signature: " + good.error().what, cms);
    }
    verdict_.check.passed("x509-signature", "made with a certificate issued by " + shown(leaf->issuer()), cms);
    const CmsSignature signature{signer, *leaf, signer.signed_attributes.empty() ? payload : signer.signed_attributes};
    is_of_fulcio(*leaf) ? judge_gitsign(signature) : judge_smime(signature);
  }

 private:
  bool refuse(SignatureState state, std::string what, const char* clause) {
    verdict_.refuse(state, std::move(what), clause);
    return false;
  }

  void judge_gitsign(const CmsSignature& signature) {
    if (!trust_.sigstore || trust_.identities.empty())
      return verdict_.refuse(SignatureState::untrusted_key, "signed by gitsign, but the policy names no identities");
    const auto times = read_signing_times(signature, *trust_.sigstore, verdict_);
    if (!times) return;
    if (times->empty())
      return verdict_.refuse(SignatureState::no_time,
                             "a certificate of minutes, and the signature has neither log entry nor timestamp", path);
    Check check{.code = "certificate", .what = "the certificate was good when it was used"};
    const std::size_t certificate_logs = trust_.sigstore->certificate_logs.empty() ? 0 : 1;
    sigstore::verify_signing_certificate(signature.leaf, data_.certificates, *trust_.sigstore,
                                         {.times = *times, .certificate_logs = certificate_logs}, check);
    if (verdict_.take(std::move(check), SignatureState::untrusted_key)) choose_identity(signature.leaf);
  }

  void choose_identity(const crypto::Certificate& leaf) {
    const auto identity = sigstore::read_identity(leaf);
    if (!identity) return verdict_.refuse(identity.error(), name_clause);
    const std::string name = shown(identity->name), who = fmt::format("{} ({})", name, shown(identity->issuer));
    const bool is_trusted = std::ranges::any_of(
        trust_.identities, [&](const auto& each) { return each.covers(identity->name, identity->issuer); });
    if (!is_trusted)
      return verdict_.refuse(SignatureState::untrusted_key,
                             fmt::format("signed by {}, whom the policy's identities do not name", who), name_clause);
    verdict_.accept(name, "signed by " + who, name_clause);
  }

  void judge_smime(const CmsSignature& signature) {
    if (!trust_.roots)
      return verdict_.refuse(SignatureState::untrusted_key, "signed, but the policy names no x509_roots", path);
    std::vector<sigstore::VerifiedTime> times{{trust_.now, "now"}};
    if (signature.leaf.not_after() < trust_.now && trust_.sigstore && states_signing_time(signature.signer)) {
      auto read = read_signing_times(signature, *trust_.sigstore, verdict_);
      if (!read) return;
      times = std::move(*read);
    }
    const bool good = std::ranges::all_of(times, [&](const auto& at) { return check_time(signature, at); }) &&
                      check_purpose(signature.leaf) && check_chain(signature.leaf, times);
    if (good) choose_signer(signature.leaf);
  }

  bool check_time(const CmsSignature& signature, const sigstore::VerifiedTime& at) {
    const crypto::Certificate& leaf = signature.leaf;
    if (leaf.is_valid_at(at.time))
      return verdict_.check.passed("x509-time",
                                   fmt::format("the certificate holds at {} ({})", format(at.time), at.source), path);
    if (at.time < leaf.not_before())
      return refuse(SignatureState::not_yet_valid, "a certificate that is not valid yet", path);
    if (!trust_.sigstore && states_signing_time(signature.signer))
      return refuse(
          SignatureState::no_time,
          "a certificate that has expired, and the policy trusts nobody (sigstore: root) to tell when it was used",
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

  bool check_chain(const crypto::Certificate& leaf, const std::vector<sigstore::VerifiedTime>& times) {
    for (const auto& at : times) {
      const auto chain =
          crypto::verify_chain({leaf, data_.certificates, trust_.roots->certificates, at.time, purpose_});
      if (!chain)
        return refuse(
            SignatureState::untrusted_key,
            fmt::format("a certificate that leads to no root of {}: {}", trust_.roots->artifact, chain.error().what),
            path);
      verdict_.check.passed("x509-chain", "leads to " + shown(chain->back().subject()), path);
    }
    return true;
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
    verdict_.accept(name, fmt::format("certified as {} ({})", name, trust_.roots->artifact), name_clause);
  }

  const X509Trust& trust_;
  const crypto::SignedData& data_;
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

void judge_x509(const X509Trust& trust, std::string_view payload, std::string_view armor, SignatureVerdict& verdict) {
  const auto der = dearmor(armor, "-----BEGIN SIGNED MESSAGE-----", "-----END SIGNED MESSAGE-----");
  if (!der) return verdict.refuse(SignatureState::malformed, "a CMS that is not base64 between its two lines", cms);
  const auto data = crypto::parse_signed_data(*der);
  if (!data) return verdict.refuse(data.error(), cms);
  X509Judgement(trust, *data, verdict).run(payload);
}

}  // namespace gate::git
