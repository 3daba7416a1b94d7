// The carrier "sigstore-bundle": bundles that are signed with certificates of identities that the policy trusts.
#include <fmt/format.h>

#include <algorithm>

#include "adapters/attest/carrier.h"
#include "adapters/attest/json_lines.h"
#include "adapters/attest/sigstore_bundle.h"
#include "gate/crypto/digest.h"

namespace gate::attest {
namespace {

Artifact artifact_of(const Expectation& expectation) {
  const auto raw = [](const std::string& hex) { return crypto::from_hex(hex).value_or(""); };
  return {.path = expectation.subject_path,
          .sha256 = raw(expectation.subject_sha256),
          .sha384 = raw(expectation.subject_sha384),
          .sha512 = raw(expectation.subject_sha512),
          .bytes = expectation.bytes};
}

// Both whole: what the policy names stands for nothing that it merely begins or contains.
bool is_same(const AttestingIdentity& trusted, const sigstore::CertificateIdentity& identity) {
  if (trusted.name.empty() || trusted.issuer.empty() || trusted.issuer != identity.issuer) return false;
  return trusted.is_glob ? glob_matches(trusted.name, identity.name) : trusted.name == identity.name;
}

class Opener {
 public:
  Opener(const Trust& trust, const Expectation& expectation, Check& check)
      : trust_(trust), artifact_(artifact_of(expectation)), check_(check) {}

  void take(const Place& place, std::string_view text) {
    Check one{.code = "bundle", .what = "a bundle of an identity that the policy trusts", .where = place.at("")};
    const auto value = json::parse(text, place.bundle.artifact, {.bytes = most_bundle_bytes});
    auto bundle = value ? read_bundle(json::View(*value, place.bundle.artifact)) : Result<Bundle>(value.error());
    if (!bundle) {
      opened_.refuse(one, "bundle-malformed", place.within_envelope(bundle.error()));
    } else {
      bundle->origin = place.at("");
      verify(*bundle, place, one);
    }
    check_.add(std::move(one));
  }

  Opened opened() { return std::move(opened_); }

 private:
  void verify(const Bundle& bundle, const Place& place, Check& check) {
    // A statement is matched with its subject later, as that of any carrier.
    const bool message = std::holds_alternative<MessageSignature>(bundle.content);
    const auto artifact = message ? std::optional(artifact_) : std::nullopt;
    const ExpectedSigner signer = AnyIdentity{};
    auto verified = verify_bundle(bundle, {.root = *trust_.root, .signer = signer, .artifact = artifact}, check);
    if (!verified || !verified->identity()) {
      opened_.problems.push_back(problem(check, place));
      return;
    }
    const auto& identity = *verified->identity();
    if (std::ranges::none_of(trust_.identities, [&](const auto& each) { return is_same(each, identity); })) {
      refuse_stranger(identity, place, check);
      return;
    }
    check.passed("identity-trusted", quote(identity.name) + ", as " + quote(identity.issuer) + " says");
    opened_.payloads.push_back({.payload = message ? std::nullopt : std::optional(verified->payload()),
                                .signers = {},
                                .identity = identity,
                                .times = verified->times(),
                                .place = place});
  }

  void refuse_stranger(const sigstore::CertificateIdentity& identity, const Place& place, Check& check) {
    std::string expected;
    for (const AttestingIdentity& each : trust_.identities) {
      expected += fmt::format("{}{} of {}", expected.empty() ? "" : ", or ", each.name, each.issuer);
    }
    const std::string got = fmt::format("{} of {}", quote(identity.name), quote(identity.issuer));
    check.differs("identity-mismatch", "no identity that the policy trusts", expected, got);
    opened_.problems.push_back(
        place.error(Errc::untrusted, fmt::format("identity-mismatch: signed by {}; expected {}", got, expected), ""));
  }

  static Error problem(const Check& check, const Place& place) {
    const Check* first = check.first_problem();
    if (!first) return place.error(Errc::internal, "nothing was verified", "");
    std::string what = first->code + ": " + first->what;
    if (!first->expected.empty()) what += fmt::format(" (expected {}, got {})", first->expected, first->got);
    const bool looked = first->outcome == CheckOutcome::failed;
    return {looked ? Errc::untrusted : Errc::incomplete, std::move(what), first->where};
  }

  const Trust& trust_;
  const Artifact artifact_;
  Check& check_;
  Opened opened_;
};

}  // namespace

Result<Opened> open_sigstore_bundle(const Document& attestation, const Trust& trust, const Expectation& expectation,
                                    Check& check) {
  if (!trust.root) {
    return Error{Errc::untrusted, "the policy has no trust root (trust.sigstore.root), so nothing can be verified",
                 attestation.origin};
  }
  if (trust.identities.empty()) {
    return Error{Errc::untrusted,
                 "the policy trusts no identity (trust.sigstore.identities), so nothing can be verified",
                 attestation.origin};
  }
  const auto lines = json_lines(attestation);
  if (!lines) return lines.error();
  Opener opener(trust, expectation, check);
  for (const Line& line : *lines) opener.take({attestation.origin, line.number}, line.text);
  return opener.opened();
}

}  // namespace gate::attest
