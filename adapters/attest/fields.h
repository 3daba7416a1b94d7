// Members of attestations' JSON, read strictly.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "gate/json/value.h"

namespace gate::attest {

// A member that we do not know may be one that another reader would have judged by.
Status only(const json::View& view, std::initializer_list<std::string_view> known);

// Bytes in base64, never none of them; with a size, exactly so many.
Result<std::string> bytes_at(const json::View& parent, std::string_view key);
Result<std::string> bytes_at(const json::View& parent, std::string_view key, std::size_t size);

// The one text that base64 with its padding has for those bytes: where a text stands alone, no other is accepted.
std::optional<std::string> from_padded_base64(std::string_view text);

}  // namespace gate::attest
