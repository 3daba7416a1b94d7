#include "gate/policy/params.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "gate/model/condition.h"
#include "gate/model/construct.h"

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

// Why an entry bans nothing: it would be a ban that nobody misses.
void check_ban(const Value& record, Complaints& complaints) {
  static const auto entities = [] {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(Entity::attribute); ++i) names.emplace_back(name(static_cast<Entity>(i)));
    return names;
  }();
  const Value *name = record.find(record_identity), *entity = record.find("entity"), *when = record.find("when");
  const auto parsed = entity ? parse_entity(*entity->text()) : Entity::function;
  if (!parsed) {
    complaints.add(entity->at, fmt::format("{} is nothing that can be banned", quote(*entity->text())),
                   suggest(*entity->text(), entities));
    return;
  }
  if (when && !model::parse_condition(*when->text())) {
    complaints.add(when->at, fmt::format("{} is no condition on arguments", quote(*when->text())),
                   "not_literal(N), equals(N, VALUE), flag_set(N, FLAG), format_unbounded(N), sizeof_pointer(N) or "
                   "size_of_source(N), or up to four of them joined by ' and '");
  } else if (when && *parsed != Entity::function) {
    complaints.add(when->at, "only functions have arguments");
  }
  if (*parsed == Entity::construct && !model::is_construct(*name->text())) {
    const auto constructs = model::construct_names();
    complaints.add(name->at, fmt::format("{} is no construct that gate knows", quote(*name->text())),
                   suggest(*name->text(), {constructs.begin(), constructs.end()}));
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
  Value record{std::move(fields), node.at};
  if (spec.bans) check_ban(record, complaints);
  return record;
}

std::optional<Value> read_records(const Node& node, const ParamSpec& spec, Complaints& complaints) {
  const auto* list = read_list(node, spec.name, complaints);
  if (!list) return std::nullopt;
  List records;
  std::set<std::string> seen;
  for (const Node& each : *list) {
    auto record = read_record(each, spec, complaints);
    if (!record) continue;
    if (!seen.insert(identity(*record, spec)).second) {
      const Value& named = *record->find(record_identity);
      complaints.add(named.at, fmt::format("{} stands twice in {}", quote(*named.text()), quote(spec.name)));
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

std::string identity(const Value& record, const ParamSpec& spec) {
  const auto text = [&](std::string_view key, std::string_view fallback) {
    const Value* field = record.find(key);
    return field && field->text() ? *field->text() : std::string(fallback);
  };
  if (!spec.bans) return text(record_identity, "");
  return text(record_identity, "") + '\0' + text("entity", gate::name(Entity::function)) + '\0' + text("when", "");
}

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
