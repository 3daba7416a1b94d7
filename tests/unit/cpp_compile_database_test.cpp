#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "adapters/cpp/arguments.h"
#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/paths.h"

namespace gate::cpp {
namespace {

using Words = std::vector<std::string>;

Words split(std::string_view command) { return split_command(command).value_or(Words{"<no value>"}); }

TEST(CppCommand, SplitsByTheRulesOfTheShell) {
  EXPECT_EQ(split("cc  -c\ta.c\n"), (Words{"cc", "-c", "a.c"}));
  EXPECT_EQ(split(R"(cc -DA='a b' "-DB=c \"d\"" -DC=\"e\")"), (Words{"cc", "-DA=a b", "-DB=c \"d\"", "-DC=\"e\""}));
  EXPECT_EQ(split(R"('a\b' "a\b" "\$\`\\" a\ b)"), (Words{"a\\b", "a\\b", "$`\\", "a b"}));
  EXPECT_EQ(split("a\\\nb 'c\\\nd' \"e\\\nf\""), (Words{"ab", "c\\\nd", "ef"}));
  EXPECT_EQ(split("'' \"\" x''y"), (Words{"", "", "xy"}));
  EXPECT_EQ(split(""), Words{});
}

TEST(CppCommand, ExpandsNothing) {
  EXPECT_EQ(split("cc $(touch x) `y` $HOME * ~ a;b && c > d"),
            (Words{"cc", "$(touch", "x)", "`y`", "$HOME", "*", "~", "a;b", "&&", "c", ">", "d"}));
}

TEST(CppCommand, RefusesWhatIsCutOffOrTooMuch) {
  EXPECT_FALSE(split_command("cc 'open"));
  EXPECT_FALSE(split_command("cc \"open"));
  std::string many;
  for (std::size_t i = 0; i <= max_arguments; ++i) many += "x ";
  EXPECT_FALSE(split_command(many));
}

Arguments clean(const Words& arguments, std::string_view file = "a.c") {
  Words recorded{"gcc"};
  recorded.insert(recorded.end(), arguments.begin(), arguments.end());
  return sanitise(recorded, file);
}

TEST(CppArguments, WhatSaysHowTheSourceIsReadPasses) {
  const Words harmless{"-DA=1",
                       "-D",
                       "B",
                       "-UC",
                       "-Iinc",
                       "-I",
                       "inc",
                       "-isystem",
                       "sys",
                       "-iquote",
                       "q",
                       "-idirafter",
                       "d",
                       "-include",
                       "config.h",
                       "-imacros",
                       "m.h",
                       "-std=gnu11",
                       "-ansi",
                       "-O2",
                       "-Os",
                       "-pthread",
                       "-nostdinc",
                       "-nostdinc++",
                       "--sysroot=/s",
                       "-isysroot",
                       "/s",
                       "-target",
                       "arm-linux",
                       "-fno-builtin",
                       "-funsigned-char",
                       "-fno-exceptions",
                       "-fPIC",
                       "-fsanitize=address",
                       "-m32",
                       "-march=x86-64-v3",
                       "-msse4.2",
                       "--gcc-toolchain=/opt/gcc"};
  const auto out = clean(harmless);
  EXPECT_EQ(out.kept, harmless);
  EXPECT_TRUE(out.unfollowed.empty());
}

TEST(CppArguments, WhatLoadsWritesOrRunsIsGone) {
  const Words hostile[] = {
      {"-fplugin=/evil.so"},
      {"-fplugin-arg-evil-x=y"},
      {"-fpass-plugin=/evil.so"},
      {"-Xclang", "-load", "-Xclang", "/evil.so"},
      {"-Xclang", "-plugin", "-Xclang", "evil"},
      {"-Xclang", "-add-plugin", "-Xclang", "evil"},
      {"-load", "/evil.so"},
      {"-mllvm", "-load=/evil.so"},
      {"-mllvm=-x"},
      {"-mlink-builtin-bitcode", "evil.bc"},
      {"-o", "-DOUT"},
      {"-o/out"},
      {"-M"},
      {"-MM"},
      {"-MD"},
      {"-MMD"},
      {"-MP"},
      {"-MG"},
      {"-MF", "-DOUT"},
      {"-MF/out"},
      {"-MT", "-DOUT"},
      {"-MQ", "-DOUT"},
      {"-MJ", "-DOUT"},
      {"-Wp,-MD,/out"},
      {"-Wp,-MD,/out,-MT,-DOUT"},
      {"-Xpreprocessor", "-MF", "-Xpreprocessor", "-DOUT"},
      {"-save-temps"},
      {"-save-temps=obj"},
      {"--save-temps"},
      {"-ftime-trace"},
      {"-ftime-trace=/out"},
      {"-fcrash-diagnostics-dir=/out"},
      {"-gen-cdb-fragment-path"},
      {"-fprofile-generate=/out"},
      {"-fprofile-use=/in"},
      {"-fprofile-instr-generate=/out"},
      {"-fmodules"},
      {"-fmodules-cache-path=/out"},
      {"-fmodules-ts"},
      {"-emit-llvm"},
      {"-emit-ast"},
      {"-emit-pch"},
      {"-emit-obj"},
      {"-S"},
      {"-E"},
      {"-c"},
      {"-v"},
      {"-###"},
      {"-specs=/evil"},
      {"--specs=/evil"},
      {"-B/evil"},
      {"-B", "-DOUT"},
      {"-wrapper", "/evil,-c"},
      {"-dumpbase", "-DOUT"},
      {"-dumpdir", "-DOUT"},
      {"-dM"},
      {"-fdump-tree-all=/out"},
      {"-aux-info", "-DOUT"},
      {"-fdiagnostics-format=sarif-file"},
      {"-serialize-diagnostics", "-DOUT"},
      {"--serialize-diagnostics", "-DOUT"},
      {"-index-store-path", "-DOUT"},
      {"-index-unit-output-path", "-DOUT"},
      {"-Xassembler", "-o"},
      {"-Xlinker", "-DOUT"},
      {"-Wa,-o,/out"},
      {"-Wl,-o,/out"},
      {"-T", "-DOUT"},
      {"-L", "-DOUT"},
      {"-lfoo"},
      {"-L/lib"},
      {"-u", "-DOUT"},
      {"-z", "-DOUT"},
      {"--param", "-DOUT"},
      {"--param=a=b"},
      {"-g3"},
      {"-ggdb"},
      {"-gsplit-dwarf"},
      {"-Wall"},
      {"-Werror"},
      {"-pedantic"},
      {"-shared"},
      {"-static"},
      {"-pipe"},
      {"--coverage"},
      {"other.c"},
      {"-"},
      {""},
      {"@file"},
      {"--", "-DOUT"},
      {"-fno-unknown-to-everyone"},
      {"-m/with/path"},
      {"-mllvm-like value"},
  };
  for (const Words& arguments : hostile) {
    const auto out = clean(arguments);
    EXPECT_EQ(out.kept, Words{}) << arguments.front();
    EXPECT_TRUE(arguments.front() == "-gen-cdb-fragment-path" || out.unfollowed.empty()) << arguments.front();
  }
}

TEST(CppArguments, WhatMayChangeMeaningAndIsLeftOutIsNamed) {
  for (const char* argument : {"-ivfsoverlay", "-include-pch", "--config"}) {
    EXPECT_EQ(clean({argument, "-DX"}).unfollowed, Words{argument});
    EXPECT_EQ(clean({argument, "-DX"}).kept, Words{});
  }
  for (const char* argument :
       {"--config=x", "-fmodule-file=a=b", "--driver-mode=cl", "--define-macro=A", "-qfoo", "/DX=1", "-I-"}) {
    const auto out = clean({argument});
    EXPECT_EQ(out.kept, Words{}) << argument;
    EXPECT_EQ(out.unfollowed.empty(), argument[0] == '/') << argument;
  }
  EXPECT_EQ(clean({"-D"}).unfollowed.size(), 1u);
}

TEST(CppArguments, WrappedArgumentsAreJudgedLikeOthers) {
  EXPECT_EQ(clean({"-Wp,-D_FORTIFY_SOURCE=2,-DX"}).kept, (Words{"-D_FORTIFY_SOURCE=2", "-DX"}));
  EXPECT_EQ(clean({"-Xclang", "-include", "-Xclang", "pch.hxx"}).kept, (Words{"-include", "pch.hxx"}));
  EXPECT_EQ(clean({"-Xclang"}).kept, Words{});
  EXPECT_EQ(clean({"-Wp,"}).kept, Words{});
}

TEST(CppArguments, LanguageByExtensionOptionAndCompiler) {
  const auto language = [](const Words& recorded, std::string_view file) { return sanitise(recorded, file).language; };
  EXPECT_EQ(language({"gcc"}, "/x/a.c"), "c");
  EXPECT_EQ(language({"gcc"}, "/x.y/a.cc"), "c++");
  EXPECT_EQ(language({"gcc"}, "a.C"), "c++");
  EXPECT_EQ(language({"gcc"}, "a.hpp"), "c++-header");
  EXPECT_EQ(language({"gcc"}, "a.i"), "cpp-output");
  EXPECT_EQ(language({"/usr/bin/x86_64-linux-gnu-g++-12"}, "a.c"), "c++");
  EXPECT_EQ(language({"ccache", "distcc", "clang++"}, "a.c"), "c++");
  EXPECT_EQ(language({"ccache"}, "a.c"), "c");
  EXPECT_EQ(language({"g++", "-x", "c"}, "a.cc"), "c");
  EXPECT_EQ(language({"gcc", "-xc++"}, "a.c"), "c++");
  EXPECT_EQ(language({"gcc", "-xc++", "-x", "none"}, "a.c"), "c");
  EXPECT_EQ(language({}, "a.c"), "c");
}

TEST(CppArguments, OtherLanguagesAreNamed) {
  const auto words = [](const Words& recorded, std::string_view file) {
    const auto out = sanitise(recorded, file);
    EXPECT_EQ(out.language, "") << file;
    return out.not_looked_at;
  };
  EXPECT_EQ(words({"gcc"}, "a.S"), "assembler sources");
  EXPECT_EQ(words({"gcc", "-x", "assembler-with-cpp"}, "a.c"), "assembler sources");
  EXPECT_EQ(words({"nvcc"}, "a.cu"), "CUDA sources");
  EXPECT_EQ(words({"clang"}, "a.mm"), "Objective-C++ sources");
  EXPECT_EQ(words({"gfortran"}, "a.f90"), "Fortran sources");
  EXPECT_EQ(words({"gcc", "-xfoo"}, "a.c"), "'foo' sources");
  EXPECT_EQ(words({"gcc"}, "a.b/c"), "files without an extension");
  EXPECT_NE(words({"/usr/bin/clang-cl"}, "a.c").find("clang-cl"), std::string::npos);
}

TEST(CppArguments, CrossCompilerNamesItsTarget) {
  EXPECT_EQ(sanitise({"/opt/bin/aarch64-linux-gnu-gcc-12"}, "a.c").kept, Words{"--target=aarch64-linux-gnu"});
  EXPECT_EQ(sanitise({"gcc-12"}, "a.c").kept, Words{});
  EXPECT_EQ(sanitise({"c++"}, "a.cc").kept, Words{});
}

// A project in a folder of its own.
class CppDatabase : public testing::Test {
 protected:
  CppDatabase() {
    const auto base = std::filesystem::temp_directory_path() / ("gate-cpp-" + std::to_string(::getpid()));
    root_ = (base / testing::UnitTest::GetInstance()->current_test_info()->name()).string();
    std::filesystem::create_directories(root_ + "/src");
    write("src/a.c", "int a;\n");
  }
  ~CppDatabase() override { std::filesystem::remove_all(root_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(root_ + "/" + name) << text; }

  Result<CompileDatabase> read(const std::string& json) {
    std::string text = json;
    for (std::size_t at; (at = text.find("ROOT")) != std::string::npos;) text.replace(at, 4, root_);
    return read_compile_database({text, {"build/compile_commands.json", "", ""}}, root_ + "/build",
                                 *Paths::open(root_));
  }

  std::string root_;
};

TEST_F(CppDatabase, BothFormsGiveTheSameUnit) {
  const auto out = read(R"([
    {"directory": "ROOT", "file": "src/a.c", "arguments": ["gcc", "-DX=a b", "-c", "src/a.c", "-o", "a.o"]},
    {"directory": "ROOT", "file": "ROOT/src/../src/a.c", "command": "cc '-DX=a b' -Wall -c src/a.c", "output": "b.o"}])");
  ASSERT_TRUE(out);
  EXPECT_TRUE(out->problems.empty());
  ASSERT_EQ(out->units.size(), 1u);
  EXPECT_EQ(out->units[0].file, root_ + "/src/a.c");
  EXPECT_EQ(out->units[0].arguments, Words{"-DX=a b"});
}

TEST_F(CppDatabase, FingerprintDoesNotDependOnThePlace) {
  const auto paths = *Paths::open(root_);
  std::filesystem::create_directories(root_ + "-2");
  const auto moved = *Paths::open(root_ + "-2");
  const auto unit = [](const std::string& root) {
    return Unit{root + "/a.c", root, "c", {"-I" + root + "/inc", "-I" + root}};
  };
  EXPECT_EQ(unit(root_).fingerprint(paths), unit(root_ + "-2").fingerprint(moved));
  EXPECT_NE(unit(root_).fingerprint(paths), unit(root_ + "-2").fingerprint(paths));
  EXPECT_NE(unit(root_).fingerprint(paths),
            (Unit{root_ + "/a.c", root_, "c++", {"-I" + root_ + "/inc", "-I" + root_}}).fingerprint(paths));
  std::filesystem::remove_all(root_ + "-2");
}

TEST_F(CppDatabase, UselessAsAWhole) {
  const auto code = [this](const std::string& text) {
    const auto out = read(text);
    return out ? std::string("none") : std::string(name(out.error().code));
  };
  EXPECT_EQ(code("[]"), "empty");
  EXPECT_EQ(code(""), "malformed");
  EXPECT_EQ(code("{}"), "malformed");
  EXPECT_EQ(code(R"([{"directory": ")"), "malformed");
  EXPECT_EQ(code(R"([{"file": 1, "file": 2}])"), "malformed");
  std::string many = "[0";
  for (std::size_t i = 0; i < max_entries; ++i) many += ",0";
  EXPECT_EQ(code(many + "]"), "too large");
}

TEST_F(CppDatabase, ABrokenEntryIsNamedByItsPlace) {
  const auto out = read(
      R"([{"directory": "ROOT", "file": "src/a.c", "command": "gcc -c src/a.c"}, {"directory": "ROOT", "command": "gcc"}])");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->units.size(), 1u);
  ASSERT_EQ(out->problems.size(), 1u);
  EXPECT_EQ(out->problems[0].code, Errc::malformed);
  EXPECT_EQ(out->problems[0].where.at, "/1");
  EXPECT_EQ(out->problems[0].where.artifact, "build/compile_commands.json");
}

TEST_F(CppDatabase, TooManyArguments) {
  std::string arguments = "\"gcc\"";
  for (std::size_t i = 0; i < max_arguments; ++i) arguments += ",\"-DX\"";
  const auto out = read(R"([{"directory": "ROOT", "file": "src/a.c", "arguments": [)" + arguments + "]}]");
  ASSERT_TRUE(out);
  EXPECT_TRUE(out->units.empty());
  EXPECT_EQ(out->problems.at(0).code, Errc::too_large);
}

TEST_F(CppDatabase, UnfollowedArgumentsLeaveTheUnitIncomplete) {
  const auto out =
      read(R"([{"directory": "ROOT", "file": "src/a.c", "command": "gcc -ivfsoverlay ROOT/o.yaml -c src/a.c"}])");
  ASSERT_TRUE(out);
  ASSERT_EQ(out->units.size(), 1u);
  EXPECT_FALSE(out->units[0].followed);
  EXPECT_EQ(out->problems.at(0).code, Errc::incomplete);
  EXPECT_EQ(out->problems.at(0).where.artifact, "src/a.c");
}

TEST_F(CppDatabase, ResponseFiles) {
  write("flags.rsp", "-DA 'b c' @more.rsp\n-D\"E=f g\"");
  write("more.rsp", "-DD\\ x");
  write("loop.rsp", "@loop.rsp");
  const auto expand = [this](const Words& arguments) {
    return expand_response_files(arguments, root_, *Paths::open(root_));
  };
  const auto good = expand({"gcc", "@flags.rsp", "@", "x"});
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, (Words{"gcc", "-DA", "b c", "-DD x", "-DE=f g", "@", "x"}));
  EXPECT_EQ(expand({"@loop.rsp"}).error().code, Errc::too_large);
  EXPECT_EQ(expand({"@missing.rsp"}).error().code, Errc::not_found);
  EXPECT_EQ(expand({"@/etc/passwd"}).error().code, Errc::untrusted);
  EXPECT_EQ(expand({"@src"}).error().code, Errc::not_found);
  std::filesystem::create_symlink("/etc/passwd", root_ + "/link.rsp");
  EXPECT_EQ(expand({"@link.rsp"}).error().code, Errc::untrusted);
}

TEST_F(CppDatabase, PathsAreRelativeToTheRoot) {
  const auto paths = *Paths::open(root_);
  EXPECT_EQ(paths.inside(root_ + "/src/a.c"), "src/a.c");
  EXPECT_EQ(paths.inside(root_ + "-2/a.c"), std::nullopt);
  EXPECT_EQ(paths.inside(root_), std::nullopt);
  EXPECT_EQ(paths.without_root("'" + root_ + "/a.h' in " + root_ + " and " + root_ + "-2/b.h"),
            "'a.h' in . and " + root_ + "-2/b.h");
  EXPECT_TRUE(paths.relative("/somewhere/x.c").starts_with("../"));
  EXPECT_FALSE(Paths::open("relative"));
  EXPECT_FALSE(Paths::open(root_ + "/absent"));
}

}  // namespace
}  // namespace gate::cpp
