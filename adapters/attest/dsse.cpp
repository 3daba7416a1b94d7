#include "adapters/attest/dsse.h"

#include <fmt/format.h>

#include "gate/crypto/digest.h"
#include "gate/json/value.h"

namespace gate::attest {
namespace {

constexpr std::string_view in_toto_type = "application/vnd.in-toto+json";
constexpr std::size_t most_signatures = 64;

Result<std::string> decoded(const json::View& parent, std::string_view key) {
  auto text = parent.text(key);
  if (!text) return text.error();
  auto bytes = crypto::from_base64(*text);
  if (bytes) return std::move(*bytes);
  return parent.member(key)->error(Errc::malformed, "neither standard nor URL-safe base64");
}

Result<std::vector<std::string>> read_signatures(const json::View& envelope) {
  const auto elements = envelope.elements("signatures");
  if (!elements) return elements.error();
  const auto complain = [&](Errc code, std::string what) {
    return envelope.member("signatures")->error(code, std::move(what));
  };
  if (elements->empty()) return complain(Errc::empty, "no signature");
  if (elements->size() > most_signatures) {
    return complain(Errc::too_large, fmt::format("{} signatures; at most {}", elements->size(), most_signatures));
  }
  std::vector<std::string> signatures;
  for (const json::View& element : *elements) {
    if (const auto hint = element.text_or("keyid", ""); !hint) return hint.error();
    auto signature = decoded(element, "sig");
    if (!signature) return signature.error();
    signatures.push_back(std::move(*signature));
  }
  return signatures;
}

}  // namespace

Result<Envelope> read_envelope(const json::View& view) {
  Envelope envelope;
  auto type = view.text("payloadType");
  if (!type) return type.error();
  if (*type != in_toto_type) {
    return view.member("payloadType")
        ->error(Errc::unsupported_version, fmt::format("payload type {}; expected '{}'", quote(*type), in_toto_type));
  }
  envelope.payload_type = std::move(*type);
  auto signatures = read_signatures(view);
  if (!signatures) return signatures.error();
  envelope.signatures = std::move(*signatures);
  auto payload = decoded(view, "payload");
  if (!payload) return payload.error();
  envelope.payload = std::move(*payload);
  return envelope;
}

Result<Envelope> parse_envelope(std::string_view json, const Place& place) {
  const auto value = json::parse(json, place.bundle.artifact);
  if (!value) return place.within_envelope(value.error());
  const json::View view(*value, place.bundle.artifact);
  if (view.has("mediaType")) {
    return place.within_envelope(
        view.error(Errc::unsupported_version,
                   "a Sigstore bundle; what stands here has to be a DSSE envelope that is signed with a key"));
  }
  auto envelope = read_envelope(view);
  if (!envelope) return place.within_envelope(envelope.error());
  return envelope;
}

std::string pre_authentication_encoding(std::string_view type, std::string_view body) {
  return fmt::format("DSSEv1 {} {} {} {}", type.size(), type, body.size(), body);
}

}  // namespace gate::attest
