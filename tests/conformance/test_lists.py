"""Every entry of every shipped list against a bad line, which it has to find, and a good one, where nothing may be found.

A list has one source of its name in tests/conformance/lists, whose first line names its flags:

    strcpy(d, s);                    // bad: strcpy
    SSL_CTX_set_verify(c, 0, 0);     // bad: SSL_CTX_set_verify equals(2, SSL_VERIFY_NONE)      the entry with this condition
    snprintf(d, 80, "%s", s);        // good                       what to write instead, for the bad lines since the last good one
    snprintf(d, 80, "%s", s);        // good: strcpy, sprintf      for these entries

Functions of other libraries are declared by the sources themselves: none of those libraries has to be installed.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LISTS = {path.stem: path for path in sorted((ROOT / "policies" / "lists").glob("*.yaml"))}
SOURCES = ROOT / "tests" / "conformance" / "lists"
GATE = os.environ.get("GATE")

MARK = re.compile(r"// (?:bad: (?P<bad>.+)|good(?:: (?P<good>.+))?)$")
SEPARATOR = re.compile(r", (?![^(]*\))")  # not the comma of a condition


def entries(name):
    """By what marks call them: 'strcpy', 'SSL_set_verify equals(2, SSL_VERIFY_NONE)'."""
    listed = yaml.safe_load(LISTS[name].read_text(encoding="utf-8"))["entries"]
    return {f"{entry['name']} {entry.get('when', '')}".strip(): entry for entry in listed}


def source(name):
    found = [path for path in (SOURCES / f"{name}.c", SOURCES / f"{name}.cpp") if path.exists()]
    assert len(found) == 1, f"{name} needs one source in {SOURCES}"
    return found[0]


def marks(path):
    """({line: its entry} of the bad lines, {entry: its lines} of the good ones)."""
    bad, good, since_good = {}, {}, []
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        mark = MARK.search(text)
        if mark and mark["bad"]:
            bad[number] = mark["bad"].strip()
            since_good.append(bad[number])
        elif mark:
            for entry in SEPARATOR.split(mark["good"].strip()) if mark["good"] else since_good:
                good.setdefault(entry, []).append(number)
            since_good = []
    return bad, good


def make_project(project, name, file, flags=""):
    """A project of one source, judged by one list."""
    compiler = "c++" if file.endswith(".cpp") else "cc"
    (project / "compile_commands.json").write_text(json.dumps([
        {"directory": str(project), "file": file, "arguments": [compiler, *shlex.split(flags), "-c", file]}]))
    (project / "gate.yaml").write_text(f"gate: 1\nname: {name}\ninputs: {{compile_commands: .}}\n"
                                       f"rules: {{code/banned-function: {{level: fail, lists: [{name}]}}}}\n")


def run_gate(project, *options):
    return subprocess.run([GATE, "run", "--quiet", *options], cwd=project, capture_output=True, text=True, timeout=120,
                          env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})


def judge(project, name, engine):
    """The SARIF run for the list's source."""
    path = source(name)
    project.mkdir()
    for file in [path, *SOURCES.glob("*.h")]:
        shutil.copy(file, project)
    flags = re.match(r"(?:/\*|//) flags: (.*?)(?: \*/)?\n", path.read_text(encoding="utf-8")).group(1)
    make_project(project, name, path.name, flags)
    done = run_gate(project, f"--engine={engine}", "--output", "sarif:out.sarif")
    assert done.returncode == 1, done.stdout + done.stderr
    return json.loads((project / "out.sarif").read_text())["runs"][0]


def says(message, entry):
    """Whether a finding's text is about this entry."""
    words = [entry["name"], entry["because"], *re.findall(r"\(\d+, ([\w:-]+)\)", entry.get("when", ""))]
    return all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", message) for word in words)


@pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")
@pytest.mark.parametrize("engine", ["cascade", "full"])
@pytest.mark.parametrize("name", LISTS)
def test_exactly_the_bad_lines_are_found(name, engine, tmp_path):
    listed, (bad, _) = entries(name), marks(source(name))
    run = judge(tmp_path / "project", name, engine)
    problems = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert problems == []
    found, mistakes = set(), []
    for result in run["results"]:
        place, text = result["locations"][0]["physicalLocation"], result["message"]["text"]
        line = place["region"]["startLine"] if place["artifactLocation"]["uri"] == source(name).name else 0
        if line not in bad or not says(text, listed[bad[line]]):
            mistakes.append(f"line {line}: false: {text}")
        found.add(line)
    mistakes += [f"line {line}: missing: {bad[line]}" for line in sorted(set(bad) - found)]
    assert not mistakes, "\n" + "\n".join(mistakes)


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_has_its_lines(name):
    listed, (bad, good) = set(entries(name)), marks(source(name))
    assert set(bad.values()) == listed, "bad lines"
    assert set(good) == listed, "good lines"


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_tells_its_reason_and_what_to_do(name):
    for key, entry in entries(name).items():
        assert entry.get("because") and entry.get("instead") and entry.get("cwe"), key


def test_every_source_has_its_list():
    assert {path.stem for path in SOURCES.iterdir() if path.suffix in (".c", ".cpp")} == set(LISTS)


@pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")
def test_a_constant_that_doubles_without_end_holds_nothing_up(tmp_path):
    doubling = "".join(f"#define A{i} A{i + 1} A{i + 1}\n" for i in range(45))
    (tmp_path / "a.c").write_text(f"{doubling}#define A45\n#define SSL_VERIFY_NONE A0\nint SSL_set_verify();\n"
                                  "int TLSv1_method();\nvoid f(int mode) { SSL_set_verify(0, mode, 0); TLSv1_method(); }\n")
    make_project(tmp_path, "tls-off", "a.c")
    done = run_gate(tmp_path, "--output", "text:out.txt")
    text = (tmp_path / "out.txt").read_text()
    assert done.returncode == 1 and "call of TLSv1_method" in text and "SSL_set_verify" not in text
