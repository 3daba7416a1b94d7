#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "adapters/attest/place.h"
#include "adapters/attest/predicate.h"

namespace gate::attest {
namespace {

constexpr std::string_view slsa_summary = "https://slsa.dev/verification_summary/";
constexpr std::string_view level_word = "_LEVEL_";
constexpr std::size_t most_levels = 100;

// "SLSA_BUILD" of "SLSA_BUILD_LEVEL_3": each track stands there once. Empty: no level of a track.
std::string_view track_of(std::string_view level) {
  const auto word = level.find(level_word);
  return level.starts_with("SLSA_") && word != std::string_view::npos ? level.substr(0, word) : std::string_view{};
}

Result<std::vector<std::string>> read_levels(const json::View& predicate) {
  const auto elements = predicate.elements("verifiedLevels");
  if (!elements) return elements.error();
  const json::View list = *predicate.member("verifiedLevels");
  if (elements->size() > most_levels) return list.error(Errc::too_large, "too many levels");
  std::set<std::string> levels, tracks;
  for (const json::View& element : *elements) {
    auto text = element.as_text();
    if (!text) return text.error();
    if (text->empty() || has_control_characters(*text)) return element.error(Errc::malformed, "no level");
    if (const auto track = track_of(*text); !track.empty() && !tracks.insert(std::string(track)).second) {
      return element.error(Errc::malformed, fmt::format("a second level of the track {}", quote(track)));
    }
    if (!levels.insert(*text).second) return element.error(Errc::malformed, "the level stands there twice");
  }
  return std::vector<std::string>(levels.begin(), levels.end());
}

Result<VerificationSummary> read_summary(const json::View& predicate) {
  VerificationSummary out;
  const auto verifier = predicate.member("verifier");
  if (!verifier) return verifier.error();
  auto id = name_at(*verifier, "id");
  if (!id) return id.error();
  if (const auto verified = predicate.text_or("timeVerified", ""); !verified) return verified.error();
  auto resource = name_at(predicate, "resourceUri");
  if (!resource) return resource.error();
  const auto policy = predicate.member("policy");
  if (!policy) return policy.error();
  if (const auto members = policy->as_members(); !members) return members.error();
  auto policy_uri = name_or_none(*policy, "uri");
  if (!policy_uri) return policy_uri.error();
  auto result = name_at(predicate, "verificationResult");
  if (!result) return result.error();
  if (*result != "PASSED" && *result != "FAILED") {
    return predicate.member("verificationResult")
        ->error(Errc::malformed, fmt::format("result {}; expected 'PASSED' or 'FAILED'", quote(*result)));
  }
  auto levels = read_levels(predicate);
  if (!levels) return levels.error();
  out.verifier = std::move(*id);
  out.resource = std::move(*resource);
  out.policy = std::move(*policy_uri);
  out.result = std::move(*result);
  out.levels = std::move(*levels);
  return out;
}

}  // namespace

Result<VerificationSummary> parse_summary(const Statement& statement) {
  if (statement.predicate_type != slsa_summary_v1) {
    if (!statement.predicate_type.starts_with(slsa_summary)) return VerificationSummary{};
    return Error{
        Errc::unsupported_version,
        fmt::format("SLSA verification summary {}; expected '{}'", quote(statement.predicate_type), slsa_summary_v1),
        {{}, {}, "/predicateType"}};
  }
  auto summary = read_summary(json::View(statement.predicate, ""));
  if (summary) return summary;
  Error error = summary.error();
  error.where.at = "/predicate" + error.where.at;
  return error;
}

}  // namespace gate::attest
