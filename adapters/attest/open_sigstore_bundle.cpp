// The carrier "sigstore-bundle": bundles that are signed with certificates of identities that the policy trusts.
#include "adapters/attest/bundle_opener.h"
#include "adapters/attest/json_lines.h"

namespace gate::attest {

Result<Opened> open_sigstore_bundle(const Document& attestation, const Trust& trust, const Expectation& expectation,
                                    Check& check) {
  if (const auto status = trusts_certificates(trust, attestation.origin); !status) return status.error();
  const auto lines = json_lines(attestation);
  if (!lines) return lines.error();
  BundleOpener opener(trust, expectation, check);
  for (const Line& line : *lines) opener.take({attestation.origin, line.number}, line.text);
  return opener.opened();
}

}  // namespace gate::attest
