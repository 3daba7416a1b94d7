// No file crashes the reader; every complaint has a place.
#include <cstdint>
#include <cstdlib>

#include "adapters/git/allowed_signers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const git::AllowedSigners signers({bytes, {"allowed_signers", {}, {}}});
  for (const Error& problem : signers.problems()) {
    if (problem.where.at.find(':') == std::string::npos || problem.what.empty()) std::abort();
  }
  git::pattern_list_allows(bytes.substr(0, size / 2), bytes.substr(size / 2));
  return 0;
}
