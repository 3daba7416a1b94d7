// JUnit's XML, as GitLab and Jenkins read it: a suite for each rule and one for the run. It knows three bad words:
// failure (a finding), error (not seen, not decided) and skipped (waived, not applicable).
#include <fmt/format.h>

#include "gate/evidence/shared.h"
#include "gate/json/utf8.h"

namespace gate::evidence {
namespace {

// XML 1.0, section 2.2: most control characters are in no document, not even as references.
bool is_xml(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && c != 0x7F);
}

// In attributes, line breaks and tabs stay what they are only as references.
std::string escaped(std::string_view text, bool in_attribute = false) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code_point = json::next_code_point(text, at);
    switch (code_point) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\r': out += "&#13;"; break;
      case '\n': out += in_attribute ? "&#10;" : "\n"; break;
      case '\t': out += in_attribute ? "&#9;" : "\t"; break;
      default:
        if (is_xml(code_point)) json::append_utf8(out, code_point);
    }
  }
  return out;
}

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, escaped(value, true));
}

struct Suite {
  std::string name;
  std::string properties;
  std::string cases;
  std::string output;
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void add_case(std::string_view case_name, std::string_view file, std::string_view child) {
    ++tests;
    cases += "    <testcase" + attribute("classname", name) + attribute("name", case_name);
    if (!file.empty()) cases += attribute("file", file);
    cases += child.empty() ? "/>\n" : fmt::format(">{}</testcase>\n", child);
  }
  void add_pass(std::string_view case_name) { add_case(case_name, {}, {}); }
  void add_failure(std::string_view case_name, std::string_view file, std::string_view type, std::string_view message,
                   std::string_view text) {
    ++failures;
    add_case(case_name, file,
             fmt::format("<failure{}{}>{}</failure>", attribute("type", type), attribute("message", message),
                         escaped(text)));
  }
  void add_error(std::string_view case_name, std::string_view file, std::string_view type, std::string_view message) {
    ++errors;
    add_case(case_name, file, fmt::format("<error{}{}/>", attribute("type", type), attribute("message", message)));
  }
  void add_skipped(std::string_view case_name, std::string_view file, std::string_view message) {
    ++skipped;
    add_case(case_name, file, fmt::format("<skipped{}/>", attribute("message", message)));
  }
  void add_property(std::string_view key, std::string_view value) {
    properties += "      <property" + attribute("name", key) + attribute("value", value) + "/>\n";
  }
  std::string counts() const {
    return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", tests, failures, errors, skipped);
  }
  std::string write(const std::string& timestamp) const {
    std::string out = "  <testsuite" + attribute("name", name) + counts() + attribute("timestamp", timestamp) + ">\n";
    if (!properties.empty()) out += "    <properties>\n" + properties + "    </properties>\n";
    out += cases;
    if (!output.empty()) out += "    <system-out>" + escaped(output) + "</system-out>\n";
    return out + "  </testsuite>\n";
  }
};

// Part of a fingerprint instead of a line number: a name has to be the same in the next run, and no other's.
std::string case_name(const Finding& finding, std::string_view print) {
  return fmt::format("{}{}{} [{}]", finding.at.file, finding.at.file.empty() ? "" : ": ", finding.message,
                     print.substr(0, 12));
}

void add_against(Suite& suite, const Report& report, const RuleVerdict& rule) {
  const RuleSpec* spec = find_spec(report, rule.id);
  const std::vector<std::string> prints = fingerprints(rule);
  for (std::size_t i = 0; i < rule.against.size(); ++i) {
    const auto& [finding, waiver] = rule.against[i];
    const std::string name = case_name(finding, prints[i]);
    if (waiver) {
      const Waiver& w = report.verdict.waivers[*waiver].waiver;
      suite.add_skipped(name, finding.at.file,
                        fmt::format("waived until {}: {} ({}{})", last_day(w), w.reason,
                                    w.lines ? "" : fmt::format("approved by {}; ", w.approved_by), describe(w.at)));
      continue;
    }
    std::string text = describe(finding.at);
    if (!text.empty()) text += ": ";
    text += finding.message;
    if (const std::string& todo = remedy(finding, spec, "en"); !todo.empty()) text += "\nremedy: " + todo;
    suite.add_failure(name, finding.at.file, rule.blocks ? "fail" : "warning", finding.message, text);
  }
}

Suite suite_of(const Report& report, const RuleVerdict& rule) {
  Suite suite;
  suite.name = rule.id;
  suite.add_property("outcome", token(rule.outcome));
  suite.add_property("waived", rule.waived ? "true" : "false");
  suite.add_property("blocks", rule.blocks ? "true" : "false");
  suite.add_property("examined", fmt::format("{}", rule.examined));

  add_against(suite, report, rule);
  for (std::size_t i = 0; i < rule.to_review.size(); ++i) {
    const Finding& finding = rule.to_review[i];
    suite.add_error(fmt::format("to review {}: {}", i + 1, finding.message), finding.at.file, "needs review",
                    finding.message);
  }
  const bool open = rule.outcome == Outcome::not_checked || rule.outcome == Outcome::error;
  if (open || !rule.unseen.empty()) {
    const Outcome shown = open ? rule.outcome : Outcome::not_checked;
    suite.add_error(name(shown), {}, name(shown), join(rule.unseen, "\n"));
  }
  if (rule.outcome == Outcome::not_applicable) {
    suite.add_skipped("not applicable", {}, "nothing to examine, as the policy expects");
  }
  if (rule.outcome == Outcome::pass) suite.add_pass(fmt::format("{} examined", rule.examined));
  return suite;
}

Suite suite_of_the_run(const Report& report) {
  const Verdict& verdict = report.verdict;
  Suite suite;
  suite.name = "gate";
  suite.add_property("decision", name(verdict.decision));
  suite.add_property("version", report.tool.version);
  suite.add_property("policy", report.policy.name);
  suite.add_property("policy.sha256", report.policy_sha256);
  switch (verdict.decision) {
    case Decision::pass: suite.add_pass("decision"); break;
    case Decision::fail: suite.add_failure("decision", {}, "fail", "the gate failed", "see the other suites"); break;
    case Decision::undecided:
      suite.add_error("decision", {}, "undecided",
                      judged_nothing(verdict) ? "no rule that blocks judged anything" : "something could not be seen");
      break;
  }
  const std::vector<std::string> problems = other_problems(verdict);
  for (std::size_t i = 0; i < problems.size(); ++i) {
    suite.add_error(fmt::format("problem {}: {}", i + 1, problems[i]), {}, "problem", problems[i]);
  }
  for (const std::string& line : report.loosenings) suite.output += "loosened: " + line + "\n";
  for (const std::string& rule : verdict.off) suite.output += "rule switched off: " + rule + "\n";
  for (const WaiverVerdict* waiver : by_expiry(verdict.waivers)) {
    const Waiver& w = waiver->waiver;
    suite.output += fmt::format("waiver {}, {} findings, until {}: {} ({}) at {}: {}\n", name(waiver->state),
                                waiver->used, last_day(w), w.rule, describe_match(w), describe(w.at),
                                waiver->state == WaiverState::refused ? waiver->why : w.reason);
  }
  return suite;
}

}  // namespace

std::string write_junit(const Report& report) {
  std::vector<Suite> suites{suite_of_the_run(report)};
  for (const RuleVerdict& rule : report.verdict.rules) suites.push_back(suite_of(report, rule));

  Suite total;
  std::string body;
  for (const Suite& suite : suites) {
    total.tests += suite.tests;
    total.failures += suite.failures;
    total.errors += suite.errors;
    total.skipped += suite.skipped;
    body += suite.write(format(report.time));
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gate\"" + total.counts() + ">\n" + body +
         "</testsuites>\n";
}

}  // namespace gate::evidence
