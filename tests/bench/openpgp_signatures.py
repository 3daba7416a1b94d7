#!/usr/bin/env python3
"""A range of OpenPGP-signed commits: gate beside `git log --format=%G?`, in one run, as a ratio.

usage: GATE=build/release/gate tests/bench/openpgp_signatures.py [commits]
"""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GATE = Path(os.environ.get("GATE", "build/release/gate")).resolve()
COMMITS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.mkdir(mode=0o700)
        env = dict(os.environ, GNUPGHOME=str(home), GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null")
        repository = Path(folder, "repository")

        def run(*command):
            return subprocess.run(command, env=env, cwd=repository, check=True, capture_output=True).stdout

        repository.mkdir()
        run("gpg", "--batch", "--passphrase", "", "--quick-generate-key", "Dev <dev@example.org>", "ed25519", "sign")
        run("git", "init", "-q")
        for key, value in {"user.name": "Dev", "user.email": "dev@example.org"}.items():
            run("git", "config", key, value)
        run("git", "commit", "-q", "--allow-empty", "-m", "root")
        for number in range(COMMITS):
            run("git", "commit", "-q", "-S", "--allow-empty", "-m", str(number))
        revisions = f"HEAD~{COMMITS}..HEAD"
        (repository / "team.asc").write_bytes(run("gpg", "--export", "-a"))
        (repository / "gate.yaml").write_text(
            f"gate: 1\nname: bench\ninputs: {{git: {{range: \"{revisions}\"}}}}\ntrust: {{openpgp_keyring: team.asc}}\n"
            "rules: {signing/unsigned-commit: {level: fail}}\n")

        def timed(*command):
            start = time.perf_counter()
            out = run(*command)
            return time.perf_counter() - start, out

        theirs, letters = timed("git", "log", "--format=%G?", revisions)
        if set(letters.split()) != {b"U"} and set(letters.split()) != {b"G"}:
            sys.exit("git does not find every signature good")
        ours = min(timed(GATE, "run", "--policy", "gate.yaml")[0] for _ in range(5))
        subprocess.run(["gpgconf", "--kill", "all"], env=env, check=False)
        print(f"{COMMITS} commits: git {theirs:.2f} s, gate {ours:.3f} s, ratio {theirs / ours:.0f}")


if __name__ == "__main__":
    main()
