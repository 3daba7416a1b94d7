"""The evidence goldens are valid SARIF and XML, and the checkers around them do catch what is wrong."""
import copy
import json
import pathlib
import sys
import xml.etree.ElementTree

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ssdf_ids  # noqa: E402
import validate_sarif  # noqa: E402

GOLDENS = pathlib.Path(__file__).resolve().parents[1] / "golden/evidence"
SARIF = sorted(GOLDENS.glob("*.sarif"))


@pytest.fixture(scope="module")
def schema():
    pytest.importorskip("jsonschema", reason="python3-jsonschema is absent")
    if not validate_sarif.SCHEMA.is_file():
        pytest.skip(f"{validate_sarif.SCHEMA} is absent")
    return json.loads(validate_sarif.SCHEMA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SARIF, ids=lambda p: p.name)
def test_sarif_is_valid(path, schema):
    assert list(validate_sarif.complaints(json.loads(path.read_text(encoding="utf-8")), schema)) == []


def test_every_ending_has_a_golden():
    assert {p.stem for p in SARIF} == {"pass", "fail", "undecided", "waived", "allowed"}


@pytest.mark.parametrize("spoil", [
    lambda run: run["results"][0].update(kind="waived"),
    lambda run: run["results"][0].update(ruleIndex=1),
    lambda run: run["tool"]["driver"].pop("name"),
    lambda run: run["invocations"][0].pop("executionSuccessful"),
    lambda run: run["taxonomies"][0]["taxa"].pop(0),
], ids=["kind", "index", "name", "invocation", "taxon"])
def test_invalid_sarif_is_caught(spoil, schema):
    document = copy.deepcopy(json.loads((GOLDENS / "fail.sarif").read_text(encoding="utf-8")))
    spoil(document["runs"][0])
    assert list(validate_sarif.complaints(document, schema))


@pytest.mark.parametrize("path", sorted(GOLDENS.glob("*.xml")), ids=lambda p: p.name)
def test_junit_is_well_formed(path):
    root = xml.etree.ElementTree.parse(path).getroot()
    assert root.tag == "testsuites" and int(root.get("tests")) == len(root.findall("./testsuite/testcase"))


@pytest.fixture(scope="module")
def standard():
    if not ssdf_ids.THEIRS.is_file():
        pytest.skip(f"{ssdf_ids.THEIRS} is absent")
    return ssdf_ids.standard_ids(json.loads(ssdf_ids.THEIRS.read_text(encoding="utf-8")))


def test_ssdf_ids(standard):
    assert ssdf_ids.main() == 0


@pytest.mark.parametrize("old,new", [
    ("id: PW.5.1", "id: PW.5.2"), ("      - id: PW.4.2\n", "      - id: PW.4.1\n"), ("id: RV.3.4", "id: RV.3.5"),
    ("reach: none", "reach: partial"), ("id: PS.1.1", "id: PS.2.2"), ("    en: Train", "    fr: Train"),
])
def test_wrong_ssdf_ids_are_caught(standard, old, new):
    text = ssdf_ids.OURS.read_text(encoding="utf-8")
    assert old in text
    assert list(ssdf_ids.complaints(text.replace(old, new, 1), standard))
