"""The binary as a second witness: what objects, archives and linked files import, against what the sources show."""
import json
import os
import struct
import subprocess
from pathlib import Path

import pytest

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")

RULE = "code/unexplained-import"
CLEAN = "int clean(void) { return 0; }\n"
COPY = '#include <string.h>\nvoid copy(char *d, const char *s) { strcpy(d, s); }\n'
PRINT = '#include <stdio.h>\nvoid print(char *d, const char *s) { sprintf(d, "%s", s); }\n'
ALIAS = 'extern char *take(char *) __asm__("gets");\nchar *f(char *d) { return take(d); }\n'
MAIN = "int main(void) { return 0; }\n"


def shell(folder, command):
    subprocess.run(command, shell=True, cwd=folder, check=True, capture_output=True)


class Project:
    """Sources in a compile database, and objects that need not come from them."""

    def __init__(self, root):
        self.root = root
        (root / "build").mkdir(parents=True)
        self.entries = []
        self.source("clean.c", CLEAN)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def source(self, name, text):
        self.write(name, text)
        self.entries.append({"directory": str(self.root), "file": name, "command": f"cc -c {name}"})
        self.write("build/compile_commands.json", json.dumps(self.entries))

    def build(self, name, text, command="cc -O2 -w -c {source} -o {out}"):
        """A binary from a source that the gate is not shown."""
        hidden = self.root.parent / (Path(name).stem + ".hidden.c")
        hidden.write_text(text)
        out = self.root / name
        out.parent.mkdir(parents=True, exist_ok=True)
        shell(self.root.parent, command.format(source=hidden, out=out))

    def judge(self, binaries, *arguments, ban=("strcpy", "gets"), waivers="", rules=""):
        bans = "".join(f"      - {{name: {name}}}\n" for name in ban)
        self.write("gate.yaml", "gate: 1\nname: test\n"
                   f"inputs: {{compile_commands: build, binaries: {json.dumps(binaries)}}}\n"
                   f"rules:\n  {RULE}:\n    ban:\n{bans}{rules}{waivers}")
        done = subprocess.run([GATE, "run", "--output", "statement:-", *arguments], cwd=self.root, capture_output=True,
                              text=True, timeout=300, env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"})
        assert done.stdout.startswith("{"), (done.returncode, done.stdout, done.stderr)
        assert str(self.root) not in done.stdout, "an absolute path is in the evidence"
        predicate = json.loads(done.stdout)["predicate"]
        return done.returncode, next(r for r in predicate["rules"] if r["id"] == RULE), predicate


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


def subjects(rule):
    return [(f["subject"]["function"], f["subject"]["binary"], f["subject"].get("member", "")) for f in rule["against"]]


def test_clean_binary_passes(project):
    project.build("build/a.o", CLEAN)
    status, rule, _ = project.judge(["build/a.o"])
    assert (status, rule["outcome"], rule["examined"]) == (0, "pass", 1)


def test_alias_is_found(project):
    project.build("build/a.o", ALIAS)
    status, rule, _ = project.judge(["build/*.o"])
    assert status == 1 and subjects(rule) == [("gets", "build/a.o", "")]
    assert "no source seen explains" in rule["against"][0]["message"]


def test_use_in_a_source_explains(project):
    project.build("build/a.o", COPY)
    project.source("a.c", COPY)
    status, rule, _ = project.judge(["build/a.o"])
    assert (status, rule["outcome"]) == (0, "pass")


def test_what_compilers_turn_into_it_explains(project):
    project.build("build/a.o", PRINT)
    status, rule, _ = project.judge(["build/a.o"])
    assert status == 1 and subjects(rule) == [("strcpy", "build/a.o", "")]
    project.source("print.c", PRINT)
    status, rule, _ = project.judge(["build/a.o"])
    assert (status, rule["outcome"]) == (0, "pass")


def test_prebuilt_archive_and_linked_program(project):
    project.build("lib/x.a", COPY, "cc -c {source} -o copy.o && ar rc {out} copy.o")
    project.build("build/app", COPY + "int main(void) { copy(0, 0); return 0; }\n", "cc {source} -o {out}")
    status, rule, _ = project.judge(["lib/x.a", "build/app"])
    assert status == 1 and sorted(subjects(rule)) == [("strcpy", "build/app", ""), ("strcpy", "lib/x.a", "copy.o")]


def test_waiver_names_function_and_binary(project):
    project.build("build/a.o", ALIAS)
    waiver = (f"waivers:\n  - {{rule: {RULE}, match: {{function: gets, binary: build/a.o}}, reason: vendor, owner: a,\n"
              "     approved_by: b, expires: 2026-12-31}\n")
    status, rule, predicate = project.judge(["build/a.o"], waivers=waiver)
    assert (status, rule["outcome"], rule["waived"], predicate["waivers"][0]["state"]) == (0, "fail", True, "used")


def test_binaries_have_their_digests_in_the_evidence(project):
    project.build("build/a.o", CLEAN)
    _, _, predicate = project.judge(["build/a.o"])
    (entry,) = [i for i in predicate["inputs"] if i["role"] == "binary"]
    digest = subprocess.run(["sha256sum", project.root / "build/a.o"], capture_output=True, text=True).stdout.split()[0]
    assert entry["path"] == "build/a.o" and digest in json.dumps(entry)


# --- could not look: never a pass ---------------------------------------------------------------------------------------

def undecided(project, binaries, words):
    status, rule, predicate = project.judge(binaries)
    assert (status, rule["outcome"]) == (3, "not_checked"), (status, rule)
    assert any(words in line for line in rule["unseen"]), rule["unseen"]


@pytest.mark.parametrize("binaries, words", [
    (["build/missing.o"], "not found"), (["build/*.none"], "no file matches"), (["nowhere/**/*.o"], "not found"),
    (["build/text"], "no object"), (["build/empty"], "no object"), (["build"], "no regular file"),
    (["build/pipe"], "no regular file"), (["build/outside.o"], "not below the project's root"), (["build/stripped"], "statically"),
    (["build/cut.o"], "malformed"), (["build/*"], "no object"), (["build/lto.o"], "intermediate code"),
])
def test_twins(project, binaries, words):
    project.build("build/a.o", CLEAN)
    project.build("build/lto.o", CLEAN, "cc -flto -c {source} -o {out}")
    project.build("build/stripped", MAIN, "cc -static -s {source} -o {out}")
    project.build("../outside.o", CLEAN)
    (project.root / "build/text").write_text("hello\n")
    (project.root / "build/empty").write_text("")
    (project.root / "build/outside.o").symlink_to(project.root.parent / "outside.o")
    (project.root / "build/cut.o").write_bytes((project.root / "build/a.o").read_bytes()[:-80])
    os.mkfifo(project.root / "build/pipe")
    undecided(project, ["build/a.o", *binaries], words)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_crash_of_the_reader_costs_that_file_alone(project, jobs):
    """LLVM's reader trusts the size of the dynamic segment."""
    project.build("build/b", MAIN, "cc {source} -o {out}")
    elf = bytearray((project.root / "build/b").read_bytes())
    headers, size, count = struct.unpack_from("<Q", elf, 0x20)[0], *struct.unpack_from("<HH", elf, 0x36)
    (dynamic,) = [at for at in range(headers, headers + size * count, size) if struct.unpack_from("<I", elf, at)[0] == 2]
    struct.pack_into("<Q", elf, dynamic + 32, 1 << 44)  # p_filesz
    (project.root / "build/b").write_bytes(elf)
    project.build("build/a", ALIAS + MAIN, "cc {source} -o {out}")
    project.build("build/c", CLEAN + MAIN, "cc {source} -o {out}")
    status, rule, predicate = project.judge(["build/a", "build/b", "build/c"], "--jobs", jobs)
    assert (status, rule["outcome"], rule["examined"]) == (3, "not_checked", 2)
    (line,) = rule["unseen"]
    assert line.startswith("build/b: ") and ("ended with signal 11" in line or "malformed" in line)


def test_sources_that_were_not_all_seen_neither_convict_nor_acquit(project):
    project.build("build/a.o", ALIAS)
    project.source("broken.c", '#include "generated.h"\n')
    undecided(project, ["build/a.o"], "generated.h")


def test_without_binaries_the_rule_has_nothing_to_go_by(project):
    undecided(project, [], "no input of the policy tells about binaries")


def test_another_commit_is_not_what_was_built(project):
    shell(project.root, "git init -q && git add -A && git -c user.name=a -c user.email=a@b commit -qm one && "
                        "git -c user.name=a -c user.email=a@b commit -qm two --allow-empty")
    project.build("build/a.o", CLEAN)
    status, rule, _ = project.judge(["build/a.o"], "--head", "HEAD~1", "--policy-from", "worktree")
    assert status == 3 and any("wrong subject" in line and "build/a.o" in line for line in rule["unseen"])


def test_static_program_needs_a_look(project):
    project.build("build/app", COPY + "int main(int c, char **v) { copy(v[0], v[1]); return 0; }\n",
                  "cc -static -fno-builtin {source} -o {out}")
    status, rule, _ = project.judge(["build/app"])
    assert (status, rule["outcome"]) == (3, "needs_review")
    status, rule, _ = project.judge(["build/app"], ban=["gets"])
    assert (status, rule["outcome"]) == (0, "pass")


def test_same_bytes_for_any_number_of_workers(project):
    for number in range(6):
        project.build(f"build/{number}.o", [ALIAS, COPY, CLEAN][number % 3])
    (project.root / "build/x.o").write_text("no object")
    answers = [project.judge(["build/**/*.o"], "--jobs", jobs)[2] for jobs in ("1", "8")]
    assert answers[0] == answers[1] and len(answers[0]["rules"][0]["unseen"]) == 1


def test_inspect(project):
    project.build("build/a.o", COPY)
    done = subprocess.run([GATE, "inspect", "binary", "build/a.o"], cwd=project.root, capture_output=True, text=True)
    answer = json.loads(done.stdout)
    assert done.returncode == 0 and [i["function"] for i in answer["facts"]["imported_symbols"]] == ["strcpy"]
    assert answer["coverage"] == {"binaries": "complete", "imported_symbols": "complete"}


def test_conditions_and_other_entities_do_not_matter(project):
    project.build("build/a.o", ALIAS)
    project.write("gate.yaml", "")
    status, rule, _ = project.judge(["build/a.o"], rules="      - {name: goto, entity: construct}\n"
                                    "      - {name: printf, when: not_literal(1)}\n")
    assert status == 1 and subjects(rule) == [("gets", "build/a.o", "")]
