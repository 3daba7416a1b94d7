#!/usr/bin/env python3
"""Times gate against clang-tidy and `clang -E` on real code: same machine, same units, same cores, medians.

    GATE=build/release/gate tests/bench/speed.py [project …] [--runs 5] [--units N] [--json FILE]

A project (see real_code.py) without a number takes all its units; "git:160" takes 160, spread evenly over the database.
Rows, each pinned to the cores that it says:
  tidy     clang-tidy-19, bugprone-unsafe-functions, one process a unit, 1 core
  clang-E  clang-19 -E, output to /dev/null, one process a unit, 1 core
  cold     gate inspect compile-commands, 1 worker on 1 core and 2 workers on 2; nothing cached
  full     the same with --engine=full, once, and whether it finds the same
  warm     gate with a filled cache, nothing changed; then with one source edited
Memory is what gate and its two workers hold together, shared pages counted once.
"""
import argparse
import contextlib
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from real_code import PROJECTS, ROOT, project

GATE = Path(os.environ.get("GATE", ROOT / "build" / "release" / "gate")).resolve()
DROPPED = {"-c", "-MD", "-MMD", "-MP"}
DROPPED_WITH_VALUE = {"-o", "-MF", "-MT", "-MQ"}


def arguments_of(entry):
    return entry.get("arguments") or shlex.split(entry["command"])


def source_of(entry):
    return os.path.normpath(os.path.join(entry["directory"], entry["file"]))


def sample(entries, count):
    """`count` units, spread evenly."""
    if not count or count >= len(entries):
        return entries
    return [entries[i * len(entries) // count] for i in range(count)]


@contextlib.contextmanager
def pinned(cores):
    """What is started here runs on these cores. Set before, since what Python does in a child costs milliseconds."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def timed(command, folder, cores, accepted=(0, 1, 3)):
    command = [str(c) for c in command]
    with pinned(cores), tempfile.TemporaryFile() as output:
        start = time.monotonic()
        done = subprocess.run(command, cwd=folder, stdout=output, stderr=subprocess.PIPE, text=True)
        seconds = time.monotonic() - start
        output.seek(0)
        text = output.read().decode()
    if done.returncode not in accepted:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stderr[-2000:]}")
    return seconds, text


def each_unit(entries, command_of):
    """Seconds for one process a unit, one after the other, on one core."""
    with pinned({0}):
        start = time.monotonic()
        for entry in entries:
            subprocess.run(command_of(entry), cwd=entry["directory"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - start


def preprocess(entry):
    kept, skip = [], False
    for argument in arguments_of(entry)[1:]:
        if skip or argument in DROPPED_WITH_VALUE:
            skip = not skip
        elif argument not in DROPPED:
            kept.append(argument)
    driver = "clang++-19" if source_of(entry).endswith((".cc", ".cpp", ".cxx")) else "clang-19"
    return [driver, "-E", "-w", *kept, "-o", "/dev/null"]


def peak_memory(command, folder):
    """MB that gate and its workers hold together, at the most: sampled, since the peaks of processes do not add up."""
    process = subprocess.Popen([str(c) for c in command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        total = 0
        for status in [Path(f"/proc/{process.pid}/smaps_rollup"), *(Path(f"/proc/{child}/smaps_rollup") for child in children(process.pid))]:
            try:
                total += sum(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("Pss:"))
            except OSError:
                continue  # it has just ended
        peak = max(peak, total)
        time.sleep(0.002)
    return peak / 1024


def children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


class Project:
    def __init__(self, name, units, scratch):
        self.name, self.folder, database = name, *project(name)
        self.entries = sample(json.loads(database.read_text()), units)
        for entry in self.entries:
            entry["file"] = source_of(entry)
        self.database = Path(scratch) / name
        self.database.mkdir()
        (self.database / "compile_commands.json").write_text(json.dumps(self.entries))

    def gate(self, *options):
        return [GATE, "inspect", "compile-commands", self.database, *options]

    def tidy(self, entry):
        return ["clang-tidy-19", "-p", str(self.database), "--quiet", "--checks=-*,bugprone-unsafe-functions", entry["file"]]


def median_of(runs, measure):
    return statistics.median(measure() for _ in range(runs))


def facts_of(output):
    return json.loads(output)["facts"]["source_uses"]


def measure(target, runs, rivals):
    row = {"units": len(target.entries)}
    if rivals:
        row["tidy"] = median_of(rivals, lambda: each_unit(target.entries, target.tidy))
        row["clang-E"] = median_of(rivals, lambda: each_unit(target.entries, preprocess))
    row["cold1"] = median_of(runs, lambda: timed(target.gate("--jobs", 1), target.folder, {0})[0])
    row["cold2"] = median_of(runs, lambda: timed(target.gate("--jobs", 2), target.folder, {0, 1})[0])
    _, cascade = timed(target.gate("--jobs", 2), target.folder, {0, 1})
    row["full"], full = timed(target.gate("--jobs", 1, "--engine=full"), target.folder, {0})
    row["uses"], row["same"] = len(facts_of(full)), facts_of(full) == facts_of(cascade)
    row["memory"] = peak_memory(target.gate("--jobs", 2), target.folder)
    row.update(warm(target, runs))
    return row


def warm(target, runs):
    """Seconds with a filled cache, on two cores: nothing changed, and one source edited for each run."""
    cache = target.database / "cache"
    command = target.gate("--jobs", 2, "--cache", cache)
    first = facts_of(timed(command, target.folder, {0, 1})[1])
    row = {"warm": median_of(runs, lambda: timed(command, target.folder, {0, 1})[0])}
    if facts_of(timed(command, target.folder, {0, 1})[1]) != first:
        sys.exit(f"{target.name}: the cache tells something else")
    source = next(path for path in sorted((Path(e["file"]) for e in target.entries), key=str) if path.is_file())
    text = source.read_bytes()
    edits = iter(range(10 ** 6))

    def edited():
        source.write_bytes(text + b"\nint gate_bench_%d;\n" % next(edits))
        return timed(command, target.folder, {0, 1})[0]
    try:
        row["edited"] = median_of(runs, edited)
    finally:
        source.write_bytes(text)
    return row


def linear(target, runs):
    """Seconds for a quarter of the units, and for all: evenly spread, so that both have the same headers."""
    whole = median_of(runs, lambda: timed(target.gate("--jobs", 1), target.folder, {0})[0])
    quarter = len(target.entries) // 4
    (target.database / "compile_commands.json").write_text(json.dumps(sample(target.entries, quarter)))
    part = median_of(runs, lambda: timed(target.gate("--jobs", 1), target.folder, {0})[0])
    return whole / part, len(target.entries) / quarter


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", default=list(PROJECTS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rival-runs", type=int, default=5, help="0: leave the rivals out")
    parser.add_argument("--linear", action="store_true", help="compare a quarter of the units with all of them")
    parser.add_argument("--json", help="write the figures here as well")
    options = parser.parse_args()
    rows, missed = {}, []
    with tempfile.TemporaryDirectory() as scratch:
        for wanted in options.projects:
            name, _, units = wanted.partition(":")
            target = Project(name, int(units or 0), scratch)
            row = rows[name] = measure(target, options.runs, options.rival_runs)
            print(f"{name:9} {row['units']:4} units, {row['uses']} uses, {'same as' if row['same'] else 'DIFFERENT FROM'} "
                  f"the full engine ({row['full']:.2f} s); cold {row['cold1']:.2f} s on 1 core, {row['cold2']:.2f} s on 2 "
                  f"({row['cold1'] / row['cold2']:.2f}x); at most {row['memory']:.0f} MB", flush=True)
            if "tidy" in row:
                print(f"{'':9} clang-tidy {row['tidy']:.2f} s: {row['tidy'] / row['cold1']:.1f} times; "
                      f"clang -E {row['clang-E']:.2f} s: {row['cold1'] / row['clang-E']:.2f} of it", flush=True)
            print(f"{'':9} warm {row['warm'] * 1000:.0f} ms, one source edited {row['edited'] * 1000:.0f} ms"
                  + (f"; clang-tidy is {row['tidy'] / row['warm']:.0f} times the warm run" if "tidy" in row else ""), flush=True)
            if options.linear:
                times, units = linear(target, options.runs)
                print(f"{'':9} {units:.2f} times the units take {times:.2f} times the time", flush=True)
            if not row["same"]:
                missed.append(name)
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
