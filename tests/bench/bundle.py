#!/usr/bin/env python3
"""One Sigstore bundle, process start included, against the raw signature checks in it, done by OpenSSL; medians.

    GATE=build/release/gate tests/bench/bundle.py [--runs 200] [--json FILE]

The checks are counted by key type in the reasons of `gate verify bundle --explain`, and each type is timed by `openssl speed` on
the same core just before. Nothing else that a verifier has to do (reading, parsing, hashing, starting) is in the yardstick.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "conformance"))
GATE = Path(os.environ.setdefault("GATE", str(ROOT / "build" / "release" / "gate"))).resolve()
from test_sigstore_bundles import BUNDLES, arguments_of  # noqa: E402

# What has to be checked by a signature in each case, by the types of the keys that made them.
CASES = {
    "happy-path-v0.3": {"ecdsap256": 4, "ecdsap384": 2},  # promise, checkpoint, SCT, message; leaf, intermediate
    "happy-path-intoto-in-dsse-v3": {"ecdsap256": 4, "ecdsap384": 2},
    # checkpoint; SCT, message; leaf, intermediate, timestamp, its certificate
    "rekor2-happy-path": {"ed25519": 1, "ecdsap256": 2, "ecdsap384": 4},
}


def verifications_a_second(kind):
    out = subprocess.run(["openssl", "speed", "-seconds", "1", kind], capture_output=True, text=True, check=True).stdout
    return float(re.findall(r"[\d.]+", out.strip().splitlines()[-1])[-1])


def milliseconds(command, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - start) * 1000)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, command))}: {done.returncode}")
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    cost = {kind: 1000 / verifications_a_second(kind) for kind in ("ecdsap256", "ecdsap384", "ed25519")}
    nothing = milliseconds(["/bin/true"], options.runs)
    rows = []
    for name, checks in CASES.items():
        case = BUNDLES / name
        artifact = case / "artifact" if (case / "artifact").exists() else BUNDLES / "a.txt"
        took = milliseconds([GATE, "verify", "bundle", *map(str, arguments_of(case)), str(artifact)], options.runs)
        raw = sum(cost[kind] * count for kind, count in checks.items())
        rows.append({"case": name, "gate_ms": took, "raw_ms": raw, "ratio": took / raw, "starting_true_ms": nothing})
        print(f"{name:32} gate {took:6.2f} ms   signatures in OpenSSL {raw:5.2f} ms   ratio {took / raw:4.2f}   "
              f"(starting /bin/true: {nothing:.2f} ms)")
    if options.json:
        options.json.write_text(json.dumps({"costs_ms": cost, "rows": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
