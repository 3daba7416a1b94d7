#include "adapters/formats/flaw.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "gate/model/cvss.h"
#include "gate/model/native_range.h"
#include "gate/model/purl.h"

namespace gate::formats {
namespace {

using json::View;

bool is_cve(const std::string& id) { return id.starts_with("CVE-"); }

bool is_one_of(const model::CvssScores& scores, int tenths) {
  return tenths == scores.base || tenths == scores.threat || tenths == scores.environmental;
}

}  // namespace

std::optional<int> score_at(Reading& reading, const View& object, std::string_view key) {
  const auto member = object.find(key);
  if (!member) return std::nullopt;
  std::optional<int> tenths;
  if (const auto number = member->value().number()) tenths = model::score_in_tenths(*number);
  if (const std::string* text = member->value().text()) {
    if (text->empty()) return std::nullopt;
    tenths = model::parse_score(*text);
  }
  if (!tenths) reading.note(Errc::malformed, *member, "no score from 0 to 10");
  return tenths;
}

void rate(Reading& reading, const View& at, Vulnerability& fact, Rating rating, std::optional<int> reported) {
  if (!rating.vector.empty()) {
    if (rating.method.empty() && rating.vector.starts_with("CVSS:")) rating.method = rating.vector.substr(0, 8);
    const auto vector = model::CvssVector::parse(rating.vector, rating.method);
    if (!vector && reported) {
      rating.method = "claimed " + rating.method;
    } else if (!vector) {
      reading.note(Errc::malformed, at, fmt::format("{}: {}", vector.error().what, quoted(rating.vector)));
    } else {
      if (rating.method.empty()) rating.method = vector->method();
      const auto scores = vector->scores();
      if (reported && !is_one_of(scores, *reported)) {
        fact.ratings.push_back({.source = rating.source,
                                .method = "claimed " + rating.method,
                                .vector = {},
                                .score = *reported,
                                .severity = model::severity_of_score(*reported)});
      }
      reported = scores.base;
    }
  }
  if (reported) {
    rating.score = *reported;
    rating.severity = model::severity_of_score(*reported);
  }
  if (rating.severity == Severity::unknown && rating.vector.empty()) return;
  fact.ratings.push_back(std::move(rating));
}

void take_highest(Vulnerability& fact) {
  for (const Rating& rating : fact.ratings) {
    if (rating.severity <= fact.severity) continue;
    fact.severity = rating.severity;
    fact.severity_source = rating.source;
    fact.score = rating.vector;
    if (fact.score.empty() && rating.score >= 0)
      fact.score = fmt::format("{}.{}", rating.score / 10, rating.score % 10);
  }
}

std::vector<std::string> weaknesses(const std::vector<std::string>& texts) {
  std::vector<std::string> cwes;
  for (std::string_view text : texts) {
    if (text.starts_with("CWE-") || text.starts_with("cwe-")) text.remove_prefix(4);
    const bool is_number =
        !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (is_number)
      cwes.push_back("CWE-" + std::string(text.substr(std::min(text.find_first_not_of('0'), text.size() - 1))));
  }
  return sorted_unique(std::move(cwes));
}

std::string ghsa_of_url(std::string_view url) {
  const std::string_view last = url.substr(url.rfind('/') + 1);
  return last.starts_with("GHSA-") ? std::string(last) : std::string();
}

std::vector<std::string> digests_of(const std::vector<std::string>& texts) {
  std::vector<std::string> digests;
  for (const std::string& text : texts) {
    const auto at = text.find("sha256:");
    if (at == std::string::npos) continue;
    std::string digest = text.substr(at);
    const bool is_whole = digest.size() == 71 && digest.find_first_not_of("0123456789abcdef", 7) == std::string::npos;
    if (is_whole) digests.push_back(std::move(digest));
  }
  return sorted_unique(std::move(digests));
}

std::string affected_versions(std::string_view type, const std::string& range) {
  const auto converted = model::range_from_native(type, range);
  return converted ? model::to_string(*converted) : range;
}

std::string type_of(const std::string& package) {
  const auto purl = model::parse_purl(package);
  return purl ? purl->type : std::string();
}

void add_flaw(Reading& reading, Vulnerability fact, const View& at) {
  std::erase(fact.aliases, "");
  std::erase(fact.aliases, fact.id);
  std::erase(fact.advisories, "");
  fact.aliases = sorted_unique(std::move(fact.aliases));
  std::sort(fact.ratings.begin(), fact.ratings.end());
  fact.ratings.erase(std::unique(fact.ratings.begin(), fact.ratings.end()), fact.ratings.end());

  // CWE-506 is code that somebody put there to do harm.
  fact.malicious =
      fact.malicious || fact.id.starts_with("MAL-") || std::ranges::find(fact.cwes, "CWE-506") != fact.cwes.end();

  std::vector<std::string> cves;
  std::vector<std::string> others = std::move(fact.advisories);
  fact.advisories = {};
  if (is_cve(fact.id)) cves.push_back(fact.id);
  for (const std::string& alias : fact.aliases) {
    if (is_cve(alias)) cves.push_back(alias);
  }
  if (cves.size() < 2) {
    fact.advisories = sorted_unique(std::move(others));
    return reading.add(std::move(fact), at);
  }
  if (!is_cve(fact.id)) others.push_back(fact.id);
  std::copy_if(fact.aliases.begin(), fact.aliases.end(), std::back_inserter(others), std::not_fn(is_cve));
  fact.aliases = {};
  fact.advisories = sorted_unique(std::move(others));
  for (const std::string& id : cves) {
    if (reading.is_full()) return;
    Vulnerability each = fact;
    each.id = id;
    reading.add(std::move(each), at);
  }
}

}  // namespace gate::formats
