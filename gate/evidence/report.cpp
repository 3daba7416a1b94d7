#include "gate/evidence/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "gate/crypto/digest.h"
#include "gate/evidence/shared.h"
#include "gate/evidence/words.h"
#include "gate/json/utf8.h"

namespace gate::evidence {
namespace {

// What makes a finding the same one in the next run; lengths keep the parts apart.
std::string identity(const RuleVerdict& rule, const Finding& finding) {
  std::string text;
  const auto append = [&text](std::string_view part) {
    text += std::to_string(part.size()) + ":";
    text += part;
  };
  append(rule.id);
  append(finding.at.file);
  for (const auto& [key, value] : finding.subject) {
    append(key);
    append(value);
  }
  return text;
}

std::string digest(const std::string& identity, std::size_t ordinal) {
  return crypto::sha256_hex(identity + "#" + std::to_string(ordinal));
}

bool maps_to(const RuleSpec& spec, const std::string& task) {
  return std::find(spec.ssdf.begin(), spec.ssdf.end(), task) != spec.ssdf.end();
}

TaskStatus status_of(const Report& report, const FrameworkTask& task) {
  TaskStatus status{&task, Outcome::not_checked, false, {}};
  bool open = false;
  for (const RuleVerdict& rule : report.verdict.rules) {
    const RuleSpec* spec = find_spec(report, rule.id);
    if (!spec || !maps_to(*spec, task.id)) continue;
    status.outcome = status.rules.empty() ? rule.outcome : worst(status.outcome, rule.outcome);
    status.rules.push_back(rule.id);
    // A waiver covers what was found, not what could not be seen.
    open |= rule.undecided || (rule.outcome == Outcome::fail && !rule.waived);
  }
  status.waived = status.outcome == Outcome::fail && !open;
  std::sort(status.rules.begin(), status.rules.end());
  return status;
}

bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0x061C || c == 0x200E || c == 0x200F || c == 0xFEFF;
}

}  // namespace

const std::vector<Writer>& writers() {
  static const std::vector<Writer> all{
      {"text", "gate.txt", write_text},         {"statement", "gate.intoto.json", write_statement},
      {"markdown", "gate.md", write_markdown},  {"sarif", "gate.sarif", write_sarif},
      {"junit", "gate.junit.xml", write_junit}, {"baseline", "gate.baseline.json", write_baseline},
  };
  return all;
}

std::vector<std::string> fingerprints(const RuleVerdict& rule) {
  std::map<std::string, std::size_t> seen;
  std::vector<std::string> digests;
  digests.reserve(rule.against.size());
  for (const JudgedFinding& judged : rule.against) {
    const std::string own = identity(rule, judged.finding);
    digests.push_back(digest(own, seen[own]++));
  }
  return digests;
}

std::string fingerprint(const RuleVerdict& rule, std::size_t index_in_against) {
  const std::string own = identity(rule, rule.against.at(index_in_against).finding);
  std::size_t ordinal = 0;
  for (std::size_t i = 0; i < index_in_against; ++i) {
    if (identity(rule, rule.against[i].finding) == own) ++ordinal;
  }
  return digest(own, ordinal);
}

std::vector<TaskStatus> task_statuses(const Report& report, const Framework& framework) {
  std::vector<TaskStatus> statuses;
  for (const FrameworkPractice& practice : framework.practices) {
    for (const FrameworkTask& task : practice.tasks) statuses.push_back(status_of(report, task));
  }
  return statuses;
}

Counts count(const std::vector<RuleVerdict>& rules) {
  Counts counts;
  for (const RuleVerdict& rule : rules) counts.add(rule.outcome, rule.waived);
  return counts;
}

Counts count(const std::vector<TaskStatus>& tasks) {
  Counts counts;
  for (const TaskStatus& task : tasks) counts.add(task.outcome, task.waived);
  return counts;
}

std::size_t contributed(const Counts& tasks) {
  return tasks.of(Outcome::pass) + tasks.of(Outcome::fail) + tasks.of(Outcome::needs_review);
}

const RuleSpec* find_spec(const Report& report, std::string_view rule) {
  const auto found =
      std::find_if(report.specs.begin(), report.specs.end(), [&](const RuleSpec& spec) { return spec.id == rule; });
  return found == report.specs.end() ? nullptr : &*found;
}

const Bilingual& title(const RuleSpec* spec) {
  static const Bilingual none;
  return spec ? spec->title : none;
}

const std::string& remedy(const Finding& finding, const RuleSpec* spec, std::string_view language) {
  if (!finding.remedy.empty() || !spec) return finding.remedy;
  return in_language(spec->remedy, language);
}

std::string describe(const Location& location) {
  std::string text = location.file;
  if (location.line > 0) text += ":" + std::to_string(location.line);
  if (location.line > 0 && location.column > 0) text += ":" + std::to_string(location.column);
  return text;
}

std::string place(const Finding& finding) {
  return finding.at.file.empty() ? finding.origin.artifact : describe(finding.at);
}

std::string described(const Counts& counts, const Words& words, bool with_zeros) {
  std::vector<std::string> parts;
  for (const Outcome outcome : all_outcomes) {
    if (!with_zeros && counts.of(outcome) == 0) continue;
    parts.push_back(fmt::format("{} {}", counts.of(outcome), words.of(outcome)));
    if (outcome == Outcome::fail && counts.waived > 0)
      parts.back() += fmt::format(" ({} {})", counts.waived, words.waived);
  }
  return join(parts, words.comma);
}

std::string examined(const RuleVerdict& rule, const Words& words) {
  std::string text = fmt::format(fmt::runtime(words.examined), rule.examined);
  if (!rule.against.empty())
    text += fmt::format("{}{}", words.comma, fmt::format(fmt::runtime(words.against), rule.against.size()));
  return text;
}

std::vector<const WaiverVerdict*> by_expiry(const std::vector<WaiverVerdict>& waivers) {
  std::vector<const WaiverVerdict*> sorted;
  for (const WaiverVerdict& waiver : waivers) sorted.push_back(&waiver);
  std::stable_sort(sorted.begin(), sorted.end(), [](const WaiverVerdict* a, const WaiverVerdict* b) {
    return std::tie(a->waiver.expires, a->waiver.rule, a->waiver.at) <
           std::tie(b->waiver.expires, b->waiver.rule, b->waiver.at);
  });
  return sorted;
}

std::string describe_match(const Waiver& waiver) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : waiver.match) parts.push_back(key + "=" + value);
  if (waiver.lines) {
    const auto& [first, last] = *waiver.lines;
    parts.push_back("path=" + waiver.at.file);
    parts.push_back(first == last ? fmt::format("line={}", first) : fmt::format("lines={}-{}", first, last));
  }
  return join(parts, ", ");
}

std::string last_day(const Waiver& waiver) { return waiver.expires == Date{} ? "-" : format(waiver.expires); }

std::string approval(const WaiverVerdict& verdict, const Words& words) {
  const Waiver& waiver = verdict.waiver;
  if (verdict.state == WaiverState::refused) return verdict.why;
  if (waiver.lines) return waiver.reason;
  return fmt::format(fmt::runtime(words.approval), waiver.reason, waiver.approved_by, waiver.owner);
}

bool judged_nothing(const Verdict& verdict) {
  return verdict.decision == Decision::undecided &&
         std::none_of(verdict.rules.begin(), verdict.rules.end(),
                      [](const RuleVerdict& rule) { return rule.blocks && rule.undecided; });
}

bool is_incomplete(const Verdict& verdict) {
  return verdict.decision == Decision::undecided || !verdict.problems.empty() ||
         std::any_of(verdict.rules.begin(), verdict.rules.end(),
                     [](const RuleVerdict& rule) { return rule.undecided; });
}

std::vector<std::string> other_problems(const Verdict& verdict) {
  std::set<std::string> told;
  for (const RuleVerdict& rule : verdict.rules) told.insert(rule.unseen.begin(), rule.unseen.end());
  std::vector<std::string> lines;
  for (const Error& problem : verdict.problems) {
    std::string line = describe(problem);
    if (told.insert(line).second) lines.push_back(std::move(line));
  }
  return lines;
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code_point = json::next_code_point(text, at);
    if (code_point == '\n' || code_point == '\r' || code_point == '\t') {
      out += ' ';
    } else {
      json::append_utf8(out, steers(code_point) ? json::replacement : code_point);
    }
  }
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

}  // namespace gate::evidence
