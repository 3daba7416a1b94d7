#include "adapters/attest/detached/comment_file.h"

#include <fmt/format.h>

#include "adapters/attest/fields.h"

namespace gate::attest {
namespace {

constexpr std::string_view untrusted = "untrusted comment: ";
constexpr std::size_t algorithm_bytes = 2, number_bytes = 8, key_bytes = 32, longest_line = 8 << 10;

}  // namespace

Result<std::vector<std::string_view>> lines_in(const Document& document, std::size_t count) {
  const auto wrong = [&](Errc code, std::string what) { return Error{code, std::move(what), document.origin}; };
  std::string_view rest = document.bytes;
  if (rest.empty()) return wrong(Errc::empty, "an empty file");
  std::vector<std::string_view> lines;
  while (!rest.empty()) {
    if (lines.size() == count) return wrong(Errc::malformed, fmt::format("more than {} lines", count));
    const auto end = std::min(rest.find('\n'), rest.size());
    if (end > longest_line) return wrong(Errc::too_large, "a line of more than 8 KiB");
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (lines.size() == count) return lines;
  return wrong(Errc::malformed, fmt::format("{} lines instead of {}", lines.size(), count));
}

Result<Blob> read_blob(const Document& document, std::string_view comment, std::string_view line,
                       std::size_t body_bytes) {
  const auto wrong = [&](std::string what) { return Error{Errc::malformed, std::move(what), document.origin}; };
  if (!comment.starts_with(untrusted)) return wrong("no line with an untrusted comment");
  const auto bytes = from_padded_base64(line);
  if (!bytes) return wrong("no base64 under the untrusted comment");
  const std::size_t wanted = algorithm_bytes + number_bytes + body_bytes;
  if (bytes->size() != wanted) return wrong(fmt::format("{} bytes instead of {}", bytes->size(), wanted));
  return Blob{bytes->substr(0, algorithm_bytes), bytes->substr(algorithm_bytes, number_bytes),
              bytes->substr(algorithm_bytes + number_bytes)};
}

Result<DetachedKey> read_comment_key(const Document& document) {
  const auto lines = lines_in(document, 2);
  if (!lines) return lines.error();
  const auto blob = read_blob(document, (*lines)[0], (*lines)[1], key_bytes);
  if (!blob) return blob.error();
  if (blob->algorithm != "Ed")
    return Error{Errc::unsupported_version, "a key of another algorithm than Ed25519", document.origin};
  auto key = crypto::PublicKey::from_ed25519(blob->body);
  if (!key) return key.error();
  return DetachedKey{std::move(*key), blob->key_number};
}

}  // namespace gate::attest
