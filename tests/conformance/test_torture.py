"""Every construct of the torture corpus through the real binary: all uses found, none false, each at its place."""
import json
import os
import subprocess

import pytest

import torture_corpus as corpus

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")

# What gate does not do yet, and why. A file that begins to hold has to leave this table.
KNOWN_GAPS = {}
KNOWN_GAPS_OF_ENGINES = {}  # the engines differ, which they never may
# The error is one of parsing, which the cascade had no need of: a call there, where the full engine says that it cannot tell.
TOLD_BY_TOKENS = {"broken/unknown_macro.c"}

PROJECT = corpus.CORPUS / "project"
FILES = sorted(str(path.relative_to(PROJECT)) for path in PROJECT.rglob("*.*") if path.parent.name != "broken")
BROKEN = [str(path) for path in corpus.sources(["broken"])]


def engines():
    shown = subprocess.run([GATE, "run", "--help"], capture_output=True, text=True, timeout=60).stdout if GATE else ""
    return ["cascade", "full"] if "--engine" in shown else ["cascade"]


def judge(project, engine):
    """(exit status, SARIF report). The cascade is the engine that nobody has to ask for."""
    options = [] if engine == "cascade" else [f"--engine={engine}"]
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

    def results(self, left_out):
        """The findings with their texts, but for those of some files."""
        def file(result):
            return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        return [result for result in self.report["runs"][0]["results"] if result["kind"] != "open" and file(result) not in left_out]

    def mistakes(self, file):
        """What is wrong with the findings of a file, in words."""
        asked, allowed, bodies = corpus.expectations(PROJECT, file)
        missing, false = corpus.compare(asked, allowed, self.of(file))
        told = {body for body in self.bodies if body.file == file}
        return [f"missing {corpus.in_words(use)}" for use in missing] + [f"false   {corpus.in_words(use)}" for use in false] + \
            [f"missing body {body}" for body in sorted(set(bodies) - told)] + \
            [f"false   body {body}" for body in sorted(told - set(bodies))] + \
            [f"problem {text}" for text in problems(self.report) if text.startswith(file + ":")]


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """By engine, over the corpus and over its broken units."""
    whole, broken = (corpus.make_project(tmp_path_factory.mktemp("torture"), kinds) for kinds in (["c", "cpp"], ["broken"]))
    return {engine: (Run(whole, engine), Run(broken, engine)) for engine in engines()}


def check(mistakes, engine, file):
    reason = KNOWN_GAPS.get(file) or KNOWN_GAPS_OF_ENGINES.get((engine, file))
    if reason:
        assert mistakes, f"{file} holds now: remove it from the known gaps"
        pytest.xfail(reason)
    assert not mistakes, "\n" + "\n".join(mistakes)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("engine", engines())
def test_construct(runs, engine, file):
    check(runs[engine][0].mistakes(file), engine, file)


@pytest.mark.parametrize("file", BROKEN)
@pytest.mark.parametrize("engine", engines())
def test_broken_unit_convicts_and_never_acquits(runs, engine, file):
    run = runs[engine][1]
    mistakes = [mistake for mistake in run.mistakes(file) if not mistake.startswith("problem")]
    if not any(file in text for text in problems(run.report)) and not corpus.tokens_may_do(PROJECT / file):
        mistakes.append("the unit is not named as incomplete")
    check(mistakes, engine, file)


@pytest.mark.parametrize("engine", engines())
def test_whole_run(runs, engine):
    whole, broken = runs[engine]
    assert whole.status == 1 and broken.status == 1
    asked = [use for file in FILES for use in corpus.expectations(PROJECT, file)[0]]
    assert len(asked) > 500 and len(corpus.sources()) >= 150
    assert {use.file for use in whole.uses} <= set(FILES), "a use outside the corpus"


def test_engines_agree(runs):
    """The same uses, each said in the same words. The full engine alone sees the errors of units that need no parsing."""
    differ = TOLD_BY_TOKENS | {file for _, file in KNOWN_GAPS_OF_ENGINES}
    for cascade, full in zip(runs["cascade"], runs["full"]):
        assert cascade.results(differ) == full.results(differ)
        assert set(problems(cascade.report)) <= set(problems(full.report))


@pytest.mark.parametrize("change", [
    {"line": 9}, {"column": 9}, {"name": "strcat"}, {"kind": "address"}, {"macro": "COPY"}, {"units": 2}, {"file": "b.c"}])
def test_comparison_sees_every_difference(change):
    use = corpus.Use("a.c", 1, 2, "strcpy", "call", "", 1)
    other = use._replace(**change)
    assert corpus.compare([use], [], [use]) == ([], [])
    assert corpus.compare([use], [], [other]) == ([use], [other])
    assert corpus.compare([use, use], [], [use]) == ([use], [])
    assert corpus.compare([use], [other], [other, use]) == ([], [])


def test_known_gaps_are_files():
    assert set(KNOWN_GAPS) | {file for _, file in KNOWN_GAPS_OF_ENGINES} <= set(FILES) | set(BROKEN)
