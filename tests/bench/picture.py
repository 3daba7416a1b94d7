#!/usr/bin/env python3
"""Draws the README's pictures of a failing and a passing run, from real runs of the gate named by the variable GATE.

    GATE=build/release/gate python3 tests/bench/picture.py
"""

import html
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
import green  # noqa: E402

COLOURS = {"30": "#57606a", "31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "34": "#79c0ff", "35": "#d2a8ff",
           "36": "#56d4dd", "90": "#8b949e"}
CELL, LINE = 8.4, 19


def spans(line):
    """(text, colour, bold) pieces of a line with SGR sequences."""
    colour, bold = None, False
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        match = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if not match:
            if part:
                yield part, colour, bold
            continue
        for code in (match[1] or "0").split(";"):
            if code in ("", "0"):
                colour, bold = None, False
            elif code == "1":
                bold = True
            elif code in COLOURS:
                colour = COLOURS[code]


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def picture(command, output):
    lines = [f"$ {command}", *output.rstrip("\n").split("\n")]
    columns = max(width(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)
    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{columns * CELL + 32:.0f}" height="{len(lines) * LINE + 28}" '
           'font-family="ui-monospace,Menlo,Consolas,monospace" font-size="14">',
           '<rect width="100%" height="100%" rx="8" fill="#0d1117"/>']
    for row, line in enumerate(lines):
        column = 0
        for text, colour, bold in spans(line):
            fill = colour or "#e6edf3"
            weight = ' font-weight="bold"' if bold else ""
            svg.append(f'<text x="{16 + column * CELL:.1f}" y="{26 + row * LINE}" fill="{fill}" xml:space="preserve" '
                       f'textLength="{width(text) * CELL:.1f}"{weight}>{html.escape(text)}</text>')
            column += width(text)
    return "\n".join([*svg, "</svg>", ""])


def shown(project):
    done = subprocess.run([green.GATE, "run", "--policy", "gate.yaml", "--color", "always"], cwd=project.root,
                          env=green.CLEAN, capture_output=True)
    return done.stdout.decode()


def main():
    green.GATE = str(pathlib.Path(green.GATE).resolve())
    target = ROOT / "tests/bench/pictures"
    with tempfile.TemporaryDirectory() as folder:
        project = green.make(folder)
        (target / "pass.svg").write_text(picture("gate run", shown(project)))
        project.write("src/main.c", green.SOURCE.replace("return", "extern char *gets(char *);\n  gets(name);\n  return"))
        project.commit("Read the name from the user", sign=False)
        report = (project.root / "out/trivy.json").read_text().replace('"LOW"', '"CRITICAL"')
        project.write("out/trivy.json", report)
        (target / "fail.svg").write_text(picture("gate run", shown(project)))


if __name__ == "__main__":
    main()
