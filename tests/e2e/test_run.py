"""`gate run`, end to end, with real git, ssh-keygen, OpenSSL and Clang: the green case, one red for each rule, and the
machine-made twins of every input, none of which may pass."""

import copy
import json
import os
import re
import shutil
import subprocess

import pytest

import green

REPORTS = {"out/trivy.json": "SchemaVersion", "out/grype.json": None, "out/osv.json": None, "out/bom.json": "specVersion"}


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    return green.make(tmp_path_factory.mktemp("green"))


@pytest.fixture
def project(original, tmp_path):
    """A copy that a test may break. The compile database names its own folder."""
    shutil.copytree(original.root.parent, tmp_path / "copy", symlinks=True)
    copy_of = green.Project(tmp_path / "copy" / "project")
    copy_of.git("config", "user.signingkey", str(copy_of.root.parent / "signer.pub"))
    database = json.loads((copy_of.root / "build/compile_commands.json").read_text())
    database[0]["directory"] = str(copy_of.root)
    copy_of.write_json("build/compile_commands.json", database)
    return copy_of


def outcome(output, rule):
    """The row of a rule in the JSON evidence."""
    rules = json.loads(output)["predicate"]["rules"]
    return next(r for r in rules if r["id"] == rule)


def judged(project, *arguments, **keywords):
    """(exit status, rows by rule, evidence, standard error)"""
    status, out, err = project.run("--output", "statement:-", *arguments, **keywords)
    assert out.startswith("{"), (status, out, err)
    evidence = json.loads(out)
    return status, {r["id"]: r for r in evidence["predicate"]["rules"]}, evidence["predicate"], err


def test_green(project):
    status, rules, predicate, err = judged(project)
    assert status == 0, (predicate["problems"], rules, err)
    assert {r["outcome"] for r in rules.values()} == {"pass"}
    assert all(r["examined"] > 0 for r in rules.values())
    assert predicate["decision"] == "pass"


# --- each rule's red -------------------------------------------------------------------------------------------------

def test_banned_function(project):
    project.write("src/main.c", green.SOURCE.replace("return", 'extern char *gets(char *); gets(name); return'))
    project.commit("Read a name")
    status, rules, _, _ = judged(project)
    assert status == 1
    (finding,) = rules["code/banned-function"]["against"]
    assert finding["subject"] == {"function": "gets"} and finding["location"]["file"] == "src/main.c"


def test_known_vulnerability(project):
    report = copy.deepcopy(green.TRIVY)
    report["Results"][0]["Vulnerabilities"][0]["Severity"] = "CRITICAL"
    project.write_json("out/trivy.json", report)
    status, rules, _, _ = judged(project)
    assert status == 1 and rules["sca/known-vulnerability"]["outcome"] == "fail"


def test_untrusted_builder(project):
    project.attest("out/app.intoto.json", "out/app", key="../release.key", builder="https://laptop.example.org")
    status, rules, _, _ = judged(project)
    assert status == 1 and rules["provenance/untrusted-builder"]["outcome"] == "fail"


def test_unsigned_commit(project):
    project.write("README", "hello\n")
    project.commit("Forget to sign", sign=False)
    status, rules, _, _ = judged(project)
    assert status == 1
    (finding,) = rules["signing/unsigned-commit"]["against"]
    assert "not signed" in finding["message"]


# --- twins: every input, broken in every way, is undecided and named ----------------------------------------------------

INPUTS = ["out/trivy.json", "out/grype.json", "out/osv.json", "out/bom.json", "out/app.intoto.json",
          "build/compile_commands.json", "keys/release.pub", "keys/allowed_signers"]


def expect_undecided(project, path, *codes):
    status, _, predicate, err = judged(project)
    assert status == 3, (status, predicate)
    assert predicate["decision"] == "undecided"
    named = [p for p in predicate["problems"] if p["where"]["artifact"].startswith(path)]
    assert named, (path, predicate["problems"])
    assert any(p["code"] in codes for p in named), (codes, named)


@pytest.mark.parametrize("path", INPUTS + ["out/app"])
def test_twin_missing(project, path):
    (project.root / path).unlink()
    expect_undecided(project, path, "not found")


@pytest.mark.parametrize("path", INPUTS + ["out/app"])
def test_twin_unreadable(project, path):
    (project.root / path).unlink()
    (project.root / path).mkdir()
    if path == "build/compile_commands.json":  # a folder is looked into
        expect_undecided(project, path, "unreadable", "not found")
    else:
        expect_undecided(project, path, "unreadable")


@pytest.mark.parametrize("path", [p for p in INPUTS if p != "keys/allowed_signers"])
def test_twin_empty(project, path):
    project.write(path, b"")
    expect_undecided(project, path, "empty", "malformed")


def test_empty_allowed_signers_trust_nobody(project):
    project.write("keys/allowed_signers", b"")
    project.commit("Trust nobody")
    status, rules, _, _ = judged(project)
    assert status == 1 and rules["signing/unsigned-commit"]["outcome"] == "fail"


@pytest.mark.parametrize("path", [p for p in INPUTS if p != "keys/allowed_signers"])
def test_twin_truncated(project, path):
    content = (project.root / path).read_bytes()
    project.write(path, content[: len(content) // 2])
    expect_undecided(project, path, "malformed")


def test_truncated_allowed_signers_trust_nobody_and_say_why(project):
    content = (project.root / "keys/allowed_signers").read_bytes()
    project.write("keys/allowed_signers", content[: len(content) // 2])
    status, _, predicate, _ = judged(project)
    assert status in (1, 3)
    assert any(p["code"] == "malformed" and p["where"]["artifact"] == "keys/allowed_signers" for p in predicate["problems"])


@pytest.mark.parametrize("path,key,value", [
    ("out/trivy.json", "SchemaVersion", 3),
    ("out/bom.json", "specVersion", "9.9"),
])
def test_twin_next_version(project, path, key, value):
    report = json.loads((project.root / path).read_text())
    report[key] = value
    project.write_json(path, report)
    expect_undecided(project, path, "unsupported version")


@pytest.mark.parametrize("change", [
    {"_type": "https://in-toto.io/Statement/v2"},
    {"predicateType": "https://slsa.dev/provenance/v2"},
])
def test_twin_next_version_of_statement(project, change):
    project.attest("out/app.intoto.json", "out/app", key="../release.key", **change)
    expect_undecided(project, "out/app.intoto.json", "unsupported version")


def test_twin_other_subject(project):
    project.write("out/app", b"\x7fELF another program")
    expect_undecided(project, "out/app.intoto.json", "wrong subject")


def test_twin_other_key(project):
    green.call("openssl", "genpkey", "-algorithm", "ed25519", "-out", project.root.parent / "other.key", cwd=project.root)
    project.attest("out/app.intoto.json", "out/app", key="../other.key")
    expect_undecided(project, "out/app.intoto.json", "untrusted")


def test_twin_tampered_payload(project):
    path = project.root / "out/app.intoto.json"
    envelope = json.loads(path.read_text())
    payload = envelope["payload"]
    envelope["payload"] = payload[:40] + ("A" if payload[40] != "A" else "B") + payload[41:]
    project.write_json("out/app.intoto.json", envelope)
    expect_undecided(project, "out/app.intoto.json", "untrusted")


@pytest.mark.parametrize("created", ["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", None])
def test_twin_of_another_time(project, created):
    report = copy.deepcopy(green.TRIVY)
    report["CreatedAt"] = created
    if created is None:
        del report["CreatedAt"]
    project.write_json("out/trivy.json", report)
    expect_undecided(project, "out/trivy.json", "stale", "malformed", "not found")


@pytest.mark.parametrize("content", ["[]", "{}", "null", '"x"', "[{}]"])
def test_compile_database_without_units(project, content):
    project.write("build/compile_commands.json", content)
    expect_undecided(project, "build/compile_commands.json", "empty", "malformed", "not found")


def test_source_that_does_not_compile(project):
    project.write("src/main.c", '#include "generated.h"\n' + green.SOURCE)
    project.commit("Use a generated header")
    expect_undecided(project, "src/main.c", "incomplete")


def test_partial_view_convicts(project):
    project.write("src/main.c", green.SOURCE.replace("return", "missing_type x; extern char *gets(char *); gets(name); return"))
    project.commit("Break it")
    status, rules, _, _ = judged(project)
    assert status == 1
    assert rules["code/banned-function"]["outcome"] == "fail" and rules["code/banned-function"]["undecided"]


def test_shallow_clone_is_undecided(project, tmp_path):
    project.write("a", "1\n")
    project.commit("Second")
    green.call("git", "clone", "-q", "--depth", "1", f"file://{project.root}", tmp_path / "shallow", cwd=tmp_path)
    clone = green.Project(tmp_path / "shallow")
    shutil.copytree(project.root / "out", clone.root / "out")
    status, rules, _, _ = judged(clone)
    assert status == 3 and rules["signing/unsigned-commit"]["outcome"] == "not_checked"


# --- policy: bad ones end with 2 and say where -----------------------------------------------------------------------

@pytest.mark.parametrize("old,new,place,words", [
    ("max_severity", "maximum_severity", r"gate.yaml:18:\d+", "did you mean 'max_severity'"),
    ("gate: 1", "gate: 2", r"gate.yaml:1:\d+", "version"),
    ("level: fail, lists", "level: fial, lists", r"gate.yaml:17:\d+", "did you mean 'fail'"),
    ("lists: [c-unsafe]", "lists: [c-unsave]", r"gate.yaml:17:\d+", "did you mean 'c-unsafe'"),
    ("format: trivy", "format: trivi", r"gate.yaml:6:\d+", "did you mean 'trivy'"),
    ("signing/unsigned-commit", "signing/unsigned-comit", r"gate.yaml:20:\d+", "did you mean 'signing/unsigned-commit'"),
    ("max_age: 7d", "max_age: 7 days", r"gate.yaml:6:\d+", "7 days"),
    ("name: green", "name: green\nname: red", r"gate.yaml:3:\d+", "name"),
])
def test_bad_policy(project, old, new, place, words):
    project.write("gate.yaml", green.POLICY.replace(old, new, 1))
    status, out, err = project.run("--output", "statement:out/evidence.json")
    assert status == 2, (out, err)
    assert re.search(place, err) and words in err and "^" in err, err
    assert not (project.root / "out/evidence.json").exists()


def test_all_mistakes_at_once(project):
    project.write("gate.yaml", green.POLICY.replace("max_severity", "maximum").replace("trivy", "trivi"))
    _, _, err = project.run()
    assert "maximum" in err and "trivi" in err


@pytest.mark.parametrize("arguments", [
    ["--output", "nonsense:x"], ["--output", "sarif:x", "--output", "junit:x"], ["--report", "trivy"],
    ["--report", "nonsense:x"], ["--nonsense"], ["--jobs", "0"], ["--key", "x"],
])
def test_wrong_usage(project, arguments):
    status, _, err = project.run(*arguments)
    assert status == 2 and err


def test_missing_policy_file(project):
    done = project.run("--policy", "nowhere.yaml")
    assert done[0] == 2 and "nowhere.yaml" in done[2]


# --- waivers ----------------------------------------------------------------------------------------------------------

WAIVER = """\
waivers:
  - rule: code/banned-function
    match: {function: gets}
    reason: the input is a constant of the test rig
    owner: team-net
    approved_by: bob@example.org
    expires: 2026-10-31
"""


def with_waiver(project, text=WAIVER):
    project.write("src/main.c", green.SOURCE.replace("return", "extern char *gets(char *); gets(name); return"))
    project.write("gate.yaml", green.POLICY + text)
    project.commit("Waive")


def test_waived_failure_stays_visible(project):
    with_waiver(project)
    status, rules, predicate, _ = judged(project)
    row = rules["code/banned-function"]
    assert status == 0 and row["outcome"] == "fail" and row["waived"]
    assert predicate["waivers"][0]["state"] == "used"
    _, text, _ = project.run()
    assert "gate.yaml:22" in text, text


def test_expired_waiver_waives_nothing(project):
    with_waiver(project, WAIVER.replace("2026-10-31", "2026-09-20"))
    status, _, predicate, _ = judged(project)
    assert status == 1 and predicate["waivers"][0]["state"] == "expired"


@pytest.mark.parametrize("old,new", [
    ("expires: 2026-10-31", "expires: someday"), ("expires: 2026-10-31", "expired_at: 2026-10-31"),
    ("expires: 2026-10-31", "expires: 2028-10-31"), ("reason: the input is a constant of the test rig", 'reason: ""'),
    ("rule: code/banned-function", "rule: code/banned-functoin"), ("match: {function: gets}", "match: {}"),
    ("match: {function: gets}", "match: {funktion: gets}"),
])
def test_bad_waiver(project, old, new):
    with_waiver(project, WAIVER.replace(old, new))
    assert project.run()[0] == 2


# --- a change cannot relax its own gate ---------------------------------------------------------------------------------

def test_policy_comes_from_the_base(project):
    base = project.git("rev-parse", "HEAD").decode().strip()
    project.write("src/main.c", green.SOURCE.replace("return", "extern char *gets(char *); gets(name); return"))
    project.write("gate.yaml", green.POLICY.replace("code/banned-function: {level: fail,", "code/banned-function: {level: warn,"))
    project.commit("Relax the gate")
    assert project.run("--base", base)[0] == 1
    status, out, _ = project.run("--base", base, "--policy-from", "worktree")
    assert status == 0 and "--policy-from worktree" in out


def test_a_policy_that_the_base_lacks_is_not_used_in_silence(project):
    project.git("rm", "-q", "--cached", "gate.yaml")
    tree = project.git("write-tree").decode().strip()
    base = project.git("commit-tree", "-m", "Without a policy", tree).decode().strip()
    status, out, _ = project.run("--base", base, policy=None)
    assert status != 0 and "gate.yaml is not in the base commit" in out


def test_signers_come_from_the_base(project):
    base = project.git("rev-parse", "HEAD").decode().strip()
    green.call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", project.root.parent / "mallory", cwd=project.root)
    key = (project.root.parent / "mallory.pub").read_text().split()
    with open(project.root / "keys/allowed_signers", "a") as signers:
        signers.write(f"alice@example.org {key[0]} {key[1]}\n")
    project.git("config", "user.signingkey", str(project.root.parent / "mallory.pub"))
    project.commit("Enrol myself")
    status, rules, _, _ = judged(project, "--base", base)
    assert status == 1 and rules["signing/unsigned-commit"]["outcome"] == "fail"


# --- the same bytes ---------------------------------------------------------------------------------------------------

FORMATS = {"text": "t", "statement": "s", "markdown": "m", "sarif": "r", "junit": "j"}


def reports(project, folder, *arguments, cwd=None, env=None):
    outputs = [f"{f}:{folder}/{name}" for f, name in FORMATS.items()]
    status, _, err = project.run(*[a for o in outputs for a in ("--output", o)], *arguments, cwd=cwd, env=env)
    return status, {name: (folder / name).read_bytes() for name in FORMATS.values()}


def test_same_bytes(project, tmp_path):
    for i in range(9):
        project.write(f"src/unit{i}.c", f"#include <string.h>\nvoid f{i}(char *d, char *s) {{ strcpy(d, s); }}\n")
    root = str(project.root)
    project.write_json("build/compile_commands.json", [
        {"directory": root, "file": f"src/unit{i}.c", "arguments": ["cc", "-c", f"src/unit{i}.c"]} for i in range(9)])
    project.commit("Nine units")
    first = reports(project, tmp_path / "a", "--jobs", "1")
    assert first[0] == 1
    again = reports(project, tmp_path / "b", "--jobs", "8", env={"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"})
    below = reports(project, tmp_path / "c", "--policy", "../gate.yaml", cwd=project.root / "src")
    assert first == again == below


def test_reports_are_written_when_the_gate_fails(project, tmp_path):
    project.write("README", "hello\n")
    project.commit("Forget to sign", sign=False)
    status, files = reports(project, tmp_path / "out")
    assert status == 1 and all(files.values())


def test_unwritable_output_is_no_pass(project):
    status, _, err = project.run("--output", "sarif:/proc/gate.sarif")
    assert status == 3 and "/proc/gate.sarif" in err


def test_a_verdict_that_cannot_be_printed_is_no_pass(project):
    with open("/dev/full", "w") as full:
        done = subprocess.run([green.GATE, "run"], cwd=project.root, env=green.CLEAN, stdout=full, timeout=120)
    assert done.returncode == 3


def test_no_path_of_the_machine_in_evidence(project, tmp_path):
    _, files = reports(project, tmp_path / "out")
    for content in files.values():
        assert str(project.root).encode() not in content
