#!/usr/bin/env python3
"""A range of SSH-signed commits, judged by gate, process start and reports included, against `git log --format=%G?` over
it; medians of one run, on the same core by turns.

    GATE=build/release/gate tests/bench/git_signatures.py [--commits 1000] [--runs 5] [--git-runs 1] [--json FILE]

Both have to find every commit good. git starts ssh-keygen twice for each commit; gate starts nothing.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GATE = Path(os.environ.get("GATE", ROOT / "build" / "release" / "gate")).resolve()
POLICY = """gate: 1
name: signatures
inputs: {git: {range: auto}}
trust: {allowed_signers: allowed}
rules:
  signing/unsigned-commit: {level: fail}
"""


def make_repository(folder, commits):
    def run(command, **options):
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, env=environment(folder),
                              **options).stdout.strip()

    run(["ssh-keygen", "-q", "-N", "", "-C", "", "-t", "ed25519", "-f", "key"])
    (folder / "allowed").write_text("t@example.org " + (folder / "key.pub").read_text())
    (folder / "gate.yaml").write_text(POLICY)
    run(["git", "init", "-q", "-b", "main", "."])
    for setting in ("user.name T", "user.email t@example.org", "gpg.format ssh", f"user.signingkey {folder}/key",
                    f"gpg.ssh.allowedSignersFile {folder}/allowed"):
        run(["git", "config", *setting.split(" ", 1)])
    run(["git", "add", "gate.yaml", "allowed"])
    for number in range(commits):
        run(["git", "commit", "-q", "-S", "--allow-empty", "-m", f"Commit {number}"])


def environment(folder):
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1"}


def timed(command, folder, is_good):
    start = time.perf_counter()
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True,
                          env=environment(folder))
    took = time.perf_counter() - start
    if done.returncode or not is_good(done.stdout):
        sys.exit(f"{command}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--git-runs", type=int, default=1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_repository(folder, options.commits)
        ours = [timed([GATE, "run", "--quiet"], folder, lambda out: True) for _ in range(options.runs)]
        theirs = [timed(["git", "log", "--format=%G?"], folder, lambda out: out.split() == ["G"] * options.commits)
                  for _ in range(options.git_runs)]
        ours += [timed([GATE, "run", "--quiet"], folder, lambda out: True) for _ in range(options.runs)]
    gate, git = statistics.median(ours), statistics.median(theirs)
    print(f"{options.commits} commits   gate {gate * 1000:.1f} ms   git {git * 1000:.0f} ms   {git / gate:.0f} times")
    if options.json:
        options.json.write_text(json.dumps({"commits": options.commits, "gate_s": ours, "git_s": theirs,
                                            "ratio": git / gate}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
