// A tree of plain values with the place where each was written: parameters, list entries, examples.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace gate {

// Where a person wrote something. Lines and columns count from 1; 0 means the file as a whole.
struct Position {
  std::string file;
  int line = 0;
  int column = 0;
  auto operator<=>(const Position&) const = default;
};

std::string describe(const Position& position);  // "policy.yaml:3:7"

struct Value;
using List = std::vector<Value>;
using Map = std::map<std::string, Value, std::less<>>;

struct Value {
  std::variant<std::monostate, bool, std::int64_t, std::string, List, Map> data;
  Position at;

  bool is_null() const { return data.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&data); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  const std::string* text() const { return std::get_if<std::string>(&data); }
  const List* list() const { return std::get_if<List>(&data); }
  const Map* map() const { return std::get_if<Map>(&data); }

  // The member of a map, or null where this is no map or has no such key.
  const Value* find(std::string_view key) const;
};

}  // namespace gate
