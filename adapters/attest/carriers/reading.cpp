#include "adapters/attest/carriers/reading.h"

#include "adapters/attest/json_lines.h"

namespace gate::attest {
namespace {

constexpr std::string_view pem_end = "-----END CERTIFICATE-----";

Result<std::vector<crypto::Certificate>> certificates_in(std::string_view pem, const Origin& origin) {
  std::vector<crypto::Certificate> chain;
  while (pem.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    if (chain.size() == crypto::most_chain)
      return Error{Errc::too_large, "a chain of more than 8 certificates", origin};
    const auto end = pem.find(pem_end);
    const auto size = end == std::string_view::npos ? pem.size() : end + pem_end.size();
    auto certificate = crypto::Certificate::from_pem(pem.substr(0, size));
    if (!certificate) return Error{certificate.error().code, certificate.error().what, origin};
    chain.push_back(std::move(*certificate));
    pem.remove_prefix(size);
  }
  return chain;
}

// https://slsa.dev/spec/v1.0/provenance and https://slsa.dev/spec/v0.2/provenance
Result<std::string> builder_of(const json::View& predicate, std::string_view type) {
  const auto details = type == "https://slsa.dev/provenance/v1" ? predicate.member("runDetails") : Result(predicate);
  if (!details) return details.error();
  const auto builder = details->member("builder");
  if (!builder) return builder.error();
  return builder->text("id");
}

}  // namespace

Result<json::Value> parse_whole(const Document& document) {
  return json::parse(document.bytes, document.origin.artifact, {.bytes = most_bundle_bytes});
}

Result<std::vector<Carried>> read_each(const Document& document, Result<Carried> (*read)(const json::View&)) {
  const auto lines = json_lines(document);
  if (!lines) return lines.error();
  std::vector<Carried> all;
  for (const Line& line : *lines) {
    const Place place{document.origin, line.number};
    const auto value = json::parse(line.text, document.origin.artifact, {.bytes = most_bundle_bytes});
    auto one = value ? read(json::View(*value, document.origin.artifact)) : Result<Carried>(value.error());
    if (!one) return place.within_envelope(one.error());
    one->origin = place.at(one->origin.at);
    one->line = line.number;
    if (auto* bundle = std::get_if<Bundle>(&one->content)) bundle->origin = one->origin;
    all.push_back(std::move(*one));
  }
  return all;
}

Result<Carried> read_certified_bundle(const json::View& view) {
  auto bundle = read_bundle(view);
  if (!bundle) return bundle.error();
  if (!std::holds_alternative<Envelope>(bundle->content))
    return view.error(Errc::malformed, "a signature over a message; an attestation is a DSSE envelope");
  if (!std::holds_alternative<CertificateMaterial>(bundle->material))
    return view.error(Errc::malformed, "signed with a key; a certificate belongs here");
  return Carried{.content = std::move(*bundle), .predicate_type = {}, .origin = view.origin()};
}

Result<Carried> certified(Envelope envelope, std::string_view certificate_pem, std::string_view chain_pem,
                          const Origin& origin) {
  if (envelope.signatures.size() != 1) return Error{Errc::malformed, "not exactly one signature", origin};
  auto leaf = certificates_in(certificate_pem, origin);
  if (!leaf) return leaf.error();
  if (leaf->size() != 1) return Error{Errc::malformed, "not exactly one certificate of a signer", origin};
  auto chain = certificates_in(chain_pem, origin);
  if (!chain) return chain.error();
  std::erase_if(*chain, [](const crypto::Certificate& link) { return link.is_self_issued(); });
  Bundle bundle{.material = CertificateMaterial{std::move(leaf->front()), std::move(*chain)},
                .entries = {},
                .timestamps = {},
                .content = std::move(envelope),
                .origin = origin};
  return Carried{.content = std::move(bundle), .predicate_type = {}, .origin = origin};
}

Result<Carried> read_unsigned_provenance(const Document& document) {
  const auto value = parse_whole(document);
  if (!value) return value.error();
  const json::View view(*value, document.origin.artifact);
  if (view.has("payloadType") || view.has("mediaType"))
    return view.error(Errc::unsupported_version, "something signed; this format has no signature to look at");
  const auto form = view.text("_type"), type = view.text("predicateType");
  const auto predicate = view.member("predicate");
  if (!form || !type) return !form ? form.error() : type.error();
  if (!predicate) return predicate.error();
  if (*form != "https://in-toto.io/Statement/v1" && *form != "https://in-toto.io/Statement/v0.1")
    return view.member("_type")->error(Errc::unsupported_version, "a statement of the type " + quote(*form));
  if (*type != "https://slsa.dev/provenance/v1" && *type != "https://slsa.dev/provenance/v0.2")
    return view.member("predicateType")->error(Errc::unsupported_version, "a predicate of the type " + quote(*type));
  auto builder = builder_of(*predicate, *type);
  if (!builder) return builder.error();
  return Carried{.content = UnsignedStatement{document.bytes, *type, std::move(*builder)},
                 .predicate_type = {},
                 .origin = document.origin};
}

}  // namespace gate::attest
