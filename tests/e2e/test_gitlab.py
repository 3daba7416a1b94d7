"""adapters/ci/gitlab.yml, executed by gitlab-ci-local in a repository that includes it, with the real gate."""

import json
import os
import pathlib
import shutil
import stat
import subprocess

import pytest
import yaml

import green
from ci import signed

ROOT = pathlib.Path(__file__).resolve().parents[2]
GITLAB_CI_LOCAL = pathlib.Path(__file__).parent / "ci/node_modules/.bin/gitlab-ci-local"
NODE = shutil.which("node")
ZEROS = "0" * 40
REPORTS = ["gate.txt", "gate.intoto.json", "gate.md", "gate.sarif", "gate.junit.xml"]

pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: gitlab.yml was not executed")


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    repository = signed.make(tmp_path_factory.mktemp("signed"))
    repository.write("adapters/ci/gitlab.yml", (ROOT / "adapters/ci/gitlab.yml").read_text())
    include(repository, binary=green.GATE)
    repository.commit("Run the gate in the pipeline")
    return repository


@pytest.fixture
def project(original, tmp_path):
    shutil.copytree(original.root, tmp_path / "project", symlinks=True)
    return signed.Repository(tmp_path / "project")


def include(repository, **inputs):
    repository.write(".gitlab-ci.yml", json.dumps({"include": [{"local": "adapters/ci/gitlab.yml", "inputs": inputs}]}))


def pipeline(project, **variables):
    """Runs the pipeline; returns (exit status, log)."""
    given = {"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": ZEROS, **variables}
    command = [NODE, GITLAB_CI_LOCAL, "--force-shell-executor", "--shell-isolation", "--no-color",
               "--ignore-predefined-vars", ",".join(given), "--home", project.root.parent / "home"]
    for name, value in given.items():
        command += ["--variable", f"{name}={value}"]
    return call(command, project)


def call(command, project):
    path = f"{pathlib.Path(NODE).parent}:/usr/bin:/bin"
    environment = {**green.CLEAN, "HOME": str(project.root.parent), "PATH": path}
    done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout + done.stderr


def artifacts(project):
    folder = project.root / ".gitlab-ci-local/artifacts/gate/gate-reports"
    return sorted(os.listdir(folder)) if folder.is_dir() else []


def program(path, text):
    path.write_text("#!/bin/bash\n" + text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_pass(project):
    status, log = pipeline(project)
    assert status == 0 and "PASS" in log, log
    assert artifacts(project) == sorted(REPORTS)


def test_fail_still_has_its_artifacts(project):
    project.change("Not signed", sign=False)
    status, log = pipeline(project)
    assert status == 1 and "FAIL" in log, log
    assert artifacts(project) == sorted(REPORTS)


def test_merge_request_is_judged_from_where_the_branches_part(project):
    project.change("Old and unsigned", sign=False)
    base = project.head()
    project.change("Signed change")
    merge_request = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "1"}
    status, log = pipeline(project, **merge_request, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert status == 0, log
    status, log = pipeline(project, **merge_request)
    assert status == 1 and "CI_MERGE_REQUEST_DIFF_BASE_SHA" in log, log


def test_merge_request_does_not_relax_its_own_gate(project):
    base = project.head()
    project.change("Switch the rule off", sign=False, **{"gate.yaml": signed.RELAXED})
    status, log = pipeline(project, CI_PIPELINE_SOURCE="merge_request_event", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert status == 1 and "signing/unsigned-commit" in log, log


def test_merged_result(project):
    target = project.head()
    source = project.change("Signed change")
    project.git("checkout", "-q", "--detach", target)
    project.git("merge", "-q", "--no-ff", "--no-gpg-sign", "-m", "Merge made for the test", source)
    merged = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target,
              "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": source, "CI_COMMIT_SHA": project.head()}
    status, log = pipeline(project, **merged)
    assert status == 0, log


@pytest.mark.parametrize("code", [0, 1, 2, 3, 77])
def test_the_jobs_status_is_the_gates(project, tmp_path, code):
    include(project, binary=program(tmp_path / "gate", f"exit {code}"))
    project.commit("Name a gate")
    status, log = pipeline(project)
    assert (status == 0) == (code == 0), log
    assert code == 0 or f"FAIL {code} " in log, log


def test_arguments(project, tmp_path):
    record = tmp_path / "arguments"
    include(project, binary=program(tmp_path / "gate", f'printf "%s\\0" "$@" > {record}\n'), stage="deploy",
            policy='$(touch pwned)"; touch pwned; `touch pwned`', compile_commands="-x", jobs="2",
            reports="trivy:a.json  grype:*\n  sarif:c", attestations="a=b c=d", keys="k=p", builders="https://b",
            allowed_signers="s")
    project.write("grype:x", "what a * would become")
    project.commit("Name everything")
    status, log = pipeline(project)
    assert status == 0, log
    assert record.read_bytes().decode().split("\0")[:-1] == [
        "run", "--output=text:gate-reports/gate.txt", "--output=statement:gate-reports/gate.intoto.json",
        "--output=markdown:gate-reports/gate.md", "--output=sarif:gate-reports/gate.sarif",
        "--output=junit:gate-reports/gate.junit.xml", '--policy=$(touch pwned)"; touch pwned; `touch pwned`',
        "--compile-commands=-x", "--allowed-signers=s", "--cache=.gate-cache", "--jobs=2", "--report=trivy:a.json", "--report=grype:*",
        "--report=sarif:c", "--attestation=a=b", "--attestation=c=d", "--key=k=p", "--builder=https://b"]
    assert not [p for p in tmp_path.rglob("pwned")]


# --- over several machines ------------------------------------------------------------------------------------------

SHARDED = {
    "gate-shard": {"extends": ".gate", "parallel": 3, "allow_failure": {"exit_codes": [1, 3]},
                   "variables": {"GATE_SHARD": "auto"}},
    "gate": {"needs": ["gate-shard"], "variables": {"GATE_SHARDS": "gate-reports"}},
}
SOURCES = "gate: 1\nname: sources\ninputs: {compile_commands: build}\nrules:\n  code/banned-function: {level: fail, lists: [c-unsafe]}\n"


def shard_pipeline(project, text="int {0};", jobs=None, before=""):
    """A pipeline of three shards and a merge over six sources that each job makes at the same place."""
    sources = [f"s{i}.c" for i in range(6)]
    for name in sources:
        project.write(name, text.format(name[:-2]) + "\n")
    project.write("gate.yaml", SOURCES)
    units = json.dumps([{"directory": "@", "file": name, "arguments": ["cc", "-c", name]} for name in sources])
    project.write("units.json", units)
    project.write(".gitignore", "/build/\n/gate-reports/\n")
    gate = program(project.root.parent / "gate", f"""
mkdir -p build && sed "s|@|$PWD|g" units.json > build/compile_commands.json
{before}
exec {green.GATE} "$@"
""")
    include(project, binary=gate)
    document = json.loads((project.root / ".gitlab-ci.yml").read_text())
    project.write(".gitlab-ci.yml", json.dumps({**document, **(jobs or SHARDED)}))
    project.commit("Run in shards")
    return pipeline(project)


def test_three_shards_and_their_merge(project):
    status, log = shard_pipeline(project)
    assert status == 0 and "shard 3 of 3: no verdict" in log and "PASS" in log, log
    inputs = json.loads((project.root / ".gitlab-ci-local/artifacts/gate/gate-reports/gate.intoto.json").read_text())
    assert [i["role"] for i in inputs["predicate"]["inputs"]].count("shard") == 3


def test_a_use_in_one_shard_fails_the_merge(project):
    text = "#include <string.h>\nvoid {0}(char *d, const char *s) {{ strcpy(d, s); }}"
    status, log = shard_pipeline(project, text=text)
    assert status != 0 and "FAIL 1 " in log, log


@pytest.mark.parametrize("before, cause", [
    ('if [ "${CI_NODE_INDEX-}" = 2 ]; then exit 3; fi', "shard 2 of 3 is missing"),
    ('if [ -z "${CI_NODE_INDEX-}" ]; then echo >> gate-reports/2-of-3.gate-shard; fi', "torn or edited"),
    ('if [ "${CI_NODE_INDEX-}" = 2 ]; then set -- "$@" --compile-commands=build; fi', "shard 2 of 3 has another policy"),
    ('if [ "${CI_NODE_INDEX-}" = 2 ]; then set -- "$@" --shard-key=units.json; fi', "torn or edited"),
], ids=["missing", "edited", "of another policy", "with a key"])
def test_shards_that_do_not_belong_together(project, before, cause):
    status, log = shard_pipeline(project, before=before)
    assert status != 0 and "FAIL 3 " in log and cause in log, log


def test_a_shard_alone_is_no_pass(project):
    status, log = shard_pipeline(project, jobs={"gate": {"variables": {"GATE_SHARD": "auto"}, "parallel": 2}})
    assert status != 0 and log.count("no verdict before") == 2, log


def test_no_gate_is_no_pass(project):
    include(project, binary="no-such-gate")
    project.commit("Name a gate that is not there")
    status, log = pipeline(project)
    assert status != 0 and "no program no-such-gate" in log, log


def test_an_old_report_is_no_report_of_this_run(project, tmp_path):
    for name in REPORTS:
        project.write(f"gate-reports/{name}", "of yesterday")
    include(project, binary=program(tmp_path / "gate", "exit 2"))
    project.commit("Commit old reports")
    status, log = pipeline(project)
    assert status != 0, log
    assert artifacts(project) == []


def test_the_job_sees_every_commit_and_runs_in_every_pipeline():
    _, document = yaml.safe_load_all((ROOT / "adapters/ci/gitlab.yml").read_text())
    job = {**document[".gate"], **document["gate"]}
    assert job["variables"]["GIT_DEPTH"] == "0"
    assert job["rules"] == [{"when": "on_success"}]
    assert not {"allow_failure", "only", "except", "retry"} & set(job)


@pytest.mark.parametrize("path", ["adapters/ci/gitlab.yml", ".gitlab-ci.yml"])
def test_the_files_follow_gitlabs_schema(project, path):
    """gitlab-ci-local checks against GitLab's JSON Schema; the red twin has a key too many."""
    text = (ROOT / path).read_text()
    for content, accepted in ((text, True), (text.replace("  script:", "  scripts: [a]\n  script:"), False)):
        project.write(path, content)
        status, log = call([NODE, GITLAB_CI_LOCAL, "--list", "--home", project.root.parent / "home"], project)
        assert (status == 0) == accepted, log
