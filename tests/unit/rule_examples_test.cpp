// Runs every example of every rule's spec through the engine.
#include <gtest/gtest.h>

#include <set>

#include "gate/core/verdict.h"
#include "gate/policy/load.h"
#include "rules/rules.h"
#include "tests/unit/fact_forge.h"

namespace gate {
namespace {

struct Case {
  const Rule* rule = nullptr;
  RuleSpec spec;
  std::string defect;  // of the spec
};

std::vector<Case> cases() {
  std::vector<Case> cases;
  for (const Rule& rule : rules::all()) {
    const auto spec = policy::parse_spec(rule.id, rule.spec);
    cases.push_back(spec ? Case{&rule, *spec, {}} : Case{&rule, {}, describe(spec.error())});
  }
  return cases;
}

std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name(info.param.rule->id);
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
}

void PrintTo(const Case& tested, std::ostream* out) { *out << tested.rule->id; }

Params params_of(const RuleSpec& spec, const RuleExample& example) {
  Map values = example.with;
  for (const ParamSpec& param : spec.params) values.emplace(param.name, param.fallback);
  return Params(std::move(values));
}

// The rule alone, at level fail, over the facts of the example.
Verdict decide_alone(const Case& tested, const RuleExample& example, FactBatch batch) {
  Policy policy;
  RuleConfig config;
  config.id = tested.rule->id;
  config.params = params_of(tested.spec, example);
  policy.rules.push_back(std::move(config));
  return decide(policy, seal({std::move(batch)}), rules::all(), Instant{});
}

Decision decision_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass: return Decision::pass;
    case Outcome::fail: return Decision::fail;
    default: return Decision::undecided;
  }
}

class RuleExamples : public testing::TestWithParam<Case> {};

TEST_P(RuleExamples, EndAsTheySay) {
  const auto& [rule, spec, defect] = GetParam();
  ASSERT_EQ(defect, "");
  for (const RuleExample& example : spec.examples) {
    SCOPED_TRACE(describe(example.at) + ": " + example.title);
    auto batch = FactForge::forge(example.given, rule->needs);
    ASSERT_TRUE(batch) << describe(batch.error());
    const Verdict verdict = decide_alone(GetParam(), example, *batch);
    const auto expected = parse_outcome(example.expect);
    ASSERT_TRUE(expected);
    ASSERT_EQ(verdict.rules.size(), 1u);
    EXPECT_EQ(token(verdict.rules[0].outcome), example.expect);
    EXPECT_EQ(name(verdict.decision), name(decision_of(*expected)));
    for (const JudgedFinding& judged : verdict.rules[0].against) {
      EXPECT_FALSE(judged.finding.message.empty());
      for (const auto& [key, value] : judged.finding.subject) {
        EXPECT_NE(std::find(spec.match.begin(), spec.match.end(), key), spec.match.end())
            << "a waiver cannot name '" << key << "'";
      }
    }
  }
}

TEST_P(RuleExamples, ShowRedGreenAndUnseen) {
  std::set<std::string> shown;
  for (const RuleExample& example : GetParam().spec.examples) shown.insert(example.expect);
  for (const char* outcome : {"fail", "pass", "not_checked"}) EXPECT_TRUE(shown.contains(outcome)) << outcome;
}

TEST_P(RuleExamples, NeverPassWithAnyNeedUnseen) {
  const auto& [rule, spec, defect] = GetParam();
  for (const RuleExample& example : spec.examples) {
    if (example.expect != "pass") continue;
    for (const FactKind kind : rule->needs) {
      for (const Coverage seen : {Coverage::absent, Coverage::partial}) {
        auto batch = FactForge::forge(example.given, rule->needs);
        ASSERT_TRUE(batch);
        batch->coverage[kind] = seen;
        const Verdict verdict = decide_alone(GetParam(), example, *batch);
        EXPECT_EQ(token(verdict.rules[0].outcome), "not_checked") << name(kind);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, RuleExamples, testing::ValuesIn(cases()), test_name);

TEST(RuleExamplesTable, IsNotEmpty) { EXPECT_FALSE(rules::all().empty()); }

// The forge itself must not let a slip of the pen through, or an example could test something else than it says.
TEST(FactForgeStrictness, RefusesUnknownFieldsKindsAndValues) {
  const auto text = [](std::string t) { return Value{std::move(t), {}}; };
  const auto fact = [](Map fields) { return Value{List{Value{std::move(fields), {}}}, {}}; };
  const auto given = [](std::string plural, Value facts) {
    return Value{Map{{std::move(plural), std::move(facts)}}, {}};
  };
  EXPECT_TRUE(FactForge::forge(given("artifacts", fact({{"path", text("a")}})), {}));
  EXPECT_FALSE(FactForge::forge(given("artifacts", fact({{"pth", text("a")}})), {}));
  EXPECT_FALSE(FactForge::forge(given("artefacts", fact({{"path", text("a")}})), {}));
  EXPECT_FALSE(FactForge::forge(given("vulnerabilities", fact({{"severity", text("huge")}})), {}));
  EXPECT_FALSE(FactForge::forge(given("source_uses", fact({{"use", text("cal")}})), {}));
  EXPECT_FALSE(FactForge::forge(given("source_uses", fact({{"at", text("a.c:x:1")}})), {}));
  EXPECT_FALSE(FactForge::forge(given("coverage", Value{Map{{"commits", text("whole")}}, {}}), {}));
}

}  // namespace
}  // namespace gate
