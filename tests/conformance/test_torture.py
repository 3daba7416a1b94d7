"""Every construct of the torture corpus through the real binary: all uses found, none false, each at its place."""
import json
import os
import subprocess

import pytest

import torture_corpus as corpus

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")

# What gate does not do yet, and why. A file that begins to hold has to leave this table.
KNOWN_GAPS = {
}

PROJECT = corpus.CORPUS / "project"
FILES = sorted(str(path.relative_to(PROJECT)) for path in PROJECT.rglob("*.*") if path.parent.name != "broken")
BROKEN = [str(path) for path in corpus.sources(["broken"])]


def engines():
    shown = subprocess.run([GATE, "run", "--help"], capture_output=True, text=True, timeout=60).stdout if GATE else ""
    return ["default", "full"] if "--engine" in shown else ["default"]


def judge(project, engine="default"):
    """(exit status, SARIF report)"""
    options = [] if engine == "default" else [f"--engine={engine}"]
    done = subprocess.run([GATE, "run", "--quiet", "--policy", "policy.yaml", "--output", "sarif:out.sarif", *options],
                          cwd=project, capture_output=True, text=True, timeout=600, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
    assert done.returncode in (0, 1, 3), done.stderr
    return done.returncode, json.loads((project / "out.sarif").read_text())


def problems(report):
    return [note["message"]["text"] for note in report["runs"][0]["invocations"][0]["toolExecutionNotifications"]]


class Run:
    def __init__(self, project, engine):
        self.project = project
        self.status, self.report = judge(project, engine)
        self.uses, self.bodies = corpus.findings(self.report)

    def of(self, file):
        return [use for use in self.uses if use.file == file]

    def mistakes(self, file):
        """What is wrong with the findings of a file, in words."""
        asked, allowed, bodies = corpus.expectations(PROJECT, file)
        missing, false = corpus.compare(asked, allowed, self.of(file))
        told = {body for body in self.bodies if body.file == file}
        return [f"missing {corpus.in_words(use)}" for use in missing] + [f"false   {corpus.in_words(use)}" for use in false] + \
            [f"missing body {body}" for body in sorted(set(bodies) - told)] + \
            [f"false   body {body}" for body in sorted(told - set(bodies))] + \
            [f"problem {text}" for text in problems(self.report) if text.startswith(file + ":")]


@pytest.fixture(scope="module", params=engines())
def run(request, tmp_path_factory):
    return Run(corpus.make_project(tmp_path_factory.mktemp("torture")), request.param)


@pytest.fixture(scope="module", params=engines())
def broken(request, tmp_path_factory):
    return Run(corpus.make_project(tmp_path_factory.mktemp("broken"), ["broken"]), request.param)


def check(mistakes, file):
    if file in KNOWN_GAPS:
        assert mistakes, f"{file} holds now: remove it from KNOWN_GAPS"
        pytest.xfail(KNOWN_GAPS[file])
    assert not mistakes, "\n" + "\n".join(mistakes)


@pytest.mark.parametrize("file", FILES)
def test_construct(run, file):
    check(run.mistakes(file), file)


@pytest.mark.parametrize("file", BROKEN)
def test_broken_unit_convicts_and_never_acquits(broken, file):
    mistakes = [mistake for mistake in broken.mistakes(file) if not mistake.startswith("problem")]
    if not any(file in text for text in problems(broken.report)):
        mistakes.append("the unit is not named as incomplete")
    check(mistakes, file)


def test_whole_run(run, broken):
    assert run.status == 1 and broken.status == 1
    asked = [use for file in FILES for use in corpus.expectations(PROJECT, file)[0]]
    assert len(asked) > 500 and len(corpus.sources()) >= 150
    assert {use.file for use in run.uses} <= set(FILES), "a use outside the corpus"


def test_engines_agree(tmp_path_factory):
    if len(engines()) < 2:
        pytest.skip("gate has one engine")
    for kinds in (["c", "cpp"], ["broken"]):
        project = corpus.make_project(tmp_path_factory.mktemp("engines"), kinds)
        assert judge(project, "default") == judge(project, "full")


def test_known_gaps_are_files():
    assert set(KNOWN_GAPS) <= set(FILES) | set(BROKEN)
