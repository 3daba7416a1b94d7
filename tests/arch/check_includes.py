#!/usr/bin/env python3
"""Holds every #include of the tree to the architecture: includes go down, guests stay in their folder."""

import re
import sys
from pathlib import Path

# Lowest first. A unit includes itself and what stands in a line above it; units of one line never see each other.
LAYERS = [
    ["core"],
    ["model"],
    ["json", "xml", "crypto"],
    ["sigstore"],
    ["policy", "evidence", "host", "rules", "formats", "attest", "git", "cpp", "ci"],
    ["app"],
    ["main"],
]
FOLDERS = {
    "gate/core": "core", "gate/model": "model", "gate/json": "json", "gate/xml": "xml", "gate/crypto": "crypto", "gate/sigstore": "sigstore",
    "gate/policy": "policy",
    "gate/evidence": "evidence", "gate/host": "host", "gate/app": "app", "rules": "rules",
    "adapters/formats": "formats", "adapters/attest": "attest", "adapters/git": "git", "adapters/cpp": "cpp",
    "adapters/ci": "ci",
}
TABLES = {  # tables of contents, and who may expand them
    "adapters/adapters.def": {"formats", "attest", "git", "cpp", "ci"},
    "adapters/attest/carriers/readers.def": {"attest"}, "adapters/attest/detached/detached.def": {"attest"},
    "rules/rules.def": {"rules"},
}
# Guests, by the start of their headers' names: the units that may open the door. A header that lets a guest in, itself
# or through another, is private to its unit.
NOT_LOW = {unit for layer in LAYERS[1:] for unit in layer}
GUESTS = {
    "yaml.h": {"policy"}, "boost/json": {"json"}, "boost/process": {"host"}, "openssl/": {"crypto"},
    "sodium": {"crypto"}, "expat": {"xml"}, "git2": {"git"}, "rnp": {"git"},
    "clang/": {"cpp"}, "clang-c/": {"cpp"}, "llvm/": {"cpp"}, "llvm-c/": {"cpp"}, "CLI/": {"app"}, "fmt/": NOT_LOW,
}
# The machine: files, processes, threads. Everyone else gets bytes and gives bytes.
MACHINE = {"host", "git", "cpp", "app", "main"}
MACHINE_HEADERS = {
    "filesystem", "fstream", "iostream", "thread", "future", "csignal", "random", "dirent.h", "dlfcn.h", "fcntl.h",
    "glob.h", "link.h", "poll.h", "pthread.h", "pwd.h", "sched.h", "signal.h", "spawn.h", "string.h", "termios.h", "time.h", "unistd.h",
}
MACHINE_FOLDERS = ("sys/", "linux/")
# The C++ adapter talks to its own child processes over socketpair(2), which reaches no network.
LOCAL_SOCKETS = {"cpp": "sys/socket.h"}
NETWORK = ("sys/socket.h", "sys/un.h", "netdb.h", "netinet/", "arpa/", "net/", "boost/asio", "boost/beast", "curl/")

SOURCES = {".h", ".hpp", ".hh", ".inc", ".inl", ".def", ".c", ".cc", ".cpp", ".cxx"}
VISIBLE = {
    "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "action.yml", "gate", "rules", "adapters",
    "policies", "tests",
    "build",  # made, and not kept
}

INCLUDE = re.compile(r"^\s*(?:#|%:)\s*(?:include|include_next|import)\b\s*(.*)$")
TARGET = re.compile(r'<([^>]+)>|"([^"]+)"')
INTERNET = re.compile(r"\b(?:AF_INET6?|PF_INET6?|sockaddr_in6?)\b")
FORGE = re.compile(r"\bFactForge\b")
FORGE_HOME = "gate/core/fact.h"


def unit_of(path):
    """The unit that a path from the root belongs to, or None."""
    if path == "gate/main.cpp":
        return "main"
    for folder, unit in FOLDERS.items():
        if path.startswith(folder + "/"):
            return unit
    return None


def level(unit):
    return next(i for i, layer in enumerate(LAYERS) if unit in layer)


def judge_own(unit, target):
    """Why a unit may not include a file of ours; None if it may."""
    if target in TABLES:
        return None if unit in TABLES[target] else f"{unit} may not expand {target}"
    other = unit_of(target)
    if other is None:
        return f'"{target}" is no path from the root'
    if other == unit or level(other) < level(unit):
        return None
    if level(other) == level(unit):
        return f"{unit} and {other} are siblings and never see each other"
    return f"{unit} may not look up to {other}"


def judge_foreign(unit, target):
    """Why a unit may not include a header from outside; None if it may."""
    if target.startswith(NETWORK) and LOCAL_SOCKETS.get(unit) != target:
        return f"<{target}> opens sockets, and nothing here does"
    for start, owners in GUESTS.items():
        if target.startswith(start):
            if unit not in owners:
                hosts = "others" if len(owners) > 3 else ", ".join(sorted(owners))
                return f"<{target}> is a guest of {hosts}, not of {unit}"
            return None
    if target in MACHINE_HEADERS or target.startswith(MACHINE_FOLDERS):
        return None if unit in MACHINE else f"{unit} is pure and may not include <{target}>"
    # The standard library's headers have neither a folder nor an ending.
    return f"<{target}> is no header that this project knows" if re.search(r"[./]", target) else None


def judge_line(unit, rest):
    found = TARGET.match(rest)
    if not found:
        return "the name of an included file must be written out"
    foreign, own = found.groups()
    return judge_own(unit, own) if own else judge_foreign(unit, foreign)


def lines_of(text):
    """(number, line), with continued lines joined and numbered by their first."""
    number, pending, first = 0, "", 1
    for raw in text.splitlines():
        number += 1
        if not pending:
            first = number
        if raw.endswith("\\"):
            pending += raw[:-1]
            continue
        yield first, pending + raw
        pending = ""
    if pending:
        yield first, pending


def check_file(root, file):
    path = file.relative_to(root).as_posix()
    unit = unit_of(path)
    tables = path in TABLES
    for number, line in lines_of(file.read_text(encoding="utf-8")):
        include = INCLUDE.match(line)
        if include:
            why = f"{path} belongs to no unit" if unit is None or tables else judge_line(unit, include.group(1))
            if why:
                yield f"{path}:{number}: {why}"
        if INTERNET.search(line):
            yield f"{path}:{number}: nothing here opens a socket to the network"
        if FORGE.search(line) and path != FORGE_HOME:
            yield f"{path}:{number}: only tests may make facts without verifying (FactForge)"


def includes_of(file):
    """(number, foreign name or None, own path or None) of each #include."""
    for number, line in lines_of(file.read_text(encoding="utf-8")):
        include = INCLUDE.match(line)
        found = include and TARGET.match(include.group(1))
        if found:
            yield number, *found.groups()


def check_doors(root, files):
    """Other units see no header that has a guest in it."""
    includes = {file.relative_to(root).as_posix(): list(includes_of(file)) for file in files}
    guests = {path: {start for _, foreign, _ in found for start in GUESTS if foreign and foreign.startswith(start)}
              for path, found in includes.items() if not path.endswith(".cpp")}
    grown = True
    while grown:
        grown = False
        for path, has in guests.items():
            through = set().union(*(guests.get(own, set()) for _, _, own in includes[path] if own)) - has
            if through:
                has |= through
                grown = True
    for path, found in includes.items():
        for number, _, own in found:
            strangers = sorted(g for g in guests.get(own, ()) if unit_of(path) not in GUESTS[g])
            if strangers:
                yield f"{path}:{number}: {own} has <{strangers[0]}…> in it, a guest of {unit_of(own)} alone"


def check(root):
    """All violations, in the order of the files."""
    root = Path(root)
    violations = []
    for entry in sorted(root.iterdir()):
        if not entry.name.startswith(".") and entry.name not in VISIBLE:
            violations.append(f"{entry.name}:1: the top level is fixed; move this below one of its folders")
    files = []
    for top in ("gate", "rules", "adapters"):
        for file in sorted((root / top).rglob("*")):
            if file.is_file() and file.suffix in SOURCES:
                files.append(file)
                violations.extend(check_file(root, file))
    violations.extend(check_doors(root, files))
    if not files:
        violations.append("gate:1: no source was found, so nothing was checked")
    return violations


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    violations = check(root)
    for violation in violations:
        print(violation)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
