#include "adapters/cpp/arguments.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

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
        if (out_.size() == max_arguments) return Error{Errc::too_large, "more arguments than " + std::to_string(max_arguments), {}};
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
    if (!stream.read(text.data(), static_cast<std::streamsize>(size))) return complain(Errc::unreadable, "cannot be read");
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

struct Option {
  std::string_view spelling;
  Shape shape;
  Fate fate;
};

// The longest spelling that fits decides. What is not in here is looked up by its family (see `family`).
constexpr Option options[] = {
    // What names mean.
    {"-D", Shape::either, Fate::keep},
    {"-U", Shape::either, Fate::keep},
    {"-I", Shape::either, Fate::keep},
    {"-include", Shape::either, Fate::keep},
    {"-imacros", Shape::either, Fate::keep},
    {"-isystem", Shape::either, Fate::keep},
    {"-iquote", Shape::either, Fate::keep},
    {"-idirafter", Shape::either, Fate::keep},
    {"-isystem-after", Shape::either, Fate::keep},
    {"-cxx-isystem", Shape::either, Fate::keep},
    {"-stdlib++-isystem", Shape::either, Fate::keep},
    {"-iprefix", Shape::either, Fate::keep},
    {"-iwithprefix", Shape::either, Fate::keep},
    {"-iwithprefixbefore", Shape::either, Fate::keep},
    {"-isysroot", Shape::either, Fate::keep},
    {"--sysroot=", Shape::joined, Fate::keep},
    {"--sysroot", Shape::separate, Fate::keep},
    {"--gcc-toolchain=", Shape::joined, Fate::keep},
    {"-gcc-toolchain", Shape::separate, Fate::keep},
    {"--gcc-install-dir=", Shape::joined, Fate::keep},
    {"-stdlib=", Shape::joined, Fate::keep},
    {"--target=", Shape::joined, Fate::keep},
    {"-target", Shape::separate, Fate::keep},
    {"-std=", Shape::joined, Fate::keep},
    {"--std=", Shape::joined, Fate::keep},
    {"-ansi", Shape::flag, Fate::keep},
    {"-nostdinc", Shape::flag, Fate::keep},
    {"-nostdinc++", Shape::flag, Fate::keep},
    {"-nostdlibinc", Shape::flag, Fate::keep},
    {"-nobuiltininc", Shape::flag, Fate::drop},
    {"-undef", Shape::flag, Fate::keep},
    {"-trigraphs", Shape::flag, Fate::keep},
    {"-traditional-cpp", Shape::flag, Fate::keep},
    {"-pthread", Shape::flag, Fate::keep},
    {"-pthreads", Shape::flag, Fate::drop},
    {"-O", Shape::joined, Fate::keep},  // __OPTIMIZE__ decides what headers declare
    {"-ObjC", Shape::joined, Fate::unfollowed},
    {"-x", Shape::either, Fate::drop},  // becomes Arguments::language

    // Readers of more than headers: nothing of them is followed.
    {"-include-pch", Shape::separate, Fate::unfollowed},
    {"-ivfsoverlay", Shape::either, Fate::unfollowed},
    {"-vfsoverlay", Shape::either, Fate::unfollowed},
    {"-I-", Shape::flag, Fate::unfollowed},
    {"-fmodule-file=", Shape::joined, Fate::unfollowed},
    {"-fmodule-map-file=", Shape::joined, Fate::unfollowed},
    {"-fprebuilt-module-path=", Shape::joined, Fate::unfollowed},
    {"--config", Shape::separate, Fate::unfollowed},
    {"--config=", Shape::joined, Fate::unfollowed},
    {"--driver-mode=", Shape::joined, Fate::unfollowed},

    // Values that must not be taken for arguments.
    {"-o", Shape::either, Fate::drop},
    {"-MF", Shape::either, Fate::drop},
    {"-MT", Shape::either, Fate::drop},
    {"-MQ", Shape::either, Fate::drop},
    {"-MJ", Shape::either, Fate::drop},
    {"-Xlinker", Shape::separate, Fate::drop},
    {"-Xassembler", Shape::separate, Fate::drop},
    {"-Xanalyzer", Shape::separate, Fate::drop},
    {"-Xarch_host", Shape::separate, Fate::drop},
    {"-Xopenmp-target", Shape::separate, Fate::drop},
    {"-mllvm", Shape::separate, Fate::drop},
    {"-mllvm=", Shape::joined, Fate::drop},
    {"-mmlir", Shape::separate, Fate::drop},
    {"-mthread-model", Shape::separate, Fate::drop},
    {"-meabi", Shape::separate, Fate::drop},
    {"-mlink-", Shape::joined, Fate::drop},
    {"-load", Shape::separate, Fate::drop},
    {"-plugin", Shape::separate, Fate::drop},
    {"-add-plugin", Shape::separate, Fate::drop},
    {"-plugin-arg-", Shape::joined, Fate::drop},
    {"-dependency-file", Shape::separate, Fate::drop},
    {"-diagnostic-log-file", Shape::separate, Fate::drop},
    {"-serialize-diagnostic-file", Shape::separate, Fate::drop},
    {"-serialize-diagnostics", Shape::separate, Fate::drop},
    {"--serialize-diagnostics", Shape::separate, Fate::drop},
    {"-index-store-path", Shape::separate, Fate::drop},
    {"-index-unit-output-path", Shape::separate, Fate::drop},
    {"-ftrapv-handler", Shape::separate, Fate::drop},
    {"-iplugindir=", Shape::joined, Fate::drop},
    {"-wrapper", Shape::separate, Fate::drop},
    {"-specs=", Shape::joined, Fate::drop},  // distributions harden with it; names stay what they are
    {"--specs=", Shape::joined, Fate::drop},
    {"-aux-info", Shape::separate, Fate::drop},
    {"-dumpbase", Shape::separate, Fate::drop},
    {"-dumpbase-ext", Shape::separate, Fate::drop},
    {"-dumpdir", Shape::separate, Fate::drop},
    {"--param", Shape::separate, Fate::drop},
    {"--param=", Shape::joined, Fate::drop},
    {"-arch", Shape::separate, Fate::drop},
    {"-framework", Shape::separate, Fate::drop},
    {"-install_name", Shape::separate, Fate::drop},
    {"-L", Shape::either, Fate::drop},
    {"-l", Shape::either, Fate::drop},
    {"-B", Shape::either, Fate::drop},
    {"-T", Shape::either, Fate::drop},
    {"-u", Shape::either, Fate::drop},
    {"-z", Shape::either, Fate::drop},
    {"-e", Shape::either, Fate::drop},
    {"-A", Shape::either, Fate::drop},
    {"-G", Shape::either, Fate::drop},

    // Outputs, diagnostics, linking.
    {"-M", Shape::joined, Fate::drop},
    {"-W", Shape::joined, Fate::drop},
    {"-g", Shape::joined, Fate::drop},
    {"-d", Shape::joined, Fate::drop},
    {"-save-temps", Shape::joined, Fate::drop},
    {"--save-temps", Shape::joined, Fate::drop},
    {"-emit-", Shape::joined, Fate::drop},
    {"-index-", Shape::joined, Fate::drop},
    {"-time", Shape::joined, Fate::drop},
    {"-print-", Shape::joined, Fate::drop},
    {"--print-", Shape::joined, Fate::drop},
    {"-pedantic", Shape::flag, Fate::drop},
    {"-pedantic-errors", Shape::flag, Fate::drop},
    {"--pedantic", Shape::flag, Fate::drop},
    {"-Qunused-arguments", Shape::flag, Fate::drop},
    {"-Qn", Shape::flag, Fate::drop},
    {"-Qy", Shape::flag, Fate::drop},
    {"-no-canonical-prefixes", Shape::flag, Fate::drop},
    {"--no-default-config", Shape::flag, Fate::drop},
    {"--start-no-unused-arguments", Shape::flag, Fate::drop},
    {"--end-no-unused-arguments", Shape::flag, Fate::drop},
    {"--rtlib=", Shape::joined, Fate::drop},
    {"-rtlib=", Shape::joined, Fate::drop},
    {"--unwindlib=", Shape::joined, Fate::drop},
    {"-unwindlib=", Shape::joined, Fate::drop},
    {"--ld-path=", Shape::joined, Fate::drop},
    {"--coverage", Shape::flag, Fate::drop},
    {"-coverage", Shape::flag, Fate::drop},
    {"--verbose", Shape::flag, Fate::drop},
    {"-pipe", Shape::flag, Fate::drop},
    {"--pipe", Shape::flag, Fate::drop},
    {"-c", Shape::flag, Fate::drop},
    {"-S", Shape::flag, Fate::drop},
    {"-E", Shape::flag, Fate::drop},
    {"-C", Shape::flag, Fate::drop},
    {"-CC", Shape::flag, Fate::drop},
    {"-H", Shape::flag, Fate::drop},
    {"-P", Shape::flag, Fate::drop},
    {"-p", Shape::flag, Fate::drop},
    {"-pg", Shape::flag, Fate::drop},
    {"-s", Shape::flag, Fate::drop},
    {"-r", Shape::flag, Fate::drop},
    {"-v", Shape::flag, Fate::drop},
    {"-w", Shape::flag, Fate::drop},
    {"-Q", Shape::flag, Fate::drop},
    {"-###", Shape::flag, Fate::drop},
    {"-pie", Shape::flag, Fate::drop},
    {"-no-pie", Shape::flag, Fate::drop},
    {"-nopie", Shape::flag, Fate::drop},
    {"-static", Shape::flag, Fate::drop},
    {"-static-pie", Shape::flag, Fate::drop},
    {"-static-libgcc", Shape::flag, Fate::drop},
    {"-static-libstdc++", Shape::flag, Fate::drop},
    {"-shared", Shape::flag, Fate::drop},
    {"-shared-libgcc", Shape::flag, Fate::drop},
    {"-rdynamic", Shape::flag, Fate::drop},
    {"-symbolic", Shape::flag, Fate::drop},
    {"-nostdlib", Shape::flag, Fate::drop},
    {"-nostdlib++", Shape::flag, Fate::drop},
    {"-nostartfiles", Shape::flag, Fate::drop},
    {"-nodefaultlibs", Shape::flag, Fate::drop},
    {"-nolibc", Shape::flag, Fate::drop},
    {"-no-integrated-cpp", Shape::flag, Fate::drop},
    {"-integrated-as", Shape::flag, Fate::drop},
    {"-no-integrated-as", Shape::flag, Fate::drop},
    {"-remap", Shape::flag, Fate::drop},
};

// What of the -f family says how source is understood, without "no-". A name that ends in '=' takes any value.
constexpr std::string_view language_flags[] = {
    "PIC", "PIE", "access-control", "aligned-allocation", "asm", "blocks", "bracket-depth=", "builtin",
    "cf-protection", "cf-protection=", "char8_t", "common", "constexpr-depth=", "constexpr-steps=", "coroutines",
    "cxx-exceptions", "declspec", "delayed-template-parsing", "digraphs", "dollars-in-identifiers", "exceptions",
    "fast-math", "finite-math-only", "freestanding", "gnu-keywords", "gnu89-inline", "hosted",
    "lax-vector-conversions", "lax-vector-conversions=", "math-errno", "ms-compatibility", "ms-extensions",
    "new-alignment=", "openmp", "openmp-simd", "openmp=", "operator-names", "pascal-strings", "pic", "pie", "rtti",
    "sanitize=", "short-enums", "short-wchar", "signed-char", "signed-zeros", "sized-deallocation",
    "stack-protector", "stack-protector-all", "stack-protector-strong", "template-depth=", "threadsafe-statics",
    "trigraphs", "unsigned-char", "visibility=", "wrapv",
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
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-_=.,+").find(c) != std::string_view::npos;
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

const Option* find_option(std::string_view argument) {
  const Option* best = nullptr;
  for (const Option& option : options) {
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
  while (i + 1 < recorded.size() && std::find(std::begin(wrappers), std::end(wrappers), base_name(recorded[i])) != std::end(wrappers)) ++i;
  return i;
}

bool speaks_cl(std::string_view compiler) { return compiler == "cl" || compiler == "cl.exe" || contains(compiler, "clang-cl"); }
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

struct LanguageName {
  std::string_view key;  // an extension, or a value of -x
  std::string_view language;
  std::string_view in_words = {};
};

constexpr LanguageName extensions[] = {
    {"c", "c"}, {"i", "cpp-output"}, {"h", "c-header"},
    {"cc", "c++"}, {"cp", "c++"}, {"cxx", "c++"}, {"cpp", "c++"}, {"CPP", "c++"}, {"c++", "c++"}, {"C", "c++"},
    {"CC", "c++"}, {"ii", "c++-cpp-output"}, {"tcc", "c++"}, {"inl", "c++"}, {"ipp", "c++"},
    {"hh", "c++-header"}, {"hp", "c++-header"}, {"hpp", "c++-header"}, {"hxx", "c++-header"}, {"h++", "c++-header"},
    {"H", "c++-header"}, {"HPP", "c++-header"},
    {"cppm", "c++-module"}, {"ccm", "c++-module"}, {"cxxm", "c++-module"}, {"c++m", "c++-module"}, {"ixx", "c++-module"},
    {"s", "", "assembler"}, {"S", "", "assembler"}, {"sx", "", "assembler"}, {"asm", "", "assembler"},
    {"cu", "", "CUDA"}, {"cuh", "", "CUDA"}, {"hip", "", "HIP"}, {"cl", "", "OpenCL"}, {"m", "", "Objective-C"},
    {"mi", "", "Objective-C"}, {"mm", "", "Objective-C++"}, {"M", "", "Objective-C++"}, {"mii", "", "Objective-C++"},
    {"f", "", "Fortran"}, {"F", "", "Fortran"}, {"for", "", "Fortran"}, {"f90", "", "Fortran"}, {"F90", "", "Fortran"},
    {"f95", "", "Fortran"}, {"f03", "", "Fortran"}, {"f08", "", "Fortran"},
};

constexpr LanguageName chosen[] = {
    {"c", "c"}, {"c-header", "c-header"}, {"cpp-output", "cpp-output"}, {"c++", "c++"}, {"c++-header", "c++-header"},
    {"c++-cpp-output", "c++-cpp-output"}, {"c++-module", "c++-module"}, {"c++-user-header", "c++-header"},
    {"c++-system-header", "c++-header"},
    {"assembler", "", "assembler"}, {"assembler-with-cpp", "", "assembler"}, {"cuda", "", "CUDA"}, {"hip", "", "HIP"},
    {"objective-c", "", "Objective-C"}, {"objective-c++", "", "Objective-C++"}, {"f77", "", "Fortran"},
    {"f95", "", "Fortran"},
};

void decide_language(Arguments& out, std::string_view chosen_name, std::string_view file, std::string_view compiler) {
  if (speaks_cl(compiler)) {
    out.not_looked_at = "sources of the compiler driver " + std::string(compiler);
    return;
  }
  const auto look_up = [&](const auto& table, std::string_view key) {
    const auto found = std::find_if(std::begin(table), std::end(table), [&](const LanguageName& l) { return l.key == key; });
    if (found == std::end(table)) {
      out.not_looked_at = key.empty() ? "files without an extension" : "'" + std::string(key) + "' sources";
    } else if (found->language.empty()) {
      out.not_looked_at = std::string(found->in_words) + " sources";
    } else {
      out.language = found->language;
    }
  };
  if (!chosen_name.empty() && chosen_name != "none") {
    look_up(chosen, chosen_name);
    return;
  }
  const std::string_view name = base_name(file);
  const auto dot = name.rfind('.');
  look_up(extensions, dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1));
  if (!compiles_c_as_cxx(compiler)) return;
  if (out.language == "c") out.language = "c++";
  if (out.language == "c-header") out.language = "c++-header";
  if (out.language == "cpp-output") out.language = "c++-cpp-output";
}

}  // namespace

std::optional<std::vector<std::string>> split_command(std::string_view command) { return split(command, Quoting::shell); }

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

  const auto arguments = recorded.empty() ? std::vector<std::string>{} : unwrap({recorded.begin() + static_cast<std::ptrdiff_t>(first) + 1, recorded.end()});
  std::string language;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument.size() < 2 || argument.front() != '-') continue;  // an input: the entry names the one that counts
    const Option* option = find_option(argument);
    const Fate fate = option ? option->fate : family(argument);
    const bool has_value = option && (option->shape == Shape::separate || (option->shape == Shape::either && argument == option->spelling));
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
    }
  }
  decide_language(out, language, file, compiler);
  return out;
}

}  // namespace gate::cpp
