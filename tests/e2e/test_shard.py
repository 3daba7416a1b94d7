"""Shards of a run and their merge, through the real binary: the same reports as one run, or no verdict."""
import hashlib
import json
import shutil
import subprocess

import pytest

import green

REPORTS = {"text": "gate.txt", "statement": "gate.intoto.json", "markdown": "gate.md", "sarif": "gate.sarif",
           "junit": "gate.junit.xml"}
HEADER = """\
#include <string.h>
static inline void shared(char *d, const char *s) { strcpy(d, s); }
"""
BANNED = {  # found in a header by two units, through a macro, allowed in the code, in a unit that is broken
    "src/a.c": '#include "shared.h"\nvoid a(char *d) { shared(d, "a"); }\n',
    "src/b.c": '#include "shared.h"\n#define COPY strcpy\nvoid b(char *d) { COPY(d, "b"); }\n',
    "src/c.cpp": '#include <cstring>\nvoid c(char *d) { std::strcat(d, "c"); }\n',
    "src/d.c": '#include <string.h>\n// gate: allow(code/banned-function) until 2026-12-31: fits\n'
               'void d(char *d) { strcpy(d, "d"); }\n',
    "src/shared.h": HEADER,
}
BROKEN = {"src/e.c": '#include "generated.h"\nvoid e(void) { }\n'}
CLEAN = {f"src/clean{i}.c": f"int clean{i}(void) {{ return {i}; }}\n" + "// filling\n" * 100 * i for i in range(6)}


def add(project, *groups):
    units = json.loads((project.root / "build/compile_commands.json").read_text())
    for name, text in (item for group in groups for item in group.items()):
        project.write(name, text)
        if not name.endswith(".h"):
            units.append({"directory": str(project.root), "file": name, "arguments": ["cc", "-c", name]})
    project.write_json("build/compile_commands.json", units)
    project.commit("Add sources")


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    project = green.make(tmp_path_factory.mktemp("green"))
    add(project, CLEAN)
    return project


@pytest.fixture
def project(original, tmp_path):
    """Moved: the database names another folder than the one that it was made for."""
    shutil.copytree(original.root, tmp_path / "project", symlinks=True)
    copy = green.Project(tmp_path / "project")
    database = copy.root / "build/compile_commands.json"
    database.write_text(database.read_text().replace(str(original.root), str(copy.root)))
    for key in ("signer", "signer.pub"):
        shutil.copy(original.root.parent / key, tmp_path / key)
    copy.git("config", "user.signingkey", str(tmp_path / "signer.pub"))
    return copy


def outputs(folder):
    return [f"--output={form}:{folder}/{name}" for form, name in REPORTS.items()]


def shard(project, index, count, *options, name=None):
    """(exit status, text, file)."""
    file = project.root.parent / (name or f"{index}-of-{count}.shard")
    status, text, error = project.run(f"--shard={index}/{count}", f"--output=shard:{file}", *options)
    return status, text + error, file


def shards(project, count, *options):
    return [shard(project, index + 1, count, *options)[2] for index in range(count)]


def merge(project, files, *options, policy="gate.yaml"):
    done = subprocess.run([green.GATE, "merge", "--policy", policy, *options, *map(str, files)], cwd=project.root,
                          env=green.CLEAN, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def undecided(project, files, *words, options=()):
    status, text = merge(project, files, *options)
    assert status == 3, text
    for word in words:
        assert word in " ".join(text.split()), (word, text)


# --- the same as one run ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("count", [1, 2, 3, 17])
@pytest.mark.parametrize("groups, expected", [([], 0), ([BANNED], 1), ([BROKEN], 3), ([BANNED, BROKEN], 1)],
                         ids=["clean", "banned", "broken", "both"])
def test_merged_reports_are_those_of_one_run(project, tmp_path, groups, expected, count):
    if groups:
        project.write("gate.yaml", green.POLICY.replace("lists: [c-unsafe]", "lists: [c-unsafe], allow_in_code: true"))
        add(project, *groups)
    plain, merged = tmp_path / "plain", tmp_path / "merged"
    assert project.run(*outputs(plain))[0] == expected
    files = shards(project, count)
    assert merge(project, reversed(files), *outputs(merged))[0] == expected
    for form, name in REPORTS.items():
        if form != "statement":
            assert (merged / name).read_bytes() == (plain / name).read_bytes(), name
    one, joined = (json.loads((folder / REPORTS["statement"]).read_text()) for folder in (plain, merged))
    inputs = joined["predicate"]["inputs"]
    joined["predicate"]["inputs"] = [i for i in inputs if i["role"] != "shard"]
    assert joined == one
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert {i["digest"]["sha256"] for i in inputs if i["role"] == "shard"} == digests


def test_units_of_all_shards_are_all_units_and_each_is_judged_once(project):
    files = shards(project, 3)
    contents = [json.loads(file.read_text().split("\n")[2]) for file in files]
    assert contents[0]["units"] == contents[1]["units"] == contents[2]["units"]
    assert [len(c["reports"]) for c in contents] == [sum(u["shard"] == i for u in contents[0]["units"]) for i in (1, 2, 3)]
    assert sum(len(c["reports"]) for c in contents) == 7 and all(c["reports"] for c in contents)


def test_same_bytes_with_one_worker_or_three_and_from_a_cache(project, tmp_path):
    first = shard(project, 1, 2, "--jobs=1")[2].read_bytes()
    again = [shard(project, 1, 2, option, f"--cache={tmp_path}/cache")[2].read_bytes() for option in ("--jobs=3", "--jobs=1")]
    assert again == [first, first]


def test_gitlab_names_the_shard(project):
    file = project.root.parent / "auto"
    node = {"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "3"}
    status, text, _ = project.run("--shard=auto", f"--output=shard:{file}", env=node)
    assert status == 3 and "shard 2 of 3" in text
    assert file.read_bytes() == shard(project, 2, 3)[2].read_bytes()


# --- a shard alone is no verdict -------------------------------------------------------------------------------------

def test_a_shard_never_passes(project):
    assert project.run()[0] == 0
    for index, count in ((1, 1), (1, 2), (2, 2), (17, 17)):
        status, text, file = shard(project, index, count)
        assert status == 3 and f"shard {index} of {count}" in text and "PASS" not in text and file.is_file(), text


def test_a_shard_convicts(project):
    add(project, BANNED)
    found = [shard(project, index, 2)[0] for index in (1, 2)]
    assert set(found) <= {1, 3} and 1 in found


@pytest.mark.parametrize("wrong", ["0/2", "3/2", "1/257", "1", "1/", "/2", "a/b", "1/2/3", "-1/2", "1/2 ", "auto"])
def test_what_names_no_shard_is_wrong_usage(project, wrong):
    assert project.run(f"--shard={wrong}", f"--output=shard:{project.root}/x")[0] == 2


@pytest.mark.parametrize("options", [["--shard=1/2"], ["--output=shard:x"], ["--shard=1/2", "--output=shard"],
                                     ["--shard=1/2", "--output=shard:x", "--output=shard:y"],
                                     ["--shard=1/2", "--output=shard:-"], ["--shard-key=gate.yaml"]])
def test_a_shard_and_its_file_go_together(project, options):
    assert project.run(*options)[0] == 2


def test_no_database_no_shard(project):
    (project.root / "build/compile_commands.json").unlink()
    status, _, file = shard(project, 1, 2)
    assert status == 3 and not file.exists()


def test_a_policy_without_sources_has_no_shards(project):
    files = shards(project, 2)
    project.write("gate.yaml", green.POLICY.replace("  compile_commands: build\n", ""))
    project.commit("Look at no sources")
    assert project.run()[0] == 3  # code/banned-function saw nothing
    assert shard(project, 1, 2, name="none")[0] == 3
    assert merge(project, files)[0] == 3


# --- what does not belong together -----------------------------------------------------------------------------------

def test_missing(project):
    files = shards(project, 3)
    undecided(project, [files[0], files[2]], "shard 2 of 3 is missing")
    undecided(project, [files[1]], "shard 1 of 3 is missing", "shard 3 of 3 is missing")
    undecided(project, [*files[:2], project.root.parent / "none"], "none", "shard 3 of 3 is missing")
    assert merge(project, [])[0] == 2


def test_a_folder_stands_for_the_files_in_it(project, tmp_path):
    (tmp_path / "shards").mkdir()
    for index in (1, 2):
        shard(project, index, 2, name=f"shards/{index}-of-2.gate-shard")
    assert merge(project, [tmp_path / "shards"])[0] == 0
    (tmp_path / "shards/2-of-2.gate-shard").rename(tmp_path / "shards/2-of-2")
    undecided(project, [tmp_path / "shards"], "shard 2 of 2 is missing")
    (tmp_path / "shards/1-of-2.gate-shard").unlink()
    undecided(project, [tmp_path / "shards"], "shards")


def test_twice(project):
    files = shards(project, 2)
    undecided(project, [*files, files[0]], "shard 1 of 2 is there twice")
    undecided(project, [files[0], files[0]], "shard 1 of 2 is there twice", "shard 2 of 2 is missing")


def test_another_number_of_shards(project):
    undecided(project, [shard(project, 1, 2)[2], shard(project, 2, 3)[2]], "is of another number of shards")


def test_another_policy(project):
    files = [shard(project, 1, 2)[2]]
    other = ["--policy=other.yaml"]
    project.write("other.yaml", green.POLICY.replace("max_severity: medium", "max_severity: high"))
    files.append(shard(project, 2, 2, *other)[2])
    undecided(project, files, "shard 2 of 2 has another policy")
    assert "is missing" not in merge(project, files)[1]  # it is there, and no good
    undecided(project, shards(project, 2), "shard 1 of 2 has another policy", "shard 2 of 2 has another policy",
              options=other)


def test_another_override(project):
    files = shards(project, 2, "--compile-commands=build")
    undecided(project, files, "has another policy")
    assert merge(project, files, "--compile-commands=build")[0] == 0


def test_another_commit(project):
    files = [shard(project, 1, 2)[2]]
    project.write("new", "")
    project.commit("Go on")
    files.append(shard(project, 2, 2)[2])
    undecided(project, files, "shard 1 of 2 has another commit")


def test_another_range(project):
    base = project.git("rev-parse", "HEAD~1").decode().strip()
    undecided(project, [shard(project, 1, 2)[2], shard(project, 2, 2, f"--base={base}")[2]], "shard 2 of 2 has another range")


def test_another_gate(project, tmp_path):
    files = [shard(project, 1, 2)[2]]
    other = tmp_path / "gate"
    other.write_bytes(open(green.GATE, "rb").read() + b"\0")
    other.chmod(0o755)
    subprocess.run([other, "run", "--policy=gate.yaml", "--shard=2/2", f"--output=shard:{tmp_path}/two"], cwd=project.root,
                   env=green.CLEAN, capture_output=True, timeout=120)
    undecided(project, [files[0], tmp_path / "two"], "shard 2 of 2 has another tool")


def test_another_database(project):
    files = [shard(project, 1, 2)[2]]
    database = project.root / "build/compile_commands.json"
    text = database.read_text()
    database.write_text(text.replace('"cc"', '"cc", "-DX"', 1))
    undecided(project, [files[0], shard(project, 2, 2)[2]], "shard 2 of 2 has other units")
    database.write_text(json.dumps(json.loads(text)[:-1]))
    undecided(project, [files[0], shard(project, 2, 2)[2]], "shard 2 of 2 has")
    database.write_text(json.dumps(json.loads(text) + [{"directory": "/", "file": "x.s", "arguments": ["cc", "x.s"]}]))
    undecided(project, [files[0], shard(project, 2, 2)[2]], "shard 2 of 2 understood the compile database otherwise")


def test_checkouts_in_folders_of_other_names(project, tmp_path):
    moved = green.Project(tmp_path / "moved")
    shutil.copytree(project.root, moved.root, symlinks=True)
    database = moved.root / "build/compile_commands.json"
    database.write_text(database.read_text().replace(str(project.root), str(moved.root)))
    files = [shard(project, 1, 2)[2], shard(moved, 2, 2)[2]]
    status, text = merge(project, files, f"--output=statement:{tmp_path}/s.json")
    assert status == 0, text
    inputs = json.loads((tmp_path / "s.json").read_text())["predicate"]["inputs"]
    assert [i["role"] for i in inputs].count("compile database") == 2  # each by its own digest


def test_another_split(project):
    """Sources that are made by the build are in no commit: where they differ, so may the split."""
    add(project, {"build/made.c": "int made;\n", "src/more.c": "int more;\n"})
    files = [shard(project, 1, 2)[2]]
    project.write("build/made.c", "int made;\n" + "// much\n" * 100_000)
    files.append(shard(project, 2, 2)[2])
    undecided(project, files, "shard 2 of 2 has other units or split otherwise")


def test_no_commit_is_known(project):
    shutil.rmtree(project.root / ".git")
    undecided(project, shards(project, 2), "no commit is known")


def test_an_unclean_tree_is_told(project):
    source = project.root / "src/clean1.c"
    text = source.read_text()
    source.write_text(text + "\n")
    first = shard(project, 1, 2)[2]
    source.write_text(text)
    status, text = merge(project, [first, shard(project, 2, 2)[2]])
    assert "changes that are in no commit" in " ".join(text.split())


# --- what is no file of a shard --------------------------------------------------------------------------------------

def edited(file, change):
    file.write_bytes(change(file.read_bytes()))
    return file


@pytest.mark.parametrize("change", [
    lambda b: b[:-1], lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b + b"\n", lambda b: b + b"{}\n",
    lambda b: b.replace(b'"uses":[{', b'"uses":[],"used":[{', 1), lambda b: b.replace(b"strc", b"strx", 1),
    lambda b: b.replace(b'"index":1', b'"index":2', 1), lambda b: b.replace(b"gate shard 1", b"gate shard 2", 1),
    lambda b: b.replace(b"\n", b"\r\n"), lambda b: b'{"index":1}', lambda b: bytes(100),
])
def test_torn_or_edited(project, change):
    add(project, BANNED)
    files = shards(project, 2)
    before = [file.read_bytes() for file in files]
    for file in files:
        edited(file, change)
    assert before != [file.read_bytes() for file in files]
    undecided(project, files, ".shard")


def forged(file, change):
    """With a digest that fits: as one would who knows the format."""
    magic, _, content = file.read_text().split("\n", 2)
    value = json.loads(content)
    change(value)
    content = json.dumps(value) + "\n"
    file.write_text(f"{magic}\n{hashlib.sha256(content.encode()).hexdigest()}\n{content}")
    return file


@pytest.mark.parametrize("change", [
    lambda v: v["reports"].pop(), lambda v: v["reports"].append(v["reports"][0]), lambda v: v["units"].pop(),
    lambda v: v["units"].reverse(), lambda v: v.pop("units"), lambda v: v.update(count=2**62), lambda v: v.update(index=0),
    lambda v: v.update(unclean="no"), lambda v: v["reports"].__setitem__(0, None), lambda v: v["terms"].pop("commit"),
    lambda v: v["reports"].__setitem__(0, {}), lambda v: v["units"][0].update(shard=3), lambda v: v.update(index=2),
    lambda v: v["units"][0].update(command="00"), lambda v: v.update(reports={}), lambda v: v["database"].update(bytes=-1),
    lambda v: v["problems"].append({"code": 0, "what": "", "where": {"artifact": "", "sha256": "", "at": ""}}),
])
def test_a_file_that_fits_its_digest_still_has_to_fit_the_others(project, change):
    files = shards(project, 2)
    forged(files[0], lambda v: None)
    assert merge(project, files)[0] == 0
    forged(files[0], change)
    undecided(project, files, "hard")


def test_with_a_key_no_file_can_be_forged(project, tmp_path):
    (tmp_path / "key").write_text("0123456789abcdef")
    (tmp_path / "other").write_text("fedcba9876543210")
    key = f"--shard-key={tmp_path}/key"
    files = shards(project, 2, key)
    assert merge(project, files, key)[0] == 0
    undecided(project, files, "torn or edited")
    undecided(project, files, "without this key", options=[f"--shard-key={tmp_path}/other"])
    undecided(project, [forged(files[0], lambda v: None), files[1]], "without this key", options=[key])
    (tmp_path / "short").write_text("short")
    assert merge(project, files, f"--shard-key={tmp_path}/short")[0] == 2
