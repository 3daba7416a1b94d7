"""The scores that real reports give beside their vectors, against gate's own of the same vectors."""
import json
import subprocess

import pytest

import test_scans

# Two CycloneDX documents of one product give the scores of 3.1 to the vectors of 2.0 as well.
WRONG = {("cyclonedx", f"CVE-2021-{number}") for number in (44228, 44832, 45046, 45105)}


def ratings():
    for folder, usual in test_scans.FORMATS.items():
        for path in sorted((test_scans.DATA / "scans" / folder).glob("*")):
            name = test_scans.OTHER_FORMAT.get(f"{folder}/{path.name}", usual)
            run = subprocess.run([test_scans.GATE, "inspect", name, path], capture_output=True, text=True, check=False)
            facts = json.loads(run.stdout)["facts"] if run.stdout.startswith("{") else {}
            for flaw in facts.get("vulnerabilities", []):
                for rating in flaw["ratings"]:
                    yield folder, flaw["id"], rating


@pytest.mark.skipif(not (test_scans.DATA / "scans").is_dir(), reason="no test data (GATE_TEST_DATA)")
def test_scores_of_real_reports():
    scored, differ = 0, set()
    for folder, flaw, rating in ratings():
        scored += bool(rating["vector"]) and rating["score"] >= 0
        if rating["method"].startswith("claimed"):
            differ.add((folder, flaw))
    print(f"{scored} vectors scored; against their reports: {sorted(differ)}")
    assert scored >= 2000
    assert differ == WRONG
