// A carrier: how statements and signatures are packed. Each opener verifies who signed, by the carrier's own standard;
// what the payload says is judged afterwards, in one place for all of them (statement_verifier.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/attest/attest.h"
#include "adapters/attest/dsse.h"
#include "adapters/attest/place.h"
#include "gate/crypto/public_key.h"
#include "gate/sigstore/identity.h"
#include "gate/sigstore/signing_time.h"

namespace gate::attest {

// Bytes whose signature was verified, and by what.
struct SignedPayload {
  std::optional<std::string> payload;  // an in-toto statement; nothing: the signature is over the expected artifact
  std::vector<std::string> signers;    // key ids of the policy
  std::optional<sigstore::CertificateIdentity> identity;  // nothing: keys signed
  std::vector<sigstore::VerifiedTime> times;
  Place place;
};

struct Opened {
  std::vector<SignedPayload> payloads;
  std::vector<Error> problems;  // what could not be verified, each also in the check

  // Notes a problem, in the check as well.
  void refuse(Check& check, std::string code, Error error, std::string clause = {});
  void append(Opened more);
};

#define GATE_CARRIER(name)                                                                                    \
  Result<Opened> open_##name(const Document& attestation, const Trust& trust, const Expectation& expectation, \
                             Check& check);
#include "adapters/attest/carriers.def"
#undef GATE_CARRIER

// The policy's keys in PEM, each under one name; what is wrong with them is a problem of every attestation.
struct Keys {
  struct Key {
    std::string id;
    crypto::PublicKey key;
  };
  std::vector<Key> keys;
  std::vector<Error> problems;

  std::string ids() const;  // for a message
};
Keys read_keys(const std::vector<TrustedKey>& trusted);

// The policy has a key.
Status trusts_keys(const Trust& trust, const Origin& attestation);

// One envelope that was read: k of n keys of the policy signed it.
Opened open_envelope(Envelope envelope, const Place& place, const Trust& trust, Check& check);

// By any of the ways that the key's type allows; both paddings of RSA are in use.
bool signature_fits(const crypto::PublicKey& key, std::string_view message, std::string_view signature);

}  // namespace gate::attest
