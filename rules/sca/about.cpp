#include "rules/sca/about.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "gate/model/vers.h"
#include "rules/sca/report_state.h"

namespace gate::rules {
namespace {

constexpr std::size_t most_words = 120;  // bytes of what a report says, in a message

bool is_vers(const Vulnerability& statement) { return model::parse_vers(statement.affected).has_value(); }

// Not inside a UTF-8 sequence.
std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::vector<std::string> names_of(const std::vector<const ScanReport*>& reports) {
  std::vector<std::string> names;
  for (const ScanReport* report : reports) {
    if (names.empty() || names.back() != report->tool) names.push_back(report->tool);
  }
  return names;
}

// "trivy (ignored: not shipped)": who set it aside, and the first reason of each.
std::string set_aside_by(const MergedVulnerability& merged) {
  std::map<std::string, std::string> reasons;
  for (const Vulnerability* statement : merged.told) {
    if (!statement->suppressed.empty()) reasons.emplace(statement->tool, statement->suppressed);
  }
  std::vector<std::string> words;
  for (const auto& [tool, reason] : reasons)
    words.push_back(fmt::format("{} ({}{})", tool, cut(reason, most_words), reason.size() > most_words ? "..." : ""));
  return fmt::format("{}", fmt::join(words, ", "));
}

// What the ranges in the reports say about the package's version, where that is no matter of course.
std::string ranges_in_words(const MergedVulnerability& merged) {
  std::string outside, unread, open;
  for (const Vulnerability* statement : merged.told) {
    if (statement->affected.empty()) continue;
    const std::string range(cut(statement->affected, most_words));
    if (!is_vers(*statement)) {
      unread = fmt::format("; the range of {} cannot be read: '{}'", statement->tool, range);
    } else if (merged.package.version.empty()) {
      open = fmt::format("; affected is {}", range);
    } else if (in_range(statement->affected, merged.package) == false) {
      outside = fmt::format("; the range of {} does not hold this version: {}", statement->tool, range);
    }
  }
  return outside + unread + open;
}

std::vector<std::string> tags_of(const MergedVulnerability& merged) {
  std::vector<std::string> tags;
  for (const Vulnerability* statement : merged.told)
    tags.insert(tags.end(), statement->cwes.begin(), statement->cwes.end());
  std::ranges::sort(tags);
  const auto repeated = std::ranges::unique(tags);
  tags.erase(repeated.begin(), repeated.end());
  return tags;
}

}  // namespace

Finding about(const MergedVulnerability& merged, const Rated& rated) {
  const std::string package = to_string(merged.package);
  const std::string id = merged.id.empty() ? "unnamed" : merged.id;
  Finding finding;
  finding.message = fmt::format("{} in {}: severity {}", id, package, name(rated.severity));
  if (!rated.source.empty()) finding.message += fmt::format(" by {}", rated.source);
  if (const std::string claims = claims_in_words(merged); !claims.empty()) finding.message += "; " + claims;
  if (!merged.others.empty()) finding.message += fmt::format(" (also {})", fmt::join(merged.others, ", "));
  if (merged.known.listed) finding.message += ", exploited according to CISA";
  if (is_malicious(merged)) finding.message += ", malicious";
  finding.message += fmt::format("; told by {}", fmt::join(scanners(merged), ", "));
  if (!merged.silent.empty()) finding.message += fmt::format(", not by {}", fmt::join(names_of(merged.silent), ", "));
  if (const std::string who = set_aside_by(merged); !who.empty()) finding.message += "; set aside by " + who;
  finding.message += ranges_in_words(merged);
  finding.subject = {{"vulnerability", id}, {"package", package}};
  finding.severity = rated.severity;
  const auto fixed = fixed_versions(merged);
  finding.remedy = fixed.empty()
                       ? "no fixed version is known to the scanner: replace the component, or waive with an end date"
                       : fmt::format("update to {}", fmt::join(fixed, " or "));
  finding.tags = tags_of(merged);
  finding.origin = merged.told.front()->origin;
  return finding;
}

void put(Judged& out, std::string_view word, Finding finding) {
  auto& list = word == "fail" ? out.against : word == "review" ? out.to_review : out.in_favour;
  list.push_back(std::move(finding));
}

std::size_t examined(const FactSet& facts) {
  std::size_t sum = 0;
  for (const ScanReport& report : facts.all<ScanReport>()) {
    if (report.judges && report.examined > 0) sum += static_cast<std::size_t>(report.examined);
  }
  return sum;
}

void note_unread_ranges(Judged& out, const FactSet& facts) {
  std::size_t unread = 0;
  const Vulnerability* first = nullptr;
  for (const Vulnerability& each : facts.all<Vulnerability>()) {
    if (each.affected.empty() || is_vers(each)) continue;
    if (unread++ == 0) first = &each;
  }
  if (!first) return;
  Finding finding;
  finding.message =
      fmt::format("{} ranges of affected versions are in no form that can be read, the first of them '{}'", unread,
                  cut(first->affected, most_words));
  finding.subject = {{"package", first->package}};
  finding.origin = first->origin;
  out.in_favour.push_back(std::move(finding));
}

void note_gaps(Judged& out, const Merged& merged, const FactSet& facts) {
  std::ranges::move(unfinished(facts), std::back_inserter(out.to_review));
  if (merged.left_out == 0) return;
  Finding finding;
  finding.message =
      fmt::format("{} statements of scanners were left out: {} are the most", merged.left_out, most_statements);
  out.to_review.push_back(std::move(finding));
}

}  // namespace gate::rules
