#include "adapters/cpp/inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>

#include "gate/crypto/digest.h"

namespace gate::cpp {
namespace {

namespace fs = std::filesystem;

// Nothing where it is no regular file any more, or cannot be read to its end.
std::optional<std::string> digest_of(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) return std::nullopt;
  struct stat status;
  crypto::Sha256 hasher;
  static thread_local std::array<char, 1 << 16> buffer;
  ssize_t got = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) ? 1 : -1;
  while (got > 0) {
    got = ::read(file, buffer.data(), buffer.size());
    if (got > 0) hasher.update({buffer.data(), static_cast<std::size_t>(got)});
    if (got < 0 && errno == EINTR) got = 1;
  }
  ::close(file);
  if (got < 0) return std::nullopt;
  return hasher.finish();
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
  return crypto::sha256(text);
}

void read(Input& input, std::optional<std::string> digest, Seen as) {
  input.seen = digest ? as : Seen::unreadable;
  if (digest) input.sha256 = std::move(*digest);
}

}  // namespace

std::string Links::real(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  const std::string leaf = slash == std::string::npos ? path : path.substr(slash + 1);
  // Copied: resolving may look at further folders, which moves what is kept.
  std::string folder = slash == std::string::npos || slash == 0 ? "/" : resolve(path.substr(0, slash));
  if (leaf.empty() || leaf == ".") return folder;
  if (leaf == "..") return fs::path(folder).parent_path().string();
  std::string here = (folder == "/" ? folder : folder + "/") + leaf;
  struct stat status;
  if (::lstat(here.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return here;
  std::error_code error;
  const fs::path led = fs::canonical(here, error);
  return error ? here : led.string();
}

std::string Links::resolve(const std::string& path) {
  if (const auto known = folders_.find(path); known != folders_.end()) return known->second;
  return folders_[path] = real(path);
}

Input look(const std::string& path, Seen expected, Links& links) {
  Input input{path, Seen::absent, {}, {}};
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return input;
  if (std::string real = links.real(path); real != path) input.real = std::move(real);
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
