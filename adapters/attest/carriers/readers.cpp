#include <algorithm>
#include <exception>

#include "adapters/attest/carriers/carried.h"

namespace gate::attest {

// Each in its own file.
#define GATE_READER(name) Result<std::vector<Carried>> read_##name(const Document& document);
#include "adapters/attest/carriers/readers.def"
#undef GATE_READER

namespace {

// The one place where an exception of a reader ends, where errors learn the digest, and where nothing at all is
// refused.
template <Result<std::vector<Carried>> (*read)(const Document&)>
Result<std::vector<Carried>> guarded(const Document& document) {
  try {
    auto carried = read(document);
    if (carried && carried->empty()) return Error{Errc::empty, "no attestation in it", document.origin};
    if (carried) return carried;
    Error error = carried.error();
    error.where.sha256 = document.origin.sha256;
    return error;
  } catch (const std::exception& e) {
    return Error{Errc::internal, e.what(), document.origin};
  }
}

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

}  // namespace

const std::vector<CarrierReader>& carrier_readers() {
#define GATE_READER(name) static const std::string name##_name = dashed(#name);
#include "adapters/attest/carriers/readers.def"
#undef GATE_READER
#define GATE_READER(name) {name##_name, &guarded<read_##name>},
  static const std::vector<CarrierReader> all{
#include "adapters/attest/carriers/readers.def"
  };
#undef GATE_READER
  return all;
}

const CarrierReader* find_reader(std::string_view name) {
  const auto& all = carrier_readers();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const CarrierReader& carrier) { return carrier.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gate::attest
