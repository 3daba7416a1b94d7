#include "adapters/git/object_header.h"

namespace gate::git {

Error malformed_object(std::string what) { return {Errc::malformed, std::move(what), {}}; }

bool is_object_id(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string Header::joined_value() const {
  std::string text;
  for (std::string_view rest = value; !rest.empty();) {
    const auto end = rest.find('\n') + 1;
    text += rest.substr(0, end);
    rest.remove_prefix(end);
    if (!rest.empty()) rest.remove_prefix(1);
  }
  return text;
}

Result<Header> next_header(std::string_view rest) {
  std::size_t end = 0;
  do {
    end = rest.find('\n', end);
    if (end == std::string_view::npos) return malformed_object("a header line without an end");
    ++end;
  } while (end < rest.size() && rest[end] == ' ');
  const std::string_view whole = rest.substr(0, end);
  const auto blank = whole.find(' ');
  if (blank == 0 || blank == std::string_view::npos || blank > whole.find('\n'))
    return malformed_object("a header line without a value");
  return Header{whole.substr(0, blank), whole.substr(blank + 1), whole};
}

}  // namespace gate::git
