// Dead Simple Signing Envelope 1.0: https://github.com/secure-systems-lab/dsse
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/attest/place.h"
#include "gate/core/result.h"
#include "gate/json/value.h"

namespace gate::attest {

// Nothing in it is verified. `keyid` is only a hint (protocol.md, "keyid") and is not kept.
struct Envelope {
  std::string payload_type;
  std::string payload;                  // decoded
  std::vector<std::string> signatures;  // decoded; 1 to 64
};

// Refuses any payload type but that of in-toto, before anyone looks at the payload.
Result<Envelope> read_envelope(const json::View& view);
// The same from its text, alone in a line or a file.
Result<Envelope> parse_envelope(std::string_view json, const Place& place);

// The bytes that are signed (protocol.md, "PAE"); lengths count bytes.
std::string pre_authentication_encoding(std::string_view type, std::string_view body);

}  // namespace gate::attest
