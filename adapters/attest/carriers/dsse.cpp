#include "adapters/attest/carriers/reading.h"

// DSSE envelopes that are signed with keys: https://github.com/secure-systems-lab/dsse
namespace gate::attest {
namespace {

Result<Carried> read_one(const json::View& view) {
  if (view.has("mediaType"))
    return view.error(Errc::unsupported_version,
                      "a Sigstore bundle; a DSSE envelope that is signed with a key belongs here");
  auto envelope = read_envelope(view);
  if (!envelope) return envelope.error();
  return Carried{.content = std::move(*envelope), .predicate_type = {}, .origin = view.origin()};
}

}  // namespace

Result<std::vector<Carried>> read_dsse(const Document& document) { return read_each(document, read_one); }

}  // namespace gate::attest
