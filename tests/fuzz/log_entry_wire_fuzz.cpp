// No bytes in protobuf's wire format crash the reader; what it accepts has the parts that it promises.
#include <cstdint>
#include <cstdlib>

#include "adapters/git/log_entry_wire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const auto entry = git::parse_log_entry({reinterpret_cast<const char*>(data), size});
  if (!entry) return 0;
  if (entry->log_id.size() != 32 || entry->kind.empty()) std::abort();
  if (entry->integrated_time && *entry->integrated_time < 0) std::abort();
  if (!entry->proof) return 0;
  if (!entry->proof->root.empty() && entry->proof->root.size() != 32) std::abort();
  if (entry->proof->hashes.size() > 64) std::abort();
  for (const std::string& hash : entry->proof->hashes) {
    if (hash.size() != 32) std::abort();
  }
  return 0;
}
