// Where in a bundle something stands. Shared by the readers of this folder.
#pragma once

#include <string>
#include <string_view>

#include "gate/core/result.h"

namespace gate::attest {

// One envelope of a bundle: its line in JSON Lines, or the whole file.
struct Place {
  Origin bundle;
  int line = 0;  // from 1; 0: the file is one envelope

  Origin at(std::string_view pointer) const;
  Error error(Errc code, std::string what, std::string_view pointer) const;
  // A complaint of the JSON reader about this envelope.
  Error within_envelope(Error error) const;
  // A complaint about the decoded payload. Its lines and columns are not those of the bundle and move into the text.
  Error within_payload(Error error) const;
};

// Text from outside for a message: quoted, cut, without control characters.
std::string quote(std::string_view text);
bool has_control_characters(std::string_view text);

}  // namespace gate::attest
