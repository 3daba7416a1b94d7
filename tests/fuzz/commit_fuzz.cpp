// No object crashes the splitter; the payload of a commit is itself a commit, unsigned, and its own payload.
#include <cstdint>
#include <cstdlib>

#include "adapters/git/commit_object.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const auto commit = git::split_commit({reinterpret_cast<const char*>(data), size});
  if (!commit) return 0;
  if (commit->payload.size() + commit->signature.size() > size || commit->summary.size() > 72) std::abort();
  const auto again = git::split_commit(commit->payload);
  if (!again || !again->signature.empty() || again->payload != commit->payload || again->parents != commit->parents)
    std::abort();
  return 0;
}
