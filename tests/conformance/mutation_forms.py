"""Forms of signatures and attestations, each with a good sample made here and the ways to break it, by the rows of past
verifiers' faults (V1 to V35). A mutant is a sample with one thing wrong; what signs the samples signs the mutants as well
where the fault lies in what is signed."""

import base64
import copy
import hashlib
import json
import os
import pathlib
import subprocess

SPOTS = (0, 0.25, 0.5, 0.75, 1)
ARTIFACT = b"\x7fELF the program"
SLSA = "https://slsa.dev/provenance/v1"
IN_TOTO = "application/vnd.in-toto+json"


def flipped(raw, at):
    raw = bytearray(raw)
    raw[min(int(len(raw) * at), len(raw) - 1)] ^= 1
    return bytes(raw)


def b64(raw):
    return base64.b64encode(raw).decode()


class Keys:
    """Key pairs of openssl in a folder, and what they sign."""

    KINDS = {"ed25519": ["-algorithm", "ed25519"], "p256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]}

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        for owner in ("ours", "stranger"):
            for kind, options in self.KINDS.items():
                self.openssl("genpkey", *options, "-out", f"{owner}-{kind}.key")

    def openssl(self, *arguments):
        return subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, check=True).stdout

    def public(self, kind, owner="ours"):
        return self.openssl("pkey", "-in", f"{owner}-{kind}.key", "-pubout")

    def raw_public(self, owner="ours"):
        return self.openssl("pkey", "-in", f"{owner}-ed25519.key", "-pubout", "-outform", "DER")[-32:]

    def sign(self, kind, message, owner="ours"):
        (self.folder / "message").write_bytes(message)
        digest = [] if kind == "ed25519" else ["-digest", "sha256"]
        return self.openssl("pkeyutl", "-sign", "-rawin", *digest, "-inkey", f"{owner}-{kind}.key", "-in", "message")


class Sample:
    """An artifact, what attests it, and the keys by which gate is to judge it."""

    def __init__(self, kind, attestation, key, artifact=ARTIFACT, arguments=()):
        self.kind, self.attestations, self.keys = kind, [attestation], [key]
        self.artifact, self.arguments = artifact, list(arguments)

    def changed(self, **what):
        other = copy.copy(self)
        other.__dict__.update(what)
        return other

    def of(self, attestation):
        return self.changed(attestations=[attestation])

    @property
    def attestation(self):
        return self.attestations[0]

    def command(self, folder):
        (folder / "artifact").write_bytes(self.artifact)
        command = ["verify", "artifact", "artifact", "--format", self.kind, *self.arguments]
        for option, contents in (("--attestation", self.attestations), ("--key", self.keys)):
            for number, content in enumerate(contents):
                name = f"{option[2:]}-{number}"
                (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
                command += [option, name]
        return command, folder


class Form:
    """A name, a good sample, and for each row a generator of samples that are wrong by it."""

    def __init__(self, name, sample, rows):
        self.name, self.sample, self.rows = name, sample, rows


# --- what holds for every file -----------------------------------------------------------------------------------------

def nothing_to_verify(sample):
    yield from (sample.of(text) for text in ("", "\n\n", "{}", "[]", "null", "\0"))


def other_bytes_around(sample):
    whole = sample.attestation if isinstance(sample.attestation, str) else sample.attestation.decode()
    yield from (sample.of(text) for text in (whole + "x", whole + whole, "\ufeff" + whole, "x" + whole,
                                             whole.rstrip()[:-1], whole[: len(whole) // 2], whole[len(whole) // 2:]))


def over_the_caps(sample):
    yield sample.of("[" * 100 + "]" * 100)
    whole = sample.attestation if isinstance(sample.attestation, str) else sample.attestation.decode()
    yield sample.of(whole + " " * (16 << 20))


def another_artifact(sample):
    for artifact in (ARTIFACT + b"x", ARTIFACT[:-1], b"", flipped(ARTIFACT, 0.5)):
        yield sample.changed(artifact=artifact)


def another_key(stranger):
    def row(sample):
        yield sample.changed(keys=[stranger])
        yield sample.changed(keys=["", *sample.keys])
        yield sample.changed(keys=["no key"])
    return row


def one_of_several(broken):
    """What the good one would pass alone does not pass beside one that cannot be verified."""
    def row(sample):
        for bad in broken(sample):
            yield sample.changed(attestations=[sample.attestation, bad])
            yield sample.changed(attestations=[bad, sample.attestation])
    return row


# --- DSSE, and what carries it -----------------------------------------------------------------------------------------

def statement(**changes):
    return {"_type": "https://in-toto.io/Statement/v1",
            "subject": [{"name": "app", "digest": {"sha256": hashlib.sha256(ARTIFACT).hexdigest()}}],
            "predicateType": SLSA,
            "predicate": {"buildDefinition": {"buildType": "https://ci.example.org/make", "externalParameters": {}},
                          "runDetails": {"builder": {"id": "https://ci.example.org/release"}}}, **changes}


class Dsse:
    """Envelopes under one kind of key; `wrap` packs an envelope's JSON the way that the carrier does."""

    def __init__(self, keys, key_kind, carrier="dsse", wrap=lambda envelope: envelope):
        self.keys, self.key_kind, self.carrier, self.wrap = keys, key_kind, carrier, wrap

    def sign(self, payload, kind=IN_TOTO):
        text = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(text), text)
        return {"payloadType": kind, "payload": b64(text),
                "signatures": [{"keyid": "", "sig": b64(self.keys.sign(self.key_kind, signed))}]}

    def form(self):
        good = self.sign(statement())
        sample = Sample(self.carrier, self.wrap(json.dumps(good)), self.keys.public(self.key_kind))
        rows = {"V1": self.v1, "V3": self.v3, "V8": lambda s: other_bytes_around(s), "V9": self.v9, "V10": self.v10,
                "V15": self.v15, "V17": self.v17, "V19": another_key(self.keys.public(self.key_kind, "stranger")),
                "V20": self.v20, "V27": self.v15, "V28": another_artifact, "V32": self.v32, "V33": self.v33,
                "V35": one_of_several(lambda s: [self.packed({**good, "signatures": []}), self.packed(self.sign(b"{}")), ""])}
        self.good = good
        return Form(f"{self.carrier} {self.key_kind}", sample, rows)

    def packed(self, envelope):
        return self.wrap(envelope if isinstance(envelope, str) else json.dumps(envelope))

    def mutants(self, sample, envelopes):
        return (sample.of(self.packed(envelope)) for envelope in envelopes)

    def v1(self, sample):
        yield from nothing_to_verify(sample)
        yield from self.mutants(sample, ["{}", "[]", "null", *({k: v for k, v in self.good.items() if k != key} for key in self.good)])

    def v3(self, sample):
        yield from self.mutants(sample, [{**self.good, "signatures": []}, {**self.good, "signatures": [{"keyid": "", "sig": ""}]},
                                         {**self.good, "signatures": None}, {**self.good, "signatures": [{}]}])

    def v9(self, sample):
        sig = base64.b64decode(self.good["signatures"][0]["sig"])
        for at in (*SPOTS, 0.1, 0.4, 0.6, 0.9):
            yield from self.mutants(sample, [{**self.good, "signatures": [{"keyid": "", "sig": b64(flipped(sig, at))}]}])
        for other in (sig[:-1], sig + b"\0", sig * 2, bytes(len(sig))):
            yield from self.mutants(sample, [{**self.good, "signatures": [{"keyid": "", "sig": b64(other)}]}])

    def v10(self, sample):
        payload = base64.b64decode(self.good["payload"])
        yield from self.mutants(sample, ({**self.good, "payload": b64(flipped(payload, at))} for at in SPOTS))
        yield from self.mutants(sample, [{**self.good, "payload": b64(payload + b" ")}, {**self.good, "payload": ""}])
        # Signed as they stand: what is signed is no statement, or one of nothing.
        for body in (b"", b"{", b"[]", b"null", b"text", statement(_type="https://in-toto.io/Statement/v2"), statement(_type=""),
                     statement(predicateType=""), statement(subject=[]), statement(subject=None),
                     {k: v for k, v in statement().items() if k != "subject"},
                     {k: v for k, v in statement().items() if k != "predicateType"},
                     statement(subject=[{"name": "app"}]), statement(subject=[{"name": "app", "digest": {}}])):
            yield from self.mutants(sample, [self.sign(body)])

    def v15(self, sample):
        twice = {**self.good, "signatures": self.good["signatures"] * 2}
        named = {**self.good, "signatures": [{**self.good["signatures"][0], "keyid": name} for name in ("a", "b")]}
        for envelope in (self.good, twice, named):
            for keys in ([sample.keys[0]], sample.keys * 2):
                yield sample.of(self.packed(envelope)).changed(keys=keys, arguments=["--threshold", "2"])

    def v17(self, sample):
        yield from over_the_caps(sample)
        subject = statement()["subject"]
        yield from self.mutants(sample, [self.sign(statement(subject=subject * 10_001)),
                                         {**self.good, "signatures": self.good["signatures"] * 100_000},
                                         self.sign(b"[" * 100 + b"]" * 100)])

    def v20(self, sample):
        whole, inside = json.dumps(self.good), json.dumps(statement())[1:]
        yield from self.mutants(sample, ['{"payloadType": "x", ' + whole[1:], '{"payload\\u0054ype": "x", ' + whole[1:],
                                         whole.replace('"payload"', '"Payload"'), '{"x": "\\ud800", ' + whole[1:]])
        for body in ('{"_type": "x", ' + inside, '{"subject": [], ' + inside, '{"predicate\\u0054ype": "x", ' + inside,
                     '{"x": "\\ud800", ' + inside, json.dumps(statement()).replace('"subject"', '"Subject"'),
                     json.dumps(statement()) + "{}", "\ufeff" + json.dumps(statement())):
            yield from self.mutants(sample, [self.sign(body.encode())])
        yield from self.mutants(sample, [self.sign(b'{"x": "\xff", ' + inside.encode())])

    def v32(self, sample):
        for kind in ("application/json", IN_TOTO + " ", IN_TOTO.upper(), "text/plain", "", "application/vnd.dev.cosign.simplesigning.v1+json"):
            yield from self.mutants(sample, [{**self.good, "payloadType": kind}, self.sign(statement(), kind)])

    def v33(self, sample):
        weak = {"md5": hashlib.md5(ARTIFACT).hexdigest(), "sha1": hashlib.sha1(ARTIFACT).hexdigest()}
        strong = statement()["subject"][0]["digest"]
        for digest in ({"md5": weak["md5"]}, {"sha1": weak["sha1"]}, weak, {**strong, "sha512": "0" * 128},
                       {"sha256": strong["sha256"].upper()}, {"sha256": strong["sha256"][:-2]}, {"SHA256": strong["sha256"]}):
            yield from self.mutants(sample, [self.sign(statement(subject=[{"name": "app", "digest": digest}]))])


def tekton(envelope):
    return json.dumps({"apiVersion": "tekton.dev/v1", "kind": "TaskRun", "metadata": {"name": "build", "uid": "0a1b", "annotations": {
        "chains.tekton.dev/signed": "true", "chains.tekton.dev/signature-taskrun-0a1b": b64(envelope.encode())}}})


# --- signatures beside a file ------------------------------------------------------------------------------------------

class Detached:
    """`write(keys, owner, message)` makes the signature's file; `raw` finds the signature's bytes in it and puts others there."""

    def __init__(self, keys, kind, write, key, key_of_stranger, spoil, artifact=ARTIFACT, arguments=()):
        self.keys, self.kind, self.spoil, self.key_of_stranger = keys, kind, spoil, key_of_stranger
        self.sample = Sample(kind, write(keys, "ours", artifact), key, artifact, arguments)
        self.of_stranger = write(keys, "stranger", artifact)
        self.over_other = write(keys, "ours", b"something else")

    def form(self):
        rows = {"V1": nothing_to_verify, "V3": lambda s: (s.of(text) for text in self.spoil(s.attestation, lambda sig: b"")),
                "V8": other_bytes_around, "V9": self.v9, "V17": over_the_caps, "V19": self.v19, "V28": self.v28,
                "V35": one_of_several(lambda s: [*self.spoil(s.attestation, lambda sig: flipped(sig, 0.5)), ""])}
        return Form(self.kind, self.sample, rows)

    def v9(self, sample):
        changes = [lambda sig, at=at: flipped(sig, at) for at in (*SPOTS, 0.1, 0.4, 0.6, 0.9)]
        changes += [lambda sig: sig[:-1], lambda sig: sig + b"\0", lambda sig: sig * 2, lambda sig: bytes(len(sig))]
        for change in changes:
            yield from (sample.of(text) for text in self.spoil(sample.attestation, change))

    def v19(self, sample):
        yield from another_key(self.key_of_stranger)(sample)
        yield sample.of(self.of_stranger)

    def v28(self, sample):
        yield from another_artifact(sample)
        yield sample.of(self.over_other)


def cosign(keys, owner, message):
    return b64(keys.sign("p256", message, owner)) + "\n"


def spoil_line(text, change):
    yield b64(change(base64.b64decode(text))) + "\n"


NUMBER = {"ours": b"\x01\x02\x03\x04\x05\x06\x07\x08", "stranger": b"\x08\x07\x06\x05\x04\x03\x02\x01"}


def comment_key(keys, owner):
    return f"untrusted comment: public key\n{b64(b'Ed' + NUMBER[owner] + keys.raw_public(owner))}\n"


def signify(keys, owner, message):
    return f"untrusted comment: verify with key.pub\n{b64(b'Ed' + NUMBER[owner] + keys.sign('ed25519', message, owner))}\n"


def minisign(keys, owner, message):
    signature = keys.sign("ed25519", hashlib.blake2b(message).digest(), owner)
    comment = "timestamp:1750000000\tfile:app"
    whole = keys.sign("ed25519", signature + comment.encode(), owner)
    return (f"untrusted comment: signature\n{b64(b'ED' + NUMBER[owner] + signature)}\n"
            f"trusted comment: {comment}\n{b64(whole)}\n")


def spoil_comment_file(text, change):
    """The signature, its algorithm, its key's number; with minisign the trusted comment and the signature over it."""
    lines = text.splitlines()
    blob = base64.b64decode(lines[1])

    def with_line(number, line):
        return "\n".join([*lines[:number], line, *lines[number + 1:]]) + "\n"

    yield with_line(1, b64(blob[:10] + change(blob[10:])))
    yield with_line(1, b64(change(blob[:10]) + blob[10:]))
    if len(lines) == 4:
        yield with_line(3, b64(change(base64.b64decode(lines[3]))))
        yield with_line(2, lines[2] + "x")


PACKAGE = {"name": "@acme/app", "version": "1.2.3"}


def npm_registry(keys, owner, message):
    integrity = "sha512-" + b64(hashlib.sha512(message).digest())
    signature = keys.sign("p256", f"{PACKAGE['name']}@{PACKAGE['version']}:{integrity}".encode(), owner)
    name = "SHA256:" + b64(hashlib.sha256(keys.openssl("pkey", "-in", f"{owner}-p256.key", "-pubout", "-outform", "DER")).digest()).rstrip("=")
    return json.dumps({**PACKAGE, "dist": {"integrity": integrity, "signatures": [{"keyid": name, "sig": b64(signature)}]}})


def spoil_manifest(text, change):
    manifest = json.loads(text)
    signature = manifest["dist"]["signatures"][0]

    def with_dist(**what):
        return json.dumps({**manifest, "dist": {**manifest["dist"], **what}})

    yield with_dist(signatures=[{**signature, "sig": b64(change(base64.b64decode(signature["sig"])))}])
    yield with_dist(signatures=[])
    yield with_dist(integrity="sha512-" + b64(change(base64.b64decode(manifest["dist"]["integrity"][7:]))))
    yield json.dumps({**manifest, "version": "1.2.4"})
    yield json.dumps({**manifest, "name": "@acme/other"})


def all_forms(folder):
    keys = Keys(folder)
    yield Dsse(keys, "ed25519").form()
    yield Dsse(keys, "p256").form()
    yield Dsse(keys, "p256", "tekton-chains", tekton).form()
    yield Detached(keys, "cosign", cosign, keys.public("p256"), keys.public("p256", "stranger"), spoil_line).form()
    yield Detached(keys, "minisign", minisign, comment_key(keys, "ours"), comment_key(keys, "stranger"), spoil_comment_file).form()
    yield Detached(keys, "signify", signify, comment_key(keys, "ours"), comment_key(keys, "stranger"), spoil_comment_file).form()
    yield Detached(keys, "npm-registry", npm_registry, keys.public("p256"), keys.public("p256", "stranger"), spoil_manifest,
                   arguments=["--package", "pkg:npm/%40acme/app@1.2.3"]).form()
