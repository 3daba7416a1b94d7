#!/usr/bin/env python3
"""Holds SARIF files to the schema of SARIF 2.1.0.

    validate_sarif.py FILE...

Exit status: 0 all valid, 1 some are not, 2 wrong usage, 77 the schema or python3-jsonschema is absent.
"""
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", ROOT.parent / "shared/data"))
SCHEMA = DATA / "schemas/sarif-2.1.0.json"


def complaints(document, schema):
    """Each violation as 'where: what'; besides the schema, that every index points at what it names."""
    import jsonschema
    kind = jsonschema.validators.validator_for(schema)
    validator = kind(schema, format_checker=jsonschema.FormatChecker())
    for error in sorted(validator.iter_errors(document), key=lambda e: list(map(str, e.absolute_path))):
        yield "/" + "/".join(map(str, error.absolute_path)) + ": " + error.message[:300]
    for number, run in enumerate(document.get("runs", [])):
        rules = [rule["id"] for rule in run["tool"]["driver"].get("rules", [])]
        taxonomies = [(t["name"], {taxon["id"] for taxon in t["taxa"]}) for t in run.get("taxonomies", [])]
        references = [r["target"] for rule in run["tool"]["driver"].get("rules", []) for r in rule.get("relationships", [])]
        for result in run.get("results", []):
            references += result.get("taxa", [])
            if rules[result["ruleIndex"]] != result["ruleId"]:
                yield f"/runs/{number}: ruleIndex {result['ruleIndex']} is not {result['ruleId']}"
        for reference in references:
            component = reference["toolComponent"]
            name, taxa = taxonomies[component["index"]]
            if name != component["name"] or reference["id"] not in taxa:
                yield f"/runs/{number}: no taxon {reference['id']} in {component['name']}"


def main(paths):
    if not paths:
        print(__doc__)
        return 2
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        print("skipped: python3-jsonschema is absent")
        return 77
    if not SCHEMA.is_file():
        print(f"skipped: {SCHEMA} is absent")
        return 77
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    bad = 0
    for path in paths:
        found = list(complaints(json.loads(pathlib.Path(path).read_text(encoding="utf-8")), schema))
        for line in found:
            print(f"{path}:{line}")
        bad += bool(found)
    print(f"{len(paths) - bad} of {len(paths)} files are valid SARIF 2.1.0")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
