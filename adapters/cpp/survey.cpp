#include <algorithm>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/cpp.h"
#include "adapters/cpp/front_end.h"

namespace gate::cpp {
namespace {

Survey count(const CompileDatabase& database, const Paths& paths) {
  Survey survey;
  survey.units = database.units.size();
  survey.problems = database.problems;
  std::map<std::string, std::size_t> sources;
  for (const Unit& unit : database.units) {
    ++survey.languages[unit.language];
    ++sources[paths.relative(unit.file)];
    const auto known = known_to_clang(unit.arguments);
    auto next = known.begin();
    for (const std::string& argument : unit.arguments) {
      if (next != known.end() && *next == argument) {
        ++next;
      } else {
        ++survey.flags_left_out[paths.without_root(argument)];
      }
    }
  }
  for (const auto& [source, times] : sources) {
    if (times > 1) survey.repeated.emplace(source, times);
  }
  return survey;
}

}  // namespace

Survey survey(const Request& request) {
  const auto whole = [](Error error) { return Survey{.problems = {std::move(error)}}; };
  try {
    const auto paths = Paths::open(request.root);
    if (!paths) return whole(paths.error());
    const auto database = read_compile_database(request.compile_commands, request.compile_commands_dir, *paths);
    return database ? count(*database, *paths) : whole(database.error());
  } catch (const std::exception& error) {
    return whole({Errc::internal, error.what(), request.compile_commands.origin});
  }
}

}  // namespace gate::cpp
