#include "adapters/attest/npm.h"
#include "adapters/attest/carriers/reading.h"
#include "adapters/attest/fields.h"

// What an npm registry answers for the attestations of a package's version: the registry's own, signed with its key,
// and the build's provenance. One without the other says nothing (GHSA-r2xv).
namespace gate::attest {
namespace {

Result<Carried> read_attestation(const json::View& view) {
  const auto type = view.text("predicateType");
  const auto member = view.member("bundle");
  if (!type || !member) return !type ? type.error() : member.error();
  auto bundle = read_bundle(*member);
  if (!bundle) return bundle.error();
  if (!std::holds_alternative<Envelope>(bundle->content))
    return member->error(Errc::malformed, "a signature over a message; an attestation is a DSSE envelope");
  const bool by_key = std::holds_alternative<KeyMaterial>(bundle->material);
  if (by_key != (*type == npm_publish))
    return member->error(Errc::malformed,
                         by_key ? "provenance that is signed with a key" : "not signed with a registry's key");
  return Carried{.content = std::move(*bundle), .predicate_type = *type, .origin = member->origin()};
}

}  // namespace

Result<std::vector<Carried>> read_npm(const Document& document) {
  const auto value = parse_whole(document);
  if (!value) return value.error();
  const json::View top(*value, document.origin.artifact);
  const auto elements = top.elements("attestations");
  if (!elements) return elements.error();
  std::vector<Carried> all;
  std::size_t publishes = 0, provenances = 0;
  for (const json::View& element : *elements) {
    const auto type = element.text("predicateType");
    if (!type) return type.error();
    const bool publish = *type == npm_publish;
    if (!publish && *type != "https://slsa.dev/provenance/v1" && *type != "https://slsa.dev/provenance/v0.2")
      return element.member("predicateType")
          ->error(Errc::unsupported_version, "an attestation of the type " + quote(*type));
    if (++(publish ? publishes : provenances) > 1) return element.error(Errc::malformed, "a second one of its type");
    auto carried = read_attestation(element);
    if (!carried) return carried.error();
    all.push_back(std::move(*carried));
  }
  if (publishes == 1 && provenances == 1) return all;
  return top.error(Errc::incomplete, publishes == 0 ? "no publish attestation" : "no provenance");
}

}  // namespace gate::attest
