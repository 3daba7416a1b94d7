"""Certificates and S/MIME signatures for git, made by OpenSSL, and the program that git asks for them (gpg.x509.program)."""

import pathlib
import re
import shutil
import subprocess

# As gpgsm would answer: git wants one line of status, and takes the exit status for the verdict.
PROGRAM = """\
#!/bin/sh
# --status-fd=2 -bsau NAME: signs standard input. --status-fd=1 --verify FILE -: verifies it.
folder=$(dirname "$0")
signature= name=
while [ $# -gt 0 ]; do
  case $1 in
    -bsau) name=$2; shift ;;
    --verify) signature=$2; shift ;;
  esac
  shift
done
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT || exit 2
cat > "$work/payload"
if [ -n "$name" ]; then
  openssl cms -sign -binary -in "$work/payload" -signer "$folder/$name.pem" -inkey "$folder/$name.key" -outform PEM -out "$work/made" || exit 1
  sed 's/ CMS-/ SIGNED MESSAGE-/' "$work/made"
  echo '[GNUPG:] SIG_CREATED ' >&2
  exit 0
fi
sed 's/ SIGNED MESSAGE-/ CMS-/' "$signature" > "$work/signature"
openssl cms -verify -binary -inform PEM -in "$work/signature" -content "$work/payload" -CAfile "$folder/root.pem" -out /dev/null || exit 1
printf '\\n[GNUPG:] GOODSIG 0 openssl\\n'
"""

CONFIG = """\
[ca]
default_ca = here
[here]
dir = .
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
"""
LEAF = ("basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
        "extendedKeyUsage={use}\nsubjectAltName={names}\n")
AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n"
NOW = ("", "")
PAST = ("20200101000000Z", "20210101000000Z")
FUTURE = ("20980101000000Z", "20990101000000Z")


def is_missing():
    """Which tool is not installed; empty: none."""
    return " ".join(tool for tool in ("openssl", "git") if not shutil.which(tool))


class Authority:
    """A folder of keys and certificates: `root` is trusted, `stranger` is not."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.write("ca.cnf", CONFIG)
        self.write("index.txt", "")
        self.write("serial", "1000\n")
        self.write("program", PROGRAM)
        self.program = self.folder / "program"
        self.program.chmod(0o755)
        for name in ("root", "stranger"):
            self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                         "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}",
                         "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def openssl(self, *arguments, data=None):
        return subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, input=data, check=True,
                              capture_output=True).stdout

    def issue(self, name, issuer="root", kind="ec", use="emailProtection", names="email:dev@example.org", during=NOW):
        """A signer NAME.pem with its key; `during`: first and last moment, thirty days from now without."""
        key = {"ec": ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "p384": ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
               "rsa": ["rsa:3072"], "short": ["rsa:1024"]}[kind]
        self.certify(name, key, issuer, LEAF.format(use=use, names=names), during)

    def issue_authority(self, name, issuer="root"):
        self.certify(name, ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], issuer, AUTHORITY, NOW)

    def certify(self, name, key, issuer, extensions, during):
        self.write(f"{name}.ext", extensions)
        self.openssl("req", "-newkey", *key, "-nodes", "-keyout", f"{name}.key", "-subj", f"/CN={name}", "-out", f"{name}.csr")
        dates = ["-startdate", during[0], "-enddate", during[1]] if during[0] else ["-days", "30"]
        self.openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key",
                     *dates, "-in", f"{name}.csr", "-extfile", f"{name}.ext", "-out", f"{name}.pem")

    def sign(self, payload, name, *options):
        """The armor that git keeps."""
        made = self.openssl("cms", "-sign", "-binary", "-signer", f"{name}.pem", "-inkey", f"{name}.key", "-outform", "PEM",
                            *options, data=payload)
        return re.sub(rb" CMS-", b" SIGNED MESSAGE-", made)
