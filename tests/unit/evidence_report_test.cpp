#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "gate/evidence/facts_json.h"
#include "gate/evidence/words.h"
#include "gate/json/value.h"
#include "tests/unit/evidence_reports.h"
#include "tests/unit/support.h"

namespace {

using namespace gate;
using evidence::Report;

std::string write(std::string_view format, const Report& report) { return test::writer(format).write(report); }

json::Value read_json(const std::string& bytes) {
  auto value = json::parse(bytes, "evidence");
  EXPECT_TRUE(value) << describe(value.error());
  return value ? *value : json::Value();
}

std::size_t occurrences(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

constexpr const char* all_formats[] = {"text", "statement", "markdown", "sarif", "junit"};

TEST(EvidenceFingerprint, TellsFindingsApart) {
  const Report report = test::failing();
  std::set<std::string> prints;
  for (const RuleVerdict& rule : report.verdict.rules) {
    for (std::size_t i = 0; i < rule.against.size(); ++i) prints.insert(evidence::fingerprint(rule, i));
  }
  EXPECT_EQ(prints.size(), 27u);
  for (const std::string& print : prints) EXPECT_EQ(print.size(), 64u);
}

TEST(EvidenceFingerprint, StaysWhenLinesMove) {
  RuleVerdict before = test::failing().verdict.rules[0], after = before;
  for (JudgedFinding& judged : after.against) judged.finding.at.line += 100;
  for (std::size_t i = 0; i < before.against.size(); ++i) {
    EXPECT_EQ(evidence::fingerprint(before, i), evidence::fingerprint(after, i));
  }
}

TEST(EvidenceFingerprint, KeepsItsPartsApart) {
  RuleVerdict rule = test::rule("a/b", Outcome::fail, 1);
  for (const auto& [key, value] :
       std::vector<std::pair<std::string, std::string>>{{"a", "bc"}, {"ab", "c"}, {"", "abc"}}) {
    Finding finding;
    finding.subject = {{key, value}};
    rule.against.push_back({finding, {}});
  }
  rule.against.push_back({Finding{}, {}});
  rule.against.back().finding.at.file = "abc";
  std::set<std::string> prints;
  for (std::size_t i = 0; i < rule.against.size(); ++i) prints.insert(evidence::fingerprint(rule, i));
  EXPECT_EQ(prints.size(), rule.against.size());
  RuleVerdict other = rule;
  other.id = "a/c";
  EXPECT_NE(evidence::fingerprint(rule, 0), evidence::fingerprint(other, 0));
}

TEST(EvidenceFingerprint, IsTheSameInEveryOutput) {
  const Report report = test::failing();
  const std::string print = evidence::fingerprint(report.verdict.rules[0], 7);
  EXPECT_NE(write("statement", report).find(print), std::string::npos);
  EXPECT_EQ(occurrences(write("sarif", report), print), 2u);
  EXPECT_NE(write("junit", report).find(print.substr(0, 12)), std::string::npos);
}

const evidence::TaskStatus* find(const std::vector<evidence::TaskStatus>& statuses, std::string_view id) {
  for (const auto& status : statuses) {
    if (status.task->id == id) return &status;
  }
  return nullptr;
}

TEST(EvidenceTasks, TakeTheWorstOfTheirRules) {
  Report report = test::passing();
  report.specs[2].ssdf = {"PW.5.1"};
  auto statuses = evidence::task_statuses(report, report.frameworks[0]);
  ASSERT_EQ(statuses.size(), 5u);
  EXPECT_EQ(find(statuses, "PW.5.1")->outcome, Outcome::pass);
  EXPECT_EQ(find(statuses, "PW.5.1")->rules,
            (std::vector<std::string>{"code/banned-function", "sca/known-vulnerability"}));
  EXPECT_EQ(find(statuses, "PO.2.2")->outcome, Outcome::not_checked);
  EXPECT_TRUE(find(statuses, "PO.2.2")->rules.empty());

  report.verdict.rules[2].outcome = Outcome::not_checked;
  statuses = evidence::task_statuses(report, report.frameworks[0]);
  EXPECT_EQ(find(statuses, "PW.5.1")->outcome, Outcome::not_checked);

  report.verdict.rules[0].outcome = Outcome::not_applicable;
  statuses = evidence::task_statuses(report, report.frameworks[0]);
  EXPECT_EQ(find(statuses, "PW.7.2")->outcome, Outcome::not_applicable);
}

TEST(EvidenceTasks, AreWaivedOnlyWhereNothingIsOpen) {
  Report report = test::waived();
  const auto status = [&] {
    const auto statuses = evidence::task_statuses(report, report.frameworks[0]);
    return *find(statuses, "PW.4.4");
  };
  EXPECT_EQ(status().outcome, Outcome::fail);
  EXPECT_TRUE(status().waived);
  report.verdict.rules[2].undecided = true;
  EXPECT_FALSE(status().waived);
  report.verdict.rules[2].undecided = false;
  report.specs[0].ssdf = {"PW.4.4"};
  EXPECT_TRUE(status().waived);
  report.verdict.rules[0].outcome = Outcome::fail;
  EXPECT_FALSE(status().waived);
}

TEST(EvidenceStatement, HasASubjectAlways) {
  Report report = test::passing();
  const json::Value with = read_json(write("statement", report));
  EXPECT_EQ(with.find("subject")->array()->size(), 2u);
  report.subjects.clear();
  const json::Value without = read_json(write("statement", report));
  const json::Array& subjects = *without.find("subject")->array();
  ASSERT_EQ(subjects.size(), 1u);
  EXPECT_EQ(*subjects[0].find("name")->text(), "policy:acme");
  EXPECT_EQ(*subjects[0].find("digest")->find("sha256")->text(), report.policy_sha256);
}

// evidence-v1.md names every member, so that none comes in unseen.
TEST(EvidenceStatement, IsDocumented) {
  const std::string page = test::read(test::source_dir() + "/gate/evidence/evidence-v1.md");
  ASSERT_FALSE(page.empty());
  const std::set<std::string> free_keys{"subject", "match", "digest"};  // their members are data
  const auto check = [&](const auto& self, const json::Value& value) -> void {
    if (const auto* array = value.array()) {
      for (const json::Value& element : *array) self(self, element);
    } else if (const auto* object = value.object()) {
      for (const auto& [key, member] : object->members()) {
        EXPECT_TRUE(page.find(key) != std::string::npos) << key;
        if (!free_keys.contains(key)) self(self, member);
      }
    }
  };
  for (const Report& report : {test::passing(), test::failing(), test::undecided(), test::waived(), test::allowed()}) {
    check(check, read_json(write("statement", report)));
  }
}

TEST(EvidenceOutputs, SayEveryLooseningAndWaiver) {
  const Report report = test::waived();
  for (const char* format : all_formats) {
    const std::string bytes = write(format, report);
    SCOPED_TRACE(format);
    EXPECT_NE(bytes.find("--level code/banned-function=warn"), std::string::npos);
    EXPECT_NE(bytes.find("the working tree has changes"), std::string::npos);
    for (const char* state : {"used", "unused", "expired"}) EXPECT_NE(bytes.find(state), std::string::npos);
    EXPECT_NE(bytes.find("inflateGetHeader is not called"), std::string::npos);
    if (std::string_view(format) != "statement") {
      for (const char* line : {"policy.yaml:12:5", "policy.yaml:21:5", "policy.yaml:30:5"}) {
        EXPECT_NE(bytes.find(line), std::string::npos) << line;
      }
    }
  }
}

TEST(EvidenceOutputs, SayWhyNothingWasDecided) {
  Report report = test::passing();
  report.verdict.decision = Decision::undecided;
  report.verdict.rules.clear();
  for (const char* format : {"text", "markdown", "sarif", "junit"}) {
    EXPECT_NE(write(format, report).find("no rule that blocks judged anything"), std::string::npos) << format;
  }
  EXPECT_NE(write("junit", report).find("errors=\"1\""), std::string::npos);
  for (const char* format : all_formats) {
    EXPECT_EQ(write(format, test::passing()).find("no rule that blocks"), std::string::npos) << format;
  }
}

TEST(EvidenceOutputs, NeverCallATaskFulfilled) {
  for (const Report& report : {test::passing(), test::failing(), test::undecided(), test::waived(), test::allowed()}) {
    for (const char* format : all_formats) {
      const std::string bytes = write(format, report);
      EXPECT_EQ(bytes.find("fulfil"), std::string::npos);
      EXPECT_EQ(bytes.find("satisf"), std::string::npos);
    }
    EXPECT_NE(write("text", report).find("contributes to"), std::string::npos);
    EXPECT_NE(write("markdown", report).find("contributes to"), std::string::npos);
  }
}

// What a hostile file name or report can carry.
Report hostile() {
  Report report = test::failing();
  Finding& finding = report.verdict.rules[0].against[0].finding;
  finding.message =
      "<script>alert(1)</script> | `x` \x1b[31m\x07 a\nb ]]> & \"q\" \xFF \xE2\x80\xAE [l](http://x) \x7F";
  finding.at.file = "a|b\x1b]0;x\x07\n## gate: PASS.c";
  finding.remedy = "</failure><failure>";
  report.loosenings = {"line one\n## gate: PASS"};
  return report;
}

bool has_control(const std::string& text, bool is_json) {  // JSON may carry DEL as it is
  return std::any_of(text.begin(), text.end(),
                     [=](unsigned char c) { return (c < 0x20 && c != '\n') || (c == 0x7F && !is_json); });
}

TEST(EvidenceOutputs, HoldOffHostileText) {
  const Report report = hostile();
  for (const char* format : all_formats) {
    const std::string bytes = write(format, report);
    SCOPED_TRACE(format);
    EXPECT_EQ(bytes.find('\xFF'), std::string::npos);
    EXPECT_FALSE(has_control(bytes, bytes.starts_with("{")));
  }
  for (const char* format : {"text", "markdown"}) {
    EXPECT_EQ(write(format, report).find("\xE2\x80\xAE"), std::string::npos) << "turns the direction of text";
    EXPECT_EQ(write(format, report).find("\n## gate: PASS"), std::string::npos);
  }
  const std::string markdown = write("markdown", report);
  EXPECT_EQ(markdown.find("<script>"), std::string::npos);
  EXPECT_NE(markdown.find("&lt;script&gt;alert(1)&lt;/script&gt; \\| \\`x\\`"), std::string::npos);
  EXPECT_NE(markdown.find("\\[l\\](http"), std::string::npos);
  const std::string junit = write("junit", report);
  EXPECT_EQ(junit.find("<script>"), std::string::npos);
  EXPECT_EQ(occurrences(junit, "<failure "), occurrences(junit, "</failure>"));
  read_json(write("statement", report));
  const std::string sarif = write("sarif", report);
  read_json(sarif);
  EXPECT_NE(sarif.find("\"a%7Cb%1B%5D0%3Bx%07%0A%23%23%20gate%3A%20PASS.c\""), std::string::npos);
}

TEST(EvidenceText, ColoursOnlyOnRequestAndSaysTheSame) {
  for (Report report : {test::passing(), test::failing(), test::undecided(), test::waived(), test::allowed()}) {
    const std::string plain = write("text", report);
    EXPECT_EQ(plain.find('\x1b'), std::string::npos);
    report.colour = true;
    const std::string coloured = write("text", report);
    EXPECT_NE(coloured.find('\x1b'), std::string::npos);
    EXPECT_EQ(std::regex_replace(coloured, std::regex("\x1b\\[[0-9]*m"), ""), plain);
  }
}

TEST(EvidenceText, StartsWithTheVerdict) {
  EXPECT_TRUE(write("text", test::passing()).starts_with("gate: PASS "));
  EXPECT_TRUE(write("text", test::failing()).starts_with("gate: FAIL "));
  EXPECT_TRUE(write("text", test::undecided()).starts_with("gate: UNDECIDED "));
  Report report = test::failing();
  report.language = "ja";
  EXPECT_TRUE(write("text", report).starts_with("gate: 不合格 "));
}

TEST(EvidenceText, CutsLongListsAndSaysSo) {
  const std::string text = write("text", test::failing());
  EXPECT_EQ(occurrences(text, "call of strcpy"), 20u);
  EXPECT_NE(text.find("and 5 more: see the JSON evidence"), std::string::npos);
}

TEST(EvidenceText, KeepsToTheWidth) {
  Report report = test::undecided();
  report.verdict.rules[0].unseen = {
      "a sentence that is so long that it cannot stand in one line of a narrow terminal "
      "and therefore has to go on in the next, 日本語の長い文もまた同じように折り返される必要がある"};
  report.width = 70;
  const std::string text = write("text", report);
  std::istringstream lines(text.substr(text.find('\n')));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(evidence::display_width(line), 70u) << line;
}

TEST(EvidenceText, SaysWhyAWarningDoesNotBlock) {
  Report report = test::failing();
  EXPECT_NE(write("text", report).find("(level warn)"), std::string::npos);
  RuleVerdict& rule = report.verdict.rules[1];
  rule.level = Level::fail;
  rule.effective_on = parse_date("2027-01-01");
  EXPECT_NE(write("text", report).find("(blocks from 2027-01-01)"), std::string::npos);
}

TEST(EvidenceMarkdown, StaysUnderTheCapAndKeepsTheWorst) {
  Report report = test::failing();
  auto& against = report.verdict.rules[0].against;
  const std::string padding(400, 'x');
  for (int line = 26; line <= 20'000; ++line) {
    against.push_back({test::strcpy_call(line), {}});
    against.back().finding.severity = Severity::low;
    against.back().finding.message += padding + "&&&&";
  }
  const std::string markdown = write("markdown", report);
  EXPECT_LT(markdown.size(), 1u << 20);
  EXPECT_GT(markdown.size(), 700u << 10);
  EXPECT_NE(markdown.find("CVE-2022-37434"), std::string::npos);
  EXPECT_NE(markdown.find("### NIST SSDF 1.1"), std::string::npos);
  std::smatch left;
  ASSERT_TRUE(std::regex_search(markdown, left, std::regex("and ([0-9]+) more: see the JSON evidence")));
  const std::size_t shown = occurrences(markdown, "call of strcpy") + 1;
  EXPECT_EQ(shown + std::stoul(left[1]), 20'001u);
}

TEST(EvidenceMarkdown, StaysUnderTheCapWhateverIsLong) {
  Report report = test::waived();
  const std::string padding(5000, '&');
  for (int i = 0; i < 3000; ++i) {
    report.loosenings.push_back(padding);
    report.verdict.waivers.push_back(report.verdict.waivers[0]);
    report.verdict.waivers.back().waiver.reason = padding;
    report.verdict.problems.push_back({Errc::malformed, padding + std::to_string(i), {}});
    report.verdict.rules[1].unseen.push_back(padding);
  }
  report.verdict.rules[1].undecided = true;
  EXPECT_LT(write("markdown", report).size(), 1u << 20);
}

TEST(EvidenceSarif, IsUnsuccessfulWhereSomethingWasNotSeen) {
  const auto successful = [](const Report& report) {
    const json::Value sarif = read_json(write("sarif", report));
    return *(*(*sarif.find("runs")->array())[0].find("invocations")->array())[0].find("executionSuccessful")->boolean();
  };
  EXPECT_TRUE(successful(test::passing()));
  EXPECT_TRUE(successful(test::waived()));
  EXPECT_FALSE(successful(test::undecided()));
  EXPECT_FALSE(successful(test::failing())) << "one report was not read";
}

TEST(EvidenceSarif, MarksWaivedFindingsAsSuppressed) {
  const json::Value sarif = read_json(write("sarif", test::waived()));
  std::size_t suppressed = 0;
  for (const json::Value& result : *(*sarif.find("runs")->array())[0].find("results")->array()) {
    if (const json::Value* suppressions = result.find("suppressions")) {
      ++suppressed;
      EXPECT_EQ(*(*suppressions->array())[0].find("status")->text(), "accepted");
    }
  }
  EXPECT_EQ(suppressed, 1u);
}

TEST(EvidenceJunit, NamesAreUniqueAndCountsAreRight) {
  for (const Report& report :
       {test::passing(), test::failing(), test::undecided(), test::waived(), test::allowed(), hostile()}) {
    const std::string xml = write("junit", report);
    std::set<std::string> names;
    const std::regex testcase("<testcase (classname=\"[^\"]*\" name=\"[^\"]*\")");
    std::size_t cases = 0;
    for (std::sregex_iterator it(xml.begin(), xml.end(), testcase), end; it != end; ++it) {
      ++cases;
      EXPECT_TRUE(names.insert((*it)[1]).second) << (*it)[1];
    }
    std::smatch total;
    ASSERT_TRUE(std::regex_search(
        xml, total,
        std::regex(
            "<testsuites name=\"gate\" tests=\"(\\d+)\" failures=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\"")));
    EXPECT_EQ(std::stoul(total[1]), cases);
    EXPECT_EQ(std::stoul(total[2]), occurrences(xml, "<failure "));
    EXPECT_EQ(std::stoul(total[3]), occurrences(xml, "<error "));
    EXPECT_EQ(std::stoul(total[4]), occurrences(xml, "<skipped "));
  }
}

TEST(EvidenceJunit, NeverShowsWhatWasNotCheckedAsPassed) {
  const std::string xml = write("junit", test::undecided());
  EXPECT_NE(xml.find("name=\"not checked\"><error"), std::string::npos);
  EXPECT_NE(xml.find("name=\"error\"><error"), std::string::npos);
  EXPECT_NE(xml.find("<error type=\"needs review\""), std::string::npos);
}

TEST(EvidenceWords, MeasureColumns) {
  EXPECT_EQ(evidence::display_width("abc"), 3u);
  EXPECT_EQ(evidence::display_width("未検査"), 6u);
  EXPECT_EQ(evidence::display_width("ｶﾅ"), 2u);    // halfwidth
  EXPECT_EQ(evidence::display_width("ＡＢ"), 4u);  // fullwidth
  EXPECT_EQ(evidence::display_width("e\xCC\x81"), 1u);
  EXPECT_EQ(evidence::padded("合格", 6), "合格  ");
  EXPECT_EQ(evidence::padded("不合格です", 6), "不合格です");
}

TEST(EvidenceWords, KnowTheJapaneseOutcomes) {
  const evidence::Words& ja = evidence::words("ja");
  EXPECT_EQ(ja.of(Outcome::pass), "合格");
  EXPECT_EQ(ja.of(Outcome::fail), "不合格");
  EXPECT_EQ(ja.of(Outcome::not_checked), "未検査");
  EXPECT_EQ(ja.of(Outcome::not_applicable), "対象外");
  EXPECT_EQ(ja.of(Outcome::needs_review), "要確認");
  EXPECT_EQ(ja.of(Outcome::error), "エラー");
  EXPECT_EQ(ja.waived, "例外承認済");
  EXPECT_EQ(&evidence::words("fr"), &evidence::words("en"));
}

TEST(EvidenceFacts, AreSortedWithOriginsAndCoverage) {
  FactBatch batch;
  batch.coverage = {{FactKind::source_use, Coverage::partial},
                    {FactKind::vulnerability, Coverage::complete},
                    {FactKind::component, Coverage::complete}};
  SourceUse second, first;
  second.name = first.name = "strcpy";
  second.at = {"src/b.c", 3, 5};
  first.at = {"src/a.c", 9, 1};
  first.use = Use::address;
  batch.facts.add(second);
  batch.facts.add(first);
  batch.facts.add(second);
  Vulnerability vulnerability;
  vulnerability.id = "CVE-1";
  vulnerability.aliases = {"GHSA-1", "OSV-1"};
  vulnerability.ratings = {{"nvd", "CVSS:3.1", "CVSS:3.1/AV:N", 98, Severity::critical}};
  vulnerability.origin = {"out/trivy.json", "ab", "/Results/0"};
  batch.facts.add(vulnerability);
  batch.problems = {{Errc::malformed, "odd", {"out/trivy.json", "", "3:1"}}};
  const json::Value value = evidence::to_json(batch);
  EXPECT_EQ(json::to_string(*value.find("coverage")),
            R"({"components":"complete","source_uses":"partial","vulnerabilities":"complete"})");
  EXPECT_EQ(json::to_string(*value.find("problems")),
            R"([{"code":"malformed","what":"odd","where":{"artifact":"out/trivy.json","at":"3:1"}}])");
  const json::Value* facts = value.find("facts");
  EXPECT_TRUE(facts->find("components")->array()->empty()) << "spoken about, and none";
  EXPECT_EQ(facts->find("commits"), nullptr) << "not spoken about";
  EXPECT_EQ(json::to_string(*facts->find("source_uses")),
            R"([{"at":{"column":1,"file":"src/a.c","line":9},"condition":"","entity":"function","macro":"",)"
            R"("name":"strcpy","origin":{"artifact":""},"spelled":{},"units":1,"use":"address","written":""},)"
            R"({"at":{"column":5,"file":"src/b.c","line":3},"condition":"","entity":"function","macro":"",)"
            R"("name":"strcpy","origin":{"artifact":""},"spelled":{},"units":1,"use":"call","written":""}])");
  const json::Value& known = facts->find("vulnerabilities")->array()->front();
  EXPECT_EQ(json::to_string(*known.find("aliases")), R"(["GHSA-1","OSV-1"])");
  EXPECT_EQ(json::to_string(*known.find("origin")), R"({"artifact":"out/trivy.json","at":"/Results/0","sha256":"ab"})");
  EXPECT_EQ(json::to_string(*known.find("ratings")),
            R"([{"method":"CVSS:3.1","score":98,"severity":"critical","source":"nvd","vector":"CVSS:3.1/AV:N"}])");
  EXPECT_EQ(json::to_string(*known.find("malicious")), "false");
}

}  // namespace
