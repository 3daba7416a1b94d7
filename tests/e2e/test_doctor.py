"""`gate doctor`: what is wrong with a compile database, and the command that mends it."""
import json
import os
import subprocess

import pytest

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")
CLEAN = "int clean(void) { return 0; }\n"


def doctor(folder, *options):
    done = subprocess.run([GATE, "doctor", *options], cwd=folder, capture_output=True, text=True, timeout=120)
    assert str(folder) not in done.stdout.replace("gate doctor", ""), "an absolute path"
    return done


def project(folder, sources, *commands):
    for name, text in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    if commands:
        entries = [{"directory": str(folder), "file": c.split()[-1], "command": c} for c in commands]
        (folder / "compile_commands.json").write_text(json.dumps(entries))
    return folder


@pytest.mark.parametrize("file, command", [
    ("CMakeLists.txt", "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"),
    ("meson.build", "meson setup build"),
    ("Makefile", "bear -- make"),
    ("MODULE.bazel", "bazel run @hedron_compile_commands//:refresh_all"),
    (None, "bear -- make"),
])
def test_without_a_database_the_command_of_the_build_system_is_told(tmp_path, file, command):
    if file:
        (tmp_path / file).write_text("")
    done = doctor(tmp_path)
    assert done.returncode == 3 and command in done.stdout


def test_a_database_is_found_where_build_systems_leave_it(tmp_path):
    project(tmp_path, {"a.c": CLEAN}, "cc -c a.c")
    (tmp_path / "build").mkdir()
    (tmp_path / "compile_commands.json").rename(tmp_path / "build" / "compile_commands.json")
    done = doctor(tmp_path)
    assert done.returncode == 0 and "build/compile_commands.json: 1 units (c 1)" in done.stdout, done.stdout
    assert "Next: gate run" in done.stdout


def test_files_that_no_unit_reads_are_listed(tmp_path):
    project(tmp_path, {"a.c": '#include "read.h"\n', "read.h": "\n", "lost.c": CLEAN, "lost.h": "\n", "notes.txt": "\n"}, "cc -c a.c")
    assert "by no unit" not in doctor(tmp_path).stdout, "nobody says which files are the project's"
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
    (tmp_path / "loose.c").write_text(CLEAN)
    for _ in range(2):  # without and with kept facts
        done = doctor(tmp_path, "--cache", "kept")
        assert done.returncode == 0 and "2 C and C++ files" in done.stdout
        assert "\n    lost.c\n    lost.h\n" in done.stdout and "read.h" not in done.stdout and "loose.c" not in done.stdout


def test_the_policy_says_where_it_is(tmp_path):
    project(tmp_path, {"a.c": CLEAN, "gate.yaml": "gate: 1\nname: a\ninputs: {compile_commands: odd/place.json}\n"
            "rules: {code/banned-function: {level: fail, lists: [c-unsafe]}}\n"}, "cc -c a.c")
    (tmp_path / "odd").mkdir()
    (tmp_path / "compile_commands.json").rename(tmp_path / "odd" / "place.json")
    assert "odd/place.json: 1 units" in doctor(tmp_path).stdout


def test_a_bad_policy_is_told_first(tmp_path):
    project(tmp_path, {"a.c": CLEAN, "gate.yaml": "gate: 1\nnmae: a\n"}, "cc -c a.c")
    done = doctor(tmp_path)
    assert done.returncode == 2 and "gate.yaml:2:1" in done.stderr


def test_a_missing_header_names_the_target_to_build(tmp_path):
    source = '#include "generated.h"\n' + CLEAN
    project(tmp_path, {"a.c": source, "b.c": source, "c.c": source},
            "cc -o CMakeFiles/parser.dir/a.c.o -c a.c", "cc -o obj/b.o -c b.c", "cc -c c.c")
    done = doctor(tmp_path)
    assert done.returncode == 3 and "0 of 3 units can be read in full" in done.stdout, done.stdout
    for hint in ("build the target parser", "build obj/b.o", "build before gate runs"):
        assert hint in done.stdout, done.stdout


def test_flags_that_clang_does_not_know_are_told_and_do_no_harm(tmp_path):
    project(tmp_path, {"a.c": CLEAN, "b.c": CLEAN}, "gcc -mno-such-flag -c a.c", "gcc -mno-such-flag -O2 -c b.c")
    done = doctor(tmp_path)
    assert done.returncode == 0 and "-mno-such-flag (2 units)" in done.stdout, done.stdout


def test_a_source_that_is_compiled_twice(tmp_path):
    project(tmp_path, {"a.c": CLEAN}, "cc -DONE -c a.c", "cc -DTWO -c a.c")
    done = doctor(tmp_path)
    assert done.returncode == 0 and "a.c is compiled 2 times" in done.stdout, done.stdout


def test_one_problem_of_many_units_is_told_once(tmp_path):
    project(tmp_path, {"a.c": CLEAN}, *[f"cc -c gone{i}.c" for i in range(9)], "cc -c a.c")
    done = doctor(tmp_path)
    assert done.returncode == 3 and done.stdout.count("it is not there") == 1 and "… and 6 more" in done.stdout, done.stdout


@pytest.mark.parametrize("text", ["[]", "", "{", "null", '[{"file": 1}]'])
def test_a_broken_database_is_told_with_the_way_to_make_it_anew(tmp_path, text):
    (tmp_path / "Makefile").write_text("")
    (tmp_path / "compile_commands.json").write_text(text)
    done = doctor(tmp_path)
    assert done.returncode == 3 and "bear -- make" in done.stdout, done.stdout


def test_japanese(tmp_path):
    project(tmp_path, {"a.c": CLEAN}, "cc -c a.c")
    assert "すべての翻訳単位を読めます" in doctor(tmp_path, "--lang", "ja").stdout
