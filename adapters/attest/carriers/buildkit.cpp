#include "adapters/attest/carriers/reading.h"

// BuildKit's `provenance.json`, as its local and OCI exporters write it. Where somebody signs it, it comes in an
// envelope or a bundle, and is no longer of this format.
namespace gate::attest {

Result<std::vector<Carried>> read_buildkit(const Document& document) {
  auto statement = read_unsigned_provenance(document);
  if (!statement) return statement.error();
  return std::vector{std::move(*statement)};
}

}  // namespace gate::attest
