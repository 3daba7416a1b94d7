// What binaries import, on files that the real compilers, archiver and linker made.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/cpp/imports.h"
#include "gate/model/import_origin.h"
#include "tests/unit/workshop.h"

namespace gate::cpp {
namespace {

using test::Workshop;

std::vector<model::Ban> bans_of(const std::vector<std::string>& names) {
  std::vector<model::Ban> bans;
  for (const std::string& name : names) bans.push_back({Entity::function, name, std::nullopt});
  return bans;
}

struct Matching {
  explicit Matching(const std::vector<std::string>& names) : bans(bans_of(names)), watch(bans), matcher(watch, bans) {}
  std::vector<model::Ban> bans;
  Watch watch;
  SymbolMatcher matcher;
};

const Matching& usual() {
  static const Matching matching({"strcpy", "strcat", "sprintf", "gets", "fopen", "readdir_r", "setjmp", "sscanf",
                                  "std::random_shuffle", "a::b::risky", "own_function"});
  return matching;
}

BinaryReport read(const std::string& bytes) { return read_imports(bytes, {"x", "digest", {}}, usual().matcher); }

std::vector<std::string> functions(const BinaryReport& report) {
  std::vector<std::string> names;
  for (const ImportedSymbol& import : report.imports) names.push_back(import.function);
  return names;
}

using Names = std::vector<std::string>;

constexpr const char* copy_source =
    "char *strcpy(char *, const char *);\nvoid f(char *d, const char *s) { strcpy(d, s); }\n";

class Imports : public testing::Test {
 protected:
  // The object, program or library that a command makes of a source, as bytes.
  std::string build(const std::string& source, const std::string& command) const {
    shop_.write("a.c", source);
    shop_.run("rm -f out && " + command);
    return shop_.read("out");
  }
  std::string object(const std::string& source = copy_source) const { return build(source, "cc -O1 -c a.c -o out"); }

  static void expect_unseen(const std::string& bytes, Errc code, const std::string& words) {
    const BinaryReport report = read(bytes);
    EXPECT_FALSE(report.binary);
    ASSERT_FALSE(report.problems.empty());
    EXPECT_EQ(name(report.problems[0].code), name(code)) << report.problems[0].what;
    EXPECT_NE(report.problems[0].what.find(words), std::string::npos) << report.problems[0].what;
    EXPECT_EQ(report.problems[0].where.artifact, "x");
  }

  Workshop shop_;
};

TEST(ImportNames, ManyFormsOfOneFunction) {
  const auto& matcher = usual().matcher;
  for (const char* symbol : {"strcpy", "__strcpy_chk", "__real_strcpy", "__builtin_strcpy"})
    EXPECT_EQ(matcher.functions(symbol), Names{"strcpy"}) << symbol;
  for (const char* symbol : {"__isoc99_sscanf", "__isoc23_sscanf", "sscanf"})
    EXPECT_EQ(matcher.functions(symbol), Names{"sscanf"}) << symbol;
  for (const char* symbol : {"fopen64", "fopen"}) EXPECT_EQ(matcher.functions(symbol), Names{"fopen"}) << symbol;
  EXPECT_EQ(matcher.functions("readdir64_r"), Names{"readdir_r"});
  for (const char* symbol : {"_setjmp", "setjmp"}) EXPECT_EQ(matcher.functions(symbol), Names{"setjmp"}) << symbol;
  EXPECT_EQ(matcher.functions("own_function"), Names{"own_function"});
}

TEST(ImportNames, OfCppAreMatchedWithoutArguments) {
  const auto& matcher = usual().matcher;
  EXPECT_EQ(matcher.functions("_ZSt14random_shuffleIPiEvT_S1_"), Names{"std::random_shuffle"});
  EXPECT_EQ(matcher.functions("_ZNSt3__114random_shuffleIPiEEvT_S2_"), Names{"std::random_shuffle"});
  EXPECT_EQ(matcher.functions("??$random_shuffle@H@std@@YAXPEAH0@Z"), Names{"std::random_shuffle"});
  EXPECT_EQ(matcher.functions("_ZN1a1b5riskyEv"), Names{"a::b::risky"});
  EXPECT_EQ(matcher.functions("?risky@b@a@@YAXXZ"), Names{"a::b::risky"});
}

TEST(ImportNames, OthersAreNot) {
  const auto& matcher = usual().matcher;
  for (const char* symbol : {"", "strcpy2", "my_strcpy", "strcpys", "_ZN1a6strcpyEv", "_ZN5other14random_shuffleEv",
                             "_ZN1a5riskyEv", "_ZTV5risky", "_Z", "?", "??$", "_ZSt14random_shuffle", "__real_"})
    EXPECT_EQ(matcher.functions(symbol), Names{}) << symbol;
}

TEST(ImportNames, LoseTheirVersions) {
  EXPECT_EQ(without_version("strcpy@GLIBC_2.2.5"), "strcpy");
  EXPECT_EQ(without_version("strcpy@@GLIBC_2.2.5"), "strcpy");
  EXPECT_EQ(without_version("fopen$UNIX2003"), "fopen");
  EXPECT_EQ(without_version("?f@@YAXXZ"), "?f@@YAXXZ");
}

TEST_F(Imports, OfAnObject) {
  const BinaryReport report = read(object());
  EXPECT_TRUE(report.problems.empty());
  ASSERT_TRUE(report.binary);
  EXPECT_EQ(report.binary->format, "ELF");
  EXPECT_EQ(report.binary->objects, 1);
  EXPECT_GT(report.binary->symbols, 0);
  ASSERT_EQ(report.imports.size(), 1u);
  EXPECT_EQ(report.imports[0].file, "x");
  EXPECT_EQ(report.imports[0].symbol, "strcpy");
  EXPECT_EQ(report.imports[0].function, "strcpy");
  EXPECT_EQ(report.imports[0].linkage, Linkage::imported);
  EXPECT_EQ(report.imports[0].origin.sha256, "digest");
}

TEST_F(Imports, NothingIsAnAnswer) {
  const BinaryReport report = read(object("int f(void) { return 1; }\n"));
  EXPECT_TRUE(report.binary);
  EXPECT_TRUE(report.imports.empty());
  EXPECT_TRUE(report.problems.empty());
}

TEST_F(Imports, ThroughAnAliasThatNoSourceScanSees) {
  const std::string source = "__asm__(\".globl f\\nf: jmp gets\\n\");\n";
  EXPECT_EQ(functions(read(object(source))), Names{"gets"});
}

TEST_F(Imports, InTheFormsThatHeadersMake) {
  const std::string source =
      "#include <stdio.h>\n#include <string.h>\n#include <setjmp.h>\njmp_buf b;\n"
      "int f(char *d, const char *s, int *n) { strcpy(d, s); fopen(d, s); sscanf(s, \"%d\", n); return setjmp(b); }\n";
  EXPECT_EQ(
      functions(read(build(source, "cc -std=gnu11 -O2 -D_FORTIFY_SOURCE=2 -D_FILE_OFFSET_BITS=64 -m64 -c a.c -o out"))),
      (Names{"sscanf", "setjmp", "fopen", "strcpy"}));
}

TEST_F(Imports, OfTemplatesThatEachObjectHoldsItself) {
  const std::string source =
      "#include <algorithm>\n#include <vector>\nvoid f(std::vector<int>& v) { std::random_shuffle(v.begin(), v.end()); "
      "}\n";
  EXPECT_EQ(functions(read(build(source, "c++ -std=c++11 -w -O0 -x c++ -c a.c -o out"))), Names{"std::random_shuffle"});
}

TEST_F(Imports, OfLinkedFiles) {
  const std::string source = std::string(copy_source) + "int main(void) { f(0, 0); return 0; }\n";
  for (const char* flags :
       {"", "-no-pie", "-s", "-shared -fPIC", "-shared -fPIC -nostdlib", "-Wl,-z,now -O2 -fno-builtin"}) {
    SCOPED_TRACE(flags);
    const BinaryReport report = read(build(source, std::string("cc a.c -o out ") + flags));
    EXPECT_TRUE(report.binary);
    EXPECT_EQ(functions(report), Names{"strcpy"});
  }
}

TEST_F(Imports, OfAStaticProgramAreWhatItContains) {
  const std::string source = std::string(copy_source) + "int main(int c, char **v) { f(v[0], v[1]); return 0; }\n";
  for (const char* flags : {"-static", "-static-pie"}) {
    SCOPED_TRACE(flags);
    const BinaryReport report = read(build(source, std::string("cc -fno-builtin a.c -o out ") + flags));
    EXPECT_TRUE(report.binary);
    EXPECT_EQ(std::ranges::count(functions(report), "strcpy"), 1);
    for (const ImportedSymbol& import : report.imports) EXPECT_EQ(import.linkage, Linkage::contained);
    expect_unseen(build(source, std::string("cc a.c -s -o out ") + flags), Errc::incomplete, "statically");
  }
}

TEST_F(Imports, OfAnArchiveAreItsMembers) {
  shop_.write("clean.c", "int clean(void) { return 0; }\n");
  const BinaryReport report = read(build(copy_source, "cc -c a.c && cc -c clean.c && ar rc out a.o clean.o"));
  ASSERT_TRUE(report.binary);
  EXPECT_EQ(report.binary->objects, 2);
  ASSERT_EQ(report.imports.size(), 1u);
  EXPECT_EQ(report.imports[0].member, "a.o");
}

TEST_F(Imports, OfOtherSystems) {
  for (const char* target : {"x86_64-apple-darwin", "arm64-apple-ios", "i686-pc-windows-gnu", "x86_64-pc-windows-msvc",
                             "powerpc64-linux-gnu", "armeb-linux-gnueabi", "i686-linux-gnu"}) {
    SCOPED_TRACE(target);
    const BinaryReport report = read(build(copy_source, std::string("clang-19 -O1 -c a.c -o out --target=") + target));
    EXPECT_TRUE(report.binary);
    EXPECT_EQ(functions(report), Names{"strcpy"});
  }
}

TEST_F(Imports, AreUnseenInIntermediateCode) {
  expect_unseen(build(copy_source, "cc -O1 -flto -c a.c -o out"), Errc::incomplete, "GCC's intermediate code");
  expect_unseen(build(copy_source, "clang-19 -O1 -flto -c a.c -o out"), Errc::incomplete, "LLVM's intermediate code");
  EXPECT_EQ(functions(read(build(copy_source, "cc -O1 -flto -ffat-lto-objects -c a.c -o out"))), Names{"strcpy"});
}

TEST_F(Imports, AreUnseenWithoutSymbols) {
  expect_unseen(build(copy_source,
                      "cc -c a.c && strip --strip-all -R .rela.eh_frame a.o -o out 2>/dev/null || true; test -f out"),
                Errc::incomplete, "without a symbol table");
}

TEST_F(Imports, AreUnseenInWhatHoldsNoObjects) {
  expect_unseen("", Errc::malformed, "no object");
  expect_unseen("hello\n", Errc::malformed, "no object");
  expect_unseen("!<arch>\n", Errc::empty, "without members");
  expect_unseen(std::string(4096, '\0'), Errc::incomplete, "symbol table");
  expect_unseen(build(copy_source, "cc -c a.c && ar rcT out a.o"), Errc::incomplete, "thin archive");
  expect_unseen(build(copy_source, "cc -c a.c && ar rc in.a a.o && ar rc out in.a"), Errc::incomplete,
                "archive within");
}

TEST_F(Imports, OfAnArchiveWithAForeignMemberAreKept) {
  const BinaryReport report = read(build(copy_source, "cc -c a.c && ar rc out a.c a.o"));
  EXPECT_FALSE(report.binary);
  EXPECT_EQ(functions(report), Names{"strcpy"});
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].where.at, "a.c");
}

// --- twins: what was cut or changed is never a clean file
// ----------------------------------------------------------------

TEST_F(Imports, OfAFileCutShortAreNeverComplete) {
  const std::string source = std::string(copy_source) + "int main(void) { return 0; }\n";
  for (const char* command : {"cc -c a.c -o out", "cc a.c -o out", "cc -c a.c -o a.o && ar rc out a.o",
                              "clang-19 --target=x86_64-apple-darwin -c a.c -o out",
                              "clang-19 --target=x86_64-pc-windows-msvc -c a.c -o out"}) {
    SCOPED_TRACE(command);
    const std::string whole = build(source, command);
    ASSERT_TRUE(read(whole).binary);
    for (std::size_t size = 0; size + 1 < whole.size(); size += 64) {
      const BinaryReport report = read(whole.substr(0, size));
      const bool shown = report.binary && functions(report) == Names{"strcpy"};  // the end may hold no symbols
      EXPECT_TRUE(shown || !report.problems.empty()) << size;
    }
  }
}

TEST_F(Imports, OfAFileWithAnotherHeaderAreNeverClean) {
  const std::string whole = object();
  for (std::size_t at = 0; at < 64; ++at) {
    for (const char value : {'\0', '\1', '\2', '\3', '\x7f', '\xff'}) {
      std::string changed = whole;
      changed[at] = value;
      const BinaryReport report = read(changed);
      EXPECT_TRUE(!report.imports.empty() || !report.problems.empty()) << at << " " << int{value};
    }
  }
}

TEST_F(Imports, OfALinkedFileWhoseSectionsMislead) {
  const std::string source = std::string(copy_source) + "int main(void) { f(0, 0); return 0; }\n";
  build(source, "cc a.c -o out");
  std::string bytes = shop_.read("out");
  for (const std::size_t field : {0x28u, 0x29u, 0x2au, 0x3cu}) bytes[field] = 0;  // e_shoff, e_shnum: no sections
  bytes[0x3d] = 0;
  expect_unseen(bytes, Errc::incomplete, "dynamic symbols");
}

// --- what compilers make of calls
// ----------------------------------------------------------------------------------------

struct Folding {
  const char *compiler, *source, *import, *origin;
};

class CallOrigins : public testing::TestWithParam<Folding> {};

TEST_P(CallOrigins, ExplainWhatTheCompilerMade) {
  const auto& [compiler, source, import, origin] = GetParam();
  const Workshop shop;
  shop.write("a.c", std::string("#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n") + source);
  shop.run(std::string(compiler) + " -O2 -w -c a.c -o a.o");
  const Matching matching({import, origin});
  const BinaryReport report = read_imports(shop.read("a.o"), {"x", {}, {}}, matching.matcher);
  ASSERT_EQ(functions(report), Names{import});
  const auto origins = model::call_origins(import);
  EXPECT_NE(std::ranges::find(origins, origin), origins.end());
}

INSTANTIATE_TEST_SUITE_P(
    Seen, CallOrigins,
    testing::Values(Folding{"cc", "void f(char *d, const char *s) { sprintf(d, \"%s\", s); }", "strcpy", "sprintf"},
                    Folding{"clang-19", "void f(char *d, const char *s) { sprintf(d, \"%s\", s); }", "strcpy",
                            "sprintf"},
                    Folding{"cc", "void f(char *d, const char *s) { stpcpy(d, s); }", "strcpy", "stpcpy"},
                    Folding{"cc", "void f(const char *s) { printf(\"%s\\n\", s); }", "puts", "printf"},
                    Folding{"clang-19", "void f(const char *s) { printf(\"%s\\n\", s); }", "puts", "printf"},
                    Folding{"cc", "void f(int c) { printf(\"%c\", c); }", "putchar", "printf"},
                    Folding{"cc", "void f(FILE *o, const char *s) { fprintf(o, \"%s\", s); }", "fputs", "fprintf"},
                    Folding{"cc", "void f(FILE *o) { fprintf(o, \"hello\"); }", "fwrite", "fprintf"},
                    Folding{"cc", "int f(const char *s) { return atoi(s); }", "strtol", "atoi"},
                    Folding{"cc", "void *f(void) { void *p = malloc(99); if (p) memset(p, 0, 99); return p; }",
                            "calloc", "malloc"}));

TEST(CallOriginsTable, KnowsNamesOfCppAndOthers) {
  EXPECT_FALSE(model::call_origins("std::strcpy").empty());
  EXPECT_FALSE(model::call_origins("::strcpy").empty());
  EXPECT_TRUE(model::call_origins("a::strcpy").empty());
  EXPECT_TRUE(model::call_origins("gets").empty());
  EXPECT_TRUE(model::called_by_compilers("std::memcpy"));
  EXPECT_FALSE(model::called_by_compilers("strcpy"));
}

}  // namespace
}  // namespace gate::cpp
