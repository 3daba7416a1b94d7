// What a unit read of the disk, and what it asked for in vain: all that its facts depend on besides its command.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gate::cpp {

enum class Seen : unsigned char {
  absent,  // nothing of this name
  folder,
  other,       // a file that was looked at and not read
  unreadable,  // a file that could not be read; the next time it may be
  file,        // read
  listing,     // a folder whose names were listed
};

struct Input {
  std::string path;  // absolute
  Seen seen = Seen::absent;
  std::string digest;  // of the bytes that were read, or of the sorted names with a zero after each
  std::string real;    // where symbolic links lead from there; empty where the path is that itself
  auto operator<=>(const Input&) const = default;
};

// BLAKE3, 32 bytes: as good as SHA-256, and several times as fast, which is most of what a warm run costs.
std::string content_digest(std::string_view bytes);

// Symbolic links of paths, each folder looked at once in the life of this object. Not for several threads.
class Links {
 public:
  // Without links, "." and "..". The path is absolute; what stands there exists.
  std::string real(const std::string& path);
  std::string real(const std::string& path, bool is_link);  // for who knows already whether it is a link itself

 private:
  std::string resolve(const std::string& folder);
  std::unordered_map<std::string, std::string> folders_;
};

// What stands at a path now. `expected` says how closely to look: a folder is listed where a listing is expected, and a
// file is read unless `other` is.
Input look(const std::string& path, Seen expected, Links& links);
Input look(const std::string& path, Seen expected);

}  // namespace gate::cpp
