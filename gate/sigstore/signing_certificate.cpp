#include "gate/sigstore/signing_certificate.h"

#include <algorithm>
#include <set>

#include "gate/crypto/digest.h"
#include "gate/crypto/sct.h"

namespace gate::sigstore {
namespace {

using Chain = std::vector<crypto::Certificate>;

constexpr const char* chain_clause = "RFC 5280, section 6";
constexpr const char* sct_clause = "RFC 6962, section 3.2";

bool covers(const Interval& interval, const std::vector<VerifiedTime>& times) {
  return std::all_of(times.begin(), times.end(), [&](const VerifiedTime& at) { return interval.contains(at.time); });
}

Result<Chain> chain_to(const Chain& authority, const crypto::Certificate& leaf, Chain intermediates,
                       const CertificateTerms& terms) {
  intermediates.insert(intermediates.end(), authority.begin(), authority.end() - 1);
  const Chain roots{authority.back()};
  auto chain = crypto::verify_chain({leaf, intermediates, roots, terms.times.front().time, terms.purpose});
  if (!chain) return chain;
  for (const VerifiedTime& at : terms.times) {
    if (const auto invalid = crypto::invalid_at(*chain, at.time)) {
      return Error{Errc::untrusted,
                   "'" + invalid->subject() + "' is valid from " + format(invalid->not_before()) + " to " +
                       format(invalid->not_after()) + ", not at " + format(at.time) + " (" + at.source + ")",
                   {}};
    }
  }
  return chain;
}

// A reason for each authority whose window holds all times, or that there is none.
std::optional<Chain> build_chain(const crypto::Certificate& leaf, const Chain& intermediates, const TrustedRoot& root,
                                 const CertificateTerms& terms, Check& check) {
  Check refusals{.code = "certificate-untrusted",
                 .what = "no trusted authority issued the certificate '" + leaf.issuer() + "' speaks for"};
  for (const Authority& authority : root.certificate_authorities) {
    if (!covers(authority.valid, terms.times)) {
      refusals.differs("certificate-authority-window",
                       "the authority " + authority.url + " was not trusted at a time of signing",
                       describe(authority.valid), format(terms.times.front().time));
      continue;
    }
    const auto& certificates = authority.chain.read();
    if (!certificates) {
      refusals.refused("certificate-authority-unreadable", certificates.error());
      continue;
    }
    const std::string& name = certificates->back().subject();
    auto chain = chain_to(*certificates, leaf, intermediates, terms);
    if (chain) {
      check.passed("certificate-chain",
                   "issued under '" + name + "', valid at " + std::to_string(terms.times.size()) + " verified times",
                   chain_clause);
      return std::move(*chain);
    }
    refusals.refused("certificate-chain-invalid", chain.error(), chain_clause);
  }
  if (refusals.children.empty()) refusals.outcome = CheckOutcome::failed;
  check.add(std::move(refusals));
  return std::nullopt;
}

// The log that the timestamp names, at its time; nothing verified yet.
const Log* log_of(const crypto::SignedCertificateTimestamp& sct, const std::vector<Log>& logs) {
  const auto found = std::find_if(logs.begin(), logs.end(),
                                  [&](const Log& log) { return log.id == sct.log_id && log.valid.contains(sct.time); });
  return found == logs.end() ? nullptr : &*found;
}

bool check_scts(const Chain& chain, const TrustedRoot& root, std::size_t wanted, Check& check) {
  if (wanted == 0) return true;
  const auto scts = crypto::embedded_scts(chain.front());
  if (!scts) return check.refused("sct-malformed", scts.error(), sct_clause);
  std::set<std::string> seen_by;  // by key: who owns a log can sign as often as he likes
  for (const auto& sct : *scts) {
    const Log* log = log_of(sct, root.certificate_logs);
    if (!log) continue;
    if (!log->key)
      return check.failed("unsupported-algorithm", log->name + " signs with " + log->key_details, sct_clause);
    if (!crypto::verify_sct(sct, chain[0], chain[1], *log->key))
      return check.failed("sct-bad-signature", "the timestamp of " + log->name + " does not verify", sct_clause);
    seen_by.insert(log->key->der());
  }
  if (seen_by.size() < wanted) {
    return check.differs("sct-missing", "too few trusted certificate logs have seen the certificate",
                         std::to_string(wanted), std::to_string(seen_by.size()), sct_clause);
  }
  return check.passed("sct", "seen by " + std::to_string(seen_by.size()) + " certificate log", sct_clause);
}

}  // namespace

std::optional<Chain> verify_signing_certificate(const crypto::Certificate& leaf, const Chain& intermediates,
                                                const TrustedRoot& root, const CertificateTerms& terms, Check& check) {
  if (terms.times.empty()) {
    check.failed("no-verified-time", "nothing that is trusted says when the certificate was used");
    return std::nullopt;
  }
  if (root.certificate_authorities.empty()) {
    check.failed("no-certificate-authority", "the trusted root has no certificate authority");
    return std::nullopt;
  }
  auto chain = build_chain(leaf, intermediates, root, terms, check);
  if (!chain || !check_scts(*chain, root, terms.certificate_logs, check)) return std::nullopt;
  return chain;
}

}  // namespace gate::sigstore
