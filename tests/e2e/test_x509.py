"""X.509 signatures end to end: git signs with S/MIME by a program of its own, and gate judges by roots, identities and a
timestamp authority of the policy. (Signatures of gitsign proper, with entries of a log: unit tests.)"""

import json
import os
import pathlib
import shutil
import tempfile
import time

import pytest

import green
import smime

ADDRESS, ISSUER = "dev@example.org", "https://accounts.example.org"
DAY = 24 * 60 * 60
POLICY = f"""\
gate: 1
name: x509
inputs:
  git: {{range: auto}}
trust:
  x509_roots: keys/root.pem
rules:
  signing/unsigned-commit: {{level: fail}}
  signing/unsigned-tag: {{level: fail, expect: none}}
  signing/untrusted-signer: {{level: fail}}
  signing/expired-key: {{level: fail}}
"""
KEYLESS = POLICY.replace("  x509_roots: keys/root.pem", f"""\
  sigstore: {{root: keys/trusted_root.json}}
  identities: [{{name: {ADDRESS}, issuer: "{ISSUER}"}}]""")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    made = smime.Authority(tmp_path_factory.mktemp("authority") / "smime")
    made.issue_authority("middle")
    made.issue("dev", names=f"email:{ADDRESS}")
    made.issue("foreign", issuer="stranger")
    made.issue("expired", during=smime.PAST)
    made.issue_keyless("keyless", ADDRESS, ISSUER)
    made.issue_keyless("past", ADDRESS, ISSUER, during=smime.PAST)
    made.issue_keyless("elsewhere", ADDRESS, "https://elsewhere.example.org")
    made.issue_stamper("stamper")
    made.issue_stamper("unknown", issuer="stranger")
    return made


@pytest.fixture
def project(authority, tmp_path):
    made = green.Project(tmp_path / "project")
    made.root.mkdir()
    made.git("init", "-q", "-b", "main")
    for key, value in {"user.name": "Dev", "user.email": ADDRESS, "gpg.format": "x509", "user.signingkey": "dev",
                       "gpg.x509.program": str(authority.program)}.items():
        made.git("config", key, value)
    made.write("keys/root.pem", (authority.folder / "root.pem").read_text())
    made.write("keys/trusted_root.json", authority.trusted_root("stamper"))
    made.write("gate.yaml", POLICY)
    made.write("README", "one\n")
    return made


def at(days=0):
    """The certificates are of today, and so is the run."""
    return {"SOURCE_DATE_EPOCH": str(int(time.time()) + days * DAY)}


def judged(project, days=0):
    status, out, err = project.run("--output", "statement:-", env=at(days))
    assert out.startswith("{"), (status, out, err)
    return status, {r["id"]: r for r in json.loads(out)["predicate"]["rules"]}


def problem(rules, rule="signing/untrusted-signer"):
    return rules[rule]["against"][0]["message"]


def commit_signed_by(project, sign):
    """HEAD, made by git and signed by `sign` in place of git."""
    project.commit("Subject", sign=False)
    raw = project.git("cat-file", "commit", "HEAD")
    head, text = raw.split(b"\n\n", 1)
    signed = head + b"\ngpgsig " + sign(raw).strip().replace(b"\n", b"\n ") + b"\n\n" + text
    commit = project.git("hash-object", "-t", "commit", "-w", "--stdin", data=signed).decode().strip()
    project.git("update-ref", "refs/heads/main", commit)
    return commit


def verify(project, kind, name, *options, days=0):
    done = green.subprocess.run([green.GATE, "verify", kind, name, *options], cwd=project.root, capture_output=True,
                                env={**green.CLEAN, **at(days)}, timeout=60)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


# --- S/MIME ----------------------------------------------------------------------------------------------------------

def test_git_and_gate_agree_on_what_git_signed(project):
    commit = project.commit("Subject")
    project.git("tag", "-s", "-m", "One", "v1")
    project.git("verify-commit", commit)
    status, rules = judged(project)
    assert status == 0, rules
    assert {rule["outcome"] for rule in rules.values()} == {"pass"}
    assert all(rule["examined"] > 0 for rule in rules.values())
    for kind, name in (("commit", "HEAD"), ("tag", "v1")):
        assert verify(project, kind, name)[0] == 0
        assert verify(project, kind, name, "--x509-roots", "keys/root.pem")[0] == 0
        assert verify(project, kind, name, "--x509-roots", "keys/trusted_root.json")[0] == 3


def test_the_certificate_has_to_hold_now(project):
    project.commit("Subject")
    status, rules = judged(project, days=31)
    assert status == 1 and "expired" in problem(rules, "signing/expired-key")
    status, rules = judged(project, days=-2)
    assert status == 1 and "not valid yet" in problem(rules, "signing/expired-key")


@pytest.mark.parametrize("signer, rule", [("foreign", "signing/untrusted-signer"), ("expired", "signing/expired-key")])
def test_who_does_not_count(project, authority, signer, rule):
    commit_signed_by(project, lambda raw: authority.sign(raw, signer))
    status, rules = judged(project)
    assert status == 1 and rules[rule]["outcome"] == "fail" and rules["signing/unsigned-commit"]["outcome"] == "fail"


def test_another_commit_than_was_signed(project, authority):
    commit_signed_by(project, lambda raw: authority.sign(raw.replace(b"Subject", b"Another"), "dev"))
    status, rules = judged(project)
    assert status == 1 and "bad signature" in problem(rules, "signing/unsigned-commit")


def test_roots_that_cannot_be_read_judge_nothing(project):
    project.write("keys/root.pem", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n")
    project.commit("Subject")
    status, rules = judged(project)
    assert status == 3 and rules["signing/unsigned-commit"]["outcome"] == "not_checked"


@pytest.fixture
def gpgsm(authority):
    """git's own program for X.509, with a home that has the key of a signer: what calls it."""
    authority.issue("gpgsm", kind="rsa", names=f"email:{ADDRESS}")
    authority.openssl("pkcs12", "-export", "-in", "gpgsm.pem", "-inkey", "gpgsm.key", "-out", "gpgsm.p12", "-passout", "pass:x",
                      "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1")
    print_of_root = authority.openssl("x509", "-in", "root.pem", "-noout", "-fingerprint", "-sha1").decode().split("=")[1]
    with tempfile.TemporaryDirectory(prefix="gate") as name:  # the agent's socket needs a short path
        home = pathlib.Path(name)
        environment = {"GNUPGHOME": name}
        (home / "gpgsm.conf").write_text("disable-crl-checks\n")
        (home / "trustlist.txt").write_text(f"{print_of_root.strip()} S relax\n")
        (home / "passphrase").write_text("x\n")
        program = home / "program"
        program.write_text(f'#!/bin/sh\nexec gpgsm --batch --pinentry-mode loopback --passphrase-fd 4 "$@" 4<{home}/passphrase\n')
        program.chmod(0o755)
        green.call(program, "--import", authority.folder / "root.pem", cwd=name, env=environment)
        green.call(program, "--import", authority.folder / "gpgsm.p12", cwd=name, env=environment)
        yield program, environment
        green.call("gpgconf", "--kill", "all", cwd=name, env=environment)


@pytest.mark.skipif(not shutil.which("gpgsm"), reason="gpgsm is not installed")
def test_git_signs_with_gpgsm(project, gpgsm):
    program, environment = gpgsm
    project.git("config", "gpg.x509.program", str(program))
    project.git("config", "user.signingkey", "/CN=gpgsm")
    project.git("add", ".")
    project.git("commit", "-q", "-S", "-m", "Subject", env=environment)
    project.git("tag", "-s", "-m", "One", "v1", env=environment)
    project.git("verify-commit", "HEAD", env=environment)
    status, rules = judged(project)
    assert status == 0 and {rule["outcome"] for rule in rules.values()} == {"pass"}, rules
    assert verify(project, "tag", "v1")[0] == 0
    raw = project.git("cat-file", "commit", "HEAD").replace(b"Subject", b"Another")
    commit = project.git("hash-object", "-t", "commit", "-w", "--stdin", data=raw).decode().strip()
    with pytest.raises(AssertionError):
        project.git("verify-commit", commit, env=environment)
    assert verify(project, "commit", commit)[0] == 1


# --- certificates of minutes -----------------------------------------------------------------------------------------

@pytest.fixture
def keyless(project):
    project.write("gate.yaml", KEYLESS)
    return project


def test_a_timestamp_outlives_the_certificate(keyless, authority):
    commit_signed_by(keyless, lambda raw: authority.sign_stamped(raw, "keyless", "stamper"))
    for days in (0, 60):
        status, rules = judged(keyless, days)
        assert status == 0 and rules["signing/unsigned-commit"]["outcome"] == "pass", rules
    options = ["--certificate-identity", ADDRESS, "--certificate-oidc-issuer", ISSUER]
    assert verify(keyless, "commit", "HEAD", *options, "--trusted-root", "keys/trusted_root.json", days=60)[0] == 0
    status, text = verify(keyless, "commit", "HEAD", *options, days=60)
    assert status == 1 and "timestamp" in text  # the public good knows nobody of this test
    assert verify(keyless, "commit", "HEAD", *options[:2])[0] == 2


@pytest.mark.parametrize("signer, stamper, says", [
    ("keyless", None, "neither log entry nor timestamp"), ("past", None, "neither log entry nor timestamp"),
    ("keyless", "unknown", "no trusted timestamp authority"), ("past", "stamper", "certificate has expired"),
    ("elsewhere", "stamper", "identities do not name"), ("dev", "stamper", "names no x509_roots")])
def test_what_a_certificate_of_minutes_lacks(keyless, authority, signer, stamper, says):
    commit_signed_by(keyless, lambda raw: authority.sign_stamped(raw, signer, stamper) if stamper else authority.sign(raw, signer))
    status, rules = judged(keyless)
    assert status == 1 and says in problem(rules), rules


def test_smime_roots_certify_no_address_of_a_keyless_certificate(project, authority):
    commit_signed_by(project, lambda raw: authority.sign(raw, "keyless"))
    status, rules = judged(project)
    assert status == 1 and "names no identities" in problem(rules)


@pytest.mark.parametrize("spoil", [lambda root: "{}", lambda root: root[:-20], lambda root: root.replace("0.1", "7.1")])
def test_a_trust_root_that_cannot_be_read_judges_nothing(keyless, authority, spoil):
    keyless.write("keys/trusted_root.json", spoil(authority.trusted_root("stamper")))
    commit_signed_by(keyless, lambda raw: authority.sign_stamped(raw, "keyless", "stamper"))
    status, rules = judged(keyless)
    assert status == 3 and rules["signing/unsigned-commit"]["outcome"] == "not_checked"


@pytest.mark.parametrize("identities", ["[]", "[{name: dev@example.org}]", "[{issuer: x}]", "[{name: a, glob: b, issuer: x}]"])
def test_identities_are_whole(keyless, identities):
    text = KEYLESS.replace(f'[{{name: {ADDRESS}, issuer: "{ISSUER}"}}]', identities)
    assert text != KEYLESS
    keyless.write("gate.yaml", text)
    keyless.commit("Subject")
    status, _, err = keyless.run(env=at())
    assert status == (1 if identities == "[]" else 2), err


# --- what gitsign made itself ----------------------------------------------------------------------------------------

SAMPLES = sorted((pathlib.Path(os.environ.get("GATE_TEST_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data")) / "gitsign").glob("*.commit"))


@pytest.mark.skipif(not SAMPLES, reason="no data under GATE_TEST_DATA/gitsign")
@pytest.mark.parametrize("sample", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_commits_of_gitsign_by_the_public_good(project, sample):
    """NAME.commit is the raw object; NAME.json has the `name` and `issuer` of its certificate."""
    who, raw = json.loads(sample.with_suffix(".json").read_text()), sample.read_bytes()
    options = ["--certificate-identity", who["name"], "--certificate-oidc-issuer", who["issuer"]]

    def status_of(data, *options):
        commit = project.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=data).decode().strip()
        return verify(project, "commit", commit, *options)[0]

    assert status_of(raw, *options) == 0
    assert status_of(raw, *options, "--trusted-root", "github") == 1
    assert status_of(raw, "--certificate-identity", who["name"] + "x", *options[2:]) == 1
    assert status_of(raw + b"\n", *options) == 1
