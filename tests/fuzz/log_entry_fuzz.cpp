// No body of a log entry and no checkpoint crashes the readers; what they accept has the parts that they promise.
#include <cstdint>
#include <cstdlib>

#include "gate/sigstore/checkpoint.h"
#include "gate/sigstore/log_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate::sigstore;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto checkpoint = parse_checkpoint(bytes)) {
    if (checkpoint->root.size() != 32 || checkpoint->signatures.size() > most_note_signatures) std::abort();
    if (!bytes.starts_with(checkpoint->signed_text)) std::abort();
  }
  constexpr std::pair<const char*, const char*> kinds[] = {
      {"hashedrekord", "0.0.1"}, {"hashedrekord", "0.0.2"}, {"dsse", "0.0.1"}, {"intoto", "0.0.2"}};
  for (const auto& [kind, version] : kinds) {
    const auto logged = parse_body({.log_id = {}, .kind = kind, .version = version, .promise = {}, .body = bytes});
    if (logged && logged->digest_algorithm.empty() && logged->digest.empty()) std::abort();
  }
  return 0;
}
