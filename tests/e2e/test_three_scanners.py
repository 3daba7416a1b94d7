"""The same image in the SARIF of three scanners, and OpenVEX statements about it, through the real binary.

One list; a statement takes effect where image, flaw, part and author are right; each twin is wrong in one of them.
"""

import copy
import json
import os
import pathlib
import shutil

import pytest

import green

SHARED = pathlib.Path(os.environ.get("GATE_TEST_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
DATA = SHARED / "openvex/examples/sarif"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no test data at {SHARED}")

SCANNERS = ("grype", "snyk", "trivy")
IMAGE = "sha256:13d22ec63300e16014d4a42aed735207a8b33c223cff19627dd3042e5a10a3a0"
AUTHOR = "The OpenVEX Project"
FLAW, OTHER_FLAW = "CVE-2023-27103", "CVE-2007-5686"
POLICY = """\
gate: 1
name: image
inputs:
  reports:
{reports}
trust:
  vex_authors: {authors}
rules:
  sca/known-vulnerability: {{level: fail, max_severity: none{more}}}
"""


@pytest.fixture
def project(tmp_path):
    made = green.Project(tmp_path)
    (tmp_path / "out").mkdir()
    for name in SCANNERS:
        shutil.copy(DATA / f"nginx-{name}.sarif.json", tmp_path / "out")
        os.chmod(tmp_path / f"out/nginx-{name}.sarif.json", 0o644)
    return made


def judged(project, *documents, authors=(AUTHOR,), more=""):
    """What the rule says of the three reports and these VEX documents; and what the run complains of."""
    reports = [f"    - {{format: sarif, path: out/nginx-{name}.sarif.json}}" for name in SCANNERS]
    for number, document in enumerate(documents):
        project.write_json(f"out/{number}.openvex.json", document)
        reports.append(f"    - {{format: openvex, path: out/{number}.openvex.json}}")
    project.write("gate.yaml", POLICY.format(reports="\n".join(reports), authors=json.dumps(list(authors)), more=more))
    _, out, err = project.run("--output", "statement:-")
    assert out.startswith("{"), err
    predicate = json.JSONDecoder().raw_decode(out)[0]["predicate"]
    return predicate["rules"][0], [p["what"] for p in predicate["problems"]]


def sample(name):
    return json.loads((DATA / f"sample-{name}.openvex.json").read_text())


def about(findings, flaw):
    return [f for f in findings if f["subject"].get("vulnerability") == flaw]


def names(findings):
    return {(f["subject"]["vulnerability"], f["subject"]["package"]) for f in findings}


def test_three_lists_are_one(project):
    rule, problems = judged(project)
    found = rule["against"]
    assert not problems and len(names(found)) == len(found) == 100  # 99 of Trivy and Grype, one that Snyk alone names
    told = [f["message"].split("told by ")[1].split(";")[0] for f in found]
    assert sum(who == "Grype, Snyk Container, Trivy" for who in told) == 64
    (flaw,) = about(found, FLAW)
    assert "SNYK-DEBIAN12-LIBDE265-3361563" in flaw["message"]


@pytest.mark.parametrize("name, cleared", [("1statement", {FLAW}), ("2vulns", {FLAW, OTHER_FLAW}), ("history", {FLAW})])
def test_a_statement_clears_its_flaw_and_nothing_else(project, name, cleared):
    before = names(judged(project)[0]["against"])
    rule, problems = judged(project, sample(name))
    assert not problems
    gone = before - names(rule["against"])
    assert {flaw for flaw, _ in gone} == cleared
    assert gone == {(flaw, package) for flaw, package in before if flaw in cleared}
    told = [f["message"] for f in rule["inFavour"] if (f["subject"]["vulnerability"], f["subject"]["package"]) in gone]
    assert len(told) == len(gone) and all(f"VEX: {AUTHOR} says " in message for message in told)


def changed(**changes):
    """The first sample with another statement; None takes a member away."""
    document = sample("1statement")
    for key, value in changes.items():
        target = document if key in ("author", "timestamp") else document["statements"][0]
        if value is None:
            del target[key]
        else:
            target[key] = value
    return document


def product(version, *parts):
    purl = f"pkg:oci/nginx@{version.replace(':', '%3A')}"
    return [{"@id": purl, **({"subcomponents": [{"@id": part} for part in parts]} if parts else {})}]


ANOTHER = "sha256:" + "0" * 64
# What is wrong with the statement, whether it then matches nothing, and what the report says.
TWINS = {
    "another product": (dict(products=product(ANOTHER)), True, "no report tells of that"),
    "a product of another name and no version": (dict(products=[{"@id": "pkg:oci/httpd"}]), True, "its product has no version"),
    "another part": (dict(products=product(IMAGE, "tar@1.34+dfsg-1.2")), True, "no report tells of that"),
    "another version of the part": (dict(products=product(IMAGE, "libde265-0@1.0.0")), True, "no report tells of that"),
    "another flaw": (dict(vulnerability={"name": "CVE-2000-0001"}), True, "no report tells of that"),
    "no justification": (dict(justification=None), False, "without a justification"),
    "still looking": (dict(status="under_investigation", justification=None), False, ""),
    "affected": (dict(status="affected", justification=None), False, ""),
}


@pytest.mark.parametrize("twin", TWINS)
def test_a_statement_that_is_wrong_clears_nothing(project, twin):
    changes, matches_nothing, words = TWINS[twin]
    document = changed(**changes)
    before = names(judged(project)[0]["against"])
    rule, _ = judged(project, document)
    assert names(rule["against"]) == before
    (flaw,) = about(rule["against"], FLAW)
    unused = [f for f in rule["inFavour"] if "matches nothing" in f["message"]]
    assert bool(unused) == matches_nothing
    assert words in (unused[0] if matches_nothing else flaw)["message"]


def test_the_right_part_clears(project):
    rule, _ = judged(project, changed(products=product(IMAGE, "libde265-0@1.0.11-1")))
    assert not about(rule["against"], FLAW)


def test_another_author_clears_nothing(project):
    rule, problems = judged(project, sample("1statement"), authors=["Somebody Else"])
    assert about(rule["against"], FLAW)
    assert any(f"'{AUTHOR}' do not count" in problem for problem in problems)


def test_two_authors_who_contradict_are_a_review(project):
    denial = changed(author="Maintainer", status="affected", justification=None)
    rule, _ = judged(project, sample("1statement"), denial, authors=[AUTHOR, "Maintainer"])
    (flaw,) = about(rule["toReview"], FLAW)
    assert "not_affected" in flaw["message"] and "Maintainer says affected" in flaw["message"]
    assert not about(rule["against"], FLAW) and not about(rule["inFavour"], FLAW)


def test_one_author_who_contradicts_at_one_time_is_a_review(project):
    document = sample("1statement")
    document["statements"].append(dict(copy.deepcopy(document["statements"][0]), status="affected"))
    del document["statements"][1]["justification"]
    rule, _ = judged(project, document)
    assert about(rule["toReview"], FLAW) and not about(rule["inFavour"], FLAW)


def test_the_newer_statement_of_one_author_counts(project):
    newer = changed(status="affected", justification=None, timestamp="2023-09-01T00:00:00Z")
    rule, _ = judged(project, sample("1statement"), newer)
    assert about(rule["against"], FLAW)


def test_what_matched_nothing_may_ask_for_a_person(project):
    rule, _ = judged(project, changed(**TWINS["another flaw"][0]), more=", unused_vex: review")
    (line,) = about(rule["toReview"], "CVE-2000-0001")
    assert "matches nothing" in line["message"]


@pytest.mark.parametrize("name", SCANNERS)
def test_a_report_about_another_image_is_not_covered(project, name):
    path = project.root / f"out/nginx-{name}.sarif.json"
    text = path.read_text()
    for mark in (":", "_"):
        text = text.replace(IMAGE.replace(":", mark), ANOTHER.replace(":", mark))
    path.write_text(text)
    rule, _ = judged(project, sample("1statement"))
    (flaw,) = about(rule["against"], FLAW)
    assert "which does not cover every report of it" in flaw["message"]
