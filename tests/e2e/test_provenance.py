"""Provenance and the join, end to end: `gate run` and `gate verify artifact`, with keys that openssl makes here, and with
GitHub's own attestations where the shared data is."""

import base64
import json
import os
import pathlib
import shutil
import subprocess

import pytest

import green

DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", pathlib.Path(__file__).resolve().parents[3] / "shared/data"))
ATTESTATIONS = DATA / "sigstore" / "github-attestations"
SLSA, VSA = "https://slsa.dev/provenance/v1", "https://slsa.dev/verification_summary/v1"
REPOSITORY = "https://git.example.org/acme/app"
VERIFIER = "https://source.example.org"

POLICY = """\
gate: 1
name: provenance
inputs:
  attestations:
    - {path: out/app.intoto.json, subject: out/app}
    - {path: out/source.json, commit: head}
  git: {range: auto}
trust:
  keys: [{id: release, path: keys/release.pub}, {id: source, path: keys/source.pub}]
  allowed_signers: keys/allowed_signers
  builders: [{builder: "https://ci.example.org/release", key: release, level: 3}]
rules:
  provenance/missing: {}
  provenance/untrusted-builder: {}
  provenance/low-level: {minimum: 3}
  provenance/wrong-source: {repository: "https://git.example.org/acme/app", ref: refs/heads/main, commit: head}
  provenance/unexpected-parameter: {allowed: [{name: /target, value: release}]}
  provenance/self-contradiction: {}
  provenance/broken-chain: {source_level: SLSA_SOURCE_LEVEL_2, verifiers: [{name: "https://source.example.org", key: source}]}
  signing/unsigned-artifact: {signers: [release]}
"""
RULES = ["provenance/broken-chain", "provenance/low-level", "provenance/missing", "provenance/self-contradiction",
         "provenance/unexpected-parameter", "provenance/untrusted-builder", "provenance/wrong-source",
         "signing/unsigned-artifact"]


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    project = green.make(tmp_path_factory.mktemp("provenance"))
    above = project.root.parent
    for name in ("source", "stranger"):
        green.call("openssl", "genpkey", "-algorithm", "ed25519", "-out", above / f"{name}.key", cwd=above)
        project.write(f"keys/{name}.pub", green.call("openssl", "pkey", "-in", above / f"{name}.key", "-pubout", cwd=above))
    project.write("gate.yaml", POLICY)
    project.commit("Ask for provenance")
    return project


@pytest.fixture
def project(original, tmp_path):
    shutil.copytree(original.root.parent, tmp_path / "copy", symlinks=True)
    copied = green.Project(tmp_path / "copy" / "project")
    copied.git("config", "user.signingkey", str(copied.root.parent / "signer.pub"))
    attest_all(copied)
    return copied


def head(project):
    return project.git("rev-parse", "HEAD").decode().strip()


def provenance(commit):
    return {"buildDefinition": {"buildType": "https://ci.example.org/make", "externalParameters": {"target": "release"},
                                "resolvedDependencies": [{"uri": f"git+{REPOSITORY}@refs/heads/main",
                                                          "digest": {"gitCommit": commit}}]},
            "runDetails": {"builder": {"id": green.BUILDER}}}


def summary(**changes):
    return {"verifier": {"id": VERIFIER}, "timeVerified": "2026-09-20T00:00:00Z", "resourceUri": f"git+{REPOSITORY}",
            "policy": {"uri": "https://source.example.org/policy"}, "verificationResult": "PASSED",
            "verifiedLevels": ["SLSA_SOURCE_LEVEL_3"], **changes}


def attest_source(project, commit=None, key="../source.key", **changes):
    project.attest("out/source.json", "out/app", key=key, predicateType=VSA, predicate=summary(**changes),
                   subject=[{"digest": {"gitCommit": commit or head(project)}}])


def attest_build(project, change=lambda predicate: None, **keywords):
    predicate = provenance(head(project))
    change(predicate)
    project.attest("out/app.intoto.json", "out/app", predicate=predicate, **keywords)


def attest_all(project):
    attest_build(project)
    attest_source(project)


def judged(project, *arguments):
    status, out, err = project.run("--output", "statement:-", *arguments)
    assert out.startswith("{"), (status, out, err)
    predicate = json.loads(out)["predicate"]
    return status, {r["id"]: r for r in predicate["rules"]}, predicate


def failed(rules):
    return sorted(name for name, rule in rules.items() if rule["outcome"] == "fail")


def test_green(project):
    status, rules, predicate = judged(project)
    assert status == 0, (rules, predicate["problems"])
    assert sorted(rules) == RULES and all(r["outcome"] == "pass" and r["examined"] for r in rules.values())


def test_old_provenance_is_green(project):
    old = {"builder": {"id": green.BUILDER}, "buildType": "https://ci.example.org/make",
           "invocation": {"configSource": {"uri": f"git+{REPOSITORY}@refs/heads/main", "digest": {"sha1": head(project)}}}}
    project.attest("out/app.intoto.json", "out/app", predicate=old, predicateType="https://slsa.dev/provenance/v0.2",
                   _type="https://in-toto.io/Statement/v0.1")
    status, rules, predicate = judged(project)
    assert status == 0, (rules, predicate["problems"])


def source_of(predicate):
    return predicate["buildDefinition"]["resolvedDependencies"][0]


@pytest.mark.parametrize("change,rule", [
    (lambda p: source_of(p).update(uri="git+https://git.example.org/someone/app@refs/heads/main"), "provenance/wrong-source"),
    (lambda p: source_of(p).update(uri=f"git+{REPOSITORY}@refs/heads/other"), "provenance/wrong-source"),
    (lambda p: source_of(p).update(uri=f"git+{REPOSITORY}"), "provenance/wrong-source"),
    (lambda p: source_of(p)["digest"].update(gitCommit="0" * 40), "provenance/broken-chain"),
    (lambda p: p["buildDefinition"].update(resolvedDependencies=[]), "provenance/broken-chain"),
    (lambda p: p["buildDefinition"]["externalParameters"].update(debug="1"), "provenance/unexpected-parameter"),
    (lambda p: p["buildDefinition"]["externalParameters"].update(target="debug"), "provenance/unexpected-parameter"),
    (lambda p: p["runDetails"]["builder"].update(id="https://laptop.example.org"), "provenance/untrusted-builder"),
    (lambda p: p["runDetails"]["builder"].update(id=green.BUILDER + "/"), "provenance/low-level"),
])
def test_one_thing_wrong(project, change, rule):
    attest_build(project, change)
    status, rules, _ = judged(project)
    assert status == 1 and rule in failed(rules), failed(rules)


def test_another_trusted_key_is_not_the_builders(project):
    attest_build(project, key="../source.key")
    status, rules, _ = judged(project)
    assert status == 1
    assert {"provenance/untrusted-builder", "provenance/low-level", "signing/unsigned-artifact"} <= set(failed(rules))


# --- the join: each link, broken alone, is the one that is named -------------------------------------------------------

def link_of(project):
    status, rules, predicate = judged(project)
    (finding,) = rules["provenance/broken-chain"]["against"]
    return status, finding["subject"]["link"]


def test_link_commit(project):
    project.write("README", "later\n")
    project.commit("A commit that the artifact was not built from")
    attest_source(project)
    assert link_of(project) == (1, "commit")


def test_link_signature(project):
    project.write("README", "unsigned\n")
    project.commit("Forget to sign", sign=False)
    attest_all(project)
    assert link_of(project) == (1, "signature")


@pytest.mark.parametrize("change", [{"verificationResult": "FAILED"}, {"verifiedLevels": ["SLSA_SOURCE_LEVEL_1"]},
                                    {"verifiedLevels": ["SLSA_BUILD_LEVEL_3"]}, {"resourceUri": "git+https://other"},
                                    {"verifier": {"id": "https://other"}}, {"key": "../release.key"}])
def test_link_source(project, change):
    attest_source(project, **change)
    assert link_of(project) == (1, "source")


# --- completeness: what does not verify is never a pass ----------------------------------------------------------------

@pytest.mark.parametrize("break_it", [
    lambda p: attest_build(p, key="../stranger.key"),
    lambda p: p.write("out/app.intoto.json", ""),
    lambda p: p.write("out/app", b"other bytes"),
    lambda p: (p.root / "out/app.intoto.json").unlink(),
    lambda p: attest_source(p, commit="0" * 40),
    lambda p: attest_build(p, predicateType="https://slsa.dev/provenance/v2"),
    lambda p: attest_build(p, _type="https://in-toto.io/Statement/v2"),
    lambda p: attest_build(p, subject=[{"name": "app", "digest": {"sha1": "0" * 40}}]),
])
def test_never_a_pass(project, break_it):
    break_it(project)
    status, rules, predicate = judged(project)
    assert status != 0 and predicate["problems"]
    assert rules["provenance/missing"]["outcome"] != "pass"


def test_a_stranger_in_the_file_is_listed_and_fails_by_default(project):
    mine = json.loads((project.root / "out/app.intoto.json").read_text())
    attest_build(project, subject=[{"name": "other", "digest": {"sha256": "0" * 64}}])
    other = json.loads((project.root / "out/app.intoto.json").read_text())
    project.write("out/app.intoto.json", json.dumps(mine) + "\n" + json.dumps(other) + "\n")
    status, _, predicate = judged(project)
    assert status == 3 and any(p["code"] == "wrong subject" for p in predicate["problems"])
    project.write("gate.yaml", POLICY.replace("subject: out/app}", "subject: out/app, others: skip}"))
    status, rules, predicate = judged(project, "--policy-from", "worktree")
    assert not predicate["problems"] and rules["provenance/missing"]["outcome"] == "pass"


def test_two_of_two_keys(project):
    project.write("gate.yaml", POLICY.replace("  allowed_signers", "  threshold: 2\n  allowed_signers"))
    status, rules, predicate = judged(project, "--policy-from", "worktree")
    assert status == 3 and any("expected 2" in p["what"] for p in predicate["problems"])


@pytest.mark.parametrize("wrong", [
    "  threshold: 0\n", "  threshold: 3\n", '  sigstore: {root: public-good, identities: [{name: a}]}\n',
    '  sigstore: {root: public-good, identities: [{name: a, glob: a, issuer: b}]}\n'])
def test_policies_that_make_no_sense(project, wrong):
    project.write("gate.yaml", POLICY.replace("  allowed_signers", wrong + "  allowed_signers"))
    status, _, err = project.run("--policy-from", "worktree")
    assert status == 2, err


# --- gate verify artifact ----------------------------------------------------------------------------------------------

def verify(project, *arguments):
    done = subprocess.run([green.GATE, "verify", "artifact", *map(str, arguments)], cwd=project.root if project else None,
                          env=green.CLEAN, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


KEY = ["out/app", "--attestation", "out/app.intoto.json", "--key", "keys/release.pub"]


def test_verify_artifact(project):
    status, out = verify(project, *KEY)
    assert status == 0 and out.startswith("verified: out/app"), out
    status, out = verify(project, *KEY, "--explain", "--builder", green.BUILDER, "--source-repository", REPOSITORY,
                         "--source-ref", "refs/heads/main", "--source-commit", head(project))
    assert status == 0, out
    for code in ("dsse-signatures", "subject-digest", "complete", "builder", "repository", "ref", "commit"):
        assert f"ok  {code}  " in out, (code, out)


@pytest.mark.parametrize("option,value,code", [
    ("--builder", "https://ci.example.org", "builder-mismatch"), ("--source-repository", REPOSITORY + "x", "repository-mismatch"),
    ("--source-ref", "main", "ref-mismatch"), ("--source-tag", "main", "tag-mismatch"), ("--source-commit", "0" * 40, "commit-mismatch")])
def test_verify_artifact_names_what_differs(project, option, value, code):
    status, out = verify(project, *KEY, option, value)
    assert status == 1 and code in out and "expected" in out and "got" in out, out


def test_verify_artifact_refuses(project):
    assert verify(project, "out/app", "--attestation", "out/app.intoto.json", "--key", "keys/stranger.pub")[0] == 1
    status, out = verify(project, *KEY, "--threshold", "2")
    assert status == 1 and "signers-missing" in out, out
    status, out = verify(project, "gate.yaml", *KEY[1:])
    assert status == 1 and "wrong-subject" in out, out
    status, out = verify(project, *KEY, "--verifier", "v", "--resource", "r", "--level", "SLSA_BUILD_LEVEL_1")
    assert status == 1 and "no-summary" in out, out
    assert verify(project, "absent", *KEY[1:])[0] == 3
    assert verify(project, "out/app", "--attestation", "absent", "--key", "keys/release.pub")[0] == 3
    assert verify(project, "out/app", "--attestation", "out/app.intoto.json")[0] == 2
    assert verify(project, *KEY, "--verifier", "v")[0] == 2
    assert verify(project, *KEY, "--format", "guess")[0] == 2


# V1, V35: one that verifies heals none that does not.
def test_every_named_attestation_counts(project):
    status, out = verify(project, *KEY, "--attestation", "out/source.json", "--explain")
    assert status == 1 and "incomplete" in out, out


def test_verify_summary(project):
    vsa = summary(resourceUri="pkg:generic/app", verifiedLevels=["SLSA_BUILD_LEVEL_3"])
    project.attest("out/vsa.json", "out/app", predicateType=VSA, predicate=vsa)
    terms = {"--verifier": VERIFIER, "--resource": "pkg:generic/app", "--level": "SLSA_BUILD_LEVEL_2"}
    base = ["out/app", "--attestation", "out/vsa.json", "--key", "keys/release.pub"]
    assert verify(project, *base, *[x for pair in terms.items() for x in pair])[0] == 0
    for option, code in (("--verifier", "summary-verifier-mismatch"), ("--resource", "summary-resource-mismatch"),
                         ("--level", "summary-level-too-low")):
        status, out = verify(project, *base, *[x for pair in {**terms, option: "SLSA_BUILD_LEVEL_4"}.items() for x in pair])
        assert status == 1 and code in out, out


def test_verify_in_json(project):
    """Every check with its members, and the verdict that the exit status has."""
    page = (pathlib.Path(__file__).resolve().parents[2] / "gate/evidence/verification-v1.md").read_text()

    def told(*arguments):
        status, text = verify(project, *arguments, "--key", "keys/release.pub", "--output", "json")
        return status, json.loads(text)

    def each(check):
        yield check
        for child in check.get("checks", []):
            yield from each(child)

    for arguments, status, verdict in ((["out/app", "--attestation", "out/app.intoto.json"], 0, "verified"),
                                       (["src/main.c", "--attestation", "out/app.intoto.json"], 1, "refused"),
                                       (["out/app", "--attestation", "out/missing.json"], 3, "could not look")):
        got, answer = told(*arguments)
        assert (got, answer["verdict"], answer["verification"]) == (status, verdict, 1), answer
        for check in each(answer):
            assert {"code", "outcome", "what"} <= check.keys() and all(f"`{key}`" in page for key in check), check
        bad = [check for check in each(answer) if "checks" not in check and check["outcome"] != "ok"]
        assert bool(bad) == (status != 0), answer
    assert told("src/main.c", "--attestation", "out/app.intoto.json") == told("src/main.c", "--attestation", "out/app.intoto.json")
    assert "wrong-subject" in {check["code"] for check in each(told("src/main.c", "--attestation", "out/app.intoto.json")[1])}


# Every byte-level change of a good attestation is refused (V10, V20, V32 among them).
def test_mutations_of_an_envelope(project):
    text = (project.root / "out/app.intoto.json").read_text()
    envelope = json.loads(text)
    statement = json.loads(base64.b64decode(envelope["payload"]))

    def with_payload(data):
        return json.dumps({**envelope, "payload": base64.b64encode(data).decode()})

    mutations = {
        "V32 type": json.dumps({**envelope, "payloadType": "application/json"}),
        "V10 payload": with_payload(json.dumps(statement).encode() + b" "),
        "V10 type": with_payload(json.dumps({**statement, "predicateType": SLSA + "x"}).encode()),
        "V20 twice": text.replace('"payloadType"', '"payloadType": "x", "payloadType"', 1),
        "V20 case": text.replace('"payload"', '"Payload"', 1),
        "V20 tail": text + "{}",
        "V27 none": json.dumps({**envelope, "signatures": []}),
        "V27 empty": json.dumps({**envelope, "signatures": [{"sig": ""}]}),
        "V33 digest": with_payload(json.dumps({**statement, "subject": [{"digest": {"md5": "0" * 32}}]}).encode()),
        "V1 nothing": "",
        "V17 depth": "[" * 100 + "]" * 100,
    }
    for name, mutated in mutations.items():
        project.write("out/mutated.json", mutated)
        status, out = verify(project, "out/app", "--attestation", "out/mutated.json", "--key", "keys/release.pub")
        assert status == 1, (name, status, out)


# --- GitHub's attestations ---------------------------------------------------------------------------------------------

needs_data = pytest.mark.skipif(not ATTESTATIONS.is_dir(), reason=f"no test data at {ATTESTATIONS}")
JS = ["sigstore-js-2.1.0.tgz", "sigstore-js-2.1.0-bundle.json"]
IDENTITY = "https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main"
ISSUER = "https://token.actions.githubusercontent.com"
COMMIT = "26d16513386ffaa790b1c32f927544f1322e4194"


def verify_github(artifact, bundle, *arguments, identity=IDENTITY, issuer=ISSUER):
    return verify(None, ATTESTATIONS / artifact, "--attestation", ATTESTATIONS / bundle, "--format", "sigstore-bundle",
                  "--certificate-identity", identity, "--certificate-oidc-issuer", issuer, *arguments)


@needs_data
def test_github_attestation():
    status, out = verify_github(*JS, "--builder", "https://github.com/actions/runner/github-hosted", "--source-repository",
                                "https://github.com/sigstore/sigstore-js", "--source-ref", "refs/heads/main",
                                "--source-commit", COMMIT)
    assert status == 0, out
    assert verify_github(JS[0], "sigstore-js-2.1.0_with_2_bundles.jsonl")[0] == 0
    assert verify_github(JS[0], "sigstore-js-2.1.0-bundle-v0.1.json")[0] == 0


# V23, V24, V25, V29: identities are whole, and issuers too.
@needs_data
@pytest.mark.parametrize("identity,issuer", [
    (IDENTITY[:-1], ISSUER), (IDENTITY + "x", ISSUER), (IDENTITY.replace(".", "*"), ISSUER),
    (".*", ISSUER), ("https://github.com/sigstore/sigstore-js", ISSUER), (IDENTITY, ISSUER + "/"),
    (IDENTITY, "https://github.com/login/oauth")])
def test_github_identities_are_exact(identity, issuer):
    status, out = verify_github(*JS, identity=identity, issuer=issuer)
    assert status == 1 and "identity-mismatch" in out, out


@needs_data
@pytest.mark.parametrize("option,value,code", [
    ("--source-commit", "0" * 40, "commit-mismatch"), ("--source-ref", "refs/heads/other", "ref-mismatch"),
    ("--source-repository", "https://github.com/sigstore/sigstore", "repository-mismatch")])
def test_github_source_is_compared(option, value, code):
    status, out = verify_github(*JS, option, value)
    assert status == 1 and code in out, out


@needs_data
def test_github_in_a_run(tmp_path):
    project = green.Project(tmp_path / "p")
    project.root.mkdir()
    for name in JS:
        project.write("out/" + name, (ATTESTATIONS / name).read_bytes())
    policy = f"""\
gate: 1
name: github
inputs:
  attestations: [{{path: out/{JS[1]}, subject: out/{JS[0]}, format: sigstore-bundle}}]
trust:
  sigstore:
    root: public-good
    identities: [{{name: "{IDENTITY}", issuer: "{ISSUER}"}}]
  builders: [{{builder: "https://github.com/actions/runner/github-hosted", identity: "{IDENTITY}", level: 2}}]
rules:
  provenance/missing: {{}}
  provenance/untrusted-builder: {{}}
  provenance/low-level: {{minimum: 2}}
  provenance/self-contradiction: {{}}
  provenance/wrong-source: {{repository: "https://github.com/sigstore/sigstore-js", commit: "{COMMIT}"}}
  provenance/unexpected-parameter:
    allowed: [{{name: /workflow/path}}, {{name: /workflow/ref, glob: "refs/heads/*"}}, {{name: /workflow/repository}}]
  signing/unsigned-artifact: {{}}
"""
    project.write("gate.yaml", policy)
    status, rules, predicate = judged(project)
    assert status == 0, (rules, predicate["problems"])
    # A glob counts where the policy asks for one, and for the whole name.
    for glob, wanted in (("https://github.com/sigstore/sigstore-js/.github/workflows/*@refs/heads/main", 0),
                         ("https://github.com/sigstore/*", 3)):
        project.write("gate.yaml", policy.replace(f'identities: [{{name: "{IDENTITY}"', f'identities: [{{glob: "{glob}"'))
        assert judged(project)[0] == wanted, glob
    project.write("gate.yaml", policy.replace("level: 2}", "level: 1}"))
    assert failed(judged(project)[1]) == ["provenance/low-level"]
