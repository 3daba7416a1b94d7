#include "gate/evidence/facts_json.h"

namespace gate::evidence {
namespace {

void put(json::Value& object, std::string_view key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

json::Value field_json(const std::string& field) { return field; }
json::Value field_json(std::int64_t field) { return field; }
json::Value field_json(bool field) { return field; }
json::Value field_json(const Location& field) { return to_json(field); }
json::Value field_json(const std::vector<std::string>& field) { return json::Array(field.begin(), field.end()); }
json::Value field_json(const TextMap& field) {
  json::Value object = json::Object();
  for (const auto& [key, value] : field) object[key] = value;
  return object;
}

template <class T>
  requires std::is_enum_v<T>
json::Value field_json(T field) {
  return name(field);
}
template <Record T>
json::Value field_json(const std::vector<T>& field) {
  json::Array array;
  for (const T& record : field) {
    json::Value object;
    visit_fields(record, [&](std::string_view key, const auto& part) { object[key] = field_json(part); });
    array.push_back(std::move(object));
  }
  return array;
}

template <class T>
json::Value fact_json(const T& fact) {
  json::Value object;
  visit_fields(fact, [&](std::string_view key, const auto& field) { object[key] = field_json(field); });
  object["origin"] = to_json(fact.origin);
  return object;
}

template <class... T, class F>
void for_each_type(TypeList<T...>, F&& visit) {
  (visit.template operator()<T>(), ...);
}

}  // namespace

json::Value to_json(const Origin& origin) {
  json::Value object{{"artifact", origin.artifact}};
  put(object, "sha256", origin.sha256);
  put(object, "at", origin.at);
  return object;
}

json::Value to_json(const Error& error) {
  return {{"code", name(error.code)}, {"what", error.what}, {"where", to_json(error.where)}};
}

json::Value to_json(const Location& location) {
  json::Value object = json::Object();
  put(object, "file", location.file);
  if (location.line > 0) object["line"] = location.line;
  if (location.column > 0) object["column"] = location.column;
  return object;
}

json::Value to_json(const FactBatch& batch) {
  json::Value coverage = json::Object(), facts = json::Object(), problems = json::Array();
  for (const auto& [kind, seen] : batch.coverage) {
    coverage[name(kind)] = name(seen);
    facts[name(kind)] = json::Array();
  }
  const FactSet sealed = seal({batch});
  for_each_type(FactTypes{}, [&]<class T>() {
    for (const T& fact : sealed.all<T>()) facts[T::plural].push_back(fact_json(fact));
  });
  for (const Error& problem : sealed.problems()) problems.push_back(to_json(problem));
  return {{"coverage", std::move(coverage)}, {"facts", std::move(facts)}, {"problems", std::move(problems)}};
}

}  // namespace gate::evidence
