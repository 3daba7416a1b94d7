#include <fmt/format.h>

#include "adapters/attest/carriers/reading.h"
#include "adapters/attest/fields.h"

// PEP 740: an attestation object, and a provenance object with those of several publishers. `publisher` is the index's
// word and nothing that a signature covers: who signed is read from the certificate.
namespace gate::attest {
namespace {

constexpr std::size_t most_attestations = 1'000;

Status check_version(const json::View& view) {
  const auto version = view.integer("version");
  if (!version) return version.error();
  if (*version == 1) return Done{};
  return view.member("version")->error(Errc::unsupported_version,
                                       fmt::format("version {}, this gate reads 1", *version));
}

Result<Envelope> envelope_of(const json::View& view) {
  if (const auto status = only(view, {"statement", "signature"}); !status) return status.error();
  auto statement = bytes_at(view, "statement"), signature = bytes_at(view, "signature");
  if (!statement || !signature) return !statement ? statement.error() : signature.error();
  return Envelope{.payload_type = "application/vnd.in-toto+json",
                  .payload = std::move(*statement),
                  .signatures = {std::move(*signature)}};
}

Result<std::vector<sigstore::LogEntry>> entries_of(const json::View& material) {
  const auto elements = material.elements("transparency_entries");
  if (!elements) return elements.error();
  if (elements->empty()) return material.error(Errc::empty, "no transparency entry");
  if (elements->size() > sigstore::most_log_entries) return material.error(Errc::too_large, "more than 32 log entries");
  std::vector<sigstore::LogEntry> entries;
  for (const json::View& element : *elements) {
    auto entry = read_log_entry(element);
    if (!entry) return entry.error();
    entries.push_back(std::move(*entry));
  }
  return entries;
}

Result<Carried> read_attestation(const json::View& view) {
  if (const auto status = check_version(view); !status) return status.error();
  if (const auto status = only(view, {"version", "verification_material", "envelope"}); !status) return status.error();
  const auto material = view.member("verification_material"), signed_part = view.member("envelope");
  if (!material || !signed_part) return !material ? material.error() : signed_part.error();
  if (const auto status = only(*material, {"certificate", "transparency_entries"}); !status) return status.error();
  const auto der = bytes_at(*material, "certificate");
  if (!der) return der.error();
  auto certificate = crypto::Certificate::from_der(*der);
  if (!certificate) return material->member("certificate")->error(certificate.error().code, certificate.error().what);
  auto entries = entries_of(*material);
  if (!entries) return entries.error();
  auto envelope = envelope_of(*signed_part);
  if (!envelope) return envelope.error();
  Bundle bundle{.material = CertificateMaterial{std::move(*certificate), {}},
                .entries = std::move(*entries),
                .timestamps = {},
                .content = std::move(*envelope),
                .origin = view.origin()};
  return Carried{.content = std::move(bundle), .predicate_type = {}, .origin = view.origin()};
}

Result<std::vector<json::View>> attestations_in(const json::View& provenance) {
  if (const auto status = check_version(provenance); !status) return status.error();
  if (const auto status = only(provenance, {"version", "attestation_bundles"}); !status) return status.error();
  const auto publishers = provenance.elements("attestation_bundles");
  if (!publishers) return publishers.error();
  std::vector<json::View> all;
  for (const json::View& publisher : *publishers) {
    if (const auto status = only(publisher, {"publisher", "attestations"}); !status) return status.error();
    const auto attestations = publisher.elements("attestations");
    if (!attestations) return attestations.error();
    if (attestations->empty()) return publisher.error(Errc::empty, "a publisher without attestations");
    all.insert(all.end(), attestations->begin(), attestations->end());
    if (all.size() > most_attestations) return provenance.error(Errc::too_large, "more than 1,000 attestations");
  }
  return all;
}

}  // namespace

Result<std::vector<Carried>> read_pypi_attestation(const Document& document) {
  return read_each(document, read_attestation);
}

Result<std::vector<Carried>> read_pypi_provenance(const Document& document) {
  const auto value = parse_whole(document);
  if (!value) return value.error();
  const auto attestations = attestations_in(json::View(*value, document.origin.artifact));
  if (!attestations) return attestations.error();
  std::vector<Carried> all;
  for (const json::View& attestation : *attestations) {
    auto carried = read_attestation(attestation);
    if (!carried) return carried.error();
    all.push_back(std::move(*carried));
  }
  return all;
}

}  // namespace gate::attest
