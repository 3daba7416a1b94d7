"""Several scanners' reports through the real binary: merged, cleared by VEX, compared with the base's, and made by
scanners that gate starts itself."""

import copy
import hashlib
import json
import os
import pathlib
import shutil

import pytest

import green

POLICY = """\
gate: 1
name: sca
inputs:
  reports:
    - {{format: trivy, path: out/trivy.json}}
    - {{format: grype, path: out/grype.json}}
{reports}
trust:
  vex_authors: [Example Vendor]
rules:
{rules}
"""
KNOWN = "  sca/known-vulnerability: {level: fail}\n"
PURL = "pkg:conan/zlib@1.3.1"


def analysis(author="Example Vendor", state="not_affected", justification="code_not_reachable", ref=PURL):
    """A CycloneDX document that says of a flaw what it is worth."""
    said = {"state": state}
    if justification:
        said["justification"] = justification
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": {"timestamp": "2026-09-20T00:00:00Z", "authors": [{"name": author}],
                         "component": {"type": "application", "name": "app", "version": "1", "bom-ref": "app"}},
            "components": [{"type": "library", "bom-ref": PURL, "name": "zlib", "version": "1.3.1", "purl": PURL}],
            "vulnerabilities": [{"id": "CVE-2026-0007", "ratings": [{"severity": "high"}], "analysis": said,
                                 "affects": [{"ref": ref}]}]}


@pytest.fixture
def project(tmp_path):
    made = green.Project(tmp_path)
    trivy, grype = copy.deepcopy(green.TRIVY), copy.deepcopy(green.GRYPE)
    trivy["Results"][0]["Vulnerabilities"][0]["Severity"] = "HIGH"
    grype["matches"][0]["vulnerability"].update(id="GHSA-aaaa-bbbb-cccc", severity="Critical")
    grype["matches"][0]["relatedVulnerabilities"] = [{"id": "CVE-2026-0007"}]
    made.write_json("out/trivy.json", trivy)
    made.write_json("out/grype.json", grype)
    made.write("gate.yaml", POLICY.format(reports="", rules=KNOWN))
    return made


def judged(project, *arguments, rules=KNOWN, reports="", **keywords):
    project.write("gate.yaml", POLICY.format(reports=reports, rules=rules))
    status, out, err = project.run("--output", "statement:-", *arguments, **keywords)
    assert out.startswith("{"), (status, out, err)
    predicate, _ = json.JSONDecoder().raw_decode(out)  # annotations may follow
    predicate = predicate["predicate"]
    return status, {r["id"]: r for r in predicate["rules"]}, predicate


def test_two_scanners_tell_of_one_flaw(project):
    status, rules, _ = judged(project)
    assert status == 1
    (finding,) = rules["sca/known-vulnerability"]["against"]
    assert finding["subject"] == {"vulnerability": "CVE-2026-0007", "package": PURL}
    assert finding["severity"] == "critical" and "told by grype, trivy" in finding["message"]
    assert "GHSA-aaaa-bbbb-cccc" in finding["message"]


DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data")) / "openvex/examples/sarif"


@pytest.mark.skipif(not DATA.is_dir(), reason="no test data (GATE_TEST_DATA)")
def test_one_image_by_three_scanners_is_one_list(project):
    reports = ""
    for name in ("grype", "trivy", "snyk"):
        shutil.copy(DATA / f"nginx-{name}.sarif.json", project.root / "out")
        reports += "    - {format: sarif, path: out/nginx-%s.sarif.json}\n" % name
    _, rules, _ = judged(project, rules="  sca/known-vulnerability: {level: fail, max_severity: none}\n", reports=reports)
    found = rules["sca/known-vulnerability"]["against"]
    names = [tuple(sorted(f["subject"].items())) for f in found]
    assert len(names) == len(set(names)) and len(names) < 99 + 99 + 65
    assert sum("told by Grype, Snyk Container, Trivy" in f["message"] for f in found) >= 20


# --- what scanners set aside themselves --------------------------------------------------------------------------------

SET_ASIDE = {  # a report with a finding that its scanner set aside: where, and the finding in the words of the report
    "sarif": lambda: {"version": "2.1.0", "runs": [{
        "tool": {"driver": {"name": "scan", "version": "1", "rules": [{"id": "CVE-2026-0009"}]}},
        "invocations": [{"executionSuccessful": True}],
        "results": [{"ruleId": "CVE-2026-0009", "level": "error", "message": {"text": "found"},
                     "locations": [{"physicalLocation": {"artifactLocation": {"uri": "conan.lock"}}}],
                     "suppressions": [{"kind": "external", "justification": "by its own list"}]}]}]},
    "trivy": lambda: trivy_with({"Results": [{
        "Target": "conan.lock", "Class": "lang-pkgs", "Type": "conan",
        "Packages": [{"Name": "zlib", "Version": "1.3.1", "Identifier": {"PURL": PURL}}],
        "ExperimentalModifiedFindings": [{
            "Type": "vulnerability", "Status": "ignored", "Statement": "by its own list", "Source": ".trivyignore.yaml",
            "Finding": {"VulnerabilityID": "CVE-2026-0009", "PkgName": "zlib", "InstalledVersion": "1.3.1",
                        "PkgIdentifier": {"PURL": PURL}, "Severity": "HIGH", "SeveritySource": "nvd"}}]}]}),
    "grype": lambda: grype_ignoring("CVE-2026-0009", "by its own list"),
    "dependabot": lambda: [{
        "number": 1, "state": "dismissed", "dismissed_at": "2026-09-01T00:00:00Z", "dismissed_reason": "by its own list",
        "dependency": {"package": {"ecosystem": "npm", "name": "a"}, "manifest_path": "package-lock.json"},
        "security_advisory": {"ghsa_id": "GHSA-aaaa-bbbb-dddd", "severity": "high", "cwes": [],
                              "identifiers": [{"type": "CVE", "value": "CVE-2026-0009"}]},
        "security_vulnerability": {"package": {"ecosystem": "npm", "name": "a"}, "severity": "high",
                                   "vulnerable_version_range": "< 2", "first_patched_version": None}}],
}


def trivy_with(changes):
    return {**copy.deepcopy(green.TRIVY), **changes}


def grype_ignoring(flaw, reason):
    report = copy.deepcopy(green.GRYPE)
    match = report["matches"].pop()
    match["vulnerability"].update(id=flaw, severity="High")
    report["ignoredMatches"] = [dict(match, appliedIgnoreRules=[{"vulnerability": flaw, "reason": reason}])]
    return report


@pytest.mark.parametrize("tool", SET_ASIDE)
@pytest.mark.parametrize("word, outcome", [("fail", "against"), ("review", "toReview"), ("tolerate", "inFavour"), (None, "toReview")])
def test_what_a_scanner_set_aside_is_told(project, tool, word, outcome):
    project.write_json("out/aside.json", SET_ASIDE[tool]())
    rules = "  sca/known-vulnerability: {level: fail%s}\n" % (f", suppressed: {word}" if word else "")
    _, judged_rules, _ = judged(project, rules=rules, reports="    - {format: %s, path: out/aside.json}" % tool)
    rule = judged_rules["sca/known-vulnerability"]
    (finding,) = [f for f in rule[outcome] if f["subject"]["vulnerability"] == "CVE-2026-0009"]
    assert "set aside by" in finding["message"] and "by its own list" in finding["message"]


def test_what_one_scanner_set_aside_and_another_tells_is_found(project):
    aside = SET_ASIDE["trivy"]()
    aside["Results"][0]["ExperimentalModifiedFindings"][0]["Finding"]["VulnerabilityID"] = "CVE-2026-0007"
    project.write_json("out/trivy.json", aside)
    status, rules, _ = judged(project, rules="  sca/known-vulnerability: {level: fail, suppressed: tolerate}\n")
    (finding,) = rules["sca/known-vulnerability"]["against"]
    assert status == 1 and "set aside by trivy" in finding["message"]


# --- SBOMs that were not scanned ---------------------------------------------------------------------------------------

def cyclonedx_alone(project, document, more=""):
    """What a policy with this one report comes to."""
    project.write_json("out/bom.json", document)
    policy = ("gate: 1\nname: sca\ninputs: {reports: [{format: cyclonedx, path: out/bom.json%s}]}\n"
              "trust: {vex_authors: [Example Vendor]}\nrules:\n" % more + KNOWN)
    project.write("gate.yaml", policy)
    status, out, _ = project.run("--output", "statement:-")
    predicate = json.JSONDecoder().raw_decode(out)[0]["predicate"]
    return status, predicate["rules"][0], predicate


@pytest.mark.parametrize("found", [None, [], "vex"])
def test_a_bom_that_nobody_scanned_is_no_clean_scan(project, found):
    bom = copy.deepcopy(green.BOM)
    if found == "vex":  # what somebody says about flaws is no search for them
        bom = analysis()
    elif found is not None:
        bom["vulnerabilities"] = found
    status, rule, _ = cyclonedx_alone(project, bom)
    assert (status, rule["outcome"]) == (3, "not_checked"), rule
    uncovered = "  sca/uncovered-component: {level: fail}\n"
    _, rules, _ = judged(project, rules=uncovered, reports="    - {format: cyclonedx, path: out/bom.json}")
    assert [f["subject"] for f in rules["sca/uncovered-component"]["inFavour"]] == [{"package": PURL}]
    bom["components"].append({"type": "library", "name": "new", "version": "1", "purl": "pkg:conan/new@1"})
    project.write_json("out/bom.json", bom)
    _, rules, _ = judged(project, rules=uncovered, reports="    - {format: cyclonedx, path: out/bom.json}")
    assert rules["sca/uncovered-component"]["outcome"] != "pass"  # an SBOM does not cover itself


def test_the_policy_says_that_a_bom_was_scanned(project):
    bom = dict(copy.deepcopy(green.BOM), vulnerabilities=[])
    status, rule, _ = cyclonedx_alone(project, bom, ", scanned: true")
    assert (status, rule["outcome"], rule["examined"]) == (0, "pass", 1), rule
    del bom["vulnerabilities"]
    status, rule, predicate = cyclonedx_alone(project, bom, ", scanned: true")
    assert (status, rule["outcome"]) == (3, "not_checked"), rule
    assert ["no list of vulnerabilities" in p["what"] for p in predicate["problems"]] == [True]


def test_a_bom_with_findings_was_scanned(project):
    bom = analysis()
    del bom["vulnerabilities"][0]["analysis"]
    status, rule, _ = cyclonedx_alone(project, bom)
    assert (status, rule["outcome"], rule["examined"]) == (1, "fail", 1), rule


# --- VEX ---------------------------------------------------------------------------------------------------------------

VEX = "    - {format: cyclonedx, path: out/vex.json}"


def vex(project, **changes):
    project.write_json("out/vex.json", analysis(**changes))
    status, rules, predicate = judged(project, reports=VEX)
    return status, rules["sca/known-vulnerability"], predicate


def test_a_trusted_author_clears(project):
    status, rule, predicate = vex(project)
    assert (status, rule["outcome"]) == (0, "pass"), (rule, predicate["problems"])


def test_an_author_whom_nobody_lists_clears_nothing(project):
    status, rule, predicate = vex(project, author="Somebody Else")
    assert (status, rule["outcome"]) == (1, "fail")
    assert any("'Somebody Else' do not count" in p["what"] for p in predicate["problems"])


def test_without_a_justification_nothing_is_cleared(project):
    status, rule, _ = vex(project, justification=None)
    assert (status, rule["outcome"]) == (1, "fail")
    assert "without a justification" in rule["against"][0]["message"]


# --- the base ----------------------------------------------------------------------------------------------------------

NEW = "  sca/newly-introduced: {level: fail}\n"
BASE = "    - {format: trivy, path: out/base.json, of: base}"


def test_what_the_base_had_is_not_new(project):
    project.write("out/base.json", (project.root / "out/trivy.json").read_bytes())
    status, rules, _ = judged(project, rules=NEW, reports=BASE)
    assert (status, rules["sca/newly-introduced"]["outcome"]) == (0, "pass")


def test_what_the_base_had_not_is_new(project):
    clean = copy.deepcopy(green.TRIVY)
    del clean["Results"][0]["Vulnerabilities"]
    project.write_json("out/base.json", clean)
    status, rules, _ = judged(project, rules=NEW, reports=BASE)
    assert (status, rules["sca/newly-introduced"]["outcome"]) == (1, "fail")


@pytest.mark.parametrize("broken", [None, b"", b'{"SchemaVersion": 3}'])
def test_a_base_that_cannot_be_read_lets_nothing_pass(project, broken):
    for name in ("trivy", "grype"):
        report = json.loads((project.root / f"out/{name}.json").read_text())
        (report["Results"][0].pop("Vulnerabilities") if name == "trivy" else report["matches"].clear())
        project.write_json(f"out/{name}.json", report)
    if broken is not None:
        project.write("out/base.json", broken)
    status, rules, _ = judged(project, rules=NEW, reports=BASE)
    assert (status, rules["sca/newly-introduced"]["outcome"]) == (3, "not_checked")


# --- what the policy expects of a report -------------------------------------------------------------------------------

@pytest.mark.parametrize("expectation, code", [('max_size: "100"', "too large"), ("tool: grype", "wrong subject"),
                                               ("tool_version: 0.1.0", "wrong subject"),
                                               ("subject: gate.yaml", "wrong subject")])
def test_a_report_that_is_not_as_expected_shows_nothing(project, expectation, code):
    project.write_json("out/second.json", green.TRIVY)
    report = "    - {format: trivy, path: out/second.json, %s}"
    _, rules, predicate = judged(project, reports=report % expectation)
    assert rules["sca/known-vulnerability"]["unseen"]
    assert code in [p["code"] for p in predicate["problems"]]
    _, rules, predicate = judged(project, reports=report % "tool: trivy, tool_version: 0.66.0, max_size: 1M")
    assert not predicate["problems"]


@pytest.mark.parametrize("tool, size", [("openvex", 600), ("csaf", 600), ("kev", 600), ("sarif", 600), ("cyclonedx", 600)])
def test_no_report_is_larger_than_the_policy_allows(project, tool, size):
    project.write("out/second.json", "{}" + " " * size)
    report = '    - {format: %s, path: out/second.json, max_size: "500"}' % tool
    _, _, predicate = judged(project, reports=report)
    assert [p["code"] for p in predicate["problems"]] == ["too large"]


# --- ranges of affected versions ---------------------------------------------------------------------------------------

def alert(affected):
    (report,) = SET_ASIDE["dependabot"]()
    report.update(state="open", dismissed_at=None, dismissed_reason=None)
    report["security_vulnerability"]["vulnerable_version_range"] = affected
    return [report]


@pytest.mark.parametrize("affected, package, words", [
    ("< 2.0.0", "pkg:npm/a@1.5.0", ""), (">= 1.5.1, < 2.0.0", "pkg:npm/a", "affected is vers:npm/>=1.5.1|<2.0.0"),
    ("some old ones", "pkg:npm/a", "the range of dependabot cannot be read: 'some old ones'")])
def test_an_alert_is_about_what_the_sbom_lists(project, affected, package, words):
    bom = copy.deepcopy(green.BOM)
    bom["components"][0]["purl"] = "pkg:npm/a@1.5.0"
    project.write_json("out/bom.json", bom)
    project.write_json("out/alerts.json", alert(affected))
    reports = "    - {format: cyclonedx, path: out/bom.json}\n    - {format: dependabot, path: out/alerts.json}"
    _, rules, predicate = judged(project, reports=reports)
    rule = rules["sca/known-vulnerability"]
    (finding,) = [f for f in rule["against"] if f["subject"]["vulnerability"] == "CVE-2026-0009"]
    assert finding["subject"]["package"] == package and words in finding["message"], finding
    counted = [f["message"] for f in rule["inFavour"] if "in no form that can be read" in f["message"]]
    assert len(counted) == ("cannot be read" in words), counted
    assert not predicate["problems"]


def test_a_range_that_does_not_hold_the_version_is_told(project):
    osv = copy.deepcopy(green.OSV)
    (package,) = osv["results"][0]["packages"]
    package["package"] = {"name": "a", "version": "1.5.0", "ecosystem": "npm"}
    package["groups"][0]["max_severity"] = "9.8"
    package["vulnerabilities"][0]["affected"] = [{"package": {"name": "a", "ecosystem": "npm"}, "ranges": [
        {"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.5.0"}]}]}]
    project.write_json("out/osv.json", osv)
    _, rules, _ = judged(project, reports="    - {format: osv-scanner, path: out/osv.json}")
    (finding,) = [f for f in rules["sca/known-vulnerability"]["against"] if "pkg:npm/a@1.5.0" in f["subject"]["package"]]
    assert "the range of osv-scanner does not hold this version: vers:npm/<1.5.0" in finding["message"]


# --- lists from elsewhere ----------------------------------------------------------------------------------------------

def epss(score, flaw="CVE-2026-0007"):
    return f"#model_version:v2025.03.14,score_date:2026-09-20T12:00:00Z\ncve,epss,percentile\n{flaw},{score},0.5\n"


@pytest.mark.parametrize("text, outcome", [(epss("0.2"), "fail"), (epss("0.00043"), "pass"), (epss("0.2", "CVE-2026-0001"), "needs_review"),
                                           (epss("0.00043")[:-1], "not_checked"), ("", "not_checked"),
                                           (epss("0.00043").replace("epss,", "lev,"), "not_checked")])
def test_a_score_of_exploitation_counts(project, text, outcome):
    project.write("out/epss.csv", text)
    rules = "  sca/known-vulnerability: {level: fail, max_severity: critical, epss_percent: 10}\n"
    report = "    - {format: epss, path: out/epss.csv, max_age: 7d}"
    _, judged_rules, predicate = judged(project, rules=rules, reports=report)
    rule = judged_rules["sca/known-vulnerability"]
    assert rule["outcome"] == outcome, (rule, predicate["problems"])


def test_a_score_of_last_month_is_stale(project):
    project.write("out/epss.csv", epss("0.00043").replace("2026-09-20", "2026-08-20"))
    _, _, predicate = judged(project, reports="    - {format: epss, path: out/epss.csv, max_age: 7d}")
    assert [p["code"] for p in predicate["problems"]] == ["stale"]


OLD = [{"cycle": "1.3", "eol": "2026-09-01"}, {"cycle": "1.2", "eol": True}]
NEW_SHAPE = {"schema_version": "1.2.0", "generated_at": "2026-09-20T00:00:00+00:00", "last_modified": "2026-09-20T00:00:00+00:00",
             "result": {"name": "zlib", "label": "zlib", "aliases": [], "category": "framework", "tags": [],
                        "identifiers": [{"type": "purl", "id": "pkg:conan/zlib"}], "labels": {}, "links": {},
                        "releases": [{"name": "1.3", "label": "1.3", "isEol": False, "eolFrom": "2030-01-01", "isMaintained": True}]}}


@pytest.mark.parametrize("ends, purl, outcome", [
    (OLD, "pkg:generic/zlib@1.3.1", "fail"), (OLD, "pkg:generic/zlib@1.4", "needs_review"), (OLD, PURL, "not_checked"),
    (NEW_SHAPE, PURL, "pass"), (NEW_SHAPE, "pkg:generic/zlib@1.3.1", "pass"),
    ({**NEW_SHAPE, "schema_version": "2.0.0"}, PURL, "not_checked"), ([], "pkg:generic/zlib@1.3.1", "not_checked")])
def test_what_has_ended_fails(project, ends, purl, outcome):
    bom = copy.deepcopy(green.BOM)
    bom["components"][0]["purl"] = purl
    project.write_json("out/bom.json", bom)
    project.write_json("out/zlib.json", ends)
    trivy = json.loads((project.root / "out/trivy.json").read_text())
    trivy["Results"][0]["Packages"][0]["Identifier"]["PURL"] = purl
    project.write_json("out/trivy.json", trivy)
    reports = "    - {format: cyclonedx, path: out/bom.json}\n    - {format: endoflife, path: out/zlib.json}"
    _, rules, predicate = judged(project, rules="  sca/end-of-life-component: {level: fail}\n", reports=reports)
    assert rules["sca/end-of-life-component"]["outcome"] == outcome, predicate


# --- scanners that gate starts -----------------------------------------------------------------------------------------

def scanner(project, body, **keywords):
    """A program, and the input that starts it."""
    path = project.write("bin/scanner", "#!/bin/sh\n" + body)
    path.chmod(0o755)
    run = {"program": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "timeout": "20s", **keywords}
    return "    - " + json.dumps({"format": "trivy", "run": run})


SCAN = 'cat "$1"\n'


def test_a_scanner_is_started(project):
    report = scanner(project, SCAN, arguments=["out/trivy.json"])
    status, rules, predicate = judged(project, reports=report)
    assert status == 1
    (row,) = [i for i in predicate["inputs"] if "scanner" in i]
    assert row["scanner"]["arguments"] == ["out/trivy.json"] and row["scanner"]["status"] == 0
    assert row["scanner"]["version"] == "0.66.0" and row["path"].endswith("/bin/scanner")
    assert row["scanner"]["report"]["sha256"] == hashlib.sha256((project.root / "out/trivy.json").read_bytes()).hexdigest()


def test_its_environment_and_arguments_are_the_policys_alone(project):
    report = scanner(project, 'env | sort >out/env; printf "%s|" "$@" >out/arguments; cat out/trivy.json\n',
                     arguments=["a b", "$(id)", "*"], environment=["SCAN=1"])
    _, _, predicate = judged(project, reports=report, env={"SECRET": "x"})
    assert not predicate["problems"]
    names = {line.split("=")[0] for line in (project.root / "out/env").read_text().splitlines()}
    assert names - {"PWD", "OLDPWD", "SHLVL", "_"} == {"SCAN"}
    assert (project.root / "out/arguments").read_text() == "a b|$(id)|*|"


def refused(project, report, code, **keywords):
    _, rules, predicate = judged(project, reports=report, **keywords)
    assert rules["sca/known-vulnerability"]["unseen"]
    assert [p["code"] for p in predicate["problems"]] == [code], predicate["problems"]


def test_another_program_is_not_started(project):
    report = scanner(project, SCAN, arguments=["out/trivy.json"])
    project.write("bin/scanner", "#!/bin/sh\ntouch out/started\ncat out/trivy.json\n")
    refused(project, report, "untrusted")
    assert not (project.root / "out/started").exists()


def test_a_program_that_is_not_there(project):
    report = scanner(project, SCAN)
    (project.root / "bin/scanner").unlink()
    refused(project, report, "not found")


@pytest.mark.parametrize("body, code", [
    ("cat out/trivy.json; exit 1\n", "tool failed"),
    ("kill -9 $$\n", "tool failed"),
    ("exit 0\n", "empty"),
    ("head -c 300 out/trivy.json\n", "malformed"),
])
def test_a_scanner_that_failed(project, body, code):
    refused(project, scanner(project, body), code)


def test_a_scanner_that_does_not_end(project):
    refused(project, scanner(project, "cat out/trivy.json\nsleep 60 &\nsleep 60\n", timeout="1s"), "timed out")


def test_a_scanner_that_writes_too_much(project):
    report = json.loads(scanner(project, "yes\n")[6:])
    report["max_size"] = "1M"
    refused(project, "    - " + json.dumps(report), "too large")


def test_the_policy_of_a_change_starts_nothing(project):
    project.git("init", "-q", "-b", "main")
    project.git("config", "user.name", "a")
    project.git("config", "user.email", "a@example.org")
    project.write("gate.yaml", POLICY.format(reports="", rules=KNOWN))
    project.commit("Begin", sign=False)
    report = scanner(project, "touch out/started\ncat out/trivy.json\n")
    event = project.write_json("../event.json", {})
    refused(project, report, "untrusted",
            env={"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_EVENT_PATH": str(event),
                 "GITHUB_SHA": project.git("rev-parse", "HEAD").decode().strip()})
    project.commit("Start a program", sign=False)
    _, out, _ = project.run("--output", "statement:-", "--base", "HEAD~1", "--policy-from", "worktree")
    assert "untrusted" in out
    project.run("--base", "HEAD~1")
    assert not (project.root / "out/started").exists()
    project.run("--base", "HEAD")  # now the base asks for it
    assert (project.root / "out/started").exists()


# --- the baseline ------------------------------------------------------------------------------------------------------

def test_a_baseline_lets_what_is_known_stand(project):
    status, _, err = project.run("--output", "baseline:known.json")
    assert status == 1, err
    status, rules, predicate = judged(project, "--baseline", "known.json")
    assert status == 0, predicate
    (finding,) = rules["sca/known-vulnerability"]["against"]  # reported, and known
    assert "waiver" in finding
    assert "baseline known.json: 1 findings were known before" in predicate["loosenings"]

    trivy = json.loads((project.root / "out/trivy.json").read_text())
    new = dict(trivy["Results"][0]["Vulnerabilities"][0], VulnerabilityID="CVE-2026-0008")
    trivy["Results"][0]["Vulnerabilities"].append(new)
    project.write_json("out/trivy.json", trivy)
    status, rules, _ = judged(project, "--baseline", "known.json")
    assert status == 1
    assert ["waiver" in f for f in rules["sca/known-vulnerability"]["against"]] == [True, False]


def test_a_baseline_holds_no_place_and_shrinks(project):
    project.run("--output", "baseline:known.json")
    before = (project.root / "known.json").read_bytes()
    trivy = json.loads((project.root / "out/trivy.json").read_text())
    trivy["Results"].insert(0, {"Target": "other", "Class": "lang-pkgs", "Type": "conan"})  # every pointer moves
    project.write_json("out/trivy.json", trivy)
    project.run("--baseline", "known.json", "--output", "baseline:again.json")
    assert (project.root / "again.json").read_bytes() == before
    for name in ("trivy", "grype"):
        report = json.loads((project.root / f"out/{name}.json").read_text())
        (report["Results"][1].pop("Vulnerabilities") if name == "trivy" else report["matches"].clear())
        project.write_json(f"out/{name}.json", report)
    _, _, predicate = judged(project, "--baseline", "known.json")
    assert [(w["state"], w["why"]) for w in predicate["waivers"]] == [
        ("unused", "1 entries are found no more: write the baseline anew")]


@pytest.mark.parametrize("broken", [None, "", "{}", '{"gateBaseline": 2, "fingerprints": "gate/v1", "policy": "sca", "rules": {}}',
                                    '{"gateBaseline": 1, "fingerprints": "gate/v1", "policy": "other", "rules": {}}',
                                    '{"gateBaseline": 1, "fingerprints": "gate/v1", "policy": "sca", "rules": []}'])
def test_a_baseline_that_is_none_is_undecided(project, broken):
    if broken is not None:
        project.write("known.json", broken)
    status, out, err = project.run("--baseline", "known.json")
    assert status == 3 and "known.json" in err, (out, err)


# --- SBOMs -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("profile", ["ntia-2021", "cisa-2026", "bsi-tr-03183-2", "meti-2024"])
def test_every_profile_names_what_is_missing_and_where(project, profile):
    project.write_json("out/bom.json", green.BOM)
    status, rules, _ = judged(project, rules="  sca/incomplete-sbom: {level: fail, profiles: [%s]}" % profile,
                              reports="    - {format: cyclonedx, path: out/bom.json}")
    rule = rules["sca/incomplete-sbom"]
    assert status == 1 and rule["outcome"] == "fail"
    assert not rule["toReview"], rule["toReview"]  # every field of the profile is known
    supplier = [f["message"] for f in rule["against"] if f["subject"]["field"] == "component.supplier"]
    assert any("out/bom.json/components/0" in message for message in supplier), supplier


def test_what_an_sbom_lists_is_looked_at(project):
    uncovered = "  sca/uncovered-component: {level: fail}\n"
    project.write_json("out/bom.json", green.BOM)
    report = "    - {format: cyclonedx, path: out/bom.json}"
    status, rules, _ = judged(project, rules=uncovered, reports=report)
    rule = rules["sca/uncovered-component"]
    assert (status, rule["outcome"], rule["examined"]) == (0, "pass", 1), rule  # the product itself is no part of it
    bom = copy.deepcopy(green.BOM)
    bom["components"].append({"type": "library", "name": "new", "version": "1", "purl": "pkg:conan/new@1"})
    project.write_json("out/bom.json", bom)
    grype = json.loads((project.root / "out/grype.json").read_text())
    status, rules, _ = judged(project, rules=uncovered, reports=report)
    assert rules["sca/uncovered-component"]["outcome"] != "pass", grype


# --- SSVC --------------------------------------------------------------------------------------------------------------

BY_TABLE = """\
  sca/known-vulnerability:
    level: fail
    ssvc: [%s]
    ssvc_points: [%s]
    ssvc_tolerate: [%s]
    ssvc_review: [%s]
"""
CATALOGUE = {"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2026.09.20",
             "dateReleased": "2026-09-20T10:00:00.0000Z", "count": 1}


def by_table(project, tables, points="", tolerate="", review="", exploited="CVE-2020-0001", date="2026-09-19"):
    """One flaw, and CISA's list with one entry; the run is on 2026-09-21."""
    entry = {"cveID": exploited, "vendorProject": "v", "product": "p", "vulnerabilityName": "n", "dateAdded": date,
             "shortDescription": "d", "requiredAction": "a", "dueDate": "2026-10-10",
             "knownRansomwareCampaignUse": "Unknown", "notes": "", "cwes": []}
    project.write_json("out/kev.json", {**CATALOGUE, "vulnerabilities": [entry]})
    rules = BY_TABLE % (tables, points, tolerate, review)
    if exploited == "CVE-2026-0007":
        rules += "    grace_from: listed\n"
    status, rules, _ = judged(project, rules=rules, reports="    - {format: kev, path: out/kev.json}")
    rule = rules["sca/known-vulnerability"]
    found = [finding["message"] for key in ("against", "toReview", "inFavour") for finding in rule.get(key, [])]
    return status, rule["outcome"], " | ".join(found)


EVERYWHERE = '{name: "**", values: "%s"}'


def test_the_table_decides_and_says_why(project):
    points = EVERYWHERE % "publicly-exposed no, technical-impact partial, automatable no"
    status, outcome, said = by_table(project, "cisa-bod-26-04", points, "fix on system upgrade")
    assert (status, outcome) == (0, "pass"), said
    # What passes is counted and not listed; the same case, not tolerated, tells it.
    status, outcome, said = by_table(project, "cisa-bod-26-04", points)
    assert (status, outcome) == (1, "fail")
    assert ("SSVC: fix on system upgrade (automatable no by the policy; in-kev no not on CISA's list; "
            "publicly-exposed no by the policy; technical-impact partial by the policy)") in said


def test_what_nobody_tells_has_its_worst_value(project):
    status, outcome, said = by_table(project, "cisa-bod-26-04", "", "fix on system upgrade")
    assert (status, outcome) == (1, "fail")
    assert "SSVC: 3 days or 14 days or 60 days or fix on system upgrade (automatable unknown" in said


@pytest.mark.parametrize("date, expected", [("2026-09-10", 0), ("2026-08-01", 1)])
def test_the_days_of_an_outcome_begin_with_the_listing(project, date, expected):
    points = EVERYWHERE % "publicly-exposed no, technical-impact partial, automatable no"
    status, _, said = by_table(project, "cisa-bod-26-04", points, exploited="CVE-2026-0007", date=date)
    assert status == expected, said


def test_points_by_package(project):
    mild = EVERYWHERE % "mission-and-well-being low, automatable no, technical-impact partial"
    scoped = mild + ', {name: "pkg:conan/**", values: "mission-and-well-being high"}'
    assert by_table(project, "cisa-coordinator", mild, "track")[:2] == (0, "pass")
    other = mild + ', {name: "pkg:npm/**", values: "mission-and-well-being high"}'
    assert by_table(project, "cisa-coordinator", other, "track")[:2] == (0, "pass")
    assert by_table(project, "cisa-coordinator", scoped, "track")[:2] == (1, "fail")  # track*, with a public exploit
    status, outcome, said = by_table(project, "cisa-coordinator", scoped, "track", '"track*"')
    assert (status, outcome) == (3, "needs_review") and "exploitation none or public poc not on CISA's list" in said


def test_one_table_gives_a_point_to_another(project):
    points = EVERYWHERE % "system-exposure small, automatable no, safety-impact negligible, mission-impact degraded"
    status, outcome, said = by_table(project, "ssvc-deployer, ssvc-human-impact", points)
    assert (status, outcome) == (1, "fail") and "SSVC: defer (" in said and "human-impact low by its table" in said


@pytest.mark.parametrize("points, tolerate, complaint", [
    ('{name: "**", values: "publicly-exposed maybe"}', "", "do not have 'publicly-exposed maybe'"),
    ('{name: "**", values: "exposed yes"}', "", "do not have 'exposed yes'"),
    ('{name: "**", values: "exposed"}', "", "a point without a value"),
    ("", "track", "do not have the outcome 'track'")])
def test_a_policy_that_does_not_fit_its_table_passes_nobody(project, points, tolerate, complaint):
    status, outcome, said = by_table(project, "cisa-bod-26-04", points, tolerate)
    assert (status, outcome) == (3, "needs_review") and complaint in said, said


def test_two_tables_that_both_decide(project):
    status, outcome, said = by_table(project, "cisa-bod-26-04, cisa-coordinator")
    assert (status, outcome) == (3, "needs_review") and "not every row has the same points" in said


def test_an_unknown_table_is_a_bad_policy(project):
    project.write("gate.yaml", POLICY.format(reports="", rules=BY_TABLE % ("cisa-bod-26-05", "", "", "")))
    status, out, err = project.run()
    assert status == 2 and "cisa-bod-26-05" in err and "cisa-bod-26-04" in err, (out, err)


# --- scores ------------------------------------------------------------------------------------------------------------

def scored(project, rating):
    """The flaw as both scanners tell it; Trivy's rating of it by NVD is `rating`, and all words say low."""
    trivy = json.loads((project.root / "out/trivy.json").read_text())
    grype = json.loads((project.root / "out/grype.json").read_text())
    trivy["Results"][0]["Vulnerabilities"][0].update(Severity="LOW", CVSS={"nvd": rating})
    grype["matches"][0]["vulnerability"]["severity"] = "Low"
    project.write_json("out/trivy.json", trivy)
    project.write_json("out/grype.json", grype)
    status, rules, _ = judged(project)
    return status, rules["sca/known-vulnerability"]


BASE_4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"


@pytest.mark.parametrize("rating", [
    {"V40Vector": BASE_4, "V40Score": 9.3},
    {"V40Vector": BASE_4 + "/E:U", "V40Score": 8.1},  # the base score counts
    {"V40Vector": BASE_4, "V40Score": 1.0},           # whatever the report makes of it
    {"V40Vector": BASE_4}])
def test_a_vector_of_cvss_4_is_scored(project, rating):
    status, rule = scored(project, rating)
    assert status == 1 and rule["against"][0]["severity"] == "critical", rule


def test_a_score_against_its_vector_is_told(project):
    _, rule = scored(project, {"V40Vector": BASE_4, "V40Score": 1.0})
    assert "nvd claims 1.0 against its vector" in rule["against"][0]["message"]
    _, rule = scored(project, {"V40Vector": BASE_4 + "/E:U", "V40Score": 8.1})
    assert "claims" not in rule["against"][0]["message"]
    _, rule = scored(project, {"V40Vector": "CVSS:4.0/AV:N", "V40Score": 9.8})
    assert "nvd claims 9.8 beside a vector that is none" in rule["against"][0]["message"]


@pytest.mark.parametrize("vector", [
    "CVSS:4.0/AV:N", BASE_4 + "/AV:N", BASE_4.replace("AV:N/AC:L", "AC:L/AV:N"), BASE_4 + "/XX:N", "CVSS:5.0/AV:N"])
def test_a_vector_that_is_none_is_no_low_score(project, vector):
    status, rule = scored(project, {"V40Vector": vector})
    assert (status, rule["outcome"]) == (3, "not_checked"), rule
