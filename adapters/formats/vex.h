// What the readers of VEX documents share.
#pragma once

#include <string>
#include <string_view>

namespace gate::formats {

// One of the five that OpenVEX and CSAF have.
bool is_justification(std::string_view word);

// "sha256:<hex>" of "sha-256" and "sha256"; other names of algorithms stay as they are.
std::string vex_digest(std::string_view algorithm, std::string_view value);

}  // namespace gate::formats
