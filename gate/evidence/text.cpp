// For people, in a terminal or a job's log: the verdict first, then what to do.
#include <fmt/format.h>

#include <algorithm>

#include "gate/evidence/shared.h"
#include "gate/evidence/words.h"
#include "gate/json/utf8.h"

namespace gate::evidence {
namespace {

constexpr std::size_t most_lines_a_rule = 20;

enum class Paint { none, good, bad, open, faint };

std::string_view escape(Paint paint) {
  switch (paint) {
    case Paint::good: return "\x1b[32m";
    case Paint::bad: return "\x1b[31m";
    case Paint::open: return "\x1b[33m";
    case Paint::faint: return "\x1b[2m";
    case Paint::none: return "";
  }
  return "";
}

Paint paint_of(Outcome outcome, bool waived) {
  switch (outcome) {
    case Outcome::pass: return Paint::good;
    case Outcome::fail: return waived ? Paint::open : Paint::bad;
    case Outcome::not_applicable: return Paint::faint;
    default: return Paint::open;
  }
}

Paint paint_of(Decision decision) {
  switch (decision) {
    case Decision::pass: return Paint::good;
    case Decision::fail: return Paint::bad;
    case Decision::undecided: return Paint::open;
  }
  return Paint::open;
}

// Lines of at most `width` columns, cut at blanks and around wide characters; a long word stays whole, so that paths
// can be copied.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line, word;
  const auto end_word = [&] {
    if (!line.empty() && display_width(line) + display_width(word) > width) {
      while (line.ends_with(' ')) line.pop_back();
      lines.push_back(std::move(line));
      line.clear();
      word.erase(0, word.find_first_not_of(' '));
    }
    line += word;
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    json::next_code_point(text, at);
    const std::string_view one = text.substr(start, at - start);
    const bool is_wide = display_width(one) == 2;
    if (one == " " || is_wide) end_word();
    word += one;
    if (is_wide) end_word();
  }
  end_word();
  lines.push_back(std::move(line));
  return lines;
}

class Page {
 public:
  explicit Page(const Report& report)
      : report_(report), words_(words(report.language)), width_(std::max(report.width, 40)) {
    for (const RuleVerdict& rule : report.verdict.rules) rule_width_ = std::max(rule_width_, display_width(rule.id));
    for (const Outcome outcome : all_outcomes)
      outcome_width_ = std::max(outcome_width_, display_width(words_.of(outcome)));
    outcome_width_ = std::max(outcome_width_, display_width(words_.waived));
  }

  std::string write() {
    headline();
    undecided();
    problems();
    failing(words_.failures, true);
    failing(words_.warnings, false);
    waivers();
    loosenings();
    unread_sources();
    rules();
    frameworks();
    colophon();
    return std::move(out_);
  }

 private:
  std::string painted(std::string_view text, Paint paint) const {
    if (!report_.colour || paint == Paint::none) return std::string(text);
    return fmt::format("{}{}\x1b[0m", escape(paint), text);
  }

  void heading(std::string_view text) { out_ += fmt::format("\n{}\n", text); }

  // Text behind `lead`, further lines indented to the same column.
  void line(std::string_view lead, std::size_t lead_width, std::string_view text, Paint paint = Paint::none) {
    const std::size_t room = width_ > lead_width + 20 ? width_ - lead_width : 20;
    std::string_view before = lead;
    const std::string blanks(lead_width, ' ');
    for (const std::string& part : wrapped(one_line(text), room)) {
      std::string whole = std::string(before) + painted(part, paint);
      while (whole.ends_with(' ')) whole.pop_back();
      out_ += whole + "\n";
      before = blanks;
    }
  }
  void line(std::size_t indent, std::string_view text) { line(std::string(indent, ' '), indent, text); }

  // "rule   not checked   reason"
  void row(const RuleVerdict& rule, std::string_view outcome, Paint paint, const std::vector<std::string>& reasons) {
    const std::size_t width = rule_width_ + outcome_width_ + 6;
    std::string lead = padded(rule.id, rule_width_ + 3) + painted(padded(outcome, outcome_width_ + 3), paint);
    const std::size_t shown = std::min(reasons.size(), most_lines_a_rule);
    if (shown == 0) line(lead, width, "");
    for (std::size_t i = 0; i < shown; ++i) {
      line(lead, width, reasons[i]);
      lead = std::string(width, ' ');
    }
    more(width, reasons.size() - shown);
  }

  void more(std::size_t indent, std::size_t left) {
    if (left > 0) line(indent, fmt::format(fmt::runtime(words_.more), left));
  }

  void headline() {
    const Verdict& verdict = report_.verdict;
    out_ += fmt::format("gate: {}   {}\n", painted(words_.of(verdict.decision), paint_of(verdict.decision)),
                        described(count(verdict.rules), words_, true));
    if (judged_nothing(verdict)) line(6, words_.judged_nothing);
  }

  void undecided() {
    bool first = true;
    for (const RuleVerdict& rule : report_.verdict.rules) {
      if (!rule.undecided) continue;
      if (std::exchange(first, false)) heading(words_.undecided);
      std::vector<std::string> reasons = rule.unseen;
      for (const Finding& finding : rule.to_review) reasons.push_back(sentence(finding));
      // A failing rule is here for what it could not see.
      const Outcome shown = rule.outcome != Outcome::fail ? rule.outcome
                            : rule.unseen.empty()         ? Outcome::needs_review
                                                          : Outcome::not_checked;
      if (!rule.blocks) reasons.insert(reasons.begin(), why_it_does_not_block(rule));
      row(rule, words_.of(shown), paint_of(shown, false), reasons);
    }
  }

  void problems() {
    const std::vector<std::string> lines = other_problems(report_.verdict);
    if (lines.empty()) return;
    heading(words_.problems);
    const std::size_t shown = std::min(lines.size(), most_lines_a_rule);
    for (std::size_t i = 0; i < shown; ++i) line(2, lines[i]);
    more(2, lines.size() - shown);
  }

  std::string why_it_does_not_block(const RuleVerdict& rule) const {
    if (rule.level == Level::fail && rule.effective_on) {
      return fmt::format(fmt::runtime(words_.blocks_from), format(*rule.effective_on));
    }
    return std::string(words_.level_warn);
  }

  static std::string sentence(const Finding& finding) {
    std::string text = place(finding);
    if (!text.empty()) text += "  ";
    if (finding.severity != Severity::unknown) text += fmt::format("[{}] ", name(finding.severity));
    text += finding.message;
    for (const std::string& tag : finding.tags) text += fmt::format(" [{}]", tag);
    return text;
  }

  void failing(std::string_view title_of_section, bool blocking) {
    bool first = true;
    for (const RuleVerdict& rule : report_.verdict.rules) {
      if (rule.outcome != Outcome::fail || rule.waived || rule.blocks != blocking) continue;
      if (std::exchange(first, false)) heading(title_of_section);
      failing_rule(rule);
    }
  }

  void failing_rule(const RuleVerdict& rule) {
    const RuleSpec* spec = find_spec(report_, rule.id);
    std::string title_line = fmt::format("{}   {}", rule.id, in_language(title(spec), report_.language));
    if (!rule.blocks) title_line += fmt::format(" ({})", why_it_does_not_block(rule));
    line(0, title_line);
    std::size_t shown = 0, open = 0, waived = 0;
    bool rule_remedy = false;
    for (const JudgedFinding& judged : rule.against) {
      if (judged.waiver) {
        ++waived;
        continue;
      }
      if (++open > most_lines_a_rule) continue;
      ++shown;
      const bool own_remedy = !judged.finding.remedy.empty();
      line(2, sentence(judged.finding) + (own_remedy ? " -> " + judged.finding.remedy : ""));
      rule_remedy |= !own_remedy;
    }
    more(2, open - shown);
    if (waived > 0) line(2, fmt::format(fmt::runtime(words_.waived_findings), waived));
    if (spec && rule_remedy)
      line(2, fmt::format(fmt::runtime(words_.remedy), in_language(spec->remedy, report_.language)));
    if (spec && !spec->match.empty()) line(2, fmt::format(fmt::runtime(words_.waivable), join(spec->match, ", ")));
  }

  void waivers() {
    if (report_.verdict.waivers.empty()) return;
    heading(words_.waivers);
    for (const WaiverVerdict* waiver : by_expiry(report_.verdict.waivers)) {
      const Waiver& w = waiver->waiver;
      line(2, fmt::format("{}  {}  {}  {}", last_day(w),
                          fmt::format(fmt::runtime(words_.waiver_used), words_.of(waiver->state), waiver->used), w.rule,
                          describe(w.at)));
      line(6, describe_match(w));
      line(6, approval(*waiver, words_));
    }
  }

  void unread_sources() {
    constexpr std::size_t most = 5;
    const auto& files = report_.unread_sources;
    if (files.empty()) return;
    heading(fmt::format(fmt::runtime(words_.unread_sources), files.size()));
    for (std::size_t i = 0; i < std::min(files.size(), most); ++i) line(2, files[i]);
    if (files.size() > most) more(2, files.size() - most);
  }

  void loosenings() {
    if (report_.loosenings.empty() && report_.verdict.off.empty()) return;
    heading(words_.loosenings);
    for (const std::string& each : report_.loosenings) line(2, each);
    if (!report_.verdict.off.empty()) line(2, fmt::format(fmt::runtime(words_.off), join(report_.verdict.off, ", ")));
  }

  void rules() {
    if (report_.verdict.rules.empty()) return;
    heading(words_.rules);
    for (const RuleVerdict& rule : report_.verdict.rules) {
      row(rule, rule.waived ? words_.waived : words_.of(rule.outcome), paint_of(rule.outcome, rule.waived),
          {examined(rule, words_)});
    }
  }

  void frameworks() {
    if (report_.frameworks.empty()) return;
    out_ += "\n";
    for (const Framework& framework : report_.frameworks) {
      const std::vector<TaskStatus> tasks = task_statuses(report_, framework);
      const Counts counts = count(tasks);
      line(0, fmt::format(fmt::runtime(words_.framework), framework.title, contributed(counts), tasks.size(),
                          described(counts, words_, false)));
    }
  }

  void colophon() {
    line("", 0,
         fmt::format(fmt::runtime(words_.origin), report_.tool.version, report_.policy.name,
                     report_.policy_sha256.substr(0, 12), format(report_.time)),
         Paint::faint);
  }

  const Report& report_;
  const Words& words_;
  std::size_t width_, rule_width_ = 0, outcome_width_ = 0;
  std::string out_;
};

}  // namespace

std::string write_text(const Report& report) { return Page(report).write(); }

}  // namespace gate::evidence
