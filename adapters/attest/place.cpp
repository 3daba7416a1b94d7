#include "adapters/attest/place.h"

#include <algorithm>

namespace gate::attest {
namespace {

constexpr std::size_t longest_quote = 120;

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }
bool is_pointer(std::string_view at) { return at.empty() || at.front() == '/'; }
// To the JSON reader a member that is missing is "not found"; the bundle was found, and is malformed.
Errc of_bundle(Errc code) { return code == Errc::not_found ? Errc::malformed : code; }
bool continues_character(unsigned char c) { return (c & 0xc0) == 0x80; }

}  // namespace

Origin Place::at(std::string_view pointer) const {
  Origin origin = bundle;
  origin.at = line > 0 ? std::to_string(line) + ":" + std::string(pointer) : std::string(pointer);
  return origin;
}

Error Place::error(Errc code, std::string what, std::string_view pointer) const {
  return {code, std::move(what), at(pointer)};
}

Error Place::within_envelope(Error error) const {
  std::string_view where = error.where.at;
  if (line > 0 && where.starts_with("1:")) where.remove_prefix(2);  // the reader saw one line
  error.code = of_bundle(error.code);
  error.where = at(where);
  return error;
}

Error Place::within_payload(Error error) const {
  error.code = of_bundle(error.code);
  if (is_pointer(error.where.at)) {
    error.where = at("/payload" + error.where.at);
  } else {
    error.what += " (at " + error.where.at + " of the decoded payload)";
    error.where = at("/payload");
  }
  return error;
}

std::string quote(std::string_view text) {
  std::size_t size = std::min(text.size(), longest_quote);
  while (size > 0 && size < text.size() && continues_character(static_cast<unsigned char>(text[size]))) --size;
  std::string out = "'";
  for (const char c : text.substr(0, size)) out += is_control(static_cast<unsigned char>(c)) ? '?' : c;
  return out + (size < text.size() ? "…'" : "'");
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return is_control(static_cast<unsigned char>(c)); });
}

}  // namespace gate::attest
