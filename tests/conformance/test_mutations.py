"""Every form of signature and attestation, broken in one point at a time by the rows of past verifiers' faults (V1 to V35):
none may verify. mutations.md has the counts; GATE_UPDATE_GOLDEN=1 writes it anew, with the bundles' where their data is."""

import os
import pathlib
import re
import subprocess

import pytest

import mutation_forms
import mutation_git_forms
import test_sigstore_mutations as bundles

GATE = str(pathlib.Path(os.environ.get("GATE", "build/dev/gate")).resolve())
TABLE = pathlib.Path(__file__).with_name("mutations.md")
ROWS = [f"V{number}" for number in range(1, 36)]
BUNDLES = "Sigstore bundle"
# Rows that no mutant of a file shows: where they are tested instead.
ELSEWHERE = {
    "V2": "what could not be looked at ends with 3, in every suite", "V7": "gpg is never run; librnp in tests/unit/git_openpgp_test.cpp",
    "V11": "tests/unit/attest_sigstore_bundle_test.cpp", "V12": "with V13", "V15": "logs and timestamp authorities in tests/unit/attest_sigstore_bundle_test.cpp",
    "V16": "tests/unit/attest_sigstore_bundle_test.cpp", "V21": "globs in tests/unit/policy_*", "V22": "tests/unit/attest_carriers_test.cpp",
    "V26": "the policy's digest in every report: tests/e2e/test_run.py", "V29": "with V23", "V32": "with V10",
    "V34": "tests/e2e/test_provenance.py", "V31": "also tests/conformance/test_git_oracle.py",
}


def judge(mutant, folder):
    arguments, where = mutant.command(folder)
    done = subprocess.run([GATE, *arguments], cwd=where, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    keys, forge = tmp_path_factory.mktemp("keys"), tmp_path_factory.mktemp("forge")
    return [*mutation_forms.all_forms(keys), *mutation_git_forms.all_forms(forge)]


@pytest.fixture(scope="module")
def counts(forms, tmp_path_factory):
    """Judges every mutant; numbers by form and row. What it broke must have been whole."""
    folder = tmp_path_factory.mktemp("mutants")
    table, passed = {}, []
    for form in forms:
        status, text = judge(form.sample, folder)
        assert status == 0, f"{form.name} is no good sample: {text}"
        table[form.name] = {}
        for row, mutants in form.rows.items():
            number = 0
            for number, mutant in enumerate(mutants(form.sample), 1):
                status, text = judge(mutant, folder)
                # Refused, or could not be looked at: both hold the pipeline. Anything else is a crash or a pass.
                if status not in (1, 3):
                    passed.append(f"{form.name} {row} #{number}: {status} {text}")
            assert number, f"{row} applies to nothing of {form.name}"
            table[form.name][row] = number
    assert not passed, "\n".join(passed)
    return table


def bundle_counts():
    """The bundles' mutants are judged in test_sigstore_mutations.py; here they are counted."""
    counts = {}
    for name, mutants in bundles.ROWS.items():
        number = sum(sum(1 for _ in mutants(case)) for case in bundles.CASES)
        counts[name.split(",")[0]] = number
    return counts


def rendered(table):
    lines = ["# Mutations", "",
             "How many mutants of each form were refused, by the row of past verifiers' faults that they repeat. Written by",
             "tests/conformance/test_mutations.py; the bundles' by test_sigstore_mutations.py, over 27 bundles.", "",
             "| | " + " | ".join(table) + " | elsewhere |", "|---|" + "---:|" * len(table) + "---|"]
    for row in ROWS:
        cells = [str(counts.get(row, "")) for counts in table.values()]
        lines.append(f"| {row} | " + " | ".join(cells) + f" | {ELSEWHERE.get(row, '')} |")
    totals = [sum(counts.values()) for counts in table.values()]
    lines.append("| **all** | " + " | ".join(str(total) for total in totals) + f" | {sum(totals)} in all |")
    return "\n".join(lines) + "\n"


def column_of_bundles():
    """As the document has it: where the data is not here, the bundles cannot be counted."""
    rows = [line.split("|") for line in TABLE.read_text(encoding="utf-8").splitlines() if re.match(r"\| (V\d+ )?\|", line)]
    at = [cell.strip() for cell in rows[0]].index(BUNDLES)
    return {row[1].strip(): int(row[at]) for row in rows[1:] if row[at].strip()}


def test_none_is_accepted_and_the_table_is_current(counts):
    table = {BUNDLES: bundle_counts() if bundles.CASES else column_of_bundles(), **counts}
    text = rendered(table)
    print("\n" + text)
    if os.environ.get("GATE_UPDATE_GOLDEN"):
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == text


def test_each_row_is_shown_somewhere(counts):
    covered = {row for rows in counts.values() for row in rows} | {name for row in bundles.ROWS for name in row.split(", ")}
    assert not [row for row in ROWS if row not in covered and row not in ELSEWHERE]
