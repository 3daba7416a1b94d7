// Text from outside, made fit to be shown.
#pragma once

#include <string>
#include <string_view>

namespace gate::json {

// Valid UTF-8 without control characters, at most `most` bytes; what is neither becomes '?'.
std::string printable(std::string_view text, std::size_t most);

}  // namespace gate::json
