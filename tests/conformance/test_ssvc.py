"""The embedded decision tables against the ones that CERT/CC and CISA publish, row by row."""
import csv
import os
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", ROOT / "../shared/data")).resolve() / "ssvc"
TABLES = {
    "cisa-bod-26-04": "cisa/cisa_bod_26_04_1_0_0.csv",
    "cisa-coordinator": "cisa/cisa_coordinator_2_0_3.csv",
    "ssvc-deployer": "ssvc/deployer_patch_application_priority_1_0_0.csv",
    "ssvc-supplier": "ssvc/supplier_patch_development_priority_1_0_0.csv",
    "ssvc-human-impact": "ssvc/human_impact_1_0_0.csv",
    "ssvc-utility": "ssvc/utility_1_0_0.csv",
    "ssvc-public-safety-impact": "ssvc/public_safety_impact_1_0_0.csv",
}
ENTRY = re.compile(r'  - \{name: "([^"]+)", outcome: "([^"]+)"(?:, rank: (\d+))?(?:, days: (\d+))?(?:, gives: (\S+))?\}')
SHORT = {"mission-and-well-being-impact": "mission-and-well-being"}
# From the mildest on, where they are no order of their own.
ORDERS = [["fix on system upgrade", "60 days", "14 days", "3 days", "3 days & forensic investigation"],
          ["track", "track*", "attend", "act"], ["defer", "scheduled", "out-of-cycle", "immediate"]]


def point(heading):
    """"Technical Impact v1.0.0" -> "technical-impact"."""
    name = re.sub(r" v\d.*| \(.*", "", heading).lower().replace(" ", "-")
    return SHORT.get(name, name)


def entries(name):
    lines = (ROOT / f"policies/ssvc/{name}.yaml").read_text().split("entries:\n")[1].splitlines()
    return [ENTRY.fullmatch(line).groups() for line in lines]


def test_every_table_is_known():
    assert {path.stem for path in (ROOT / "policies/ssvc").glob("*.yaml")} == set(TABLES)


@pytest.mark.skipif(not DATA.is_dir(), reason="no test data (GATE_TEST_DATA)")
@pytest.mark.parametrize("name, path", TABLES.items())
def test_table(name, path):
    header, *rows = csv.reader((DATA / path).open())
    points = [point(heading) for heading in header[1:-1]]
    published = {", ".join(f"{p} {v}" for p, v in zip(points, row[1:-1])): row[-1] for row in rows}
    assert {conditions: outcome for conditions, outcome, *_ in entries(name)} == published
    assert len(entries(name)) == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_rank_days_and_what_is_given(name):
    for _, outcome, rank, days, gives in entries(name):
        if gives:
            assert name == f"ssvc-{gives}" and rank is None and days is None
            continue
        order = next(order for order in ORDERS if outcome in order)
        assert int(rank) == order.index(outcome)
        number = re.match(r"(\d+) days", outcome)
        assert days == (number.group(1) if number else None)
