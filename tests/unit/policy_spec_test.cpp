#include <gtest/gtest.h>

#include <set>

#include "gate/policy/load.h"
#include "rules/rules.h"
#include "tests/unit/policy_support.h"
#include "tests/unit/support.h"

namespace gate {
namespace {

// A small spec with one parameter of each type; `replace` turns it into a bad one.
const std::string spec_text = test::read(test::source_dir() + "/tests/golden/policy/spec.yaml");

std::string fault(const std::string& from, const std::string& to) {
  std::string text = spec_text;
  const auto at = text.find(from);
  if (at == std::string::npos) return "the test replaces nothing: " + from;
  text.replace(at, from.size(), to);
  const auto spec = policy::parse_spec("test/spec-rule", text);
  return spec ? "" : describe(spec.error());
}

TEST(PolicySpec, ReadsEverything) {
  const auto parsed = policy::parse_spec("test/spec-rule", spec_text);
  ASSERT_TRUE(parsed) << describe(parsed.error());
  const RuleSpec& spec = *parsed;
  EXPECT_EQ(spec.id, "test/spec-rule");
  EXPECT_EQ(spec.title.ja, "題");
  EXPECT_EQ(spec.bad.en, spec.bad.ja) << "plain text holds for both languages";
  EXPECT_EQ(spec.good.ja, "良い例");
  EXPECT_EQ(spec.match, (std::vector<std::string>{"vulnerability", "package"}));
  EXPECT_EQ(spec.ssdf, (std::vector<std::string>{"PW.4.4", "RV.1.1"}));

  ASSERT_EQ(spec.params.size(), 6u);
  EXPECT_EQ(spec.params[0].name, "max_severity");
  EXPECT_EQ(spec.params[0].choices.size(), 3u);
  EXPECT_EQ(*spec.params[0].fallback.text(), "low");
  EXPECT_EQ(spec.params[1].type, ParamType::texts);
  EXPECT_EQ(spec.params[2].type, ParamType::records);
  EXPECT_EQ(spec.params[2].lists, "lists");
  ASSERT_EQ(spec.params[2].fields.size(), 3u);
  EXPECT_TRUE(spec.params[2].fields[0].required);
  EXPECT_EQ(spec.params[2].fields[1].type, ParamType::number);
  EXPECT_TRUE(*spec.params[3].fallback.boolean());
  EXPECT_EQ(*spec.params[4].fallback.integer(), 3);
  EXPECT_EQ(*spec.params[5].fallback.text(), "");

  ASSERT_EQ(spec.examples.size(), 2u);
  EXPECT_EQ(*spec.examples[0].with.at("max_severity").text(), "high");
  EXPECT_EQ(spec.examples[0].expect, "fail");
  EXPECT_EQ(spec.examples[1].given.find("coverage")->find("vulnerabilities")->text()->substr(0), "partial");
  EXPECT_EQ(spec.examples[1].at.file, "rules/test/spec_rule.yaml");
}

TEST(PolicySpec, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(fault("remedy:", "remedi:"), "");
  EXPECT_EQ(fault("match: [", "macth: ["),
            "rules/test/spec_rule.yaml:1:1: malformed: missing key 'match' in the spec of test/spec-rule");
  EXPECT_NE(fault("  ja: 題\n", ""), "") << "both languages";
  EXPECT_NE(fault("type: choice", "type: coice").find("did you mean 'choice'?"), std::string::npos);
  EXPECT_NE(fault("default: low", "default: lw").find("did you mean 'low'?"), std::string::npos);
  EXPECT_NE(fault("    default: true\n", ""), "") << "every parameter has a default";
  EXPECT_NE(fault("default: 3", "default: three"), "");
  EXPECT_NE(fault("lists: lists", "lists: list").find("no texts parameter"), std::string::npos);
  EXPECT_NE(fault("name: {type: text, required: true}", "name: {type: text}").find("need a field 'name'"),
            std::string::npos);
  EXPECT_NE(fault("  deep:", "  level:").find("a key of every rule"), std::string::npos);
  EXPECT_NE(fault("expect: fail", "expect: red"), "");
  EXPECT_NE(fault("scan_reports", "scan_report").find("did you mean 'scan_reports'?"), std::string::npos);
  EXPECT_NE(fault("vulnerabilities: partial", "vulnerabilities: half"), "");
  EXPECT_NE(fault("vulnerabilities: partial", "vulnerability: partial"), "");
  EXPECT_NE(fault("{max_severity: high}", "{max_severty: high}"), "");
  EXPECT_NE(fault("{max_severity: high}", "{max_severity: 3}"), "");
  EXPECT_NE(fault("ssdf: [PW.4.4", "ssdf: [1"), "");
}

TEST(PolicySpec, EveryRuleOfThisGateHasOne) {
  for (const Rule& rule : rules::all()) {
    const auto spec = policy::parse_spec(rule.id, rule.spec);
    EXPECT_TRUE(spec) << rule.id << ": " << describe(spec.error());
  }
}

const std::string framework_text =
    "id: ssdf-1.1\ntitle: SSDF\nsource: NIST SP 800-218\npractices:\n"
    "- id: PW.5\n  text: {en: e, ja: j}\n  tasks:\n"
    "  - {id: PW.5.1, reach: direct, text: {en: e, ja: j}}\n  - {id: PW.5.2, reach: none, text: {en: e, ja: j}}\n";

TEST(PolicyFramework, ReadsEverything) {
  const auto framework = policy::parse_framework("policies/frameworks/f.yaml", framework_text);
  ASSERT_TRUE(framework) << describe(framework.error());
  EXPECT_EQ(framework->source, "NIST SP 800-218");
  ASSERT_EQ(framework->practices.size(), 1u);
  ASSERT_EQ(framework->practices[0].tasks.size(), 2u);
  EXPECT_EQ(framework->practices[0].tasks[0].reach, Reach::direct);
  EXPECT_EQ(framework->practices[0].tasks[1].reach, Reach::none);
}

TEST(PolicyFramework, RefusesWhatItDoesNotKnow) {
  for (const auto& [from, to] :
       {std::pair{"reach: none", "reach: no"}, {"PW.5.2", "PW.5.1"}, {"source:", "sorce:"}, {", ja: j}}", "}}"}}) {
    std::string text = framework_text;
    text.replace(text.find(from), std::string(from).size(), to);
    EXPECT_FALSE(policy::parse_framework("f.yaml", text)) << from;
  }
}

// Every task that a rule names stands in every framework that gate ships, where the build has put one in.
TEST(PolicyFramework, EmbeddedOnesHoldTheTasksOfTheRules) {
  for (const EmbeddedFile& file : embedded_policies()) {
    if (!file.name.starts_with("policies/frameworks/")) continue;
    const auto framework = policy::parse_framework(file.name, file.bytes);
    ASSERT_TRUE(framework) << describe(framework.error());
    std::set<std::string> tasks;
    for (const auto& practice : framework->practices) {
      for (const auto& task : practice.tasks) tasks.insert(task.id);
    }
    for (const RuleSpec& spec : test::rule_specs()) {
      for (const std::string& task : spec.ssdf) EXPECT_TRUE(tasks.contains(task)) << spec.id << " names " << task;
    }
  }
}

TEST(PolicySchema, IsAsExpected) {
  const auto spec = policy::parse_spec("test/spec-rule", spec_text);
  ASSERT_TRUE(spec);
  const std::string got = policy::schema({*spec}, {"cyclonedx", "trivy"}, {"dsse", "sigstore-bundle"}, {"c-unsafe"});
  const std::string golden = test::source_dir() + "/tests/golden/policy/schema.json";
  if (std::getenv("GATE_UPDATE_GOLDEN")) std::ofstream(golden, std::ios::binary) << got;
  EXPECT_EQ(got, test::read(golden));
}

}  // namespace
}  // namespace gate
