#!/usr/bin/env python3
"""Real C and C++ code with its compile databases: what the benchmarks measure on.

    tests/bench/real_code.py [redis curl nginx git yaml-cpp protobuf rocksdb]

The distribution's source packages are fetched into GATE_BENCH_CACHE (default: build/bench), patched as the distribution
builds them, and configured; nothing is compiled. `make` runs with a compiler that only notes its arguments and makes
empty outputs, so that generated headers are there and a compile database comes out in seconds. Prints where each is.

Needs dpkg-dev, cmake, and the headers that the projects include: libssl-dev zlib1g-dev libpcre2-dev libexpat1-dev
libcurl4-openssl-dev.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("GATE_BENCH_CACHE", ROOT / "build" / "bench")).resolve()
CMAKE = "cmake -S {source} -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DCMAKE_BUILD_TYPE=Release"

# A compiler that compiles nothing. It answers questions (-v, -print-…, --version, -E) like the real one.
RECORDER = r'''#!/usr/bin/python3
import json, os, sys
arguments = sys.argv[1:]
real = {real!r}
sources = [a for a in arguments if a.endswith((".c", ".cc", ".cpp", ".cxx")) and not a.startswith("-")]
if not sources or "-c" not in arguments:
    output = arguments[arguments.index("-o") + 1] if "-o" in arguments else None
    if output is None or any(a in ("-E", "-v", "--version", "-S", "-dM") or a.startswith("-print") for a in arguments):
        os.execv(real, [real] + arguments)
    if sources or any(a.endswith((".a", ".o", ".lo")) for a in arguments):
        with open(output, "w") as file:
            file.write("#!/bin/true\n")
        os.chmod(output, 0o755)
        sys.exit(0)
    os.execv(real, [real] + arguments)
for source in sources:
    entry = {{"directory": os.getcwd(), "file": source, "arguments": [real] + arguments}}
    with open({log!r}, "a") as file:
        file.write(json.dumps(entry) + "\n")
    name = arguments[arguments.index("-o") + 1] if "-o" in arguments else os.path.splitext(os.path.basename(source))[0] + ".o"
    open(name, "w").close()
'''

# name: source package, what is run in its folder, and where the database lies; {make} is make with the recorder.
PROJECTS = {
    "redis": ("redis", ["{make} -k MALLOC=libc BUILD_TLS=no"], "compile_commands.json"),
    "curl": ("curl", [CMAKE.format(source=".") + " -DCURL_USE_OPENSSL=ON -DBUILD_CURL_EXE=ON -DCURL_USE_LIBSSH2=OFF"
                      " -DUSE_LIBIDN2=OFF -DCURL_USE_LIBPSL=OFF -DCURL_DISABLE_LDAP=ON"
                      " -DBUILD_TESTING=OFF -DBUILD_STATIC_LIBS=OFF"], "build/compile_commands.json"),
    "nginx": ("nginx", ["sh ./configure --with-http_ssl_module --with-http_v2_module --with-stream --with-mail",
                        "{make} -k"], "compile_commands.json"),
    "git": ("git", ["{make} -k NO_TCLTK=1 NO_GETTEXT=1 NO_PERL=1 NO_PYTHON=1"], "compile_commands.json"),
    "yaml-cpp": ("yaml-cpp", [CMAKE.format(source=".") + " -DYAML_CPP_BUILD_TESTS=OFF"], "build/compile_commands.json"),
    "protobuf": ("protobuf", [CMAKE.format(source="{cmake_source}") + " -Dprotobuf_BUILD_TESTS=OFF"],
                 "build/compile_commands.json"),
    "rocksdb": ("rocksdb", [CMAKE.format(source=".") + " -DWITH_GFLAGS=OFF -DWITH_TESTS=OFF -DWITH_BENCHMARK_TOOLS=OFF"
                            " -DFAIL_ON_WARNINGS=OFF -DROCKSDB_BUILD_SHARED=OFF"], "build/compile_commands.json"),
}


def run(command, folder=None, **options):
    return subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, **options)


def fetch(package, into=None):
    """The unpacked source package. The machine's own archives serve it; deb-src lines for them are made up for the moment."""
    folder = CACHE / (into or package)
    found = [path for path in folder.glob("*") if path.is_dir()]
    if found:
        return found[0]
    folder.mkdir(parents=True, exist_ok=True)
    archives = run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Identifier: Packages"], check=True)
    with tempfile.TemporaryDirectory() as state:
        lines = sorted({f"deb-src {line}" for line in archives.stdout.splitlines() if line.endswith(" main")})
        (Path(state) / "sources.list").write_text("\n".join(lines) + "\n")
        (Path(state) / "lists" / "partial").mkdir(parents=True)
        options = ["-o", f"Dir::Etc::SourceList={state}/sources.list", "-o", "Dir::Etc::SourceParts=/dev/null",
                   "-o", f"Dir::State::Lists={state}/lists", "-o", "APT::Sandbox::User=root"]
        run(["apt-get", *options, "update"], check=True)
        # The newest version may have left the archive; then the one of the release itself serves.
        suites = sorted({line.split()[1] for line in archives.stdout.splitlines()})
        for wanted in [package] + [f"{package}/{suite}" for suite in suites]:
            done = run(["apt-get", *options, "source", wanted], folder)
            if done.returncode == 0:
                break
        else:
            sys.exit(f"apt-get source {package}: {done.stderr}")
    unpacked = next(path for path in folder.glob("*") if path.is_dir())
    run(["git", "init", "-q"], unpacked, check=True)  # the project's root is here, also inside another repository
    return unpacked


def recorded_make(folder, command):
    """`command` with its {make} run by the recorder; the notes become compile_commands.json."""
    with tempfile.TemporaryDirectory() as tools:
        log = Path(tools) / "log"
        for name, real in (("cc", "/usr/bin/gcc"), ("c++", "/usr/bin/g++")):
            tool = Path(tools) / name
            tool.write_text(RECORDER.format(real=real, log=str(log)))
            tool.chmod(0o755)
        make = f"make -j2 CC={tools}/cc CXX={tools}/c++ LINK={tools}/cc"
        done = run(shlex.split(command.format(make=make)), folder)
        (folder / "build.log").write_text(done.stdout + done.stderr)
        entries = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    # Programs that a make file writes, compiles to try the compiler, and deletes are no units.
    entries = [e for e in entries if (Path(e["directory"]) / e["file"]).is_file()]
    unique = {(e["directory"], e["file"], tuple(e["arguments"])): e for e in entries}
    (folder / "compile_commands.json").write_text(json.dumps([unique[key] for key in sorted(unique)], indent=1))


def project(name):
    """(folder, path of the compile database), fetched and configured where that was not done yet."""
    package, commands, database = PROJECTS[name]
    folder = fetch(package, name)
    if not (folder / database).exists():
        source = "cmake" if (folder / "cmake" / "CMakeLists.txt").exists() else "."
        for command in commands:
            if "{make}" in command:
                recorded_make(folder, command)
            else:
                done = run(shlex.split(command.format(cmake_source=source)), folder)
                if done.returncode != 0:
                    sys.exit(f"{name}: {command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    if not json.loads((folder / database).read_text()):
        sys.exit(f"{name}: no compile commands; see {folder}/build.log")
    return folder, folder / database


def main():
    for name in sys.argv[1:] or PROJECTS:
        folder, database = project(name)
        print(f"{name:10} {len(json.loads(database.read_text())):4} entries  {database}")


if __name__ == "__main__":
    main()
