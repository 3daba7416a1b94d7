// No armor and no key crashes the readers; what they accept has the parts that they promise.
#include <cstdint>
#include <cstdlib>

#include "adapters/git/sshsig.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto key = git::parse_ssh_key(bytes)) {
    if (key->type.empty() || key->key.has_value() == key->problem.has_value()) std::abort();
  }
  const auto signature = git::parse_ssh_signature(bytes);
  if (!signature) return 0;
  if (signature->name_space.empty() || signature->key_type.empty()) std::abort();
  if (const auto key = git::parse_ssh_key(signature->key)) {
    if (git::verifies(*signature, *key, "another message")) std::abort();
  }
  return 0;
}
