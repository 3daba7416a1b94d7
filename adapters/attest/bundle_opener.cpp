#include "adapters/attest/bundle_opener.h"

#include <fmt/format.h>

#include <algorithm>

#include "gate/crypto/digest.h"

namespace gate::attest {
Artifact artifact_of(const Expectation& expectation) {
  const auto raw = [](const std::string& hex) { return crypto::from_hex(hex).value_or(""); };
  return {.path = expectation.subject_path,
          .sha256 = raw(expectation.subject_sha256),
          .sha384 = raw(expectation.subject_sha384),
          .sha512 = raw(expectation.subject_sha512),
          .bytes = expectation.bytes};
}

Error problem_of(const Check& check, const Place& place) {
  const Check* first = check.first_problem();
  if (!first) return place.error(Errc::internal, "nothing was verified", "");
  std::string what = first->code + ": " + first->what;
  if (!first->expected.empty()) what += fmt::format(" (expected {}, got {})", first->expected, first->got);
  const bool looked = first->outcome == CheckOutcome::failed;
  return {looked ? Errc::untrusted : Errc::incomplete, std::move(what), first->where};
}

Status trusts_certificates(const Trust& trust, const Origin& attestation) {
  if (!trust.root) {
    return Error{Errc::untrusted, "the policy has no trust root (trust.sigstore.root), so nothing can be verified",
                 attestation};
  }
  if (trust.identities.empty()) {
    return Error{Errc::untrusted,
                 "the policy trusts no identity (trust.sigstore.identities), so nothing can be verified", attestation};
  }
  return Done{};
}

void BundleOpener::take(const Place& place, std::string_view text) {
  Check one{.code = "bundle", .what = "a bundle of an identity that the policy trusts", .where = place.at("")};
  const auto value = json::parse(text, place.bundle.artifact, {.bytes = most_bundle_bytes});
  auto bundle = value ? read_bundle(json::View(*value, place.bundle.artifact)) : Result<Bundle>(value.error());
  if (!bundle) {
    opened_.refuse(one, "bundle-malformed", place.within_envelope(bundle.error()));
  } else {
    bundle->origin = place.at("");
    open(*bundle, place, one);
  }
  check_.add(std::move(one));
}

void BundleOpener::open(const Bundle& bundle, const Place& place, Check& check) {
  // A statement is matched with its subject later, as that of any carrier.
  const bool message = std::holds_alternative<MessageSignature>(bundle.content);
  const auto artifact = message ? std::optional(artifact_) : std::nullopt;
  const ExpectedSigner signer = AnyIdentity{};
  auto verified = verify_bundle(bundle, {.root = *trust_.root, .signer = signer, .artifact = artifact}, check);
  if (!verified || !verified->identity()) {
    opened_.problems.push_back(problem_of(check, place));
    return;
  }
  const auto& identity = *verified->identity();
  if (!is_trusted(identity, place, check)) return;
  opened_.payloads.push_back({.payload = message ? std::nullopt : std::optional(verified->payload()),
                              .signers = {},
                              .identity = identity,
                              .times = verified->times(),
                              .place = place});
}

bool BundleOpener::is_trusted(const sigstore::CertificateIdentity& identity, const Place& place, Check& check) {
  if (std::ranges::any_of(trust_.identities,
                          [&](const auto& each) { return each.covers(identity.name, identity.issuer); })) {
    return check.passed("identity-trusted", quote(identity.name) + ", as " + quote(identity.issuer) + " says");
  }
  std::string expected;
  for (const TrustedIdentity& each : trust_.identities) {
    expected += fmt::format("{}{} of {}", expected.empty() ? "" : ", or ", each.name, each.issuer);
  }
  const std::string got = fmt::format("{} of {}", quote(identity.name), quote(identity.issuer));
  check.differs("identity-mismatch", "no identity that the policy trusts", expected, got);
  opened_.problems.push_back(
      place.error(Errc::untrusted, fmt::format("identity-mismatch: signed by {}; expected {}", got, expected), ""));
  return false;
}

}  // namespace gate::attest
