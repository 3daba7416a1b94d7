#include "gate/core/value.h"

namespace gate {

std::string describe(const Position& position) {
  std::string text = position.file;
  if (position.line > 0) text += ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
  return text;
}

const Value* Value::find(std::string_view key) const {
  const Map* members = map();
  if (!members) return nullptr;
  auto found = members->find(key);
  return found == members->end() ? nullptr : &found->second;
}

}  // namespace gate
