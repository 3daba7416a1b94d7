#include "adapters/attest/json_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "gate/json/value.h"

namespace gate::attest {
namespace {

constexpr std::size_t most_bytes = 16u << 20;
constexpr std::size_t most_lines = 1'000;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::vector<Line> lines_of(std::string_view bytes) {
  std::vector<Line> lines;
  for (int number = 1; !bytes.empty(); ++number) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    if (!is_blank(bytes.substr(0, end))) lines.push_back({number, bytes.substr(0, end)});
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return lines;
}

}  // namespace

Result<std::vector<Line>> json_lines(const Document& document) {
  const auto complain = [&](Errc code, std::string what) { return Error{code, std::move(what), document.origin}; };
  if (document.bytes.size() > most_bytes) return complain(Errc::too_large, "more than 16 MiB");
  if (is_blank(document.bytes)) return complain(Errc::empty, "no envelope in the file");
  auto lines = lines_of(document.bytes);
  if (lines.size() == 1 || !json::parse(lines.front().text, document.origin.artifact))
    return std::vector{Line{0, document.bytes}};
  if (lines.size() > most_lines) {
    return complain(Errc::too_large, fmt::format("{} envelopes; at most {}", lines.size(), most_lines));
  }
  return lines;
}

}  // namespace gate::attest
