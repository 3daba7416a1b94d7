// Bundles that are signed with certificates of identities that the policy trusts; shared by the carriers that have
// them.
#pragma once

#include "adapters/attest/carrier.h"
#include "adapters/attest/sigstore_bundle.h"

namespace gate::attest {

Artifact artifact_of(const Expectation& expectation);

// The first problem of a check, for the list of problems.
Error problem_of(const Check& check, const Place& place);

// The policy says whose certificates count.
Status trusts_certificates(const Trust& trust, const Origin& attestation);

class BundleOpener {
 public:
  BundleOpener(const Trust& trust, const Expectation& expectation, Check& check)
      : trust_(trust), artifact_(artifact_of(expectation)), check_(check) {}

  void take(const Place& place, std::string_view text);               // one bundle in JSON
  void open(const Bundle& bundle, const Place& place, Check& check);  // one that was read
  bool is_trusted(const sigstore::CertificateIdentity& identity, const Place& place, Check& check);
  Opened opened() { return std::move(opened_); }

 private:
  const Trust& trust_;  // with a root
  const Artifact artifact_;
  Check& check_;
  Opened opened_;
};

}  // namespace gate::attest
