"""SBOMs and VEX documents of the specifications' own test suites through `gate inspect`.

With pytest as a suite (-s shows the counts), or alone, where it prints tables:
GATE=build/ci/gate python3 tests/conformance/test_sbom.py
"""
import collections
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", ROOT / "../shared/data")).resolve()
GATE = os.environ.get("GATE", str(ROOT / "build/ci/gate"))

# Documents of one name whose authors put another number of components into XML than into JSON, up to 1.5.
NO_TWINS = ("valid-bom-", "valid-component-ref-")

# SPDX documents that are not read in full: the code of the problem.
SPDX_PROBLEMS = {
    "SPDXJSONExample-UTF-16.spdx.json": "unsupported version",
    "SPDXTagExample-UTF-16.spdx": "unsupported version",
    "SPDXXMLExample-UTF-16.spdx.xml": "unsupported version",
    "SPDXYAMLExample-UTF-16.spdx.yaml": "unsupported version",
    "SPDXRdfExample-UTF-16.spdx.rdf.xml": "unsupported version",
    "SPDXRdfExample-v2.2.spdx.rdf.xml": "unsupported version",
    "SPDXRdfExample-v2.3.spdx.rdf.xml": "unsupported version",
    "SPDXXMLExample-v2.2.spdx.xml": "unsupported version",
    "SPDXXMLExample-v2.3.spdx.xml": "unsupported version",
    "SPDXYAMLExample-v2.2.spdx.yaml": "unsupported version",
    "SPDXYAMLExample-v2.3.spdx.yaml": "unsupported version",
    "spdx-trivy-vmware_log-intelligence-fluentd-sha256_"
    "086af034f561f343f633be9d9f9e95f65ae6c61b8ddb2c6755ef5bb25b40f53a.json": "malformed",  # relationship 'DESCRIBE'
}


def inspect(format_name, path):
    done = subprocess.run([GATE, "inspect", format_name, str(path)], capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 3), (path, done.returncode, done.stderr[-300:])
    return json.loads(done.stdout)


def codes(seen):
    return {problem["code"] for problem in seen["problems"]}


def counts(seen):
    return {kind: len(facts) for kind, facts in seen["facts"].items() if facts}


def cyclonedx_documents():
    found = sorted((DATA / "cyclonedx/tests").glob("1.[0-9]/*valid-*"))
    return [path for path in found if path.suffix in (".json", ".xml")]


def takes_as_named(path, seen):
    """Valid documents may be empty, or leave something open; what is invalid has another problem; 1.0 and 1.1 are refused."""
    if path.parent.name in ("1.0", "1.1"):
        return codes(seen) == {"unsupported version"} and not counts(seen)
    if path.name.startswith("valid"):
        return codes(seen) <= {"empty", "incomplete"}
    return bool(codes(seen) - {"empty", "incomplete"})


def classify():
    """(counts by version, syntax, kind and outcome; names that were taken wrongly; twins that differ)."""
    table, wrong, seen_json, differ = collections.Counter(), [], {}, []
    for path in cyclonedx_documents():
        seen = inspect("cyclonedx", path)
        right = takes_as_named(path, seen)
        table[path.parent.name, path.suffix[1:], "valid" if path.name.startswith("valid") else "invalid", right] += 1
        if not right:
            wrong.append(path.name)
        if path.name.startswith("valid") and path.parent.name not in ("1.0", "1.1"):
            key = (path.parent.name, path.stem)
            if path.suffix == ".json":
                seen_json[key] = counts(seen)
            elif not path.name.startswith(NO_TWINS) and key in seen_json and seen_json[key] != counts(seen):
                differ.append(f"{path.name}: {counts(seen)}, and in JSON {seen_json[key]}")
    return table, wrong, differ


def skip():
    import pytest

    pytest.skip(f"no test data at {DATA} (GATE_TEST_DATA)")


def test_cyclonedx():
    if not cyclonedx_documents():
        skip()
    table, wrong, differ = classify()
    print_cyclonedx(table)
    assert not wrong
    assert not differ
    assert sum(table.values()) == 591


def spdx_documents():
    return sorted(path for path in (DATA / "spdx").rglob("*") if path.is_file())


def spdx_complaint(path, seen):
    expected = SPDX_PROBLEMS.get(path.name)
    if expected is None:
        return "" if not seen["problems"] and counts(seen).get("components") else f"problems: {codes(seen)}"
    return "" if expected in codes(seen) else f"'{expected}' was expected, not {codes(seen)}"


def test_spdx():
    documents = spdx_documents()
    if not documents:
        skip()
    wrong = {path.name: spdx_complaint(path, inspect("spdx", path)) for path in documents}
    assert not {name: why for name, why in wrong.items() if why}
    assert len(documents) == 19


def test_spdx_twins():
    """The specification's example in its syntaxes: as many packages, whichever it is."""
    if not spdx_documents():
        skip()
    for version in ("2.2", "2.3"):
        twins = [DATA / f"spdx/SPDX{name}-v{version}.spdx{end}" for name, end in (("JSONExample", ".json"), ("TagExample", ""))]
        assert counts(inspect("spdx", twins[0])) == counts(inspect("spdx", twins[1]))


def vex_documents():
    for path in sorted((DATA / "openvex/examples").rglob("*.json")):
        if path.name.endswith("vex.json"):
            yield "openvex", path
        elif path.name == "csaf.json":
            yield "csaf", path


def test_vex():
    documents = list(vex_documents())
    if not documents:
        skip()
    for format_name, path in documents:
        seen = inspect(format_name, path)
        assert not seen["problems"], path
        assert counts(seen)["vex_statements"] > 0, path
    assert len(documents) == 8


def print_cyclonedx(table):
    print("CycloneDX  syntax  named    as named  otherwise")
    for version, syntax, kind in sorted({key[:3] for key in table}):
        print(f"{version:10} {syntax:7} {kind:8} {table[version, syntax, kind, True]:8} {table[version, syntax, kind, False]:10}")
    right = sum(count for key, count in table.items() if key[3])
    print(f"{right} of {sum(table.values())} documents as their names say")


def main():
    if not cyclonedx_documents():
        print(f"no test data at {DATA} (GATE_TEST_DATA)")
        return 0
    table, wrong, differ = classify()
    print_cyclonedx(table)
    failed = wrong + differ
    for format_name, path in [("spdx", path) for path in spdx_documents()] + list(vex_documents()):
        seen = inspect(format_name, path)
        why = spdx_complaint(path, seen) if format_name == "spdx" else ""
        failed += [f"{path.name}: {why}"] if why else []
        facts = " ".join(f"{kind}={count}" for kind, count in sorted(counts(seen).items())) or "-"
        print(f"{format_name:8} {path.name[:48]:48} {facts:44} {', '.join(sorted(codes(seen)))}")
    print("\n".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
