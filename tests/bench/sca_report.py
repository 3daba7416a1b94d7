#!/usr/bin/env python3
"""Times gate on large reports, in one run on one core: medians, and memory at its peak.

    GATE=build/release/gate tests/bench/sca_report.py [--runs 5] [--megabytes 100]

Rows:
  trivy      a report of 100 MB, judged by sca/known-vulnerability; against Boost.JSON, which parses the same file and does
             nothing else (json_floor.cpp, built here with -O2). At most twice the time, and 1.5 times the file in memory.
  cyclonedx  an SBOM of 5,000 components with 1,000 vulnerabilities, and one of ten times each: at most 11 times the time.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GATE = Path(os.environ.get("GATE", ROOT / "build" / "release" / "gate")).resolve()
WORDS = "buffer flaw parser allows attacker crafted request memory denial service remote local input header".split()


def text(rng, size):
    words = []
    while sum(map(len, words)) + len(words) < size:
        words.append(rng.choice(WORDS))
    return " ".join(words)


def vector(rng):
    return "CVSS:3.1/AV:{}/AC:{}/PR:N/UI:N/S:U/C:{}/I:{}/A:{}".format(
        rng.choice("NALP"), rng.choice("LH"), *(rng.choice("NLH") for _ in range(3)))


def trivy_record(rng, number):
    name = f"package-{number % 4000}"
    identity = f"CVE-20{rng.randrange(10, 26)}-{10000 + number}"
    return {
        "VulnerabilityID": identity,
        "PkgID": f"{name}@1.{number % 50}.0",
        "PkgName": name,
        "PkgIdentifier": {"PURL": f"pkg:deb/debian/{name}@1.{number % 50}.0?arch=amd64&distro=debian-12.5", "UID": f"{number:016x}"},
        "InstalledVersion": f"1.{number % 50}.0",
        "FixedVersion": f"1.{number % 50}.1" if number % 3 else "",
        "Status": "fixed" if number % 3 else "affected",
        "Layer": {"DiffID": f"sha256:{number:064x}"},
        "SeveritySource": "debian",
        "PrimaryURL": f"https://avd.aquasec.com/nvd/{identity.lower()}",
        "DataSource": {"ID": "debian", "Name": "Debian Security Tracker", "URL": "https://salsa.debian.org/security-tracker-team/security-tracker"},
        "Title": text(rng, 70),
        "Description": text(rng, 600),
        "Severity": rng.choice(["LOW", "MEDIUM", "HIGH", "CRITICAL"]),
        "CweIDs": [f"CWE-{rng.randrange(1, 1400)}"],
        "VendorSeverity": {"debian": rng.randrange(1, 5), "nvd": rng.randrange(1, 5), "redhat": rng.randrange(1, 5), "ubuntu": rng.randrange(1, 5)},
        "CVSS": {"nvd": {"V3Vector": vector(rng), "V3Score": 7.5}, "redhat": {"V3Vector": vector(rng), "V3Score": 5.3}},
        "References": [f"https://example.org/{text(rng, 40).replace(' ', '-')}/{i}" for i in range(14)],
        "PublishedDate": "2023-02-10T17:15:12.627Z",
        "LastModifiedDate": "2024-11-21T07:49:53.973Z",
    }


def apart(work, *arguments):
    """Calls it in a process of its own: what a parent holds when it starts a program counts as that program's peak."""
    child = os.fork()
    if child == 0:
        work(*arguments)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit("a report could not be written")


def write_trivy(path, megabytes):
    rng = random.Random(1)
    records, size = [], 0
    while size < megabytes * 1_000_000:
        records.append(json.dumps(trivy_record(rng, len(records)), indent=2))
        size += len(records[-1])
    head = {"SchemaVersion": 2, "CreatedAt": "2026-11-01T00:00:00Z", "ArtifactName": "shop:1", "ArtifactType": "container_image"}
    with open(path, "w") as out:
        out.write(json.dumps(head)[:-1] + ', "Results": [{"Target": "shop:1 (debian 12.5)", "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": [\n')
        out.write(",\n".join(records))
        out.write("\n]}]}\n")


def write_cyclonedx(path, components, vulnerabilities):
    rng = random.Random(2)
    purl = "pkg:npm/component-{}@1.0.{}".format
    bom = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
        "metadata": {"timestamp": "2026-11-01T00:00:00Z", "component": {"type": "application", "name": "shop", "bom-ref": "shop"}},
        "components": [{"type": "library", "bom-ref": purl(i, i % 9), "name": f"component-{i}", "version": f"1.0.{i % 9}", "purl": purl(i, i % 9),
                        "licenses": [{"license": {"id": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": f"{i:064x}"}]} for i in range(components)],
        "dependencies": [{"ref": "shop", "dependsOn": [purl(i, i % 9) for i in range(0, components, 10)]}]
        + [{"ref": purl(i, i % 9), "dependsOn": [purl(j, j % 9) for j in range(i + 1, min(i + 1 + i % 4, components))]} for i in range(components)],
        "vulnerabilities": [{"id": f"CVE-2025-{10000 + i}", "source": {"name": "NVD"},
                             "ratings": [{"source": {"name": "NVD"}, "severity": "medium", "method": "CVSSv31", "vector": vector(rng)}],
                             "description": text(rng, 200), "affects": [{"ref": purl(j, j % 9)} for j in [rng.randrange(components)]]} for i in range(vulnerabilities)],
    }
    path.write_text(json.dumps(bom, indent=1))


def run(command, folder, runs):
    """Median seconds, the peak in bytes, and the exit status."""
    times, peak = [], 0
    for _ in range(runs):
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        times.append(time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss * 1024)
    return statistics.median(times), peak, os.waitstatus_to_exitcode(status)


def policy(folder, name, report_format, report):
    path = folder / f"{name}.yaml"
    path.write_text(f"gate: 1\nname: {name}\ninputs:\n  reports:\n    - {{format: {report_format}, path: {report.name}}}\n"
                    "rules:\n  sca/known-vulnerability: {level: fail}\n")
    return [str(GATE), "run", "--policy", str(path)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=100)
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = folder / "json_floor"
        subprocess.run(["c++", "-std=c++20", "-O2", str(Path(__file__).with_name("json_floor.cpp")), "-o", str(floor)], check=True)
        report = folder / "trivy.json"
        apart(write_trivy, report, options.megabytes)
        size = report.stat().st_size
        base, base_peak, _ = run([str(floor), str(report)], folder, options.runs)
        judged, peak, status = run(policy(folder, "trivy", "trivy", report), folder, options.runs)
        print(f"trivy      {size / 1e6:.0f} MB, exit {status}")
        print(f"  Boost.JSON alone  {base:6.3f} s  {base_peak / 1e6:6.0f} MB")
        print(f"  gate run          {judged:6.3f} s  {peak / 1e6:6.0f} MB   {judged / base:.2f} of the time, {peak / size:.2f} of the file")
        seconds = []
        for components, vulnerabilities in ((5_000, 1_000), (50_000, 10_000)):
            bom = folder / f"bom-{components}.json"
            apart(write_cyclonedx, bom, components, vulnerabilities)
            taken, peak, status = run(policy(folder, f"bom-{components}", "cyclonedx", bom), folder, options.runs)
            seconds.append(taken)
            print(f"cyclonedx  {components} components, {vulnerabilities} vulnerabilities  {taken:6.3f} s  {peak / 1e6:6.0f} MB, exit {status}")
        print(f"  ten times the input takes {seconds[1] / seconds[0]:.1f} times the time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
