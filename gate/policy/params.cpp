#include "gate/policy/params.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace gate::policy {
namespace {

constexpr std::array<std::string_view, 6> type_names{"flag", "number", "text", "choice", "texts", "records"};

template <class T>
std::optional<Value> valued(std::optional<T> data, const Node& node) {
  if (!data) return std::nullopt;
  return Value{std::move(*data), node.at};
}

// Parameters may be empty text; a policy's own keys may not.
std::optional<Value> read_any_text(const Node& node, std::string_view what, Complaints& complaints) {
  if (node.text() && node.text()->empty()) return to_value(node);
  return valued(read_text(node, what, complaints), node);
}

std::optional<Value> read_field(const Node& node, const ParamField& field, Complaints& complaints) {
  switch (field.type) {
    case ParamType::flag: return valued(read_flag(node, field.name, complaints), node);
    case ParamType::number: return valued(read_number(node, field.name, complaints), node);
    default: return valued(read_text(node, field.name, complaints), node);
  }
}

std::optional<Value> read_record(const Node& node, const ParamSpec& spec, Complaints& complaints) {
  MapReader map(node, fmt::format("in an entry of {}", quote(spec.name)), complaints);
  const std::size_t before = complaints.size();
  Map fields;
  for (const ParamField& field : spec.fields) {
    const Entry* entry = field.required ? map.require(field.name) : map.find(field.name);
    if (!entry) continue;
    if (auto value = read_field(entry->value, field, complaints)) fields.emplace(field.name, std::move(*value));
  }
  map.finish();
  if (!node.map() || complaints.size() != before) return std::nullopt;
  return Value{std::move(fields), node.at};
}

std::optional<Value> read_records(const Node& node, const ParamSpec& spec, Complaints& complaints) {
  const auto* list = read_list(node, spec.name, complaints);
  if (!list) return std::nullopt;
  List records;
  std::set<std::string> seen;
  for (const Node& each : *list) {
    auto record = read_record(each, spec, complaints);
    if (!record) continue;
    const Value* identity = record->find(record_identity);
    if (identity && !seen.insert(*identity->text()).second) {
      complaints.add(identity->at, fmt::format("{} stands twice in {}", quote(*identity->text()), quote(spec.name)));
    }
    records.push_back(std::move(*record));
  }
  return Value{std::move(records), node.at};
}

std::optional<Value> read_text_list(const Node& node, const ParamSpec& spec, Complaints& complaints) {
  const auto texts = read_texts(node, spec.name, complaints);
  if (!texts) return std::nullopt;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < texts->size(); ++i) {
    if (seen.insert((*texts)[i]).second) continue;
    complaints.add((*node.list())[i].at, fmt::format("{} stands twice in {}", quote((*texts)[i]), quote(spec.name)));
  }
  return to_value(node);
}

}  // namespace

std::string_view name(ParamType type) { return type_names[static_cast<std::size_t>(type)]; }

std::optional<ParamType> parse_param_type(std::string_view text) {
  const auto found = std::find(type_names.begin(), type_names.end(), text);
  if (found == type_names.end()) return std::nullopt;
  return static_cast<ParamType>(found - type_names.begin());
}

std::optional<Value> read_param(const Node& node, const ParamSpec& spec, Complaints& complaints) {
  switch (spec.type) {
    case ParamType::flag: return valued(read_flag(node, spec.name, complaints), node);
    case ParamType::number: return valued(read_number(node, spec.name, complaints), node);
    case ParamType::text: return read_any_text(node, spec.name, complaints);
    case ParamType::choice: return valued(read_choice(node, spec.name, spec.choices, complaints), node);
    case ParamType::texts: return read_text_list(node, spec, complaints);
    case ParamType::records: return read_records(node, spec, complaints);
  }
  return std::nullopt;
}

Map read_params(MapReader& map, const RuleSpec& spec, Complaints& complaints) {
  Map params;
  for (const ParamSpec& param : spec.params) {
    const Entry* entry = map.find(param.name);
    if (!entry) continue;
    if (auto value = read_param(entry->value, param, complaints)) params.emplace(param.name, std::move(*value));
  }
  return params;
}

bool names_lists(const RuleSpec& spec, std::string_view param) {
  return std::any_of(spec.params.begin(), spec.params.end(),
                     [&](const ParamSpec& p) { return p.lists == param && !param.empty(); });
}

}  // namespace gate::policy
