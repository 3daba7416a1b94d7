#include "adapters/cpp/arguments.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <span>

namespace gate::cpp {
namespace {

namespace fs = std::filesystem;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

// The shell takes a backslash inside single quotes as it is, and inside double quotes as an escape of a few bytes only;
// GCC's response files let it keep the next byte everywhere.
enum class Quoting { shell, response_file };

bool escapes(Quoting quoting, char quote, char next) {
  if (quoting == Quoting::response_file || quote == 0) return true;
  return quote == '"' && std::string_view("$`\"\\\n").find(next) != std::string_view::npos;
}

std::optional<std::vector<std::string>> split(std::string_view text, Quoting quoting) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  char quote = 0;
  const auto append = [&word](char c) {
    if (!word) word.emplace();
    word->push_back(c);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size() && escapes(quoting, quote, text[i + 1])) {
      const char next = text[++i];
      if (next != '\n' || quoting == Quoting::response_file) append(next);
    } else if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        append(c);
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      if (!word) word.emplace();  // '' is a word
    } else if (!is_blank(c)) {
      append(c);
    } else if (word) {
      words.push_back(std::move(*word));
      word.reset();
      if (words.size() > max_arguments) return std::nullopt;
    }
  }
  if (quote != 0) return std::nullopt;
  if (word) words.push_back(std::move(*word));
  if (words.size() > max_arguments) return std::nullopt;
  return words;
}

constexpr int max_response_depth = 4;
constexpr std::size_t max_response_bytes = 4u << 20;

class ResponseFiles {
 public:
  ResponseFiles(const std::string& directory, const Paths& paths) : directory_(directory), paths_(paths) {}

  std::optional<Error> expand(const std::vector<std::string>& arguments, int depth) {
    for (const std::string& argument : arguments) {
      if (argument.size() < 2 || argument.front() != '@') {
        if (out_.size() == max_arguments)
          return Error{Errc::too_large, "more arguments than " + std::to_string(max_arguments), {}};
        out_.push_back(argument);
      } else if (auto error = read(argument.substr(1), depth)) {
        return error;
      }
    }
    return std::nullopt;
  }
  std::vector<std::string> take() { return std::move(out_); }

 private:
  std::optional<Error> read(const std::string& name, int depth) {
    const auto complain = [&](Errc code, const std::string& why) {
      return Error{code, "response file @" + paths_.without_root(name) + ": " + why, {}};
    };
    if (depth == max_response_depth) return complain(Errc::too_large, "nested too deep");
    const std::string path = real_path(absolute_path(name, directory_));
    if (!paths_.inside(path)) return complain(Errc::untrusted, "outside the project's root, not read");
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return complain(Errc::not_found, "no regular file");
    const auto size = fs::file_size(path, error);
    if (error || (bytes_ += size) > max_response_bytes) return complain(Errc::too_large, "too large");
    std::ifstream stream(path, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!stream.read(text.data(), static_cast<std::streamsize>(size)))
      return complain(Errc::unreadable, "cannot be read");
    const auto words = split(text, Quoting::response_file);
    if (!words) return complain(Errc::malformed, "a quote stays open");
    return expand(*words, depth + 1);
  }

  const std::string& directory_;
  const Paths& paths_;
  std::vector<std::string> out_;
  std::size_t bytes_ = 0;
};

enum class Fate { keep, drop, unfollowed };
enum class Shape {
  flag,      // -ansi
  joined,    // -std=c11; also with nothing after it
  separate,  // -include x.h
  either     // -I x, -Ix
};

struct OptionGroup {
  Shape shape;
  Fate fate;
  std::string_view spellings;  // with a blank between two
};

// What is not in here is judged by its family (see `family`).
constexpr OptionGroup option_groups[] = {
    // What names mean. -O belongs here, since headers ask for __OPTIMIZE__.
    {Shape::either, Fate::keep,
     "-D -U -I -include -imacros -isystem -iquote -idirafter -isystem-after -cxx-isystem -stdlib++-isystem "
     "-iprefix -iwithprefix -iwithprefixbefore -isysroot"},
    {Shape::separate, Fate::keep, "--sysroot -gcc-toolchain -target"},
    {Shape::joined, Fate::keep, "--sysroot= --gcc-toolchain= --gcc-install-dir= -stdlib= --target= -std= --std= -O"},
    {Shape::flag, Fate::keep, "-ansi -nostdinc -nostdinc++ -nostdlibinc -undef -trigraphs -traditional-cpp -pthread"},

    // Readers of more than headers, and other languages: not followed.
    {Shape::separate, Fate::unfollowed, "-include-pch --config"},
    {Shape::either, Fate::unfollowed, "-ivfsoverlay -vfsoverlay"},
    {Shape::joined, Fate::unfollowed,
     "-ObjC -fmodule-file= -fmodule-map-file= -fprebuilt-module-path= --config= --driver-mode="},
    {Shape::flag, Fate::unfollowed, "-I-"},

    // Outputs, diagnostics, linking, plugins. Where an option takes a value, the value must not be taken for an
    // argument.
    // -x is read apart. Distributions harden with -specs; names stay what they are.
    {Shape::either, Fate::drop, "-x -o -MF -MT -MQ -MJ -L -l -B -T -u -z -e -A -G"},
    {Shape::separate, Fate::drop,
     "-Xlinker -Xassembler -Xanalyzer -Xarch_host -Xopenmp-target -mllvm -mmlir -mthread-model -meabi -load "
     "-plugin -add-plugin -dependency-file -diagnostic-log-file -serialize-diagnostic-file "
     "-serialize-diagnostics --serialize-diagnostics -index-store-path -index-unit-output-path -ftrapv-handler "
     "-wrapper -aux-info -dumpbase -dumpbase-ext -dumpdir --param -arch -framework -install_name"},
    {Shape::joined, Fate::drop,
     "-mllvm= -mlink- -plugin-arg- -iplugindir= -specs= --specs= --param= -M -W -g -d -save-temps --save-temps "
     "-emit- -index- -time -print- --print- --rtlib= -rtlib= --unwindlib= -unwindlib= --ld-path="},
    {Shape::flag, Fate::drop,
     "-nobuiltininc -pthreads -pedantic -pedantic-errors --pedantic -Qunused-arguments -Qn -Qy "
     "-no-canonical-prefixes --no-default-config --start-no-unused-arguments --end-no-unused-arguments "
     "--coverage -coverage --verbose -pipe --pipe -c -S -E -C -CC -H -P -p -pg -s -r -v -w -Q -### -pie "
     "-no-pie -nopie -static -static-pie -static-libgcc -static-libstdc++ -shared -shared-libgcc -rdynamic "
     "-symbolic -nostdlib -nostdlib++ -nostartfiles -nodefaultlibs -nolibc -no-integrated-cpp -integrated-as "
     "-no-integrated-as -remap"},
};

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

struct Option {
  std::string_view spelling;
  Shape shape;
  Fate fate;
};

const std::vector<Option>& options() {
  static const std::vector<Option> all = [] {
    std::vector<Option> made;
    for (const OptionGroup& group : option_groups) {
      for (const std::string_view spelling : words_of(group.spellings))
        made.push_back({spelling, group.shape, group.fate});
    }
    return made;
  }();
  return all;
}

// What of the -f family says how source is understood, without "no-". A name that ends in '=' takes any value.
constexpr std::string_view language_flags[] = {
    "PIC",
    "PIE",
    "access-control",
    "aligned-allocation",
    "asm",
    "blocks",
    "bracket-depth=",
    "builtin",
    "cf-protection",
    "cf-protection=",
    "char8_t",
    "common",
    "constexpr-depth=",
    "constexpr-steps=",
    "coroutines",
    "cxx-exceptions",
    "declspec",
    "delayed-template-parsing",
    "digraphs",
    "dollars-in-identifiers",
    "exceptions",
    "fast-math",
    "finite-math-only",
    "freestanding",
    "gnu-keywords",
    "gnu89-inline",
    "hosted",
    "lax-vector-conversions",
    "lax-vector-conversions=",
    "math-errno",
    "ms-compatibility",
    "ms-extensions",
    "new-alignment=",
    "openmp",
    "openmp-simd",
    "openmp=",
    "operator-names",
    "pascal-strings",
    "pic",
    "pie",
    "rtti",
    "sanitize=",
    "short-enums",
    "short-wchar",
    "signed-char",
    "signed-zeros",
    "sized-deallocation",
    "stack-protector",
    "stack-protector-all",
    "stack-protector-strong",
    "template-depth=",
    "threadsafe-statics",
    "trigraphs",
    "unsigned-char",
    "visibility=",
    "wrapv",
};
static_assert(std::is_sorted(std::begin(language_flags), std::end(language_flags)));

bool is_language_flag(std::string_view argument) {  // "-fno-builtin"
  std::string_view name = argument.substr(2);
  if (name.starts_with("no-")) name.remove_prefix(3);
  if (const auto value = name.find('='); value != std::string_view::npos) name = name.substr(0, value + 1);
  return std::binary_search(std::begin(language_flags), std::end(language_flags), name);
}

bool is_target_flag(std::string_view argument) {  // "-march=x86-64-v3": no path, no blank
  return std::all_of(argument.begin() + 1, argument.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_=.,+").find(c) != std::string_view::npos;
  });
}

// Whether an argument that the table does not have may pass. Clang is asked later whether it knows the flag.
Fate family(std::string_view argument) {
  if (argument.starts_with("-f")) return is_language_flag(argument) ? Fate::keep : Fate::drop;
  if (argument.starts_with("-m")) return is_target_flag(argument) ? Fate::keep : Fate::drop;
  return Fate::unfollowed;
}

bool fits(const Option& option, std::string_view argument) {
  const bool exact = argument == option.spelling;
  return option.shape == Shape::flag || option.shape == Shape::separate ? exact : argument.starts_with(option.spelling);
}

// The longest spelling that fits decides.
const Option* find_option(std::string_view argument) {
  const Option* best = nullptr;
  for (const Option& option : options()) {
    if (fits(option, argument) && (!best || option.spelling.size() > best->spelling.size())) best = &option;
  }
  return best;
}

// -Wp,a,b and -Xclang a and -Xpreprocessor a hand arguments on; here they are arguments like the others.
std::vector<std::string> unwrap(const std::vector<std::string>& arguments) {
  std::vector<std::string> plain;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") break;  // only inputs after it
    if (argument.starts_with("-Wp,")) {
      for (std::size_t from = 4; from <= argument.size();) {
        const std::size_t to = std::min(argument.find(',', from), argument.size());
        plain.push_back(argument.substr(from, to - from));
        from = to + 1;
      }
    } else if (argument == "-Xclang" || argument == "-Xpreprocessor") {
      if (++i < arguments.size()) plain.push_back(arguments[i]);
    } else {
      plain.push_back(argument);
    }
  }
  return plain;
}

std::string_view base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The compiler behind the usual caches and distributors.
std::size_t compiler_index(const std::vector<std::string>& recorded) {
  constexpr std::string_view wrappers[] = {"ccache", "sccache", "distcc", "icecc", "buildcache"};
  std::size_t i = 0;
  while (i + 1 < recorded.size() &&
         std::find(std::begin(wrappers), std::end(wrappers), base_name(recorded[i])) != std::end(wrappers))
    ++i;
  return i;
}

bool speaks_cl(std::string_view compiler) {
  return compiler == "cl" || compiler == "cl.exe" || contains(compiler, "clang-cl");
}
bool compiles_c_as_cxx(std::string_view compiler) { return contains(compiler, "++"); }

// "aarch64-linux-gnu-gcc-12" → "aarch64-linux-gnu"; nothing for "gcc-12".
std::string target_of(std::string_view compiler) {
  for (const std::string_view tool : {"-gcc", "-g++", "-cc", "-c++", "-clang"}) {
    const auto at = compiler.rfind(tool);
    if (at == std::string_view::npos) continue;
    const std::string_view triple = compiler.substr(0, at);
    if (std::count(triple.begin(), triple.end(), '-') >= 2) return std::string(triple);
  }
  return {};
}

struct Language {
  std::string_view keys;  // with a blank between two
  std::string_view name;  // as -x takes it, or in words where it is not looked at
  bool looked_at = true;
};

constexpr Language by_extension[] = {
    {"c", "c"},
    {"i", "cpp-output"},
    {"h", "c-header"},
    {"cc cp cxx cpp CPP c++ C CC tcc inl ipp", "c++"},
    {"ii", "c++-cpp-output"},
    {"hh hp hpp hxx h++ H HPP", "c++-header"},
    {"cppm ccm cxxm c++m ixx", "c++-module"},
    {"s S sx asm", "assembler", false},
    {"cu cuh", "CUDA", false},
    {"hip", "HIP", false},
    {"cl", "OpenCL", false},
    {"m mi", "Objective-C", false},
    {"mm M mii", "Objective-C++", false},
    {"f F for FOR f90 F90 f95 F95 f03 F03 f08 F08", "Fortran", false},
};

constexpr Language by_option[] = {
    {"c", "c"},
    {"cpp-output", "cpp-output"},
    {"c-header", "c-header"},
    {"c++", "c++"},
    {"c++-cpp-output", "c++-cpp-output"},
    {"c++-header c++-user-header c++-system-header", "c++-header"},
    {"c++-module", "c++-module"},
    {"assembler assembler-with-cpp", "assembler", false},
    {"cuda", "CUDA", false},
    {"hip", "HIP", false},
    {"objective-c", "Objective-C", false},
    {"objective-c++", "Objective-C++", false},
    {"f77 f77-cpp-input f95 f95-cpp-input", "Fortran", false},
};

void decide_language(Arguments& out, std::string_view chosen, std::string_view file, std::string_view compiler) {
  if (speaks_cl(compiler)) {
    out.not_looked_at = "sources of the compiler driver " + std::string(compiler);
    return;
  }
  const auto look_up = [&](std::span<const Language> table, std::string_view key) {
    const auto found = std::ranges::find_if(table, [&](const Language& language) {
      const auto keys = words_of(language.keys);
      return std::ranges::find(keys, key) != keys.end();
    });
    if (found == table.end()) {
      out.not_looked_at = key.empty() ? "files without an extension" : "'" + std::string(key) + "' sources";
    } else if (!found->looked_at) {
      out.not_looked_at = std::string(found->name) + " sources";
    } else {
      out.language = found->name;
    }
  };
  if (!chosen.empty() && chosen != "none") {
    look_up(by_option, chosen);
    return;
  }
  const std::string_view name = base_name(file);
  const auto dot = name.rfind('.');
  look_up(by_extension, dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1));
  if (!compiles_c_as_cxx(compiler)) return;
  if (out.language == "c") out.language = "c++";
  if (out.language == "c-header") out.language = "c++-header";
  if (out.language == "cpp-output") out.language = "c++-cpp-output";
}

}  // namespace

std::optional<std::vector<std::string>> split_command(std::string_view command) {
  return split(command, Quoting::shell);
}

Result<std::vector<std::string>> expand_response_files(const std::vector<std::string>& arguments,
                                                       const std::string& directory, const Paths& paths) {
  ResponseFiles files(directory, paths);
  if (auto error = files.expand(arguments, 0)) return *error;
  return files.take();
}

Arguments sanitise(const std::vector<std::string>& recorded, std::string_view file) {
  Arguments out;
  const std::size_t first = compiler_index(recorded);
  const std::string_view compiler = recorded.empty() ? std::string_view() : base_name(recorded[first]);
  if (auto target = target_of(compiler); !target.empty()) out.kept.push_back("--target=" + target);

  const auto arguments = recorded.empty()
                             ? std::vector<std::string>{}
                             : unwrap({recorded.begin() + static_cast<std::ptrdiff_t>(first) + 1, recorded.end()});
  std::string language;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument.size() < 2 || argument.front() != '-') continue;  // an input: the entry names the one that counts
    const Option* option = find_option(argument);
    const Fate fate = option ? option->fate : family(argument);
    const bool has_value = option && (option->shape == Shape::separate ||
                                      (option->shape == Shape::either && argument == option->spelling));
    const std::string* value = has_value && i + 1 < arguments.size() ? &arguments[++i] : nullptr;
    if (has_value && !value) {
      out.unfollowed.push_back(argument + " without its value");
    } else if (fate == Fate::unfollowed) {
      out.unfollowed.push_back(argument);
    } else if (fate == Fate::keep) {
      out.kept.push_back(argument);
      if (value) out.kept.push_back(*value);
    } else if (option && option->spelling == "-x") {
      language = value ? *value : argument.substr(2);
    } else if (option && option->spelling == "-o") {
      out.output = value ? *value : argument.substr(2);
    }
  }
  decide_language(out, language, file, compiler);
  return out;
}

}  // namespace gate::cpp
