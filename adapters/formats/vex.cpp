#include "adapters/formats/vex.h"

#include <algorithm>
#include <array>

namespace gate::formats {

bool is_justification(std::string_view word) {
  constexpr std::string_view words[] = {"component_not_present", "inline_mitigations_already_exist",
                                        "vulnerable_code_cannot_be_controlled_by_adversary",
                                        "vulnerable_code_not_in_execute_path", "vulnerable_code_not_present"};
  return std::ranges::binary_search(words, word);
}

std::string vex_digest(std::string_view algorithm, std::string_view value) {
  std::string out(algorithm);
  if (out.starts_with("sha-")) out.erase(3, 1);
  out += ':';
  out += value;
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace gate::formats
