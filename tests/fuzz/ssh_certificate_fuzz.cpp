// No certificate crashes its reader; none that was changed is signed by its authority.
#include <cstdint>
#include <cstdlib>

#include "adapters/git/ssh_certificate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto certificate = git::parse_ssh_certificate(bytes);
  if (!certificate) return 0;
  if (certificate->key.key.has_value() == certificate->key.problem.has_value()) std::abort();
  if (certificate->principals.size() > git::most_certificate_principals) std::abort();
  certificate->signed_bytes += 'x';
  if (git::verify_authority(*certificate)) std::abort();
  return 0;
}
