// A file of attestations: one JSON text, or JSON Lines of them.
#pragma once

#include <string_view>
#include <vector>

#include "gate/core/document.h"

namespace gate::attest {

struct Line {
  int number = 0;  // from 1; 0: the document is one text
  std::string_view text;
};

// JSON Lines exactly if the first of several lines is a JSON text by itself; a text over several lines never is. Views
// into the document. Errors: over 16 MiB, over 1,000 lines, nothing but blanks.
Result<std::vector<Line>> json_lines(const Document& document);

}  // namespace gate::attest
