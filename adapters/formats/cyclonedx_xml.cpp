#include "adapters/formats/cyclonedx_xml.h"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "adapters/formats/cyclonedx_shape.h"
#include "adapters/formats/reading.h"
#include "gate/xml/element.h"

namespace gate::formats::cyclonedx {
namespace {

using json::Value;
using xml::Element;

constexpr std::string_view own_namespaces = "http://cyclonedx.org/schema/";
constexpr std::string_view bom_namespace = "http://cyclonedx.org/schema/bom/";
constexpr std::string_view signatures = "http://www.w3.org/2000/09/xmldsig#";

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

template <class Number>
Value number_or_text(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  return text;  // which the table then complains about
}

Value scalar(const std::string& text, Kind kind) {
  switch (kind) {
    case Kind::integer:
    case Kind::integers: return number_or_text<std::int64_t>(text);
    case Kind::number: return number_or_text<double>(text);
    case Kind::boolean:
      if (text == "true" || text == "1") return true;
      if (text == "false" || text == "0") return false;
      return text;
    default: return text;
  }
}

class Converter {
 public:
  Converter(const Document& document, std::string space, FromXml& out)
      : document_(document), space_(std::move(space)), out_(out) {}

  Value object(const Element& element, const Shape& shape, const std::string& pointer) {
    out_.places.add(pointer, element.place());
    Value value{json::Object{}};
    for (const Member& member : shape.members) {
      if (member.xml == Xml::attribute) {
        if (const auto* text = element.attribute(member.name_in_xml())) {
          value[member.name] = scalar(trimmed(*text), member.kind);
        }
      } else if (member.xml == Xml::body) {
        if (auto text = trimmed(element.text); !text.empty()) value[member.name] = std::move(text);
      }
    }
    std::set<std::string_view> seen;
    for (const Element& child : element.children) {
      if (is_own(child)) {
        add(value, child, shape, pointer, seen);
      } else if (child.space == signatures && child.name == "Signature" && shape.find("signature")) {
        value["signature"] = json::Object{};
      }
    }
    return value;
  }

 private:
  void note(Errc code, const Element& at, std::string what) {
    out_.problems.push_back({code, std::move(what), {document_.origin.artifact, {}, at.place()}});
  }

  bool is_own(const Element& element) {
    if (element.space == space_) return true;
    if (element.space.starts_with(own_namespaces)) {
      note(Errc::unsupported_version, element,
           fmt::format("gate does not read {} of {}", quoted(element.name), quoted(element.space)));
    }
    return false;
  }

  // The children of the document's namespace.
  template <class Visit>
  void each(const Element& element, Visit visit) {
    for (const Element& child : element.children) {
      if (is_own(child)) visit(child);
    }
  }

  void add(Value& value, const Element& child, const Shape& shape, const std::string& pointer,
           std::set<std::string_view>& seen) {
    const Member* member = shape.find_in_xml(child.name);
    const bool is_attribute = member && (member->xml == Xml::attribute || member->xml == Xml::body);
    if (!member || is_attribute) {
      return note(Errc::malformed, child,
                  fmt::format("gate does not know the element {} here: what it tells is not read", quoted(child.name)));
    }
    const std::string below = pointer + '/' + std::string(member->name);
    if (member->xml == Xml::repeated || member->xml == Xml::own_refs) {
      Value& list = value[member->name];
      const std::string next = below + '/' + std::to_string(list.array() ? list.array()->size() : 0);
      list.push_back(member->xml == Xml::own_refs ? reference(child) : item(child, *member, next));
      return;
    }
    if (!seen.insert(member->name).second) {
      return note(Errc::malformed, child, fmt::format("a second element {}", quoted(child.name)));
    }
    value[member->name] = whole(child, *member, below);
  }

  Value reference(const Element& element) {
    const auto* ref = element.attribute("ref");
    if (!ref || ref->empty()) {
      note(Errc::not_found, element, "attribute 'ref' is missing");
      return std::string();
    }
    return *ref;
  }

  Value item(const Element& element, const Member& member, const std::string& pointer) {
    return member.kind == Kind::objects ? object(element, *member.shape, pointer)
                                        : scalar(trimmed(element.text), member.kind);
  }

  Value whole(const Element& element, const Member& member, const std::string& pointer) {
    switch (member.kind) {
      case Kind::object: return object(element, *member.shape, pointer);
      case Kind::objects:
      case Kind::texts:
      case Kind::integers:
        return member.xml == Xml::flows ? flows(element, *member.shape, pointer) : list(element, member, pointer);
      case Kind::licenses: return licenses(element, pointer);
      case Kind::tools: return tools(element, pointer);
      case Kind::any: return json::Object{};
      default: return scalar(trimmed(element.text), member.kind);
    }
  }

  Value list(const Element& element, const Member& member, const std::string& pointer) {
    json::Array array;
    each(element, [&](const Element& child) {
      if (child.name != member.item) {
        return note(Errc::malformed, child,
                    fmt::format("expected {}, found {}", quoted(member.item), quoted(child.name)));
      }
      array.push_back(member.xml == Xml::refs ? reference(child)
                                              : item(child, member, pointer + '/' + std::to_string(array.size())));
    });
    return array;
  }

  Value licenses(const Element& element, const std::string& pointer) {
    json::Array array;
    each(element, [&](const Element& child) {
      const std::string next = pointer + '/' + std::to_string(array.size());
      if (child.name == "license") {
        array.push_back(Value{{"license", object(child, license, next + "/license")}});
      } else if (child.name == "expression") {
        array.push_back(Value{{"expression", trimmed(child.text)}});
      } else {
        note(Errc::malformed, child, fmt::format("expected a license, found {}", quoted(child.name)));
      }
    });
    return array;
  }

  Value tools(const Element& element, const std::string& pointer) {
    const bool lists = element.children.empty() || element.children.front().name != "tool";
    if (lists) return object(element, tool_lists, pointer);
    return list(element, Member{.name = "tools", .kind = Kind::objects, .shape = &legacy_tool, .item = "tool"},
                pointer);
  }

  // Up to 1.4 the classifications themselves; since 1.5 each in a `dataflow`.
  Value flows(const Element& element, const Shape& shape, const std::string& pointer) {
    json::Array array;
    const auto add_flow = [&](const Element& classification) {
      const auto* flow = classification.attribute("flow");
      out_.places.add(pointer + '/' + std::to_string(array.size()), classification.place());
      Value value{{"classification", trimmed(classification.text)}};
      if (flow) value["flow"] = *flow;
      array.push_back(std::move(value));
    };
    each(element, [&](const Element& child) {
      if (child.name == "classification") return add_flow(child);
      each(child, [&](const Element& part) {
        if (part.name == "classification") return add_flow(part);
        if (!shape.find(part.name))
          note(Errc::malformed, part, fmt::format("gate does not know the element {} here", quoted(part.name)));
      });
    });
    return array;
  }

  const Document& document_;
  const std::string space_;
  FromXml& out_;
};

}  // namespace

Result<FromXml> from_xml(const Document& document) {
  const auto root = xml::parse(document.bytes, document.origin.artifact);
  if (!root) return root.error();
  if (root->name != "bom" || !root->space.starts_with(bom_namespace)) {
    return Error{Errc::malformed,
                 fmt::format("the root is {} of {}, no CycloneDX", quoted(root->name), quoted(root->space)),
                 {document.origin.artifact, {}, root->place()}};
  }
  FromXml out;
  out.bom = Converter(document, root->space, out).object(*root, bom, "");
  out.bom["bomFormat"] = "CycloneDX";
  out.bom["specVersion"] = root->space.substr(bom_namespace.size());
  return out;
}

}  // namespace gate::formats::cyclonedx
