"""The cache of facts, through the real binary: the same facts, and only where nothing that they depend on changed."""
import json
import os
import re
import shutil
import subprocess

import pytest

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")
COPY = '#include "copy.h"\n#include <string.h>\nvoid copy(char *d, const char *s) { strcpy(d, s); }\n'


def make(folder, sources, flags=""):
    for name, text in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    units = [{"directory": str(folder), "file": n, "command": f"cc {flags} -c {n}"} for n in sources if n.endswith((".c", ".cpp"))]
    (folder / "compile_commands.json").write_text(json.dumps(units))
    return folder


@pytest.fixture
def project(tmp_path):
    return make(tmp_path / "project", {"a.c": COPY, "b.c": "int b;\n", "copy.h": "#if __has_include(\"more.h\")\n#include \"more.h\"\n#endif\n"}, "-Ifirst")


def inspect(folder, cache, *options):
    """(facts, units from the cache, units read)."""
    done = subprocess.run([GATE, "inspect", "compile-commands", ".", "-v", "--cache", str(cache), *options], cwd=folder,
                          capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 3), done.stderr
    counts = re.search(r"from the cache (\d+), cleared by their texts (\d+), by their tokens (\d+), classified by them (\d+), parsed (\d+)", done.stderr)
    cached, *read = map(int, counts.groups())
    return json.loads(done.stdout), cached, sum(read)


def packs(cache):
    return sorted(cache.glob("*.gate-facts"))


def test_warm_facts_are_the_cold_ones(project, tmp_path):
    cold, cached, read = inspect(project, tmp_path / "cache")
    assert (cached, read) == (0, 2) and len(cold["facts"]["source_uses"]) == 1
    warm, cached, read = inspect(project, tmp_path / "cache")
    assert (cached, read) == (2, 0) and warm == cold
    assert len(packs(tmp_path / "cache")) == 1


@pytest.mark.parametrize("change, read", [
    (lambda p: (p / "b.c").write_text("int bb;\n"), 1),
    (lambda p: (p / "copy.h").write_text("\n"), 1),
    (lambda p: (p / "copy.h").unlink(), 1),
    (lambda p: (p / "more.h").write_text("int more;\n"), 1),
    (lambda p: ((p / "first").mkdir(), (p / "first/string.h").write_text("char *strcpy(char *, const char *);\n")), 2),
    (lambda p: os.utime(p / "a.c", (1, 1)), 0),
], ids=["source", "header", "header gone", "probed file appears", "header shadowed", "time alone"])
def test_what_changes_is_read_again(project, tmp_path, change, read):
    inspect(project, tmp_path / "cache")
    change(project)
    warm, cached, again = inspect(project, tmp_path / "cache")
    assert (cached, again) == (2 - read, read)
    assert warm == inspect(project, tmp_path / "empty")[0]


def test_flags_and_engine_are_part_of_the_key(project, tmp_path):
    inspect(project, tmp_path / "cache")
    assert inspect(project, tmp_path / "cache", "--engine=full")[1:] == (0, 2)
    make(project, {"a.c": COPY, "b.c": "int b;\n"}, "-Ifirst -DX")
    assert inspect(project, tmp_path / "cache")[1:] == (0, 2)


def test_another_checkout_is_served(project, tmp_path):
    cold = inspect(project, tmp_path / "cache")[0]
    moved = tmp_path / "moved"
    shutil.copytree(project, moved)
    database = (moved / "compile_commands.json").read_text().replace(str(project), str(moved))
    (moved / "compile_commands.json").write_text(database)
    warm, cached, read = inspect(moved, tmp_path / "cache")
    assert (cached, read) == (2, 0) and warm == cold
    assert str(project).encode() not in packs(tmp_path / "cache")[0].read_bytes()


def test_missing_headers_are_remembered_until_they_are_there(tmp_path):
    project = make(tmp_path / "p", {"a.c": '#include "generated.h"\nint a;\n'})
    for _ in range(2):
        answer = inspect(project, tmp_path / "cache")
        assert "generated.h" in json.dumps(answer[0]["problems"])
    assert answer[1:] == (1, 0)
    (project / "generated.h").write_text("\n")
    answer, cached, read = inspect(project, tmp_path / "cache")
    assert answer["problems"] == [] and (cached, read) == (0, 1)


def test_a_crash_is_never_remembered(tmp_path):
    project = make(tmp_path / "p", {"a.c": "#pragma clang __debug crash\n" + COPY, "copy.h": "\n"})
    for _ in range(2):
        answer, cached, _ = inspect(project, tmp_path / "cache")
        assert cached == 0 and "signal" in json.dumps(answer["problems"])


def test_torn_packs_are_ignored(project, tmp_path):
    cold = inspect(project, tmp_path / "cache")[0]
    pack = packs(tmp_path / "cache")[0]
    pack.write_bytes(pack.read_bytes()[:-7])
    (tmp_path / "cache" / "odd.gate-facts").write_bytes(b"\0" * 100)
    warm, cached, read = inspect(project, tmp_path / "cache")
    assert (cached, read) == (0, 2) and warm == cold
    assert len(packs(tmp_path / "cache")) == 1


def test_a_secret_keeps_forged_packs_out(project, tmp_path):
    (tmp_path / "key").write_text("a secret of sixteen bytes and more")
    inspect(project, tmp_path / "cache")
    key = ["--cache-key", str(tmp_path / "key")]
    assert inspect(project, tmp_path / "cache", *key)[1:] == (0, 2)
    assert inspect(project, tmp_path / "cache", *key)[1:] == (2, 0)
    (tmp_path / "key").write_text("short")
    done = subprocess.run([GATE, "inspect", "compile-commands", ".", "--cache", "c", *key], cwd=project, capture_output=True, text=True)
    assert done.returncode == 3 and "16 bytes" in done.stdout + done.stderr


def test_a_read_only_cache_is_left_as_it_is(project, tmp_path):
    inspect(project, tmp_path / "cache", "--cache-read-only")
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_kept_changes_nothing(project, tmp_path):
    (tmp_path / "cache").write_text("a file")
    done = subprocess.run([GATE, "inspect", "compile-commands", ".", "--cache", str(tmp_path / "cache")], cwd=project,
                          capture_output=True, text=True)
    assert done.returncode == 0 and "cannot be kept" in done.stderr


def test_in_a_pull_request_a_cache_without_a_secret_is_not_used(project, tmp_path):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    (project / "gate.yaml").write_text("gate: 1\nname: p\ninputs: {compile_commands: .}\n"
                                       "rules: {code/banned-function: {level: fail, lists: [c-unsafe]}}\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"], ["commit", "-qm", "change", "--allow-empty"]):
        subprocess.run([*git, *command], cwd=project, check=True, capture_output=True)
    head, base = subprocess.run([*git, "rev-parse", "HEAD", "HEAD~"], cwd=project, capture_output=True, text=True).stdout.split()
    (tmp_path / "event.json").write_text(json.dumps({"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}))
    (tmp_path / "key").write_text("a secret of sixteen bytes and more")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
                   "GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "GITHUB_SHA": head}
    run = [GATE, "run", "--cache", str(tmp_path / "cache")]
    done = subprocess.run(run, cwd=project, capture_output=True, text=True, env=environment)
    assert done.returncode == 1 and "the cache is not used" in done.stderr and not (tmp_path / "cache").exists(), done.stderr
    done = subprocess.run([*run, "--cache-key", str(tmp_path / "key")], cwd=project, capture_output=True, text=True, env=environment)
    assert done.returncode == 1 and "not used" not in done.stderr and packs(tmp_path / "cache"), done.stderr
