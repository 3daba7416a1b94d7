"""Hostile sources and compile databases through the real binary: each ends within its caps, writes nothing, runs nothing, and is
not a pass, but for what is legal and harmless.

Units with one expectation share a run, so that the exit status of the run is theirs. Runaways and whole databases have a run each.
The CPU time of a runaway is limited from outside, to keep the suite short; GATE_HOSTILE_SECONDS=0 leaves it to gate's own limits,
GATE_HOSTILE_ENGINE=full asks for another engine.
"""
import collections
import concurrent.futures
import json
import os
import re
import resource
import shutil
import subprocess

import pytest

import hostile_corpus as corpus

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")

# What gate does not do yet, and why. A case that begins to hold has to leave this table.
KNOWN_GAPS = {
    "unreachable_pragma.c": "the debug pragmas of Clang are obeyed, and this one has no defined effect",
}

KNOWN_GAPS_OF_TEXTS = {
    "database long file name": "a name of the compile database goes into the reports in full",
}

CASES = {case.name: case for case in corpus.cases()}
ENGINE = [f"--engine={os.environ['GATE_HOSTILE_ENGINE']}"] if "GATE_HOSTILE_ENGINE" in os.environ else []
RUNAWAY_SECONDS = int(os.environ.get("GATE_HOSTILE_SECONDS", "1"))
OUTER_TIMEOUT = 600
LARGEST_REPORT = 8 << 20
LARGEST_TEXT = 1 << 16
STATUS = {"refused": {1, 3}, "found": {1}, "named": {1}, "clean": {0}, "guarded": {1, 3}}
POLICY = """gate: 1
name: hostile
inputs: {compile_commands: compile_commands.json}
rules:
  code/banned-function: {level: fail, ban: [{name: strcpy}]}
"""
PROGRAMS = ["cc", "gcc", "g++", "c++", "clang", "clang++", "cpp", "as", "ld", "cc1", "sh", "env", "ccache"]


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    """A folder of programs and a library, each of which leaves a mark when it is run or loaded."""
    folder = tmp_path_factory.mktemp("made") / "evil"
    folder.mkdir()
    mark = folder.parent / "ran"
    (folder / "program.c").write_text(
        '#include <fcntl.h>\n__attribute__((constructor)) static void mark(void) { open(MARK, O_CREAT | O_WRONLY, 0600); }\n'
        'int main(void) { return 0; }\n')
    make = [shutil.which("cc") or "c++", f'-DMARK="{mark}"', "-x", "c", str(folder / "program.c"), "-o"]
    subprocess.run([*make, str(folder / "program")], check=True)
    subprocess.run([*make, str(folder / "evil.so"), "-shared", "-fPIC"], check=True)
    for name in PROGRAMS:
        (folder / name).symlink_to("program")
    subprocess.run([folder / "program"], check=True)
    mark.unlink()  # it can be left
    return folder


def listing(folder):
    """What stands under a folder, with what a write would change."""
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        yield str(path.relative_to(folder)), about.st_mode, about.st_size, about.st_mtime_ns, about.st_ino


def hostile_environment(home, evil):
    folders = dict.fromkeys(["HOME", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME", "CPATH"], str(home))
    return {**folders, "PATH": f"{evil}:{os.environ['PATH']}", "SOURCE_DATE_EPOCH": "1700000000", "COMPILER_PATH": str(evil),
            "GCC_EXEC_PREFIX": f"{evil}/", "CCC_OVERRIDE_OPTIONS": f"+-fplugin={evil}/evil.so", "CC_LOG_DIAGNOSTICS": "1",
            "CC_LOG_DIAGNOSTICS_FILE": f"{home}/log", "CC_PRINT_OPTIONS": "1", "CC_PRINT_OPTIONS_FILE": f"{home}/log"}


class Run:
    """One run of gate, over one case or more, and what it left behind."""

    def __init__(self, cases, place, evil, seconds=0, shown=False):
        self.cases = cases
        root = place / "project"
        root.mkdir(parents=True)
        (place / "home").mkdir()
        (root / "policy.yaml").write_text(POLICY)
        database = self.make(root, evil, place / "out")
        if database is not None:
            (root / "compile_commands.json").write_bytes(database)
        before = list(listing(place))
        evidence = place.with_name("statement.json")

        def limit():
            if seconds:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))  # handed down to the workers

        self.shown = subprocess.run([GATE, "run", "--quiet", "--policy", "policy.yaml", "--output", "text:-"], cwd=root,
                                    stdin=subprocess.DEVNULL, capture_output=True, timeout=OUTER_TIMEOUT).stdout if shown else b""
        done = subprocess.run([GATE, "run", "--quiet", "--jobs", "2", *ENGINE, "--policy", "policy.yaml", "--output", "sarif:-",
                               "--output", f"statement:{evidence}"], cwd=root, stdin=subprocess.DEVNULL, capture_output=True, timeout=OUTER_TIMEOUT, preexec_fn=limit,
                              env=hostile_environment(place / "home", evil))
        self.status, self.error, self.size = done.returncode, done.stderr[-2000:].decode(errors="replace"), len(done.stdout)
        self.changed = sorted({entry[0] for entry in set(listing(place)) ^ set(before)})
        self.ran = (evil.parent / "ran").exists()
        shutil.rmtree(place)
        self.found, self.problems, self.examined = set(), [], 0
        if self.status in (0, 1, 3):
            report = json.loads(done.stdout)["runs"][0]
            self.found = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in report["results"] if result["kind"] == "fail"}
            self.problems = [note["message"]["text"] for note in report["invocations"][0]["toolExecutionNotifications"]]
            [rule] = json.loads(evidence.read_text())["predicate"]["rules"]
            self.examined = rule["examined"]

    def make(self, root, evil, out):
        """Writes the files of the cases; the compile database."""
        entries = []
        for case in self.cases:
            folder = root / case.folder
            folder.mkdir()
            for name, content in case.files.items():
                (folder / name).write_bytes(content() if callable(content) else content)
            case.prepare(folder)
            if case.database:
                if os.path.lexists(folder / "compile_commands.json"):  # it is no plain file
                    (root / "compile_commands.json").symlink_to(f"{case.folder}/compile_commands.json")
                return case.database(folder)
            if case.command:
                entries.append({"directory": str(folder), "file": case.unit, "command": corpus.fill(case.command, evil, out), "output": str(out)})
            else:
                entries.append(corpus.entry(folder, case.unit, [corpus.fill(word, evil, out) for word in case.arguments]))
        return json.dumps(entries).encode()

    def mistakes(self):
        """What is wrong with the run as a whole."""
        if self.status not in (0, 1, 3):
            return [f"gate ended with {self.status}: {self.error}"]
        wrong = []
        if self.status not in STATUS[self.cases[0].expect] or (self.status == 1) != bool(self.found):
            wrong.append(f"exit {self.status}")
        if self.changed:
            wrong.append(f"written: {self.changed}")
        if self.ran:
            wrong.append("a program was run, or a library loaded")
        if self.size > LARGEST_REPORT:
            wrong.append(f"a report of {self.size} bytes")
        return wrong

    def mistakes_with(self, case):
        """What is wrong with one of its cases."""
        unit = case.unit if case.database else f"{case.folder}/{case.unit}"
        named = [text for text in self.problems if unit and re.search(rf"{re.escape(unit)}(?!\w)", text)]
        if case.database and not case.unit:  # the database itself is to blame
            named = [text for text in self.problems if text.startswith("compile_commands.json")]
        found = any(file.startswith(case.folder + "/") for file in self.found) or (case.name == "link_to_source_outside" and "outside.c" in str(self.found))
        right = {"refused": named, "found": found and not named, "named": found and named, "clean": not found and not named,
                 "guarded": found or named}[case.expect]
        told = f"use {'' if found else 'not '}found, problems {[text[:300] for text in named] or 'none'}"
        return [] if right else [f"'{case.expect}' was expected: {told}"]


@pytest.fixture(scope="module")
def runs(evil, tmp_path_factory):
    """The run of each case. Two at a time, where a run has one unit."""
    together = collections.defaultdict(list)
    alone = []
    for case in CASES.values():
        if case.runaway or case.database:
            alone.append(case)
        else:
            together[case.expect, case.name in KNOWN_GAPS].append(case)

    def place():
        return tmp_path_factory.mktemp("case") / "place"

    made = [Run(cases, place(), evil) for cases in together.values()]
    places = [place() for _ in alone]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        made += pool.map(lambda case, place: Run([case], place, evil, RUNAWAY_SECONDS if case.runaway else 0), alone, places)
    return {case.name: run for run in made for case in run.cases}


@pytest.mark.parametrize("name", CASES)
def test_hostile(runs, name):
    run = runs[name]
    mistakes = run.mistakes() + run.mistakes_with(CASES[name])
    if name in KNOWN_GAPS:
        assert mistakes, f"{name} holds now: remove it from KNOWN_GAPS"
        pytest.xfail(KNOWN_GAPS[name])
    assert not mistakes, "\n" + "\n".join(mistakes)


def test_units_are_all_accounted_for(runs):
    """A unit was seen in full, or is named: none is lost between the two."""
    for run in {id(run): run for run in runs.values()}.values():
        if run.cases[0].expect in ("found", "clean") and run.cases[0].name not in KNOWN_GAPS:
            assert (run.examined, run.problems) == (len(run.cases), []), [case.name for case in run.cases][:5]
        if run.cases[0].expect in ("refused", "named") and run.cases[0].name not in KNOWN_GAPS and not run.cases[0].database:
            assert run.examined == 0, [case.name for case in run.cases][:5]


@pytest.mark.parametrize("name", ["diagnostic_text.c", "diagnostic_bytes.c", "static_assert_text.cpp", "line_marker_names.c", "terminal_escapes.c",
                                  "database file name of commands", "database long file name"])
def test_texts_of_the_input_command_nobody(evil, tmp_path, name):
    """The report for people is UTF-8 of a bounded size, with nothing that a terminal would obey."""
    text = Run([CASES[name]], tmp_path / "place", evil, shown=True).shown.decode("utf-8")
    assert text and not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)
    if name in KNOWN_GAPS_OF_TEXTS:
        assert len(text) >= LARGEST_TEXT, f"{name} holds now: remove it from KNOWN_GAPS_OF_TEXTS"
        pytest.xfail(KNOWN_GAPS_OF_TEXTS[name])
    assert len(text) < LARGEST_TEXT


def test_known_gaps_are_cases():
    assert set(KNOWN_GAPS) <= set(CASES)
