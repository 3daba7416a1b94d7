"""Certificates and CMS signatures for git, made by OpenSSL, and the program that git asks for them (gpg.x509.program)."""

import base64
import json
import pathlib
import re
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
STAMPER = ("basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
           "extendedKeyUsage=critical,timeStamping\n")
TSA = """
[tsa]
default_tsa = stamper
[stamper]
serial = tsa_serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
"""
FULCIO_ISSUER = "1.3.6.1.4.1.57264.1.8"
NOW = ("", "")
PAST = ("20200101000000Z", "20210101000000Z")
FUTURE = ("20980101000000Z", "20990101000000Z")


TIMESTAMP_OID = bytes.fromhex("060b2a864886f70d010910020e")
SIGNER_DEPTH = 4  # ContentInfo, its content, SignedData, the signers, the one signer: each the last of the one before


def node(tag, value):
    """One element of DER."""
    length = len(value).to_bytes(3, "big").lstrip(b"\0") if value else b"\0"
    return bytes([tag]) + (length if len(value) < 128 else bytes([0x80 | len(length)]) + length) + value


def elements(value):
    """Tag and value of each element that stands in `value`, one after the other."""
    while value:
        size, head = value[1], 2
        if size >= 0x80:
            head += size - 0x80
            size = int.from_bytes(value[2:head], "big")
        yield value[0], value[head:head + size]
        value = value[head + size:]


def last_of(der, depth):
    """What is in the last element of the last element, so many levels down."""
    for _ in range(depth + 1):
        der = list(elements(der))[-1][1]
    return der


def append(der, depth, added):
    """The same with an element more in the last one, so many levels down."""
    parts = list(elements(der))
    tag, value = parts[-1]
    value = value + added if depth == 0 else append(value, depth - 1, added)
    return b"".join(node(*part) for part in parts[:-1]) + node(tag, value)


class Authority:
    """A folder of keys and certificates: `root` is trusted, `stranger` is not."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.write("ca.cnf", CONFIG + TSA)
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

    def issue_keyless(self, name, address, issuer, during=NOW):
        """As Fulcio: who vouched for the address is in the certificate. No certificate log has seen it."""
        extensions = LEAF.format(use="codeSigning", names=f"critical,email:{address}")
        self.certify(name, ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "root",
                     extensions + f"{FULCIO_ISSUER}=ASN1:UTF8String:{issuer}\n", during)

    def issue_stamper(self, name, issuer="root"):
        self.certify(name, ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], issuer, STAMPER, NOW)

    def trusted_root(self, stamper):
        """A trusted_root.json without logs: `root` issues certificates, and the stamper tells the time."""
        def authority(*names):
            chain = [{"rawBytes": base64.b64encode(self.openssl("x509", "-in", f"{name}.pem", "-outform", "DER")).decode()}
                     for name in names]
            return {"subject": {}, "uri": "", "certChain": {"certificates": chain},
                    "validFor": {"start": "2020-01-01T00:00:00Z"}}
        return json.dumps({"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1", "tlogs": [], "ctlogs": [],
                           "certificateAuthorities": [authority("root")],
                           "timestampAuthorities": [authority(stamper, "root")]})

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

    def sign_stamped(self, payload, name, stamper):
        """As gitsign: with the token of a timestamp authority among the attributes that nobody signed."""
        der = self.openssl("cms", "-sign", "-binary", "-signer", f"{name}.pem", "-inkey", f"{name}.key", "-outform", "DER",
                           data=payload)
        (self.folder / "signature").write_bytes(last_of(der, SIGNER_DEPTH + 1))
        self.write("tsa_serial", "01\n")
        self.openssl("ts", "-query", "-data", "signature", "-sha256", "-no_nonce", "-cert", "-out", "query")
        self.openssl("ts", "-reply", "-config", "ca.cnf", "-section", "stamper", "-queryfile", "query", "-signer", f"{stamper}.pem",
                     "-inkey", f"{stamper}.key", "-token_out", "-out", "token")
        token = (self.folder / "token").read_bytes()
        attribute = node(0x30, TIMESTAMP_OID + node(0x31, token))
        lines = base64.encodebytes(append(der, SIGNER_DEPTH, node(0xa1, attribute)))
        return b"-----BEGIN SIGNED MESSAGE-----\n" + lines + b"-----END SIGNED MESSAGE-----\n"
