// What a CycloneDX document may hold, 1.2 to 1.7: one table for both of its syntaxes (CycloneDX/specification,
// schema/bom-*.schema.json and bom-*.xsd).
//
// It has the parts that tell about components and vulnerabilities. Members that tell of other things (how a model was
// trained, which standards are met) are known by name and not looked into.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "gate/json/value.h"

namespace gate::formats::cyclonedx {

enum class Kind { text, integer, number, boolean, object, objects, texts, integers, licenses, tools, any };

// How XML writes a member.
enum class Xml {
  child,      // an element of the member's name; a list is an element with one `item` for each of its own
  attribute,  //
  body,       // the text of the object's element itself
  repeated,   // elements of the member's name, as many as there are
  refs,       // an element of elements with `ref`
  own_refs,   // elements with `ref`, as many as there are
  flows       // service data, whose classification carries the flow
};

struct Shape;

struct Member {
  std::string_view name;  // in JSON
  Kind kind = Kind::text;
  const Shape* shape = nullptr;  // of an object, and of each in a list of objects
  int required_since = 100;      // the minor version from which on it must be there, and not be an empty text
  std::span<const std::string_view> words = {};  // the only values of a text
  Xml xml = Xml::child;
  std::string_view xml_name = {};  // where it is not `name`
  std::string_view item = {};      // what XML calls one of a list

  std::string_view name_in_xml() const { return xml_name.empty() ? name : xml_name; }
};

struct Shape {
  std::span<const Member> members;
  // What is wrong with the members together; empty: nothing.
  std::string_view (*fault)(const json::Value& object) = nullptr;

  const Member* find(std::string_view name) const;
  const Member* find_in_xml(std::string_view name) const;
};

extern const Shape bom;
extern const Shape license;
extern const Shape legacy_tool;  // up to 1.4, and deprecated since
extern const Shape tool_lists;   // since 1.5

// Names everything in the document that the table does not allow, with its JSON pointer.
using Complain = std::function<void(Errc code, std::string pointer, std::string what)>;
void check(const json::Value& document, int minor_version, const Complain& complain);

}  // namespace gate::formats::cyclonedx
