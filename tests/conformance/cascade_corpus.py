r"""Programs that try to make the cascade miss what the full engine finds, or find what is none; the suite compares the two.

ATTACKS are written by hand, one for each way to hide a use that was ever found or feared. `generate` composes others at random, from a
seed: how a name is spelled, what is done with it, and which file brings the code into the unit.
"""
import random
import textwrap
from dataclasses import dataclass, field

COPY = "static void use(char *d, const char *s) { %s(d, s); }\n"
STRING_H = "#include <string.h>\n"


@dataclass
class Attack:
    name: str
    files: dict                                   # path → text; "a.c" is the unit, what is in "outside/" lies beside the project
    flags: str = ""
    units: list = field(default_factory=list)     # (path, flags), where there is not just "a.c"
    broken: bool = False                          # compiles with errors: more may be found, and it may be named
    used: bool = True                             # whether the full engine finds something: an attack that does not is none

    def all_units(self):
        main = next(path for path in self.files if path.startswith("a.c"))
        return self.units or [(main, self.flags)]


def in_header(name, header, flags="", main="", **more):
    """A header of the project that a harmless unit includes."""
    return Attack(name, {"a.c": STRING_H + '#include "h.h"\n' + main + "int a;\n", "h.h": textwrap.dedent(header)}, flags, **more)


def in_unit(name, text, flags="", suffix="c", **more):
    return Attack(name, {f"a.{suffix}": STRING_H + textwrap.dedent(text)}, flags, **more)


def with_outside(name, outside, text, flags="", **more):
    """A header outside the project that a unit includes."""
    return Attack(name, {"a.c": STRING_H + "#include <o.h>\n" + textwrap.dedent(text), "outside/o.h": textwrap.dedent(outside)}, flags, **more)


# What a header holds whose use depends on a condition that simple readers judge wrongly.
def evil(condition):
    return {"evil.h": COPY % "strcpy"}, f'{condition}\n#include "evil.h"\n#endif\n'


def hidden_by(name, lines, condition, flags="", outside=False):
    """A use in a file that is included only where `lines` are read as a compiler reads them."""
    files, include = evil(condition)
    lines = textwrap.dedent(lines)
    if outside:
        files |= {"a.c": STRING_H + "#include <o.h>\n" + include + "int a;\n", "outside/o.h": lines}
    else:
        files |= {"a.c": STRING_H + '#include "h.h"\nint a;\n', "h.h": lines + include}
    return Attack(name, files, flags)


CALL = "static void use(char *d, const char *s) { COPY(d, s); }\n"
INNOCENT = "static void use(char *d, const char *s) { innocent(d, s); }\n"
C89 = "-std=c89"
C17 = "-std=c17"
GNU17 = "-std=gnu17"
CXX = "-std=c++17"


def two_readers():
    """Directives that only one of two readers of a text sees."""
    only_scanner = "int q1 = 4 //*\n#define NOTHING1\n*/ 2;\n"       # C89: a division, and a comment
    only_lexer = "#define R\nconst char *r = R\"(\";\n%s\nconst char *r2 = \")\";\n"  # C17 has no raw strings
    return [
        with_outside("comment of c89 hides a definition", "int q = 4 //*\n#define strcpy innocent\n*/ 2;\n",
                     "char *innocent(char *, const char *);\n" + COPY % "strcpy", C89),
        with_outside("raw string of gnu17 in c17", only_lexer % "#define COPY strcpy", CALL, C17),
        with_outside("label outside", 'char *innocent(char *, const char *) __asm__("strcpy");\n', INNOCENT),
        with_outside("label of two strings outside", 'char *innocent(char *, const char *) __asm__("str" "cpy");\n', INNOCENT),
        with_outside("renaming outside", 'char *innocent(char *, const char *);\n#pragma redefine_extname innocent strcpy\n', INNOCENT),
        with_outside("digraph directive outside", "%:define COPY strcpy\n", CALL),
        with_outside("digraph paste outside", "#define PASTE(a) str%:%:a\n", CALL.replace("COPY", "PASTE(cpy)")),
        with_outside("trigraph directive outside", "??=define COPY strcpy\n", CALL, C17),
        with_outside("spliced name outside", "#define COP\\\nY strcpy\n", CALL),
        with_outside("spliced parameter outside", "#define COPY(a\\\nb) str##ab\n", CALL.replace("COPY", "COPY(cpy)")),
        with_outside("warning with a raw string outside", "#warning R\"x(\n#define COPY strcpy\n#warning )x\"\n", CALL, GNU17),
        in_header("two readers agree in number alone",
                  only_scanner + only_lexer % "#define COPY strcpy" + CALL.replace("use", "use2"), C89),
        hidden_by("conditional that one reader sees", "int q = 4 //*\n#if 0\n*/ 2;\n#define FOUND\nint q2 = 4 //*\n#endif\n*/ 2;\n", "#ifdef FOUND", C89),
        hidden_by("undefinition that one reader sees", "#define FOUND\nint q = 4 //*\n#undef FOUND\n*/ 2;\n", "#ifdef FOUND", C89),
        hidden_by("undefinition outside", "#define FOUND\nint q = 4 //*\n#undef FOUND\n*/ 2;\n", "#ifdef FOUND", C89, outside=True),
        hidden_by("apostrophe in an error text", "#if 0\n#error it's /* here\n#endif\n#define FOUND\n", "#ifdef FOUND"),
    ]


def texts():
    """Code that a reader of words takes for a comment, a string or another word."""
    hide = "static void use(char *d, const char *s) { strcpy(d, s); }\n"
    return [
        in_header("warning opens a raw string", f"#warning R\"x(\n{hide}#warning )x\"\n", GNU17),
        in_header("spliced warning opens a comment", f"#warning a \\\n /* b\n{hide}/* */\n"),
        in_header("spliced directive opens a raw string", f"#warn\\\ning R\"x(\n{hide}#warning )x\"\n", GNU17),
        in_header("header name of has_include opens a comment", f"#if __has_include(<x/*y>)\n#endif\n{hide}/* */\n"),
        in_header("header name of a macro opens a comment", f"#define H <x/*y> */\n#if 0\n#include H\n#endif\n{hide}/* */\n"),
        Attack("header name opens a comment", {"a.c": STRING_H + '#include "h.h"\nint a;\n', "h.h": f"#include <x/*y>\n{hide}/* */\n", "x/*y": "int x;\n"}, "-I."),
        Attack("spliced header name opens a comment", {"a.c": STRING_H + '#include "h.h"\nint a;\n', "h.h": f"#include <x\\\n/*y>\n{hide}/* */\n", "x/*y": "int x;\n"}, "-I."),
        Attack("header name with an apostrophe", {"a.c": STRING_H + '#include "h.h"\nint a;\n', "h.h": f"#include \"a'b.h\"\n{hide}", "a'b.h": "int x;\n"}),
        in_header("spliced name", "static void use(char *d, const char *s) { strc\\\npy(d, s); }\n"),
        in_header("name by trigraph splice", "static void use(char *d, const char *s) { strc??/\npy(d, s); }\n", C17),
        in_header("spliced comment", "// what \\\n continues\nint x; // \\\n\\\n\nstatic void use(char *d, const char *s) { strcpy(d, s); }\n"),
        in_header("comment ends by a splice", "/* *\\\n/ static void use(char *d, const char *s) { strcpy(d, s); } /* */\n"),
        in_header("digit separators", "int n = 1'000; static void use(char *d, const char *s) { strcpy(d, s); } int m = 1'0;\n", "-std=c23"),
        in_header("no digit separators", "#define ID(a) a\n#define F 1'000; static void use2(char *d, const char *s) { strcat(d, s); } '\n"
                  "static void use(char *d, const char *s) { strcpy(d, s); }\n", C17),
        in_header("line comments of c89", "int q = 4 //* strcpy */ 2\n; static void use(char *d, const char *s) { strcpy(d, s); }\n", C89),
        in_header("spliced parameter", "#define PRE(a\\\nb) str##ab\n" + CALL.replace("COPY", "PRE(cpy)")),
        in_header("paste behind va_opt", "#define V(...) __VA_OPT__(str) ## cpy\n" + CALL.replace("COPY", "V(1)"), "-std=gnu2x"),
        in_header("paste before va_opt", "#define V(...) str ## __VA_OPT__(cpy)\n" + CALL.replace("COPY", "V(1)"), "-std=gnu2x"),
        in_header("paste behind a comma", "#define V(f, ...) f(0, ## __VA_ARGS__ ## cpy)\n#define G(a, b) b\n" + CALL.replace("COPY", "V(G, str)")),
        in_header("paste of a name of alloca", "#define A(x) __builtin_alloca_with_align_##x\nstatic void *use(int n) { return A(uninitialized)(n, 64); }\n"),
        in_header("paste of a form", "#define A(x) __builtin___##x##_chk\nstatic void use(char *d, const char *s) { A(strcpy)(d, s, 9); }\n"),
        in_header("paste of a piece that is pasted", "#define P(x) str##x\n#define Q(x) P(x)\n#define C(x) c##x\n" + CALL.replace("COPY", "Q(C(py))")),
        in_header("paste with __LINE__", "#define P(x) COPY_##x\n#define Q(x) P(x)\n#define COPY_4 strcpy\n" + CALL.replace("COPY", "Q(__LINE__)")),
        in_header("paste with __COUNTER__", "#define P(x) COPY_##x\n#define Q(x) P(x)\n#define COPY_0 strcpy\n" + CALL.replace("COPY", "Q(__COUNTER__)")),
        in_header("odd line ends", "int a1;\rstatic void use(char *d, const char *s) { strcpy(d, s); }\r// x\rint b1;\n"),
        in_header("null byte", "int a1;\0 static void use(char *d, const char *s) { strcpy(d, s); }\n"),
        Attack("end of file of another dialect", {
            "a.c": '#include "h.h"\nint a;\n', "b.c": STRING_H + '#include "h.h"\nint b;\n',
            "h.h": "#define UNUSED \x1a\n" + hide}, units=[("a.c", "-fms-extensions"), ("b.c", "")]),
        Attack("header in two languages", {"a.c": STRING_H + '#include "h.h"\nint a;\n', "b.c": STRING_H + '#include "h.h"\nint b;\n',
                                           "h.h": "#define R\nconst char *const r = R\"(\";\n" + hide + "const char *const r2 = \")\";\n"},
               units=[("a.c", GNU17), ("b.c", C17)], broken=True),
    ]


def preprocessing():
    """Conditions whose truth depends on what is no directive."""
    return [
        hidden_by("macro stack by an operator", '#define FOUND 1\nint p; _Pragma("push_macro(\\"FOUND\\")")\n#undef FOUND\nint q; _Pragma("pop_macro(\\"FOUND\\")")\n', "#ifdef FOUND"),
        hidden_by("macro stack by a macro", '#define DO(x) _Pragma(#x)\n#define FOUND 1\nint p; DO(push_macro("FOUND"))\n#undef FOUND\nint q; DO(pop_macro("FOUND"))\n', "#ifdef FOUND"),
        hidden_by("macro stack outside", '#define FOUND 1\nint p; _Pragma("push_macro(\\"FOUND\\")")\n#undef FOUND\nint q; _Pragma("pop_macro(\\"FOUND\\")")\n', "#ifdef FOUND", outside=True),
        hidden_by("macro stack by a macro outside", '#define DO(x) _Pragma(#x)\n#define FOUND 1\nint p; DO(push_macro("FOUND"))\n#undef FOUND\nint q; DO(pop_macro("FOUND"))\n', "#ifdef FOUND", outside=True),
        with_outside("macro saved outside", 'int p; _Pragma("push_macro(\\"COPY\\")")\n#undef COPY\nint q; _Pragma("pop_macro(\\"COPY\\")")\n', CALL, "-DCOPY=strcpy"),
        hidden_by("line number of a directive", "#line 99\n#if __LINE__ == 99\n#define FOUND\n#endif\n", "#ifdef FOUND"),
        hidden_by("line number of a marker", "# 99 \"x.h\"\n#if __LINE__ == 99\n#define FOUND\n#endif\n", "#ifdef FOUND"),
        hidden_by("line number outside", "#line 99\n#if __LINE__ == 99\n#define FOUND\n#endif\n", "#ifdef FOUND", outside=True),
        hidden_by("counter", "int c1 = __COUNTER__;\n#if __COUNTER__ == 1\n#define FOUND\n#endif\n", "#ifdef FOUND"),
        hidden_by("counter outside", "int c1 = __COUNTER__;\n", "#if __COUNTER__ == 1", outside=True),
        Attack("once by an operator, twice included", {
            "a.c": STRING_H + '#include "h.h"\n#include "h.h"\n#ifndef TWICE\n#include "evil.h"\n#endif\n',
            "h.h": '#ifdef SEEN\n#define TWICE\n#endif\n#define SEEN\nextern int x; _Pragma("once")\n', "evil.h": COPY % "strcpy"}),
        in_header("pragma operator renames", 'char *innocent(char *, const char *);\n_Pragma("/**/redefine_extname innocent strcpy")\n' + COPY % "innocent"),
        in_header("pragma operator in a raw string", '_Pragma(R"(weak innocent = strcpy)")\n_Pragma(R"(redefine_extname innocent strcpy)")\nchar *innocent(char *, const char *);\n' + COPY % "innocent", GNU17),
        in_header("pasted pragma operator", '#define P(x) _Pra##x\nchar *innocent(char *, const char *);\nP(gma)("redefine_extname innocent strcpy")\n' + COPY % "innocent"),
        in_unit("pragma renames in a unit", "#pragma redefine_extname innocent strcpy\nchar *innocent(char *, const char *);\n" + COPY % "innocent"),
        in_unit("pragma with an attribute", "#include <stdlib.h>\n#pragma clang attribute push(__attribute__((cleanup(strcpy))), apply_to = variable(is_local))\n"
                "#pragma clang attribute pop\n", used=False),
        in_unit("pragma with an expression", "void f(int *p) {\n#pragma clang loop unroll_count(sizeof(*strcpy) + 1)\nfor (int i = 0; i < 8; ++i) p[i] = 0;\n}\n", used=False),
        in_header("pragma with an expression by a macro", "#define COUNT sizeof(*strcpy) + 1\nstatic void f(int *p) {\n#pragma clang loop unroll_count(COUNT)\nfor (int i = 0; i < 8; ++i) p[i] = 0;\n}\n", used=False),
        Attack("macro call over the end of a file", {
            "a.c": STRING_H + "#include <o.h>\n", "mine.h": "#define COPY(d, s) strcpy(d, s)\nstatic void use(char *d, const char *s) { COPY\n",
            "outside/o.h": '#include "mine.h"\n(d, s); }\n'}, "-I.", used=False),
        Attack("code behind a header of the project", {
            "a.c": STRING_H + '#include "begin.h"\n(d, s); }\n', "begin.h": "static void use(char *d, const char *s) { strcpy\n"}),
        Attack("template header", {
            "a.c": STRING_H + '#define OP strcpy\n#define NAME use1\n#include "t.h"\n#undef OP\n#undef NAME\n#define OP strcmp\n#define NAME use2\n#include "t.h"\n',
            "t.h": "static void NAME(char *d, const char *s) { (void)OP(d, s); }\n"}),
        Attack("include by macro from the command line", {"a.c": STRING_H + "#include HEADER\nint a;\n", "evil.h": COPY % "strcpy"}, "-DHEADER=<evil.h> -I."),
        Attack("forced header", {"a.c": "int a;\n", "f.h": STRING_H + COPY % "strcpy"}, "-include f.h"),
        Attack("forced macros", {"a.c": STRING_H + CALL, "f.h": "#define COPY strcpy\n"}, "-imacros f.h"),
        in_unit("macro of the command line with a body", CALL, "-DCOPY(a,b)=strcpy(a,b)"),
        Attack("unity", {"a.c": '#include "b.c"\n#include "c.c"\n', "b.c": STRING_H + "int b;\n", "c.c": COPY % "strcpy"}),
        Attack("has_include decides", {"a.c": STRING_H + '#if __has_include("h.h")\n#include "h.h"\n#endif\nint a;\n', "h.h": COPY % "strcpy"}),
        Attack("banned macro in a line directive", {"a.c": '#define SAME_LINE 7\n#include "h.h"\nint a;\n', "h.h": "#line SAME_LINE\nint h;\n"}),
    ]


def symbols():
    """Names in strings, and names that mean other symbols."""
    declare = "char *innocent(char *, const char *)%s;\n" + COPY % "innocent"
    return [
        in_header("label", declare % ' __asm__("strcpy")'),
        in_header("label in two strings", declare % ' __asm__("str" "cpy")'),
        in_header("label of a macro", "#define L(x) __asm__(#x)\n" + declare % " L(strcpy)"),
        in_header("label of pasted macros", "#define S_(x) #x\n#define S(x) S_(x)\n#define P(x) str##x\n" + declare % " __asm__(S(P(cpy)))"),
        in_header("label with an unknown escape", declare % r' __asm__("strc\py")'),
        in_header("label with a numeric escape", declare % r' __asm__("strc\160y")'),
        in_header("label of a pasted keyword", "#define P(x) __as##x\n" + declare % ' P(m__)("strcpy")'),
        in_header("assembly with an unknown escape", 'static void use(void) { __asm__("call strc\\py"); }\n'),
        in_unit("assembly in a unit with an unknown escape", 'void use(void) { __asm__("call strc\\py"); }\n'),
        in_header("assembly of a macro", '#define CALL_OF(x) "call " #x\nstatic void use(void) { __asm__(CALL_OF(strcpy)); }\n'),
        in_header("file-level assembly", '__asm__(".globl x\\nx: jmp strcpy@PLT");\n'),
        in_header("weak reference", 'static char *innocent(char *, const char *) __attribute__((weakref("strcpy")));\n' + COPY % "innocent"),
        in_header("dlsym", '#include <dlfcn.h>\nstatic const char *const name = "strcpy";\nstatic void *use(void) { return dlsym(0, "str" "cpy"); }\n'),
        in_header("dlsym by a macro", '#include <dlfcn.h>\n#define ASK(x) dlsym(0, #x)\nstatic void *use(void) { return ASK(strcpy); }\n'),
        in_header("pasted dlsym", '#include <dlfcn.h>\n#define P(x) dl##x\nstatic void *use(void) { return P(sym)(0, "strcpy"); }\n'),
        in_unit("attribute alias in brackets", 'char *mine(char *, const char *);\n[[gnu::weakref("strcpy")]] static char *innocent(char *, const char *);\n' + COPY % "innocent", "-std=c23"),
    ]


def contexts():
    """Shapes that the tokens around a name tell, or seem to."""
    return [
        in_unit("dereferenced in a member's typeof", "struct s { __typeof__(*strcpy) *member; };\n"),
        in_header("dereferenced in a member's typeof in a header", "struct s { __typeof__(*strcpy) *member; };\n"),
        in_unit("asserted in a struct", 'struct s { int a; _Static_assert(sizeof(*strcpy) == 1, ""); };\n'),
        in_header("asserted in a struct of a header", 'struct s { int a; _Static_assert(sizeof(&*strcpy) == 8, ""); };\n'),
        in_unit("width of a member", "struct s { int a : sizeof(*strcpy); };\n"),
        in_unit("width of a member by a builtin", "struct s { int a : 1 + !__builtin_constant_p(*strcpy); };\n"),
        in_unit("label behind a condition", "void f(int a) { if (a) strcpy: f(0); if (a > 1) goto strcpy; }\n"),
        in_unit("label behind a case", "void f(int a) { switch (a) { case 1: strcpy: f(0); } if (a > 1) goto strcpy; }\n"),
        in_unit("label address", "void *f(int a) { void *p = &&strcpy; if (a) goto *p; strcpy: return p; }\n"),
        in_unit("member of that name", "struct s { int strcpy, b; char *(*system)(int); }; int f(struct s *p) { return p->strcpy; }\n", used=False),
        in_unit("local of that name", "int f(int a) { int b = 1, strcpy = 2; return strcpy + a + b; }\n", used=False),
        in_unit("loop variable of that name", "int f(int a) { for (int i = 0, strcpy = 3; i < 3; ++i) a += strcpy; return a; }\n", used=False),
        in_unit("local function", "void f(char *d) { extern char *strcpy(char *, const char *); strcpy(d, d); }\n"),
        in_unit("local pointer", "void f(char *d) { char *(*strcpy)(char *) = 0; strcpy(d); }\n", used=False),
        in_unit("parameter", "int f(int (strcpy)(int)) { return strcpy(1); }\n", used=False),
        in_unit("enumerator", "int f(void) { enum { a, strcpy } e = strcpy; return e; }\n", used=False),
        in_unit("enumerator of a fixed type", "int f(void) { enum E : int { a, strcpy }; return strcpy; }\n", "-std=c23", used=False),
        in_unit("member behind an attribute", "void f(void) { struct [[gnu::packed]] s { int a; char *strcpy; }; }\n", "-std=c23", used=False),
        in_unit("typedef", "void f(void) { typedef int strcpy; strcpy (a); a = 1; }\n", used=False),
        Attack("defined here", {"a.c": "static char *strcpy(char *d, const char *s) { return d + !s; }\n" + COPY % "strcpy"}, used=False),
        in_unit("undefined again", "char *mine(char *, const char *);\n#define strcpy mine\n" + COPY % "strcpy" + "#undef strcpy\n" + (COPY % "strcpy").replace("use", "use2")),
        in_unit("pushed and popped", '#define strcpy mine\n#pragma push_macro("strcpy")\n#undef strcpy\n' + COPY % "strcpy" + '#pragma pop_macro("strcpy")\n'),
        in_unit("fortified format at the place of a flag", '#include <stdio.h>\nvoid f(char *d, char *user) { __builtin___sprintf_chk(d, "flag", -1, user); }\n'),
        in_unit("literal formats", '#include <stdio.h>\nvoid f(char *d, char *user) { printf("a" "b", d); printf("%s", user); printf(user); }\n'),
        in_unit("literal with a suffix", '#include <cstdio>\nextern const char *user;\nconst char *operator""_user(const char *, decltype(sizeof 0)) { return user; }\n'
                'void f() { ::printf("x"_user); std::printf("x"_user); }\n', CXX, "cpp"),
        in_unit("qualified calls", '#include <cstring>\nvoid f(char *d) { ::strcpy(d, d); std::strcpy(d, d); if (d) std::strcat(d, d); }\n', CXX, "cpp"),
        in_unit("a std of its own", "namespace mine { namespace std { inline void strcpy(char *, int) {} } void f(char *d) { std::strcpy(d, 1); } }\n", CXX, "cpp", used=False),
        in_unit("using", "#include <cstring>\nnamespace m { using std::strcpy; } void f(char *d) { m::strcpy(d, d); using namespace std; strcat(d, d); }\n", CXX, "cpp"),
        in_unit("template never made", "#include <cstring>\ntemplate <class T> void f(T d) { ::strcpy(d, d); std::strcpy(d, d); strcat(d, d); }\n", CXX, "cpp"),
        in_unit("own in namespaces and classes", "namespace m { void strcpy(int); struct S { void system(int); static void strcat(int); }; }\n"
                "void f(m::S s) { m::strcpy(1); s.system(1); m::S::strcat(1); }\n", CXX, "cpp", used=False),
        in_unit("own found by argument", "namespace m { struct S {}; void strcpy(S); } void f(m::S s) { strcpy(s); }\n", CXX, "cpp", used=False),
        in_unit("overloads", "void strcpy(int, int, int);\nvoid f(char *d) { strcpy(1, 2, 3); ::strcpy(d, d); ::strcpy(1, 2, 3); }\n", CXX, "cpp"),
        in_unit("unevaluated", "#include <cstring>\ntemplate <class T> auto f(T *d) -> decltype(::strcpy(d, d)) { return noexcept(std::strcpy(d, d)) ? d : nullptr; }\n", CXX, "cpp"),
        in_unit("header of the system that is a macro", "#include <alloca.h>\nvoid f(int n) { char *p = alloca(n); *p = 0; }\n"),
        in_unit("generic selection", "int f(char *d) { return _Generic(strcpy, char *(*)(char *, const char *): 1, default: 2); }\n", C17),
    ]


def parsed(name, text, flags="", suffix="c", **more):
    """A unit that tokens do not tell, so that it is parsed, function by function."""
    return in_unit(name, "int open(int a) { int strcat = a; return strcat; }\n" + textwrap.dedent(text), flags, suffix, **more)


def bodies():
    """Functions whose bodies seem to hold no use."""
    label = 'char *innocent(char *, const char *) __asm__("strcpy");\n'
    cxx = "#include <cstring>\n"
    return [
        parsed("label and a body", label + INNOCENT),
        parsed("label behind a body", 'void g(void) {}\n' + label + INNOCENT),
        parsed("label in a linkage block", 'extern "C" { ' + label + INNOCENT + "}\n", CXX, "cpp"),
        parsed("label in a namespace", "namespace n { " + label + INNOCENT + "}\n", CXX, "cpp", used=False),
        parsed("label of a method", 'struct S { char *innocent(const char *) __asm__("strcpy"); };\nvoid f(S s) { s.innocent(""); }\n', CXX, "cpp", used=False),
        parsed("label in another body", "void g(void) { extern " + label + "}\nvoid f(char *d) { extern char *innocent(char *, const char *); innocent(d, d); }\n"),
        parsed("renaming and a body", "char *innocent(char *, const char *);\n#pragma redefine_extname innocent strcpy\n" + INNOCENT),
        parsed("weak reference and a body", 'static char *innocent(char *, const char *) __attribute__((weakref("strcpy")));\n' + INNOCENT),
        parsed("brace of a macro", "#define END }\n#define BEGIN {\nvoid f(char *d) BEGIN if (d) { END strcpy(d, d); END\n"),
        parsed("function of a macro", "#define NEXT } void g(char *d) { strcpy(d, d);\nvoid f(int a) { (void)a; NEXT }\n"),
        Attack("brace of a file", {
            "a.c": STRING_H + 'int open(int a) { int strcat = a; return strcat; }\nvoid f(int a) { (void)a;\n#include "end.h"\n}\n',
            "end.h": "} void g(char *d) { strcpy(d, d);\n"}),
        parsed("pasted in a body", "#define P(x) str##x\nvoid f(char *d) { P(cpy)(d, d); }\n"),
        parsed("argument of a macro in a body", "#define CALL(f) f(d, d)\n#define OP strcpy\nvoid f(char *d) { CALL(OP); }\n"),
        parsed("old parameters", "void f(d, s) char *d; const char *s; { strcpy(d, s); }\n", C17),
        parsed("statement in parentheses", "void f(char *d) { int a = ({ strcpy(d, d); 1; }); (void)a; }\n"),
        parsed("initialiser of a member", cxx + "struct S { char *p; S(char *d) : p{strcpy(d, d)} { (void)p; } };\n", CXX, "cpp"),
        parsed("handler of a function", cxx + "struct S { char *p; S(char *d) try : p(d) { } catch (...) { strcpy(p, p); } };\n", CXX, "cpp"),
        parsed("handler of a plain function", cxx + "void f(char *d) try { (void)d; } catch (...) { strcpy(d, d); }\nint after(char *d) { return !strcpy(d, d); }\n", CXX, "cpp"),
        parsed("method before its body", cxx + "struct S { void f(char *d) { g(d); } void g(char *d) { strcpy(d, d); } void h() {} };\n", CXX, "cpp"),
        parsed("method of a template", cxx + "template <class T> struct S { void f(T d) { strcpy(d, d); } void h() {} };\n", CXX, "cpp"),
        parsed("deduced and constant", cxx + "auto f(char *d) { return strcpy(d, d); }\nconstexpr int g() { return 1; }\nchar a[g()];\nvoid h(char *d) { f(d); }\n", CXX, "cpp"),
        parsed("lambda in a clear function", cxx + "void f(char *d) { auto g = [](char *e) { return std::strcpy(e, e); }; g(d); }\n", CXX, "cpp"),
        parsed("default argument", cxx + "void f(char *d, char *(*g)(char *, const char *) = &strcpy) { g(d, d); }\n", CXX, "cpp"),
        parsed("pragma in a body", 'char *innocent(char *, const char *);\nvoid f(char *d) { _Pragma("redefine_extname innocent strcpy") (void)d; }\n' + INNOCENT),
        parsed("goto in a clear function", "void f(int a) { if (a) { goto end; } end: (void)a; }\nvoid g(char *d) { strcpy(d, d); }\n"),
    ]


ATTACKS = [*two_readers(), *texts(), *preprocessing(), *symbols(), *contexts(), *bodies()]


# --- programs composed at random -------------------------------------------------------------------------------------------

WORDS = ["strcpy", "strcat", "strcmp", "stpcpy", "acme_copy", "acme_move"]  # some banned by each list, some by none
COMMON = (STRING_H + "#include <stdlib.h>\n#pragma once\ntypedef int plain_t;\nstruct acme { char *strcpy; int system; };\n"
          "#define PASTE_(a, b) a##b\n#define PASTE(a, b) PASTE_(a, b)\n#define STR_OF(a) str##a\n#define ALIAS_ONE ALIAS_TWO\n"
          "#define LATER(f) f\n#define CALL_WITH(f, ...) f(d, ##__VA_ARGS__)\n"
          "char *acme_move(char *, const char *);\n")
ACME = '#pragma once\n#include "common.h"\ntypedef int acme_t;\nchar *acme_copy(char *, const char *);\n'


def spellings(random, word, n):
    """(lines of directives before, the word as code spells it): ways to say `word` by macros of unit n."""
    cut = random.randrange(1, len(word))
    head, tail = word[:cut], word[cut:]
    return random.choice([
        ("", word),
        ("", f"({word})"),
        ("", f"{head}\\\n{tail}"),
        ("", f"PASTE({head}, {tail})"),
        ("", f"PASTE(PASTE({head[:1]}, {head[1:]}), {tail})" if len(head) > 1 else word),
        ("", f"STR_OF({word[3:]})" if word.startswith("str") else word),
        ("", f"LATER({word})"),
        (f"#define ALIAS_TWO {word}\n", "ALIAS_ONE"),
        (f"#define M{n} {word}\n", f"M{n}"),
        (f"#  def\\\nine M{n} {head} /* */ ## /* */ {tail}\n#define N{n}(a) {head}##a\n", f"N{n}({tail})"),
        (f"#define M{n}(a) a##{tail}\n#define N{n}(a) M{n}(a)\n", f"N{n}({head})"),
        (f"#define M{n} wrong\n#pragma push_macro(\"M{n}\")\n#undef M{n}\n#define M{n} {word}\n", f"M{n}"),
        (f"#define LIST{n}(X) X({word}) X(abs)\n#define TAKE{n}_(a, ...) a\n#define ITEM{n}(a) a,\n#define TAKE{n}(...) TAKE{n}_(__VA_ARGS__)\n", f"TAKE{n}(LIST{n}(ITEM{n}))"),
        (f"%:define M{n} {word}\n", f"M{n}"),
        (f"#define {word} acme_move\n#undef {word}\n", word),
        (f"#define {word} acme_move\n", word),
        (f"#if 0\nit's /* no comment\n#endif\n/* #define {word} acme_move */\n", word),
        (f"#if defined {word} || __has_include(\"common.h\")\n#define M{n} {word}\n#else\n#define M{n} abs\n#endif\n", f"M{n}"),
        (f"#define TEXT{n} \"{word}\"\n", "acme_move"),
        (f"#line {n + 1} \"else.c\"\n", word),
    ])


def statements(random, name):
    """What a function does with a name; `d` and `s` are strings."""
    return random.choice([
        f"{name}(d, s);", f"(void){name}(d, s);", f"if (*d) {name}(d, s); else d = {name}(d, {name}(d, s));", f"char *(*f)(char *, const char *) = (void *){name}; f(d, s);",
        f"void *table[] = {{(void *)&{name}, 0}}; (void)table;", f"(void)sizeof({name}(d, s));", f"d = *s ? (char *){name}(d, s) : d;", f"CALL_WITH({name}, s);",
        f"struct acme a; a.strcpy = d; a.system = 1; (void){name}(a.strcpy, s);", f"struct acme a = {{.strcpy = d}}; struct acme *p = &a; (void)p->strcpy; {name}(d, s);",
        f"for (int i = 0; i < 3; ++i) {name}(d + i, s);", f"while (*d && {name}(d, s)) ++d;", f"switch (*d) {{ case 1: {name}(d, s); default: {name}(s ? d : d, s); }}",
        "int strcpy = 1; (void)strcpy;", "{ char *(*strcat)(char *) = 0; if (strcat) strcat(d); }", 'const char *t = "strcpy(d, s)"; (void)t; // strcpy(d, s)',
        "(void)0; /* strcpy(d, s); */", "goto strcpy; strcpy: (void)d;", "enum { system = 4 }; (void)system;", "typedef int acme2_t; acme2_t x = 0; (void)x;",
        "acme_t x = 0; (void)x;", "union { int a; char b; } u; u.a = 0; (void)u;", '__asm__("nop # strcpy");', '__asm__("" ::: "memory");', "(void)_Generic(1, int: strcat, default: 0);",
        "(void)R\"(strcpy(d, s) \" // )\";", "extern char *strcpy(char *, const char *); strcpy(d, s);",
        "register int r = 0; (void)r;", "<% int b<:1:> = {0}; (void)b; %>", "extern int w __attribute__((__weak__)); (void)w;", "char *p = __builtin_strcat(d, s); (void)p;",
    ])


CXX_STATEMENTS = ["::strcpy(d, s);", "std::strcpy(d, s);", "using std::strcat; strcat(d, s);", "auto f = [&] { return std::strcat(d, s); }; f();", "int n = 1'000; (void)n; ::strcat(d, s);",
                  "n::strcpy(d, 1);", "n::C c; c.strcpy(1); n::C::strcat(2);", "(void)noexcept(::strcpy(d, s));", "auto t = R\"x(::strcpy(d, s))x\"; (void)t;", "acme_copy(d, s);"]
CXX_COMMON = ("#pragma once\n#include <cstring>\nnamespace n { inline void strcpy(char *, int) {} struct C { void strcpy(int) {} static void strcat(int) {} }; }\n"
              "void acme_copy(char *, const char *);\n")


def function(n, statement):
    return f"static inline void use{n}(char *d, const char *s) {{ (void)d; (void)s;\n{statement}\n}}\n"


def generate(seed, count):
    """(files, units): `count` units of one project, which share headers; every seed gives the same everywhere."""
    draw = random.Random(seed)
    files, units = {"common.h": COMMON, "acme.h": ACME, "common.hpp": CXX_COMMON}, []
    shared = []
    for n in range(count):
        if n % 10 == 9:
            path, text = f"unit{n}.cpp", '#include "common.hpp"\n' + function(n, draw.choice(CXX_STATEMENTS)).replace("(void)s;", "(void)s; ")
            files[path] = text
            units.append((path, draw.choice(["-std=c++17", "-std=gnu++20"])))
            continue
        path, flags, include = f"unit{n}.c", draw.choice(["", "-std=gnu17", "-std=gnu11"]), '#include "acme.h"\n'
        lines, name = spellings(draw, draw.choice(WORDS), n)
        statement = statements(draw, name)
        vehicle = draw.randrange(24) if n > 40 else 23  # mostly clean: where texts seldom clear a unit, the cascade stops to read them
        if vehicle == 0:    # all in the unit
            files[path] = include + lines + function(n, statement)
        elif vehicle == 1:  # in a header, of which others take a copy as well
            files[f"h{n}.h"] = f"#ifndef H{n}\n#define H{n}\n" + include + lines + function(n, statement) + "#endif\n"
            files[path] = f'#include "h{n}.h"\nint u{n};\n'
            shared.append(f"h{n}.h")
        elif vehicle == 2:  # the body in a file of its own
            files[f"b{n}.inc"] = statement + "\n"
            files[path] = include + lines + function(n, f'\n#include "b{n}.inc"\n')
        elif vehicle == 3:  # macros here, their use there
            files[f"m{n}.h"], files[f"f{n}.h"] = include + lines, function(n, statement)
            files[path] = f'#define NEXT "f{n}.h"\n#include "m{n}.h"\n#include NEXT\n'
        elif vehicle == 4:  # a unit of units
            files[f"part{n}.c"] = include + lines + function(n, statement)
            files[path] = f'#include "part{n}.c"\nint u{n};\n'
        elif vehicle == 5:  # before the unit's first line
            files[f"i{n}.h"] = include + lines + function(n, statement)
            files[path], flags = f"int u{n};\n", f"{flags} -include i{n}.h"
        elif vehicle == 6:  # the macros alone
            files[f"i{n}.h"] = "".join(f"{line}\n" for line in lines.split("\n"))
            files[path], flags = include + function(n, statement), f"{flags} -imacros i{n}.h"
        elif vehicle == 7:  # a header that is another each time
            files[f"t{n}.h"] = "static inline void WHO(char *d, const char *s) { (void)OP(d, s); }\n"
            files[path] = include + "".join(f'#define WHO who{n}_{i}\n#define OP {draw.choice(WORDS)}\n#include "t{n}.h"\n#undef WHO\n#undef OP\n' for i in range(2))
        elif vehicle == 8 and shared:
            files[path] = "".join(f'#include "{draw.choice(shared)}"\n' for _ in range(3)) + f"int u{n};\n"
        elif vehicle == 9:
            files[path], flags = include + function(n, "DO(d, s);"), f"{flags} -DDO={draw.choice(WORDS)}"
        else:               # nothing but what is shared
            files[path] = f'#include "common.h"\nint u{n};\n'
        units.append((path, flags))
    return files, units
