#!/usr/bin/env python3
"""The ids in policies/frameworks/ssdf-1.1.yaml are those of SSDF 1.1, no more and no fewer.

Compares with the CycloneDX edition of the standard. Exit status: 0 equal, 1 not equal, 77 the edition is absent.
"""
import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = ROOT / "policies/frameworks/ssdf-1.1.yaml"
DATA = pathlib.Path(os.environ.get("GATE_TEST_DATA", ROOT.parent / "shared/data"))
THEIRS = DATA / "ssdf/ssdf-1.1.cdx.json"
REACHES = {"direct": 14, "partial": 25, "none": 3}


def our_ids(text):
    return re.findall(r"^ *- id: (\S+)$", text, re.MULTILINE)


def standard_ids(document):
    """Practices and tasks: 'PO.1' and 'PO.1.1', not the groups 'PO'."""
    found = re.findall(r'"identifier": *"([^"]+)"', json.dumps(document))
    return [i for i in found if re.fullmatch(r"[A-Z]{2}(\.\d+){1,2}", i)]


def complaints(text, standard):
    ours = our_ids(text)
    for twice in sorted({i for i in ours if ours.count(i) > 1}):
        yield f"{twice} stands twice"
    for missing in sorted(set(standard) - set(ours)):
        yield f"{missing} is missing"
    for unknown in sorted(set(ours) - set(standard)):
        yield f"{unknown} is not in SSDF 1.1"
    parent = ""
    for each in ours:
        if each.count(".") == 1:
            parent = each
        elif each.rsplit(".", 1)[0] != parent:
            yield f"{each} stands under {parent}"
    reaches = re.findall(r"^ *reach: (\S+)$", text, re.MULTILINE)
    counted = {name: reaches.count(name) for name in REACHES}
    if counted != REACHES or len(reaches) != sum(REACHES.values()):
        yield f"reaches are {counted}, expected {REACHES}"
    for language in ("en", "ja"):
        texts = len(re.findall(rf"^ *{language}: \S", text, re.MULTILINE))
        if texts != len(ours):
            yield f"{texts} texts in '{language}' for {len(ours)} ids"


def main():
    if not THEIRS.is_file():
        print(f"skipped: {THEIRS} is absent")
        return 77
    standard = standard_ids(json.loads(THEIRS.read_text(encoding="utf-8")))
    if len(set(standard)) != 61:
        print(f"{THEIRS}: expected 19 practices and 42 tasks, found {len(set(standard))} ids")
        return 1
    found = list(complaints(OURS.read_text(encoding="utf-8"), standard))
    for line in found:
        print(f"{OURS.name}: {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
