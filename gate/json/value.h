// JSON values (RFC 8259), the one strict reader and the canonical writer. Boost.JSON stays inside reader.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "gate/core/result.h"

namespace gate::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;

// Members sorted by the bytes of their keys; no key twice.
class Object {
 public:
  const Value* find(std::string_view key) const;
  Value& operator[](std::string_view key);  // inserts null where absent
  const std::vector<Member>& members() const { return members_; }
  std::size_t size() const;
  bool empty() const;

 private:
  friend class Builder;
  std::vector<Member> members_;
};

class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool v) : data_(v) {}
  Value(int v) : data_(static_cast<std::int64_t>(v)) {}
  Value(std::int64_t v) : data_(v) {}
  Value(std::uint64_t v);  // beyond std::int64_t it is a defect and ends the process
  Value(double v) : data_(v) {}
  Value(const char* v) : data_(std::string(v)) {}
  Value(std::string_view v) : data_(std::string(v)) {}
  Value(std::string v) : data_(std::move(v)) {}
  Value(Array v) : data_(std::move(v)) {}
  Value(Object v) : data_(std::move(v)) {}
  Value(std::initializer_list<std::pair<std::string_view, Value>> members);  // an object

  bool is_null() const { return data_.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&data_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data_); }
  const double* real() const { return std::get_if<double>(&data_); }
  std::optional<double> number() const;  // integer or real
  const std::string* text() const { return std::get_if<std::string>(&data_); }
  const Array* array() const { return std::get_if<Array>(&data_); }
  const Object* object() const { return std::get_if<Object>(&data_); }
  Array* array() { return std::get_if<Array>(&data_); }
  Object* object() { return std::get_if<Object>(&data_); }
  std::string_view type() const;  // "null", "boolean", "integer", "number", "string", "array", "object"

  const Value* find(std::string_view key) const;  // null where this is no object or has no such member
  // Makes null an object, or an array. On any other type it is a defect and ends the process.
  Value& operator[](std::string_view key);
  void push_back(Value v);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data_;
};

inline std::size_t Object::size() const { return members_.size(); }
inline bool Object::empty() const { return members_.empty(); }

struct Limits {
  std::size_t bytes = 256u << 20;
  std::size_t depth = 64;
  std::size_t values = 20'000'000;
};

class Builder;
class View;

// Members of an object that is being read: those that came before the place where it is now.
class Siblings {
 public:
  explicit Siblings(const Builder& builder) : builder_(builder) {}
  const Value* find(std::string_view key) const;  // null where it did not come yet

 private:
  const Builder& builder_;
};

// From the root: names of members, and "*" for every element of an array.
using Path = std::vector<std::string_view>;

// Arrays too large to be kept: their elements are handed over one by one as they are read, and dropped. In the value
// that parse() gives, such an array is empty. Elements come before anyone knows whether the rest is JSON.
struct Stream {
  std::vector<Path> arrays;
  // Members in the elements, at any depth, whose texts nobody wants: they are checked and dropped. A text is empty
  // then, and an array holds none.
  std::vector<std::string_view> unread;
  // Which of the arrays, the element with its pointer, and what is beside the array.
  std::function<void(std::size_t array, const View& element, const Siblings& beside)> take;
  // Bytes before the offset are not looked at again. Where this is given and was called, errors name the byte and not
  // the line.
  std::function<void(std::size_t offset)> spent = {};
};

// Errors, each with line:column (from 1, in bytes): empty input, duplicate keys (compared after unescaping), invalid
// UTF-8, lone surrogates, trailing bytes, a byte order mark, nesting over `depth`, size over `bytes`, integers beyond
// 64 bits signed, numbers beyond the range of a double (those too small to be told from zero as well). `artifact` names
// the bytes in errors. The codes are malformed and too_large.
Result<Value> parse(std::string_view bytes, std::string_view artifact, const Limits& limits = {},
                    const Stream& stream = {});

// Deterministic: members in byte order of their keys, no blanks, shortest form of numbers, UTF-8 unescaped but for
// what RFC 8259 demands. What no JSON can hold becomes what it can: bytes that are no UTF-8 become U+FFFD, and a double
// that is not finite becomes null.
std::string to_string(const Value& value);
// The same with two blanks of indentation a level and a line break at the end.
std::string to_pretty_string(const Value& value);

// A token of a JSON pointer (RFC 6901, section 3).
std::string escaped(std::string_view token);

// A place in a document while reading it: knows its JSON pointer (RFC 6901), so that a complaint can name it.
class View {
 public:
  View(const Value& value, std::string artifact, std::string pointer = {})
      : value_(&value), artifact_(std::move(artifact)), pointer_(std::move(pointer)) {}

  const Value& value() const { return *value_; }
  const std::string& pointer() const { return pointer_; }
  Origin origin(std::string sha256 = {}) const { return {artifact_, std::move(sha256), pointer_}; }
  Error error(Errc code, std::string what) const { return {code, std::move(what), origin()}; }

  bool has(std::string_view key) const { return value_->find(key) != nullptr; }
  // Absent and null members are both "nothing"; a member of another type is an error.
  std::optional<View> find(std::string_view key) const;
  Result<View> member(std::string_view key) const;                                // must be there and not null
  Result<std::string> text(std::string_view key) const;                           // must be there
  Result<std::string> text_or(std::string_view key, std::string fallback) const;  // absent or null: the fallback
  Result<std::int64_t> integer(std::string_view key) const;
  Result<std::vector<View>> elements(std::string_view key) const;          // must be there, an array
  Result<std::vector<View>> elements_or_none(std::string_view key) const;  // absent or null: empty
  Result<std::string> as_text() const;
  Result<std::vector<View>> as_elements() const;
  Result<std::vector<std::pair<std::string, View>>> as_members() const;

 private:
  View below(const Value& value, std::string_view token) const;

  const Value* value_;
  std::string artifact_;
  std::string pointer_;
};

}  // namespace gate::json
