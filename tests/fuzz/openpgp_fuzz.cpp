// No armour and no packet crashes the readers; what they accept is bounded, and was neither cut nor put together.
#include <cstdint>
#include <cstdlib>

#include "adapters/git/openpgp_packet.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto packets = git::dearmor_openpgp(bytes, "SIGNATURE");
  if (packets && packets->empty()) std::abort();
  const std::string_view inside = packets ? std::string_view(*packets) : bytes;
  const auto signatures = git::parse_openpgp_signatures(inside);
  if (!signatures) return 0;
  if (signatures->empty() || signatures->size() > git::most_openpgp_signatures) std::abort();
  if (git::parse_openpgp_signatures(inside.substr(0, inside.size() - 1))) std::abort();
  return 0;
}
