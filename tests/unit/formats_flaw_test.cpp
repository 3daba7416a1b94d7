// What scanners' adapters share: names of ecosystems, ratings, bundles of flaws.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"
#include "adapters/formats/formats.h"

namespace gate::formats {
namespace {

TEST(FormatsEcosystems, EachScannersWordGivesThePackageUrl) {
  EXPECT_EQ(purl_in("npm", "@scope/wheel", "1.0.0"), "pkg:npm/%40scope/wheel@1.0.0");
  EXPECT_EQ(purl_in("Maven", "org.example:wheel", "1.0"), "pkg:maven/org.example/wheel@1.0");
  EXPECT_EQ(purl_in("MAVEN", "org.example:wheel", ""), "pkg:maven/org.example/wheel");
  EXPECT_EQ(purl_in("crates.io", "wheel", "1.0"), purl_in("rust", "wheel", "1.0"));
  EXPECT_EQ(purl_in("PyPI", "My_Wheel", "1.0"), "pkg:pypi/my-wheel@1.0");
  EXPECT_EQ(purl_in("Debian:12", "wheel", "1.0-1"), "pkg:deb/debian/wheel@1.0-1");
  EXPECT_EQ(purl_in("golangmodules", "example.org/a/b", "v1.0.0"), "pkg:golang/example.org/a/b@v1.0.0");
  EXPECT_EQ(purl_in("unheard-of", "wheel", "1.0"), "");
  EXPECT_EQ(purl_in("", "wheel", "1.0"), "");
}

class FormatsFlaw : public testing::Test {
 protected:
  FactBatch added(Vulnerability fact) {
    reading_.speaks_about(FactKind::vulnerability);
    add_flaw(reading_, std::move(fact), view_);
    return std::move(reading_).finish();
  }

  const Document document_{"{}", {"report", std::string(64, 'd'), {}}};
  const json::Value nothing_;
  const json::View view_{nothing_, "report"};
  Reading reading_{document_};
};

TEST_F(FormatsFlaw, OneCveHasTheOtherIdsAsItsNames) {
  const auto batch =
      added({.id = "GHSA-1", .aliases = {"CVE-2026-1", "", "GHSA-1", "PYSEC-1"}, .advisories = {"DSA-1"}});
  const auto& facts = batch.facts.of<Vulnerability>();
  ASSERT_EQ(facts.size(), 1u);
  EXPECT_EQ(facts[0].id, "GHSA-1");
  EXPECT_EQ(facts[0].aliases, (std::vector<std::string>{"CVE-2026-1", "PYSEC-1"}));
  EXPECT_EQ(facts[0].advisories, std::vector<std::string>{"DSA-1"});
}

TEST_F(FormatsFlaw, ABundleIsAFlawForEachCve) {
  const auto batch = added({.id = "DSA-5417-1", .aliases = {"CVE-2026-1", "CVE-2026-2", "GO-1"}});
  const auto& facts = batch.facts.of<Vulnerability>();
  ASSERT_EQ(facts.size(), 2u);
  for (const Vulnerability& fact : facts) {
    EXPECT_TRUE(fact.aliases.empty());
    EXPECT_EQ(fact.advisories, (std::vector<std::string>{"DSA-5417-1", "GO-1"}));
  }
  EXPECT_EQ(facts[0].id, "CVE-2026-1");
  EXPECT_EQ(facts[1].id, "CVE-2026-2");
}

TEST_F(FormatsFlaw, HarmfulCodeMakesThePackageMalicious) {
  EXPECT_TRUE(added({.id = "GHSA-1", .cwes = {"CWE-506"}}).facts.of<Vulnerability>()[0].malicious);
}

TEST_F(FormatsFlaw, TheVectorsScoreCountsAndNotTheReports) {
  Vulnerability fact;
  rate(reading_, view_, fact, {.source = "nvd", .method = {}, .vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
       31);
  rate(reading_, view_, fact, {.source = "ghsa", .method = {}, .vector = {}}, 75);
  rate(reading_, view_, fact, {.source = "nobody", .method = {}, .vector = {}});
  ASSERT_EQ(fact.ratings.size(), 3u);
  EXPECT_EQ(fact.ratings[0].method, "claimed CVSS:3.1");
  EXPECT_EQ(fact.ratings[0].score, 31);
  EXPECT_EQ(fact.ratings[0].source, "nvd");
  EXPECT_EQ(fact.ratings[1].score, 98);
  EXPECT_EQ(fact.ratings[1].method, "CVSS:3.1");
  EXPECT_EQ(fact.ratings[1].severity, Severity::critical);
  EXPECT_EQ(fact.ratings[2].score, 75);
  EXPECT_EQ(fact.ratings[2].severity, Severity::high);
  take_highest(fact);
  EXPECT_EQ(fact.severity, Severity::critical);
  EXPECT_EQ(fact.severity_source, "nvd");
}

TEST_F(FormatsFlaw, AScoreWithItsThreatOrEnvironmentIsTheVectorsOwn) {
  const std::string vector = "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U";
  for (const int claimed : {77, 52}) {
    Vulnerability fact;
    rate(reading_, view_, fact, {.source = "nvd", .method = {}, .vector = vector}, claimed);
    ASSERT_EQ(fact.ratings.size(), 1u);
    EXPECT_EQ(fact.ratings[0].score, 77);
    EXPECT_EQ(fact.ratings[0].method, "CVSS:4.0");
  }
}

TEST_F(FormatsFlaw, AVectorThatNobodyCanReadIsAProblem) {
  Vulnerability fact;
  rate(reading_, view_, fact, {.source = "nvd", .method = {}, .vector = "CVSS:3.1/AV:?"});
  EXPECT_EQ(fact.ratings[0].severity, Severity::unknown);
  const auto problems = added(fact).problems;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].what, "the metric AV has no value of CVSS:3.1: 'CVSS:3.1/AV:?'");
}

TEST_F(FormatsFlaw, AScoreBesideABrokenVectorIsAClaim) {
  Vulnerability fact;
  rate(reading_, view_, fact, {.source = "nvd", .method = {}, .vector = "CVSS:3.1/AV:N"}, 12);
  ASSERT_EQ(fact.ratings.size(), 1u);
  EXPECT_EQ(fact.ratings[0].score, 12);
  EXPECT_EQ(fact.ratings[0].method, "claimed CVSS:3.1");
  EXPECT_EQ(fact.ratings[0].vector, "CVSS:3.1/AV:N");
}

TEST(FormatsFlawTexts, WeaknessesAndDigests) {
  EXPECT_EQ(weaknesses({"CWE-79", "cwe-079", "89", "CWE-", "NVD-CWE-Other"}),
            (std::vector<std::string>{"CWE-79", "CWE-89"}));
  const std::string digest = "sha256:" + std::string(64, 'a');
  EXPECT_EQ(digests_of({"shop@" + digest, digest, "sha256:abc", "latest"}), std::vector<std::string>{digest});
  EXPECT_EQ(ghsa_of_url("https://example.org/advisories/GHSA-aaaa-bbbb-cccc"), "GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(ghsa_of_url("https://example.org/advisories/1488"), "");
}

TEST(FormatsOsvScanner, AnEmptyScoreIsUnscoredAndNotZero) {
  const auto format = std::ranges::find(all(), "osv-scanner", &Format::name);
  const std::string report = R"({"results":[{"source":{"path":"go.mod","type":"lockfile"},"packages":[{
    "package":{"name":"example.org/wheel","version":"1.0.0","ecosystem":"Go"},
    "groups":[{"ids":["GO-2026-1"],"aliases":["CVE-2026-1"],"max_severity":"",
               "experimentalAnalysis":{"GO-2026-1":{"called":false,"unimportant":false}}}],
    "vulnerabilities":[{"id":"GO-2026-1","published":"2026-01-01T00:00:00Z"}]}]}]})";
  const auto batch = format->parse({report, {"report", std::string(64, 'd'), {}}});
  ASSERT_TRUE(batch);
  const Vulnerability& fact = batch->facts.of<Vulnerability>().at(0);
  EXPECT_EQ(fact.severity, Severity::unknown);
  EXPECT_TRUE(fact.ratings.empty());
  EXPECT_EQ(fact.reachability, Reachability::unreachable);
  EXPECT_EQ(fact.published, "2026-01-01T00:00:00Z");
}

TEST(FormatsFlawTexts, AffectedVersionsAreVersOrAsWritten) {
  EXPECT_EQ(affected_versions("npm", "<1.4.2 || >=2.0.0 <2.1.0"), "vers:npm/<1.4.2|>=2.0.0|<2.1.0");
  EXPECT_EQ(affected_versions("maven", "(,1.12.2),[1.12.3,2.2.2)"), "vers:maven/<1.12.2|>=1.12.3|<2.2.2");
  EXPECT_EQ(affected_versions("npm", "before 1.4.2"), "before 1.4.2");
  EXPECT_EQ(affected_versions("swift", "< 1.4.2"), "< 1.4.2");
  EXPECT_EQ(affected_versions("", "< 1.4.2"), "< 1.4.2");
  EXPECT_EQ(affected_versions("npm", ""), "");
  EXPECT_EQ(type_of("pkg:npm/%40a/b@1"), "npm");
  EXPECT_EQ(type_of("b@1"), "");
}

}  // namespace
}  // namespace gate::formats
