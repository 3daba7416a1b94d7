// A job's summary, in GitHub Flavored Markdown. GitHub refuses summaries over 1 MiB, so every section has its share.
#include <fmt/format.h>

#include <algorithm>

#include "gate/evidence/shared.h"
#include "gate/evidence/words.h"
#include "gate/json/utf8.h"

namespace gate::evidence {
namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t most_bytes = (1u << 20) - (64u << 10);
constexpr std::size_t section_bytes = 96u << 10;  // of every section but the failures, which take what is left
constexpr std::size_t cell_characters = 600;

// Text from outside: no markup, no HTML, one line, not too long.
std::string cell(std::string_view text) {
  constexpr std::string_view markup = "\\`*_[]|#~$";
  const std::string clean = one_line(text.substr(0, 4 * cell_characters + 4));  // the rest is cut anyway
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < clean.size();) {
    if (++characters > cell_characters) return out + "…";
    const char32_t code_point = json::next_code_point(clean, at);
    if (code_point == '&') {
      out += "&amp;";
    } else if (code_point == '<') {
      out += "&lt;";
    } else if (code_point == '>') {
      out += "&gt;";
    } else {
      if (code_point < 0x80 && markup.find(static_cast<char>(code_point)) != std::string_view::npos) out += '\\';
      json::append_utf8(out, code_point);
    }
  }
  return out;
}

template <class Texts>
std::string row(const Texts& cells) {
  std::string line = "|";
  for (const auto& each : cells) line += fmt::format(" {} |", each);
  return line + "\n";
}

std::string item(std::string_view text) { return fmt::format("- {}\n", cell(text)); }

std::string table_head(const std::vector<std::string_view>& columns) {
  const std::vector<std::string_view> rule(columns.size(), "---");
  return row(columns) + row(rule);
}

std::string tagged(const Finding& finding) {
  std::string text = finding.message;
  for (const std::string& tag : finding.tags) text += fmt::format(" [{}]", tag);
  return text;
}

// A table, or without columns a list.
struct Section {
  std::string heading;
  std::vector<std::string_view> columns;
  std::vector<std::string> rows;  // the most important first

  std::string head() const {
    return fmt::format("\n### {}\n\n{}", heading, columns.empty() ? std::string() : table_head(columns));
  }
};

class Summary {
 public:
  explicit Summary(const Report& report) : report_(report), words_(words(report.language)) {}

  std::string write() const {
    const std::string head = headline() + limited(undecided(), section_bytes) + limited(problems(), section_bytes);
    std::string tail = limited(waivers(), section_bytes) + limited(loosenings(), section_bytes) +
                       limited(unread_sources(), section_bytes) + limited(rules(), section_bytes);
    for (const Framework& framework : report_.frameworks) tail += limited(tasks(framework), section_bytes);
    tail += colophon();
    const std::size_t left = most_bytes - std::min(most_bytes, head.size() + tail.size());
    std::string failures = limited(failing(words_.failures, true), left);
    failures += limited(failing(words_.warnings, false), left - std::min(left, failures.size()));
    return head + failures + tail;
  }

 private:
  std::string limited(const Section& section, std::size_t budget) const {
    if (section.rows.empty()) return {};
    std::string out = section.head();
    std::size_t shown = 0;
    for (; shown < section.rows.size() && out.size() + section.rows[shown].size() + 200 <= budget; ++shown) {
      out += section.rows[shown];
    }
    if (shown < section.rows.size()) {
      out += fmt::format("\n{}\n", fmt::format(fmt::runtime(words_.more), section.rows.size() - shown));
    }
    return out;
  }

  std::string headline() const {
    const Verdict& verdict = report_.verdict;
    const Counts counts = count(verdict.rules);
    std::string out = fmt::format("## gate: {}\n\n", words_.of(verdict.decision));
    std::vector<std::string_view> names(words_.outcomes.begin(), words_.outcomes.end());
    Cells numbers;
    for (const Outcome outcome : all_outcomes) {
      numbers.push_back(fmt::format("{}", counts.of(outcome)));
      if (outcome == Outcome::fail && counts.waived > 0)
        numbers.back() += fmt::format(" ({} {})", counts.waived, words_.waived);
    }
    out += table_head(names) + row(numbers);
    if (judged_nothing(verdict)) out += fmt::format("\n{}\n", words_.judged_nothing);
    return out;
  }

  Section undecided() const {
    Section section{std::string(words_.undecided), {words_.rule, words_.outcome, words_.reason}, {}};
    for (const RuleVerdict& rule : report_.verdict.rules) {
      if (!rule.undecided) continue;
      const auto add = [&](Outcome outcome, std::string_view reason) {
        section.rows.push_back(row(Cells{cell(rule.id), std::string(words_.of(outcome)), cell(reason)}));
      };
      const Outcome unseen = rule.outcome == Outcome::fail ? Outcome::not_checked : rule.outcome;
      for (const std::string& reason : rule.unseen) add(unseen, reason);
      for (const Finding& finding : rule.to_review) add(Outcome::needs_review, finding.message);
      if (rule.unseen.empty() && rule.to_review.empty()) add(unseen, "");
    }
    return section;
  }

  Section problems() const {
    Section section{std::string(words_.problems), {}, {}};
    for (const std::string& line : other_problems(report_.verdict)) section.rows.push_back(item(line));
    return section;
  }

  // What is left out is the least severe. Unknown is no less than medium: nobody knows.
  static int weight(Severity severity) {
    switch (severity) {
      case Severity::critical: return 5;
      case Severity::high: return 4;
      case Severity::unknown: return 3;
      case Severity::medium: return 2;
      case Severity::low: return 1;
      case Severity::none: return 0;
    }
    return 5;
  }

  Section failing(std::string_view heading, bool blocking) const {
    struct Open {
      const RuleVerdict* rule;
      const Finding* finding;
    };
    std::vector<Open> open;
    for (const RuleVerdict& rule : report_.verdict.rules) {
      if (rule.outcome != Outcome::fail || rule.blocks != blocking) continue;
      for (const JudgedFinding& judged : rule.against) {
        if (!judged.waiver) open.push_back({&rule, &judged.finding});
      }
    }
    std::stable_sort(open.begin(), open.end(), [](const Open& a, const Open& b) {
      return weight(a.finding->severity) > weight(b.finding->severity);
    });
    Section section{
        std::string(heading), {words_.rule, words_.severity, words_.place, words_.finding, words_.to_do}, {}};
    for (const auto& [rule, finding] : open) {
      const RuleSpec* spec = find_spec(report_, rule->id);
      section.rows.push_back(
          row(Cells{cell(rule->id), finding->severity == Severity::unknown ? "" : std::string(name(finding->severity)),
                    cell(place(*finding)), cell(tagged(*finding)), cell(remedy(*finding, spec, report_.language))}));
    }
    return section;
  }

  Section waivers() const {
    Section section{
        std::string(words_.waivers), {words_.until, words_.state, words_.rule, words_.scope, words_.approved}, {}};
    for (const WaiverVerdict* verdict : by_expiry(report_.verdict.waivers)) {
      const Waiver& waiver = verdict->waiver;
      section.rows.push_back(row(Cells{
          last_day(waiver), fmt::format(fmt::runtime(words_.waiver_used), words_.of(verdict->state), verdict->used),
          cell(waiver.rule), cell(describe_match(waiver) + " (" + describe(waiver.at) + ")"),
          cell(approval(*verdict, words_))}));
    }
    return section;
  }

  Section unread_sources() const {
    const auto& files = report_.unread_sources;
    Section section{fmt::format(fmt::runtime(words_.unread_sources), files.size()), {}, {}};
    for (const std::string& file : files) section.rows.push_back(item(file));
    return section;
  }

  Section loosenings() const {
    Section section{std::string(words_.loosenings), {}, {}};
    for (const std::string& line : report_.loosenings) section.rows.push_back(item(line));
    if (!report_.verdict.off.empty()) {
      section.rows.push_back(item(fmt::format(fmt::runtime(words_.off), join(report_.verdict.off, ", "))));
    }
    return section;
  }

  Section rules() const {
    Section section{std::string(words_.rules), {words_.rule, words_.outcome, words_.reason, words_.title}, {}};
    for (const RuleVerdict& rule : report_.verdict.rules) {
      section.rows.push_back(
          row(Cells{cell(rule.id), std::string(rule.waived ? words_.waived : words_.of(rule.outcome)),
                    examined(rule, words_), cell(in_language(title(find_spec(report_, rule.id)), report_.language))}));
    }
    return section;
  }

  // Only tasks that a rule speaks about; the heading counts them all.
  Section tasks(const Framework& framework) const {
    const std::vector<TaskStatus> statuses = task_statuses(report_, framework);
    const Counts counts = count(statuses);
    Section section{cell(fmt::format(fmt::runtime(words_.framework), framework.title, contributed(counts),
                                     statuses.size(), described(counts, words_, false))),
                    {words_.task, words_.outcome, words_.title, words_.reach, words_.rule},
                    {}};
    for (const TaskStatus& status : statuses) {
      if (status.rules.empty()) continue;
      section.rows.push_back(
          row(Cells{cell(status.task->id), std::string(status.waived ? words_.waived : words_.of(status.outcome)),
                    cell(in_language(status.task->text, report_.language)), std::string(words_.of(status.task->reach)),
                    cell(join(status.rules, ", "))}));
    }
    return section;
  }

  std::string colophon() const {
    return fmt::format("\n{}\n",
                       cell(fmt::format(fmt::runtime(words_.origin), report_.tool.version, report_.policy.name,
                                        report_.policy_sha256.substr(0, 12), format(report_.time))));
  }

  const Report& report_;
  const Words& words_;
};

}  // namespace

std::string write_markdown(const Report& report) { return Summary(report).write(); }

}  // namespace gate::evidence
