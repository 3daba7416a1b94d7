"""The schema that `gate schema` prints, judged by an implementation of JSON Schema that is not ours."""

import copy
import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GATE = os.environ.get("GATE", str(ROOT / "build/ci/gate"))
GOLDEN = ROOT / "tests/golden/policy"


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as gate reads it: dates are text, and so are yes, no, on and off."""


Core.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in resolvers if not tag.endswith((":timestamp", ":bool", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", yaml.resolver.re.compile("^(?:true|false)$"), list("tf"))


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Core)


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(subprocess.run([GATE, "schema"], capture_output=True, check=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


GOOD = [*sorted((ROOT / "policies").glob("*.yaml")), *sorted((GOLDEN / "good").glob("*.yaml"))]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good_policies_are_valid(validator, path):
    assert [error.message for error in validator.iter_errors(load(path))] == []


# Bad policies whose mistake is in their shape; dates, names of files and the like are for the loader alone.
SHAPED = ["unknown_keys", "waivers", "types", "newer", "no_version", "list", "unknown_sigstore_key", "crlf"]


@pytest.mark.parametrize("name", SHAPED)
def test_bad_policies_are_not(validator, name):
    assert not validator.is_valid(load(GOLDEN / "bad" / f"{name}.yaml"))


@pytest.mark.parametrize("place,value", [
    (["rules", "sca/known-vulnerability", "max_severity"], "huge"),
    (["rules", "sca/known-vulnerability", "maximum"], "low"),
    (["rules", "code/banned-function", "lists"], ["no-such-list"]),
    (["rules", "code/goto"], {"level": "fail"}),
    (["inputs", "reports", 0, "format"], "guess"),
    (["waivers", 0, "match"], {"commit": "a1"}),
    (["waivers", 0, "match"], {}),
    (["waivers", 0, "expires"], "soon"),
    (["trust", "openpgp_keyring"], 1),
])
def test_one_change_is_enough(validator, place, value):
    policy = copy.deepcopy(load(GOLDEN / "good/acme.yaml"))
    assert validator.is_valid(policy)
    target = policy
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    assert not validator.is_valid(policy)
