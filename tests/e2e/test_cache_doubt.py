"""The cache of facts, where it could be led to answer for something else than what stands on the disk."""
import hashlib
import json
import os
import shutil
import subprocess

import pytest

from test_cache import COPY, GATE, inspect, make, packs

pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")
BANNED = "#include <string.h>\nstatic inline void copy(char *d, const char *s) { strcpy(d, s); }\n"


def database(folder, command, directory=None, file="a.c"):
    entry = {"directory": str(directory or folder), "file": file, "command": command}
    (folder / "compile_commands.json").write_text(json.dumps([entry]))


def uses(answer):
    return [(use["at"]["file"], use["name"]) for use in answer["facts"].get("source_uses", [])]


def seal(path, body):
    """A pack as anybody can make one who has no secret."""
    path.write_bytes(body + hashlib.sha256(body).digest())


def test_an_absolute_folder_is_not_a_relative_one(tmp_path):
    project = make(tmp_path / "p", {"a.c": '#include "h.h"\n', "inc/h.h": BANNED, "build/inc/h.h": "\n"})
    database(project, "cc -Iinc -c ../a.c", project / "build", "../a.c")
    assert uses(inspect(project, tmp_path / "cache")[0]) == []
    database(project, f"cc -I{project}/inc -c ../a.c", project / "build", "../a.c")
    answer, cached, _ = inspect(project, tmp_path / "cache")
    assert uses(answer) == [("inc/h.h", "strcpy")] and cached == 0


def test_what_stands_outside_the_root_of_one_checkout_is_not_what_stands_outside_another(tmp_path):
    source = '#include <string.h>\n#include "config.h"\nvoid copy(char *d, const char *s) { COPY(d, s, 1); }\n'
    for checkout, meaning in (("first", "(void)n"), ("second", "strcpy(d, s)"), ("first", "(void)n")):
        folder = tmp_path / checkout
        make(folder / "p", {"a.c": source})
        (folder / "build").mkdir(exist_ok=True)
        (folder / "build/config.h").write_text(f"#define COPY(d, s, n) {meaning}\n")
        database(folder / "p", "cc -I. -c ../p/a.c", folder / "build", "../p/a.c")
        found = uses(inspect(folder / "p", tmp_path / "cache")[0])
        assert found == ([("a.c", "strcpy")] if checkout == "second" else [])


def test_a_link_that_leads_elsewhere_is_another_file(tmp_path):
    project = make(tmp_path / "p", {"a.c": '#include "h.h"\n', "vendor/h.h": BANNED}, "-Iinc")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/h.h").write_text(BANNED)
    for link, folder in ((project / "inc/h.h", False), (project / "inc", True)):
        shutil.rmtree(project / "inc", ignore_errors=True)
        link.parent.mkdir(exist_ok=True)
        for target in (tmp_path / "outside", project / "vendor"):
            link.unlink(missing_ok=True)
            link.symlink_to(target if folder else target / "h.h")
            answer, cached, read = inspect(project, tmp_path / "cache")
            assert answer == inspect(project, tmp_path / "none", "--cache-read-only")[0] and (cached, read) == (0, 1)
        assert uses(answer)[-1] == ("vendor/h.h", "strcpy")
        link.unlink()


def test_the_pack_does_not_tell_how_many_workers_made_it(tmp_path):
    sources = {f"{name}.c": f'#if __has_include("{name}.h")\n#endif\n#include "{name}.h"\nint {name};\n' for name in "abcdef"}
    probing = {f"probe_{name}.c": f'#if __has_include("{name}.h")\nint p;\n#endif\n' for name in "abcdef"}
    project = make(tmp_path / "p", {**sources, **probing, **{f"{name}.h": "\n" for name in "abcdef"}})
    made = {}
    for jobs in ("1", "2", "5"):
        inspect(project, tmp_path / jobs, "--jobs", jobs)
        made[jobs] = [(pack.name, pack.read_bytes()) for pack in packs(tmp_path / jobs)]
    assert made["1"] == made["2"] == made["5"]


def test_a_kept_report_that_is_not_understood_is_not_there(tmp_path):
    project = make(tmp_path / "p", {"a.c": COPY, "copy.h": "\n"})
    cold = inspect(project, tmp_path / "cache")[0]
    pack = packs(tmp_path / "cache")[0]
    body = pack.read_bytes()[:-32]
    assert b'"uses"' in body
    seal(pack, body.replace(b'"uses"', b'"uzes"'))
    warm, cached, read = inspect(project, tmp_path / "cache")
    assert warm == cold and (cached, read) == (0, 1)


def test_nothing_is_written_through_a_link(tmp_path):
    project = make(tmp_path / "p", {"a.c": COPY, "copy.h": "\n"})
    inspect(project, tmp_path / "cache")
    name = packs(tmp_path / "cache")[0].name
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "other").mkdir()
    for ending in ("", ".part"):
        (tmp_path / "other" / (name + ending)).symlink_to(tmp_path / "victim")
    inspect(project, tmp_path / "other")
    assert (tmp_path / "victim").read_text() == "mine"
    assert inspect(project, tmp_path / "other")[1:] == (1, 0)


def test_ignored_packs_are_told_by_name(tmp_path):
    project = make(tmp_path / "p", {"a.c": COPY, "copy.h": "\n"})
    inspect(project, tmp_path / "cache")
    pack = packs(tmp_path / "cache")[0]
    pack.write_bytes(pack.read_bytes()[:-1])
    done = subprocess.run([GATE, "inspect", "compile-commands", ".", "--cache", str(tmp_path / "cache")], cwd=project,
                          capture_output=True, text=True)
    assert pack.name in done.stderr and done.returncode == 0
