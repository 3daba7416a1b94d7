#include "adapters/formats/sarif_package.h"

#include <algorithm>

#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// What stands behind "Label: " on a line of its own.
std::string_view line_of(std::string_view text, std::string_view label) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (text.starts_with(label)) return trimmed(text.substr(label.size(), end - label.size()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

// Calls `take` with each part between commas.
template <class Take>
void for_each_part(std::string_view list, Take take) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (const auto part = trimmed(list.substr(0, end)); !part.empty()) take(std::string(part));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The length of a CVE or GHSA id at the beginning; 0 where there is none.
std::size_t id_length(std::string_view text) {
  const auto run = [&](std::size_t at, bool (*wanted)(char)) {
    std::size_t end = at;
    while (end < text.size() && wanted(text[end])) ++end;
    return end - at;
  };
  if (text.starts_with("CVE-") && run(4, is_digit) == 4 && text.substr(8).starts_with('-')) {
    const auto digits = run(9, is_digit);
    return digits >= 4 ? 9 + digits : 0;
  }
  constexpr std::size_t ghsa = 19;  // GHSA-xxxx-xxxx-xxxx
  if (!text.starts_with("GHSA-") || text.size() < ghsa) return 0;
  for (std::size_t i = 5; i < ghsa; ++i) {
    if (i % 5 == 4 ? text[i] != '-' : !is_lower_or_digit(text[i])) return 0;
  }
  return ghsa;
}

bool is_id(std::string_view text) { return !text.empty() && id_length(text) == text.size(); }

// "(CVE-2011-3374) apt/libapt-pkg6.0@2.6.1"
struct SnykDescription {
  std::string_view ids, name, version;
};
SnykDescription split_description(std::string_view text) {
  if (!text.starts_with('(')) return {};
  const auto close = text.find(") ");
  if (close == std::string_view::npos) return {};
  const std::string_view package = trimmed(text.substr(close + 2));
  const auto at = package.rfind('@');
  if (at == std::string_view::npos || at == 0 || package.find(' ') != std::string_view::npos) return {};
  return {text.substr(1, close - 1), package.substr(0, at), package.substr(at + 1)};
}

}  // namespace

std::string image_in(std::string_view place) {
  constexpr std::string_view mark = "@sha256", ends = "@:/";
  constexpr std::size_t digits = 64;
  const auto at = place.find(mark);
  if (at == 0 || at == std::string_view::npos) return {};
  const std::string_view name = place.substr(0, at);
  place.remove_prefix(at + mark.size());
  if (place.size() <= digits || (place[0] != ':' && place[0] != '_')) return {};
  const std::string_view digest = place.substr(1, digits), rest = place.substr(1 + digits);
  const bool is_digest = digest.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!is_digest || (!rest.empty() && ends.find(rest[0]) == std::string_view::npos)) return {};
  return std::string(name) + "@sha256:" + std::string(digest);
}

ScannedPackage scanned_package(std::string_view message, std::string_view help, std::string_view description,
                               const std::vector<std::string>& tags) {
  ScannedPackage package;
  for (const std::string_view text : {message, help}) {
    const auto name = line_of(text, "Package: ");
    if (name.empty() || !package.name.empty()) continue;
    package.name = name;
    const auto installed = line_of(text, "Installed Version: ");
    package.version = installed.empty() ? line_of(text, "Version: ") : installed;
    for (const std::string_view label : {"Fixed Version:", "Fix Version:"}) {
      for_each_part(line_of(text, label), [&](std::string version) { package.fixed.push_back(std::move(version)); });
    }
  }
  if (!package.name.empty()) return package;
  auto [ids, name, version] = split_description(description);
  // A distribution's source package stands before the one that is installed.
  constexpr std::string_view distributions[] = {"apk", "deb", "rpm"};
  const bool is_distribution = std::ranges::find_first_of(tags, distributions) != tags.end();
  if (is_distribution) name.remove_prefix(name.rfind('/') + 1);
  package.name = name;
  package.version = version;
  return package;
}

void read_ids(const std::string& rule, std::string_view description, const std::vector<std::string>& tags,
              Vulnerability& fact) {
  const auto length = id_length(rule);
  fact.id = length > 0 ? rule.substr(0, length) : rule;
  fact.cwes = weaknesses([&] {
    auto names = tags;
    std::erase_if(names, [](const std::string& tag) { return !tag.starts_with("CWE-"); });
    return names;
  }());
  fact.malicious = rule.starts_with("MAL-");
  if (length > 0) return;
  for_each_part(split_description(description).ids, [&](std::string id) {
    if (is_id(id)) fact.aliases.push_back(std::move(id));
  });
  std::copy_if(tags.begin(), tags.end(), std::back_inserter(fact.aliases), is_id);
}

}  // namespace gate::formats
