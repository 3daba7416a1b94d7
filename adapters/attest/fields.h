// Members of attestations' JSON, read strictly.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "gate/json/value.h"

namespace gate::attest {

// A member that we do not know may be one that another reader would have judged by.
Status only(const json::View& view, std::initializer_list<std::string_view> known);

// Bytes in base64, never none of them; with a size, exactly so many.
Result<std::string> bytes_at(const json::View& parent, std::string_view key);
Result<std::string> bytes_at(const json::View& parent, std::string_view key, std::size_t size);

}  // namespace gate::attest
