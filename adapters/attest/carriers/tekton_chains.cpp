#include <array>

#include "adapters/attest/carriers/reading.h"
#include "adapters/attest/fields.h"

// Tekton Chains with the storage "tekton": a TaskRun or PipelineRun whose annotations hold the envelope. Of the formats
// in-toto, slsa/v1 (SLSA 0.2) and slsa/v2alpha3 and later (SLSA 1) the envelope is DSSE.
namespace gate::attest {
namespace {

constexpr std::string_view prefix = "chains.tekton.dev/";

struct Kind {
  std::string_view name, infix;
};
constexpr std::array<Kind, 2> kinds{{{"TaskRun", "taskrun"}, {"PipelineRun", "pipelinerun"}}};

// What the run's own annotations end with.
Result<std::string> suffix_of(const json::View& run, const json::View& metadata) {
  const auto version = run.text("apiVersion"), kind = run.text("kind"), uid = metadata.text("uid");
  if (!version || !kind) return !version ? version.error() : kind.error();
  if (!uid) return uid.error();
  if (*version != "tekton.dev/v1" && *version != "tekton.dev/v1beta1")
    return run.member("apiVersion")->error(Errc::unsupported_version, "an object of " + quote(*version));
  for (const Kind& known : kinds) {
    if (*kind == known.name) return "-" + std::string(known.infix) + "-" + *uid;
  }
  return run.member("kind")->error(Errc::malformed, "neither a TaskRun nor a PipelineRun");
}

// PEM in base64; empty where the signer is known by a key.
Result<std::string> optional_pem(const json::View& annotations, const std::string& key) {
  const auto text = annotations.text_or(key, "");
  if (!text || text->empty()) return text;
  return bytes_at(annotations, key);
}

Result<Carried> read_run(const json::View& run, const std::string& artifact) {
  const auto metadata = run.member("metadata");
  if (!metadata) return metadata.error();
  const auto annotations = metadata->member("annotations");
  if (!annotations) return annotations.error();
  const auto suffix = suffix_of(run, *metadata);
  if (!suffix) return suffix.error();
  const auto key = [&](std::string_view what) { return std::string(prefix) + std::string(what) + *suffix; };
  const auto json = bytes_at(*annotations, key("signature"));
  const auto leaf = optional_pem(*annotations, key("cert")), chain = optional_pem(*annotations, key("chain"));
  if (!json) return json.error();
  if (!leaf || !chain) return !leaf ? leaf.error() : chain.error();
  const Origin origin = annotations->member(key("signature"))->origin();
  const auto value = json::parse(*json, artifact);
  auto envelope = value ? read_envelope(json::View(*value, artifact)) : Result<Envelope>(value.error());
  if (!envelope) return Error{envelope.error().code, envelope.error().what + " (in the annotation)", origin};
  if (!leaf->empty()) return certified(std::move(*envelope), *leaf, *chain, origin);
  return Carried{.content = std::move(*envelope), .predicate_type = {}, .origin = origin};
}

}  // namespace

Result<std::vector<Carried>> read_tekton_chains(const Document& document) {
  const auto value = parse_whole(document);
  if (!value) return value.error();
  auto carried = read_run(json::View(*value, document.origin.artifact), document.origin.artifact);
  if (!carried) return carried.error();
  return std::vector{std::move(*carried)};
}

}  // namespace gate::attest
