// No trust root crashes the readers; what they accept has keys and chains that follow from it.
#include <cstdint>
#include <cstdlib>

#include "gate/policy/trust_root.h"

namespace {

void check(const gate::sigstore::TrustedRoot& root) {
  for (const auto& log : root.transparency_logs) {
    if (log.verify("a message", "no signature")) std::abort();
  }
  for (const auto& authority : root.certificate_authorities) {
    if (const auto& chain = authority.chain.read(); chain && chain->empty()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto root = sigstore::parse_trusted_root({bytes, {"root.json", {}, {}}})) check(*root);
  policy::Complaints complaints;
  const auto root = policy::read_trust_root("root.yaml", bytes, complaints);
  if (root) check(*root);
  if (!root && complaints.empty()) std::abort();
  return 0;
}
