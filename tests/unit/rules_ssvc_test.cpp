#include "rules/sca/ssvc.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace gate::rules {
namespace {

Value text(std::string value) { return {std::move(value), {}}; }

// A table of one point, whose outcomes are called as its values are.
Params table_of(const std::string& point, const std::vector<std::string>& values, const std::string& by_policy = {},
                std::int64_t epss_percent = 0) {
  List rows, points;
  for (std::size_t i = 0; i < values.size(); ++i) {
    rows.push_back({Map{{"name", text(point + " " + values[i])},
                        {"outcome", text(values[i])},
                        {"rank", {static_cast<std::int64_t>(i), {}}}},
                    {}});
  }
  if (!by_policy.empty()) points.push_back({Map{{"name", text("**")}, {"values", text(point + " " + by_policy)}}, {}});
  return Params({{"ssvc_table", {std::move(rows), {}}},
                 {"ssvc_points", {std::move(points), {}}},
                 {"ssvc_tolerate", {List{}, {}}},
                 {"ssvc_review", {List{}, {}}},
                 {"epss_percent", {epss_percent, {}}}});
}

FactSet facts_with(bool list_of_exploited) {
  FactBatch batch;
  batch.coverage[FactKind::vulnerability_note] = Coverage::complete;
  batch.coverage[FactKind::scan_report] = Coverage::complete;
  ScanReport report;
  report.tool = "CISA KEV";
  if (list_of_exploited) batch.facts.of<ScanReport>().push_back(report);
  return seal({batch});
}

std::string why(const Params& params, const MergedVulnerability& merged, bool list_of_exploited = false) {
  return Ssvc(facts_with(list_of_exploited), params).decide(merged).why;
}

TEST(RulesSsvc, InKev) {
  const Params params = table_of("in-kev", {"no", "yes"});
  MergedVulnerability merged;
  EXPECT_EQ(why(params, merged), "SSVC: yes or no (in-kev unknown)");
  EXPECT_EQ(why(params, merged, true), "SSVC: no (in-kev no not on CISA's list)");
  merged.known.listed = true;
  EXPECT_EQ(why(params, merged), "SSVC: yes (in-kev yes listed by CISA)");
}

TEST(RulesSsvc, Exploitation) {
  const std::vector<std::string> values{"none", "public poc", "active"};
  MergedVulnerability merged;
  EXPECT_EQ(why(table_of("exploitation", values), merged), "SSVC: active or public poc or none (exploitation unknown)");
  // Not on the list is not unexploited; and where it is likely, the list tells nothing.
  EXPECT_EQ(why(table_of("exploitation", values), merged, true),
            "SSVC: public poc or none (exploitation none or public poc not on CISA's list)");
  EXPECT_EQ(why(table_of("exploitation", values, {}, 10), merged, true),
            "SSVC: active or public poc or none (exploitation unknown)");
  merged.known.epss = 9'999;
  EXPECT_EQ(why(table_of("exploitation", values, {}, 10), merged, true),
            "SSVC: public poc or none (exploitation none or public poc not on CISA's list)");
  merged.known.epss = 10'000;
  EXPECT_EQ(why(table_of("exploitation", values, {}, 10), merged, true),
            "SSVC: active or public poc or none (exploitation unknown)");
  merged.known.exploitation = "poc";
  EXPECT_EQ(why(table_of("exploitation", values), merged), "SSVC: public poc (exploitation public poc by CISA)");
  merged.known.listed = true;
  EXPECT_EQ(why(table_of("exploitation", values), merged), "SSVC: active (exploitation active listed by CISA)");
}

TEST(RulesSsvc, AutomatableByCisaOrCvss) {
  const Params params = table_of("automatable", {"no", "yes"}, "no");
  const std::string base = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
  Vulnerability statement;
  MergedVulnerability merged;
  merged.told = {&statement};
  EXPECT_EQ(why(params, merged), "SSVC: no (automatable no by the policy)");
  statement.ratings = {{.source = "a", .method = "CVSS:4.0", .vector = base + "/AU:Y"}};
  EXPECT_EQ(why(params, merged), "SSVC: yes (automatable yes by CVSS)");
  statement.ratings.push_back({.source = "b", .method = "CVSS:4.0", .vector = base + "/AU:N"});
  EXPECT_EQ(why(params, merged), "SSVC: yes or no (automatable no or yes by CVSS)");
  // No other version has this metric, and a vector that is none tells nothing.
  statement.ratings = {{.source = "a", .method = "CVSS:3.1", .vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
                       {.source = "b", .method = "CVSS:4.0", .vector = base + "/AU:Y/AU:N"}};
  EXPECT_EQ(why(params, merged), "SSVC: no (automatable no by the policy)");
  merged.known.automatable = "yes";
  EXPECT_EQ(why(params, merged), "SSVC: yes (automatable yes by CISA)");
}

TEST(RulesSsvc, TechnicalImpactByCisa) {
  MergedVulnerability merged;
  const Params params = table_of("technical-impact", {"partial", "total"});
  EXPECT_EQ(why(params, merged), "SSVC: total or partial (technical-impact unknown)");
  merged.known.technical_impact = "partial";
  EXPECT_EQ(why(params, merged), "SSVC: partial (technical-impact partial by CISA)");
}

TEST(RulesSsvc, NoTableDecidesNothing) {
  EXPECT_FALSE(Ssvc(facts_with(false), table_of("a", {})).is_chosen());
  // Points of the policy without a table are no table that lets pass.
  const Ssvc without(facts_with(false), table_of("a", {}, "yes"));
  EXPECT_TRUE(without.is_chosen());
  EXPECT_EQ(without.decide({}).word, "review");
}

// Two notes that differ about a point leave it open, in whatever order they come.
TEST(RulesSsvc, NotesThatContradictEachOtherTellNothing) {
  FactBatch batch;
  batch.coverage[FactKind::vulnerability] = Coverage::complete;
  batch.facts.of<Vulnerability>().push_back({.id = "CVE-2026-1", .aliases = {"CVE-2026-1"}, .package = "pkg:npm/a@1"});
  for (const char* word : {"no", "yes", "no"}) {
    VulnerabilityNote note;
    note.id = "CVE-2026-1";
    note.automatable = word;
    note.technical_impact = "total";
    note.origin.at = std::to_string(batch.facts.of<VulnerabilityNote>().size());
    batch.facts.of<VulnerabilityNote>().push_back(note);
  }
  const FactSet facts = seal({batch});
  const Merged merged = merge(facts);
  ASSERT_EQ(merged.vulnerabilities.size(), 1u);
  EXPECT_EQ(merged.vulnerabilities[0].known.automatable, "");
  EXPECT_EQ(merged.vulnerabilities[0].known.technical_impact, "total");
}

}  // namespace
}  // namespace gate::rules
