// No list of revoked keys crashes its reader, and asking one that was read does not either.
#include <cstdint>

#include "adapters/git/ssh_revocations.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const Document document{std::string(reinterpret_cast<const char*>(data), size), {"revoked", {}, {}}};
  const auto list = git::SshRevocations::parse(document);
  if (!list) return 0;
  git::SshCertificate certificate;
  for (const std::uint64_t serial : {std::uint64_t{0}, std::uint64_t{7}, ~std::uint64_t{0}}) {
    certificate.serial = serial;
    (void)list->revokes(certificate);
  }
  return 0;
}
