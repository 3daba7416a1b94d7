"""action.yml, executed: by a runner of composite actions (ci/run_action.mjs) that uses GitHub's own expression engine,
and with the real gate."""

import copy
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess

import pytest
import yaml

import green
from ci import signed

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = pathlib.Path(__file__).parent / "ci"
NODE = shutil.which("node")
ZEROS = "0" * 40
REPORTS = ["gate.txt", "gate.intoto.json", "gate.md", "gate.sarif", "gate.junit.xml"]
ONE_LINE = ["allowed-signers", "base", "binary", "compile-commands", "jobs", "policy", "report-dir", "shard",
            "shard-key", "working-directory"]
HOSTILE = ['a"; touch pwned; "', "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "--policy-from=worktree", "-",
           "*", "a\ndecision=pass\nexit-code=0", "a\n::set-output name=decision::pass", "a\rb",
           "${{ github.workspace }}"]

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: action.yml was not executed")


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    return signed.make(tmp_path_factory.mktemp("signed"))


@pytest.fixture
def project(original, tmp_path):
    shutil.copytree(original.root, tmp_path / "project", symlinks=True)
    return signed.Repository(tmp_path / "project")


def program(folder, text, name="gate"):
    """A stand-in for the gate, where a test asks what the action does with a gate and not what the gate does."""
    path = pathlib.Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/bash\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def copy_of_action(folder):
    """The action alone, as GitHub's runner would have fetched it: without a build beside it."""
    (folder / "adapters/ci").mkdir(parents=True)
    shutil.copy(ROOT / "action.yml", folder / "action.yml")
    shutil.copy(ROOT / "adapters/ci/github_action.sh", folder / "adapters/ci/github_action.sh")
    return folder


def run(project, inputs=None, event="workflow_dispatch", payload=None, sha=None, action=ROOT, env=None):
    """Runs the action on the project's folder. `binary` is the gate under test unless the inputs say otherwise."""
    event_file = project.root.parent / "event.json"
    event_file.write_text(payload if isinstance(payload, str) else json.dumps(payload or {}))
    runner = {**green.CLEAN, "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": event,
              "GITHUB_EVENT_PATH": str(event_file), "GITHUB_SHA": sha or project.head(), **(env or {})}
    request = {"action": str(action), "workspace": str(project.root), "env": runner, "github": {"event_name": event},
               "inputs": {"binary": green.GATE, **(inputs or {})}}
    done = subprocess.run([NODE, TOOLS / "run_action.mjs"], input=json.dumps(request), capture_output=True, text=True,
                          timeout=300)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    result["log"] = "\n".join(step["log"] for step in result["steps"])
    # A step that did not run, or ran after the verdict, would be a hole.
    done = [step["name"] for step in result["steps"] if step["outcome"] != "skipped"]
    assert done == ["Judge", "Publish the reports", "Conclude"]
    return result


def verdict(result):
    return result["conclusion"], result["outputs"]["decision"], result["outputs"]["exit-code"]


PASS, FAIL = ("success", "pass", "0"), ("failure", "fail", "1")
ERROR, UNDECIDED = ("failure", "error", "2"), ("failure", "undecided", "3")


# --- the gate's verdict is the action's ------------------------------------------------------------------------------

def test_pass(project):
    result = run(project)
    assert verdict(result) == PASS, result["log"]
    folder = project.root / "gate-reports"
    assert sorted(os.listdir(folder)) == sorted(REPORTS)
    assert result["outputs"]["evidence-file"] == "gate-reports/gate.intoto.json"
    assert result["outputs"]["sarif-file"] == "gate-reports/gate.sarif"
    assert os.path.samefile(result["outputs"]["gate-path"], green.GATE)
    assert json.loads((folder / "gate.intoto.json").read_text())["predicate"]["decision"] == "pass"
    assert result["summary"] == (folder / "gate.md").read_text() != ""


def test_fail_still_reports(project):
    project.change("Not signed", sign=False)
    result = run(project)
    assert verdict(result) == FAIL, result["log"]
    assert sorted(os.listdir(project.root / "gate-reports")) == sorted(REPORTS)
    evidence, sarif = ((project.root / result["outputs"][name]).read_text() for name in ("evidence-file", "sarif-file"))
    assert json.loads(evidence)["predicate"]["decision"] == "fail" and json.loads(sarif)["version"] == "2.1.0"
    assert "signing/unsigned-commit" in result["summary"]
    assert any(c["command"] == "error" and "signing/unsigned-commit" in c["properties"] and "Not signed" in c["text"]
               for c in result["commands"]), result["commands"]


def test_undecided_still_reports(project):
    (project.root / "allowed_signers").unlink()
    project.commit("Lose the list of signers")
    result = run(project)
    assert verdict(result) == UNDECIDED, result["log"]
    assert sorted(os.listdir(project.root / "gate-reports")) == sorted(REPORTS)
    assert "undecided" in result["summary"].lower()


def test_bad_policy(project):
    project.write("gate.yaml", signed.POLICY + "  signing/unsigned-comit: {level: off}\n")
    project.commit("Misspell a rule")
    result = run(project)
    assert verdict(result) == ERROR, result["log"]
    assert "gate.yaml:" in result["log"]
    assert result["outputs"]["evidence-file"] == "" and result["outputs"]["sarif-file"] == ""


# --- events ----------------------------------------------------------------------------------------------------------

def pull_request(project, base, head):
    """The merge that GitHub makes for the test, which nobody signed, checked out."""
    project.git("checkout", "-q", "--detach", base)
    project.git("merge", "-q", "--no-ff", "--no-gpg-sign", "-m", f"Merge {head} into {base}", head)
    return {"event": "pull_request", "payload": {"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}}


def test_pull_request(project):
    base = project.head()
    head = project.change("Signed change")
    result = run(project, **pull_request(project, base, head))
    assert verdict(result) == PASS, result["log"]


def test_pull_request_with_an_unsigned_commit(project):
    base = project.head()
    project.change("Unsigned change", sign=False)
    head = project.change("Signed change")
    result = run(project, **pull_request(project, base, head))
    assert verdict(result) == FAIL, result["log"]


def test_pull_request_does_not_relax_its_own_gate(project):
    base = project.head()
    mallory = project.root.parent / "mallory"
    green.call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", mallory, cwd=project.root)
    public = pathlib.Path(f"{mallory}.pub").read_text().split()
    project.git("config", "user.signingkey", f"{mallory}.pub")
    head = project.change("Enrol myself", **{"gate.yaml": signed.RELAXED,
                                             "allowed_signers": f"alice@example.org {public[0]} {public[1]}\n"})
    result = run(project, **pull_request(project, base, head))
    assert verdict(result) == FAIL, result["log"]


def test_push_is_judged_from_before_to_after(project):
    project.change("Old and unsigned", sign=False)
    before = project.head()
    after = project.change("Signed change")
    payload = {"before": before, "after": after, "ref": "refs/heads/main"}
    assert verdict(run(project, event="push", payload=payload)) == PASS
    # A first push has all of the history to answer for.
    assert verdict(run(project, event="push", payload={**payload, "before": ZEROS})) == FAIL


def test_merge_group(project):
    base = project.head()
    head = project.change("Not signed", sign=False)
    payload = {"merge_group": {"base_sha": base, "head_sha": head}}
    assert verdict(run(project, event="merge_group", payload=payload)) == FAIL


@pytest.mark.parametrize("event, payload, reason", [
    ("pull_request_target", {}, "pull_request_target"),
    ("workflow_run", {}, "workflow_run"),
    ("pull_request", "{", "GITHUB_EVENT_PATH"),
    ("pull_request", {}, "pull_request"),
    ("pull_request", {"pull_request": {"base": {"sha": "a" * 40}, "head": {"sha": "b" * 40}}}, "fetch-depth: 0"),
])
def test_no_event_is_guessed(project, event, payload, reason):
    result = run(project, event=event, payload=payload)
    assert verdict(result) == UNDECIDED, result["log"]
    assert reason in result["log"]


def test_shallow_checkout_is_no_pass(project, tmp_path):
    project.change("Second")
    project.git("clone", "-q", "--depth", "1", f"file://{project.root}", tmp_path / "shallow")
    shallow = signed.Repository(tmp_path / "shallow")
    assert verdict(run(shallow)) == UNDECIDED


# --- inputs stay data ------------------------------------------------------------------------------------------------

def declared_inputs():
    return sorted(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_inputs_stay_data(project, tmp_path, value):
    project.change("Not signed", sign=False)
    found_first = ("binary", "working-directory")  # a bad one of these ends the run before the others are used
    others = {name: value for name in declared_inputs() if name not in found_first}
    for inputs in (others, *({name: value} for name in found_first)):
        result = run(project, inputs)
        assert not [p for p in tmp_path.rglob("pwned")], inputs
        assert result["conclusion"] == "failure", (inputs, result["log"])
        assert result["outputs"]["decision"] in ("fail", "error", "undecided"), (inputs, result["outputs"])
        assert result["outputs"]["exit-code"] in ("1", "2", "3"), (inputs, result["outputs"])
        assert all("\n" not in v and "\r" not in v for v in result["outputs"].values()), inputs
        assert all(set(step["outputs"]) <= set(result["outputs"]) for step in result["steps"]), inputs


def test_a_line_break_in_a_one_line_input_is_wrong_usage(project):
    for name in ONE_LINE:
        for value in ("a\n", "a\rb"):
            assert verdict(run(project, {name: value})) == ERROR, (name, value)


def test_the_harness_sees_an_injection(project, tmp_path):
    """The red twin: an action that pastes an input into its script is caught by the check above."""
    action = copy_of_action(tmp_path / "naive")
    text = (action / "action.yml").read_text()
    (action / "action.yml").write_text(text.replace('.sh" judge', '.sh" judge ${{ inputs.policy }}'))
    run(project, {"policy": "$(touch pwned)"}, action=action)
    assert [p for p in tmp_path.rglob("pwned")]


def test_arguments(project, tmp_path):
    record = tmp_path / "arguments"
    gate = program(tmp_path / "bin", f'printf "%s\\0" "$@" > {record}\n')
    result = run(project, {
        "binary": str(gate), "policy": "policies/a b.yaml", "base": "-x", "compile-commands": "build", "jobs": "2",
        "reports": "trivy:a b.json\n\n   grype:*.json \r\n\tsarif:c", "attestations": "a=b\nc=d", "keys": "k=p",
        "builders": "https://ci.example.org/a b\n$(id)", "allowed-signers": "keys/signers", "report-dir": "out/r"})
    assert verdict(result) == PASS, result["log"]
    assert record.read_bytes().decode().split("\0")[:-1] == [
        "run", "--policy=policies/a b.yaml", "--base=-x", "--compile-commands=build", "--report=trivy:a b.json",
        "--report=grype:*.json", "--report=sarif:c", "--attestation=a=b", "--attestation=c=d", "--key=k=p",
        "--builder=https://ci.example.org/a b", "--builder=$(id)", "--allowed-signers=keys/signers", "--jobs=2",
        "--output=text:out/r/gate.txt", "--output=statement:out/r/gate.intoto.json", "--output=markdown:out/r/gate.md",
        "--output=sarif:out/r/gate.sarif", "--output=junit:out/r/gate.junit.xml"]


def test_without_inputs_the_gate_has_its_own_defaults(project, tmp_path):
    record = tmp_path / "arguments"
    run(project, {"binary": str(program(tmp_path / "bin", f'printf "%s\\0" "$@" > {record}\n'))})
    given = record.read_bytes().decode().split("\0")[:-1]
    assert given[0] == "run" and all(a.startswith("--output=") for a in given[1:]) and len(given) == 6


def test_working_directory(project):
    project.write("sub dir/keep", "")
    project.commit("Add a folder")
    result = run(project, {"working-directory": "sub dir", "report-dir": "r"})
    assert verdict(result) == PASS, result["log"]
    assert result["outputs"]["evidence-file"] == "sub dir/r/gate.intoto.json"
    assert (project.root / "sub dir/r/gate.sarif").is_file()
    absent = run(project, {"working-directory": "nowhere"})
    assert verdict(absent) == ERROR


# --- over several machines -------------------------------------------------------------------------------------------

@pytest.fixture
def sources(project):
    """Six sources, one of them with a use where a test says so; the database is made by each job."""
    project.write(".gitignore", "/build/\n/gate-reports/\n")
    project.write("gate.yaml", "gate: 1\nname: sources\ninputs: {compile_commands: build}\n"
                  "rules:\n  code/banned-function: {level: fail, lists: [c-unsafe]}\n")
    for i in range(6):
        project.write(f"s{i}.c", f"int s{i};\n")
    project.write_json("build/compile_commands.json", [
        {"directory": str(project.root), "file": f"s{i}.c", "arguments": ["cc", "-c", f"s{i}.c"]} for i in range(6)])
    project.commit("Add sources")
    return project


def run_shard(project, index, count):
    """A job of the matrix: the step fails, which the workflow allows, and names its file."""
    result = run(project, {"shard": f"{index}/{count}", "report-dir": f"out/{index}"})
    assert result["outputs"]["shard-file"] == f"out/{index}/{index}-of-{count}.gate-shard", result["log"]
    assert result["outputs"]["evidence-file"] == result["outputs"]["sarif-file"] == ""
    assert not list((project.root / f"out/{index}").glob("*.json"))
    return result


def run_shards(project, count):
    """Returns the folder that the merging job downloads the files to."""
    for index in range(1, count + 1):
        assert verdict(run_shard(project, index, count)) in (UNDECIDED, FAIL)
    folder = project.root / "gate-reports/shards"
    folder.mkdir(parents=True)
    for file in (project.root / "out").glob("*/*.gate-shard"):
        shutil.copy(file, folder)
    return folder


def run_merge(project, **inputs):
    return run(project, {"shards": "gate-reports/shards", **inputs})


@pytest.mark.parametrize("count", [2, 3])
def test_shards_and_their_merge(sources, count):
    run_shards(sources, count)
    result = run_merge(sources)
    assert verdict(result) == PASS, result["log"]
    assert sorted(p for p in os.listdir(sources.root / "gate-reports") if p != "shards") == sorted(REPORTS)
    files = "\n".join(f"out/{i}/{i}-of-{count}.gate-shard" for i in range(1, count + 1))
    assert verdict(run_merge(sources, shards=files)) == PASS


def test_a_use_in_one_shard_fails_the_merge(sources):
    sources.write("s4.c", "#include <string.h>\nvoid f(char *d, const char *s) { strcpy(d, s); }\n")
    sources.commit("Copy")
    run_shards(sources, 3)
    result = run_merge(sources)
    assert verdict(result) == FAIL and "s4.c" in result["log"], result["log"]


@pytest.mark.parametrize("spoil, cause", [
    (lambda p, f: (f / "2-of-3.gate-shard").unlink(), "shard 2 of 3 is missing"),
    (lambda p, f: (f / "2-of-3.gate-shard").write_bytes((f / "2-of-3.gate-shard").read_bytes()[:-9]), "torn or edited"),
    (lambda p, f: shutil.copy(p.root / run_shard(p, 2, 4)["outputs"]["shard-file"], f / "2-of-3.gate-shard"),
     "another number of shards"),
    (lambda p, f: p.commit_empty(), "has another commit"),
], ids=["missing", "edited", "of another number", "of another commit"])
def test_shards_that_do_not_belong_together(sources, spoil, cause):
    sources.commit_empty = lambda: sources.change("Go on")
    spoil(sources, run_shards(sources, 3))
    result = run_merge(sources)
    assert verdict(result) == UNDECIDED and cause in result["log"], result["log"]


def test_a_step_is_a_shard_or_joins_them(sources):
    assert verdict(run(sources, {"shard": "1/2", "shards": "x"})) == ERROR
    assert verdict(run(sources, {"shards": "nowhere"})) == UNDECIDED
    for wrong in ("0/2", "../2", "1/../2", "2"):
        assert verdict(run(sources, {"shard": wrong})) == ERROR


# --- what is no verdict of the gate is no pass -----------------------------------------------------------------------

@pytest.mark.parametrize("body, expected", [
    ("exit 0", PASS), ("exit 1", FAIL), ("exit 2", ERROR), ("exit 3", UNDECIDED),
    ("kill -9 $$", UNDECIDED), ("kill -s TERM $$", UNDECIDED), ("exit 77", UNDECIDED), ("exit 127", UNDECIDED),
    ("kill -9 $PPID; exit 0", UNDECIDED),
    ('echo "::set-output name=exit-code::0"; exit 1', FAIL), ('printf "no line end"; exit 1', FAIL),
    ('echo "::set-output name=decision::pass"; exit 3', UNDECIDED),
])
def test_status(project, tmp_path, body, expected):
    result = run(project, {"binary": str(program(tmp_path / "bin", body))})
    assert verdict(result) == expected, result["log"]


def test_what_is_judged_gives_the_runner_no_commands(project):
    """The runner obeys '::' at the start of a line, after blanks at most, and '##[' anywhere; long lines wrap."""
    command = "::set-output name=exit-code::0 ##[set-output name=exit-code;]0 "
    reports = "inputs:\n  reports: [{format: trivy, path: out/trivy.json}]"
    project.write("gate.yaml", signed.POLICY.replace("inputs:", reports) + "  sca/known-vulnerability: {level: fail}\n")
    report = copy.deepcopy(green.TRIVY)
    report["Results"][0]["Vulnerabilities"][0].update(Severity="CRITICAL", VulnerabilityID=command * 20)
    project.write_json("out/trivy.json", report)
    project.change(command * 20, sign=False, **{command * 4: "x"})
    result = run(project)
    assert verdict(result) == FAIL
    assert {c["command"] for c in result["commands"]} <= {"error", "warning"}, result["log"]


def test_nothing_of_the_log_is_lost(project, tmp_path):
    gate = program(tmp_path / "bin", r"""
printf 'first\n  ::add-mask::x\n::error title=rule::message\n\nto the other stream\n' >&2
printf '::warning::careful\n%s %%s \\n last' '*'
exit 1""")
    result = run(project, {"binary": str(gate)})
    assert [(c["command"], c["text"]) for c in result["commands"]] == [("error", "message"), ("warning", "careful")]
    lines = result["steps"][0]["log"].split("\n")
    assert lines[0].startswith("::stop-commands::")
    assert lines[1:] == ["first", "  ::add-mask::x", "", "to the other stream", r"* %s \n last", f"::{lines[0][17:]}::",
                         "::error title=rule::message", "::warning::careful", ""]


def test_an_old_report_is_no_report_of_this_run(project, tmp_path):
    for name in REPORTS:
        project.write(f"gate-reports/{name}", "of yesterday")
    result = run(project, {"binary": str(program(tmp_path / "bin", "exit 2"))})
    assert verdict(result) == ERROR
    assert result["outputs"]["evidence-file"] == result["outputs"]["sarif-file"] == result["summary"] == ""


def test_a_long_report_is_cut_to_what_github_shows(project, tmp_path):
    line = "| code/banned-function | fail | é |\n"
    text = line * (2 * 1024 * 1024 // len(line.encode()))
    (tmp_path / "long.md").write_text(text)
    gate = program(tmp_path / "bin", f"mkdir -p gate-reports && cp {tmp_path}/long.md gate-reports/gate.md; exit 1")
    result = run(project, {"binary": str(gate)})
    assert verdict(result) == FAIL
    assert 1_000_000 < len(result["summary"].encode()) <= 1024 * 1024
    head, note = result["summary"].split("\n\n\n")
    assert text.startswith(head) and "gate.md" in note


def test_no_gate(project, tmp_path):
    action = copy_of_action(tmp_path / "action")
    result = run(project, {"binary": ""}, action=action)
    assert verdict(result) == UNDECIDED
    assert "gate/quickstart.sh" in result["log"] and result["outputs"]["gate-path"] == ""
    absent = run(project, {"binary": "no/such/gate"}, action=action)
    assert verdict(absent) == UNDECIDED and "no/such/gate" in absent["log"]
    assert verdict(run(project, {"binary": "gate.yaml"}, action=action)) == UNDECIDED  # a file, and no program


def test_where_the_gate_is_found(project, tmp_path):
    action = copy_of_action(tmp_path / "action")
    on_path = program(tmp_path / "bin", "exit 1")
    environment = {"PATH": f"{tmp_path}/bin:/usr/bin:/bin"}
    result = run(project, {"binary": ""}, action=action, env=environment)
    assert verdict(result) == FAIL and result["outputs"]["gate-path"] == str(on_path)
    built = program(action / "build/release", "exit 0")
    result = run(project, {"binary": ""}, action=action, env=environment)
    assert verdict(result) == PASS and result["outputs"]["gate-path"] == str(built)


def test_other_systems_are_refused_with_a_sentence(project, tmp_path):
    program(tmp_path / "bin", "echo Darwin", name="uname")
    result = run(project, env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"})
    assert verdict(result) == UNDECIDED and "Linux" in result["log"]


# --- the files themselves --------------------------------------------------------------------------------------------

def validate(path):
    command = [NODE, TOOLS / "node_modules/.bin/action-validator", path]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("path", ["action.yml", ".github/workflows/ci.yml"])
def test_the_files_follow_githubs_schema(path, tmp_path):
    done = validate(ROOT / path)
    assert done.returncode == 0, done.stderr
    broken = tmp_path / pathlib.Path(path).name  # the red twin
    broken.write_text(re.sub(r"(?m)^(runs|jobs):", r"\1x:", (ROOT / path).read_text()))
    assert validate(broken).returncode != 0


def steps_of(path):
    document = yaml.safe_load((ROOT / path).read_text())
    if "runs" in document:
        return document["runs"]["steps"]
    return [step for job in document["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", ["action.yml", ".github/workflows/ci.yml"])
def test_no_expression_in_a_script_and_every_action_pinned(path):
    for step in steps_of(path):
        assert "${{" not in step.get("run", ""), step
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]), step


def test_every_input_reaches_the_script():
    environment = " ".join(value for step in steps_of("action.yml") for value in step["env"].values())
    for name in declared_inputs():
        assert f"${{{{ inputs.{name} }}}}" in environment, name


def test_the_workflow_may_read_only():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())
    assert "pull_request_target" not in workflow[True]  # YAML 1.1 reads `on` as true


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_script_is_clean():
    command = ["shellcheck", ROOT / "adapters/ci/github_action.sh"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
