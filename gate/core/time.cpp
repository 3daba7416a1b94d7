#include "gate/core/time.h"

#include <charconv>
#include <cstdio>

namespace gate {
namespace {

// Exactly `width` digits at `at`; no sign, no blank.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool has(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  if (!date || (text[10] != 'T' && text[10] != 't') || !has(text, 13, ':') || !has(text, 16, ':')) return std::nullopt;
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  std::size_t at = 19;
  if (has(text, at, '.')) {
    const std::size_t first = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first) return std::nullopt;
  }
  Instant instant = *date + std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
  const std::string_view zone = text.substr(at);
  if (zone == "Z" || zone == "z") return instant;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  const auto zone_hour = digits(zone, 1, 2), zone_minute = digits(zone, 4, 2);
  if (!zone_hour || !zone_minute || *zone_hour > 23 || *zone_minute > 59) return std::nullopt;
  const auto offset = std::chrono::hours{*zone_hour} + std::chrono::minutes{*zone_minute};
  return zone[0] == '+' ? instant - offset : instant + offset;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  if (text.size() < 2 || text.size() > 9) return std::nullopt;
  const auto count = digits(text, 0, text.size() - 1);
  if (!count) return std::nullopt;
  switch (text.back()) {
    case 'd': return std::chrono::seconds{std::chrono::days{*count}};
    case 'h': return std::chrono::seconds{std::chrono::hours{*count}};
    case 'm': return std::chrono::seconds{std::chrono::minutes{*count}};
    case 's': return std::chrono::seconds{*count};
    default: return std::nullopt;
  }
}

std::string format(Date date) {
  const std::chrono::year_month_day ymd{date};
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return buffer;
}

std::string format(Instant instant) {
  const Date day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return format(day) + buffer;
}

std::string format_duration(std::chrono::seconds seconds) {
  const auto count = seconds.count();
  if (count % 86400 == 0) return std::to_string(count / 86400) + "d";
  if (count % 3600 == 0) return std::to_string(count / 3600) + "h";
  if (count % 60 == 0) return std::to_string(count / 60) + "m";
  return std::to_string(count) + "s";
}

}  // namespace gate
