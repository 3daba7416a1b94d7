// Specs of rules and frameworks: the same strictness as for policies, because the binary carries what passes here.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <set>
#include <utility>

#include "gate/core/verdict.h"
#include "gate/policy/load.h"
#include "gate/policy/params.h"
#include "gate/policy/reader.h"

namespace gate::policy {
namespace {

constexpr std::array<std::string_view, 5> reserved{"level", "effective_on", "paths", "expect",
                                                   "allow_in_code"};  // keys of every rule

template <class T>
std::vector<std::string> names_of(std::initializer_list<T> values) {
  std::vector<std::string> names;
  for (const T value : values) names.emplace_back(name(value));
  return names;
}

const std::vector<std::string>& param_types() {
  static const auto names = names_of(
      {ParamType::flag, ParamType::number, ParamType::text, ParamType::choice, ParamType::texts, ParamType::records});
  return names;
}

const std::vector<std::string>& field_types() {
  static const auto names = names_of({ParamType::text, ParamType::number, ParamType::flag});
  return names;
}

std::optional<ParamType> read_type(MapReader& map, const std::vector<std::string>& types, Complaints& complaints) {
  const Entry* entry = map.require("type");
  const auto text = entry ? read_choice(entry->value, "type", types, complaints) : std::nullopt;
  return text ? parse_param_type(*text) : std::nullopt;
}

ParamField read_field(const Entry& entry, Complaints& complaints) {
  MapReader map(entry.value, fmt::format("for field {}", quote(entry.key)), complaints);
  ParamField field;
  field.name = entry.key;
  field.type = read_type(map, field_types(), complaints).value_or(ParamType::text);
  if (const Entry* required = map.find("required")) {
    field.required = read_flag(required->value, "required", complaints).value_or(false);
  }
  map.finish();
  return field;
}

void read_fields(const Entry* fields, ParamSpec& param, Complaints& complaints) {
  if (!fields) return;
  if (!fields->value.map()) return complaints.add(fields->value.at, "'fields' must be a map");
  for (const Entry& entry : *fields->value.map()) param.fields.push_back(read_field(entry, complaints));
  const bool identified = std::any_of(param.fields.begin(), param.fields.end(), [](const ParamField& field) {
    return field.name == record_identity && field.required && field.type == ParamType::text;
  });
  if (!identified) complaints.add(fields->at, "records need a field 'name', of type text and required");
}

ParamSpec read_param_spec(const Entry& entry, Complaints& complaints) {
  MapReader map(entry.value, fmt::format("for parameter {}", quote(entry.key)), complaints);
  ParamSpec param;
  param.name = entry.key;
  if (std::find(reserved.begin(), reserved.end(), entry.key) != reserved.end()) {
    complaints.add(entry.at, fmt::format("{} is a key of every rule", quote(entry.key)));
  }
  const auto type = read_type(map, param_types(), complaints);
  param.type = type.value_or(ParamType::text);
  if (param.type == ParamType::choice) {
    if (const Entry* choices = map.require("choices")) {
      param.choices = read_texts(choices->value, "choices", complaints).value_or(std::vector<std::string>{});
    }
  }
  if (param.type == ParamType::records) {
    read_fields(map.require("fields"), param, complaints);
    if (const Entry* of = map.find("of")) param.bans = read_choice(of->value, "of", {"bans"}, complaints).has_value();
    if (const Entry* lists = map.find("lists")) param.lists = read_text(lists->value, "lists", complaints).value_or("");
  }
  if (const Entry* fallback = map.require("default"); fallback && type) {
    if (auto value = read_param(fallback->value, param, complaints)) param.fallback = std::move(*value);
  }
  param.about = map.bilingual("about").value_or(Bilingual{});
  map.finish();
  return param;
}

void read_param_specs(const Entry* entry, RuleSpec& spec, Complaints& complaints) {
  if (!entry) return;
  if (!entry->value.map()) return complaints.add(entry->value.at, "'parameters' must be a map");
  for (const Entry& param : *entry->value.map()) spec.params.push_back(read_param_spec(param, complaints));
  for (const ParamSpec& param : spec.params) {
    const bool known = std::any_of(spec.params.begin(), spec.params.end(), [&](const ParamSpec& other) {
      return other.name == param.lists && other.type == ParamType::texts;
    });
    if (!param.lists.empty() && !known) {
      complaints.add(entry->at, fmt::format("{} names no texts parameter as its lists", quote(param.name)));
    }
  }
}

void check_given(const Node& given, Complaints& complaints) {
  MapReader map(given, "in given", complaints, "fact");
  for (std::size_t i = 0; i < fact_kinds; ++i) map.list(name(static_cast<FactKind>(i)));
  if (const Entry* coverage = map.find("coverage")) {
    MapReader kinds(coverage->value, "in coverage", complaints, "fact");
    static const auto states = names_of({Coverage::absent, Coverage::partial, Coverage::complete});
    for (std::size_t i = 0; i < fact_kinds; ++i) {
      const Entry* entry = kinds.find(name(static_cast<FactKind>(i)));
      if (entry) (void)read_choice(entry->value, entry->key, states, complaints);
    }
    kinds.finish();
  }
  map.finish();
}

const std::vector<std::string>& outcomes() {
  static const std::vector<std::string> tokens = [] {
    std::vector<std::string> all;
    for (int i = 0; i <= static_cast<int>(Outcome::error); ++i) all.emplace_back(token(static_cast<Outcome>(i)));
    return all;
  }();
  return tokens;
}

RuleExample read_example(const Node& node, const RuleSpec& spec, Complaints& complaints) {
  MapReader map(node, "in an example", complaints);
  RuleExample example;
  example.at = node.at;
  example.title = map.text("title").value_or("");
  if (const Entry* with = map.find("with")) {
    MapReader params(with->value, fmt::format("for {}", spec.id), complaints, "parameter");
    example.with = read_params(params, spec, complaints);
    params.finish();
  }
  if (const Entry* given = map.require("given")) {
    check_given(given->value, complaints);
    example.given = to_value(given->value);
  }
  if (const Entry* expect = map.require("expect")) {
    example.expect = read_choice(expect->value, "expect", outcomes(), complaints).value_or("");
  }
  map.finish();
  return example;
}

std::vector<std::string> texts(MapReader& map, std::string_view key, Complaints& complaints) {
  const Entry* entry = map.require(key);
  return entry ? read_texts(entry->value, key, complaints).value_or(std::vector<std::string>{})
               : std::vector<std::string>{};
}

RuleSpec read_spec(std::string_view id, const Node& root, Complaints& complaints) {
  MapReader map(root, fmt::format("in the spec of {}", id), complaints);
  RuleSpec spec;
  spec.id = id;
  spec.title = map.bilingual("title").value_or(Bilingual{});
  spec.why = map.bilingual("why").value_or(Bilingual{});
  spec.remedy = map.bilingual("remedy").value_or(Bilingual{});
  for (const auto& [key, text] : {std::pair{"bad", &spec.bad}, std::pair{"good", &spec.good}}) {
    const Entry* entry = map.require(key);
    if (entry) *text = read_bilingual_or_text(entry->value, key, complaints).value_or(Bilingual{});
  }
  read_param_specs(map.find("parameters"), spec, complaints);
  spec.match = texts(map, "match", complaints);
  spec.ssdf = texts(map, "ssdf", complaints);
  for (const Node& example : map.required_list("examples")) {
    spec.examples.push_back(read_example(example, spec, complaints));
  }
  map.finish();
  return spec;
}

FrameworkTask read_task(const Node& node, Complaints& complaints) {
  MapReader map(node, "in a task", complaints);
  FrameworkTask task;
  task.id = map.text("id").value_or("");
  if (const Entry* reach = map.require("reach")) {
    const auto text = read_choice(reach->value, "reach", {"direct", "partial", "none"}, complaints);
    task.reach = text == "direct" ? Reach::direct : text == "partial" ? Reach::partial : Reach::none;
  }
  task.text = map.bilingual("text").value_or(Bilingual{});
  map.finish();
  return task;
}

FrameworkPractice read_practice(const Node& node, Complaints& complaints) {
  MapReader map(node, "in a practice", complaints);
  FrameworkPractice practice;
  practice.id = map.text("id").value_or("");
  practice.text = map.bilingual("text").value_or(Bilingual{});
  for (const Node& task : map.required_list("tasks")) practice.tasks.push_back(read_task(task, complaints));
  map.finish();
  return practice;
}

Framework read_framework(const Node& root, Complaints& complaints) {
  MapReader map(root, "in a framework", complaints);
  Framework framework;
  framework.id = map.text("id").value_or("");
  framework.title = map.text("title").value_or("");
  framework.source = map.text("source").value_or("");
  for (const Node& practice : map.required_list("practices")) {
    framework.practices.push_back(read_practice(practice, complaints));
  }
  map.finish();
  std::set<std::string> ids;
  for (const FrameworkPractice& practice : framework.practices) {
    for (const FrameworkTask& task : practice.tasks) {
      if (!ids.insert(task.id).second) complaints.add(root.at, fmt::format("task {} stands twice", quote(task.id)));
    }
  }
  return framework;
}

template <class Read>
auto parse(const std::string& file, std::string_view yaml, Read read)
    -> Result<decltype(read(std::declval<const Node&>(), std::declval<Complaints&>()))> {
  try {
    Complaints complaints;
    if (const auto root = read_yaml(file, yaml, complaints)) {
      auto value = read(*root, complaints);
      if (complaints.empty()) return value;
    }
    return complaints.first();
  } catch (const std::exception& error) {
    return Error{Errc::internal, error.what(), {file, {}, {}}};
  }
}

}  // namespace

Result<RuleSpec> parse_spec(std::string_view id, std::string_view yaml) {
  std::string file = fmt::format("rules/{}.yaml", id);
  std::replace(file.begin(), file.end(), '-', '_');
  return parse(file, yaml, [id](const Node& root, Complaints& complaints) { return read_spec(id, root, complaints); });
}

Result<Framework> parse_framework(std::string_view file, std::string_view yaml) {
  return parse(std::string(file), yaml, read_framework);
}

}  // namespace gate::policy
