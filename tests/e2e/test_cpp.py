"""Uses of functions in C and C++ sources, seen through the real binary: `gate inspect compile-commands`."""
import json
import os
import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest

GATE = os.environ.get("GATE")
FIXTURES = Path(__file__).resolve().parent / "cpp"
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")


def inspect(folder, database="compile_commands.json", jobs=None, engine=None):
    """The answer of gate as JSON. Its exit status must say whether there are problems."""
    command = [GATE, "inspect", "compile-commands", str(database)]
    if jobs:
        command += ["--jobs", str(jobs)]
    if engine:
        command += ["--engine", engine]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode in (0, 3), done.stderr
    answer = json.loads(done.stdout)
    assert done.returncode == (3 if answer["problems"] else 0)
    assert str(folder) not in done.stdout, "an absolute path is in the facts"
    return answer


def uses(answer):
    return answer["facts"].get("source_uses", [])


def units(answer):
    return answer["facts"].get("translation_units", [])


def coverage(answer):
    return answer["coverage"]["translation_units"], answer["coverage"]["source_uses"]


def where(problem):
    origin = problem.get("where", problem.get("origin", {}))
    return origin.get("artifact", "")


def project(folder, sources, *entries):
    """A project with the given files. An entry is a command line whose last word is the source, or a whole entry."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sources.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    database = [entry if isinstance(entry, dict) else {"directory": str(folder), "file": entry.split()[-1], "command": entry}
                for entry in entries]
    (folder / "compile_commands.json").write_text(json.dumps(database))
    return folder


COPY = '#include <string.h>\nvoid copy(char *d, const char *s) { strcpy(d, s); }\n'
CLEAN = 'int clean(void) { return 0; }\n'


# --- every shape of a name ---------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def torture(tmp_path_factory):
    folder = tmp_path_factory.mktemp("torture") / "project"
    shutil.copytree(FIXTURES / "torture", folder)
    template = (folder / "compile_commands.in.json").read_text()
    (folder / "compile_commands.json").write_text(template.replace("@ROOT@", str(folder)))
    return folder


def expectations(folder):
    expected = []
    for path in sorted(folder.rglob("*.*")):
        if path.suffix not in (".c", ".cpp", ".h"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.search(r"// expect(?:@(-\d+))?: (.*)$", line)
            for item in match.group(2).split(",") if match else []:
                function, use, *more = item.split()
                extra = dict(pair.split("=") for pair in more)
                expected.append((str(path.relative_to(folder)), number + int(match.group(1) or 0), function, use,
                                 extra.get("macro", ""), int(extra.get("units", 1))))
    return sorted(expected)


def test_torture_is_reported_exactly(torture):
    answer = inspect(torture)
    assert answer["problems"] == []
    assert coverage(answer) == ("complete", "complete")
    found = sorted((u["at"]["file"], u["at"]["line"], u["name"], u["use"], u["macro"], u["units"]) for u in uses(answer))
    expected = expectations(torture)
    assert len(expected) > 80
    assert [f for f in found if f not in expected] == []
    assert [e for e in expected if e not in found] == []
    assert found == expected
    assert [u["file"] for u in units(answer)] == ["src/fortified.c", "src/old.c", "src/own.c", "src/plain.c", "src/plain.cpp"]


def test_columns_point_at_the_name(torture):
    for use in uses(inspect(torture)):
        line = (torture / use["at"]["file"]).read_text().splitlines()[use["at"]["line"] - 1]
        rest = line[use["at"]["column"] - 1:]
        name = re.match(r"\w+", rest).group(0)
        accepted = {use["macro"], use["name"].split("::")[-1], use["written"].split("::")[-1], "str"}
        assert name in accepted or (use["macro"] and name.isupper()), (use, rest)
        if use["macro"] and use["spelled"].get("file"):
            text = (torture / use["spelled"]["file"]).read_text().splitlines()[use["spelled"]["line"] - 1]
            assert text.startswith("#define"), use
        if not use["macro"]:
            assert use["spelled"] == {}


def test_same_answer_for_any_number_of_workers_and_any_place(torture, tmp_path):
    one, eight = inspect(torture, jobs=1), inspect(torture, jobs=8)
    assert one == eight
    moved = tmp_path / "moved"
    shutil.copytree(torture, moved)
    template = (moved / "compile_commands.in.json").read_text()
    (moved / "compile_commands.json").write_text(template.replace("@ROOT@", str(moved)))
    assert inspect(moved) == one


# --- three answers -----------------------------------------------------------------------------------------------------

def test_found_clean_and_unseen_are_three_things(tmp_path):
    clean = inspect(project(tmp_path / "a", {"a.c": CLEAN}, "gcc -c a.c"))
    assert (uses(clean), len(units(clean)), coverage(clean)) == ([], 1, ("complete", "complete"))
    found = inspect(project(tmp_path / "b", {"a.c": COPY}, "gcc -c a.c"))
    assert (len(uses(found)), len(units(found)), coverage(found)) == (1, 1, ("complete", "complete"))
    unseen = inspect(project(tmp_path / "c", {}, "gcc -c a.c"))
    assert (uses(unseen), units(unseen), coverage(unseen)) == ([], [], ("absent", "absent"))
    assert unseen["problems"][0]["code"] == "not found" and where(unseen["problems"][0]) == "a.c"


def test_missing_header_is_incomplete_and_still_convicts(tmp_path):
    source = '#include <string.h>\nvoid f(char *d) { strcpy(d, ""); }\n#include "generated.h"\nvoid g(char *d) { strcat(d, ""); }\n'
    answer = inspect(project(tmp_path, {"a.c": source, "b.c": CLEAN}, "gcc -c a.c", "gcc -c b.c"))
    assert sorted((u["at"]["line"], u["name"]) for u in uses(answer)) == [(2, "strcpy"), (4, "strcat")]
    assert [u["file"] for u in units(answer)] == ["b.c"]
    assert coverage(answer) == ("partial", "partial")
    [problem] = answer["problems"]
    assert problem["code"] == "incomplete" and "generated.h" in problem["what"] and "header is missing" in problem["what"]
    assert where(problem) == "a.c"


def test_errors_are_counted_and_placed(tmp_path):
    source = "int f(void) {\n  return nothing;\n}\nint g(void) { return nobody; }\n"
    [problem] = inspect(project(tmp_path, {"a.c": source}, "gcc -c a.c"), engine="full")["problems"]
    assert problem["code"] == "incomplete" and "2 errors" in problem["what"] and "nothing" in problem["what"]
    assert "2:10" in json.dumps(problem)


def test_a_unit_with_a_name_is_judged_by_the_syntax_tree_where_tokens_leave_it_open(tmp_path):
    source = "#include <string.h>\nint f(void) { int strcpy = nothing; return strcpy; }\n"
    [problem] = inspect(project(tmp_path, {"a.c": source}, "gcc -c a.c"))["problems"]
    assert problem["code"] == "incomplete" and "nothing" in problem["what"]


def test_warnings_never_matter(tmp_path):
    source = '#pragma GCC diagnostic error "-Wall"\n#pragma GCC diagnostic error "-Wextra"\n' \
             'int *f(long x) { int *p = x; return p; }\nint g(void) { int unused; implied(); }\nmain() { return 0; }\n'
    answer = inspect(project(tmp_path, {"a.c": source}, "gcc -Werror -std=gnu11 -c a.c"))
    assert answer["problems"] == []


@pytest.mark.parametrize("name, bytes_", [
    ("empty list", b"[]"), ("nothing", b""), ("cut off", b'[{"directory": "/", "file"'), ("an object", b"{}"),
    ("null", b"null"), ("no UTF-8", b'[{"directory": "\xff", "file": "a.c", "command": "gcc"}]'),
])
def test_useless_database(tmp_path, name, bytes_):
    (tmp_path / "compile_commands.json").write_bytes(bytes_)
    answer = inspect(tmp_path)
    assert answer["problems"] and coverage(answer) == ("absent", "absent")


def test_missing_database(tmp_path):
    answer = inspect(tmp_path)
    assert answer["problems"][0]["code"] == "not found" and coverage(answer) == ("absent", "absent")


@pytest.mark.parametrize("entry", [
    {"directory": "/", "command": "gcc -c a.c"}, {"file": "a.c", "command": "gcc -c a.c"}, {"directory": "/", "file": "a.c"},
    {"directory": "/", "file": "a.c", "arguments": []}, {"directory": "/", "file": 7, "command": "gcc"}, "gcc -c a.c", None,
    {"directory": "/", "file": "a.c", "command": "gcc 'open"}, {"directory": "/", "file": "", "command": "gcc -c a.c"},
    {"directory": "/", "file": "a.c", "arguments": ["gcc", None]}, {"directory": "/", "file": "a.c\0b", "command": "gcc"},
])
def test_broken_entry_among_good_ones(tmp_path, entry):
    folder = project(tmp_path, {"good.c": CLEAN}, "gcc -c good.c")
    database = json.loads((folder / "compile_commands.json").read_text())
    (folder / "compile_commands.json").write_text(json.dumps(database + [entry]))
    answer = inspect(folder)
    assert [u["file"] for u in units(answer)] == ["good.c"]
    assert coverage(answer) == ("partial", "partial") and answer["problems"][0]["code"] == "malformed"


@pytest.mark.parametrize("name", ["a.S", "a.s", "a.cu", "a.m", "a.f90", "a.rs", "noextension"])
def test_languages_that_are_not_read(tmp_path, name):
    answer = inspect(project(tmp_path, {"good.c": CLEAN, name: ""}, "gcc -c good.c", f"gcc -c {name}"))
    [problem] = answer["problems"]
    assert problem["code"] == "incomplete" and where(problem) == name
    assert coverage(answer) == ("partial", "partial")


def test_language_follows_option_and_compiler(tmp_path):
    cxx = "#include <cstring>\nvoid f(char* d) { std::strcpy(d, \"\"); }\n"
    folder = project(tmp_path, {"a.c": cxx, "b.txt": cxx, "c.c": cxx}, "g++ -c a.c", "gcc -x c++ -c b.txt", "ccache /usr/bin/g++-12 -c c.c")
    answer = inspect(folder)
    assert answer["problems"] == [] and [u["at"]["file"] for u in uses(answer)] == ["a.c", "b.txt", "c.c"]


def test_one_entry_twice_counts_once_and_two_configurations_count_twice(tmp_path):
    once = inspect(project(tmp_path / "a", {"a.c": COPY}, "gcc -c a.c", "gcc -O0 -Wall -c a.c", "gcc -O0 -o b.o -c a.c"))
    assert len(units(once)) == 2 and uses(once)[0]["units"] == 2  # without -O0 and with it
    source = "#include <string.h>\n#ifdef A\nvoid f(char *d) { strcpy(d, d); }\n#else\nvoid f(char *d) { strcat(d, d); }\n#endif\n"
    twice = inspect(project(tmp_path / "b", {"a.c": source}, "gcc -DA -c a.c", "gcc -c a.c"))
    assert len(units(twice)) == 2 and sorted(u["name"] for u in uses(twice)) == ["strcat", "strcpy"]


def test_main_file_outside_the_root_is_still_the_projects(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "generated.c").write_text(COPY)
    answer = inspect(project(tmp_path / "root", {}, "gcc -c ../elsewhere/generated.c"))
    assert [u["at"]["file"] for u in uses(answer)] == ["../elsewhere/generated.c"]


def test_symbolic_links(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "hidden.h").write_text("#include <string.h>\nstatic void h(char *d) { strcpy(d, d); }\n")
    folder = project(tmp_path / "root", {"real/a.h": "#include <string.h>\nstatic void a(char *d) { strcat(d, d); }\n",
                                         "a.c": '#include "linked/a.h"\n#include "hidden.h"\n'}, "gcc -c a.c")
    (folder / "linked").symlink_to("real")
    (folder / "hidden.h").symlink_to(tmp_path / "outside" / "hidden.h")
    answer = inspect(folder)
    assert {u["at"]["file"] for u in uses(answer)} == {"hidden.h", "real/a.h"}


# --- hostile databases -------------------------------------------------------------------------------------------------

HOSTILE = [
    "-fplugin={evil}", "-Xclang -load -Xclang {evil}", "-fpass-plugin={evil}", "-Xclang -plugin -Xclang evil", "-mllvm -debug",
    "-o {out}", "-MMD -MF {out}", "-MD -MT x -MF{out}", "-Wp,-MD,{out}", "-save-temps={out}", "-ftime-trace={out}",
    "--serialize-diagnostics {out}", "-serialize-diagnostics {out}", "-index-store-path {out}", "-fcrash-diagnostics-dir={out}",
    "-fprofile-generate={out}", "-fprofile-instr-generate={out}", "-fmodules-cache-path={out}", "-emit-pch", "-emit-llvm", "-S",
    "-E -dM", "-dumpdir {out}", "-dumpbase {out}", "-fdump-tree-all={out}", "-aux-info {out}", "-wrapper {evil}", "-B{evil}",
    "-specs={evil}", "-fdiagnostics-format=sarif-file", "-gsplit-dwarf", "-Xassembler -o -Xassembler {out}", "-Wl,-o,{out}",
    "-MJ {out}", "-Xclang -dependency-file -Xclang {out}", "-Xclang -header-include-file -Xclang {out}", "-fsave-optimization-record",
    "-foptimization-record-file={out}", "-Xclang -diagnostic-log-file -Xclang {out}", "-fproc-stat-report={out}", "-v -###",
    "-Xclang -emit-obj", "-Xclang -ast-dump", "--analyze", "-fdepfile-entry={out}", "-fstack-usage", "-ftest-coverage",
]


@pytest.mark.parametrize("flags", HOSTILE)
def test_hostile_arguments_load_and_write_nothing(tmp_path, flags):
    evil = tmp_path / "evil.so"
    out = tmp_path / "out"
    evil.write_text("no library")
    folder = project(tmp_path / "root", {"a.c": COPY}, f"gcc {flags.format(evil=evil, out=out)} -c a.c")
    before = sorted(p.name for p in tmp_path.rglob("*"))
    answer = inspect(folder)
    assert [u["name"] for u in uses(answer)] == ["strcpy"], answer
    assert sorted(p.name for p in tmp_path.rglob("*")) == before, "something was written"


def test_hidden_arguments_are_loud(tmp_path):
    for number, flags in enumerate(["--config=x.cfg", "-include-pch a.pch", "-ivfsoverlay o.yaml", "--frobnicate", "-D"]):
        answer = inspect(project(tmp_path / str(number), {"a.c": COPY}, {"directory": str(tmp_path / str(number)), "file": "a.c",
                                                                         "arguments": ["gcc", "a.c", *shlex.split(flags)]}))
        assert [u["name"] for u in uses(answer)] == ["strcpy"]
        assert units(answer) == [] and coverage(answer) == ("partial", "partial")
        assert answer["problems"][0]["code"] == "incomplete" and flags.split()[0] in answer["problems"][0]["what"]


def test_response_files(tmp_path):
    source = "#include <string.h>\n#ifdef INSIDE\nvoid f(char *d) { strcpy(d, d); }\n#endif\n"
    (tmp_path / "outside.rsp").write_text("-DINSIDE")
    good = inspect(project(tmp_path / "a", {"a.c": source, "x.rsp": "-D 'INSIDE'\n@y.rsp", "y.rsp": "-DOTHER"}, "gcc @x.rsp -c a.c"))
    assert good["problems"] == [] and len(uses(good)) == 1
    for name, rsp in [("b", "@../outside.rsp"), ("c", "@loop.rsp"), ("d", "@missing.rsp"), ("e", "@/dev/zero"), ("f", "@link.rsp")]:
        folder = project(tmp_path / name, {"a.c": source, "loop.rsp": "@loop.rsp"}, f"gcc {rsp} -c a.c")
        (folder / "link.rsp").symlink_to(tmp_path / "outside.rsp")
        answer = inspect(folder)
        assert uses(answer) == [] and units(answer) == [] and answer["problems"] and coverage(answer) == ("absent", "absent"), name


def test_sources_that_are_no_files(tmp_path):
    for number, name in enumerate(["/dev/zero", "/dev/stdin", "/proc/self/fd/100", "/dev/tty"]):
        answer = inspect(project(tmp_path / str(number), {"a.c": f'#include "{name}"\n', "b.c": COPY}, "gcc -c a.c", "gcc -c b.c"))
        assert len(uses(answer)) == 1 and len(units(answer)) == 1 and len(answer["problems"]) == 1
    answer = inspect(project(tmp_path / "main", {}, {"directory": "/", "file": "/dev/zero", "command": "gcc -xc -c /dev/zero"}))
    assert answer["problems"] and units(answer) == []


# --- units that kill, or never end -------------------------------------------------------------------------------------

def test_a_folder_named_as_a_header_is_no_header(tmp_path):
    folder = project(tmp_path, {"a.cc": "#include <memory>\n" + COPY, "memory/arena.h": "\n"}, "g++ -I. -c a.cc")
    answer = inspect(folder)
    assert answer["problems"] == [] and len(uses(answer)) == 1


def test_crash_costs_one_unit(tmp_path):
    sources = {"a.c": COPY, "crash.c": "#pragma clang __debug crash\n" + COPY, "z.c": COPY}
    folder = project(tmp_path, sources, "gcc -c a.c", "gcc -c crash.c", "gcc -c z.c")
    for jobs in (1, 2):
        answer = inspect(folder, jobs=jobs)
        assert [u["at"]["file"] for u in uses(answer)] == ["a.c", "z.c"]
        assert [u["file"] for u in units(answer)] == ["a.c", "z.c"]
        [problem] = answer["problems"]
        assert problem["code"] == "tool failed" and where(problem) == "crash.c" and "ended with" in problem["what"]
        assert coverage(answer) == ("partial", "partial")


def test_nothing_but_crashes(tmp_path):
    sources = {f"{i}.c": "#pragma clang __debug llvm_fatal_error\n" + COPY for i in range(5)}
    answer = inspect(project(tmp_path, sources, *(f"gcc -c {name}" for name in sources)))
    assert len(answer["problems"]) == 5 and coverage(answer) == ("absent", "absent")


def test_deep_sources(tmp_path):
    deep = {
        "blocks.c": "void f(void) { " + "{" * 200 + "}" * 200 + " }\n",
        "parens.c": "int f(void) { return " + "(" * 200 + "1" + ")" * 200 + "; }\n",
        "sum.c": "int f(int a) { return " + "+".join(["a"] * 20000) + "; }\n",
        "else.c": "#include <string.h>\nvoid f(int a, char *d) { " + "".join(f"if (a == {i}) a++; else " for i in range(3000)) + "strcpy(d, d); }\n",
    }
    answer = inspect(project(tmp_path, deep, *(f"gcc -c {name}" for name in deep)))
    accounted = {u["file"] for u in units(answer)} | {where(p) for p in answer["problems"]}
    assert accounted == set(deep)
    assert [u["at"]["file"] for u in uses(answer)] == ["else.c"]


def test_runaways_end(tmp_path):
    sources = {
        "include.c": '#include "include.c"\n',
        "template.cpp": "template <int N> struct A : A<N + 1> {}; A<0> a;\n",
        "constexpr.cpp": "constexpr int f(int n) { int r = 0; for (long i = 0; i < 100000000000; ++i) r += n; return r; }\nconstexpr int x = f(1);\n",
        "error.c": "int f(void) { " + "x;" * 5000 + " }\n",
        "good.c": COPY,
    }
    folder = project(tmp_path, sources, *(f"gcc -c {name}" for name in sources))
    answer = inspect(folder, engine="full")
    assert [u["file"] for u in units(answer)] == ["good.c"] and len(uses(answer)) == 1
    assert {where(p) for p in answer["problems"]} == set(sources) - {"good.c"}
    assert "5000 errors" in json.dumps(answer)
    # The cascade parses no unit that names nothing; what it does read, it reads to the end or says so.
    assert [where(p) for p in inspect(folder)["problems"]] == ["include.c"]


def test_memory_is_bounded(tmp_path):
    bomb = "#define A0 x,x,x,x,x,x,x,x,x,x\n" + "".join(f"#define A{i} " + ",".join([f"A{i-1}"] * 10) + "\n" for i in range(1, 10))
    answer = inspect(project(tmp_path, {"bomb.c": bomb + "#define S(x) #x\n#define T(x) S(x)\nconst char *p = T((A9));\n" + COPY, "good.c": COPY},
                             "gcc -c bomb.c", "gcc -c good.c"))
    assert [u["file"] for u in units(answer)] == ["good.c"]
    assert [where(p) for p in answer["problems"]] == ["bomb.c"]
