"""Hostile sources and compile databases, each with what gate has to make of it.

    refused   not seen in full: the unit is named, the exit status is 3; or 1, where a use in it can be seen all the same
    found     the use of strcpy in it is found and nothing else is wrong: exit status 1
    named     the use is found, and the unit is named as not seen in full: exit status 1
    guarded   refused or found or both: what a compiler can bear differs, what is never allowed is a pass
    clean     legal and harmless, with nothing banned: exit status 0

A runaway takes the time that it is given, or all but.
"""
import hashlib
import json
import os
import re
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

FOLDER = Path(__file__).resolve().parent / "hostile"
COPY = b"#include <string.h>\nvoid f(char *d) { strcpy(d, d); }\n"
CLEAN = b"int clean(void) { return 0; }\n"


@dataclass
class Case:
    name: str
    expect: str
    unit: str = "a.c"                                    # what a problem has to name; empty: the database
    files: dict = field(default_factory=dict)            # path → bytes, or what makes them
    prepare: Callable = lambda root: None                # what is no plain file
    arguments: list = field(default_factory=list)        # between the compiler and the source; {root}, {out}, {evil} are filled in
    command: str = ""                                    # instead of the arguments, as a shell would read it
    database: Callable = None                            # root → bytes of a whole compile database
    runaway: bool = False

    @property
    def folder(self):
        """A folder's name, unlike any other case's."""
        return re.sub(r"\W+", "_", self.name).strip("_") + "." + hashlib.sha256(self.name.encode()).hexdigest()[:6]


def entry(root, unit, arguments=()):
    return {"directory": str(root), "file": unit, "arguments": ["cc", *arguments, "-c", unit]}


# --- sources -----------------------------------------------------------------------------------------------------------

def written():
    """The sources under hostile/: their first lines say what is expected."""
    for path in sorted(FOLDER.glob("[!.]*.c*")):
        text = path.read_text(encoding="latin-1")
        flags = re.search(r"(?m)^// flags: (.*)$", text)
        files = {other.name: other.read_bytes() for other in [path, *FOLDER.glob("*.h")]}
        expect, runaway = re.search(r"(?m)^// expect: (\w+)(, a runaway)?\.", text).groups()
        yield Case(path.name, expect, path.name, files, arguments=flags.group(1).split() if flags else [], runaway=bool(runaway))


def deep(n):
    """Sources that descend n levels. Each has a use, so that none may pass."""
    use = "#include <string.h>\nvoid use(char *d) { strcpy(d, d); }\n"
    c = {
        "parentheses": lambda: f"int f(void) {{ return {'(' * n}1{')' * n}; }}",
        "open parentheses": lambda: f"int a = {'(' * n}",
        "blocks": lambda: f"void f(void) {'{' * n}{'}' * n}",
        "open blocks": lambda: f"void f(void) {'{' * n}",
        "initialisers": lambda: f"int a[] = {'{' * n}1{'}' * n};",
        "declarators": lambda: f"int {'(' * n}a{')' * n};",
        "pointers": lambda: f"int {'*' * n}a;",
        "arrays": lambda: f"extern int a{'[1]' * n};",
        "functions": lambda: f"int {'(*' * n}a{')(void)' * n};",
        "signs": lambda: f"int f(int a) {{ return {'- ' * n}a; }}",
        "negations": lambda: f"int f(int a) {{ return {'!' * n}a; }}",
        "casts": lambda: f"int f(int a) {{ return {'(int)' * n}a; }}",
        "indices": lambda: f"int f(int *a) {{ return {'a[' * n}0{']' * n}; }}",
        "calls": lambda: f"int g(int); int f(int a) {{ return {'g(' * n}a{')' * n}; }}",
        "conditionals": lambda: f"int f(int a) {{ return {'a ? a : ' * n}a; }}",
        "sums": lambda: f"int f(int a) {{ return {'a + ' * n}a; }}",
        "commas": lambda: f"int f(int a) {{ return {'a, ' * n}a; }}",
        "assignments": lambda: f"int f(int a) {{ return {'a = ' * n}a; }}",
        "branches": lambda: f"int f(int a) {{ {'if (a) a++; else ' * n}a--; return a; }}",
        "loops": lambda: f"int f(int a) {{ {'while (a) ' * n}a--; return a; }}",
        "labels": lambda: "int f(int a) { " + "".join(f"l{i}: " for i in range(n)) + "return a; }",
        "cases": lambda: "int f(int a) { switch (a) { " + "".join(f"case {i}: " for i in range(n)) + "return a; } return 0; }",
        "structures": lambda: "struct { " * n + "int a; " + "} s; " * n,
        "statement expressions": lambda: f"int f(int a) {{ return {'({ ' * n}a;{' });' * n} }}",
        "conditions": lambda: "#if 1\n" * n + "#endif\n" * n,
        "dead conditions": lambda: "#if 0\n" + "#if 1\n" * n + "#endif\n" * n + "#endif\n",
        "condition parentheses": lambda: f"#if {'(' * n}1{')' * n}\nint a;\n#endif",
        "condition operators": lambda: f"#if {'1 ? 1 : ' * n}1\nint a;\n#endif",
        "macro calls": lambda: f"#define M(x) x\nint a = {'M(' * n}1{')' * n};",
        "typeof": lambda: f"int a; {'__typeof__(' * n}a{')' * n} b;",
        "sizeof": lambda: f"int f(int a) {{ return {'sizeof(' * n}a{')' * n}; }}",
        "attributes": lambda: f"int a {'__attribute__((aligned(sizeof(int ' * n}",
        "generic selections": lambda: f"int f(int a) {{ return {'_Generic(a, int: ' * n}a{')' * n}; }}",
    }
    cxx = {
        "template arguments": lambda: f"template <class T> struct A {{}}; {'A<' * n}int{'>' * n} a;",
        "namespaces": lambda: f"{'namespace a { ' * n}{'}' * n}",
        "qualifiers": lambda: f"namespace a {{}} int b = {'a::' * n}c;",
        "lambdas": lambda: f"auto a = {'[]{ return ' * n}1{'; }' * n};",
        "classes": lambda: f"{'struct A { ' * n}{'};' * n}",
        "members of calls": lambda: f"struct A {{ A &g(); }}; A &f(A &a) {{ return a{'.g()' * n}; }}",
        "handlers": lambda: f"void f() {{ {'try { ' * n}{'} catch (...) {}' * n} }}",
        "parameter lists": lambda: f"void f({'int (*)(' * n}{')' * n});",
        "linkage": lambda: 'extern "C" { ' * n + "}" * n,
        "template headers": lambda: "template <template <class> class T> struct B; " + "template <class T> " * n + "struct A;",
        "requirements": lambda: f"template <class T> concept C = {'requires { requires ' * n}true{'; }' * n};",
        "decltypes": lambda: f"int a; {'decltype(' * n}a{')' * n} b;",
        "bases": lambda: "struct A0 {};\n" + "".join(f"struct A{i + 1} : A{i} {{}};\n" for i in range(min(n, 20000))) + "void g(A0 &);",
    }
    slow = {"arrays", "branches", "loops", "macro calls", "members of calls"}
    for language, sources in ((".c", c), (".cpp", cxx)):
        for what, text in sources.items():
            name = "deep_" + what.replace(" ", "_") + language
            yield Case(name, "guarded", name, {name: lambda text=text: (use + text() + "\n").encode()}, runaway=what in slow)


def laughs(levels, fan):
    return "#define L0 x\n" + "".join(f"#define L{i} {' '.join([f'L{i - 1}'] * fan)}\n" for i in range(1, levels + 1))


def large():
    """Sources of absurd sizes."""
    mega = 1 << 20
    use = COPY.decode()
    sources = {
        "laughs.c": ("guarded", lambda: use + laughs(10, 10) + "int a = L10;\n"),
        "laughs_in_condition.c": ("guarded", lambda: use + laughs(10, 10) + "#if L10\nint a;\n#endif\nchar *(*copy)(char *, const char *) = strcpy;\n"),
        "laughs_as_text.c": ("guarded", lambda: use + laughs(10, 10) + "#define S(a) T(a)\n#define T(a) #a\nconst char *a = S(L10);\nchar *(*copy)(char *, const char *) = strcpy;\n"),
        "laughs_as_arguments.c": ("guarded", lambda: use + "#define A0(x) x, x\n" + "".join(f"#define A{i}(x) A{i - 1}(x), A{i - 1}(x)\n" for i in range(1, 33))
                                  + "int a[] = {A32(1)};\nchar *(*copy)(char *, const char *) = strcpy;\n"),
        "long_string.c": ("found", lambda: use + 'const char a[] = "' + "x" * (16 * mega) + '";\n'),
        "long_comment.c": ("found", lambda: use + "/*" + "*" * (32 * mega) + "*/\n"),
        "long_line.c": ("found", lambda: "#include <string.h>\nvoid f(char *d) { " + " " * (32 * mega) + "strcpy(d, d); }\n"),
        "long_name.c": ("found", lambda: use + "int " + "a" * (8 * mega) + ";\n"),
        "long_number.c": ("guarded", lambda: use + "int a = " + "1" * mega + ";\n"),
        "long_character.c": ("guarded", lambda: use + "int a = '" + "x" * mega + "';\n"),
        "long_macro.c": ("found", lambda: use + "#define M " + "x " * (4 * mega) + "\n"),
        "long_include.c": ("refused", lambda: '#include "' + "a/" * (mega // 2) + '.h"\n'),
        "many_lines.c": ("found", lambda: "\n" * (8 * mega) + use),
        "many_splices.c": ("guarded", lambda: "#include <string.h>\nvoid f(char *d) { str" + "\\\n" * mega + "cpy(d, d); }\n"),
        "many_pieces.c": ("found", lambda: use + "const char *a = " + '"x" ' * 200000 + ";\n"),
        "many_macros.c": ("found", lambda: "".join(f"#define M{i} M{i + 1}\n" for i in range(100000)) + use),
        "many_macro_steps.c": ("guarded", lambda: "".join(f"#define M{i} M{i + 1}\n" for i in range(100000)) + use + "int M0;\n"),
        "many_pastes.c": ("guarded", lambda: use + "#define P a" + "##a" * 20000 + "\nint P;\n"),
        "many_parameters.c": ("found", lambda: use + "#define M(" + ",".join(f"p{i}" for i in range(60000)) + ") p59999\n"),
        "many_declarations.c": ("found", lambda: use + "".join(f"int a{i};\n" for i in range(100000))),
        "many_errors.c": ("guarded", lambda: use + "int f(void) { " + "x;" * 100000 + " }\n"),
        "many_uses.c": ("found", lambda: "#include <string.h>\nvoid f(char *d) {\n" + "strcpy(d, d);\n" * 2000 + "}\n"),
        "many_includes.c": ("named", lambda: use + "".join(f'#include "none{i}.h"\n' for i in range(2000))),
        "many_pragmas.c": ("found", lambda: use + "#pragma push_macro(\"A\")\n" * 100000),
        "many_overloads.cpp": ("found", lambda: use + "".join(f"void g(int (*)[{i + 1}]);\n" for i in range(1000)) + "void h(int (*a)[7]) { g(a); g(a); }\n"),
    }
    for name, (expect, text) in sources.items():
        yield Case(name, expect, name, {name: lambda text=text: text().encode()},
                   runaway=name in ("laughs.c", "laughs_as_text.c", "laughs_as_arguments.c"))


def bytes_of_sources():
    """Sources whose bytes are odd."""
    sources = {
        "empty.c": ("clean", b""),
        "zeros.c": ("guarded", b"\0" * (1 << 16) + COPY),
        "zero_in_name.c": ("guarded", COPY + b"void g(char *d) { str\0cpy(d, d); }\n"),
        "zero_in_comment.c": ("found", b"// \0 \n" + COPY),
        "zero_before_use.c": ("found", b"#include <string.h>\nvoid f(char *d) { \0 strcpy(d, d); }\n"),
        "zero_in_directive.c": ("guarded", b"#define A\0B\n" + COPY),
        "utf16_little.c": ("refused", b"\xff\xfe" + COPY.decode().encode("utf-16-le")),
        "utf16_big.c": ("refused", b"\xfe\xff" + COPY.decode().encode("utf-16-be")),
        "utf16_without_mark.c": ("refused", COPY.decode().encode("utf-16-le")),
        "utf32.c": ("refused", COPY.decode().encode("utf-32")),
        "utf7_mark.c": ("refused", b"+/v8-" + COPY),
        "marks_repeated.c": ("guarded", b"\xef\xbb\xbf\xef\xbb\xbf" + COPY),
        "invalid_utf8_name.c": ("refused", b"int a\xff\xfe;\n" + COPY.replace(b"strcpy", b"strn\xc3cpy")),
        "invalid_utf8_text.c": ("found", b'const char *a = "\xff\xc3\x28";\n' + COPY),
        "bidirectional.c": ("found", "/* \u202e } \u2066 if (admin) \u2069 \u2066 */\n".encode() + COPY),
        "carriage_returns.c": ("found", b"// a comment that ends here\r" + COPY.replace(b"\n", b"\r")),
        "carriage_return_in_comment.c": ("found", b"#include <string.h>\nvoid f(char *d) { // hidden \r strcpy(d, d); }\n"),
        "mixed_line_ends.c": ("found", b"\n\r\r\n" + COPY.replace(b"\n", b"\n\r")),
        "substitute.c": ("guarded", b"\x1a" + COPY),
        "form_feeds.c": ("found", b"\f\v\f" + COPY.replace(b"{ ", b"{\f\v")),
        "terminal_escapes.c": ("guarded", b"\x1b[2J\x1b]0;x\x07" + COPY),
        "executable.c": ("refused", Path(sys.executable).resolve().read_bytes()[:1 << 20]),
        "random.c": ("refused", bytes((i * 2654435761 >> 13) & 0xff for i in range(1 << 16))),
    }
    for name, (expect, content) in sources.items():
        yield Case(name, expect, name, {name: content})


def listen(path):
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        server.bind(path.name)
    finally:
        os.chdir(here)
    server.close()


def sparse(path, size):
    with open(path, "wb") as file:
        file.write(COPY)
        file.truncate(size)


def no_files():
    """Sources and headers that are no plain files."""
    kinds = {
        "folder": lambda path: path.mkdir(),
        "fifo": os.mkfifo,
        "socket": listen,
        "link_to_itself": lambda path: path.symlink_to(path.name),
        "link_to_nothing": lambda path: path.symlink_to("nothing"),
        "link_to_zero": lambda path: path.symlink_to("/dev/zero"),
        "link_to_terminal": lambda path: path.symlink_to("/dev/tty"),
        "link_ring": lambda path: (path.symlink_to("other"), (path.parent / "other").symlink_to(path.name)),
        "sparse": lambda path: sparse(path, 64 << 30),
    }
    for kind, make in kinds.items():
        yield Case(f"source_{kind}", "refused", prepare=lambda root, make=make: make(root / "a.c"))
        yield Case(f"header_{kind}", "named", files={"a.c": COPY + b'#include "h.h"\n'}, prepare=lambda root, make=make: make(root / "h.h"))
        yield Case(f"forced_header_{kind}", "guarded", files={"a.c": COPY}, prepare=lambda root, make=make: make(root / "h.h"),
                   arguments=["-include", "h.h"])
    yield Case("link_to_source_outside", "found", "a.c", prepare=lambda root: ((root.parent.parent / "outside.c").write_bytes(COPY),
                                                                              (root / "a.c").symlink_to("../../outside.c")))
    yield Case("source_behind_folder_ring", "refused", "ring/ring/none.c", prepare=lambda root: (root / "ring").symlink_to("."))
    yield Case("header_behind_folder_ring", "found", files={"a.c": COPY + f'#include "{"ring/" * 30}h.h"\n'.encode(), "h.h": b""},
               prepare=lambda root: (root / "ring").symlink_to("."))
    yield Case("search_path_is_fifo", "found", files={"a.c": COPY}, prepare=lambda root: os.mkfifo(root / "search"), arguments=["-Isearch"])
    yield Case("precompiled_header_is_fifo", "found", files={"a.c": COPY, "h.h": b""}, prepare=lambda root: os.mkfifo(root / "h.h.gch"),
               arguments=["-include", "h.h"])


# --- command lines -----------------------------------------------------------------------------------------------------

DROPPED = [  # may say nothing about names: passed over, and the use is found
    "-fplugin={evil}", "-fplugin={evil} -fplugin-arg-evil-x=y", "-Xclang -load -Xclang {evil}", "-load {evil}",
    "-Xclang -add-plugin -Xclang evil -Xclang -load -Xclang {evil}", "-fpass-plugin={evil}", "-iplugindir={out}", "-wrapper {program},x", "-B{folder}",
    "-B {folder}", "-specs={out}", "--specs={out}", "-fuse-ld={program}", "--ld-path={program}", "-o {out}", "-o{out}",
    "-MD", "-MMD", "-MF {out}", "-MMD -MF{out}", "-Wp,-MD,{out}", "-Wp,-MMD,{out} -MT x -MQ y", "-MJ {out}", "-Xclang -dependency-file -Xclang {out}",
    "-Xpreprocessor -MF -Xpreprocessor {out}", "-save-temps", "-save-temps=obj", "--save-temps=cwd", "-ftime-trace", "-ftime-trace={out}", "-ftime-report",
    "--serialize-diagnostics {out}", "-serialize-diagnostics {out}", "-Xclang -diagnostic-log-file -Xclang {out}", "-index-store-path {out}",
    "-fmodules-cache-path={out}", "-fcrash-diagnostics-dir={out}", "-gen-reproducer", "-fproc-stat-report={out}", "-fdiagnostics-format=sarif-file",
    "-emit-llvm", "-emit-pch", "-emit-ast", "-Xclang -emit-obj -o {out}", "-S", "-E -dM -o {out}", "-dumpdir {out}", "-dumpbase {out}", "-fdump-tree-all={out}",
    "-aux-info {out}", "-fprofile-generate={out}", "-fprofile-use={out}", "-fprofile-dir={out}", "-ftest-coverage --coverage", "-fstack-usage",
    "-fsave-optimization-record -foptimization-record-file={out}", "-gsplit-dwarf={out}", "-Wl,-o,{out}", "-Wa,-adhln={out}", "-Xlinker -Map={out}",
    "-Xassembler -o -Xassembler {out}", "-mllvm -debug", "-mllvm -time-passes -mllvm -info-output-file={out}", "-v -###", "-print-search-dirs",
    "-fsanitize-blacklist=/dev/zero", "-fsanitize-ignorelist=/dev/zero", "-fdepfile-entry={out}", "-pipe", "-T /dev/zero",
    "-fopenmp -fopenmp-targets=nvptx64", "-fembed-bitcode", "-flto=auto", "-fthinlto-index=/dev/zero",
]
LOUD = [  # may change what is compiled: not followed, and the unit is named
    "--config=/dev/zero", "--config {out}", "-include-pch {out}", "-ivfsoverlay {out}", "-Xclang -ivfsoverlay -Xclang {out}", "-fmodule-file={out}",
    "-fmodule-map-file=/dev/zero", "-fprebuilt-module-path={out}", "--frobnicate={out}", "--output={out}", "--version", "--help", "-Xclang -ast-dump", "--analyze",
    "-iframework /dev/zero", "-D", "-I-", "@missing", "@loop", "@/dev/zero", "@../../outside.rsp",
    "@fifo", "@link", "@deep0", "@folder",
]
KEPT = [  # change what names mean: followed within their caps
    ("-include /dev/zero", "named"), ("-include /dev/stdin", "named"), ("-imacros /dev/zero", "named"), ("-include {out}", "named"),
    ("-I/dev/zero -I/proc/self/fd -I/", "found"), ("-isystem /dev/stdin", "found"), ("--sysroot=/dev/null", "named"), ("--target=none-such", "guarded"),
    ("-std=c++none", "guarded"), ("-x none", "found"), ("-march=none-such", "guarded"), ("-fbracket-depth=4294967295", "found"),
    ("--gcc-toolchain=/dev/zero", "guarded"), ("--driver-mode=cl", "guarded"), ("-finput-charset=UTF-16", "guarded"), ("-traditional-cpp", "guarded"),
]
SHELL = [  # what a shell would run, in a recorded command
    "cc -c a.c; touch {out}", "cc -c a.c && touch {out}", "cc -c a.c | tee {out}", "cc -c $(touch {out}) a.c", "cc -c `touch {out}` a.c",
    "cc -c a.c > {out}", "cc -c a.c\ntouch {out}", "{program} -c a.c", "ccache {program} -c a.c", "env A=b {program} -c a.c",
    "sh -c 'touch {out}' -c a.c", "distcc ccache {program} -c a.c", "cc -DX='$(touch {out})' -c a.c",
]


def response_files(root):
    (root / "loop").write_text("@loop")
    (root / "folder").mkdir()
    os.mkfifo(root / "fifo")
    (root / "link").symlink_to("../../outside.rsp")
    (root.parent.parent / "outside.rsp").write_text("-DOUTSIDE")
    for i in range(20):
        (root / f"deep{i}").write_text(f"@deep{i + 1} @deep{i + 1}")


def command_lines():
    def case(flags, expect):
        return Case(f"flags {flags}", expect, files={"a.c": COPY}, prepare=response_files, arguments=flags.split())
    yield from (case(flags, "found") for flags in DROPPED)
    yield from (case(flags, "named") for flags in LOUD)
    yield from (case(flags, expect) for flags, expect in KEPT)
    yield from (Case(f"command {command}", "found", files={"a.c": COPY}, command=command) for command in SHELL)


def fill(text, evil, out):
    return text.replace("{evil}", str(evil / "evil.so")).replace("{program}", str(evil / "program")).replace("{folder}", str(evil)).replace("{out}", str(out))


# --- databases ---------------------------------------------------------------------------------------------------------

def databases():
    def good(root):
        return entry(root, "a.c")

    def case(name, expect, make, unit="", **more):
        return Case(f"database {name}", expect, unit, {"a.c": COPY}, database=make, **more)

    def dump(value):
        return json.dumps(value).encode()

    yield case("empty file", "refused", lambda root: b"")
    yield case("zeros", "refused", lambda root: b"\0" * 4096)
    yield case("no list", "refused", lambda root: dump(good(root)))
    yield case("empty list", "refused", lambda root: b"[]")
    yield case("deep", "refused", lambda root: b"[" * 1000000)
    yield case("deep inside", "refused", lambda root: b'[{"x":' + b"[" * 100000 + b"]" * 100000 + b"}]")
    yield case("cut off", "refused", lambda root: dump([good(root)])[:-3])
    yield case("trailing bytes", "refused", lambda root: dump([good(root)]) + b"x")
    yield case("byte order mark", "guarded", lambda root: b"\xef\xbb\xbf" + dump([good(root)]))
    yield case("UTF-16", "refused", lambda root: dump([good(root)]).decode().encode("utf-16"))
    yield case("invalid UTF-8", "refused", lambda root: dump([good(root)]).replace(b"a.c", b"\xff.c"))
    yield case("lone surrogate", "refused", lambda root: dump([good(root)]).replace(b"a.c", b"\\ud800.c"))
    yield case("key twice", "refused", lambda root: dump([good(root)]).replace(b'"file"', b'"file": "b.c", "file"'))
    yield case("null entry", "named", lambda root: dump([good(root), None]))
    yield case("number for a file", "named", lambda root: dump([good(root), {**good(root), "file": 7}]))
    yield case("objects for arguments", "named", lambda root: dump([good(root), {**good(root), "arguments": [{}]}]))
    yield case("no arguments", "named", lambda root: dump([good(root), {**good(root), "arguments": []}]))
    yield case("zero byte in a path", "named", lambda root: dump([good(root), {**good(root), "file": "a\0.c"}]))
    yield case("zero byte in an argument", "named", lambda root: dump([good(root), {**good(root), "arguments": ["cc", "-D\0"]}]))
    yield case("missing source", "named", lambda root: dump([good(root), entry(root, "none.c")]), "none.c")
    yield case("missing folder", "named", lambda root: dump([good(root), {**good(root), "directory": str(root / "none")}]), "none/a.c")
    yield case("folder is a file", "named", lambda root: dump([good(root), {**good(root), "directory": str(root / "a.c"), "file": str(root / "a.c")}]), "a.c")
    yield case("source is the root", "named", lambda root: dump([good(root), entry(root, "/")]), "..")
    yield case("source of another language", "named", lambda root: dump([good(root), entry(root, "/etc/passwd")]), "etc/passwd")
    yield case("file name of commands", "named", lambda root: dump([good(root), entry(root, "\x1b[2J\n::error::x\n.c")]), "::error::x")
    yield case("long file name", "named", lambda root: dump([good(root), entry(root, "a" * 1000000 + ".c")]), "a" * 99 + ".c")
    yield case("long path", "named", lambda root: dump([good(root), entry(root, "a/../" * 200000 + "none.c")]), "none.c")
    yield case("100000 arguments", "guarded", lambda root: dump([entry(root, "a.c", ["-DA"] * 100000)]))
    yield case("1000000 arguments", "refused", lambda root: dump([entry(root, "a.c", ["-w"] * 1000000)]))
    yield case("argument of 32 MB", "guarded", lambda root: dump([entry(root, "a.c", ["-D" + "A" * (32 << 20)])]), "a.c")
    yield case("20000 search paths", "guarded", lambda root: dump([entry(root, "a.c", [f"-Inone{i}" for i in range(20000)])]))
    yield case("5000 forced headers", "guarded", lambda root: dump([entry(root, "a.c", ["-include", "string.h"] * 5000)]))
    yield case("quotes without end", "named", lambda root: dump([good(root), {"directory": str(root), "file": "a.c", "command": "cc '" + "\\\"" * 100000}]))
    yield case("one unit 2000 times", "found", lambda root: dump([good(root)] * 2000))
    yield case("folder", "refused", lambda root: None, prepare=lambda root: (root / "compile_commands.json").mkdir())
    yield case("fifo", "refused", lambda root: None, prepare=lambda root: os.mkfifo(root / "compile_commands.json"))
    yield case("link to a device", "refused", lambda root: None, prepare=lambda root: (root / "compile_commands.json").symlink_to("/dev/zero"))
    yield case("link to itself", "refused", lambda root: None,
               prepare=lambda root: (root / "compile_commands.json").symlink_to("compile_commands.json"))
    yield case("sparse", "refused", lambda root: None, prepare=lambda root: sparse(root / "compile_commands.json", 64 << 30))


def cases():
    return [*written(), *deep(100000), *large(), *bytes_of_sources(), *no_files(), *command_lines(), *databases()]
