#!/usr/bin/env python3
"""Compares gate with clang-query on real code: the same functions, the same units, each place.

    GATE=build/release/gate tests/bench/same_uses.py [project[:units] …]

The projects are those of real_code.py. clang-query is asked for `declRefExpr(to(functionDecl(hasAnyName(…))))` with the
functions that `default` bans. Prints how many places both have, and every difference with its cause; the exit status is
1 where a difference has none, or where one and eight workers of gate disagree. Needs clang-tools-19.
"""
import argparse
import collections
import concurrent.futures
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from real_code import PROJECTS, ROOT
from speed import GATE, Project, source_of

LISTS = [ROOT / "policies" / "lists" / name for name in ("c-unsafe.yaml", "cpp-unsafe.yaml")]


def banned():
    """The functions of the lists, as `gate inspect compile-commands` looks for them: C names under both of theirs."""
    names = {name for path in LISTS for name in re.findall(r'\{name: "?([\w:]+)"?, (?!entity)', path.read_text())}
    return sorted({f"::{name}" for name in names} | {f"::std::{name}" for name in names if "::" not in name})


def ask_gate(target, jobs):
    done = subprocess.run([str(c) for c in target.gate("--jobs", jobs)], cwd=target.folder, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"gate: {done.stderr}")
    return done.stdout


def ask_clang_query(target, names):
    """{(file, line, column)}, and the sources with errors. One process for each source: clang-query keeps every AST."""
    wanted = ", ".join(f'"{name}"' for name in names)
    script = f"set bind-root true\nset output diag\nmatch declRefExpr(to(functionDecl(hasAnyName({wanted}))))\n"
    with tempfile.NamedTemporaryFile("w", suffix=".query") as file:
        file.write(script)
        file.flush()
        folders = {source_of(entry): Path(entry["directory"]) for entry in target.entries}

        def ask(source):
            return source, subprocess.run(["clang-query-19", "-p", str(target.database), "-f", file.name, source],
                                          cwd=folders[source], capture_output=True, text=True)
        found, broken = set(), set()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for source, done in pool.map(ask, sorted(folders)):
                if re.search(r": (fatal )?error: ", done.stderr) or "matches" not in done.stdout and "match." not in done.stdout:
                    broken.add(source)
                for match in re.finditer(r'^(.+):(\d+):(\d+): note: "root" binds here', done.stdout, re.MULTILINE):
                    # Places are printed relative to the folder that the source was compiled in.
                    found.add(unqualified((os.path.realpath(folders[source] / match[1]), int(match[2]), int(match[3]))))
    return found, broken


@functools.cache
def lines_of(path):
    return Path(path).read_bytes().split(b"\n")


def text_at(place):
    path, line, column = place
    return lines_of(path)[line - 1][column - 1:]


def unqualified(place):
    """Where the name itself begins: a reference of the tree begins at its qualifier."""
    path, line, column = place
    return path, line, column + len(re.match(rb"(?:\w*\s*::\s*)*", text_at(place))[0])


def word_at(place):
    """The identifier that stands at a place."""
    return re.match(rb"\w*", text_at(place))[0].decode()


def own_functions(folder, words):
    """Words that the project defines itself, as far as a line that starts a function shows it."""
    own = set()
    if not words:
        return own
    pattern = re.compile(r"^[A-Za-z_][^;=()]*\b(" + "|".join(map(re.escape, sorted(words))) + r")\s*\([^;]*$")
    for path in folder.rglob("*"):
        if path.suffix in {".c", ".h", ".cc", ".cpp", ".hpp"} and path.is_file():
            own |= {match[1] for line in path.read_text(errors="replace").splitlines() if (match := pattern.match(line))}
    return own


def compare(target, names):
    """Prints the comparison; whether every difference has a cause."""
    one, eight = ask_gate(target, 1), ask_gate(target, 8)
    answer = json.loads(one)
    folder = Path(os.path.realpath(target.folder))
    uses = collections.defaultdict(list)
    for use in answer["facts"]["source_uses"]:
        uses[os.path.realpath(folder / use["at"]["file"]), use["at"]["line"], use["at"]["column"]].append(use)
    found, broken = ask_clang_query(target, names)

    causes = collections.defaultdict(list)
    for place in sorted(set(uses) - found):
        use = uses[place][0]
        if use["written"].removeprefix("std::") != use["name"].removeprefix("std::"):
            causes["gate only: built-in, fortified or renamed form"].append(place)
        elif use["use"] != "call":
            causes[f"gate only: {use['use']} that is no reference to the function in the tree (using, label, assembly)"].append(place)
        else:
            causes["gate only: UNEXPLAINED"].append(place)
    missing = sorted(found - set(uses))
    own = own_functions(folder, {word_at(place) for place in missing})
    for place in missing:
        if not place[0].startswith(f"{folder}/"):
            causes["clang-query only: in a system header"].append(place)
        elif word_at(place) in own:
            causes["clang-query only: the project's own function of this name"].append(place)
        else:
            causes["clang-query only: UNEXPLAINED"].append(place)

    print(f"{target.name:9} {len(target.entries):4} units: gate {len(uses)} places, clang-query {len(found)}, both "
          f"{len(set(uses) & found)}; 1 and 8 workers {'the same bytes' if one == eight else 'DIFFERENT'}; "
          f"sources with errors: gate {len(answer['problems'])}, clang-query {len(broken)}", flush=True)
    for cause, places in sorted(causes.items()):
        print(f"{'':9} {cause}: {len(places)}")
        for path, line, column in places:
            print(f"{'':13} {os.path.relpath(path, folder)}:{line}:{column} {word_at((path, line, column))}")
    return one == eight and not any("UNEXPLAINED" in cause for cause in causes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", default=list(PROJECTS))
    good = True
    with tempfile.TemporaryDirectory() as scratch:
        for wanted in parser.parse_args().projects:
            name, _, units = wanted.partition(":")
            good &= compare(Project(name, int(units or 0), scratch), banned())
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
