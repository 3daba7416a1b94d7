"""git, ssh-keygen and OpenSSL (S/MIME) as oracles: 300 commits and tags, good and spoilt, each judged by git and by gate. gate never accepts
what git refuses; where it refuses what git accepts, the kind is in STRICTER, with the reason. `pytest -s` prints the table."""

import collections
import itertools
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "e2e"))
import smime

GATE = os.environ.get("GATE", "build/dev/gate")
EACH, FEW = 10, 3  # of every kind
BEGIN, END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
KEYS = {"ed25519": "-t ed25519", "p256": "-t ecdsa -b 256", "p384": "-t ecdsa -b 384", "p521": "-t ecdsa -b 521",
        "rsa": "-t rsa -b 3072"}
LAST_YEAR = ["--faked-system-time", "20250601T000000"]
STRICTER = {
    "commit OpenPGP SHA-1": "gpg takes SHA-1 where it is told to",
    "commit OpenPGP text after the armor": "gpg ignores what follows the first block",
    "tag OpenPGP text after the armor": "gpg ignores what follows the first block",
    "tag OpenPGP of an unsigned tag": "git looks at the outermost tag alone",
    "tag OpenPGP NUL-extended": "git signs and verifies the bytes behind the NUL, and shows none of them",
    "commit expired, dated before": "git asks whether the key counted on the date that the committer wrote",
    "commit short RSA key": "OpenSSH takes RSA from 1024 bits on",
    "commit doubled header": "git joins both values and reads the first signature",
    "commit text after the armor": "ssh-keygen ignores what follows the first block",
    "tag expired, dated before": "git asks whether the key counted on the date that the tagger wrote",
    "tag text after the armor": "ssh-keygen ignores what follows the first block",
    "tag under another name": "git compares no names",
    "tag of an unsigned tag": "git looks at the outermost tag alone",
    "commit X.509 short RSA key": "OpenSSL takes RSA from 1024 bits on",
    "commit X.509 SHA-1": "OpenSSL takes any digest in a CMS",
    "commit X.509 two addresses": "OpenSSL compares no names; the signer could choose who he is",
    "commit X.509 two signers": "OpenSSL asks each to be good, and git shows one",
    "commit X.509 doubled header": "git joins both values and reads the first signature",
    "commit X.509 and SSH": "git joins both values and reads the first signature",
    "commit X.509 text after the armor": "OpenSSL ignores what follows the first block",
    "tag X.509 text after the armor": "OpenSSL ignores what follows the first block",
    "tag X.509 NUL-extended": "git signs and verifies the bytes behind the NUL, and shows none of them",
    "tag NUL-extended": "git signs and verifies the bytes behind the NUL, and shows none of them",
}


class Shop:
    def __init__(self, folder, ids="sha1"):
        self.folder = folder
        self.signature_header = b"gpgsig" if ids == "sha1" else b"gpgsig-sha256"
        self.repository = folder / "r"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC",
                            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": "1750000000 +0000",
                            "GIT_COMMITTER_DATE": "1750000000 +0000"}
        self.run(f"git init -q -b main --object-format={ids} r")
        for setting in ("user.name T", "user.email t@example.org", "gpg.format ssh",
                        f"gpg.ssh.allowedSignersFile {folder}/allowed", f"gpg.ssh.revocationFile {folder}/revoked.krl"):
            self.git("config", *setting.split(" ", 1))
        self.make_keys()
        self.tree = self.git("write-tree").decode().strip()

    def run(self, command, data=None, folder=None):
        arguments = command if isinstance(command, list) else command.split()
        return subprocess.run(arguments, input=data, capture_output=True, check=True, cwd=folder or self.folder,
                              env=self.environment).stdout

    def git(self, *arguments, data=None):
        return self.run(["git", *arguments], data, self.repository)

    def make_keys(self):
        kinds = KEYS | {"short": "-t rsa -b 1024"}
        for name in ("stranger", "expired", "revoked", "files", "ca", "member", "gone"):
            kinds[name] = "-t ed25519"
        for name, options in kinds.items():
            self.run(["ssh-keygen", "-q", "-N", "", "-C", name, *options.split(), "-f", name])
        for name, serial in (("member", 7), ("gone", 8)):
            self.run(f"ssh-keygen -q -s ca -I {name} -n {name}@example.org -z {serial} {name}.pub")
        options = {"expired": ' valid-before="20250701Z"', "files": ' namespaces="file"', "ca": " cert-authority"}
        lines = [f"{'*' if name == 'ca' else name}@example.org{options.get(name, '')} {self.public(name)}"
                 for name in kinds if name not in ("stranger", "member", "gone")]
        (self.folder / "allowed").write_text("\n".join(lines) + "\n")
        (self.folder / "serials").write_text("serial: 8\n")
        self.run("ssh-keygen -q -k -f revoked.krl -s ca.pub serials")
        self.run("ssh-keygen -q -k -u -f revoked.krl revoked.pub")

    def public(self, name):
        return " ".join((self.folder / f"{name}.pub").read_text().split()[:2])

    def sign(self, payload, key, name_space="git"):
        """`key`: the name of a private key, or of a certificate beside one."""
        file = self.folder / "payload"
        file.write_bytes(payload)
        (self.folder / "payload.sig").unlink(missing_ok=True)
        path = f"{key}-cert.pub" if key in ("member", "gone") else key
        if path != key and not (self.folder / path[:-4]).exists():
            shutil.copy(self.folder / key, self.folder / path[:-4])
        self.run(f"ssh-keygen -q -Y sign -n {name_space} -f {path} payload")
        return (self.folder / "payload.sig").read_bytes()

    def store(self, kind, raw):
        return self.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", data=raw).decode().strip()

    def commit(self, number, date=1755000000):
        person = f"T <t@example.org> {date} +0000"
        return f"tree {self.tree}\nauthor {person}\ncommitter {person}\n\nCommit {number}\n".encode()

    def tag(self, number, date=1755000000, target=None, kind="commit"):
        target = target or self.git("rev-parse", "base").decode().strip()
        return (f"object {target}\ntype {kind}\ntag t{number}\ntagger T <t@example.org> {date} +0000\n\n"
                f"Tag {number}\n").encode()


def header(armor, shop):
    return shop.signature_header + b" " + armor.rstrip(b"\n").replace(b"\n", b"\n ") + b"\n"


def with_header(raw, value):
    at = raw.index(b"\n\n") + 1
    return raw[:at] + value + raw[at:]


def commits(shop):
    """Pairs of kind and raw commit."""
    before_expiry = 1750000000

    def signed(number, key, name_space="git", date=1755000000):
        raw = shop.commit(number, date)
        return with_header(raw, header(shop.sign(raw, key, name_space), shop))

    for number in range(EACH):
        for key in KEYS:
            yield f"good {key}", signed(number, key)
        yield "good certificate", signed(number, "member")
        for kind, key in (("a stranger's key", "stranger"), ("revoked key", "revoked"), ("short RSA key", "short"),
                          ("revoked certificate", "gone"), ("expired", "expired"), ("key for files", "files")):
            yield kind, signed(number, key)
        yield "expired, dated before", signed(number, "expired", date=before_expiry)
        yield "wrong namespace", signed(number, "ed25519", "file")
        good, plain = signed(number, "ed25519"), shop.commit(number)
        armor = shop.sign(plain, "ed25519")
        yield "unsigned", plain
        yield "tampered", good.replace(b"Commit", b"Commot")
        yield "NUL-extended", good + b"\0more\n"
        yield "signature moved to the body", plain + header(armor, shop)
        yield "doubled header", with_header(good, header(armor, shop))
        yield "text after the armor", with_header(plain, header(armor + b"more text\n", shop))


def tags(shop):
    """Triples of kind, name of the ref and raw tag."""
    for number in range(EACH):
        plain = shop.tag(number)
        armor = shop.sign(plain, "ed25519")
        name = f"t{number}"
        yield "good ed25519", name, plain + armor
        yield "good certificate", name, plain + shop.sign(plain, "member")
        yield "unsigned", name, plain
        yield "tampered", name, plain.replace(b"Tag", b"Tog") + armor
        yield "NUL-extended", name, plain + b"\0more\n" + shop.sign(plain + b"\0more\n", "ed25519")
        yield "a stranger's key", name, plain + shop.sign(plain, "stranger")
        yield "revoked key", name, plain + shop.sign(plain, "revoked")
        yield "expired", name, plain + shop.sign(plain, "expired")
        old = shop.tag(number, 1750000000)
        yield "expired, dated before", name, old + shop.sign(old, "expired")
        yield "signature moved to a header", name, with_header(plain, header(armor, shop))
        yield "text after the armor", name, plain + armor + b"more text\n"
        yield "two signatures, the last one good", name, plain + armor + shop.sign(plain + armor, "ed25519")
        yield "two signatures, the last one bad", name, plain + armor + armor
        yield "under another name", f"x{number}", plain + armor
        inner = shop.store("tag", plain)
        outer = shop.tag(number, target=inner, kind="tag")
        yield "of an unsigned tag", name, outer + shop.sign(outer, "ed25519")


def make_authority(shop):
    authority = smime.Authority(shop.folder / "smime")
    shop.git("config", "gpg.x509.program", str(authority.program))
    authority.issue_authority("middle")
    for name, how in {"ec": {}, "p384": {"kind": "p384"}, "rsa": {"kind": "rsa"}, "short": {"kind": "short"},
                      "deep": {"issuer": "middle"}, "foreign": {"issuer": "stranger"}, "server": {"use": "serverAuth"},
                      "expired": {"during": smime.PAST}, "early": {"during": smime.FUTURE},
                      "two": {"names": "email:dev@example.org,email:boss@example.org"}}.items():
        authority.issue(name, **how)
    return authority


def x509_commits(shop, authority):
    """Pairs of kind and raw commit."""
    def signed(number, name, *options, date=1755000000):
        raw = shop.commit(number, date)
        return with_header(raw, header(authority.sign(raw, name, *options), shop))

    for number in range(FEW):
        for name in ("ec", "p384", "rsa"):
            yield f"good X.509 {name}", signed(number, name)
        yield "good X.509 under an intermediate", signed(number, "deep", "-certfile", "middle.pem")
        yield "X.509 expired", signed(number, "expired")
        yield "X.509 expired, dated before", signed(number, "expired", date=1590000000)
        yield "X.509 not valid yet", signed(number, "early")
        yield "X.509 of another authority", signed(number, "foreign")
        yield "X.509 of a root that it brings", signed(number, "foreign", "-certfile", "stranger.pem")
        yield "X.509 without the intermediate", signed(number, "deep")
        yield "X.509 for servers", signed(number, "server")
        yield "X.509 without its certificate", signed(number, "ec", "-nocerts")
        yield "X.509 short RSA key", signed(number, "short")
        yield "X.509 SHA-1", signed(number, "ec", "-md", "sha1")
        yield "X.509 two addresses", signed(number, "two")
        yield "X.509 two signers", signed(number, "ec", "-signer", "rsa.pem", "-inkey", "rsa.key")
        good, plain = signed(number, "ec"), shop.commit(number)
        armor = authority.sign(plain, "ec")
        yield "X.509 commit inside", with_header(shop.commit(number + 1), header(authority.sign(plain, "ec", "-nodetach"), shop))
        yield "X.509 tampered", good.replace(b"Commit", b"Commot")
        yield "X.509 NUL-extended", good + b"\0more\n"
        yield "X.509 signature moved to the body", plain + header(armor, shop)
        yield "X.509 doubled header", with_header(good, header(armor, shop))
        yield "X.509 text after the armor", with_header(plain, header(armor + b"more text\n", shop))
        yield "X.509 and SSH", with_header(good, header(shop.sign(plain, "stranger"), shop))


def x509_tags(shop, authority):
    """Triples of kind, name of the ref and raw tag."""
    for number in range(FEW):
        plain, name = shop.tag(number), f"t{number}"
        armor = authority.sign(plain, "ec")
        yield "good X.509", name, plain + armor
        yield "X.509 expired", name, plain + authority.sign(plain, "expired")
        yield "X.509 of another authority", name, plain + authority.sign(plain, "foreign")
        yield "X.509 tampered", name, plain.replace(b"Tag", b"Tog") + armor
        yield "X.509 NUL-extended", name, plain + b"\0more\n" + authority.sign(plain + b"\0more\n", "ec")
        yield "X.509 signature moved to a header", name, with_header(plain, header(armor, shop))
        yield "X.509 text after the armor", name, plain + armor + b"more text\n"


class Keyring:
    """OpenPGP keys of gpg: what git knows, and what the policy trusts."""

    def __init__(self, shop):
        self.shop, self.homes = shop, {}
        for home in ("gpg", "elsewhere"):
            (shop.folder / home).mkdir(mode=0o700)
        for name, kind, home in (("ed25519", "ed25519", "gpg"), ("rsa", "rsa3072", "gpg"), ("p256", "nistp256", "gpg"),
                                 ("revoked", "ed25519", "gpg"), ("stranger", "ed25519", "elsewhere")):
            self.homes[name] = home
            self.gpg(name, *LAST_YEAR, "--quick-gen-key", f"{name}@example.org", kind, "sign", "never")
        self.homes["expired"] = "gpg"
        self.gpg("expired", "--faked-system-time", "20240101T000000", "--quick-gen-key", "expired@example.org", "ed25519", "sign", "2024-06-01")
        self.homes["subkey"] = "gpg"
        self.gpg("subkey", "--quick-gen-key", "subkey@example.org", "ed25519", "cert", "never")
        self.gpg("subkey", "--quick-add-key", self.fingerprint("subkey"), "ed25519", "sign", "never")
        # gpg signs with no key that is revoked.
        commits = (shop.commit(number) for number in range(FEW))
        self.signed_before = [with_header(raw, header(self.sign(raw, "revoked"), shop)) for raw in commits]
        certificate = (shop.folder / "gpg/openpgp-revocs.d" / f"{self.fingerprint('revoked')}.rev").read_text()
        self.gpg("revoked", "--import", data=certificate.replace(":-----BEGIN", "-----BEGIN").encode())
        (shop.folder / "keyring.pgp").write_bytes(self.gpg("ed25519", "--export"))
        shop.environment["GNUPGHOME"] = str(shop.folder / "gpg")

    def gpg(self, name, *arguments, data=None):
        return self.shop.run(["gpg", "--homedir", str(self.shop.folder / self.homes[name]), "--batch", "--quiet", "--no-tty", "--yes", "--passphrase", "",
                              "--pinentry-mode", "loopback", *arguments], data)

    def fingerprint(self, name):
        lines = self.gpg(name, "--with-colons", "--list-keys", f"{name}@example.org").decode().splitlines()
        return next(line.split(":")[9] for line in lines if line.startswith("fpr"))

    def sign(self, payload, name, *options):
        return self.gpg(name, "--armor", "--local-user", f"{name}@example.org", *options, "--detach-sign", data=payload)


def openpgp_commits(shop, keyring):
    """Pairs of kind and raw commit."""
    def signed(number, name, *options):
        raw = shop.commit(number)
        return with_header(raw, header(keyring.sign(raw, name, *options), shop))

    for number in range(FEW):
        for name in ("ed25519", "rsa", "p256", "subkey"):
            yield f"good OpenPGP {name}", signed(number, name)
        yield "OpenPGP unknown key", signed(number, "stranger")
        yield "OpenPGP revoked key", keyring.signed_before[number]
        yield "OpenPGP expired key", signed(number, "expired", "--faked-system-time", "20240201T000000")
        yield "OpenPGP expired signature", signed(number, "ed25519", *LAST_YEAR, "--default-sig-expire", "1d")
        good, plain = signed(number, "ed25519"), shop.commit(number)
        armor = keyring.sign(plain, "ed25519")
        yield "OpenPGP SHA-1", signed(number, "rsa", "--digest-algo", "SHA1", "--allow-weak-digest-algos")
        yield "OpenPGP tampered", good.replace(b"Commit", b"Commot")
        yield "OpenPGP NUL-extended", good + b"\0more\n"
        yield "OpenPGP signature moved to the body", plain + header(armor, shop)
        yield "OpenPGP doubled header", with_header(good, header(armor, shop))
        yield "OpenPGP text after the armor", with_header(plain, header(armor + b"more text\n", shop))
        yield "OpenPGP known and unknown", with_header(plain, header(armor + keyring.sign(plain, "stranger"), shop))


def openpgp_tags(shop, keyring):
    """Triples of kind, name of the ref and raw tag."""
    for number in range(FEW):
        plain, name = shop.tag(number), f"t{number}"
        armor = keyring.sign(plain, "ed25519")
        yield "good OpenPGP", name, plain + armor
        yield "good OpenPGP subkey", name, plain + keyring.sign(plain, "subkey")
        yield "OpenPGP unknown key", name, plain + keyring.sign(plain, "stranger")
        yield "OpenPGP tampered", name, plain.replace(b"Tag", b"Tog") + armor
        yield "OpenPGP NUL-extended", name, plain + b"\0more\n" + keyring.sign(plain + b"\0more\n", "ed25519")
        yield "OpenPGP signature moved to a header", name, with_header(plain, header(armor, shop))
        yield "OpenPGP text after the armor", name, plain + armor + b"more text\n"
        outer = shop.tag(number, target=shop.store("tag", plain), kind="tag")
        yield "OpenPGP of an unsigned tag", name, outer + keyring.sign(outer, "ed25519")


def gate(shop, kind, name):
    done = subprocess.run([str(pathlib.Path(GATE).resolve()), "verify", kind, name, "--allowed-signers",
                           str(shop.folder / "allowed"), "--revoked-keys", str(shop.folder / "revoked.krl"),
                           "--openpgp-keyring", str(shop.folder / "keyring.pgp"), "--x509-roots", str(shop.folder / "smime/root.pem")],
                          cwd=shop.repository, capture_output=True, text=True, env=shop.environment)
    assert done.returncode in (0, 1, 3), done.stderr
    # The verdict, then the first problem; on standard error where gate could not look.
    lines = (done.stderr + "\n".join(done.stdout.splitlines()[1:])).splitlines()
    return done.returncode == 0, lines[0].strip() if lines else ""


def git_accepts(shop, kind, name):
    return subprocess.run(["git", f"verify-{kind}", name], cwd=shop.repository, capture_output=True,
                          env=shop.environment).returncode == 0


@pytest.fixture(scope="module", params=["sha1", "sha256"])
def judged(request, tmp_path_factory):
    shop = Shop(tmp_path_factory.mktemp("oracle"), request.param)
    base = shop.git("commit-tree", "-m", "base", shop.tree).decode().strip()
    shop.git("update-ref", "refs/heads/base", base)
    table = collections.defaultdict(list)
    authority, keyring = make_authority(shop), Keyring(shop)
    for kind, raw in itertools.chain(commits(shop), x509_commits(shop, authority), openpgp_commits(shop, keyring)):
        name = shop.store("commit", raw)
        table["commit " + kind].append((git_accepts(shop, "commit", name), *gate(shop, "commit", name)))
    for kind, ref, raw in itertools.chain(tags(shop), x509_tags(shop, authority), openpgp_tags(shop, keyring)):
        name = shop.store("tag", raw)
        shop.git("update-ref", f"refs/tags/{ref}", name)
        table["tag " + kind].append((git_accepts(shop, "tag", ref), *gate(shop, "tag", ref)))
        shop.git("update-ref", "-d", f"refs/tags/{ref}")
    shop.git("update-ref", "refs/tags/light", base)
    table["tag lightweight"].append((git_accepts(shop, "tag", "light"), *gate(shop, "tag", "light")))
    return table


def test_the_table(judged):
    print(f"\n{'':42}{'all':>5}{'git':>5}{'gate':>5}  what gate says")
    for kind, verdicts in judged.items():
        reasons = sorted({reason for _, accepted, reason in verdicts if not accepted})
        print(f"{kind:42}{len(verdicts):5}{sum(v[0] for v in verdicts):5}{sum(v[1] for v in verdicts):5}  "
              f"{reasons[0][:90] if reasons else ''}")
    assert sum(len(verdicts) for verdicts in judged.values()) >= 300


def test_gate_never_accepts_what_git_refuses(judged):
    assert not [(kind, v) for kind, verdicts in judged.items() for v in verdicts if v[1] and not v[0]]


def test_gate_is_stricter_only_where_it_is_explained(judged):
    stricter = {kind for kind, verdicts in judged.items() if any(git and not ours for git, ours, _ in verdicts)}
    assert stricter - STRICTER.keys() == set()


def test_what_is_good_is_accepted_by_both(judged):
    good = {kind: verdicts for kind, verdicts in judged.items() if " good " in kind}
    assert len(good) >= 8
    assert not [(kind, v) for kind, verdicts in good.items() for v in verdicts if not (v[0] and v[1])]


def test_each_refusal_has_a_reason(judged):
    assert all(reason for verdicts in judged.values() for _, ours, reason in verdicts if not ours)
