// The SPDX licence list 3.28.0: licences and exceptions, those that are deprecated as well.
#pragma once

#include <string_view>

namespace gate::model {

bool is_spdx_license(std::string_view id);  // case-sensitive, as the list is

}  // namespace gate::model
