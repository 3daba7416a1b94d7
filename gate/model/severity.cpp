#include "gate/model/severity.h"

#include <algorithm>
#include <utility>

namespace gate::model {
namespace {

constexpr std::pair<std::string_view, Severity> words[] = {
    {"critical", Severity::critical}, {"high", Severity::high},       {"important", Severity::high},
    {"medium", Severity::medium},     {"moderate", Severity::medium}, {"low", Severity::low},
    {"negligible", Severity::low},    {"info", Severity::low},        {"informational", Severity::low},
    {"none", Severity::none},         {"unknown", Severity::unknown},
};

bool same(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

}  // namespace

std::optional<Severity> severity_from_word(std::string_view word) {
  for (const auto& [known, severity] : words) {
    if (same(word, known)) return severity;
  }
  return std::nullopt;
}

}  // namespace gate::model
