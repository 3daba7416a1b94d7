#include "gate/json/printable.h"

#include "gate/json/utf8.h"

namespace gate::json {

std::string printable(std::string_view text, std::size_t most) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    std::string next;
    append_utf8(next, control || c == replacement ? U'?' : c);
    if (out.size() + next.size() > most) break;
    out += next;
  }
  return out;
}

}  // namespace gate::json
