"""The pre-push hook, called by real git with a real remote beside it."""

import os
import pathlib
import re
import shutil
import stat
import subprocess

import pytest

import green
from ci import signed

ZEROS = "0" * 40


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    """A project, and the bare remote that has its first commit."""
    folder = tmp_path_factory.mktemp("hook")
    seed = signed.make(folder)
    seed.git("clone", "-q", "--bare", seed.root, folder / "remote.git")
    return folder


@pytest.fixture
def remote(original, tmp_path):
    shutil.copytree(original / "remote.git", tmp_path / "remote.git")
    return signed.Repository(tmp_path / "remote.git")


@pytest.fixture
def bare_clone(original, remote, tmp_path):
    """A clone without the hook."""
    green.call("git", "clone", "-q", remote.root, tmp_path / "project", cwd=tmp_path)
    clone = signed.Repository(tmp_path / "project")
    clone.configure(original / "signer.pub")
    return clone


@pytest.fixture
def project(bare_clone):
    assert gate(bare_clone, "hook", "install")[0] == 0
    return bare_clone


def gate(project, *arguments, data="", cwd=None):
    done = subprocess.run([green.GATE, *arguments], cwd=cwd or project.root, env=green.CLEAN, input=data,
                          capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def push(project, *arguments, cwd=None):
    """(whether git pushed, what was printed)"""
    done = subprocess.run(["git", "push", *arguments], cwd=cwd or project.root, env=green.CLEAN,
                          capture_output=True, text=True, timeout=120)
    return done.returncode == 0, done.stdout + done.stderr


def has(remote, ref):
    done = subprocess.run(["git", "rev-parse", "-q", "--verify", f"{ref}^{{commit}}"], cwd=remote.root, env=green.CLEAN,
                          capture_output=True, text=True, timeout=60)
    return done.stdout.strip() or None


def hook_file(project):
    return project.root / ".git/hooks/pre-push"


def foreign_hook(path, body="exit 0"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path.read_text()


# --- install and uninstall -------------------------------------------------------------------------------------------

def test_install_and_uninstall(bare_clone):
    status, text = gate(bare_clone, "hook", "install")
    assert status == 0 and "pre-push" in text
    hook = hook_file(bare_clone)
    assert hook.stat().st_mode & stat.S_IXUSR
    first = hook.read_bytes()
    assert gate(bare_clone, "hook", "install")[0] == 0 and hook.read_bytes() == first
    assert gate(bare_clone, "hook", "uninstall")[0] == 0 and not hook.exists()
    assert gate(bare_clone, "hook", "uninstall")[0] == 0


def test_install_from_a_folder_below(bare_clone):
    bare_clone.write("a/b/file", "")
    assert gate(bare_clone, "hook", "install", cwd=bare_clone.root / "a/b")[0] == 0
    assert hook_file(bare_clone).exists()


def test_outside_a_repository(tmp_path):
    (tmp_path / "empty").mkdir()
    status, text = gate(None, "hook", "install", cwd=tmp_path / "empty")
    assert status != 0 and text and os.listdir(tmp_path / "empty") == []


def test_a_foreign_hook_is_left_alone(bare_clone):
    before = foreign_hook(hook_file(bare_clone))
    status, text = gate(bare_clone, "hook", "install")
    assert status == 2 and "gate hook run" in text
    assert gate(bare_clone, "hook", "uninstall")[0] == 2
    assert hook_file(bare_clone).read_text() == before


def test_our_hook_with_an_addition_is_foreign(project):
    hook = hook_file(project)
    hook.write_text(hook.read_text().replace("\nif ", "\nmake lint\nif ", 1))
    before = hook.read_text()
    assert gate(project, "hook", "uninstall")[0] == 2
    assert gate(project, "hook", "install")[0] == 2
    assert hook.read_text() == before


def test_force_keeps_the_foreign_hook_beside(bare_clone):
    before = foreign_hook(hook_file(bare_clone))
    assert gate(bare_clone, "hook", "install", "--force")[0] == 0
    assert hook_file(bare_clone).read_text() != before
    assert (hook_file(bare_clone).parent / "pre-push.before-gate").read_text() == before


def test_a_foreign_hook_can_call_ours(bare_clone, remote):
    foreign_hook(hook_file(bare_clone), f'exec {green.GATE} hook run "$@"')
    tip = has(remote, "main")
    bare_clone.change("Not signed", sign=False)
    assert not push(bare_clone, "origin", "main")[0]
    assert has(remote, "main") == tip


@pytest.mark.parametrize("folder", ["hooks", "../shared hooks"])
def test_core_hooks_path(bare_clone, remote, folder):
    bare_clone.git("config", "core.hooksPath", folder)
    assert gate(bare_clone, "hook", "install")[0] == 0
    assert (bare_clone.root / folder / "pre-push").is_file() and not hook_file(bare_clone).exists()
    bare_clone.change("Not signed", sign=False)
    assert not push(bare_clone, "origin", "main")[0]
    assert gate(bare_clone, "hook", "uninstall")[0] == 0
    assert not (bare_clone.root / folder / "pre-push").exists()


def test_a_gate_that_is_gone_blocks_with_a_sentence(project, remote):
    tip = has(remote, "main")
    hook = hook_file(project)
    hook.write_text(re.sub(r"(?m)^gate='.*'$", "gate='/no/such/gate'", hook.read_text()))
    project.change("Signed")
    pushed, text = push(project, "origin", "main")
    assert not pushed and "gate hook install" in text and has(remote, "main") == tip


# --- what a push brings ----------------------------------------------------------------------------------------------

def test_signed_commits_pass(project, remote):
    project.change("One")
    tip = project.change("Two")
    pushed, text = push(project, "origin", "main")
    assert pushed and has(remote, "main") == tip, text


def test_an_unsigned_commit_blocks(project, remote):
    tip = has(remote, "main")
    project.change("Not signed", sign=False)
    project.change("Signed, on top")
    pushed, text = push(project, "origin", "main")
    assert not pushed and "signing/unsigned-commit" in text
    assert has(remote, "main") == tip
    assert not push(project, "--dry-run", "origin", "main")[0]


def test_a_new_branch_is_judged_by_what_the_remote_lacks(project, remote):
    project.change("Old and unsigned", sign=False)
    assert push(project, "--no-verify", "origin", "main")[0]
    project.git("checkout", "-q", "-b", "topic")
    project.change("Signed")
    pushed, text = push(project, "origin", "topic")
    assert pushed, text
    project.git("checkout", "-q", "-b", "other")
    project.change("Not signed", sign=False)
    assert not push(project, "origin", "other")[0] and has(remote, "other") is None


@pytest.mark.parametrize("refspec", ["main:refs/heads/topic", "v1", "light", "+main~1:main"])
def test_a_ref_that_brings_no_commit_has_nothing_to_judge(project, remote, refspec):
    """A tag or a branch of what the remote has, and a step back: they come after the commits."""
    project.change("Signed")
    project.git("tag", "-a", "-m", "One", "v1")
    project.git("tag", "light")
    assert push(project, "origin", "main")[0]
    pushed, text = push(project, "origin", refspec)
    assert pushed and "nothing to judge" in text, text


def test_a_tag_of_what_the_remote_has_is_judged_by_the_rules_about_tags(project, remote):
    project.write("gate.yaml", signed.POLICY + "  signing/unsigned-tag: {level: fail, expect: none}\n")
    project.commit("Ask for signed tags")
    assert push(project, "origin", "main")[0]
    project.git("tag", "-s", "-m", "Good", "good")
    pushed, text = push(project, "origin", "good")
    assert pushed and "signing/unsigned-tag" in text and "signing/unsigned-commit" not in text, text
    for name, how in (("plain", ["-a", "-m", "Not signed"]), ("light", [])):
        project.git("tag", *how, name)
        pushed, text = push(project, "origin", name)
        assert not pushed and name in text, text
        project.git("tag", "-d", name)


@pytest.mark.parametrize("good, bad", [("a", "z"), ("z", "a")])
def test_one_bad_ref_among_two_blocks_both(project, remote, good, bad):
    for branch, sign in ((good, True), (bad, False)):
        project.git("checkout", "-q", "-b", branch, "main")
        project.change(f"On {branch}", sign=sign)
    pushed, text = push(project, "origin", "a", "z")
    assert not pushed, text
    assert f"refs/heads/{good}" in text and f"refs/heads/{bad}" in text  # each ref has its verdict
    assert has(remote, "a") is None and has(remote, "z") is None
    assert push(project, "origin", good)[0]


def test_a_deletion_is_allowed(project, remote):
    project.git("push", "-q", "--no-verify", "origin", "main:refs/heads/old")
    pushed, text = push(project, "origin", ":old")
    assert pushed and has(remote, "old") is None, text


def test_a_deletion_hides_nothing(project, remote):
    project.git("push", "-q", "--no-verify", "origin", "main:refs/heads/old")
    project.change("Not signed", sign=False)
    assert not push(project, "origin", ":old", "main")[0]
    assert has(remote, "old")


def test_tags_are_peeled(project, remote):
    project.change("Signed")
    project.git("tag", "-a", "-m", "One", "v1")
    project.git("tag", "light")
    project.git("tag", "-a", "-m", "A tag of a tag", "nested", "v1")
    pushed, text = push(project, "origin", "v1", "light", "nested")
    assert pushed and has(remote, "v1") == has(remote, "light") == project.head(), text
    project.change("Not signed", sign=False)
    project.git("tag", "-a", "-m", "Two", "v2")
    project.git("tag", "light2")
    for tag in ("v2", "light2"):
        assert not push(project, "origin", tag)[0] and has(remote, tag) is None


def test_a_tag_of_no_commit_is_no_pass(project, remote):
    project.git("tag", "blob", project.git("hash-object", "-w", "gate.yaml").decode().strip())
    assert not push(project, "origin", "blob")[0]


def amend(project, sign):
    project.git("commit", "-q", "--amend", "-m", f"Again, signed: {sign}", "-S" if sign else "--no-gpg-sign")


def test_force_push(project, remote):
    project.change("First try")
    assert push(project, "origin", "main")[0]
    amend(project, sign=False)
    tip = has(remote, "main")
    assert not push(project, "--force", "origin", "main")[0] and has(remote, "main") == tip
    amend(project, sign=True)
    pushed, text = push(project, "--force", "origin", "main")
    assert pushed and has(remote, "main") == project.head(), text


def test_force_push_over_a_commit_that_is_not_here(project, remote, tmp_path):
    green.call("git", "clone", "-q", remote.root, tmp_path / "other", cwd=tmp_path)
    other = signed.Repository(tmp_path / "other")
    other.configure(project.git("config", "user.signingkey").decode().strip())
    other.change("Somebody else's")
    assert push(other, "origin", "main")[0]
    tip = has(remote, "main")
    project.change("Not signed", sign=False)
    assert not push(project, "--force", "origin", "main")[0] and has(remote, "main") == tip
    amend(project, sign=True)
    pushed, text = push(project, "--force", "origin", "main")
    assert pushed, text


def test_the_pushed_commit_is_judged_and_not_head(project, remote):
    good = project.change("Signed and pushed")
    project.change("Unsigned and kept", sign=False)
    pushed, text = push(project, "origin", "HEAD~1:refs/heads/part")
    assert pushed and has(remote, "part") == good, text
    # The other way round: HEAD is fine, what is pushed is not.
    project.git("checkout", "-q", "-b", "bad")
    project.git("checkout", "-q", "main~1")
    assert not push(project, "origin", "bad")[0]


def test_a_local_ref_with_blanks(project, remote):
    tip = project.change("Signed and found by its message")
    pushed, text = push(project, "origin", "HEAD^{/Signed and found}:refs/heads/found")
    assert pushed and has(remote, "found") == tip, text
    project.change("Not signed and found", sign=False)
    assert not push(project, "origin", "HEAD^{/Not signed and}:refs/heads/found2")[0]


def test_an_empty_push(project, remote):
    pushed, text = push(project, "origin", "main")
    assert pushed and "nothing to judge" in text
    status, text = gate(project, "hook", "run", "origin", str(remote.root))
    assert status == 0 and len(text.splitlines()) == 1


def test_a_push_by_path(project, remote):
    """The name of the remote is then its address, and the remote-tracking refs of `origin` are what is known."""
    project.change("Signed")
    pushed, text = push(project, str(remote.root), "main:refs/heads/by-path")
    assert pushed, text
    project.change("Not signed", sign=False)
    assert not push(project, str(remote.root), "main:refs/heads/by-path2")[0]
    assert not push(project, "../remote.git", "main:refs/heads/by-path3")[0]


def test_from_a_worktree(project, remote, tmp_path):
    project.git("worktree", "add", "-q", "-b", "topic", tmp_path / "tree")
    tree = signed.Repository(tmp_path / "tree")
    tree.change("Not signed", sign=False)
    assert not push(tree, "origin", "topic")[0] and has(remote, "topic") is None
    amend(tree, sign=True)
    pushed, text = push(tree, "origin", "topic")
    assert pushed, text


def test_from_a_folder_below(project, remote):
    project.change("Not signed", sign=False, **{"a/b/file": "x"})
    assert not push(project, "origin", "main", cwd=project.root / "a/b")[0]


# --- the change does not choose its own gate -------------------------------------------------------------------------

@pytest.mark.parametrize("target", ["main", "main:refs/heads/new"])
def test_a_push_does_not_relax_its_own_gate(project, remote, target):
    project.change("Switch the rule off", sign=False, **{"gate.yaml": signed.RELAXED})
    pushed, text = push(project, "origin", target)
    assert not pushed and "signing/unsigned-commit" in text


@pytest.mark.parametrize("target", ["main", "main:refs/heads/new"])
def test_a_push_does_not_enrol_its_own_key(project, remote, tmp_path, target):
    green.call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", tmp_path / "mallory", cwd=tmp_path)
    public = (tmp_path / "mallory.pub").read_text().split()
    project.git("config", "user.signingkey", str(tmp_path / "mallory.pub"))
    project.change("Enrol myself", allowed_signers=f"alice@example.org {public[0]} {public[1]}\n")
    assert not push(project, "origin", target)[0]


def test_the_working_tree_does_not_relax_the_gate(project, remote):
    project.change("Not signed", sign=False)
    project.write("gate.yaml", signed.RELAXED)
    pushed, text = push(project, "origin", "main")
    assert not pushed and "signing/unsigned-commit" in text


# --- hostile input on standard input ---------------------------------------------------------------------------------

@pytest.mark.parametrize("data", [
    "\n", "refs/heads/main\n", f"refs/heads/main {'a' * 40} refs/heads/main {ZEROS}",
    f"refs/heads/main {'a' * 40} refs/heads/main {ZEROS}\n",  # no such object
    f"refs/heads/main {'g' * 40} refs/heads/main {ZEROS}\n", f"(delete) {'a' * 40} refs/heads/main {'b' * 40}\n",
    f"refs/heads/main {ZEROS} refs/heads/main {'b' * 40}\n", f"refs/heads/main {'a' * 64} refs/heads/main {'0' * 64}\n",
])
def test_what_git_would_not_say_is_no_pass(project, remote, data):
    status, text = gate(project, "hook", "run", "origin", str(remote.root), data=data)
    assert status == 3 and text, text


def test_a_sha256_repository_is_no_pass(tmp_path):
    folder = tmp_path / "sha256"
    folder.mkdir()
    repository = signed.Repository(folder)
    repository.git("init", "-q", "-b", "main", "--object-format=sha256")
    repository.configure("none")
    repository.write("file", "x")
    oid = repository.commit("First", sign=False)
    assert len(oid) == 64
    line = f"refs/heads/main {oid} refs/heads/main {'0' * 64}\n"
    status, text = gate(repository, "hook", "run", "origin", "x", data=line)
    assert status in (1, 3) and text
