"""Comments that ask to let a finding pass: where they count, where they do not, and that each is reported."""
import json
import os
import subprocess

import pytest

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")

RULE = "code/banned-function"
NOW = "1795392000"  # 2026-11-23
GOOD = f"gate: allow({RULE}) until 2027-01-31: the length was checked above"
HEAD = "#include <string.h>\n"


def call(comment="", before=""):
    return HEAD + before + f"void f(char *d, const char *s) {{ strcpy(d, s); }}{comment}\n"


class Project:
    def __init__(self, root):
        self.root = root
        root.mkdir()
        self.policy()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def policy(self, rule="allow_in_code: true", top=""):
        self.write("gate.yaml", f"gate: 1\nname: test\n{top}inputs: {{compile_commands: build}}\n"
                   f"rules:\n  {RULE}:\n    ban: [{{name: strcpy}}, {{name: gets}}]\n    {rule}\n")

    def sources(self, **files):
        units = [name for name in files if not name.startswith("h_")]
        for name, text in files.items():
            self.write(f"{name}.h" if name.startswith("h_") else f"{name}.c", text)
        self.write("build/compile_commands.json", json.dumps(
            [{"directory": str(self.root), "file": f"{name}.c", "command": f"cc -c {name}.c"} for name in units]))

    def run(self, output="statement:-", *arguments, **environment):
        return subprocess.run([GATE, "run", "--output", output, *arguments], cwd=self.root, capture_output=True, text=True,
                              timeout=300, env={**os.environ, "SOURCE_DATE_EPOCH": NOW, **environment})

    def git(self, *arguments):
        done = subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], cwd=self.root,
                              check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def judge(self, *arguments):
        done = self.run("statement:-", *arguments)
        assert done.stdout.startswith("{"), (done.stdout, done.stderr)
        predicate = json.loads(done.stdout)["predicate"]
        (rule,) = predicate["rules"]
        return done.returncode, rule, predicate


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


def states(predicate):
    return [(w["at"]["file"], w["at"]["line"], w["state"], w["used"]) for w in predicate["waivers"]]


@pytest.mark.parametrize("source, line", [
    (call(f"  // {GOOD}"), 2), (call(f"  /* {GOOD} */"), 2), (call(before=f"// {GOOD}\n"), 2),
    (call(before=f"/* {GOOD}\n   and again */\n"), 2),
])
def test_used(project, source, line):
    project.sources(a=source)
    status, rule, predicate = project.judge()
    assert (status, rule["outcome"], rule["waived"]) == (0, "fail", True)
    assert states(predicate) == [("a.c", line, "used", 1)]
    assert rule["against"][0]["waiver"] == 0
    assert predicate["waivers"][0]["lines"]["first"] == rule["against"][0]["location"]["line"]
    (loosening,) = predicate["loosenings"]
    assert f"allowed in the code: {RULE} at a.c:{line}:" in loosening and "the length was checked" in loosening


@pytest.mark.parametrize("source", [
    call(before=f"// {GOOD}\n\n"), call(before=f"int x;  // {GOOD}\n"), call() + f"// {GOOD}\n",
    call(before=f'const char *t = "// {GOOD}"; '), call("  // NOLINT"), call("  // NOLINT(code/banned-function)"),
    call(before="// NOLINTNEXTLINE\n"), call("  // cppcheck-suppress strcpyCalled"), call("  /* flawfinder: ignore */"),
])
def test_not_there(project, source):
    project.sources(a=source)
    status, rule, predicate = project.judge()
    assert (status, rule["waived"]) == (1, False)
    assert all(w["state"] == "unused" for w in predicate["waivers"]) and predicate["loosenings"] == []


@pytest.mark.parametrize("comment, why", [
    (f"gate: allow({RULE}): no date", "until when"), (f"gate: allow({RULE}) until 2027-01-31", "which day"),
    (f"gate: allow({RULE}) until 2027-01-31:", "no reason"), (f"gate: allow({RULE}) until 2027-13-01: x", "which day"),
    ("gate: allow(code/baned-function) until 2027-01-31: x", "no rule 'code/baned-function'"),
    ("gate: allow(signing/unsigned-commit) until 2027-01-31: x", "no rule"),
    (f"gate: allow({RULE}) until 2027-11-23: x", "more than 180 days ahead"), ("gate: allow everything", "names no rule"),
])
def test_refused(project, comment, why):
    project.sources(a=call(f"  // {comment}"))
    status, rule, predicate = project.judge()
    assert (status, rule["waived"]) == (1, False)
    assert states(predicate) == [("a.c", 2, "refused", 0)] and why in predicate["waivers"][0]["why"]


def test_max_waiver_of_the_policy_holds(project):
    project.policy(top="max_waiver: 30d\n")
    project.sources(a=call(f"  // {GOOD}"))
    assert project.judge()[0] == 1


@pytest.mark.parametrize("rule", ["level: fail", "allow_in_code: false"])
def test_not_permitted(project, rule):
    project.policy(rule)
    project.sources(a=call(f"  // {GOOD}"))
    status, _, predicate = project.judge()
    assert status == 1 and states(predicate) == [("a.c", 2, "refused", 0)]
    assert "does not let comments" in predicate["waivers"][0]["why"]


def test_expired_and_stale(project):
    project.sources(a=call("  // " + GOOD.replace("2027-01-31", "2026-11-22")), b=f"int b;  // {GOOD}\n")
    status, _, predicate = project.judge()
    assert status == 1 and states(predicate) == [("a.c", 2, "expired", 0), ("b.c", 1, "unused", 0)]
    project.sources(a=call("  // " + GOOD.replace("2027-01-31", "2026-11-23")))
    assert project.judge()[0] == 0, "through its last day"


def test_at_the_macros_definition(project):
    macro = f"// {GOOD}\n#define COPY(d, s) \\\n  do {{ \\\n    strcpy(d, s); \\\n  }} while (0)\n"
    use = '#include "h_macro.h"\nvoid {0}(char *d) {{ COPY(d, "1"); COPY(d, "2"); }}\n'
    project.sources(h_macro=HEAD + macro, a=use.format("a"), b=use.format("b"))
    status, rule, predicate = project.judge()
    assert (status, len(rule["against"]), states(predicate)) == (0, 4, [("h_macro.h", 2, "used", 4)])


def test_at_one_use_of_a_macro(project):
    project.sources(a=HEAD + "#define COPY(d, s) strcpy(d, s)\n" +
                    f'void f(char *d) {{\n  COPY(d, "1");  // {GOOD}\n  COPY(d, "2");\n}}\n')
    status, rule, predicate = project.judge()
    assert status == 1 and [f.get("waiver") for f in rule["against"]] == [0, None]
    assert states(predicate) == [("a.c", 4, "used", 1)]


def test_header_of_many_units_counts_once(project):
    header = HEAD + f"static inline void f(char *d) {{ strcpy(d, d); }}  // {GOOD}\n"
    project.sources(h_x=header, a='#include "h_x.h"\n', b='#include "h_x.h"\n')
    assert states(project.judge("--jobs", "1")[2]) == [("h_x.h", 2, "used", 1)]
    assert project.judge("--jobs", "1")[2] == project.judge("--jobs", "8")[2]


@pytest.mark.parametrize("broken", ["", '#include "generated.h"\n'])
def test_both_engines_find_the_same(project, broken):
    project.sources(a=broken + call(f"  // {GOOD}"), b=f"int b;  // {GOOD}\n", h_x=f"/* {GOOD} */\n", c='#include "h_x.h"\n')
    answers = [project.judge("--engine", engine)[2] for engine in ("cascade", "full")]
    assert answers[0] == answers[1]
    assert [state[2] for state in states(answers[0])] == ["used", "unused", "unused"]


def test_every_report_shows_it(project):
    project.sources(a=call(f"  // {GOOD}"), b=f"int b;  // {GOOD}\n")
    for output in ("text", "markdown", "sarif", "junit", "statement"):
        text = project.run(f"{output}:-").stdout
        assert "allowed in the code" in text and "the length was checked above" in text, output
        assert "a.c" in text and "b.c" in text, output
    sarif = json.loads(project.run("sarif:-").stdout)
    (result,) = [r for r in sarif["runs"][0]["results"] if r.get("suppressions")]
    assert result["suppressions"][0]["kind"] == "inSource"


def test_stale_and_refused_are_marked_at_their_line(project, tmp_path):
    project.sources(a=call(f"  // {GOOD}"), b=f"int b;  // {GOOD}\n", c="int c;  // gate: allow(x)\n")
    project.git("init", "-q")
    project.commit("all")
    (tmp_path / "event.json").write_text("{}")
    out = project.run("text:-", GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="schedule", GITHUB_SHA=project.git("rev-parse", "HEAD"),
                      GITHUB_EVENT_PATH=str(tmp_path / "event.json")).stdout
    assert any(line.startswith("::warning") and "file=b.c" in line and "waiver unused" in line for line in out.splitlines())
    assert any(line.startswith("::warning") and "file=c.c" in line and "until when" in line for line in out.splitlines())
    assert not any("file=a.c" in line for line in out.splitlines() if line.startswith("::"))


def test_system_headers_are_not_asked(project, tmp_path):
    (tmp_path / "outside.h").write_text(f"int outside;  // {GOOD}\n")
    project.sources(a='#include "../outside.h"\n')
    assert project.judge()[2]["waivers"] == []


def test_a_change_cannot_permit_itself(project):
    project.policy("allow_in_code: false")
    project.sources(a=call())
    project.git("init", "-q")
    project.commit("base")
    project.policy("allow_in_code: true")
    project.sources(a=call(f"  // {GOOD}"))
    project.commit("relax")
    status, _, predicate = project.judge("--base", "HEAD~1")
    assert status == 1 and states(predicate) == [("a.c", 2, "refused", 0)]
