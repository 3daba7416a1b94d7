"""The cascade finds what the full engine finds: on attacks written by hand, and on programs composed at random from a seed.

GATE_CASCADE_SEED and GATE_CASCADE_UNITS ask for other programs, and for more of them.
"""
import collections
import json
import os
import re
import subprocess

import pytest

import cascade_corpus as corpus

GATE = os.environ.get("GATE")
pytestmark = pytest.mark.skipif(not GATE, reason="GATE does not name the gate binary")

SEED = int(os.environ.get("GATE_CASCADE_SEED", "1"))
UNITS = int(os.environ.get("GATE_CASCADE_UNITS", "200"))

FUNCTIONS = ["{name: strcpy}", "{name: strcat}", "{name: system}", "{name: alloca}", '{name: "::acme_copy"}']
CONDITIONS = ['{name: printf, when: "not_literal(1)"}', '{name: sprintf, when: "not_literal(2)"}', '{name: memcpy, when: "sizeof_pointer(3)"}']
PREPROCESSED = ["{entity: macro, name: SAME_LINE}", "{entity: macro, name: ACME}", '{entity: header, name: "<alloca.h>"}', "{entity: header, name: evil.h}",
                "{entity: attribute, name: weak}", "{entity: construct, name: digraph}", "{entity: construct, name: trigraph}", "{entity: construct, name: register}"]
TREE = ["{entity: type, name: acme_t}", "{entity: construct, name: goto}", "{entity: construct, name: union}", "{entity: construct, name: asm}"]
LISTS = {"functions": FUNCTIONS, "conditions": FUNCTIONS + CONDITIONS, "preprocessed": PREPROCESSED, "tree": TREE, "all": FUNCTIONS + CONDITIONS + PREPROCESSED + TREE}
ATTACKED_LISTS = ["functions", "all"]
# Or the cascade lets the stages rest that answer for none of the attacks.
BETWEEN = ["int between%d;\n"] * 4 + ["#include <string.h>\nvoid between%d(char *d) { strcpy(d, d); }\n"] * 2

Answer = collections.namedtuple("Answer", "status findings problems stages")


def judge(project, bans, engine="cascade", jobs=1, database="compile_commands.json"):
    """What gate finds, by file, and how many units each stage answered for."""
    rules = "".join(f"      - {ban}\n" for ban in LISTS[bans])
    (project / "policy.yaml").write_text(f"gate: 1\nname: cascade\ninputs: {{compile_commands: {database}}}\n"
                                         f"rules:\n  code/banned-function:\n    level: fail\n    ban:\n{rules}")
    done = subprocess.run([GATE, "run", "--verbose", "--policy", "policy.yaml", f"--engine={engine}", f"--jobs={jobs}", "--output", "sarif:out.sarif"],
                          cwd=project, capture_output=True, text=True, timeout=600, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
    assert done.returncode in (0, 1, 3), done.stderr
    run = json.loads((project / "out.sarif").read_text())["runs"][0]
    findings = collections.defaultdict(list)
    for result in run["results"]:
        if result["kind"] != "open":
            place = result["locations"][0]["physicalLocation"]
            findings[place["artifactLocation"]["uri"].split("/")[0]].append((place.get("region"), result["message"]["text"]))
    problems = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    stages = dict(zip(["cached", "cleared", "lexed", "classified", "parsed"],
                      map(int, re.findall(r" (\d+)", re.search(r"gate: (units from the cache .*)", done.stderr).group(1)))))
    return Answer(done.returncode, dict(findings), problems, stages)


def write_database(project, units, name="compile_commands.json"):
    (project / name).write_text(json.dumps([
        {"directory": str(project / folder), "file": path,
         "arguments": ["c++" if path.endswith("pp") else "cc", *flags.split(), "-isystem", f"../../outside/{folder}", "-c", path]}
        for folder, path, flags in units], indent=1))


def write_files(root, folder, files):
    for path, text in files.items():
        outside = path.startswith("outside/")
        target = root / "outside" / folder / path.removeprefix("outside/") if outside else root / "project" / folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def folder_of(attack):
    return re.sub(r"\W+", "-", attack.name)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """Each attack in a folder of its own, all in one database; by engine and list what is found."""
    root = tmp_path_factory.mktemp("attacks")
    units = []
    for attack in corpus.ATTACKS:
        write_files(root, folder_of(attack), attack.files)
        units += [(folder_of(attack), path, flags) for path, flags in attack.all_units()]
        for text in BETWEEN:
            units.append(("between", f"between{len(units)}.c", ""))
            write_files(root, "between", {units[-1][1]: text % len(units)})
    project = root / "project"
    write_database(project, units)
    return {(engine, bans): judge(project, bans, engine) for engine in ("cascade", "full") for bans in ATTACKED_LISTS}


@pytest.mark.parametrize("attack", corpus.ATTACKS, ids=lambda attack: attack.name)
def test_attack(attacked, attack):
    folder = folder_of(attack)
    for bans in ATTACKED_LISTS:
        cascade, full = (attacked[engine, bans] for engine in ("cascade", "full"))
        assert cascade.findings.get(folder) == full.findings.get(folder), bans
        if bans == "all":
            assert bool(full.findings.get(folder)) == attack.used, "no attack"
        if not attack.broken:
            assert [problem for problem in full.problems if folder in problem] == []


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """One project of many units, and the same database in reversed order."""
    root = tmp_path_factory.mktemp("generated")
    files, units = corpus.generate(SEED, UNITS)
    write_files(root, "p", files)
    project = root / "project"
    units = [("p", path, flags) for path, flags in units]
    write_database(project, units)
    write_database(project, units[::-1], "reversed.json")
    return project


@pytest.mark.parametrize("bans", LISTS)
def test_generated(generated, bans):
    full, cascade = (judge(generated, bans, engine) for engine in ("full", "cascade"))
    assert full.problems == [], "a unit does not compile"
    assert full.findings or bans == "preprocessed"
    for other in (cascade, judge(generated, bans, jobs=2), judge(generated, bans, database="reversed.json")):
        assert (other.status, other.findings, other.problems) == (full.status, full.findings, full.problems)
    if bans == "functions":
        assert all(cascade.stages[stage] >= UNITS // 50 for stage in ("cleared", "classified", "parsed")), cascade.stages


def test_generated_programs_are_the_same_everywhere():
    assert corpus.generate(7, 50) == corpus.generate(7, 50) != corpus.generate(8, 50)
