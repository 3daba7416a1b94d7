#include "adapters/attest/carriers/reading.h"

// slsa-github-generator: `.intoto.jsonl` with a certificate beside each signature (up to 2.0) or with bundles (from 2.1
// on), and `.build.slsa` of its "bring your own builder" framework, which are bundles of the delegator's.
namespace gate::attest {
namespace {

Result<Carried> read_one(const json::View& view) {
  if (view.has("mediaType")) return read_certified_bundle(view);
  auto envelope = read_envelope(view);
  if (!envelope) return envelope.error();
  const auto signatures = view.elements("signatures");
  if (!signatures) return signatures.error();
  const auto certificate = signatures->front().text("cert");
  if (!certificate) return certificate.error();
  return certified(std::move(*envelope), *certificate, {}, view.origin());
}

}  // namespace

Result<std::vector<Carried>> read_slsa_github_generator(const Document& document) {
  return read_each(document, read_one);
}

}  // namespace gate::attest
