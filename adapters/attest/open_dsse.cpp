// The carrier "dsse": envelopes that are signed with keys of the policy, k of n.
#include <fmt/format.h>

#include <set>

#include "adapters/attest/carrier.h"
#include "adapters/attest/dsse.h"
#include "adapters/attest/json_lines.h"

namespace gate::attest {
namespace {

constexpr const char* clause = "DSSE 1.0, protocol";

// Each try of a signature against a key is charged its payload and a fixed part, so that many small envelopes and a few
// large ones are both stopped within seconds.
constexpr std::size_t work_allowed = 2u << 30, work_of_a_try = 256u << 10;

class Opener {
 public:
  Opener(const Trust& trust, Check& check) : trust_(trust), check_(check), keys_(read_keys(trust.keys)) {
    for (const Error& problem : keys_.problems) opened_.refuse(check_, "key-refused", problem);
  }

  void take(const Place& place, std::string_view text) {
    Check one{.code = "envelope", .what = "an envelope of keys that the policy trusts", .where = place.at("")};
    if (auto envelope = parse_envelope(text, place); !envelope) {
      opened_.refuse(one, "envelope-refused", envelope.error(), clause);
    } else {
      verify(*envelope, place, one);
    }
    check_.add(std::move(one));
  }

  void verify(Envelope& envelope, const Place& place, Check& check) {
    const auto signers = signers_of(envelope);
    if (!signers) {
      opened_.refuse(check, "too-much-work", place.error(signers.error().code, signers.error().what, "/signatures"));
    } else if (trust_.threshold == 0 || signers->size() < trust_.threshold) {
      opened_.refuse(check, "signers-missing", place.error(Errc::untrusted, too_few(envelope, *signers), "/signatures"),
                     clause);
    } else {
      check.passed("dsse-signatures", fmt::format("{} of the policy's keys signed it", signers->size()), clause);
      opened_.payloads.push_back({.payload = std::move(envelope.payload),
                                  .signers = {signers->begin(), signers->end()},
                                  .identity = {},
                                  .times = {},
                                  .place = place});
    }
  }

  Opened opened() { return std::move(opened_); }

 private:
  std::string too_few(const Envelope& envelope, const std::set<std::string>& signers) const {
    if (signers.empty()) {
      return fmt::format("none of the {} signatures verifies against a key of the policy ({})",
                         envelope.signatures.size(), keys_.ids());
    }
    return fmt::format("{} of the policy's keys signed it; expected {}", signers.size(), trust_.threshold);
  }

  // The ids of all keys that signed, sorted: two signatures of one key are one signer.
  Result<std::set<std::string>> signers_of(const Envelope& envelope) {
    const std::string signed_bytes = pre_authentication_encoding(envelope.payload_type, envelope.payload);
    std::set<std::string> signers;
    for (const std::string& signature : envelope.signatures) {
      for (const Keys::Key& key : keys_.keys) {
        work_ += signed_bytes.size() + work_of_a_try;
        if (work_ > work_allowed) return Error{Errc::too_large, "too many signatures to verify", {}};
        if (!signature_fits(key.key, signed_bytes, signature)) continue;
        signers.insert(key.id);
        break;
      }
    }
    return signers;
  }

  const Trust& trust_;
  Check& check_;
  Keys keys_;
  Opened opened_;
  std::size_t work_ = 0;
};

}  // namespace

Status trusts_keys(const Trust& trust, const Origin& attestation) {
  if (!trust.keys.empty()) return Done{};
  return Error{Errc::untrusted, "the policy trusts no key (trust.keys), so nothing can be verified", attestation};
}

Opened open_envelope(Envelope envelope, const Place& place, const Trust& trust, Check& check) {
  Opener opener(trust, check);
  opener.verify(envelope, place, check);
  return opener.opened();
}

Result<Opened> open_dsse(const Document& attestation, const Trust& trust, const Expectation&, Check& check) {
  if (const auto status = trusts_keys(trust, attestation.origin); !status) return status.error();
  const auto lines = json_lines(attestation);
  if (!lines) return lines.error();
  Opener opener(trust, check);
  for (const Line& line : *lines) opener.take({attestation.origin, line.number}, line.text);
  return opener.opened();
}

}  // namespace gate::attest
