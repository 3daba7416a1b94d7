// The SPDX licence list 3.28.0: licences and exceptions, those that are deprecated as well.
#pragma once

#include <optional>
#include <string_view>

namespace gate::model {

bool is_spdx_license(std::string_view id);  // licence or exception; case-sensitive, as the list is

// In any case of letters, as expressions have them: the id as the list writes it. Empty: the list does not have it.
std::string_view find_license(std::string_view id);
std::string_view find_license_exception(std::string_view id);

// Of an id as the list writes it: the expression that stands for a deprecated one, "GPL-2.0-only" for "GPL-2.0", which
// is empty where the list has none. Nothing for an id that is not deprecated.
std::optional<std::string_view> replacement_of_deprecated(std::string_view id);

}  // namespace gate::model
