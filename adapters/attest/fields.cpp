#include "adapters/attest/fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "gate/crypto/digest.h"

namespace gate::attest {

Status only(const json::View& view, std::initializer_list<std::string_view> known) {
  const auto members = view.as_members();
  if (!members) return members.error();
  for (const auto& [key, member] : *members) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      return member.error(Errc::malformed, "an unknown member");
  }
  return Done{};
}

Result<std::string> bytes_at(const json::View& parent, std::string_view key) {
  const auto text = parent.text(key);
  if (!text) return text.error();
  auto bytes = crypto::from_base64(*text);
  if (!bytes) return parent.member(key)->error(Errc::malformed, "neither standard nor URL-safe base64");
  if (bytes->empty()) return parent.member(key)->error(Errc::empty, "nothing in it");
  return std::move(*bytes);
}

Result<std::string> bytes_at(const json::View& parent, std::string_view key, std::size_t size) {
  auto bytes = bytes_at(parent, key);
  if (bytes && bytes->size() != size)
    return parent.member(key)->error(Errc::malformed, fmt::format("{} bytes instead of {}", bytes->size(), size));
  return bytes;
}

std::optional<std::string> from_padded_base64(std::string_view text) {
  auto bytes = crypto::from_base64(text);
  if (bytes && crypto::to_base64(*bytes) != text) bytes.reset();
  return bytes;
}

}  // namespace gate::attest
