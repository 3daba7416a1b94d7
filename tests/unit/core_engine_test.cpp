// Every way in which a rule can end, and what the decision makes of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "gate/core/verdict.h"

namespace gate {
namespace {

const Date today = *parse_date("2026-11-23");
const Instant now = Instant{today} + std::chrono::hours{9};

// One finding for each vulnerability: against (critical), to review (unknown), in favour (others).
Judged judge_vulnerabilities(const FactSet& facts, const Params&) {
  Judged out;
  for (const auto& vulnerability : facts.all<Vulnerability>()) {
    Finding finding;
    finding.message = vulnerability.id;
    finding.subject = {{"vulnerability", vulnerability.id}, {"package", vulnerability.package}};
    finding.at.file = vulnerability.version;  // stands in for a source file where a test needs one
    if (!finding.at.file.empty()) finding.at.line = 7;
    if (!vulnerability.score.empty()) finding.definition = {vulnerability.score, 3, 1};  // likewise
    ++out.examined;
    auto& side = vulnerability.severity == Severity::critical  ? out.against
                 : vulnerability.severity == Severity::unknown ? out.to_review
                                                               : out.in_favour;
    side.push_back(std::move(finding));
  }
  return out;
}
Judged judge_badly(const FactSet&, const Params& params) {
  (void)params.text("never declared");
  return {};
}
Judged judge_worse(const FactSet&, const Params&) { throw 7; }

const std::vector<Rule> rules{
    {"sca/test", "", {FactKind::vulnerability}, judge_vulnerabilities},
    {"sca/other", "", {FactKind::vulnerability}, judge_vulnerabilities},
    {"test/throws", "", {}, judge_badly},
    {"test/throws-worse", "", {}, judge_worse},
};

Vulnerability vulnerability(std::string id, Severity severity, std::string file = {}) {
  Vulnerability fact;
  fact.id = std::move(id);
  fact.package = "pkg:generic/zlib@1.2.11";
  fact.severity = severity;
  fact.version = std::move(file);
  return fact;
}

FactSet facts(std::vector<Vulnerability> vulnerabilities, Coverage coverage = Coverage::complete) {
  FactBatch batch;
  for (auto& each : vulnerabilities) batch.facts.add(std::move(each));
  batch.coverage[FactKind::vulnerability] = coverage;
  if (coverage != Coverage::complete)
    batch.problems.push_back({Errc::malformed, "cut short", {"out/report.json", "", "/3"}});
  return seal({batch});
}

RuleConfig config(std::string id, Level level = Level::fail) {
  RuleConfig rule;
  rule.id = std::move(id);
  rule.level = level;
  return rule;
}

Policy policy(std::vector<RuleConfig> configs, std::vector<Waiver> waivers = {}) {
  Policy policy;
  policy.rules = std::move(configs);
  policy.waivers = std::move(waivers);
  return policy;
}

Waiver waiver(std::map<std::string, std::string, std::less<>> match, Date expires = today) {
  Waiver waiver;
  waiver.rule = "sca/test";
  waiver.match = std::move(match);
  waiver.expires = expires;
  return waiver;
}

Verdict run(const Policy& with, const FactSet& over) { return decide(with, over, rules, now); }
Verdict run(const FactSet& over) { return run(policy({config("sca/test")}), over); }

const auto bad = vulnerability("CVE-1", Severity::critical);
const auto good = vulnerability("CVE-2", Severity::low);
const auto unrated = vulnerability("CVE-3", Severity::unknown);

TEST(Engine, PassesWhatWasSeenInFullAndIsClean) {
  const Verdict verdict = run(facts({good}));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::pass);
  EXPECT_EQ(verdict.rules[0].examined, 1u);
  EXPECT_EQ(verdict.rules[0].in_favour.size(), 1u);
  EXPECT_EQ(verdict.decision, Decision::pass);
}

TEST(Engine, FailsOnAFinding) {
  const Verdict verdict = run(facts({good, bad}));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::fail);
  EXPECT_FALSE(verdict.rules[0].undecided);
  EXPECT_EQ(verdict.decision, Decision::fail);
}

TEST(Engine, NothingExaminedIsNotAPass) {
  const Verdict verdict = run(facts({}));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::not_checked);
  EXPECT_TRUE(verdict.rules[0].undecided);
  EXPECT_NE(verdict.rules[0].unseen[0].find("expect: none"), std::string::npos);
  EXPECT_EQ(verdict.decision, Decision::undecided);
}

TEST(Engine, NothingExaminedMayBeExpectedButAloneDecidesNothing) {
  RuleConfig none = config("sca/test");
  none.expect_none = true;
  const Verdict verdict = run(policy({none}), facts({}));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::not_applicable);
  EXPECT_FALSE(verdict.rules[0].undecided);
  EXPECT_EQ(verdict.decision, Decision::undecided);
}

TEST(Engine, ExpectingNothingDoesNotExcuseWhatCouldNotBeSeen) {
  RuleConfig none = config("sca/test");
  none.expect_none = true;
  EXPECT_EQ(run(policy({none}), facts({}, Coverage::partial)).rules[0].outcome, Outcome::not_checked);
  EXPECT_EQ(run(policy({none}), FactSet{}).rules[0].outcome, Outcome::not_checked);
  EXPECT_EQ(run(policy({none}), facts({bad})).rules[0].outcome, Outcome::fail);
}

TEST(Engine, APartialViewNeverAcquits) {
  const Verdict verdict = run(facts({good}, Coverage::partial));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::not_checked);
  EXPECT_EQ(verdict.rules[0].unseen, std::vector<std::string>{"out/report.json:/3: malformed: cut short"});
  EXPECT_EQ(verdict.decision, Decision::undecided);
}

TEST(Engine, APartialViewConvictsAndSaysThatItIsPartial) {
  const Verdict verdict = run(facts({bad}, Coverage::partial));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::fail);
  EXPECT_TRUE(verdict.rules[0].undecided);
  EXPECT_FALSE(verdict.rules[0].unseen.empty());
  EXPECT_EQ(verdict.decision, Decision::fail);
}

TEST(Engine, AnAbsentInputIsNamed) {
  const Verdict verdict = run(FactSet{});
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::not_checked);
  EXPECT_EQ(verdict.rules[0].unseen, std::vector<std::string>{"no input of the policy tells about vulnerabilities"});
}

TEST(Engine, OneBrokenInputOfTwoLeavesTheWholeUnseen) {
  FactBatch whole,
      broken = nothing_seen({FactKind::vulnerability}, {Errc::not_found, "no such file", {"b.json", "", ""}});
  whole.coverage[FactKind::vulnerability] = Coverage::complete;
  whole.facts.add(good);
  for (const auto& batches : {std::vector{whole, broken}, std::vector{broken, whole}}) {
    const Verdict verdict = run(seal(batches));
    EXPECT_EQ(verdict.rules[0].outcome, Outcome::not_checked);
    ASSERT_EQ(verdict.problems.size(), 1u);
  }
}

TEST(Engine, AnExceptionIsAnErrorAndStopsNoOtherRule) {
  for (const char* broken : {"test/throws", "test/throws-worse"}) {
    const Verdict verdict = run(policy({config("sca/test"), config(broken)}), facts({good}));
    EXPECT_EQ(verdict.rules[0].outcome, Outcome::pass);
    EXPECT_EQ(verdict.rules[1].outcome, Outcome::error);
    EXPECT_TRUE(verdict.rules[1].undecided);
    EXPECT_EQ(verdict.decision, Decision::undecided);
  }
}

TEST(Engine, ReviewIsUndecided) {
  const Verdict verdict = run(facts({unrated, good}));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::needs_review);
  EXPECT_EQ(verdict.rules[0].to_review.size(), 1u);
  EXPECT_EQ(verdict.decision, Decision::undecided);
}

TEST(Engine, ReviewBesideAFailIsBoth) {
  const Verdict verdict = run(facts({unrated, bad}));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::fail);
  EXPECT_TRUE(verdict.rules[0].undecided);
  EXPECT_EQ(verdict.decision, Decision::fail);
}

TEST(Engine, AnUnknownRuleIsUndecided) {
  const Verdict verdict = run(policy({config("sca/test"), config("sca/from-the-future")}), facts({good}));
  EXPECT_EQ(verdict.rules[1].outcome, Outcome::error);
  EXPECT_FALSE(verdict.rules[1].unseen.empty());
  EXPECT_EQ(verdict.decision, Decision::undecided);
}

TEST(Engine, AnEmptyPolicyDecidesNothing) { EXPECT_EQ(run(policy({}), facts({good})).decision, Decision::undecided); }

TEST(Engine, AWarningBlocksNothing) {
  const Verdict verdict = run(policy({config("sca/test"), config("sca/other", Level::warn)}), facts({good}));
  EXPECT_TRUE(verdict.rules[0].blocks);
  EXPECT_FALSE(verdict.rules[1].blocks);
  const Verdict warned = run(policy({config("sca/other", Level::warn)}), facts({bad}));
  EXPECT_EQ(warned.rules[0].outcome, Outcome::fail);
  EXPECT_EQ(warned.decision, Decision::undecided) << "warnings alone judge nothing";
}

TEST(Engine, ABrokenWarningDoesNotUndecide) {
  const Verdict verdict = run(policy({config("sca/test"), config("test/throws", Level::warn)}), facts({good}));
  EXPECT_EQ(verdict.rules[1].outcome, Outcome::error);
  EXPECT_EQ(verdict.decision, Decision::pass);
}

TEST(Engine, WhatIsOffIsListed) {
  const Verdict verdict = run(policy({config("sca/test"), config("sca/other", Level::off)}), facts({bad}));
  EXPECT_EQ(verdict.rules.size(), 1u);
  EXPECT_EQ(verdict.off, std::vector<std::string>{"sca/other"});
}

TEST(Engine, ARuleBlocksFromItsDayOn) {
  for (const int days : {-1, 0, 1}) {
    RuleConfig later = config("sca/other");
    later.effective_on = today + std::chrono::days{days};
    const Verdict verdict =
        run(policy({config("sca/test"), later}, {waiver({{"vulnerability", "CVE-1"}})}), facts({bad}));
    EXPECT_EQ(verdict.rules[1].outcome, Outcome::fail);
    EXPECT_EQ(verdict.rules[1].blocks, days <= 0) << days;
    EXPECT_EQ(verdict.decision, days <= 0 ? Decision::fail : Decision::pass) << days;
  }
}

TEST(Engine, AWaiverCoversItsFindingAndIsCounted) {
  const Verdict verdict = run(policy({config("sca/test")}, {waiver({{"vulnerability", "CVE-1"}})}), facts({bad, good}));
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::fail) << "a waiver is an overlay, not a pass";
  EXPECT_TRUE(verdict.rules[0].waived);
  EXPECT_EQ(verdict.rules[0].against[0].waiver, 0u);
  EXPECT_EQ(verdict.waivers[0].state, WaiverState::used);
  EXPECT_EQ(verdict.waivers[0].used, 1u);
  EXPECT_EQ(verdict.decision, Decision::pass);
}

TEST(Engine, AWaiverCoversNoOtherFinding) {
  const auto worse = vulnerability("CVE-9", Severity::critical);
  const Verdict verdict =
      run(policy({config("sca/test")}, {waiver({{"vulnerability", "CVE-1"}})}), facts({bad, worse}));
  EXPECT_FALSE(verdict.rules[0].waived);
  EXPECT_EQ(verdict.decision, Decision::fail);
}

TEST(Engine, AWaiverCoversNoOtherRule) {
  const Verdict verdict = run(policy({config("sca/other")}, {waiver({{"vulnerability", "CVE-1"}})}), facts({bad}));
  EXPECT_EQ(verdict.decision, Decision::fail);
  EXPECT_EQ(verdict.waivers[0].state, WaiverState::unused);
}

TEST(Engine, EveryKeyOfAMatchMustHold) {
  const auto both = [](std::string package) {
    return waiver({{"vulnerability", "CVE-1"}, {"package", std::move(package)}});
  };
  EXPECT_EQ(run(policy({config("sca/test")}, {both("pkg:generic/zlib@1.2.11")}), facts({bad})).decision,
            Decision::pass);
  EXPECT_EQ(run(policy({config("sca/test")}, {both("pkg:generic/zlib@1.2.1")}), facts({bad})).decision, Decision::fail);
  EXPECT_EQ(run(policy({config("sca/test")}, {waiver({{"commit", "CVE-1"}})}), facts({bad})).decision, Decision::fail);
}

TEST(Engine, TwoWaiversDoNotCombineIntoOne) {
  const std::vector<Waiver> halves{waiver({{"vulnerability", "CVE-1"}, {"package", "pkg:generic/other"}}),
                                   waiver({{"vulnerability", "CVE-9"}, {"package", "pkg:generic/zlib@1.2.11"}})};
  EXPECT_EQ(run(policy({config("sca/test")}, halves), facts({bad})).decision, Decision::fail);
}

TEST(Engine, AWaiverMatchesPathsByGlob) {
  const auto in_file = vulnerability("CVE-1", Severity::critical, "third_party/zlib/inflate.c");
  EXPECT_EQ(run(policy({config("sca/test")}, {waiver({{"path", "third_party/**"}})}), facts({in_file})).decision,
            Decision::pass);
  EXPECT_EQ(run(policy({config("sca/test")}, {waiver({{"path", "src/**"}})}), facts({in_file})).decision,
            Decision::fail);
}

TEST(Engine, AWaivedFailInAPartialViewIsUndecided) {
  const Verdict verdict =
      run(policy({config("sca/test")}, {waiver({{"vulnerability", "CVE-1"}})}), facts({bad}, Coverage::partial));
  EXPECT_TRUE(verdict.rules[0].waived);
  EXPECT_TRUE(verdict.rules[0].undecided);
  EXPECT_EQ(verdict.decision, Decision::undecided);
}

TEST(Engine, AWaiverHoldsThroughItsLastDay) {
  const Policy with = policy({config("sca/test")}, {waiver({{"vulnerability", "CVE-1"}}, today)});
  const Instant midnight = Instant{today + std::chrono::days{1}};
  EXPECT_EQ(decide(with, facts({bad}), rules, midnight - std::chrono::seconds{1}).decision, Decision::pass);
  const Verdict after = decide(with, facts({bad}), rules, midnight);
  EXPECT_EQ(after.decision, Decision::fail);
  EXPECT_EQ(after.waivers[0].state, WaiverState::expired);
  EXPECT_FALSE(after.rules[0].against[0].waiver);
}

TEST(Engine, AnExpiredWaiverDoesNotHideAGoodOne) {
  const Policy with = policy({config("sca/test")}, {waiver({{"vulnerability", "CVE-1"}}, today - std::chrono::days{1}),
                                                    waiver({{"vulnerability", "CVE-1"}}, today)});
  const Verdict verdict = run(with, facts({bad}));
  EXPECT_EQ(verdict.rules[0].against[0].waiver, 1u);
  EXPECT_EQ(verdict.waivers[0].state, WaiverState::expired);
  EXPECT_EQ(verdict.decision, Decision::pass);
}

TEST(Engine, AnUnusedWaiverIsReported) {
  const Verdict verdict = run(policy({config("sca/test")}, {waiver({{"vulnerability", "CVE-7"}})}), facts({good}));
  EXPECT_EQ(verdict.waivers[0].state, WaiverState::unused);
  EXPECT_EQ(verdict.waivers[0].used, 0u);
  EXPECT_EQ(verdict.decision, Decision::pass);
}

// --- allowances in the code
// ----------------------------------------------------------------------------------------------

Allowance allowance(std::int64_t first, std::int64_t last, std::string until = "2026-12-31") {
  Allowance fact;
  fact.rule = "sca/test";
  fact.until = std::move(until);
  fact.reason = "checked";
  fact.at = {"src/a.c", static_cast<int>(first), 9};
  fact.first = first;
  fact.last = last;
  return fact;
}

const auto in_source = vulnerability("CVE-1", Severity::critical, "src/a.c");  // at line 7

Verdict run_allowed(std::vector<Allowance> allowances, const Vulnerability& found = in_source, bool permitted = true) {
  FactBatch batch;
  batch.facts.add(found);
  for (Allowance& each : allowances) batch.facts.add(std::move(each));
  batch.coverage[FactKind::vulnerability] = Coverage::complete;
  RuleConfig with = config("sca/test");
  with.allow_in_code = permitted;
  return run(policy({with}), seal({std::move(batch)}));
}

TEST(Allowance, CoversItsLineAndIsCounted) {
  const Verdict verdict = run_allowed({allowance(7, 7)});
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::fail) << "an overlay, not a pass";
  EXPECT_TRUE(verdict.rules[0].waived);
  EXPECT_EQ(verdict.decision, Decision::pass);
  ASSERT_EQ(verdict.waivers.size(), 1u);
  EXPECT_EQ(verdict.waivers[0].state, WaiverState::used);
  EXPECT_EQ(verdict.waivers[0].used, 1u);
  EXPECT_EQ(verdict.waivers[0].waiver.reason, "checked");
  EXPECT_EQ(describe(verdict.waivers[0].waiver.at), "src/a.c:7:9");
}

TEST(Allowance, CoversNoOtherLineFileOrRule) {
  auto elsewhere = allowance(7, 7), other_rule = allowance(7, 7);
  elsewhere.at.file = "src/b.c";
  other_rule.rule = "sca/other";
  for (const Allowance& each : {allowance(6, 6), allowance(8, 9), elsewhere, other_rule}) {
    const Verdict verdict = run_allowed({each});
    EXPECT_EQ(verdict.decision, Decision::fail);
    EXPECT_NE(verdict.waivers[0].state, WaiverState::used);
  }
  EXPECT_EQ(run_allowed({allowance(5, 9)}).decision, Decision::pass);
}

TEST(Allowance, AtTheMacrosDefinitionCoversItsUses) {
  auto through_macro = in_source;
  through_macro.score = "src/m.h";
  auto at_definition = allowance(2, 4);
  at_definition.at.file = "src/m.h";
  EXPECT_EQ(run_allowed({at_definition}, through_macro).decision, Decision::pass);
  EXPECT_EQ(run_allowed({at_definition}, in_source).decision, Decision::fail);
}

TEST(Allowance, CountsOnlyWhereThePolicyLetsIt) {
  const Verdict verdict = run_allowed({allowance(7, 7)}, in_source, false);
  EXPECT_EQ(verdict.decision, Decision::fail);
  EXPECT_EQ(verdict.waivers[0].state, WaiverState::refused);
  EXPECT_NE(verdict.waivers[0].why.find("does not let"), std::string::npos);
}

TEST(Allowance, ThatIsBadTooLongOrOfNoRuleIsRefused) {
  auto malformed = allowance(7, 7), unknown = allowance(7, 7);
  malformed.problem = "gives no reason";
  unknown.rule = "sca/tset";
  const auto why = [](const Allowance& each) {
    const Verdict verdict = run_allowed({each});
    EXPECT_EQ(verdict.decision, Decision::fail);
    EXPECT_EQ(verdict.waivers[0].state, WaiverState::refused);
    return verdict.waivers[0].why;
  };
  EXPECT_EQ(why(malformed), "gives no reason");
  EXPECT_NE(why(unknown).find("no rule 'sca/tset'"), std::string::npos);
  EXPECT_NE(why(allowance(7, 7, "soon")).find("no date"), std::string::npos);
  EXPECT_NE(why(allowance(7, 7, "2027-05-23")).find("more than 180 days ahead"), std::string::npos);
  EXPECT_EQ(run_allowed({allowance(7, 7, "2027-05-22")}).decision, Decision::pass);
}

TEST(Allowance, HoldsThroughItsLastDay) {
  EXPECT_EQ(run_allowed({allowance(7, 7, "2026-11-23")}).decision, Decision::pass);
  const Verdict after = run_allowed({allowance(7, 7, "2026-11-22")});
  EXPECT_EQ(after.decision, Decision::fail);
  EXPECT_EQ(after.waivers[0].state, WaiverState::expired);
}

TEST(Allowance, ThatSuppressesNothingIsReported) {
  const Verdict verdict = run_allowed({allowance(7, 7), allowance(9, 9)});
  EXPECT_EQ(verdict.waivers[0].state, WaiverState::used);
  EXPECT_EQ(verdict.waivers[1].state, WaiverState::unused);
  EXPECT_EQ(verdict.decision, Decision::pass);
}

TEST(Allowance, ThatIsRefusedDoesNotHideAGoodOne) {
  auto refused = allowance(7, 7), late = allowance(7, 7, "2026-11-01");
  refused.problem = "gives no reason";
  refused.at.column = 1;
  late.at.column = 2;
  const Verdict verdict = run_allowed({refused, late, allowance(7, 7)});
  EXPECT_EQ(verdict.rules[0].against[0].waiver, 2u);
}

TEST(Engine, PathsNarrowWhatCounts) {
  RuleConfig narrow = config("sca/test");
  narrow.paths.exclude = {"third_party/**"};
  const auto elsewhere = vulnerability("CVE-1", Severity::critical, "third_party/a.c");
  const auto here = vulnerability("CVE-1", Severity::critical, "src/a.c");
  EXPECT_EQ(run(policy({narrow}), facts({elsewhere})).decision, Decision::pass);
  EXPECT_EQ(run(policy({narrow}), facts({elsewhere, here})).rules[0].against.size(), 1u);
  EXPECT_EQ(run(policy({narrow}), facts({bad})).decision, Decision::fail)
      << "a finding without a place cannot be narrowed away";
}

TEST(Engine, OrderOfFactsChangesNothing) {
  const auto other = vulnerability("CVE-0", Severity::critical);
  const Verdict a = run(facts({bad, other})), b = run(facts({other, bad}));
  ASSERT_EQ(a.rules[0].against.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(a.rules[0].against[i].finding.message, b.rules[0].against[i].finding.message);
  }
}

TEST(Engine, WordsAndStatuses) {
  EXPECT_EQ(exit_status(Decision::pass), 0);
  EXPECT_EQ(exit_status(Decision::fail), 1);
  EXPECT_EQ(exit_status(Decision::undecided), 3);
  for (int i = 0; i <= static_cast<int>(Outcome::error); ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(parse_outcome(token(outcome)), outcome);
  }
  EXPECT_FALSE(parse_outcome("not checked"));
  EXPECT_FALSE(parse_outcome(""));
  EXPECT_EQ(worst(Outcome::pass, Outcome::not_checked), Outcome::not_checked);
  EXPECT_EQ(worst(Outcome::fail, Outcome::error), Outcome::fail);
  EXPECT_EQ(worst(Outcome::not_applicable, Outcome::pass), Outcome::pass);
}

}  // namespace
}  // namespace gate
