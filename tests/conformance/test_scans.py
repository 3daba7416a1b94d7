"""Every real report of the test data through `gate inspect`: facts or a named problem, never a silent nothing.

With pytest as a suite, or alone, where it prints a table: GATE=build/ci/gate python3 tests/conformance/test_scans.py
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", ROOT / "../shared/data")).resolve()
GATE = os.environ.get("GATE", str(ROOT / "build/ci/gate"))
FORMATS = {"trivy": "trivy", "anchore_grype": "grype", "osv_scanner": "osv-scanner", "cyclonedx": "cyclonedx",
           "spdx": "spdx", "openvex": "openvex", "npm_audit": "npm-audit-6", "npm_audit_7_plus": "npm-audit",
           "pnpm_audit": "pnpm-audit", "yarn_audit": "yarn-audit", "pip_audit": "pip-audit", "cargo_audit": "cargo-audit",
           "govulncheck": "govulncheck", "gitlab_dep_scan": "gitlab-dependency-scanning", "snyk": "snyk",
           "github_vulnerability": "dependabot", "sarif": "sarif", "dependency_check": "dependency-check"}
# Real files elsewhere in the data.
ELSEWHERE = {"kev": "kev/*.json", "csaf": "openvex/examples/csaf/csaf.json", "openvex": "openvex/examples/*/*vex.json",
             "sarif": "openvex/examples/sarif/*.sarif.json"}

# What each adapter reads; its next-version samples are refused by the unit tests.
VERSIONS = {
    "cargo-audit": "without a version", "csaf": "2.0: VEX, security advisory", "cve-record": "5.0 to 5.2, with CISA's container",
    "cyclonedx": "1.2 to 1.7, JSON and XML",
    "dependabot": "REST and GraphQL", "dependency-check": "JSON 1, XML 2 to 4", "endoflife": "API 1, and the list before it",
    "epss": "with its first line, of model and date", "gitlab-dependency-scanning": "schemas 3, 14, 15", "govulncheck": "protocol 1",
    "grype": "Grype 0.x", "kev": "without a version", "npm-audit": "2 (npm 7 and later)", "npm-audit-6": "npm 6",
    "openvex": "0.0.1, 0.2.0", "osv-scanner": "1, 2", "pip-audit": "1 (a list), 2", "pnpm-audit": "without a version", "sarif": "2.1.0",
    "snyk": "without a version: one project or several", "spdx": "2.2, 2.3 (JSON, tag-value), 3.0.1", "trivy": "SchemaVersion 2", "yarn-audit": "yarn 1, JSON lines",
}

# Files that are of another format than their folder.
OTHER_FORMAT = {
    "npm_audit/many_vuln_npm7.json": "npm-audit",
    "govulncheck/issue_15033_sarif.json": "sarif",
    "yarn_audit/issue_6495_multi_cwe_fabricated.json": "npm-audit-6",
}

# What the report is, where it cannot be read in full; every other file must be read without a problem.
PROBLEMS = {
    "trivy/issue_10991.json": "unsupported version",          # of a cluster
    "trivy/kubernetes.json": "unsupported version",
    "trivy/kubernetes_fabricated_internal_duplicates_subset.json": "unsupported version",
    "trivy/legacy_many_vulns.json": "unsupported version",    # the list form
    "trivy/legacy_trivy_mix.json": "unsupported version",
    "anchore_grype/anchore_grype_epss_problem.json": "not found",  # cut down to its matches
    "osv_scanner/no_findings.json": "empty",                  # no byte in it
    "cyclonedx/issue_9277.json": "incomplete",                # one finding names a component that is not listed
    "cyclonedx/dd_1_15_0.xml": "unsupported version",         # findings in an extension of 1.1 to 1.3
    "cyclonedx/grype_dd_1_14_1.xml": "unsupported version",
    "cyclonedx/spec1_lowfirst.xml": "unsupported version",
    "cyclonedx/retirejs.latest.xml": "unsupported version",   # 1.0
    "spdx/spdx_3_unsupported.json": "unsupported version",    # 3.0.0
    "spdx/spdx_no_vuln.json": "incomplete",                   # it does not say what it is about
    "spdx/spdx_one_vuln.spdx": "incomplete",
    "openvex/openvex_many_vuln.json": "malformed",            # one statement is not of this version
    "openvex/openvex_not_a_document.json": "malformed",
    "yarn_audit/empty_with_error.json": "tool failed",        # the registry did not answer
    "yarn_audit/yarn_audit_multiple_cwes2.json": "incomplete",  # counts other findings than it lists
    "yarn_audit/yarn_audit_zero_vul.json": "empty",           # no lock file: nothing was looked at
    "pip_audit/empty.json": "empty",
    "pip_audit/many_vulns.json": "incomplete",                # skipped packages
    "pip_audit/zero_vulns.json": "incomplete",
    "govulncheck/no_vulns.json": "unsupported version",       # before 1.0
    "gitlab_dep_scan/gl-dependency-scanning-report-2-vuln-missing-component_v14.json": "not found",
    "gitlab_dep_scan/gl-dependency-scanning-report-multiple-cwe-fabricated_v15.json": "empty",  # no dependencies listed
    "github_vulnerability/issue_9582.json": "unsupported version",  # of code scanning
    "sarif/appendix_k4.sarif": "unsupported version",         # members that the standard's schema does not have
    "dependency_check/dc_empty.xml": "empty",
    "dependency_check/single_dependency_with_related_no_vulnerability.xml": "unsupported version",  # schema 1.3
}


def reports():
    for folder, format_name in FORMATS.items():
        for path in sorted((DATA / "scans" / folder).glob("*")):
            yield OTHER_FORMAT.get(f"{folder}/{path.name}", format_name), path
    for format_name, glob in ELSEWHERE.items():
        for path in sorted(DATA.glob(glob)):
            yield format_name, path


def inspect(format_name, path):
    done = subprocess.run([GATE, "inspect", format_name, str(path)], capture_output=True, timeout=60, check=False)
    seen = json.loads(done.stdout) if done.stdout else {}
    counts = {kind: len(facts) for kind, facts in seen.get("facts", {}).items()}
    return done.returncode, counts, seen.get("problems", []), seen.get("coverage", {})


def complaint(name, status, counts, problems, coverage):
    """What is wrong with how gate took a report; nothing where it took it well."""
    if status not in (0, 3):
        return f"exit {status}"
    if (status == 0) != (not problems):
        return f"exit {status} with {len(problems)} problems"
    if status == 0 and (not sum(counts.values()) or set(coverage.values()) != {"complete"}):
        return "exit 0, and nothing was seen in full"
    expected = PROBLEMS.get(name)
    codes = {problem["code"] for problem in problems}
    if expected is None and problems:
        return "; ".join(sorted({problem["what"] for problem in problems})[:3])
    if expected is not None and expected not in codes:
        return f"'{expected}' was expected, not {sorted(codes)}"
    return ""


def pytest_generate_tests(metafunc):
    if "path" not in metafunc.fixturenames:
        return
    found = list(reports())
    metafunc.parametrize("format_name,path", found or [("none", None)], ids=[p.name for _, p in found] or ["no-data"])


def test_report(format_name, path):
    if path is None:
        import pytest

        pytest.skip(f"no test data at {DATA} (GATE_TEST_DATA)")
    assert not complaint(f"{path.parent.name}/{path.name}", *inspect(format_name, path))


def skip():
    import pytest

    pytest.skip(f"no test data at {DATA} (GATE_TEST_DATA)")


def table():
    """Markdown: what became of the reports, by format."""
    rows = {name: [0, 0, 0, 0, 0] for name in VERSIONS}
    for format_name, path in reports():
        status, counts, _, coverage = inspect(format_name, path)
        row = rows[format_name]
        seen = any(level != "absent" for level in coverage.values())
        row[0] += 1
        row[1 if status == 0 else 2 if seen else 3] += 1
        row[4] += counts.get("vulnerabilities", 0)
    lines = ["| format | versions | reports | read in full | read, with problems named | refused by name | vulnerabilities |",
             "|---|---|---|---|---|---|---|"]
    lines += [f"| `{name}` | {VERSIONS[name]} | " + " | ".join(f"{number:,}" for number in row) + " |" for name, row in sorted(rows.items())]
    lines.append("| all | | " + " | ".join(f"{sum(row[i] for row in rows.values()):,}" for i in range(5)) + " |")
    return "\n".join(lines)


def test_the_table_has_each_adapter():
    text = (ROOT / "adapters/adapters.def").read_text()
    names = {line.split("(")[1].split(",")[0].replace("_", "-") for line in text.splitlines() if line.startswith("GATE_FORMAT(")}
    assert names == set(VERSIONS)


def test_table_in_the_readme():
    if not list(reports()):
        skip()
    assert table() in (ROOT / "README.md").read_text()


def flaws(path):
    done = subprocess.run([GATE, "inspect", "sarif", str(path)], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)["facts"]["vulnerabilities"]
    return {(name, fact["package"]) for fact in facts for name in [fact["id"], *fact["aliases"]] if name.startswith("CVE-")}


def test_three_scanners_name_the_same_flaws():
    """SARIF of the same image by three scanners: the same ids and packages, so that they can be merged."""
    folder = DATA / "openvex/examples/sarif"
    if not folder.is_dir():
        skip()
    trivy, grype, snyk = (flaws(folder / f"nginx-{tool}.sarif.json") for tool in ("trivy", "grype", "snyk"))
    assert len(trivy) == 99 and trivy == grype
    assert len(snyk) == 65 and len(snyk & trivy) == 64  # it names one package of several, and one older id


def main():
    found = list(reports())
    if not found:
        print(f"no test data at {DATA} (GATE_TEST_DATA)")
        return 0
    failed = 0
    for format_name, path in found:
        name = f"{path.parent.name}/{path.name}"
        status, counts, problems, coverage = inspect(format_name, path)
        wrong = complaint(name, status, counts, problems, coverage)
        failed += bool(wrong)
        facts = " ".join(f"{kind}={count}" for kind, count in sorted(counts.items())) or "-"
        first = f"{problems[0]['code']}: {problems[0]['what']}"[:90] if problems else ""
        print(f"{name:64} {status} {facts:58} {len(problems):3} {first}{'  <-- ' + wrong if wrong else ''}")
    print(f"{len(found)} reports, {failed} taken wrongly\n\n{table()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
