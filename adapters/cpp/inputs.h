// What a unit read of the disk, and what it asked for in vain: all that its facts depend on besides its command.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace gate::cpp {

enum class Seen : unsigned char {
  absent,  // nothing of this name
  folder,
  other,    // a file that was looked at and not read, or that cannot be read
  file,     // read
  listing,  // a folder whose names were listed
};

struct Input {
  std::string path;  // absolute
  Seen seen = Seen::absent;
  std::string sha256;  // 32 bytes: of the bytes that were read, or of the sorted names with a zero after each
  auto operator<=>(const Input&) const = default;
};

// What stands at a path now. `expected` says how closely to look: a folder is listed where a listing is expected, and a
// file is read unless `other` is.
Input look(const std::string& path, Seen expected);

}  // namespace gate::cpp
