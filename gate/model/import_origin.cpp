#include "gate/model/import_origin.h"

#include <algorithm>
#include <array>

namespace gate::model {
namespace {

// GCC's manual (Standards) asks even a freestanding environment for the first four; Clang adds bcmp, both add strlen.
constexpr std::array<std::string_view, 6> compilers_own{"memcmp", "memcpy", "memmove", "memset", "bcmp", "strlen"};

struct Origins {
  std::string_view function;
  std::array<std::string_view, 7> calls{};  // as many as are not empty
};

// Seen in GCC 12 and Clang 19, or written in their folding of calls; the numbers' parsers come from glibc's stdlib.h.
constexpr Origins table[] = {
    {"calloc", {"malloc"}},
    {"fputc", {"fprintf", "fputs", "fwrite"}},
    {"fputs", {"fprintf", "vfprintf"}},
    {"fwrite", {"fprintf", "fputs", "vfprintf"}},
    {"putchar", {"printf", "puts", "vprintf"}},
    {"puts", {"printf", "vprintf"}},
    {"stpcpy", {"sprintf", "strcat", "strcpy"}},
    {"strcat", {"strncat"}},
    {"strchr", {"index", "strpbrk", "strrchr", "strstr"}},
    {"strcmp", {"strncmp", "strstr"}},
    {"strcpy", {"snprintf", "sprintf", "stpcpy", "strcat", "strncat", "vsnprintf", "vsprintf"}},
    {"strdup", {"strndup"}},
    {"strncmp", {"strstr"}},
    {"strncpy", {"stpncpy"}},
    {"strrchr", {"rindex"}},
    {"strtod", {"atof"}},
    {"strtol", {"atoi", "atol"}},
    {"strtoll", {"atoll"}},
};

std::string_view plain(std::string_view function) {
  for (const std::string_view prefix : {"std::", "::"}) {
    if (function.starts_with(prefix)) return function.substr(prefix.size());
  }
  return function;
}

}  // namespace

std::span<const std::string_view> call_origins(std::string_view function) {
  const auto row = std::ranges::find(table, plain(function), &Origins::function);
  if (row == std::end(table)) return {};
  const auto end = std::ranges::find(row->calls, std::string_view());
  return {row->calls.begin(), end};
}

bool called_by_compilers(std::string_view function) {
  return std::ranges::find(compilers_own, plain(function)) != compilers_own.end();
}

}  // namespace gate::model
