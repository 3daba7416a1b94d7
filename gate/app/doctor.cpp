// Why the compile database shows less than it should, and the command that mends it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <tuple>

#include "gate/app/app.h"
#include "gate/app/gather.h"
#include "gate/app/load_policy.h"
#include "gate/app/progress.h"
#include "gate/app/source_files.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

constexpr std::size_t shown_places = 3;
constexpr std::size_t shown_unread = 20;

struct Words {
  std::string_view none, make_one, no_build_system, holds, compiled_again, left_out, seen, unread, well, unwell, more;
};
constexpr Words english{"There is no compile database: gate cannot see how the sources are compiled.",
                        "Make one:",
                        "No build system was recognised at the root. Run the build under bear:",
                        "{}: {} units",
                        "{} is compiled {} times, with other arguments each time",
                        "left out, since Clang does not know it: {} ({} units)",
                        "{} of {} units can be read in full",
                        "{} C and C++ files that git tracks are read by no unit, so that no rule sees them:",
                        "Every unit can be read in full. Next: gate run",
                        "Mend what stands above, and run gate doctor again. Until then no rule about sources can pass.",
                        "… and {} more"};
constexpr Words japanese{
    "コンパイルデータベースがないため、ソースがどのようにコンパイルされるか分かりません。",
    "作り方:",
    "ビルドシステムを認識できません。bear の下でビルドしてください:",
    "{}: 翻訳単位 {} 件",
    "{} は異なる引数で {} 回コンパイルされます",
    "Clang が知らないため除いた引数: {} (翻訳単位 {} 件)",
    "全体を読める翻訳単位: {} / {} 件",
    "git が管理する C/C++ ファイルのうち、どの翻訳単位も読まず、どの規則も見ないもの: {} 件",
    "すべての翻訳単位を読めます。次は gate run を実行してください。",
    "上の問題を直してから、もう一度 gate doctor を実行してください。それまでソースに関する規則は合格しません。",
    "… ほか {} 件"};

struct BuildSystem {
  const char* file;  // at the root
  const char* command;
};
// In the order in which they are asked for; a project may have several.
constexpr BuildSystem build_systems[] = {
    {"CMakeLists.txt", "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON && cmake --build build"},
    {"meson.build", "meson setup build && meson compile -C build"},
    {"MODULE.bazel", "bazel run @hedron_compile_commands//:refresh_all"},
    {"WORKSPACE", "bazel run @hedron_compile_commands//:refresh_all"},
    {"build.ninja", "ninja -t compdb > compile_commands.json"},
    {"configure", "./configure && bear -- make"},
    {"configure.ac", "autoreconf -i && ./configure && bear -- make"},
    {"Makefile", "make clean && bear -- make"},
    {"GNUmakefile", "make clean && bear -- make"},
};

// Where build systems leave it.
constexpr const char* usual_places[] = {"compile_commands.json", "build/compile_commands.json",
                                        "out/compile_commands.json", "builddir/compile_commands.json",
                                        "_build/compile_commands.json"};

// Empty where there is none; nothing where the policy, which may name it, is bad.
std::optional<std::string> find_database(const Project& project, const std::string& asked) {
  if (!asked.empty()) return project.from_command_line(asked);
  if (host::exists(usual_policy)) {
    const auto now = host::now();
    const auto policy = now ? load_policy(project, usual_policy, *now) : std::nullopt;
    if (!policy) return std::nullopt;
    if (policy->inputs.compile_commands) return *policy->inputs.compile_commands;
  }
  const auto place = std::ranges::find_if(usual_places, host::exists);
  return place == std::end(usual_places) ? std::string() : *place;
}

void tell_how_to_make_one(const Words& words) {
  const auto system = std::ranges::find_if(build_systems, [](const BuildSystem& b) { return host::exists(b.file); });
  if (system == std::end(build_systems)) {
    fmt::print("{}\n  bear -- make\n", words.no_build_system);
  } else {
    fmt::print("{}\n  {}\n", words.make_one, system->command);
  }
}

// A problem that many places have is told once.
void tell(const std::vector<Error>& problems, const Words& words) {
  std::map<std::string, std::vector<std::string>> places;
  for (const Error& problem : problems) {
    std::string place = problem.where.artifact;
    if (!problem.where.at.empty()) place += ":" + problem.where.at;
    places[problem.what].push_back(std::move(place));
  }
  for (const auto& [what, where] : places) {
    fmt::print("\n{}\n", what);
    for (std::size_t i = 0; i < std::min(where.size(), shown_places); ++i) fmt::print("  {}\n", where[i]);
    if (where.size() > shown_places)
      fmt::print("  {}\n", fmt::format(fmt::runtime(words.more), where.size() - shown_places));
  }
}

}  // namespace

int doctor(const std::string& asked, const SourceOptions& sources, const Common& common) {
  constexpr int well = 0, bad_policy = 2, unwell = 3;
  const Words& words = common.language == "ja" ? japanese : english;
  const auto project = Project::open();
  if (!project) {
    std::fprintf(stderr, "gate: %s\n", describe(project.error()).c_str());
    return unwell;
  }
  const auto path = find_database(*project, asked);
  if (!path) return bad_policy;
  auto request = path->empty() ? Result<cpp::Request>(Error{Errc::not_found, std::string(words.none), {}})
                               : open_compile_database(*project, *path, sources);
  if (!request) {
    fmt::print("{}\n\n", path->empty() ? std::string(words.none) : describe(request.error()));
    tell_how_to_make_one(words);
    return unwell;
  }

  const auto survey = cpp::survey(*request);
  fmt::print("{}", fmt::format(fmt::runtime(words.holds), request->compile_commands.origin.artifact, survey.units));
  const char* separator = " (";
  for (const auto& [language, units] : survey.languages) {
    fmt::print("{}{} {}", separator, language, units);
    separator = ", ";
  }
  fmt::print("{}\n", survey.languages.empty() ? "" : ")");
  for (const auto& [source, times] : survey.repeated)
    fmt::print("  {}\n", fmt::format(fmt::runtime(words.compiled_again), source, times));
  for (const auto& [flag, units] : survey.flags_left_out)
    fmt::print("  {}\n", fmt::format(fmt::runtime(words.left_out), flag, units));

  std::vector<Error> problems = survey.problems;
  std::vector<std::string> unread;
  if (survey.units > 0) {
    ProgressLine progress("reading C and C++ sources", host::terminal().err_is_terminal, common.quiet);
    request->progress = std::ref(progress);
    std::set<std::string> read;
    request->files = [&](const std::set<std::string>& files) { read = files; };
    const FactBatch batch = cpp::collect_source_uses(*request);
    problems = batch.problems;
    unread = unread_source_files(*project, read);
    fmt::print("  {}\n", fmt::format(fmt::runtime(words.seen), batch.facts.of<TranslationUnit>().size(), survey.units));
  }
  if (!unread.empty()) {
    fmt::print("  {}\n", fmt::format(fmt::runtime(words.unread), unread.size()));
    for (std::size_t i = 0; i < std::min(unread.size(), shown_unread); ++i) fmt::print("    {}\n", unread[i]);
    if (unread.size() > shown_unread)
      fmt::print("    {}\n", fmt::format(fmt::runtime(words.more), unread.size() - shown_unread));
  }
  tell(problems, words);
  if (survey.units == 0) {
    fmt::print("\n");
    tell_how_to_make_one(words);
  }
  fmt::print("\n{}\n", problems.empty() ? words.well : words.unwell);
  return problems.empty() ? well : unwell;
}

}  // namespace gate::app
