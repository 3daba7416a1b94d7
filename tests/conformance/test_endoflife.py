"""All products of endoflife.date, put into the shapes of its API, through `gate inspect`: each release with its end."""

import datetime
import json
import os
import pathlib
import subprocess

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", ROOT / "../shared/data")).resolve() / "eol/products"
GATE = os.environ.get("GATE", str(ROOT / "build/ci/gate"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no test data at {DATA} (GATE_TEST_DATA)")


def text(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def products():
    """By name, as their pages say."""
    return {path.stem: yaml.safe_load(path.read_text().split("---\n", 2)[1]) for path in sorted(DATA.glob("*.md"))}


def new_shape(name, page):
    releases = []
    for each in page["releases"]:
        end = each["eol"]
        releases.append({"name": str(each["releaseCycle"]), "label": str(each["releaseCycle"]), "releaseDate": text(each["releaseDate"]),
                         "isEol": end if isinstance(end, bool) else end < datetime.date(2026, 9, 1),
                         "eolFrom": None if isinstance(end, bool) else text(end), "isMaintained": True, "latest": None})
    identifiers = [{"type": key, "id": value} for one in page.get("identifiers", []) for key, value in one.items()]
    return {"name": name, "label": page["title"], "aliases": [], "category": page["category"], "tags": [], "versionCommand": None,
            "identifiers": identifiers, "labels": {}, "links": {}, "releases": releases}


def inspect(path):
    done = subprocess.run([GATE, "inspect", "endoflife", str(path)], capture_output=True, timeout=60, check=False)
    seen = json.loads(done.stdout)
    assert done.returncode == 0 and set(seen["coverage"].values()) == {"complete"}, seen["problems"][:3]
    return seen["facts"]["end_of_life"]


def ends(page):
    """What each cycle has to come to: the day, or whether it has ended."""
    return {(str(each["releaseCycle"]), "" if isinstance(each["eol"], bool) else text(each["eol"])) for each in page["releases"]}


def test_the_full_list(tmp_path):
    pages = products()
    document = {"schema_version": "1.2.0", "generated_at": "2026-09-01T00:00:00+00:00", "total": len(pages),
                "result": [new_shape(*each) for each in pages.items()]}
    path = tmp_path / "full.json"
    path.write_text(json.dumps(document))
    found = {}
    for fact in inspect(path):
        found.setdefault(fact["product"], set()).add((fact["cycle"], fact["end"]))
        assert f"pkg:generic/{fact['product']}" in fact["purls"]
    assert len(pages) == 464 and found == {name: ends(page) for name, page in pages.items()}


@pytest.mark.parametrize("name", ["openssl", "python", "ubuntu", "nodejs", "iphone"])
def test_one_product_in_the_old_shape(tmp_path, name):
    page = products()[name]
    cycles = [{("cycle" if key == "releaseCycle" else key): text(value) for key, value in each.items()} for each in page["releases"]]
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(cycles))
    facts = inspect(path)
    assert {(fact["cycle"], fact["end"]) for fact in facts} == ends(page)
    assert {fact["product"] for fact in facts} == {name}
