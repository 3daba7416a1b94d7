// No pack crashes its reader, and none that was read is written otherwise than it can be read again.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/cpp/facts_cache.h"
#include "gate/crypto/digest.h"

namespace {

namespace fs = std::filesystem;
using namespace gate::cpp;

const fs::path& folder() {
  static const fs::path made = [] {
    fs::path path = fs::temp_directory_path() / ("gate-facts-cache-fuzz-" + std::to_string(::getpid()));
    fs::create_directories(path);
    std::atexit([] { fs::remove_all(folder()); });
    return path;
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes = "gate facts 3\n" + std::string(reinterpret_cast<const char*>(data), size);
  bytes += gate::crypto::sha256(bytes);  // as if the writer had meant it
  for (const auto& old : fs::directory_iterator(folder())) fs::remove(old);
  std::ofstream(folder() / "fuzzed.gate-facts", std::ios::binary) << bytes;
  const auto paths = Paths::open("/usr");
  if (!paths) std::abort();
  const CacheRequest request{.folder = folder().string(), .key = {}, .save = true};
  FactsCache cache(request, *paths);
  cache.keep(std::string(32, 'k'), {{"/usr/none", Seen::absent, {}}}, "facts");
  if (!cache.save()) std::abort();
  FactsCache again(request, *paths);
  if (!again.ignored().empty() || again.find(std::string(32, 'k')) != "facts") std::abort();
  return 0;
}
