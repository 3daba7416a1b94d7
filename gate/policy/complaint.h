// Files that people write, and complaints about them: each with the line, and a caret under the place.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/policy/load.h"

namespace gate::policy {

// A file as a reader sees it. Columns of positions count characters, so that they agree with editors.
class Source {
 public:
  Source() = default;
  Source(std::string name, std::string_view bytes);

  std::string_view bytes() const { return bytes_; }
  Position at(std::size_t line, std::size_t byte) const;  // both from 0
  Position at_offset(std::size_t offset) const;
  Position at_character(std::size_t index) const;  // from 0
  std::string line(int line) const;                // from 1; without its break, empty where there is none

 private:
  std::string name_, bytes_;
  std::vector<std::size_t> starts_;        // of lines
  std::vector<std::uint32_t> characters_;  // before each byte
};

class Complaints {
 public:
  const Source& open(const std::string& name, std::string_view bytes);
  void add(const Position& at, std::string what, std::string suggestion = {});
  bool empty() const { return complaints_.empty(); }
  bool full() const;  // further ones are dropped: do not work for them
  std::size_t size() const { return complaints_.size(); }
  std::vector<Complaint> take();  // sorted by place
  Error first() const;            // as an error

 private:
  std::map<std::string, Source> sources_;
  std::vector<Complaint> complaints_;
};

// The text in quotation marks, fit for one line of a terminal.
std::string quote(std::string_view text);

// "did you mean 'max_severity'?", else the choices where they are few, else nothing.
std::string suggest(std::string_view wrong, const std::vector<std::string>& known);

// The next character of UTF-8 text, taken off its front; `invalid` for bytes that are none.
inline constexpr char32_t invalid = 0xFFFFFFFF;
char32_t next_character(std::string_view& text);

}  // namespace gate::policy
