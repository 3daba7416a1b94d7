"""Every valid bundle, broken in one point at a time by the rows of past verifiers' faults (V1 to V35): none may verify.

The rows are those of the table of past faults that the verifier was built by. Rows that need a signer's or an authority's
key are in tests/unit/attest_sigstore_bundle_test.cpp; those about git, policies and packages are elsewhere.
"""

import base64
import copy
import hashlib
import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from test_sigstore_bundles import ATTESTATIONS, BROKEN, BUNDLES, BY_GITHUB, GATE, GITHUB, IDENTITY, ISSUER, ISSUERS, text_of

pytestmark = pytest.mark.skipif(not BUNDLES.is_dir(), reason=f"no test data at {BUNDLES.parent}")

OTHER_KEY = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwr
kBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/9A/bY2LhC30M9+RYtw==
-----END PUBLIC KEY-----
"""


class Case:
    """A bundle that verifies, and what it is verified by."""

    def __init__(self, name, bundle, artifact, signer, root):
        self.name, self.bundle, self.artifact, self.signer, self.root = name, bundle, artifact, signer, root

    def changed(self, **what):
        other = copy.deepcopy(self)
        other.__dict__.update(what)
        return other

    @property
    def material(self):
        return self.bundle["verificationMaterial"]

    def entries(self):
        return self.material.get("tlogEntries", [])

    def timestamps(self):
        return (self.material.get("timestampVerificationData") or {}).get("rfc3161Timestamps") or []


def conformance_cases():
    for folder in sorted(p for p in BUNDLES.iterdir() if p.is_dir() and not p.name.endswith("_fail")):
        bundle = json.loads((folder / "bundle.sigstore.json").read_text(encoding="utf-8"))
        artifact = folder / "artifact" if (folder / "artifact").exists() else BUNDLES / "a.txt"
        signer = ["--certificate-identity", text_of(folder / "identity", IDENTITY), "--certificate-oidc-issuer",
                  text_of(folder / "issuer", ISSUER)]
        if (folder / "key.pub").exists():
            signer = ["--key", str(folder / "key.pub")]
        root = folder / "trusted_root.json"
        yield Case(folder.name, bundle, artifact.read_bytes(), signer, str(root) if root.exists() else "public-good")


def github_cases():
    for name, (artifact, identity) in sorted(GITHUB.items()):
        if any(word in name for word in BROKEN):
            continue
        first = (ATTESTATIONS / name).read_text(encoding="utf-8")
        bundle = json.loads(first.splitlines()[0] if name.endswith(".jsonl") else first)
        signer = ["--certificate-identity", identity, "--certificate-oidc-issuer", ISSUERS.get(name, ISSUER)]
        yield Case(name, bundle, (ATTESTATIONS / artifact).read_bytes(), signer,
                   "github" if name.startswith(BY_GITHUB) else "public-good")


CASES = [*conformance_cases(), *github_cases()] if BUNDLES.is_dir() else []


# --- how to break things ---

def flipped(text, at):
    """Base64 with one bit of the bytes in it changed; `at` from 0 to 1 says where."""
    raw = bytearray(base64.b64decode(text))
    raw[min(int(len(raw) * at), len(raw) - 1)] ^= 1
    return base64.b64encode(bytes(raw)).decode()


def holder_of(tree, path):
    for key in path[:-1]:
        tree = tree[key]
    return tree


def edit(case, path, change):
    """The case with the value at a path of its bundle changed; nothing where there is none."""
    other = case.changed(bundle=copy.deepcopy(case.bundle))
    try:
        holder = holder_of(other.bundle, path)
        holder[path[-1]] = change(holder[path[-1]])
    except (KeyError, IndexError, TypeError):
        return
    yield other


def remove(case, path):
    other = case.changed(bundle=copy.deepcopy(case.bundle))
    try:
        del holder_of(other.bundle, path)[path[-1]]
    except (KeyError, IndexError):
        return
    yield other


ENTRY = ("verificationMaterial", "tlogEntries", 0)
PROOF = (*ENTRY, "inclusionProof")
SPOTS = (0, 0.25, 0.5, 0.75, 1)


def flips(case, *path):
    for at in SPOTS:
        yield from edit(case, path, lambda text: flipped(text, at))


def certificate_path(case):
    if "certificate" in case.material:
        return ("verificationMaterial", "certificate", "rawBytes")
    return ("verificationMaterial", "x509CertificateChain", "certificates", 0, "rawBytes")


def strangers(case):
    """Bundles of other signers or about other things: parts of them are sound, and not this bundle's."""
    return [other for other in CASES if other.entries() and case.entries()
            and other.entries()[0]["canonicalizedBody"] != case.entries()[0]["canonicalizedBody"]]


def text_case(case, text):
    yield case.changed(text=text)


# --- the rows ---

def v1_nothing_to_verify(case):
    yield from text_case(case, "")
    yield from text_case(case, "{}")
    yield from text_case(case, "[]")
    yield from text_case(case, "null")
    yield from text_case(case, "\n\n")
    for key in ("messageSignature", "dsseEnvelope", "verificationMaterial", "mediaType"):
        yield from remove(case, (key,))
    yield from edit(case, ("dsseEnvelope", "signatures"), lambda _: [])


def v3_empty_sets(case):
    for key in ("certificate", "x509CertificateChain", "publicKey"):
        yield from remove(case, ("verificationMaterial", key))
    yield from edit(case, ("verificationMaterial", "x509CertificateChain", "certificates"), lambda _: [])
    yield from edit(case, certificate_path(case), lambda _: "")
    yield from edit(case, ("messageSignature", "signature"), lambda _: "")
    yield from edit(case, ("dsseEnvelope", "signatures", 0, "sig"), lambda _: "")


def v6_more_signatures_than_one(case):
    yield from edit(case, ("dsseEnvelope", "signatures"), lambda s: [*s, *s])
    bad = lambda s: [{"sig": flipped(s[0]["sig"], 0.5)}, *s]
    yield from edit(case, ("dsseEnvelope", "signatures"), bad)
    yield from edit(case, ("dsseEnvelope", "signatures"), lambda s: list(reversed(bad(s))))


def v8_other_bytes_around(case):
    whole = json.dumps(case.bundle)
    for text in (whole + "x", whole + whole, "\ufeff" + whole, whole[:-1], whole[: len(whole) // 2], whole + "\n{}\n"):
        yield from text_case(case, text)


def v9_entry_of_another(case):
    for other in strangers(case)[:6]:
        entries = copy.deepcopy(other.entries())
        yield from edit(case, ("verificationMaterial", "tlogEntries"), lambda _: entries)
    for at in SPOTS:
        yield from edit(case, (*ENTRY, "canonicalizedBody"), lambda body: flipped(body, at))


def v10_payload_of_another_type(case):
    for kind in ("application/json", "application/vnd.in-toto+json ", "APPLICATION/vnd.in-toto+json", "text/plain", ""):
        yield from edit(case, ("dsseEnvelope", "payloadType"), lambda _: kind)
    yield from flips(case, "dsseEnvelope", "payload")


def v12_v13_timestamp_of_another(case):
    at = ("verificationMaterial", "timestampVerificationData", "rfc3161Timestamps", 0, "signedTimestamp")
    yield from flips(case, *at)
    mine = [t["signedTimestamp"] for t in case.timestamps()]
    others = [t["signedTimestamp"] for other in CASES for t in other.timestamps() if t["signedTimestamp"] not in mine]
    for other in others[:6]:
        yield from edit(case, at, lambda _: other)


def v14_times_that_nobody_vouches_for(case):
    yield from edit(case, (*ENTRY, "integratedTime"), lambda t: str(int(t) + 1))
    yield from edit(case, (*ENTRY, "integratedTime"), lambda t: str(int(t) - 86400))
    yield from flips(case, *ENTRY, "inclusionPromise", "signedEntryTimestamp")
    if "publicKey" not in case.material and case.entries():
        for other in remove(case, (*ENTRY, "inclusionPromise")):
            other.material.pop("timestampVerificationData", None)
            yield other
        if not any("inclusionPromise" in entry for entry in case.entries()):
            yield from remove(case, ("verificationMaterial", "timestampVerificationData"))
            yield from edit(case, ("verificationMaterial", "timestampVerificationData"), lambda _: {})


def v17_over_the_caps(case):
    yield from edit(case, ("verificationMaterial", "tlogEntries"), lambda e: e * 33)
    yield from edit(case, ("verificationMaterial", "timestampVerificationData", "rfc3161Timestamps"), lambda t: t * 33)
    if "checkpoint" in case.material.get("tlogEntries", [{}])[0].get("inclusionProof", {}):
        yield from edit(case, (*PROOF, "checkpoint", "envelope"),
                        lambda note: note + note[note.rindex("\u2014"):] * 65)
    yield from text_case(case, "[" * 70 + "]" * 70)
    yield from text_case(case, json.dumps(case.bundle) + " " * (16 << 20))


def v18_inclusion(case):
    if not case.entries() or "inclusionProof" not in case.entries()[0]:
        return
    if not case.bundle["mediaType"].endswith("=0.1"):
        yield from remove(case, PROOF)
        yield from remove(case, (*PROOF, "checkpoint"))
        yield from edit(case, (*PROOF, "checkpoint", "envelope"), lambda _: "")
    yield from flips(case, *PROOF, "rootHash")
    for i in range(min(3, len(case.entries()[0]["inclusionProof"].get("hashes", [])))):
        yield from flips(case, *PROOF, "hashes", i)
    yield from edit(case, (*PROOF, "hashes"), lambda h: h[:-1] if h else ["A" * 43 + "="])
    yield from edit(case, (*PROOF, "hashes"), lambda h: [*h, "A" * 43 + "="])
    for key in ("logIndex", "treeSize"):
        for change in (lambda n: str(int(n) + 1), lambda n: str(int(n) ^ 1), lambda n: "-" + n, lambda n: n + "x"):
            yield from edit(case, (*PROOF, key), change)
    note = (*PROOF, "checkpoint", "envelope")
    for change in (lambda n: n.replace("\n\n", "\nmore\n\n", 1), lambda n: "x" + n, lambda n: n[: n.index("\u2014")],
                   lambda n: n.replace("\u2014 ", "\u2014 x", 99), lambda n: n.replace("\u2014", "-"), lambda n: n.rstrip("\n")):
        yield from edit(case, note, change)
    for other in strangers(case)[:6]:
        theirs = other.entries()[0].get("inclusionProof", {}).get("checkpoint")
        mine = case.entries()[0]["inclusionProof"].get("checkpoint")
        if theirs and mine and theirs != mine and theirs["envelope"].splitlines()[2] != mine["envelope"].splitlines()[2]:
            yield from edit(case, (*PROOF, "checkpoint"), lambda _: copy.deepcopy(theirs))


def v19_trust_of_others(case):
    yield case.changed(root="github" if case.root != "github" else "public-good")
    yield from flips(case, *ENTRY, "logId", "keyId")


def v20_json_that_readers_differ_in(case):
    whole = json.dumps(case.bundle)
    inside = whole[1:]
    yield from text_case(case, '{"mediaType": "x", ' + inside)
    yield from text_case(case, '{"media\\u0054ype": "x", ' + inside)
    yield from text_case(case, '{"verificationMaterial": {}, ' + inside)
    yield from text_case(case, '{"media_type": "x", ' + inside)
    yield from text_case(case, '{"MediaType": "x", ' + inside)
    yield from text_case(case, '{"x": "\\ud800", ' + inside)
    yield from text_case(case, '{"unknown": 1, ' + inside)
    if case.entries():
        yield from text_case(case, whole.replace('"tlogEntries"', '"tlog_entries"'))
    yield from text_case(case, whole.replace('"verificationMaterial"', '"verification_material"'))
    for kind in ("application/vnd.dev.sigstore.bundle+json;version=0.4", "application/vnd.dev.sigstore.bundle.v1+json",
                 "application/vnd.dev.sigstore.bundle+json", " " + case.bundle["mediaType"], ""):
        yield from edit(case, ("mediaType",), lambda _: kind)


def v23_identities_that_are_nearly_right(case):
    if "--key" in case.signer:
        return
    identity, issuer = case.signer[1], case.signer[3]
    for wrong in (identity[:-1], identity + "x", identity.upper(), ".*", identity.replace("https", "http"), " " + identity):
        if wrong != identity:
            yield case.changed(signer=["--certificate-identity", wrong, "--certificate-oidc-issuer", issuer])
    for wrong in (issuer + "/", issuer[:-1], issuer.upper(), ".*", issuer.replace("https", "http")):
        yield case.changed(signer=["--certificate-identity", identity, "--certificate-oidc-issuer", wrong])


def v24_another_kind_of_signer(case):
    key = case.changed(other_key=True)
    yield key
    if "--key" in case.signer:
        yield case.changed(signer=["--certificate-identity", IDENTITY, "--certificate-oidc-issuer", ISSUER])


def v25_certificate_changed(case):
    path = certificate_path(case)
    yield from flips(case, *path)
    for other in strangers(case)[:6]:
        if "publicKey" in other.material or "publicKey" in case.material:
            continue
        theirs = holder_of(other.bundle, certificate_path(other))[certificate_path(other)[-1]]
        yield from edit(case, path, lambda _: theirs)


def v28_another_artifact(case):
    yield case.changed(artifact=case.artifact + b"x")
    yield case.changed(artifact=case.artifact[:-1])
    yield case.changed(artifact=b"")
    yield case.changed(by_digest="0" * 64)


def v9_signature_changed(case):
    yield from flips(case, "messageSignature", "signature")
    yield from flips(case, "messageSignature", "messageDigest", "digest")
    yield from flips(case, "dsseEnvelope", "signatures", 0, "sig")
    yield from edit(case, ("messageSignature", "messageDigest", "algorithm"), lambda _: "SHA2_512")


def v33_weaker_digests(case):
    for algorithm in ("SHA1", "MD5", "HASH_ALGORITHM_UNSPECIFIED", ""):
        yield from edit(case, ("messageSignature", "messageDigest", "algorithm"), lambda _: algorithm)


def v35_one_of_several_is_not_what_it_should_be(case):
    whole = json.dumps(case.bundle)
    for bad in ("{}", whole.replace(case.bundle["mediaType"], "x"), "x"):
        yield from text_case(case, whole + "\n" + bad + "\n")
    yield from text_case(case, "{}\n" + whole + "\n")
    if case.entries():
        broken = copy.deepcopy(case.entries()[0])
        broken["canonicalizedBody"] = flipped(broken["canonicalizedBody"], 0.5)
        yield from edit(case, ("verificationMaterial", "tlogEntries"), lambda e: [*e, broken])
        yield from edit(case, ("verificationMaterial", "tlogEntries"), lambda e: [broken, *e])
    stamps = ("verificationMaterial", "timestampVerificationData", "rfc3161Timestamps")
    yield from edit(case, stamps, lambda t: [*t, {"signedTimestamp": flipped(t[0]["signedTimestamp"], 0.9)}])


ROWS = {
    "V1": v1_nothing_to_verify, "V3": v3_empty_sets, "V6": v6_more_signatures_than_one, "V8": v8_other_bytes_around,
    "V9": lambda c: [*v9_entry_of_another(c), *v9_signature_changed(c)], "V10, V32": v10_payload_of_another_type,
    "V12, V13": v12_v13_timestamp_of_another, "V14": v14_times_that_nobody_vouches_for, "V17": v17_over_the_caps,
    "V18": v18_inclusion, "V19": v19_trust_of_others, "V20": v20_json_that_readers_differ_in,
    "V23, V29": v23_identities_that_are_nearly_right, "V24": v24_another_kind_of_signer, "V25": v25_certificate_changed,
    "V28": v28_another_artifact, "V33": v33_weaker_digests, "V35": v35_one_of_several_is_not_what_it_should_be,
}


def run(case, folder):
    bundle, artifact, key = folder / "bundle.json", folder / "artifact", folder / "key.pem"
    text = getattr(case, "text", None)
    bundle.write_text(json.dumps(case.bundle) if text is None else text, encoding="utf-8")
    artifact.write_bytes(case.artifact)
    key.write_text(OTHER_KEY, encoding="utf-8")
    signer = ["--key", str(key)] if getattr(case, "other_key", False) else case.signer
    what = "sha256:" + case.by_digest if hasattr(case, "by_digest") else str(artifact)
    return subprocess.run([GATE, "verify", "bundle", "--bundle", bundle, *signer, "--trusted-root", case.root, what],
                          capture_output=True, text=True, timeout=60)


def test_there_is_something_to_break(tmp_path):
    assert len(CASES) == 21 + 6
    for case in CASES:
        done = run(case, tmp_path)
        assert done.returncode == 0, case.name + done.stdout + done.stderr


@pytest.mark.parametrize("row", ROWS)
def test_row(row, tmp_path, record_property):
    refused = Counter()
    for case in CASES:
        for number, broken in enumerate(ROWS[row](case)):
            done = run(broken, tmp_path)
            # Refused, or could not be looked at: both hold the pipeline. Anything else is a crash or a pass.
            assert done.returncode in (1, 3), f"{row} {case.name} #{number}: {done.returncode} {done.stdout}{done.stderr}"
            refused[case.name] += 1
    assert refused, f"{row} applies to nothing"
    record_property("mutations", sum(refused.values()))
    print(f"\n| {row} | {len(refused)} | {sum(refused.values())} |")
