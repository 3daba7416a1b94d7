#include "adapters/cpp/compile_database.h"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "adapters/cpp/arguments.h"
#include "gate/crypto/digest.h"
#include "gate/json/value.h"

namespace gate::cpp {
namespace {

constexpr std::size_t max_bytes = 256u << 20;

Result<std::vector<std::string>> recorded_arguments(const json::View& entry) {
  std::vector<std::string> arguments;
  if (entry.has("arguments")) {
    auto elements = entry.elements("arguments");
    if (!elements) return elements.error();
    if (elements->size() > max_arguments)
      return entry.error(Errc::too_large, "more arguments than " + std::to_string(max_arguments));
    for (const json::View& element : *elements) {
      auto argument = element.as_text();
      if (!argument) return argument.error();
      arguments.push_back(std::move(*argument));
    }
  } else {
    auto command = entry.text("command");
    if (!command) return entry.error(Errc::malformed, "the entry has neither arguments nor command");
    auto words = split_command(*command);
    if (!words) return entry.error(Errc::malformed, "the command has an open quote or too many arguments");
    arguments = std::move(*words);
  }
  if (arguments.empty()) return entry.error(Errc::malformed, "the entry has no arguments");
  for (const std::string& argument : arguments) {
    if (argument.find('\0') != std::string::npos) return entry.error(Errc::malformed, "an argument holds a zero byte");
  }
  return arguments;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

class Reader {
 public:
  Reader(const std::string& folder, const Paths& paths) : folder_(folder), paths_(paths) {}

  void read(const json::View& entry) {
    if (auto unit = understand(entry)) {
      out_.units.push_back(std::move(*unit));
    } else {
      out_.problems.push_back(unit.error());
    }
  }

  CompileDatabase finish() {
    const auto key = [](const Unit& u) { return std::tie(u.file, u.language, u.arguments, u.directory, u.followed); };
    auto& units = out_.units;
    std::sort(units.begin(), units.end(), [&](const Unit& a, const Unit& b) { return key(a) < key(b); });
    units.erase(std::unique(units.begin(), units.end(), [&](const Unit& a, const Unit& b) { return key(a) == key(b); }),
                units.end());
    auto& problems = out_.problems;
    std::sort(problems.begin(), problems.end());
    problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
    return std::move(out_);
  }

 private:
  Result<Unit> understand(const json::View& entry) {
    const auto directory = entry.text("directory");
    const auto file = entry.text("file");
    if (!directory || !file || file->empty())
      return entry.error(Errc::malformed, "the entry names no directory or no file");
    if ((*directory + *file).find('\0') != std::string::npos)
      return entry.error(Errc::malformed, "a path holds a zero byte");

    Unit unit;
    unit.directory = absolute_path(*directory, folder_);
    unit.file = absolute_path(*file, unit.directory);
    const Origin source{paths_.relative(unit.file), {}, {}};

    const auto recorded = recorded_arguments(entry);
    if (!recorded) return recorded.error();
    const auto expanded = expand_response_files(*recorded, unit.directory, paths_);
    auto arguments = sanitise(expanded ? *expanded : *recorded, unit.file);
    if (arguments.language.empty())
      return Error{Errc::incomplete, "not looked at: gate does not read " + arguments.not_looked_at, source};
    std::error_code error;
    if (!std::filesystem::is_regular_file(unit.file, error)) {
      return Error{Errc::not_found, "the compile database names it, and it is not there (generated? then build first)",
                   source};
    }
    if (!expanded) out_.problems.push_back({expanded.error().code, expanded.error().what, source});
    if (!arguments.unfollowed.empty()) {
      out_.problems.push_back({Errc::incomplete,
                               "looked at without arguments that may change what is compiled: " +
                                   paths_.without_root(join(arguments.unfollowed)),
                               source});
    }
    unit.followed = arguments.unfollowed.empty() && expanded;
    unit.language = std::move(arguments.language);
    unit.arguments = std::move(arguments.kept);
    unit.output = std::move(arguments.output);
    return unit;
  }

  const std::string& folder_;
  const Paths& paths_;
  CompileDatabase out_;
};

}  // namespace

std::string Unit::fingerprint(const Paths& paths) const {
  std::string text;
  const auto add = [&](const std::string& part) { text += std::to_string(part.size()) + ':' + part; };
  add(paths.movable(directory));
  add(language);
  for (const std::string& argument : arguments) add(paths.movable_argument(argument));
  return crypto::sha256_hex(text);
}

Result<CompileDatabase> read_compile_database(const Document& document, const std::string& folder, const Paths& paths) {
  const auto tree = json::parse(document.bytes, document.origin.artifact, {.bytes = max_bytes, .depth = 8});
  if (!tree) return tree.error();
  auto entries = json::View(*tree, document.origin.artifact).as_elements();
  if (!entries) return entries.error();
  const auto whole = [&](Errc code, std::string what) { return Error{code, std::move(what), document.origin}; };
  if (entries->empty()) return whole(Errc::empty, "the compile database has no entries");
  if (entries->size() > max_entries) return whole(Errc::too_large, "more entries than " + std::to_string(max_entries));
  Reader reader(folder, paths);
  for (const json::View& entry : *entries) reader.read(entry);
  return reader.finish();
}

}  // namespace gate::cpp
