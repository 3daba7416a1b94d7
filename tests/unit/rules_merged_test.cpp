// What becomes one finding, what must not, and what VEX does to it.
#include "rules/sca/merged.h"

#include <gtest/gtest.h>

#include "rules/sca/vex.h"

namespace gate::rules {
namespace {

Vulnerability told(std::string id, std::vector<std::string> aliases, std::string package, std::string tool = "trivy") {
  Vulnerability v;
  v.id = std::move(id);
  v.aliases = std::move(aliases);
  v.package = std::move(package);
  v.tool = std::move(tool);
  v.origin = {v.tool + ".json", {}, {}};
  return v;
}

ScanReport report(std::string tool) {
  ScanReport r;
  r.tool = tool;
  r.examined = 1;
  r.origin = {tool + ".json", {}, {}};
  return r;
}

FactSet facts(std::vector<Vulnerability> all, std::vector<ScanReport> reports = {}, std::vector<VexStatement> vex = {},
              std::vector<Component> components = {}) {
  FactBatch batch;
  batch.facts.of<Vulnerability>() = std::move(all);
  batch.facts.of<ScanReport>() = std::move(reports);
  batch.facts.of<VexStatement>() = std::move(vex);
  batch.facts.of<Component>() = std::move(components);
  return seal({std::move(batch)});
}

std::vector<std::string> names(const Merged& merged) {
  std::vector<std::string> out;
  for (const auto& each : merged.vulnerabilities) out.push_back(each.id + " " + to_string(each.package));
  return out;
}

using Names = std::vector<std::string>;

TEST(RulesMerged, AliasesLeadToOneFlawWithItsBestName) {
  const FactSet set = facts({told("GHSA-aaaa-bbbb-cccc", {"GO-2026-1"}, "pkg:golang/a@v1.0.0"),
                             told("GO-2026-1", {}, "pkg:golang/a@1.0.0", "govulncheck"),
                             told("cve-2026-1", {"ghsa-AAAA-BBBB-CCCC"}, "pkg:golang/a@v1.0.0", "grype")});
  const Merged merged = merge(set);
  ASSERT_EQ(names(merged), Names{"CVE-2026-1 pkg:golang/a@1.0.0"});
  EXPECT_EQ(merged.vulnerabilities[0].others, (Names{"GHSA-aaaa-bbbb-cccc", "GO-2026-1"}));
  EXPECT_EQ(scanners(merged.vulnerabilities[0]), (Names{"govulncheck", "grype", "trivy"}));
}

Component component(std::string purl) {
  Component c;
  c.purl = std::move(purl);
  c.origin = {"bom.json", {}, {}};
  return c;
}

TEST(RulesMerged, ARangeIsAboutTheVersionsThatAreInstalled) {
  Vulnerability alert = told("CVE-2026-1", {}, "pkg:npm/a", "dependabot");
  alert.affected = "vers:npm/>=1.0.0|<1.4.2";
  const auto with = [&](std::vector<std::string> purls, std::vector<Vulnerability> more = {}) {
    std::vector<Component> components;
    for (std::string& purl : purls) components.push_back(component(std::move(purl)));
    more.push_back(alert);
    return names(merge(facts(std::move(more), {}, {}, std::move(components))));
  };
  EXPECT_EQ(with({"pkg:npm/a@1.4.1", "pkg:npm/a@1.4.2", "pkg:npm/b@1.1.0"}), Names{"CVE-2026-1 pkg:npm/a@1.4.1"});
  EXPECT_EQ(with({"pkg:npm/a@1.4.1", "pkg:npm/a@1.0.0"}),
            (Names{"CVE-2026-1 pkg:npm/a@1.0.0", "CVE-2026-1 pkg:npm/a@1.4.1"}));
  EXPECT_EQ(with({"pkg:npm/a@latest"}), Names{"CVE-2026-1 pkg:npm/a@latest"}) << "nobody can tell";
  EXPECT_EQ(with({"pkg:npm/a@1.4.1"}, {told("CVE-2026-1", {}, "pkg:npm/a@1.4.1")}),
            Names{"CVE-2026-1 pkg:npm/a@1.4.1"});
  // What is installed is not in it, or not known: the alert stands as it is.
  EXPECT_EQ(with({"pkg:npm/a@1.4.2"}), Names{"CVE-2026-1 pkg:npm/a"});
  EXPECT_EQ(with({"pkg:npm/b@1.1.0"}), Names{"CVE-2026-1 pkg:npm/a"});
  alert.affected = "before 1.4.2";
  EXPECT_EQ(with({"pkg:npm/a@1.4.1"}), Names{"CVE-2026-1 pkg:npm/a"});
  alert.affected = "vers:gem/<1.4.2";
  EXPECT_EQ(with({"pkg:npm/a@1.4.1"}), Names{"CVE-2026-1 pkg:npm/a@1.4.1"})
      << "a range of other packages decides nothing";
  std::vector<std::string> many;
  for (int i = 0; i < 51; ++i) many.push_back("pkg:npm/a@1.0." + std::to_string(i));
  EXPECT_EQ(with(many), Names{"CVE-2026-1 pkg:npm/a"});
}

TEST(RulesMerged, ABundleIsNoAlias) {
  const FactSet set = facts({told("DSA-1", {"CVE-2026-1", "CVE-2026-2"}, "pkg:deb/debian/a@1"),
                             told("CVE-2026-1", {}, "pkg:deb/debian/a@1", "grype"),
                             told("CVE-2026-2", {}, "pkg:deb/debian/a@1", "grype")});
  EXPECT_EQ(names(merge(set)),
            (Names{"CVE-2026-1 pkg:deb/debian/a@1", "CVE-2026-2 pkg:deb/debian/a@1", "DSA-1 pkg:deb/debian/a@1"}));
}

TEST(RulesMerged, ABundleBetweenReportsIsNoAlias) {
  const FactSet set = facts({told("DSA-1", {"CVE-2026-1"}, "pkg:deb/debian/a@1"),
                             told("DSA-1", {"CVE-2026-2"}, "pkg:deb/debian/a@1", "grype")});
  EXPECT_EQ(names(merge(set)), (Names{"CVE-2026-1 pkg:deb/debian/a@1", "CVE-2026-2 pkg:deb/debian/a@1"}));
}

TEST(RulesMerged, WhatHasNoNameNeverMerges) {
  for (const char* nothing : {"", "NULL", "none", " unknown ", "N/A"}) {
    Vulnerability a = told(nothing, {}, "pkg:npm/a@1"), b = told(nothing, {"null"}, "pkg:npm/a@1");
    b.file = "other";
    EXPECT_EQ(merge(facts({a, b})).vulnerabilities.size(), 2u) << nothing;
  }
  // Nor does it join those that have names.
  EXPECT_EQ(merge(facts({told("CVE-2026-1", {"NULL"}, "pkg:npm/a@1"), told("CVE-2026-2", {"NULL"}, "pkg:npm/a@1")}))
                .vulnerabilities.size(),
            2u);
}

TEST(RulesMerged, QualifiersThatSayWhereFromDoNotMatter) {
  EXPECT_EQ(names(merge(facts({told("CVE-2026-1", {}, "pkg:deb/debian/a@1?arch=amd64&distro=debian-12"),
                               told("CVE-2026-1", {}, "pkg:deb/debian/a@1?upstream=b", "grype")}))),
            Names{"CVE-2026-1 pkg:deb/debian/a@1"});
  EXPECT_EQ(
      merge(facts({told("CVE-2026-1", {}, "pkg:rpm/rhel/a@1?epoch=1"), told("CVE-2026-1", {}, "pkg:rpm/rhel/a@1")}))
          .vulnerabilities.size(),
      2u);
}

TEST(RulesMerged, ANameJoinsTheOnePackageThatItCanMean) {
  EXPECT_EQ(names(merge(facts({told("CVE-2026-1", {}, "a@1", "sarif"), told("CVE-2026-1", {}, "pkg:deb/debian/a@1")}))),
            Names{"CVE-2026-1 pkg:deb/debian/a@1"});
  EXPECT_EQ(
      names(merge(facts({told("CVE-2026-1", {}, "org:a@1", "sarif"), told("CVE-2026-1", {}, "pkg:maven/org/a@1")}))),
      Names{"CVE-2026-1 pkg:maven/org/a@1"});
  EXPECT_EQ(merge(facts({told("CVE-2026-1", {}, "a@2", "sarif"), told("CVE-2026-1", {}, "pkg:deb/debian/a@1")}))
                .vulnerabilities.size(),
            2u);
  // Two packages of that name: which one is meant, nobody knows.
  EXPECT_EQ(merge(facts({told("CVE-2026-1", {}, "a@1", "sarif"), told("CVE-2026-1", {}, "pkg:deb/debian/a@1"),
                         told("CVE-2026-1", {}, "pkg:npm/a@1")}))
                .vulnerabilities.size(),
            3u);
}

TEST(RulesMerged, WhoLookedAndDidNotTellIsNamed) {
  Component seen;
  seen.purl = "pkg:npm/a@1";
  seen.in_inventory = true;
  seen.origin.artifact = "osv-scanner.json";
  const FactSet set = facts({told("CVE-2026-1", {}, "pkg:npm/a@1"), told("CVE-2026-2", {}, "pkg:npm/b@1", "grype")},
                            {report("trivy"), report("grype"), report("osv-scanner")}, {}, {seen});
  const Merged merged = merge(set);
  ASSERT_EQ(merged.vulnerabilities.size(), 2u);
  ASSERT_EQ(merged.vulnerabilities[0].silent.size(), 1u);  // grype did not look at that package
  EXPECT_EQ(merged.vulnerabilities[0].silent[0]->tool, "osv-scanner");
  EXPECT_TRUE(merged.vulnerabilities[1].silent.empty());
}

VexStatement statement(std::string product, VexStatus status = VexStatus::not_affected) {
  VexStatement s;
  s.vulnerability = "CVE-2026-1";
  s.product = std::move(product);
  s.status = status;
  s.author = "vendor";
  if (status == VexStatus::not_affected) s.justification = "component_not_present";
  return s;
}

VexEffect effect(std::vector<VexStatement> statements, std::vector<Vulnerability> all = {},
                 std::vector<ScanReport> reports = {}) {
  if (all.empty()) all = {told("CVE-2026-1", {}, "pkg:deb/debian/a@1?arch=amd64")};
  const FactSet set = facts(std::move(all), std::move(reports), std::move(statements));
  const Merged merged = merge(set);
  return apply_vex(merged, set).answers.at(0).effect;
}

TEST(RulesVex, ProductVersionAndQualifiersMatch) {
  EXPECT_EQ(effect({statement("pkg:deb/debian/a@1")}), VexEffect::cleared);
  EXPECT_EQ(effect({statement("pkg:deb/debian/a@1?arch=amd64")}), VexEffect::cleared);
  EXPECT_EQ(effect({statement("pkg:deb/debian/a@1?arch=arm64")}), VexEffect::none);
  EXPECT_EQ(effect({statement("pkg:deb/debian/a@2")}), VexEffect::none);
  EXPECT_EQ(effect({statement("pkg:deb/debian/a")}), VexEffect::none);
  EXPECT_EQ(effect({statement("pkg:deb/ubuntu/a@1")}), VexEffect::none);
}

TEST(RulesVex, ARangeOfVersionsHasToHoldTheOneThatIsInstalled) {
  const auto ranged = [](std::string product, std::string versions) {
    VexStatement s = statement(std::move(product));
    s.versions = std::move(versions);
    return s;
  };
  EXPECT_EQ(effect({ranged("pkg:deb/debian/a", "vers:deb/>=0.9|<1.1")}), VexEffect::cleared);
  EXPECT_EQ(effect({ranged("pkg:deb/debian/a", "vers:deb/*")}), VexEffect::cleared);
  EXPECT_EQ(effect({ranged("pkg:deb/debian/a", "vers:deb/<1")}), VexEffect::none);
  EXPECT_EQ(effect({ranged("pkg:deb/debian/a", "vers:npm/>=0.9.0|<1.1.0")}), VexEffect::none) << "another kind";
  EXPECT_EQ(effect({ranged("pkg:deb/debian/a", ">=0.9, <1.1")}), VexEffect::none) << "no VERS";
  EXPECT_EQ(effect({ranged("pkg:deb/debian/b", "vers:deb/*")}), VexEffect::none);
}

TEST(RulesVex, AProductIsTheSubjectByDigestAlone) {
  const std::string digest = "sha256:" + std::string(64, 'a');
  ScanReport about = report("trivy"), other = report("trivy");
  about.subject_digests = {digest};
  other.subject_digests = {"sha256:" + std::string(64, 'b')};
  const std::string image = "pkg:oci/app@sha256%3A" + std::string(64, 'a');
  EXPECT_EQ(effect({statement(image)}, {}, {about}), VexEffect::cleared);
  EXPECT_EQ(effect({statement(image)}, {}, {other}), VexEffect::none);
  EXPECT_EQ(effect({statement("pkg:oci/app")}, {}, {about}), VexEffect::none);

  VexStatement part = statement(image);
  part.subcomponents = {"pkg:deb/debian/a@1"};
  EXPECT_EQ(effect({part}, {}, {about}), VexEffect::cleared);
  part.subcomponents = {"pkg:deb/debian/b@1"};
  EXPECT_EQ(effect({part}, {}, {about}), VexEffect::none);
  part.subcomponents = {"pkg:deb/debian/a"};
  EXPECT_EQ(effect({part}, {}, {about}), VexEffect::none);
}

TEST(RulesVex, AStatementAboutOneImageLeavesAnother) {
  const std::string digest = "sha256:" + std::string(64, 'a');
  ScanReport first = report("trivy"), second = report("grype");
  first.subject_digests = {digest};
  EXPECT_EQ(
      effect({statement("pkg:oci/app@sha256%3A" + std::string(64, 'a'))},
             {told("CVE-2026-1", {}, "pkg:deb/debian/a@1"), told("CVE-2026-1", {}, "pkg:deb/debian/a@1", "grype")},
             {first, second}),
      VexEffect::none);
}

TEST(RulesVex, TheNewestOfAnAuthorCounts) {
  VexStatement early = statement("pkg:deb/debian/a@1", VexStatus::affected), late = statement("pkg:deb/debian/a@1");
  early.written = "2026-01-01T00:00:00Z";
  late.written = "2026-02-01T00:00:00+09:00";
  EXPECT_EQ(effect({early, late}), VexEffect::cleared);
  std::swap(early.written, late.written);
  EXPECT_EQ(effect({early, late}), VexEffect::none);
  early.author = "other";
  EXPECT_EQ(effect({early, late}), VexEffect::contradicted);
  early.author = "vendor";
  early.written = late.written = "";
  EXPECT_EQ(effect({early, late}), VexEffect::contradicted);
}

TEST(RulesVex, AnAliasThatIsABundleClearsNoOtherFlaw) {
  VexStatement s = statement("pkg:deb/debian/a@1");
  s.vulnerability = "CVE-2026-2";
  s.aliases = {"DSA-1"};
  EXPECT_EQ(effect({s}, {told("CVE-2026-1", {"DSA-1"}, "pkg:deb/debian/a@1")}), VexEffect::none);
}

TEST(RulesVex, AProductIsWhatTheReportsOwnInventoryIsAbout) {
  FactBatch batch;
  batch.facts.add(told("CVE-2026-1", {}, "pkg:deb/debian/a@1"));
  batch.facts.add(report("trivy"));
  Sbom sbom;
  sbom.subject = "root";
  Component root;
  root.ref = "root";
  root.purl = "pkg:generic/app@2";
  sbom.origin.artifact = root.origin.artifact = "trivy.json";
  batch.facts.add(sbom);
  batch.facts.add(root);
  for (const auto& [product, expected] :
       {std::pair{"pkg:generic/app@2", VexEffect::cleared}, std::pair{"pkg:generic/app@3", VexEffect::none},
        std::pair{"pkg:generic/app", VexEffect::none}}) {
    FactBatch with = batch;
    with.facts.add(statement(product));
    const FactSet set = seal({std::move(with)});
    EXPECT_EQ(apply_vex(merge(set), set).answers.at(0).effect, expected) << product;
  }
}

TEST(RulesVex, WhatAppliesToNothingIsNamed) {
  const FactSet set = facts({told("CVE-2026-1", {}, "pkg:deb/debian/a@1")}, {},
                            {statement("pkg:deb/debian/a"), statement("pkg:deb/debian/a@1")});
  const VexAnswers answers = apply_vex(merge(set), set);
  ASSERT_EQ(answers.unused.size(), 1u);
  EXPECT_EQ(why_unused(*answers.unused[0]), "its product has no version");
}

}  // namespace
}  // namespace gate::rules
