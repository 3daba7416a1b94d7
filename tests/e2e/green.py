"""A small project that passes the gate: signed commits, a clean C source, reports, provenance, and a policy for all of it.

The suites break one thing at a time and say what the gate must answer.
"""

import base64
import hashlib
import json
import os
import pathlib
import subprocess

GATE = os.environ["GATE"]
NOW = 1_790_000_000  # 2026-09-21, in every run
CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
         "GIT_CONFIG_GLOBAL": "/dev/null", "SOURCE_DATE_EPOCH": str(NOW)}
BUILDER = "https://ci.example.org/release"

POLICY = """\
gate: 1
name: green
inputs:
  compile_commands: build
  reports:
    - {format: trivy, path: out/trivy.json, max_age: 7d}
    - {format: grype, path: out/grype.json}
    - {format: osv-scanner, path: out/osv.json}
    - {format: cyclonedx, path: out/bom.json}
  attestations:
    - {path: out/app.intoto.json, subject: out/app}
  git: {range: auto}
trust:
  keys: [{id: release, path: keys/release.pub}]
  allowed_signers: keys/allowed_signers
rules:
  code/banned-function: {level: fail, lists: [c-unsafe]}
  sca/known-vulnerability: {level: fail, max_severity: medium}
  provenance/untrusted-builder: {level: fail, builders: ["https://ci.example.org/release"]}
  signing/unsigned-commit: {level: fail}
"""

SOURCE = """\
#include <stdio.h>
int main(void) {
  char name[16];
  return snprintf(name, sizeof name, "%s", "gate") < 0;
}
"""

TRIVY = {
    "SchemaVersion": 2,
    "CreatedAt": "2026-09-20T00:00:00Z",
    "ArtifactName": "app",
    "ArtifactType": "filesystem",
    "Trivy": {"Version": "0.66.0"},
    "Results": [{
        "Target": "conan.lock", "Class": "lang-pkgs", "Type": "conan",
        "Packages": [{"Name": "zlib", "Version": "1.3.1", "Identifier": {"PURL": "pkg:conan/zlib@1.3.1"}}],
        "Vulnerabilities": [{
            "VulnerabilityID": "CVE-2026-0007", "PkgName": "zlib", "InstalledVersion": "1.3.1",
            "PkgIdentifier": {"PURL": "pkg:conan/zlib@1.3.1"}, "Severity": "LOW", "SeveritySource": "nvd"}]}],
}

GRYPE = {
    "matches": [{
        "vulnerability": {"id": "CVE-2026-0007", "severity": "Low", "fix": {"versions": [], "state": "unknown"}},
        "relatedVulnerabilities": [],
        "matchDetails": [],
        "artifact": {"name": "zlib", "version": "1.3.1", "type": "conan", "purl": "pkg:conan/zlib@1.3.1"}}],
    "source": {"type": "directory", "target": "."},
    "distro": {},
    "descriptor": {"name": "grype", "version": "0.100.0", "timestamp": "2026-09-20T00:00:00Z",
                   "db": {"status": {"schemaVersion": "v6.1.0", "built": "2026-09-19T00:00:00Z", "valid": True}}},
}

OSV = {
    "results": [{
        "source": {"path": "conan.lock", "type": "lockfile"},
        "packages": [{
            "package": {"name": "zlib", "version": "1.3.1", "ecosystem": "ConanCenter"},
            "groups": [{"ids": ["CVE-2026-0007"], "aliases": ["CVE-2026-0007"], "max_severity": "3.1"}],
            "vulnerabilities": [{"id": "CVE-2026-0007", "modified": "2026-09-01T00:00:00Z"}]}]}],
}

BOM = {
    "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
    "metadata": {"timestamp": "2026-09-20T00:00:00Z", "component": {"type": "application", "name": "app", "version": "1"}},
    "components": [{"type": "library", "bom-ref": "zlib", "name": "zlib", "version": "1.3.1", "purl": "pkg:conan/zlib@1.3.1"}],
}


def call(*command, cwd, env=None, data=None):
    done = subprocess.run([str(c) for c in command], cwd=cwd, env={**CLEAN, **(env or {})}, input=data,
                          capture_output=True, timeout=120)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


class Project:
    """A folder with everything that the policy names."""

    def __init__(self, root):
        self.root = pathlib.Path(root)

    def write(self, path, content):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return target

    def write_json(self, path, value):
        return self.write(path, json.dumps(value, indent=1))

    def git(self, *arguments, **keywords):
        return call("git", *arguments, cwd=self.root, **keywords)

    def commit(self, message, sign=True):
        stamp = {"GIT_AUTHOR_DATE": f"{NOW} +0000", "GIT_COMMITTER_DATE": f"{NOW} +0000"}
        self.git("add", "-A", "--", ".", env=stamp)
        self.git("commit", "-q", "-m", message, *(["-S"] if sign else ["--no-gpg-sign"]), env=stamp)
        return self.git("rev-parse", "HEAD").decode().strip()

    def attest(self, path, artifact, key="../release.key", builder=BUILDER, **changes):
        statement = {
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [{"name": "app", "digest": {"sha256": hashlib.sha256((self.root / artifact).read_bytes()).hexdigest()}}],
            "predicateType": "https://slsa.dev/provenance/v1",
            "predicate": {"buildDefinition": {"buildType": "https://ci.example.org/make", "externalParameters": {}},
                          "runDetails": {"builder": {"id": builder}}},
        }
        statement.update(changes)
        payload = json.dumps(statement).encode()
        kind = b"application/vnd.in-toto+json"
        signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
        message = self.write("../signed", signed)
        signature = call("openssl", "pkeyutl", "-sign", "-rawin", "-inkey", self.root / key, "-in", message, cwd=self.root)
        self.write_json(path, {"payloadType": kind.decode(), "payload": base64.b64encode(payload).decode(),
                               "signatures": [{"keyid": "release", "sig": base64.b64encode(signature).decode()}]})

    def run(self, *arguments, cwd=None, env=None, policy="gate.yaml"):
        """Runs the gate; returns (exit status, standard output, standard error)."""
        named = ["--policy", policy] if policy else []
        done = subprocess.run([GATE, "run", *named, *arguments], cwd=cwd or self.root,
                              env={**CLEAN, **(env or {})}, capture_output=True, timeout=120)
        return done.returncode, done.stdout.decode(), done.stderr.decode()


def make(folder):
    """The green project in `folder`/project."""
    project = Project(pathlib.Path(folder) / "project")
    project.root.mkdir()
    project.git("init", "-q", "-b", "main")
    call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", project.root.parent / "signer", cwd=folder)
    public = (project.root.parent / "signer.pub").read_text().split()
    for key, value in {"user.name": "Alice", "user.email": "alice@example.org", "gpg.format": "ssh",
                       "user.signingkey": str(project.root.parent / "signer.pub")}.items():
        project.git("config", key, value)
    project.write("keys/allowed_signers", f"alice@example.org {public[0]} {public[1]}\n")
    call("openssl", "genpkey", "-algorithm", "ed25519", "-out", project.root.parent / "release.key", cwd=folder)
    project.write("keys/release.pub", call("openssl", "pkey", "-in", project.root.parent / "release.key", "-pubout", cwd=folder))
    project.write(".gitignore", "/out/\n/build/\n")
    project.write("src/main.c", SOURCE)
    project.write("gate.yaml", POLICY)
    project.commit("Add the program")
    project.write_json("out/trivy.json", TRIVY)
    project.write_json("out/grype.json", GRYPE)
    project.write_json("out/osv.json", OSV)
    project.write_json("out/bom.json", BOM)
    project.write("out/app", b"\x7fELF the program")
    project.attest("out/app.intoto.json", "out/app", key="../release.key")
    project.write_json("build/compile_commands.json",
                       [{"directory": str(project.root), "file": "src/main.c", "arguments": ["cc", "-c", "src/main.c"]}])
    return project
