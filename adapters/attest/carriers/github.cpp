#include "adapters/attest/carriers/reading.h"

// Artifact attestations of GitHub: a bundle, or JSON Lines of them, as `gh attestation download` writes them.
namespace gate::attest {

Result<std::vector<Carried>> read_github(const Document& document) {
  return read_each(document, read_certified_bundle);
}

}  // namespace gate::attest
