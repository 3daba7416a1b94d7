#!/usr/bin/env python3
"""The release binary alone: its size, how fast it starts, and redis scanned where there is nothing else.

    GATE=build/release/gate tests/bench/release.py

The scan runs in a root folder that holds the binary, the sources and /usr/include: no Clang, no GCC, no libraries, no
/proc. Needs root for chroot, and what real_code.py needs. The exit status is 1 where a bound is missed.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from real_code import ROOT, project

GATE = Path(os.environ.get("GATE", ROOT / "build" / "release" / "gate")).resolve()
MOST_BYTES, MOST_SECONDS = 60_000_000, 0.010


def start_seconds():
    start = time.monotonic()
    subprocess.run([GATE, "version"], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def scan_alone(folder, database):
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        root = Path(scratch)
        shutil.copytree(folder, root / folder.relative_to("/"), symlinks=True)
        shutil.copytree("/usr/include", root / "usr/include", symlinks=True)
        shutil.copy(GATE, root / "gate")
        start = time.monotonic()
        done = subprocess.run([shutil.which("chroot"), root, "/gate", "-C", folder, "inspect", "compile-commands", database],
                              capture_output=True, text=True, env={})
        return done, time.monotonic() - start


def main():
    missed = []

    def line(name, value, holds):
        print(f"{name:34} {value}{'' if holds else '   MISSED'}")
        if not holds:
            missed.append(name)

    size = GATE.stat().st_size
    line("size", f"{size / 1e6:.1f} MB of at most {MOST_BYTES / 1e6:.0f}", size <= MOST_BYTES)
    linked = subprocess.run(["ldd", GATE], capture_output=True, text=True)
    line("fully static", "yes" if "not a dynamic" in linked.stdout + linked.stderr else "no",
         "not a dynamic" in linked.stdout + linked.stderr)
    seconds = statistics.median(start_seconds() for _ in range(21))
    line("gate version", f"{seconds * 1000:.1f} ms of at most {MOST_SECONDS * 1000:.0f}", seconds <= MOST_SECONDS)

    folder, database = project("redis")
    done, seconds = scan_alone(folder, database)
    if done.returncode not in (0, 3):
        sys.exit(f"{done.returncode}: {done.stderr}")
    answer = json.loads(done.stdout)
    errors = [p for p in answer["problems"] if p["code"] != "not_found"]
    line("redis in a bare root", f"{len(answer['facts']['translation_units'])} units, {len(answer['facts']['source_uses'])} uses, "
         f"{len(errors)} units in error, {seconds:.2f} s", not errors and answer["facts"]["translation_units"])
    for problem in answer["problems"]:
        print(f"    {problem['code']}: {problem['where']['artifact']}: {problem['what'][:200]}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
