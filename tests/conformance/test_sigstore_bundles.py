"""Sigstore's own conformance suite, GitHub's attestations and Merkle inclusion, through `gate verify bundle`; no network."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

GATE = Path(os.environ.get("GATE", "build/dev/gate")).resolve()
DATA = Path(os.environ.get("GATE_TEST_DATA", Path(__file__).resolve().parents[3] / "shared/data")) / "sigstore"
BUNDLES, ATTESTATIONS = DATA / "bundle-verify", DATA / "github-attestations"

pytestmark = pytest.mark.skipif(not BUNDLES.is_dir(), reason=f"no test data at {DATA}")

IDENTITY = ("https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/"
            "extremely-dangerous-oidc-beacon.yml@refs/heads/main")
ISSUER = "https://token.actions.githubusercontent.com"

# Not the bundle is bad in these, but what it is to be judged by: a key that is no key, a root without a start.
BAD_TRUST = ("managed-key-wrong-key_fail", "trust-root-tlog-missing-validity-start_fail")

# name → artifact, identity, trust root; a name says itself whether it has to be refused.
GITHUB = {
    "custom-issuer.sigstore.json": (
        "custom-issuer-artifact", "https://github.com/too-legit/attest/.github/workflows/integration.yml@refs/heads/main"),
    "github_provenance_demo-0.0.12-py3-none-any-bundle.jsonl": (
        "github_provenance_demo-0.0.12-py3-none-any.whl",
        "https://github.com/actions/attest-demo/.github/workflows/build-python.yml@refs/heads/main"),
    "github_provenance_demo-0.0.12-py3-none-any-bundle-missing-cert.jsonl": (
        "github_provenance_demo-0.0.12-py3-none-any.whl",
        "https://github.com/actions/attest-demo/.github/workflows/build-python.yml@refs/heads/main"),
    "github_provenance_demo-0.0.12-py3-none-any-bundle-missing-verification-material.jsonl": (
        "github_provenance_demo-0.0.12-py3-none-any.whl",
        "https://github.com/actions/attest-demo/.github/workflows/build-python.yml@refs/heads/main"),
    "reusable-workflow-attestation.sigstore.json": (
        "reusable-workflow-artifact",
        "https://github.com/github/artifact-attestations-workflows/.github/workflows/attest.yml@"
        "09b495c3f12c7881b3cc17209a327792065c1a1d"),
    "sigstore-js-2.1.0-bundle-v0.1.json": (
        "sigstore-js-2.1.0.tgz", "https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main"),
    "sigstore-js-2.1.0-bundle.json": (
        "sigstore-js-2.1.0.tgz", "https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main"),
    "sigstore-js-2.1.0_with_2_bundles.jsonl": (
        "sigstore-js-2.1.0.tgz", "https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main"),
    "sigstoreBundle-invalid-signature.json": ("sigstore-js-2.1.0.tgz", "brian@dehamer.com"),
}
# The name of this one says who issued its certificate: not GitHub's usual issuer but one of an enterprise.
ISSUERS = {"custom-issuer.sigstore.json": "https://token.actions.githubusercontent.com/hammer-time",
           "sigstoreBundle-invalid-signature.json": "https://github.com/login/oauth"}
BY_GITHUB = "github_provenance_demo"  # certificates of GitHub's own instance
BROKEN = ("missing", "invalid")


def verify(*arguments):
    return subprocess.run([GATE, "verify", "bundle", *map(str, arguments)], capture_output=True, text=True, timeout=60)


def text_of(path, otherwise):
    return path.read_text(encoding="utf-8").strip() if path.exists() else otherwise


def case_names():
    return sorted(p.name for p in BUNDLES.iterdir() if p.is_dir()) if BUNDLES.is_dir() else []


def arguments_of(case):
    yield from ("--bundle", case / "bundle.sigstore.json")
    if (case / "key.pub").exists():
        yield from ("--key", case / "key.pub")
    else:
        yield from ("--certificate-identity", text_of(case / "identity", IDENTITY))
        yield from ("--certificate-oidc-issuer", text_of(case / "issuer", ISSUER))
    if (case / "trusted_root.json").exists():
        yield from ("--trusted-root", case / "trusted_root.json")


def test_there_are_seventy():
    assert len(case_names()) == 70


@pytest.mark.parametrize("by_digest", [False, True], ids=["file", "digest"])
@pytest.mark.parametrize("name", case_names())
def test_bundle(name, by_digest):
    case = BUNDLES / name
    artifact = case / "artifact" if (case / "artifact").exists() else BUNDLES / "a.txt"
    what = "sha256:" + hashlib.sha256(artifact.read_bytes()).hexdigest() if by_digest else artifact
    run = verify(*arguments_of(case), what)
    wanted = 3 if name in BAD_TRUST else 1 if name.endswith("_fail") else 0
    assert run.returncode == wanted, run.stdout + run.stderr
    assert run.stdout.startswith(("verified", "refused", "", "")[wanted])


@pytest.mark.parametrize("name", sorted(GITHUB))
def test_github_attestation(name):
    artifact, identity = GITHUB[name]
    run = verify("--bundle", ATTESTATIONS / name, "--certificate-identity", identity, "--certificate-oidc-issuer",
                 ISSUERS.get(name, ISSUER), "--trusted-root", "github" if name.startswith(BY_GITHUB) else "public-good",
                 ATTESTATIONS / artifact)
    assert run.returncode == (1 if any(word in name for word in BROKEN) else 0), run.stdout + run.stderr


def test_every_github_attestation_has_its_case():
    files = {p.name for p in ATTESTATIONS.iterdir() if ".json" in p.name} - {"trusted_root.json"}
    assert files == set(GITHUB)


def test_what_could_not_be_looked_at_is_no_answer(tmp_path):
    case = BUNDLES / "happy-path-v0.3"
    assert verify(*arguments_of(case), tmp_path / "absent").returncode == 3
    assert verify("--bundle", tmp_path / "absent", "--certificate-identity", IDENTITY, "--certificate-oidc-issuer", ISSUER,
                  BUNDLES / "a.txt").returncode == 3
    # Its subject has a SHA-512 alone, which a SHA-256 does not tell.
    name = "sigstore-js-2.1.0-bundle.json"
    digest = hashlib.sha256((ATTESTATIONS / GITHUB[name][0]).read_bytes()).hexdigest()
    run = verify("--bundle", ATTESTATIONS / name, "--certificate-identity", GITHUB[name][1], "--certificate-oidc-issuer",
                 ISSUER, "sha256:" + digest)
    assert run.returncode == 3 and "subject-digest-unknown" in run.stdout, run.stdout


def test_usage():
    a = BUNDLES / "a.txt"
    assert verify(a).returncode == 2
    assert verify("--certificate-identity", IDENTITY, a).returncode == 2
    assert verify("--key", a, "--certificate-identity", IDENTITY, "--certificate-oidc-issuer", ISSUER, a).returncode == 2
    assert verify("--key", a, "sha256:00", "--bundle", a).returncode == 2


def test_explain_names_every_check():
    case = BUNDLES / "rekor2-happy-path"
    run = verify("--explain", *arguments_of(case), BUNDLES / "a.txt")
    codes = ["inclusion-proof", "checkpoint-signature", "timestamp", "certificate-chain", "sct", "entry-binding",
             "message-signature", "identity-equal"]
    places = [run.stdout.find("  " + code + "  ") for code in codes]
    assert run.returncode == 0 and -1 not in places and places == sorted(places), run.stdout
