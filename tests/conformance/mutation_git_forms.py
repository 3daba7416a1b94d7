"""Commits and tags signed with SSH, OpenPGP and S/MIME, and the ways to break them, by the rows of past verifiers' faults.
git, ssh-keygen, gpg and openssl make the signatures."""

import base64
import os
import pathlib
import subprocess

from mutation_forms import SPOTS, Form, flipped

DATE = 1755000000
PERSON = f"T <t@example.org> {DATE} +0000"


class Forge:
    """A repository, keys of each kind, and a policy that trusts the ones called "ours"."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.repository = self.folder / "r"
        (self.folder / "gpg").mkdir(mode=0o700)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GNUPGHOME": str(self.folder / "gpg"), "LC_ALL": "C",
                            "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": f"{DATE} +0000", "GIT_COMMITTER_DATE": f"{DATE} +0000"}
        self.run("git", "init", "-q", "-b", "main", "r")
        self.tree = self.git("write-tree").decode().strip()
        self.base = self.git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit-tree", "-m", "base", self.tree).decode().strip()
        self.make_keys()
        (self.repository / "policy.yaml").write_text(
            "gate: 1\nname: mutations\ntrust:\n  allowed_signers: allowed\n  openpgp_keyring: keyring.pgp\n  x509_roots: roots.pem\n"
            "rules:\n  signing/unsigned-commit: {}\n")

    def run(self, *command, data=None, folder=None):
        return subprocess.run(command, input=data, capture_output=True, check=True, cwd=folder or self.folder, env=self.environment).stdout

    def git(self, *arguments, data=None):
        return self.run("git", *arguments, data=data, folder=self.repository)

    def make_keys(self):
        for name in ("ours", "stranger", "expired"):
            self.run("ssh-keygen", "-q", "-N", "", "-C", "", "-t", "ed25519", "-f", name)
            self.run("gpg", "--batch", "--passphrase", "", "--quick-gen-key", f"{name}@example.org", "ed25519", "sign", "never")
            self.make_certificate(name)
        self.run("ssh-keygen", "-q", "-N", "", "-C", "", "-t", "rsa", "-b", "1024", "-f", "short")
        key = lambda name: " ".join((self.folder / f"{name}.pub").read_text().split()[:2])
        (self.repository / "allowed").write_text(
            f'ours@example.org {key("ours")}\nshort@example.org {key("short")}\nexpired@example.org valid-before="20250701Z" {key("expired")}\n')
        (self.repository / "keyring.pgp").write_bytes(self.run("gpg", "--batch", "--export", "ours@example.org"))
        (self.repository / "roots.pem").write_bytes((self.folder / "ours-ca.pem").read_bytes())

    def make_certificate(self, name):
        """Under an authority of its own, of which the policy trusts the one of "ours"."""
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        self.run("openssl", "req", "-x509", *key, "-keyout", f"{name}-ca.key", "-out", f"{name}-ca.pem", "-days", "3650", "-subj",
                 f"/CN={name} CA", "-addext", "keyUsage=critical,keyCertSign")
        self.run("openssl", "req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        (self.folder / "extensions").write_text("basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n"
                                                f"extendedKeyUsage=emailProtection\nsubjectAltName=email:{name}@example.org\n")
        self.run("openssl", "x509", "-req", "-in", f"{name}.csr", "-CA", f"{name}-ca.pem", "-CAkey", f"{name}-ca.key", "-CAcreateserial",
                 "-days", "3650", "-extfile", "extensions", "-out", f"{name}.pem")

    def sign_ssh(self, payload, name="ours", space="git"):
        (self.folder / "payload").write_bytes(payload)
        (self.folder / "payload.sig").unlink(missing_ok=True)
        self.run("ssh-keygen", "-q", "-Y", "sign", "-n", space, "-f", name, "payload")
        return (self.folder / "payload.sig").read_bytes()

    def sign_openpgp(self, payload, name="ours", *options):
        return self.run("gpg", "--batch", "--quiet", "--armor", "--local-user", f"{name}@example.org", *options, "--detach-sign", data=payload)

    def sign_x509(self, payload, name="ours", *options):
        pem = self.run("openssl", "cms", "-sign", "-binary", "-md", "sha256", *options, "-signer", f"{name}.pem", "-inkey", f"{name}.key",
                       "-outform", "PEM", data=payload)
        return pem.replace(b"-----BEGIN CMS-----", b"-----BEGIN SIGNED MESSAGE-----").replace(b"-----END CMS-----", b"-----END SIGNED MESSAGE-----")

    def commit(self, date=DATE):
        person = f"T <t@example.org> {date} +0000"
        return f"tree {self.tree}\nauthor {person}\ncommitter {person}\n\nCommit\n".encode()

    def tag(self, name="v1", target=None, kind="commit"):
        return f"object {target or self.base}\ntype {kind}\ntag {name}\ntagger {PERSON}\n\nTag\n".encode()

    def store(self, kind, raw):
        return self.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", data=raw).decode().strip()


class Object:
    """A commit or tag as raw bytes, in the repository of a forge."""

    def __init__(self, forge, kind, raw, ref="v1"):
        self.forge, self.kind, self.raw, self.ref = forge, kind, raw, ref

    def of(self, raw, ref="v1"):
        return Object(self.forge, self.kind, raw, ref)

    def command(self, _):
        name = self.forge.store(self.kind, self.raw)
        if self.kind == "tag":
            # By hand: git makes no ref to a tag that it cannot parse.
            (self.forge.repository / ".git/refs/tags" / self.ref).write_text(name + "\n")
            name = self.ref
        return ["verify", self.kind, name, "--policy", "policy.yaml"], self.forge.repository


def header(armor, name=b"gpgsig"):
    return name + b" " + armor.rstrip(b"\n").replace(b"\n", b"\n ") + b"\n"


def with_header(raw, line):
    at = raw.index(b"\n\n") + 1
    return raw[:at] + line + raw[at:]


def decoded(armor):
    """The lines before the base64, its bytes, and the lines behind them; a checksum of OpenPGP counts among those."""
    lines = armor.strip().split(b"\n")
    start = 1 + (lines.index(b"") if b"" in lines else 0)
    end = next(i for i in range(start, len(lines)) if lines[i].startswith((b"=", b"-----")))
    return lines[:start], base64.b64decode(b"".join(lines[start:end])), lines[end:]


def armored(before, raw, behind):
    text = base64.b64encode(raw)
    behind = [line for line in behind if not line.startswith(b"=")]
    return b"\n".join([*before, *(text[i:i + 64] for i in range(0, len(text), 64)), *behind]) + b"\n"


def armor_changes(armor):
    before, raw, behind = decoded(armor)
    for at in (*SPOTS, 0.1, 0.4, 0.6, 0.9):
        yield armored(before, flipped(raw, at), behind)
    for other in (raw[:-1], raw[: len(raw) // 2], raw + b"\0", bytes(len(raw))):
        yield armored(before, other, behind)


def empty_armors(armor):
    before, _, behind = decoded(armor)
    yield from (b"\n".join([before[0], behind[-1]]), b"\n".join([*before, *behind]), before[0], b"x", b"\n")


class Commits:
    def __init__(self, forge, name, sign):
        self.forge, self.name, self.sign = forge, name, sign

    def signed(self, raw, *arguments):
        return with_header(raw, header(self.sign(raw, *arguments)))

    def form(self):
        plain = self.forge.commit()
        self.plain, self.armor = plain, self.sign(plain)
        sample = Object(self.forge, "commit", with_header(plain, header(self.armor)))
        rows = {"V1": self.v1, "V3": self.v3, "V4": self.v4, "V5": self.v5, "V6": self.v6, "V8": self.v8, "V9": self.v9, "V19": self.v19}
        if self.name == "SSH commit":
            rows |= {"V30": self.v30, "V32": self.v32, "V33": lambda s: [s.of(self.signed(plain, "short"))]}
        if self.name == "OpenPGP commit":
            rows["V33"] = lambda s: [s.of(self.signed(plain, "ours", "--digest-algo", "SHA1", "--allow-weak-digest-algos"))]
        if self.name == "S/MIME commit":
            rows["V33"] = lambda s: [s.of(self.signed(plain, "ours", "-md", "sha1"))]
        return Form(self.name, sample, rows)

    def v1(self, sample):
        yield sample.of(self.plain)
        yield sample.of(with_header(self.plain, b"gpgsi " + header(self.armor)[7:]))

    def v3(self, sample):
        yield from (sample.of(with_header(self.plain, header(armor))) for armor in empty_armors(self.armor))
        yield sample.of(with_header(self.plain, b"gpgsig \n"))

    # What is signed is sound; what git reads of it may be the first of two lines, or the last.
    def v4(self, sample):
        tree, author, committer = self.plain.split(b"\n")[:3]
        other = b"tree " + b"4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        for line in (tree, other, author, committer, b"parent " + b"0" * 40):
            yield sample.of(self.signed(self.plain.replace(tree + b"\n", tree + b"\n" + line + b"\n", 1)
                                        if not line.startswith(b"parent") else self.plain.replace(committer, line + b"\n" + committer)))
        yield sample.of(with_header(sample.raw, header(self.armor)))
        yield sample.of(sample.raw.replace(author + b"\n", b"", 1))

    def v5(self, sample):
        yield sample.of(sample.raw + b"\0more\n")
        yield sample.of(sample.raw.replace(b"Commit", b"Com\0mit"))
        yield sample.of(self.plain + header(self.armor))
        yield sample.of(self.plain + b"\n" + self.armor)
        yield sample.of(with_header(self.plain, header(self.armor, b"gpgsig-sha256")))

    def v6(self, sample):
        bad = next(armor_changes(self.armor))
        stranger = self.sign(self.plain, "stranger")
        for armors in ((bad, self.armor), (self.armor, bad), (stranger, self.armor), (self.armor, stranger)):
            yield sample.of(with_header(self.plain, header(b"".join(armors))))

    def v8(self, sample):
        for armor in (self.armor + b"more text\n", b"more text\n" + self.armor, self.armor.replace(b"\n", b"\nHidden: x\n", 1),
                      self.armor.replace(b"BEGIN", b"BEGIN A", 1), self.armor.replace(b"-----END", b"----END", 1), self.armor[:-20]):
            yield sample.of(with_header(self.plain, header(armor)))

    def v9(self, sample):
        yield from (sample.of(with_header(self.plain, header(armor))) for armor in armor_changes(self.armor))
        for old, new in ((b"Commit", b"Commot"), (b"T <t@", b"U <t@"), (str(DATE).encode(), str(DATE + 1).encode()),
                         (self.forge.tree.encode(), self.forge.tree[:-1].encode() + b"0"), (b"\n\n", b"\nencoding x\n\n"), (b"Commit\n", b"Commit")):
            yield sample.of(sample.raw.replace(old, new, 1))
        yield sample.of(with_header(self.plain, header(self.sign(self.plain + b"x"))))

    def v19(self, sample):
        yield sample.of(self.signed(self.plain, "stranger"))

    # The date is the signer's word.
    def v30(self, sample):
        for date in (1750000000, 1, DATE):
            yield sample.of(self.signed(self.forge.commit(date), "expired"))

    def v32(self, sample):
        for space in ("file", "Git", "git ", "gitx"):
            yield sample.of(self.signed(self.plain, "ours", space))


class Tags:
    def __init__(self, forge, name, sign):
        self.forge, self.name, self.sign = forge, name, sign

    def form(self):
        self.plain = self.forge.tag()
        self.armor = self.sign(self.plain)
        rows = {"V1": self.v1, "V3": self.v3, "V4": self.v4, "V5": self.v5, "V6": self.v6, "V8": self.v8, "V9": self.v9, "V19": self.v19, "V31": self.v31}
        return Form(self.name, Object(self.forge, "tag", self.plain + self.armor), rows)

    def signed(self, raw):
        return raw + self.sign(raw)

    def v1(self, sample):
        yield sample.of(self.plain)

    def v3(self, sample):
        yield from (sample.of(self.plain + armor) for armor in empty_armors(self.armor))

    def v4(self, sample):
        lines = self.plain.split(b"\n")[:4]
        for line in (*lines, b"object " + b"0" * 40, b"tag v2"):
            yield sample.of(self.signed(self.plain.replace(b"\n\n", b"\n" + line + b"\n\n", 1)))
        for line in lines[:3]:
            yield sample.of(self.signed(self.plain.replace(line + b"\n", b"", 1)))

    def v5(self, sample):
        yield sample.of(self.signed(self.plain + b"\0more\n"))
        yield sample.of(sample.raw + b"\0more\n")
        yield sample.of(with_header(self.plain, header(self.armor)))

    def v6(self, sample):
        yield sample.of(sample.raw + self.armor)
        yield sample.of(self.plain + next(armor_changes(self.armor)) + self.armor)

    def v8(self, sample):
        for raw in (sample.raw + b"more text\n", self.plain + b"more text\n" + self.armor, sample.raw[:-20]):
            yield sample.of(raw)

    def v9(self, sample):
        yield from (sample.of(self.plain + armor) for armor in armor_changes(self.armor))
        for old, new in ((b"Tag\n", b"Tog\n"), (b"T <t@", b"U <t@"), (str(DATE).encode(), str(DATE + 1).encode())):
            yield sample.of(sample.raw.replace(old, new, 1))

    def v19(self, sample):
        yield sample.of(self.plain + self.sign(self.plain, "stranger"))

    def v31(self, sample):
        yield sample.of(sample.raw, ref="v2")
        yield sample.of(self.signed(self.forge.tag("refs/tags/v1")))
        inner = self.forge.store("tag", self.plain)
        yield sample.of(self.signed(self.forge.tag(target=inner, kind="tag")))
        for kind in ("tree", "blob", "tag", "Commit", ""):
            yield sample.of(self.signed(self.forge.tag(kind=kind)))
        yield sample.of(self.signed(self.forge.tag(target="0" * 40)))


def all_forms(folder):
    forge = Forge(folder)
    for name, sign in (("SSH", forge.sign_ssh), ("OpenPGP", forge.sign_openpgp), ("S/MIME", forge.sign_x509)):
        yield Commits(forge, f"{name} commit", sign).form()
        yield Tags(forge, f"{name} tag", sign).form()
