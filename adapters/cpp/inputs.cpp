#include "adapters/cpp/inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <llvm/Support/BLAKE3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>

namespace gate::cpp {
namespace {

namespace fs = std::filesystem;

std::string text_of(const llvm::BLAKE3Result<>& digest) { return {digest.begin(), digest.end()}; }

// Nothing where it is no regular file any more, or cannot be read to its end.
std::optional<std::string> digest_of(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) return std::nullopt;
  struct stat status;
  llvm::BLAKE3 hasher;
  static thread_local std::array<char, 1 << 18> buffer;
  bool readable = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  // Of a file that did not grow meanwhile, its end need not be asked for.
  for (off_t left = status.st_size; readable;) {
    const ssize_t got = ::read(file, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    readable = got >= 0;
    if (got <= 0) break;
    hasher.update(llvm::StringRef(buffer.data(), static_cast<std::size_t>(got)));
    left -= got;
    if (left == 0) break;
  }
  ::close(file);
  if (!readable) return std::nullopt;
  return text_of(hasher.final());
}

std::optional<std::string> digest_of_names(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error) return std::nullopt;
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += name + '\0';
  return content_digest(text);
}

void read(Input& input, std::optional<std::string> digest, Seen as) {
  input.seen = digest ? as : Seen::unreadable;
  if (digest) input.digest = std::move(*digest);
}

}  // namespace

std::string content_digest(std::string_view bytes) {
  llvm::BLAKE3 hasher;
  hasher.update(llvm::StringRef(bytes));
  return text_of(hasher.final());
}

std::string Links::real(const std::string& path, bool is_link) {
  const std::size_t slash = path.find_last_of('/');
  const std::string leaf = slash == std::string::npos ? path : path.substr(slash + 1);
  // Copied: resolving may look at further folders, which moves what is kept.
  std::string folder = slash == std::string::npos || slash == 0 ? "/" : resolve(path.substr(0, slash));
  if (leaf.empty() || leaf == ".") return folder;
  if (leaf == "..") return fs::path(folder).parent_path().string();
  std::string here = (folder == "/" ? folder : folder + "/") + leaf;
  if (!is_link) return here;
  std::error_code error;
  const fs::path led = fs::canonical(here, error);
  return error ? here : led.string();
}

std::string Links::real(const std::string& path) {
  struct stat status;
  return real(path, ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode));
}

std::string Links::resolve(const std::string& folder) {
  if (const auto known = folders_.find(folder); known != folders_.end()) return known->second;
  return folders_[folder] = real(folder);
}

Input look(const std::string& path, Seen expected, Links& links) {
  Input input{path, Seen::absent, {}, {}};
  struct stat status;
  if (::lstat(path.c_str(), &status) != 0) return input;
  const bool is_link = S_ISLNK(status.st_mode);
  if (is_link && ::stat(path.c_str(), &status) != 0) return input;
  if (std::string real = links.real(path, is_link); real != path) input.real = std::move(real);
  if (S_ISDIR(status.st_mode)) {
    input.seen = Seen::folder;
    if (expected == Seen::listing) read(input, digest_of_names(path), Seen::listing);
  } else {
    input.seen = Seen::other;
    if (S_ISREG(status.st_mode) && expected != Seen::other) read(input, digest_of(path), Seen::file);
  }
  return input;
}

Input look(const std::string& path, Seen expected) {
  Links links;
  return look(path, expected, links);
}

}  // namespace gate::cpp
