"""gate run --changed-only: units that no change concerns are left out, loudly; everything doubtful is judged."""
import json
import os
import subprocess
from pathlib import Path

import pytest

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")
BANNED = "#include <string.h>\nvoid {0}(char *d, const char *s) {{ strcpy(d, s); }}\n"
POLICY = """gate: 1
name: t
inputs: {compile_commands: .}
rules:
  code/banned-function: {level: fail, lists: [c-unsafe]}
"""


class Project:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.write("gate.yaml", POLICY)
        self.write(".gitignore", "made/\ncompile_commands.json\ngate-cache/\n")
        self.write("a.c", BANNED.format("a"))
        self.write("b.c", '#include "own.h"\nint b;\n')
        self.write("c.c", "int c;\n")
        self.write("inc/own.h", BANNED.format("static inline own").replace("void static inline", "static inline void"))
        self.units("a.c", "b.c", "c.c")
        self.base = self.commit("base")

    def git(self, *arguments):
        return subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false",
                               *arguments], cwd=self.folder, check=True, capture_output=True, text=True).stdout.strip()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def units(self, *files, flags="-Ifirst -Iinc"):
        self.write("compile_commands.json", json.dumps(
            [{"directory": str(self.folder), "file": file, "command": f"cc {flags} -c {file}"} for file in files]))

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def run(self, *options, base=True):
        """(exit status, files with findings, the loosening lines about what was left out, standard error)"""
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1780000000", "CI": "", "GITHUB_ACTIONS": ""}
        done = subprocess.run([GATE, "run", "-q", "--output", "statement:-", "--changed-only", *(["--base", self.base] if base else []),
                               *options], cwd=self.folder, capture_output=True, text=True, env=environment, timeout=120)
        statement = json.loads(done.stdout[done.stdout.index("{"):])["predicate"]
        files = sorted({finding["location"]["file"] for rule in statement["rules"] for finding in rule["against"]})
        lines = [line for line in statement["loosenings"] if "--changed-only" in line]
        return done.returncode, files, lines, done.stderr


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "p")


def left_out(lines):
    [line] = lines
    words = line.split()
    return int(words[1]), int(words[3])


def test_only_what_changed_is_judged_and_every_report_says_so(project):
    project.write("c.c", "int c = 1;\n")
    project.commit("c")
    status, files, lines, _ = project.run()
    assert (status, files, left_out(lines)) == (0, [], (2, 3)) and project.base[:12] in lines[0]
    text = subprocess.run([GATE, "run", "--changed-only", "--base", project.base], cwd=project.folder, capture_output=True, text=True)
    assert "2 of 3 units" in text.stdout


@pytest.mark.parametrize("name, judged", [("a.c", ["a.c"]), ("inc/own.h", ["inc/own.h"])])
@pytest.mark.parametrize("how", ["committed", "staged", "loose"])
def test_a_change_brings_its_units(project, name, judged, how):
    project.write(name, (project.folder / name).read_text() + "/* more */\n")
    if how == "committed":
        project.commit("more")
    if how == "staged":
        project.git("add", "-A")
    status, files, lines, _ = project.run()
    assert (status, files, left_out(lines)) == (1, judged, (2, 3))


def test_documents_concern_no_unit(project):
    project.write("README.md", "More.\n")
    status, files, lines, _ = project.run()
    assert (status, files, left_out(lines)) == (0, [], (3, 3))


@pytest.mark.parametrize("name", ["CMakeLists.txt", "config.h.in", "grammar.y", "Makefile", "build.sh"])
def test_what_may_change_the_build_concerns_every_unit(project, name):
    project.write(name, "x\n")
    status, files, lines, told = project.run()
    assert (status, files, lines) == (1, ["a.c", "inc/own.h"], []) and f"{name} changed" in told


def test_without_a_base_every_unit_is_judged(project):
    status, files, lines, told = project.run(base=False)
    assert (status, files, lines) == (1, ["a.c", "inc/own.h"], []) and "no base" in told


def test_a_new_header_that_comes_first_concerns_those_who_asked_for_it(project):
    project.write("first/own.h", "\n")
    status, files, lines, _ = project.run()
    assert (status, files, left_out(lines)) == (0, [], (2, 3))
    project.write("first/own.h", BANNED.format("first"))
    assert project.run()[:2] == (1, ["first/own.h"])


def test_a_header_that_is_gone_is_no_pass(project):
    (project.folder / "inc/own.h").unlink()
    status, _, lines, _ = project.run()
    assert status == 3 and left_out(lines) == (2, 3)


def test_links_lead_to_what_changed(project):
    link = project.folder / "first/own.h"
    project.write("other/own.h", "\n")
    project.write("third/own.h", BANNED.format("third"))
    link.parent.mkdir()
    link.symlink_to("../other/own.h")
    project.base = project.commit("a link")
    project.write("README.md", "More.\n")
    assert project.run()[:2] == (0, [])
    link.unlink()
    link.symlink_to("../third/own.h")
    status, files, lines, _ = project.run()
    assert (status, files, left_out(lines)) == (1, ["third/own.h"], (2, 3))
    link.unlink()
    link.symlink_to("../other/own.h")
    project.write("other/own.h", BANNED.format("other"))
    assert project.run()[:2] == (1, ["other/own.h"])


def test_a_source_that_the_build_made_is_judged(project):
    project.write("made/m.c", BANNED.format("m"))
    project.units("a.c", "b.c", "c.c", "made/m.c")
    status, files, lines, _ = project.run()
    assert (status, files, left_out(lines)) == (1, ["made/m.c"], (3, 4))


def test_a_unit_that_cannot_be_read_is_told_whether_or_not_it_changed(project):
    project.write("b.c", '#include "nowhere.h"\n')
    project.base = project.commit("broken")
    assert project.run()[0] == 3


def test_the_cache_changes_nothing(project):
    project.write("inc/own.h", (project.folder / "inc/own.h").read_text() + "/* more */\n")
    plain = project.run()
    for _ in range(2):
        assert project.run("--cache", "gate-cache") == plain
    project.git("checkout", "-q", "inc/own.h")
    assert project.run("--cache", "gate-cache")[:2] == (0, [])


def test_not_with_shards(project):
    done = subprocess.run([GATE, "run", "--changed-only", "--shard", "1/2", "--output", "shard:x"], cwd=project.folder,
                          capture_output=True, text=True)
    assert done.returncode == 2 and "do not go together" in done.stderr
