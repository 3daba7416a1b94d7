#include <gtest/gtest.h>

#include <set>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "gate/crypto/digest.h"
#include "tests/unit/policy_support.h"
#include "tests/unit/support.h"

namespace gate {
namespace {

using test::complaints;
using test::PolicyProject;

const std::string golden = test::source_dir() + "/tests/golden/policy/";
const std::string minimal = "gate: 1\nname: acme\nrules:\n  signing/unsigned-commit: {level: fail}\n";

Policy good(const PolicyProject& project, const std::string& name) {
  auto loaded = project.load(name);
  EXPECT_EQ(complaints(loaded), "");
  return std::holds_alternative<Policy>(loaded) ? std::get<Policy>(std::move(loaded)) : Policy{};
}

Policy good(const std::string& text) {
  PolicyProject project;
  project.files["gate.yaml"] = text;
  return good(project, "gate.yaml");
}

// The first complaint, without the source line.
std::string bad(const std::string& text) {
  PolicyProject project;
  project.files["gate.yaml"] = text;
  const std::string what = complaints(project.load("gate.yaml"));
  return what.substr(0, what.find('\n'));
}

const RuleConfig& rule(const Policy& policy, std::string_view id) {
  for (const RuleConfig& config : policy.rules) {
    if (config.id == id) return config;
  }
  ADD_FAILURE() << "no rule " << id;
  static const RuleConfig none;
  return none;
}

std::vector<std::string> banned(const Policy& policy) {
  std::vector<std::string> names;
  for (const Value& record : rule(policy, "code/banned-function").params.records("ban"))
    names.push_back(*record.find("name")->text());
  return names;
}

// Each bad policy of the golden folder, with all that the user is told about it.
TEST(PolicyGolden, BadPoliciesAreToldWhereAndWhy) {
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(golden + "bad")) {
    if (entry.path().extension() != ".yaml") continue;
    ++seen;
    PolicyProject project;
    const std::string name = entry.path().filename().string();
    project.files[name] = test::read(entry.path());
    const std::string got = complaints(project.load(name));
    auto expected = entry.path();
    expected.replace_extension(".txt");
    EXPECT_NE(got, "") << name << " was accepted";
    if (std::getenv("GATE_UPDATE_GOLDEN")) std::ofstream(expected, std::ios::binary) << got;
    EXPECT_EQ(got, test::read(expected)) << name;
  }
  EXPECT_GT(seen, 20u);
}

TEST(PolicyLoad, ReadsEverythingOfAPolicy) {
  PolicyProject project;
  project.files["acme.yaml"] = test::read(golden + "good/acme.yaml");
  const Policy policy = good(project, "acme.yaml");
  EXPECT_EQ(policy.name, "acme");

  EXPECT_EQ(policy.inputs.compile_commands, "build");
  EXPECT_EQ(policy.inputs.git_range, "main..HEAD");
  ASSERT_EQ(policy.inputs.reports.size(), 2u);
  EXPECT_EQ(policy.inputs.reports[0].format, "trivy");
  EXPECT_EQ(policy.inputs.reports[0].max_age, std::chrono::days{7});
  EXPECT_EQ(policy.inputs.reports[1].max_age, std::nullopt);
  EXPECT_EQ(describe(policy.inputs.reports[1].at), "acme.yaml:10:7");
  ASSERT_EQ(policy.inputs.attestations.size(), 1u);
  EXPECT_EQ(policy.inputs.attestations[0].subject, "out/app.tar.gz");
  ASSERT_EQ(policy.trust.keys.size(), 1u);
  EXPECT_EQ(policy.trust.keys[0].id, "release");
  EXPECT_EQ(policy.trust.allowed_signers, "keys/allowed_signers");

  EXPECT_EQ(policy.rules.size(), 5u);
  EXPECT_TRUE(std::is_sorted(policy.rules.begin(), policy.rules.end(), [](auto& a, auto& b) { return a.id < b.id; }));
  const RuleConfig& ban = rule(policy, "code/banned-function");
  EXPECT_EQ(ban.level, Level::fail) << "as default says";
  EXPECT_EQ(ban.paths.exclude, std::vector<std::string>{"third_party/**"});
  EXPECT_EQ(describe(ban.at), "acme.yaml:18:3");
  EXPECT_EQ(rule(policy, "provenance/untrusted-builder").level, Level::warn);
  EXPECT_EQ(rule(policy, "provenance/untrusted-builder").effective_on, parse_date("2027-03-01"));
  EXPECT_EQ(rule(policy, "provenance/untrusted-builder").params.texts("builders"),
            std::vector<std::string>{"https://ci.example.org/release"});
  EXPECT_EQ(rule(policy, "sca/known-vulnerability").params.text("max_severity"), "low");
  EXPECT_EQ(rule(policy, "sca/known-vulnerability").params.text("unscored"), "review");
  EXPECT_EQ(rule(policy, "signing/unsigned-commit").level, Level::off);
  EXPECT_TRUE(rule(policy, "signing/unsigned-commit").expect_none);

  ASSERT_EQ(policy.waivers.size(), 2u);
  EXPECT_EQ(policy.waivers[0].match.at("package"), "pkg:generic/zlib@1.2.11");
  EXPECT_EQ(policy.waivers[0].expires, parse_date("2027-11-23"));
  EXPECT_EQ(describe(policy.waivers[0].at), "acme.yaml:30:5");
  EXPECT_EQ(policy.waivers[1].match.at("path"), "tools/**") << "an expired waiver is for the verdict to report";
}

TEST(PolicyLoad, ListsComeFirstAndThePolicysOwnEntriesReplaceTheirs) {
  PolicyProject project;
  project.files["acme.yaml"] = test::read(golden + "good/acme.yaml");
  const Policy policy = good(project, "acme.yaml");
  EXPECT_EQ(banned(policy), (std::vector<std::string>{"strcpy", "std::random_shuffle", "std::system", "gets"}));
  const List& records = rule(policy, "code/banned-function").params.records("ban");
  EXPECT_EQ(*records[0].find("cwe")->integer(), 120) << "the first list that has the name";
  EXPECT_EQ(describe(records[0].at), "lists/c-unsafe:5:3");
  EXPECT_FALSE(records[3].find("instead")) << "an entry replaces the whole one of the list";
}

TEST(PolicyLoad, SourcesHaveEveryFileWithItsDigest) {
  PolicyProject project;
  project.files["acme.yaml"] = test::read(golden + "good/acme.yaml");
  const Policy policy = good(project, "acme.yaml");
  std::vector<std::string> names;
  for (const PolicySource& source : policy.sources) names.push_back(source.name + (source.embedded ? " embedded" : ""));
  EXPECT_EQ(names, (std::vector<std::string>{"acme.yaml", "default embedded", "lists/c-unsafe embedded",
                                             "lists/cpp-unsafe embedded"}));
  EXPECT_EQ(policy.sources[0].sha256, crypto::sha256_hex(project.files["acme.yaml"]));
  EXPECT_EQ(policy.sources[1].sha256, crypto::sha256_hex(project.policies.at("default")));
}

TEST(PolicyLoad, EmbeddedPoliciesAreGood) {
  const PolicyProject project;
  ASSERT_EQ(project.policies.size(), 2u);
  const Policy usual = good(project, "default"), strict = good(project, "strict");
  EXPECT_EQ(usual.name, "default");
  EXPECT_EQ(strict.name, "strict");
  // What `default` asks in one rule, `strict` also asks by its parts.
  const std::set<std::string> parts{"provenance/self-contradiction", "signing/expired-key", "signing/untrusted-signer",
                                    "signing/weak-algorithm"};
  for (const RuleSpec& spec : test::rule_specs()) {
    if (!parts.contains(spec.id)) {
      EXPECT_EQ(rule(usual, spec.id).level, Level::fail);
    }
    EXPECT_EQ(rule(strict, spec.id).level, Level::fail);
  }
  EXPECT_EQ(usual.rules.size() + parts.size(), strict.rules.size());
  EXPECT_EQ(usual.inputs.compile_commands, "build");
  EXPECT_EQ(usual.inputs.git_range, "auto");
  EXPECT_EQ(strict.inputs.git_range, "auto") << "inherited";
  EXPECT_EQ(rule(usual, "sca/known-vulnerability").params.text("max_severity"), "medium");
  EXPECT_EQ(rule(strict, "sca/known-vulnerability").params.text("max_severity"), "low");
  const auto less = banned(usual), more = banned(strict);
  ASSERT_GT(more.size(), less.size() + 100);
  EXPECT_TRUE(std::equal(less.begin(), less.end(), more.begin()));
}

// The lists that gate ships, where the build has put them in.
TEST(PolicyLoad, EmbeddedListsAreGood) {
  PolicyProject project;
  constexpr std::string_view folder = "policies/lists/", suffix = ".yaml";
  std::string wanted;
  for (const EmbeddedFile& file : embedded_policies()) {
    if (!file.name.starts_with(folder)) continue;
    const std::string name(file.name.substr(folder.size(), file.name.size() - folder.size() - suffix.size()));
    project.lists[name] = file.bytes;
    wanted += name + ", ";
  }
  ASSERT_NE(wanted, "");
  project.files["gate.yaml"] =
      "gate: 1\nname: all\nrules: {code/banned-function: {level: fail, lists: [" + wanted + "]}}\n";
  EXPECT_GT(banned(good(project, "gate.yaml")).size(), 20u);
}

TEST(PolicyExtends, ChildrenReplaceKeyByKeyAndWaiversAddUp) {
  PolicyProject project;
  const std::string waiver =
      "waivers: [{rule: signing/unsigned-commit, match: {commit: a}, reason: r, owner: a, approved_by: b, expires: "
      "2027-01-01}]\n";
  project.files["base.yaml"] =
      "gate: 1\nname: base\nmax_waiver: 60d\n"
      "inputs: {compile_commands: out, reports: [{format: trivy, path: a}, {format: grype, path: b}], git: {range: "
      "auto}}\n"
      "trust: {keys: [{id: a, path: a}], allowed_signers: old}\n"
      "rules:\n  sca/known-vulnerability: {level: warn, max_severity: high, unscored: review, expect: none, paths: "
      "{exclude: [a]}}\n" +
      waiver;
  project.files["gate.yaml"] =
      "gate: 1\nname: child\nextends: [default, ./base.yaml]\ninputs: {reports: [{format: trivy, path: c}]}\n"
      "trust: {allowed_signers: new}\nrules:\n  sca/known-vulnerability: {max_severity: low, expect: some}\n" +
      waiver;
  const Policy policy = good(project, "gate.yaml");
  EXPECT_EQ(policy.name, "child");
  EXPECT_EQ(policy.inputs.compile_commands, "out") << "the later parent";
  EXPECT_EQ(policy.inputs.git_range, "auto");
  ASSERT_EQ(policy.inputs.reports.size(), 1u) << "a list is replaced as a whole";
  EXPECT_EQ(policy.inputs.reports[0].path, "c");
  EXPECT_EQ(policy.trust.keys.size(), 1u);
  EXPECT_EQ(policy.trust.allowed_signers, "new");
  const RuleConfig& sca = rule(policy, "sca/known-vulnerability");
  EXPECT_EQ(sca.level, Level::warn);
  EXPECT_EQ(sca.params.text("max_severity"), "low");
  EXPECT_EQ(sca.params.text("unscored"), "review");
  EXPECT_EQ(sca.paths.exclude, std::vector<std::string>{"a"});
  EXPECT_FALSE(sca.expect_none);
  EXPECT_EQ(policy.waivers.size(), 2u);
  EXPECT_EQ(policy.waivers[0].at.file, "base.yaml");
}

TEST(PolicyExtends, AFileThatTwoExtendCountsOnce) {
  PolicyProject project;
  project.files["base.yaml"] = minimal +
                               "waivers: [{rule: signing/unsigned-commit, match: {commit: a}, reason: r, owner: a, "
                               "approved_by: b, expires: 2027-01-01}]\n";
  project.files["a.yaml"] = "gate: 1\nname: a\nextends: [base.yaml]\n";
  project.files["b.yaml"] = "gate: 1\nname: b\nextends: [x/../base.yaml]\n";
  project.files["gate.yaml"] = "gate: 1\nname: c\nextends: [a.yaml, b.yaml]\n";
  const Policy policy = good(project, "gate.yaml");
  EXPECT_EQ(policy.waivers.size(), 1u);
  EXPECT_EQ(policy.sources.size(), 4u);
}

TEST(PolicyExtends, CyclesDepthAndNumberHaveAnEnd) {
  PolicyProject project;
  project.files["a.yaml"] = "gate: 1\nname: a\nextends: [./b.yaml]\n";
  project.files["b.yaml"] = "gate: 1\nname: b\nextends: [a.yaml]\n";
  EXPECT_NE(complaints(project.load("a.yaml")).find("b.yaml:3:11: 'a.yaml' extends itself"), std::string::npos);

  for (int i = 0; i < 12; ++i) {
    project.files["d" + std::to_string(i) + ".yaml"] =
        "gate: 1\nname: d\nextends: [d" + std::to_string(i + 1) + ".yaml]\nrules: {signing/unsigned-commit: {}}\n";
  }
  project.files["d12.yaml"] = minimal;
  EXPECT_EQ(complaints(project.load("d4.yaml")), "");
  EXPECT_NE(complaints(project.load("d3.yaml")).find("d11.yaml:3:11: extends more than 8 deep"), std::string::npos);

  std::string wide = "gate: 1\nname: w\nextends:\n";
  for (int i = 0; i < 70; ++i) {
    const std::string name = "w" + std::to_string(i) + ".yaml";
    project.files[name] = minimal;
    wide += "- " + name + "\n";
  }
  project.files["wide.yaml"] = wide;
  EXPECT_NE(complaints(project.load("wide.yaml")).find("more than 64 files"), std::string::npos);
}

TEST(PolicyExtends, MistakesOfEveryFileComeAtOnce) {
  PolicyProject project;
  project.files["base.yaml"] = "gate: 1\nname: base\nrulez: {}\n";
  project.files["gate.yaml"] = "gate: 1\nname: child\nextends: [base.yaml]\nrulez: {}\n";
  const std::string all = complaints(project.load("gate.yaml"));
  EXPECT_NE(all.find("base.yaml:3:1:"), std::string::npos);
  EXPECT_NE(all.find("gate.yaml:4:1:"), std::string::npos);
}

TEST(PolicyLoad, AMissingFileIsABadPolicy) {
  EXPECT_EQ(complaints(PolicyProject{}.load("nowhere.yaml")),
            "nowhere.yaml: cannot read 'nowhere.yaml': nowhere.yaml: not found: no such file\n");
}

TEST(PolicyLoad, BinariesArePathsAndGlobsInsideTheProject) {
  const auto with = [](const std::string& binaries) { return minimal + "inputs: {binaries: " + binaries + "}\n"; };
  const Policy policy = good(with("[build/app, 'build/**/*.o']"));
  ASSERT_EQ(policy.inputs.binaries.size(), 2u);
  EXPECT_EQ(policy.inputs.binaries[1].path, "build/**/*.o");
  EXPECT_NE(bad(with("[/usr/lib/libc.so]")).find("bad glob"), std::string::npos);
  EXPECT_NE(bad(with("[../app]")).find("bad glob"), std::string::npos);
  EXPECT_NE(bad(with("[a, a]")).find("stands twice"), std::string::npos);
  EXPECT_NE(bad(with("build/app")).find("must be a list"), std::string::npos);
}

TEST(PolicyLoad, CommentsInTheCodeAllowNothingUnlessTheRuleSaysSo) {
  const std::string start = "gate: 1\nname: a\nextends: [strict]\nrules: {code/banned-function: {";
  EXPECT_FALSE(rule(good(start + "}}\n"), "code/banned-function").allow_in_code);
  EXPECT_TRUE(rule(good(start + "allow_in_code: true}}\n"), "code/banned-function").allow_in_code);
  EXPECT_NE(bad(start + "allow_in_code: sometimes}}\n").find("allow_in_code"), std::string::npos);
  EXPECT_EQ(good(minimal).max_waiver, std::chrono::days{180});
  EXPECT_EQ(good(minimal + "max_waiver: 30d\n").max_waiver, std::chrono::days{30});
}

TEST(PolicyLoad, WaiversEndWithinTheLimit) {
  const auto with = [](const std::string& limit, const std::string& expires) {
    return minimal + limit +
           "waivers: [{rule: signing/unsigned-commit, match: {commit: a}, reason: r, owner: a, approved_by: b, "
           "expires: " +
           expires + "}]\n";
  };
  EXPECT_EQ(good(with("", "2027-05-22")).waivers.size(), 1u) << "180 days";
  EXPECT_NE(bad(with("", "2027-05-23")).find("more than 180 days ahead (at the latest 2027-05-22)"), std::string::npos);
  EXPECT_EQ(good(with("max_waiver: 365d\n", "2027-11-23")).waivers.size(), 1u);
  EXPECT_NE(bad(with("max_waiver: 365d\n", "2027-11-24")).find("more than 365 days ahead"), std::string::npos);
  EXPECT_NE(bad(with("max_waiver: 30d\n", "2027-01-01")).find("more than 30 days ahead"), std::string::npos);
  EXPECT_EQ(good(with("max_waiver: 99999999d\n", "9999-12-31")).waivers.size(), 1u) << "no overflow";
}

TEST(PolicyLoad, DefaultsComeFromTheSpec) {
  const Policy policy = good("gate: 1\nname: a\nrules: {sca/known-vulnerability: {}}\n");
  EXPECT_EQ(rule(policy, "sca/known-vulnerability").level, Level::fail) << "a rule that is named and not switched off";
  EXPECT_EQ(rule(policy, "sca/known-vulnerability").params.text("max_severity"), "medium");
}

TEST(PolicyLoad, AListThatTheGateShipsIsHeldToItsFormToo) {
  PolicyProject project;
  project.files["gate.yaml"] = "gate: 1\nname: a\nrules: {code/banned-function: {level: fail, lists: [c-unsafe]}}\n";
  for (const char* list :
       {"list: other\ntitle: t\nentries: []\n", "list: c-unsafe\nentries: []\n", "list: c-unsafe\ntitle: t\n",
        "list: c-unsafe\ntitle: t\nentries: [{nane: gets}]\n", "list: c-unsafe\ntitle: t\nentries: []\nmore: 1\n",
        "list: c-unsafe\ntitle: t\nentries: [{name: gets}, {name: gets}]\n", "]"}) {
    project.lists["c-unsafe"] = list;
    EXPECT_NE(complaints(project.load("gate.yaml")).find("lists/c-unsafe"), std::string::npos) << list;
  }
}

TEST(PolicyLoad, HostileSizesEndSoonAndInFewWords) {
  const auto start = std::chrono::steady_clock::now();
  std::string keys = "gate: 1\nname: a\nrules:\n", flow = "gate: 1\nname: a\nx: {",
              line = "gate: 1\nname: a\nx: " + std::string(1 << 19, 'x');
  for (int i = 0; i < 60000; ++i) {
    keys += "  code/b" + std::to_string(i) + ":\n";
    flow += "k" + std::to_string(i) + ": 1, ";
  }
  for (const std::string& text :
       {keys, flow + "}\n", line + ": 1\n", std::string((1 << 20) + 1, '#'), std::string(1 << 20, '['),
        std::string(1 << 20, '\n'), "gate: 1\n" + std::string(1 << 19, '"')}) {
    PolicyProject project;
    project.files["gate.yaml"] = text;
    const std::string all = complaints(project.load("gate.yaml"));
    EXPECT_NE(all, "");
    EXPECT_LT(all.size(), 300'000u);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20});
}

TEST(PolicyLoad, EveryTruncationOfAPolicyIsHandled) {
  const std::string text = test::read(golden + "good/acme.yaml");
  for (std::size_t length = 0; length < text.size(); ++length) {
    PolicyProject project;
    project.files["gate.yaml"] = text.substr(0, length);
    const auto loaded = project.load("gate.yaml");
    EXPECT_TRUE(std::holds_alternative<Policy>(loaded) || !complaints(loaded).empty()) << length;
  }
}

}  // namespace
}  // namespace gate
