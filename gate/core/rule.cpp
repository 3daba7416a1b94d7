#include "gate/core/rule.h"

namespace gate {

// `at` and `get` leave by the standard library's own exceptions, which the engine turns into the outcome "error".
const std::string& Params::text(std::string_view key) const {
  return std::get<std::string>(values_.at(std::string(key)).data);
}

bool Params::flag(std::string_view key) const { return std::get<bool>(values_.at(std::string(key)).data); }

std::int64_t Params::number(std::string_view key) const {
  return std::get<std::int64_t>(values_.at(std::string(key)).data);
}

std::vector<std::string> Params::texts(std::string_view key) const {
  std::vector<std::string> texts;
  for (const Value& value : std::get<List>(values_.at(std::string(key)).data)) {
    texts.push_back(std::get<std::string>(value.data));
  }
  return texts;
}

const List& Params::records(std::string_view key) const { return std::get<List>(values_.at(std::string(key)).data); }

}  // namespace gate
