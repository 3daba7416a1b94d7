"""The torture corpus: one file a construct, with what gate has to report beside the lines. Shared by the suite and the bench.

    strcpy(d, s);              // use: strcpy call            a use of this kind; its column is that of the name
    strcpy(d, strcpy(d, s));   // use: strcpy call:3, strcpy call:13          columns said, where the name stands often
    COPY(d, s);                // use: strcpy call through COPY     at the outermost macro that the user wrote; COPY holds the name
    cpy(d, s);                 // use@-1: strcpy call:3             the place is a line above
    asm("call strcpy");        // use: strcpy address         any column: that of the name or of its text; ':*' asks for this elsewhere
    shared(d);                 // use: strcpy call units=2          two units see the place
    f(d);                      // use: strcpy seen            any kind: the unit is broken, and the name may not be lost
    #define COPY(d, s) strcpy(d, s)  // body: strcpy          where uses that come through a macro are spelled

A line without a comment has no use. 'maybe' behind a use: allowed, not asked for. Text that names a function (assembly, dlsym,
an alias) counts as its address. 'flags: …' in a comment: the unit's flags, one compilation for each such line. A first line with
'Not a unit' is a part of another file; with 'problem:' a unit that has to be named as not seen in full; with 'problem, perhaps:' a unit
whose tokens tell enough, so that nobody may notice its error.
"""
import collections
import json
import re
import shlex
import shutil
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "torture"
POLICY = CORPUS / "policy.yaml"

Use = collections.namedtuple("Use", "file line column name kind macro units")
Body = collections.namedtuple("Body", "file line name")

MARK = re.compile(r"(?://|/\*)\s*(use|body)(?:@(-\d+))?:\s*(.*?)\s*(?:\*/)?$")
ITEM = re.compile(r"(?P<name>\S+) (?P<kind>call|address|seen)(?::(?P<column>\d+|\*))?(?: through (?P<macro>\w+))?"
                  r"(?: units=(?P<units>\d+))?(?P<maybe> maybe)?$")
MESSAGE = re.compile(r"(?P<kind>call of|address taken of|in a unit that was not read in full:) (?P<name>\S+)"
                     r"(?: \(written (?P<written>.+?)\))?"
                     r"(?: through macro (?P<macro>\w+)(?: \((?P<file>[^()]+):(?P<line>\d+):(?P<column>\d+)\))?)?"
                     r"(?: \[seen by (?P<units>\d+) units\])?$")
KINDS = {"call of": "call", "address taken of": "address", "in a unit that was not read in full:": "unclassified"}


def sources(kinds=("c", "cpp")):
    """The units of the corpus, relative to the project."""
    project = CORPUS / "project"
    found = sorted(path.relative_to(project) for kind in kinds for path in (project / kind).glob("*.c*"))
    return [path for path in found if "Not a unit" not in first_line(project / path)]


def read(path):
    """The text of a source with one character a byte, since columns count bytes."""
    return path.read_text(encoding="latin-1")


def first_line(path):
    return read(path).split("\n", 1)[0]


def tokens_may_do(path):
    return first_line(path).startswith("// problem, perhaps:")


def flag_sets(path):
    """The flags of each compilation of a source."""
    return re.findall(r"(?m)^(?:/\*|//) flags: (.*?)(?: \*/)?$", read(path)) or [""]


def make_project(folder, kinds=("c", "cpp")):
    """A copy of the corpus under `folder`: project/ with its compile database and policy, and system/ outside of it."""
    project = folder / "project"
    shutil.copytree(CORPUS / "project", project)
    shutil.copytree(CORPUS / "system", folder / "system")
    shutil.copy(POLICY, project / "policy.yaml")
    database = []
    for source in sources(kinds):
        cxx = source.suffix == ".cpp"
        for flags in flag_sets(project / source):
            standard = "-std=c++20" if cxx else "-std=gnu17"
            database.append({"directory": str(project), "file": str(source), "arguments": [
                "c++" if cxx else "cc", standard, "-Iinclude", "-isystem", str(folder / "system"), *split_flags(flags), "-c", str(source)]})
    (project / "compile_commands.json").write_text(json.dumps(database, indent=1))
    return project


def split_flags(flags):
    words = shlex.shlex(flags, posix=True, punctuation_chars=False)
    words.whitespace_split, words.commenters = True, ""
    return list(words)


def words_at(text, word):
    return [match.start() + 1 for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def expectations(project, file):
    """(uses asked for, uses allowed, bodies) of a file."""
    asked, allowed, bodies = [], [], []
    lines = read(project / file).split("\n")
    for number, text in enumerate(lines, 1):
        mark = MARK.search(text)
        if not mark:
            continue
        line = number + int(mark.group(2) or 0)
        code = lines[line - 1]
        if line == number:
            code = text[:mark.start()]
        for item in mark.group(3).split(", "):
            if mark.group(1) == "body":
                bodies.append(Body(str(file), line, item))
                continue
            parsed = ITEM.match(item)
            assert parsed, f"{file}:{number}: '{item}' is no expectation"
            macro = parsed["macro"] or ""
            if parsed["column"]:
                column = 0 if parsed["column"] == "*" else int(parsed["column"])
            else:
                places = words_at(code, macro or parsed["name"].split("::")[-1])
                assert len(places) < 2, f"{file}:{number}: the column of '{item}' must be said"
                column = places[0] if places and code[:places[0]].count('"') % 2 == 0 else 0
            use = Use(str(file), line, column, parsed["name"], parsed["kind"], macro, int(parsed["units"] or 1))
            (allowed if parsed["maybe"] else asked).append(use)
    return asked, allowed, bodies


def findings(sarif):
    """(uses, bodies) in a SARIF report of gate."""
    uses, bodies = [], set()
    for result in sarif["runs"][0]["results"]:
        if result["kind"] == "open":  # the rule as a whole was not checked: no use
            continue
        place = result["locations"][0]["physicalLocation"]
        file, region = place["artifactLocation"]["uri"], place.get("region", {})
        message = MESSAGE.match(result["message"]["text"])
        assert message, f"{file}: {result['message']['text']}"
        uses.append(Use(file, region.get("startLine", 0), region.get("startColumn", 0), message["name"],
                        KINDS[message["kind"]], message["macro"] or "", int(message["units"] or 1)))
        if message["file"]:
            bodies.add(Body(message["file"], int(message["line"]), message["name"]))
    return uses, bodies


def fits(asked, found):
    return (asked.file, asked.line, asked.name, asked.macro, asked.units) == \
        (found.file, found.line, found.name, found.macro, found.units) and \
        asked.kind in (found.kind, "seen") and asked.column in (found.column, 0)


def compare(asked, allowed, found):
    """(missing, false): what was asked for and not found, what was found and not asked for."""
    rest, missing = list(found), []
    for use in sorted(asked, key=lambda use: use.column == 0):  # those that fit one place only choose first
        match = next((other for other in rest if fits(use, other)), None)
        if match:
            rest.remove(match)
        else:
            missing.append(use)
    return missing, [use for use in rest if not any(fits(may, use) for may in allowed)]


def in_words(use):
    through = f" through {use.macro}" if use.macro else ""
    return f"{use.file}:{use.line}:{use.column}: {use.name} {use.kind}{through} units={use.units}"
