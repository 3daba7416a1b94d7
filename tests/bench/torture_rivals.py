#!/usr/bin/env python3
"""The torture corpus through gate and through other scanners: of its uses, how many each finds, misses, and says falsely.

    GATE=build/release/gate tests/bench/torture_rivals.py [--misses]

Rivals that are not installed are left out, by name: clang-tidy-19, clang-query-19 (clang-tools-19), flawfinder, cppcheck. A use is
a name on a line of a file; what a rival says of names that the corpus' policy does not ban is not counted against it.
The exit status is 1 where gate misses a use or says a false one that the suite does not know as a gap.
"""
import argparse
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GATE = Path(os.environ.setdefault("GATE", str(ROOT / "build" / "release" / "gate"))).resolve()
sys.path.insert(0, str(ROOT / "tests" / "conformance"))
import test_torture as suite  # noqa: E402
import torture_corpus as corpus  # noqa: E402

BANNED = set(re.findall(r'name: "?([\w:]+)"?', corpus.POLICY.read_text()))
SHORT = {name.split("::")[-1] for name in BANNED}


def run(command, folder):
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    return done.stdout + "\n" + done.stderr


def library_name(name):
    """strcpy of std::strcpy, __builtin_strcpy and __builtin___strcpy_chk."""
    short = name.split("::")[-1].removeprefix("__builtin_").removeprefix("__isoc99_")
    return re.sub(r"^__(\w+)_chk$", r"\1", short)


def places(found, project):
    """(file, line, name) inside the project, of what the policy bans."""
    inside = set()
    for file, line, name in found:
        path = Path(os.path.normpath(project / file))
        if path.is_relative_to(project) and library_name(name) in SHORT:
            inside.add((str(path.relative_to(project)), int(line), library_name(name)))
    return inside


def gate(project):
    uses, _ = corpus.findings(suite.judge(project, "cascade")[1])
    return [(use.file, use.line, use.name) for use in uses]


def clang_tidy(project):
    text = run(["clang-tidy-19", "--quiet", "-p", project, "--checks=-*,bugprone-unsafe-functions", "--header-filter=.*", *units(project)], project)
    return re.findall(r"(?m)^(.+?):(\d+):\d+: warning: function '([^']+)'", text)


def clang_query(project):
    names = ", ".join(f'"{name}"' for name in sorted(BANNED))
    script = project / "query.txt"
    script.write_text("set output diag\nenable output print\n"
                      f"match declRefExpr(to(functionDecl(hasAnyName({names})))).bind(\"root\")\n")
    text = run(["clang-query-19", "-p", project, "-f", script, *units(project)], project)
    return re.findall(r'(?ms)^([^\n]+?):(\d+):\d+: note: "root" binds here.*?^Binding for "root":\n([\w:]+)', text)


def flawfinder(project):
    found = []
    for file in suite.FILES:  # one by one: bytes that are no UTF-8 end its whole run
        rows = csv.DictReader(io.StringIO(run(["flawfinder", "--csv", "--minlevel=0", file], project)))
        found += [(row["File"], row["Line"], row["Name"]) for row in rows if (row.get("Line") or "").isdigit()]
    return found


def cppcheck(project):
    text = run(["cppcheck", "--project=compile_commands.json", "--enable=all", "--inconclusive", "--library=posix", "--quiet",
                "--template={file}:{line}:{id}:{message}", "--template-location="], project)
    found = []
    for file, line, check, message in re.findall(r"(?m)^(.+?):(\d+):(\w+):(.*)$", text):
        name = re.search(r"'(\w+)'|function (\w+)", message)
        found.append((file, line, check.removesuffix("Called") if check.endswith("Called") else next(filter(None, name.groups()), "") if name else ""))
    return found


def units(project):
    return sorted({entry["file"] for entry in json.loads((project / "compile_commands.json").read_text())})


TOOLS = {"gate": gate, "clang-tidy-19": clang_tidy, "clang-query-19": clang_query, "flawfinder": flawfinder, "cppcheck": cppcheck}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--misses", action="store_true", help="list what each tool misses and says falsely")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = corpus.make_project(Path(folder).resolve())
        asked, allowed = set(), set()
        for file in suite.FILES:
            must, may, _ = corpus.expectations(project, file)
            asked |= {(use.file, use.line, library_name(use.name)) for use in must}
            allowed |= {(use.file, use.line, library_name(use.name)) for use in may}
        print(f"{len(corpus.sources())} units, {len(asked)} uses\n\n{'':16}{'found':>7}{'missed':>8}{'false':>7}")
        known = True
        for name, ask in TOOLS.items():
            if name != "gate" and not shutil.which(name):
                print(f"{name:16}not installed")
                continue
            told = places(ask(project), project)
            missed, false = asked - told, told - asked - allowed
            print(f"{name:16}{len(asked & told):7}{len(missed):8}{len(false):7}")
            if name == "gate":
                gaps = {*suite.KNOWN_GAPS, *(file for engine, file in suite.KNOWN_GAPS_OF_ENGINES if engine == "cascade")}
                known = {place[0] for place in missed | false} <= gaps
            for what, those in (("missed", missed), ("false", false)) if arguments.misses else ():
                for file, line, function in sorted(those):
                    print(f"    {what:7} {file}:{line} {function}")
    return 0 if known else 1


if __name__ == "__main__":
    sys.exit(main())
