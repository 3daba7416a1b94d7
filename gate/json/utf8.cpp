#include "gate/json/utf8.h"

namespace gate::json {
namespace {

struct Lead {
  std::size_t length = 0;  // 0: no byte that starts a code point
  char32_t bits = 0;
  char32_t smallest = 0;  // below that, the form is overlong
};

Lead lead(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if ((byte & 0xE0) == 0xC0) return {2, byte & 0x1Fu, 0x80};
  if ((byte & 0xF0) == 0xE0) return {3, byte & 0x0Fu, 0x800};
  if ((byte & 0xF8) == 0xF0) return {4, byte & 0x07u, 0x10000};
  return {};
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const std::size_t start = at++;
  const Lead first = lead(static_cast<unsigned char>(text[start]));
  if (first.length == 0 || first.length > text.size() - start) return replacement;
  char32_t code_point = first.bits;
  for (std::size_t i = 1; i < first.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[start + i]);
    if ((byte & 0xC0) != 0x80) return replacement;
    code_point = code_point << 6 | (byte & 0x3Fu);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < first.smallest || surrogate || code_point > 0x10FFFF) return replacement;
  at = start + first.length;
  return code_point;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  const auto tail = [&](int shift) { put(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    tail(0);
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    tail(6);
    tail(0);
  } else {
    put(0xF0 | code_point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace gate::json
