#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "gate/host/host.h"

namespace gate::host {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value || !*value) return std::nullopt;
  return std::string(value);
}

Result<Instant> now() {
  const auto epoch = environment("SOURCE_DATE_EPOCH");
  if (!epoch) return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(epoch->data(), epoch->data() + epoch->size(), seconds);
  constexpr std::int64_t year_9999 = 253402300799;
  if (error != std::errc{} || end != epoch->data() + epoch->size() || seconds < 0 || seconds > year_9999) {
    return Error{Errc::malformed, "SOURCE_DATE_EPOCH is no number of seconds: '" + *epoch + "'", {}};
  }
  return Instant{std::chrono::seconds{seconds}};
}

void leave(int status) {
  const bool printed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  std::fflush(stderr);
  ::_exit(printed || status != 0 ? status : 3);
}

}  // namespace gate::host
