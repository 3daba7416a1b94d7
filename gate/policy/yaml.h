// YAML 1.2 (core schema), read strictly: data only. The reader stays inside yaml.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gate/core/value.h"
#include "gate/policy/complaint.h"

namespace gate::policy {

struct Entry;

// Like gate::Value, but a map keeps its order and the place of every key.
struct Node {
  std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<Node>, std::vector<Entry>> data;
  Position at;

  bool is_null() const { return data.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&data); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  const std::string* text() const { return std::get_if<std::string>(&data); }
  const std::vector<Node>* list() const { return std::get_if<std::vector<Node>>(&data); }
  const std::vector<Entry>* map() const { return std::get_if<std::vector<Entry>>(&data); }
  std::string_view type() const;  // "nothing", "true or false", "a whole number", "text", "a list", "a map"
};

struct Entry {
  std::string key;
  Position at;
  Node value;
};

// One document of at most 1 MiB, 32 levels deep. Refused, each with its place: what is no YAML or no UTF-8, control
// characters and those that turn the direction of text, duplicate keys, keys that are no text, anchors, aliases, merge
// keys, tags, directives, further documents. Nothing is returned then; duplicates alone let the rest be read.
// Plain scalars are null, true or false, integers of 64 bits, or text; quoted ones are always text.
std::optional<Node> read_yaml(const std::string& file, std::string_view bytes, Complaints& complaints);

Value to_value(const Node& node);

}  // namespace gate::policy
