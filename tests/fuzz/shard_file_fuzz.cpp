// No file crashes the reader or the joining, and what was read is written as it can be read again.
#include <cstdint>
#include <cstdlib>

#include "adapters/cpp/shard_file.h"
#include "gate/crypto/digest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate::cpp;
  const std::string content(reinterpret_cast<const char*>(data), size);
  // As if the writer had meant it.
  const gate::Document document{"gate shard 1\n" + gate::crypto::sha256_hex(content) + "\n" + content,
                                {"fuzzed", {}, {}}};
  const auto file = decode_shard(document, {});
  if (!file) return 0;
  const gate::Document again{encode_shard(*file, {}), document.origin};
  const auto same = decode_shard(again, {});
  if (!same || encode_shard(*same, {}) != again.bytes) std::abort();
  Joined joined = join_shards({document, again}, file->terms, {});
  if (joined.batch.problems.empty()) std::abort();  // a shard that is there twice
  join_shards({document}, file->terms, {});
  return 0;
}
