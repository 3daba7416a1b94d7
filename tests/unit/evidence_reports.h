// Reports made by hand, one for each way that a run can end.
#pragma once

#include "gate/evidence/report.h"

namespace gate::test {

inline const evidence::Writer& writer(std::string_view name) {
  for (const evidence::Writer& each : evidence::writers()) {
    if (each.name == name) return each;
  }
  std::abort();
}

inline Framework small_framework() {
  const auto task = [](const char* id, Reach reach, const char* en, const char* ja) {
    return FrameworkTask{id, reach, {en, ja}};
  };
  return {"ssdf-1.1",
          "NIST SSDF 1.1",
          "NIST SP 800-218, version 1.1 (February 2022)",
          {{"PS.2",
            {"Genuine releases", "真正なリリース"},
            {task("PS.2.1", Reach::direct, "Let users check integrity", "完全性を検証させる")}},
           {"PW.4",
            {"Reuse", "再利用"},
            {task("PW.4.4", Reach::direct, "Check what was acquired", "調達した部品を検証する")}},
           {"PW.5",
            {"Secure code", "安全なコード"},
            {task("PW.5.1", Reach::direct, "Follow secure coding practices", "セキュアコーディングを実践する"),
             task("PW.7.2", Reach::direct, "Review and triage", "レビューと優先付け")}},
           {"PO.2", {"Roles", "役割"}, {task("PO.2.2", Reach::none, "Train people", "教育訓練を行う")}}}};
}

inline std::vector<RuleSpec> specs() {
  RuleSpec code, sca, build, sign;
  code.id = "code/banned-function";
  code.title = {"Banned function used", "使用禁止関数の使用"};
  code.why = {"Some functions cannot be used safely.", "安全に使えない関数がある。"};
  code.remedy = {"Replace the use by the function that the list names.", "一覧が示す代替関数に置き換える。"};
  code.match = {"function", "path"};
  code.ssdf = {"PW.5.1", "PW.7.2"};
  build.id = "provenance/untrusted-builder";
  build.title = {"Artifact without trusted provenance", "信頼できる来歴のない成果物"};
  build.why = {"Nobody knows who built it.", "誰がビルドしたか分からない。"};
  build.remedy = {"Build it with a builder of the policy.", "方針が認めるビルダーで作る。"};
  build.match = {"artifact"};
  build.ssdf = {"PS.2.1"};
  sca.id = "sca/known-vulnerability";
  sca.title = {"Component with a known vulnerability", "既知の脆弱性を持つ部品"};
  sca.why = {"Attackers read the same lists.", "攻撃者も同じ一覧を読む。"};
  sca.remedy = {"Update to a fixed version.", "修正版に更新する。"};
  sca.match = {"package", "vulnerability"};
  sca.ssdf = {"PW.4.4"};
  sign.id = "signing/unsigned-commit";
  sign.title = {"Commit without a trusted signature", "信頼できる署名のないコミット"};
  sign.why = {"Its author is a claim.", "作者は自称にすぎない。"};
  sign.remedy = {"Sign the commit.", "コミットに署名する。"};
  sign.match = {"commit"};
  return {code, build, sca, sign};
}

inline RuleVerdict rule(std::string id, Outcome outcome, std::size_t examined) {
  RuleVerdict verdict;
  verdict.id = std::move(id);
  verdict.outcome = outcome;
  verdict.examined = examined;
  verdict.undecided = outcome != Outcome::pass && outcome != Outcome::fail && outcome != Outcome::not_applicable;
  return verdict;
}

inline Finding strcpy_call(int line, int column = 3) {
  Finding finding;
  finding.message = "call of strcpy: no bound on the destination";
  finding.subject = {{"function", "strcpy"}};
  finding.at = {"src/copy all.c", line, column};
  finding.remedy = "use strlcpy";
  finding.tags = {"CWE-120"};
  finding.origin = {"build/compile_commands.json", std::string(64, 'c'), ""};
  return finding;
}

inline Finding zlib_vulnerability() {
  Finding finding;
  finding.message = "CVE-2022-37434 in pkg:generic/zlib@1.2.11 <critical> & \"exploited\"";
  finding.subject = {{"package", "pkg:generic/zlib@1.2.11"}, {"vulnerability", "CVE-2022-37434"}};
  finding.severity = Severity::critical;
  finding.origin = {"out/trivy.json", std::string(64, 'd'), "/Results/0/Vulnerabilities/1"};
  return finding;
}

inline Waiver zlib_waiver() {
  Waiver waiver;
  waiver.rule = "sca/known-vulnerability";
  waiver.match = {{"package", "pkg:generic/zlib@1.2.11"}, {"vulnerability", "CVE-2022-37434"}};
  waiver.reason = "inflateGetHeader is not called";
  waiver.owner = "team-net";
  waiver.approved_by = "alice@example.org";
  waiver.expires = *parse_date("2027-01-31");
  waiver.at = {"policy.yaml", 12, 5};
  return waiver;
}

inline evidence::Report base_report() {
  evidence::Report report;
  report.policy.name = "acme";
  report.policy.sources = {{"default", std::string(64, '1'), true}, {"policy.yaml", std::string(64, '2'), false}};
  report.policy_sha256 = std::string(64, 'a');
  report.specs = specs();
  report.frameworks = {small_framework()};
  report.subjects = {{"HEAD", "gitCommit", std::string(40, 'b')}, {"out/app", "sha256", std::string(64, 'e')}};
  report.range = std::string(40, '0') + ".." + std::string(40, 'b');
  report.inputs = {{"report", "trivy", "out/trivy.json", std::string(64, 'd'), 1234, {}}};
  report.tool = {"0.1.0", std::string(64, 'f'), "19.1.7"};
  report.time = *parse_instant("2026-11-23T04:05:06Z");
  return report;
}

inline evidence::Report passing() {
  evidence::Report report = base_report();
  report.verdict.decision = Decision::pass;
  RuleVerdict signing = rule("signing/unsigned-commit", Outcome::not_applicable, 0);
  RuleVerdict sca = rule("sca/known-vulnerability", Outcome::pass, 3);
  Finding clean;
  clean.message = "no vulnerability is known";
  clean.subject = {{"package", "pkg:generic/zlib@1.3.1"}};
  clean.origin = {"out/trivy.json", std::string(64, 'd'), "/Results/0"};
  sca.in_favour = {clean};
  report.verdict.rules = {rule("code/banned-function", Outcome::pass, 12),
                          rule("provenance/untrusted-builder", Outcome::pass, 1), sca, signing};
  return report;
}

inline evidence::Report failing() {
  evidence::Report report = passing();
  Verdict& verdict = report.verdict;
  verdict.decision = Decision::fail;
  RuleVerdict& code = verdict.rules[0];
  code.outcome = Outcome::fail;
  for (int line = 1; line <= 25; ++line) code.against.push_back({strcpy_call(line), {}});
  RuleVerdict& build = verdict.rules[1];
  build.outcome = Outcome::fail;
  build.level = Level::warn;
  build.blocks = false;
  Finding artifact;
  artifact.message = "out/app has no verified provenance";
  artifact.subject = {{"artifact", "out/app"}};
  build.against = {{artifact, {}}};
  RuleVerdict& sca = verdict.rules[2];
  sca.outcome = Outcome::fail;
  sca.against = {{zlib_vulnerability(), {}}};
  sca.undecided = true;  // and what it could not see besides
  verdict.problems = {
      {Errc::unsupported_version, "schema version 99 (upgrade gate or pin grype)", {"out/grype.json", "", ""}}};
  sca.unseen = {describe(verdict.problems[0])};
  report.inputs.push_back({"report", "grype", "out/grype.json", "", 0, verdict.problems});
  return report;
}

inline evidence::Report undecided() {
  evidence::Report report = passing();
  Verdict& verdict = report.verdict;
  verdict.decision = Decision::undecided;
  verdict.rules[0] = rule("code/banned-function", Outcome::not_checked, 11);
  verdict.rules[0].unseen = {
      "src/broken.c:7:2: tool failed: 'missing.h' file not found (add its folder to the compile database)"};
  verdict.rules[1] = rule("provenance/untrusted-builder", Outcome::error, 0);
  verdict.rules[1].unseen = {"internal error: the rule ended with: boom"};
  verdict.rules[3] = rule("signing/unsigned-commit", Outcome::needs_review, 2);
  Finding odd;
  odd.message = "commit 1234567 is signed with a key that expired after it";
  odd.subject = {{"commit", "1234567"}};
  verdict.rules[3].to_review = {odd};
  verdict.problems = {{Errc::stale,
                       "made 9 days ago, the policy allows 7d",
                       {"out/bom.json", std::string(64, '3'), "/metadata/timestamp"}}};
  verdict.off = {"build/unhardened"};
  report.subjects.clear();
  return report;
}

inline evidence::Report waived() {
  evidence::Report report = passing();
  Verdict& verdict = report.verdict;
  RuleVerdict& sca = verdict.rules[2];
  sca.outcome = Outcome::fail;
  sca.waived = true;
  sca.against = {{zlib_vulnerability(), 1}};
  Waiver expired = zlib_waiver(), unused = zlib_waiver();
  expired.expires = *parse_date("2026-11-01");
  expired.at.line = 30;
  unused.rule = "code/banned-function";
  unused.match = {{"function", "gets"}, {"path", "third_party/**"}};
  unused.expires = *parse_date("2027-03-01");
  unused.at.line = 21;
  verdict.waivers = {
      {unused, WaiverState::unused, 0}, {zlib_waiver(), WaiverState::used, 1}, {expired, WaiverState::expired, 0}};
  report.loosenings = {"--level code/banned-function=warn", "the working tree has changes that are in no commit"};
  report.unread_sources = {"src/legacy|name.c", "src/legacy.h", "tests/a.c", "tests/b.c", "tests/c.c", "tests/d.c"};
  return report;
}

// By comments in the code.
inline evidence::Report allowed() {
  evidence::Report report = passing();
  Verdict& verdict = report.verdict;
  RuleVerdict& code = verdict.rules[0];
  code.outcome = Outcome::fail;
  code.waived = true;
  code.against = {{strcpy_call(7), 0}};
  Waiver allowed, refused;  // comments in the code
  allowed.rule = "code/banned-function";
  allowed.reason = "the length was checked above";
  allowed.expires = *parse_date("2027-01-15");
  allowed.at = {"src/copy all.c", 6, 1};
  allowed.lines = Lines{7, 7};
  refused.rule = "code/banned-function";
  refused.at = {"src/macros.h", 3, 20};
  refused.lines = Lines{3, 5};
  verdict.waivers = {{allowed, WaiverState::used, 1}, {refused, WaiverState::refused, 0, "does not say until when"}};
  report.loosenings = {"allowed in the code: code/banned-function at src/copy all.c:6:1"};
  return report;
}

}  // namespace gate::test
