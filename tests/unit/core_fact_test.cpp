#include <gtest/gtest.h>

#include <algorithm>

#include "gate/core/fact.h"

namespace gate {
namespace {

Vulnerability known(std::string id, std::string package = "pkg:generic/zlib@1") {
  Vulnerability fact;
  fact.id = std::move(id);
  fact.package = std::move(package);
  fact.origin = {"out/report.json", "", "/0"};
  return fact;
}

FactBatch batch(std::vector<Vulnerability> facts, Coverage coverage = Coverage::complete) {
  FactBatch batch;
  for (auto& fact : facts) batch.facts.add(std::move(fact));
  batch.coverage[FactKind::vulnerability] = coverage;
  return batch;
}

TEST(Seal, SortsAndDropsWhatIsTwiceTheSame) {
  const FactSet set = seal({batch({known("CVE-2"), known("CVE-1")}), batch({known("CVE-2"), known("CVE-10")})});
  std::vector<std::string> ids;
  for (const auto& fact : set.all<Vulnerability>()) ids.push_back(fact.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"CVE-1", "CVE-10", "CVE-2"}));
  EXPECT_EQ(set.count(FactKind::vulnerability), 3u);
}

TEST(Seal, KeepsFactsThatDifferInOneField) {
  auto worse = known("CVE-1");
  worse.severity = Severity::high;
  auto elsewhere = known("CVE-1");
  elsewhere.origin.at = "/1";
  EXPECT_EQ(seal({batch({known("CVE-1"), worse, elsewhere, known("CVE-1", "pkg:generic/other")})})
                .count(FactKind::vulnerability),
            4u);
}

TEST(Seal, FieldsDoNotRunTogether) {
  auto a = known("CVE-1");
  a.aliases = {"x", "y"};
  auto b = known("CVE-1");
  b.aliases = {"x"};
  b.package = "y";
  EXPECT_EQ(seal({batch({a, b})}).count(FactKind::vulnerability), 2u);
}

TEST(Seal, OrderOfBatchesChangesNothing) {
  std::vector<FactBatch> batches{batch({known("CVE-3")}), batch({known("CVE-1")}, Coverage::partial),
                                 batch({known("CVE-2")})};
  batches[1].problems.push_back({Errc::malformed, "b", {}});
  batches[2].problems.push_back({Errc::malformed, "a", {}});
  const FactSet first = seal(batches);
  std::reverse(batches.begin(), batches.end());
  const FactSet second = seal(batches);
  EXPECT_EQ(first.problems(), second.problems());
  ASSERT_EQ(first.count(FactKind::vulnerability), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(first.all<Vulnerability>()[i].id, second.all<Vulnerability>()[i].id);
}

TEST(Seal, CoverageIsTheLeastOfAll) {
  EXPECT_EQ(seal({}).coverage(FactKind::vulnerability), Coverage::absent);
  EXPECT_EQ(seal({batch({})}).coverage(FactKind::vulnerability), Coverage::complete);
  EXPECT_EQ(seal({batch({}), FactBatch{}}).coverage(FactKind::vulnerability), Coverage::complete)
      << "silence lowers nothing";
  EXPECT_EQ(seal({batch({}), batch({}, Coverage::partial)}).coverage(FactKind::vulnerability), Coverage::partial);
  EXPECT_EQ(seal({batch({}, Coverage::absent), batch({})}).coverage(FactKind::vulnerability), Coverage::absent);
}

TEST(Seal, ProblemsBelongToTheKindsTheyHide) {
  FactBatch broken = nothing_seen({FactKind::vulnerability}, {Errc::not_found, "no such file", {"a.json", "", ""}});
  FactBatch fine = batch({});
  fine.coverage[FactKind::component] = Coverage::complete;
  const FactSet set = seal({broken, fine});
  EXPECT_EQ(set.problems().size(), 1u);
  EXPECT_EQ(set.problems(FactKind::vulnerability).size(), 1u);
  EXPECT_TRUE(set.problems(FactKind::component).empty());
}

TEST(FactBatchLowering, NotesAndNeverRaises) {
  FactBatch some = batch({}, Coverage::absent);
  some.coverage[FactKind::component] = Coverage::complete;
  some.lower({Errc::malformed, "bad entry", {}});
  EXPECT_EQ(some.coverage[FactKind::vulnerability], Coverage::absent);
  EXPECT_EQ(some.coverage[FactKind::component], Coverage::partial);
  EXPECT_EQ(some.problems.size(), 1u);
}

TEST(FactNames, GoBothWays) {
  for (std::size_t i = 0; i < fact_kinds; ++i) {
    const auto kind = static_cast<FactKind>(i);
    EXPECT_EQ(parse_fact_kind(name(kind)), kind);
  }
  EXPECT_FALSE(parse_fact_kind("vulnerability"));
  for (const auto severity :
       {Severity::unknown, Severity::none, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
    EXPECT_EQ(parse_severity(name(severity)), severity);
  }
  EXPECT_FALSE(parse_severity("HIGH"));
  EXPECT_FALSE(parse_severity(""));
}

}  // namespace
}  // namespace gate
