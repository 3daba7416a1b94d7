// Instants and dates in UTC. The caller brings the time; nothing here asks a clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gate {

using Instant = std::chrono::sys_seconds;
using Date = std::chrono::sys_days;

// RFC 3339 date-time with an offset ("Z" or "+09:00"); fractions of a second are cut.
std::optional<Instant> parse_instant(std::string_view text);
// ISO 8601 calendar date, YYYY-MM-DD.
std::optional<Date> parse_date(std::string_view text);
// "7d", "12h", "30m", "90s"; no sign, no blank, no fraction.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

std::string format(Instant instant);                        // 2026-11-23T04:05:06Z
std::string format(Date date);                              // 2026-11-23
std::string format_duration(std::chrono::seconds seconds);  // the largest unit that divides it: 7d, 36h

}  // namespace gate
