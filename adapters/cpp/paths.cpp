#include "adapters/cpp/paths.h"

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

std::string Paths::without_root(std::string text) const {
  text = replace_folder(std::move(text), real_);
  return given_ == real_ ? text : replace_folder(std::move(text), given_);
}

}  // namespace gate::cpp
