// What ecosystems carry attestations in: bytes → the bundles, envelopes and statements inside. Pure.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/attest/bundle.h"
#include "adapters/attest/dsse.h"
#include "gate/core/document.h"

namespace gate::attest {

// What somebody wrote about an artifact and nobody signed. No verifier takes it, so that no verified statement can come
// of it; SLSA's build track has it on level 1 at best.
struct UnsignedStatement {
  static constexpr int highest_level = 1;
  std::string payload, predicate_type, builder;
};

// One attestation. Nothing in it is verified. An envelope alone is signed with a key; one that came with a certificate
// is a bundle whose verification material is all that the carrier has.
struct Carried {
  std::variant<Bundle, Envelope, UnsignedStatement> content;
  std::string predicate_type;  // stated beside it, and what the payload has to have; empty: not stated
  Origin origin;
  int line = 0;  // from 1; 0: the file is one text
};

// All of a document's attestations in order, never none of them; or the reason why one cannot be read.
struct CarrierReader {
  std::string_view name;  // as the policy or the command line has it: nothing is sniffed
  Result<std::vector<Carried>> (*read)(const Document&);
};

const std::vector<CarrierReader>& carrier_readers();      // readers.def
const CarrierReader* find_reader(std::string_view name);  // null where there is none

}  // namespace gate::attest
