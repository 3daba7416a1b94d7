// The carriers that only pack what others sign: read by their own readers, opened alike.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/attest/bundle_opener.h"
#include "adapters/attest/carriers/carried.h"
#include "adapters/attest/detached/detached.h"
#include "adapters/attest/npm.h"

namespace gate::attest {
namespace {

constexpr const char* unsigned_clause = "SLSA v1.0, build track, level 1";

class Opener {
 public:
  Opener(const Document& attestation, const Trust& trust, const Expectation& expectation)
      : attestation_(attestation), trust_(trust), expectation_(expectation) {}

  void open(const Carried& carried, Check& check) {
    const Place place{attestation_.origin, carried.line};
    Check one{
        .code = "attestation", .what = "an attestation of a signer whom the policy trusts", .where = carried.origin};
    if (const auto* bundle = std::get_if<Bundle>(&carried.content)) {
      open(*bundle, place, one);
    } else if (const auto* envelope = std::get_if<Envelope>(&carried.content)) {
      open(*envelope, place, one);
    } else {
      opened_.refuse(
          one, "unsigned-statement",
          place.error(Errc::untrusted, "nobody signed it, so that it is of level 1 at best and proves nothing", ""),
          unsigned_clause);
    }
    check.add(std::move(one));
  }

  Opened opened() { return std::move(opened_); }

 private:
  void open(const Bundle& bundle, const Place& place, Check& check) {
    if (const auto status = trusts_certificates(trust_, attestation_.origin); !status)
      return opened_.refuse(check, "no-trusted-identity", status.error());
    BundleOpener opener(trust_, expectation_, check);
    opener.open(bundle, place, check);
    opened_.append(opener.opened());
  }

  void open(const Envelope& envelope, const Place& place, Check& check) {
    if (const auto status = trusts_keys(trust_, attestation_.origin); !status)
      return opened_.refuse(check, "no-trusted-key", status.error());
    opened_.append(open_envelope(envelope, place, trust_, check));
  }

  const Document& attestation_;
  const Trust& trust_;
  const Expectation& expectation_;
  Opened opened_;
};

Result<Opened> open_each(std::string_view format, const Document& attestation, const Trust& trust,
                         const Expectation& expectation, Check& check) {
  const auto carried = find_reader(format)->read(attestation);
  if (!carried) return carried.error();
  Opener opener(attestation, trust, expectation);
  for (const Carried& one : *carried) opener.open(one, check);
  return opener.opened();
}

// minisign and signify have keys in a form of their own, all others in PEM.
std::vector<TrustedKey> keys_for(std::string_view format, const std::vector<TrustedKey>& trusted) {
  const bool own = std::ranges::find(key_formats, format) != key_formats.end();
  std::vector<TrustedKey> keys;
  std::ranges::copy_if(trusted, std::back_inserter(keys),
                       [&](const TrustedKey& key) { return key.format == (own ? format : "pem"); });
  return keys;
}

// A signature over the artifact itself has no payload.
Result<Opened> open_detached(std::string_view format, const Document& signature, const Trust& trust,
                             const Expectation& expectation, Check& check) {
  const std::vector<TrustedKey> keys = keys_for(format, trust.keys);
  if (keys.empty())
    return Error{Errc::untrusted, fmt::format("the policy trusts no key that {} signatures have", format),
                 signature.origin};
  const Artifact artifact = artifact_of(expectation);
  const Place place{signature.origin};
  Check one{.code = "signature", .what = "a signature of a key that the policy trusts", .where = signature.origin};
  const auto verified =
      verify_detached(*find_detached_format(format), signature, {keys, artifact, expectation.package}, one);
  std::set<std::string> signers;
  for (const VerifiedSignature& each : verified) signers.insert(each.key_id());
  Opened opened;
  if (signers.empty()) {
    opened.problems.push_back(problem_of(one, place));
  } else if (trust.threshold == 0 || signers.size() < trust.threshold) {
    opened.refuse(one, "signers-missing",
                  place.error(Errc::untrusted, "fewer keys than the policy asks for signed it", ""));
  } else {
    opened.payloads.push_back({.payload = std::nullopt,
                               .signers = {signers.begin(), signers.end()},
                               .identity = {},
                               .times = {},
                               .place = place});
  }
  check.add(std::move(one));
  return opened;
}

}  // namespace

// Both attestations, or nothing: the registry's own word and the build's.
Result<Opened> open_npm(const Document& attestation, const Trust& trust, const Expectation& expectation, Check& check) {
  if (const auto status = trusts_certificates(trust, attestation.origin); !status) return status.error();
  if (const auto status = trusts_keys(trust, attestation.origin); !status) return status.error();
  const auto carried = find_reader("npm")->read(attestation);
  if (!carried) return carried.error();
  const Place place{attestation.origin};
  std::vector<ManagedKey> registry;
  const Keys keys = read_keys(trust.keys);
  for (const Keys::Key& key : keys.keys) registry.push_back({key.id, key.key});
  const ExpectedSigner anybody = AnyIdentity{};
  const std::optional<Artifact> artifact = artifact_of(expectation);
  Check both{
      .code = "npm", .what = "the registry's and the build's attestations of the package", .where = attestation.origin};
  const auto verified = verify_npm(*carried, {*trust.root, anybody, registry, artifact, expectation.package}, both);
  BundleOpener opener(trust, expectation, check);
  const bool trusted =
      verified && verified->provenance.identity() && opener.is_trusted(*verified->provenance.identity(), place, both);
  Opened opened = opener.opened();
  for (const Error& problem : keys.problems) opened.refuse(both, "key-refused", problem);
  if (!verified) opened.problems.push_back(problem_of(both, place));
  if (trusted) {
    opened.payloads.push_back({.payload = verified->publish.payload(),
                               .signers = {verified->publish.key_id()},
                               .identity = {},
                               .times = verified->publish.times(),
                               .place = place});
    opened.payloads.push_back({.payload = verified->provenance.payload(),
                               .signers = {},
                               .identity = verified->provenance.identity(),
                               .times = verified->provenance.times(),
                               .place = place});
  }
  check.add(std::move(both));
  return opened;
}

#define GATE_OPENER(name, text, open)                                                                         \
  Result<Opened> open_##name(const Document& attestation, const Trust& trust, const Expectation& expectation, \
                             Check& check) {                                                                  \
    return open(text, attestation, trust, expectation, check);                                                \
  }
GATE_OPENER(buildkit, "buildkit", open_each)
GATE_OPENER(github, "github", open_each)
GATE_OPENER(gitlab_runner, "gitlab-runner", open_each)
GATE_OPENER(pypi_attestation, "pypi-attestation", open_each)
GATE_OPENER(pypi_provenance, "pypi-provenance", open_each)
GATE_OPENER(slsa_github_generator, "slsa-github-generator", open_each)
GATE_OPENER(tekton_chains, "tekton-chains", open_each)
GATE_OPENER(cosign, "cosign", open_detached)
GATE_OPENER(minisign, "minisign", open_detached)
GATE_OPENER(npm_registry, "npm-registry", open_detached)
GATE_OPENER(signify, "signify", open_detached)
#undef GATE_OPENER

}  // namespace gate::attest
