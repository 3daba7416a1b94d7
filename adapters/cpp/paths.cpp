#include "adapters/cpp/paths.h"

#include <algorithm>
#include <filesystem>

namespace gate::cpp {
namespace {

namespace fs = std::filesystem;

std::string normal(const fs::path& path) {
  std::string text = path.lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::optional<std::string> below(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/') ? std::optional<std::string>(path.substr(1)) : std::nullopt;
  if (path.size() <= folder.size() + 1 || !path.starts_with(folder) || path[folder.size()] != '/') return std::nullopt;
  return std::string(path.substr(folder.size() + 1));
}

bool ends_a_name(char c) {
  return !(c == '_' || c == '-' || c == '.' || c == '+' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80);
}

// "/root/a.h" → "a.h", "/root" → "."; "/root-2/a.h" stays.
std::string replace_folder(std::string text, const std::string& folder) {
  if (folder == "/") return text;
  for (std::size_t at = 0; (at = text.find(folder, at)) != std::string::npos;) {
    const std::size_t end = at + folder.size();
    if (end < text.size() && text[end] == '/') {
      text.erase(at, folder.size() + 1);
    } else if (end == text.size() || ends_a_name(text[end])) {
      text.replace(at, folder.size(), ".");
      ++at;
    } else {
      at = end;
    }
  }
  return text;
}

// Options whose value may follow at once, and is a path.
constexpr std::string_view path_options[] = {"-I",       "-isystem",  "-iquote",  "-idirafter",   "-include",
                                             "-imacros", "-isysroot", "-iprefix", "-iwithprefix", "-iwithprefixbefore"};

// Where a path begins in an argument: an option's value, or what is quoted or assigned. Anywhere else the root may be
// the tail of another path, which is another file in another checkout.
bool begins_a_path(std::string_view argument, std::size_t at) {
  const std::string_view before = argument.substr(0, at);
  if (before.empty() || std::ranges::find(path_options, before) != std::end(path_options)) return true;
  if (std::ranges::any_of(path_options, [&](auto option) { return argument.starts_with(option); })) return false;
  return argument.starts_with('-') && std::string_view("=\"'<(,: ").find(before.back()) != std::string_view::npos;
}

std::string mark_folder(std::string argument, const std::string& folder) {
  if (folder == "/") return argument;
  for (std::size_t at = 0; (at = argument.find(folder, at)) != std::string::npos; ++at) {
    const std::size_t end = at + folder.size();
    const bool ends = end == argument.size() || argument[end] == '/' || ends_a_name(argument[end]);
    if (ends && begins_a_path(argument, at)) argument.replace(at, folder.size(), 1, '\0');
  }
  return argument;
}

}  // namespace

std::string absolute_path(const std::string& path, const std::string& directory) {
  return normal(fs::path(directory) / path);
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return error ? path : normal(real);
}

Result<Paths> Paths::open(const std::string& root) {
  const Origin origin{"compile database", {}, {}};
  if (root.empty() || root.front() != '/')
    return Error{Errc::internal, "the project's root is no absolute path", origin};
  std::error_code error;
  const fs::path real = fs::canonical(root, error);
  if (error) return Error{Errc::not_found, "the project's root cannot be opened: " + error.message(), origin};
  Paths paths;
  paths.given_ = normal(root);
  paths.real_ = normal(real);
  return paths;
}

std::optional<std::string> Paths::inside(std::string_view absolute) const {
  if (auto name = below(absolute, real_)) return name;
  return below(absolute, given_);
}

std::string Paths::relative(const std::string& absolute) const {
  if (auto name = inside(absolute)) return *name;
  return normal(fs::path(absolute).lexically_relative(real_));
}

std::string Paths::movable(const std::string& absolute) const {
  if (absolute == real_ || absolute == given_) return std::string(1, '\0');
  const auto name = inside(absolute);
  return name ? '\0' + *name : absolute;
}

std::string Paths::movable_argument(std::string argument) const {
  argument = mark_folder(std::move(argument), real_);
  return given_ == real_ ? argument : mark_folder(std::move(argument), given_);
}

std::string Paths::without_root(std::string text) const {
  text = replace_folder(std::move(text), real_);
  return given_ == real_ ? text : replace_folder(std::move(text), given_);
}

}  // namespace gate::cpp
