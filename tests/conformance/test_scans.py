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
           "spdx": "spdx", "openvex": "openvex"}

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
}


def reports():
    for folder, format_name in FORMATS.items():
        for path in sorted((DATA / "scans" / folder).glob("*")):
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
    print(f"{len(found)} reports, {failed} taken wrongly")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
