#!/usr/bin/env python3
"""Compares gate with clang-query on a real C project: the same functions, the same compile database, each place.

    GATE=build/release/gate tests/bench/real_c_project.py [--package redis] [--tidy]

Needs bear, clang-tools-19 and dpkg-dev (and clang-tidy-19 for --tidy). The distribution's source package is fetched into
GATE_BENCH_CACHE (default: build/bench), built there once under bear, and read in place. Prints a table and every
difference with its reason; the exit status is 1 where a difference has no reason, or where 1 and 8 workers disagree.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from real_code import ROOT, fetch, run

GATE = Path(os.environ.get("GATE", ROOT / "build" / "release" / "gate")).resolve()
LISTS = [ROOT / "policies" / "lists" / name for name in ("c-unsafe.yaml", "cpp-unsafe.yaml")]
CORES = os.cpu_count() or 1


def build(folder, command):
    database = folder / "compile_commands.json"
    if not database.exists():
        done = run(["bear", "--output", database, "--", *command], folder)
        (folder / "build.log").write_text(done.stdout + done.stderr)
    entries = json.loads(database.read_text())
    if not entries:
        sys.exit(f"the build gave no compile commands; see {folder}/build.log")
    return entries


def names():
    """The functions of the embedded lists, as `gate inspect compile-commands` looks for them."""
    return sorted({name for path in LISTS for name in re.findall(r'\{name: "?([\w:]+)"?, (?!entity)', path.read_text())})


def ask_gate(folder, jobs):
    start = time.monotonic()
    done = run([GATE, "inspect", "compile-commands", "compile_commands.json", "--jobs", jobs], folder)
    seconds = time.monotonic() - start
    if done.returncode not in (0, 3):
        sys.exit(f"gate: {done.stderr}")
    return done.stdout, seconds


def ask_clang_query(folder, entries, wanted):
    """{(file, line, column, name)} and the files with errors. One process for each source: clang-query keeps every AST."""
    script = "set bind-root true\nset output diag\n"
    for name in wanted:
        script += f'match declRefExpr(to(functionDecl(hasName("::{name}"))))\n'

    def ask(source):
        with tempfile.NamedTemporaryFile("w", suffix=".query") as file:
            file.write(script)
            file.flush()
            return source, run(["clang-query-19", "-p", folder, "-f", file.name, source], folder)

    # Places are printed relative to the folder that the source was compiled in.
    folders = {str((Path(entry["directory"]) / entry["file"]).resolve()): Path(entry["directory"]) for entry in entries}
    sources = sorted(folders)
    found, broken = set(), set()
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        for source, done in pool.map(ask, sources):
            if re.search(r": (fatal )?error: ", done.stderr):
                broken.add(source)
            position = 0
            for line in done.stdout.splitlines():
                if re.fullmatch(r"\d+ match(es)?\.", line):
                    position += 1
                elif match := re.match(r'(.+):(\d+):(\d+): note: "root" binds here', line):
                    path = os.path.realpath(folders[source] / match.group(1))
                    found.add((path, int(match.group(2)), int(match.group(3)), wanted[position]))
            if position != len(wanted):
                broken.add(source)
    return found, broken


def own_functions(folder, wanted):
    """Names that the project defines itself, as far as a line that starts a function shows it."""
    own = set()
    pattern = re.compile(r"^[A-Za-z_][^;=()]*\b(" + "|".join(re.escape(name) for name in wanted) + r")\s*\([^;]*$")
    for path in folder.rglob("*.[ch]"):
        for line in path.read_text(errors="replace").splitlines():
            if match := pattern.match(line):
                own.add(match.group(1))
    return own


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", default="redis")
    parser.add_argument("--build", default="make -k -j2 MALLOC=libc BUILD_TLS=no", help="what bear runs")
    parser.add_argument("--tidy", action="store_true", help="also time clang-tidy's bugprone-unsafe-functions")
    options = parser.parse_args()

    folder = fetch(options.package).resolve()
    entries = build(folder, shlex.split(options.build))
    wanted = names()

    one, seconds_one = ask_gate(folder, 1)
    eight, _ = ask_gate(folder, 8)
    _, seconds_all = ask_gate(folder, CORES)
    answer = json.loads(one)
    uses = {(str(folder / u["at"]["file"]), u["at"]["line"], u["at"]["column"], u["name"]): u
            for u in answer["facts"]["source_uses"]}
    found, broken = ask_clang_query(folder, entries, wanted)
    own = own_functions(folder, wanted)

    reasons = collections.defaultdict(list)
    for place in sorted(set(uses) - found):
        use = uses[place]
        if use["written"] != use["name"]:
            reasons["gate only: built-in, fortified or renamed form"].append(place)
        else:
            reasons["gate only: UNEXPLAINED"].append(place)
    for place in sorted(found - set(uses)):
        if not place[0].startswith(str(folder) + "/"):
            reasons["clang-query only: in a system header"].append(place)
        elif place[3] in own:
            reasons["clang-query only: the project's own function of this name"].append(place)
        else:
            reasons["clang-query only: UNEXPLAINED"].append(place)

    print(f"package                {folder.name}")
    print(f"entries, functions     {len(entries)}, {len(wanted)}")
    print(f"units seen in full     {len(answer['facts']['translation_units'])}, {answer['coverage']['source_uses']}")
    print(f"problems               {len(answer['problems'])}")
    for problem in answer["problems"]:
        print(f"    {problem['code']}: {problem['where']['artifact']}: {problem['what']}")
    print(f"gate                   {len(uses)} places, {seconds_one:.1f} s with 1 worker, {seconds_all:.1f} s with {CORES}")
    print(f"clang-query            {len(found)} places, {len(broken)} sources with errors")
    print(f"same place             {len(set(uses) & found)}")
    print(f"1 and 8 workers        {'same bytes' if one == eight else 'DIFFERENT'}")
    for reason, places in sorted(reasons.items()):
        print(f"{reason}: {len(places)}")
        for path, line, column, name in places:
            print(f"    {os.path.relpath(path, folder)}:{line}:{column} {name}")
    for name, count in collections.Counter(use["name"] for use in uses.values()).most_common():
        print(f"    {count:5} {name}")
    if options.tidy:
        sources = sorted({str((Path(e["directory"]) / e["file"]).resolve()) for e in entries})
        start = time.monotonic()
        for source in sources:
            run(["clang-tidy-19", "-p", folder, "--quiet", "--checks=-*,bugprone-unsafe-functions", source], folder)
        print(f"clang-tidy-19          {time.monotonic() - start:.1f} s, 1 process at a time, bugprone-unsafe-functions")
    unexplained = [reason for reason in reasons if "UNEXPLAINED" in reason]
    return 1 if unexplained or one != eight else 0


if __name__ == "__main__":
    sys.exit(main())
