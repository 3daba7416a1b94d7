#include "gate/json/value.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace gate::json {
namespace {

[[noreturn]] void defect(const char* what) {
  std::fprintf(stderr, "gate: internal error: %s\n", what);
  std::abort();
}

bool key_before(const Member& member, std::string_view key) { return member.first < key; }

std::string wrong_type(std::string_view wanted, const Value& got) {
  return "expected " + std::string(wanted) + ", found " + std::string(got.type());
}

}  // namespace

std::string escaped(std::string_view token) {
  std::string out;
  for (const char c : token) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

const Value* Object::find(std::string_view key) const {
  const auto at = std::lower_bound(members_.begin(), members_.end(), key, key_before);
  return at != members_.end() && at->first == key ? &at->second : nullptr;
}

Value& Object::operator[](std::string_view key) {
  auto at = std::lower_bound(members_.begin(), members_.end(), key, key_before);
  if (at == members_.end() || at->first != key) at = members_.emplace(at, std::string(key), Value());
  return at->second;
}

Value::Value(std::uint64_t v) {
  if (v > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) defect("a JSON integer beyond 63 bits");
  data_ = static_cast<std::int64_t>(v);
}

Value::Value(std::initializer_list<std::pair<std::string_view, Value>> members) {
  Object object;
  for (const auto& [key, value] : members) object[key] = value;
  data_ = std::move(object);
}

std::optional<double> Value::number() const {
  if (const auto* whole = integer()) return static_cast<double>(*whole);
  if (const auto* part = real()) return *part;
  return std::nullopt;
}

std::string_view Value::type() const {
  constexpr std::string_view names[] = {"null", "boolean", "integer", "number", "string", "array", "object"};
  return names[data_.index()];
}

const Value* Value::find(std::string_view key) const {
  const Object* members = object();
  return members ? members->find(key) : nullptr;
}

Value& Value::operator[](std::string_view key) {
  if (is_null()) data_ = Object();
  if (!object()) defect("a member was asked of a JSON value that is no object");
  return (*object())[key];
}

void Value::push_back(Value v) {
  if (is_null()) data_ = Array();
  if (!array()) defect("an element was added to a JSON value that is no array");
  array()->push_back(std::move(v));
}

View View::below(const Value& value, std::string_view token) const {
  return View(value, artifact_, pointer_ + "/" + escaped(token));
}

std::optional<View> View::find(std::string_view key) const {
  const Value* value = value_->find(key);
  if (!value || value->is_null()) return std::nullopt;
  return below(*value, key);
}

Result<View> View::member(std::string_view key) const {
  if (!value_->object()) return error(Errc::malformed, wrong_type("object", *value_));
  auto found = find(key);
  if (!found) return error(Errc::not_found, "member '" + std::string(key) + "' is missing");
  return std::move(*found);
}

Result<std::string> View::text(std::string_view key) const {
  const auto found = member(key);
  if (!found) return found.error();
  return found->as_text();
}

Result<std::string> View::text_or(std::string_view key, std::string fallback) const {
  auto found = text(key);
  if (!found && found.error().code == Errc::not_found) return fallback;
  return found;
}

Result<std::int64_t> View::integer(std::string_view key) const {
  const auto found = member(key);
  if (!found) return found.error();
  const auto* whole = found->value().integer();
  if (!whole) return found->error(Errc::malformed, wrong_type("integer", found->value()));
  return *whole;
}

Result<std::vector<View>> View::elements(std::string_view key) const {
  const auto found = member(key);
  if (!found) return found.error();
  return found->as_elements();
}

Result<std::vector<View>> View::elements_or_none(std::string_view key) const {
  auto found = elements(key);
  if (!found && found.error().code == Errc::not_found) return std::vector<View>{};
  return found;
}

Result<std::string> View::as_text() const {
  const auto* text = value_->text();
  if (!text) return error(Errc::malformed, wrong_type("string", *value_));
  return *text;
}

Result<std::vector<View>> View::as_elements() const {
  const auto* array = value_->array();
  if (!array) return error(Errc::malformed, wrong_type("array", *value_));
  std::vector<View> views;
  views.reserve(array->size());
  for (std::size_t i = 0; i < array->size(); ++i) views.push_back(below((*array)[i], std::to_string(i)));
  return views;
}

Result<std::vector<std::pair<std::string, View>>> View::as_members() const {
  const auto* object = value_->object();
  if (!object) return error(Errc::malformed, wrong_type("object", *value_));
  std::vector<std::pair<std::string, View>> views;
  views.reserve(object->size());
  for (const auto& [key, value] : object->members()) views.emplace_back(key, below(value, key));
  return views;
}

}  // namespace gate::json
