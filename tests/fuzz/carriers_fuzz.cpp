// No document crashes the reader of any carrier, and an attestation that is read is signed or says that it is not.
#include <cstdint>
#include <cstdlib>

#include "adapters/attest/carriers/carried.h"
#include "adapters/attest/detached/detached.h"

namespace {

using namespace gate;

void check(const attest::Carried& carried) {
  if (const auto* bundle = std::get_if<attest::Bundle>(&carried.content)) {
    const auto* envelope = std::get_if<attest::Envelope>(&bundle->content);
    if (!envelope || envelope->signatures.size() != 1) std::abort();
  } else if (const auto* envelope = std::get_if<attest::Envelope>(&carried.content)) {
    if (envelope->signatures.empty()) std::abort();
  } else if (std::get<attest::UnsignedStatement>(carried.content).payload.empty()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Document document{{reinterpret_cast<const char*>(data), size}, {"attestation", {}, {}}};
  for (const attest::CarrierReader& reader : attest::carrier_readers()) {
    const auto carried = reader.read(document);
    if (!carried) continue;
    if (carried->empty()) std::abort();
    for (const attest::Carried& one : *carried) check(one);
  }
  const auto signatures = attest::find_detached_format("npm-registry")->read(document);
  if (signatures && signatures->empty()) std::abort();
  return 0;
}
