"""A repository whose policy asks for one thing: commits signed by an enrolled key. No compiler, no scanner."""

import pathlib

import green

POLICY = """\
gate: 1
name: signed
inputs:
  git: {range: auto}
trust:
  allowed_signers: allowed_signers
rules:
  signing/unsigned-commit: {level: fail}
"""
RELAXED = POLICY.replace("level: fail", "level: off")


class Repository(green.Project):
    def change(self, message, sign=True, **files):
        """A commit that writes `files` (by default one named after the message); returns its id."""
        for path, text in (files or {message.replace(" ", "-"): message}).items():
            self.write(path, text)
        return self.commit(message, sign=sign)

    def head(self):
        return self.git("rev-parse", "HEAD").decode().strip()

    def configure(self, key):
        for name, value in {"user.name": "Alice", "user.email": "alice@example.org", "gpg.format": "ssh",
                            "user.signingkey": str(key)}.items():
            self.git("config", name, value)


def make(folder):
    """A repository in `folder`/project with one signed commit, and its key beside it."""
    repository = Repository(pathlib.Path(folder) / "project")
    repository.root.mkdir(parents=True)
    key = repository.root.parent / "signer"
    green.call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key, cwd=folder)
    repository.git("init", "-q", "-b", "main")
    repository.configure(f"{key}.pub")
    public = pathlib.Path(f"{key}.pub").read_text().split()
    repository.write("allowed_signers", f"alice@example.org {public[0]} {public[1]}\n")
    repository.write("gate.yaml", POLICY)
    repository.commit("Add the policy")
    return repository
