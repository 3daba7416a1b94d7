// UTF-8 (RFC 3629), one code point at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gate::json {

inline constexpr char32_t replacement = 0xFFFD;

// The code point at `at`, which moves behind it. Where the bytes are no UTF-8 (overlong, surrogate, beyond U+10FFFF,
// cut short): `replacement`, and `at` moves by one byte.
char32_t next_code_point(std::string_view text, std::size_t& at);

void append_utf8(std::string& text, char32_t code_point);

}  // namespace gate::json
