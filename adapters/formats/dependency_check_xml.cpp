#include "adapters/formats/dependency_check_xml.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/formats/reading.h"
#include "gate/xml/element.h"

namespace gate::formats::dependency_check {
namespace {

using json::Value;
using xml::Element;

// Elements that come any number of times, by what holds them, and the list that they are in JSON.
struct Repeated {
  std::string_view holder, element, list;
};
constexpr std::array repeated{
    Repeated{"analysisExceptions", "exception", "exceptions"},
    Repeated{"cwes", "cwe", "cwes"},
    Repeated{"dependencies", "dependency", "dependencies"},
    Repeated{"identifiers", "package", "packages"},
    Repeated{"identifiers", "suppressedVulnerabilityIds", "suppressedVulnerabilityIds"},
    Repeated{"identifiers", "vulnerabilityIds", "vulnerabilityIds"},
    Repeated{"scanInfo", "dataSource", "dataSource"},
    Repeated{"vulnerabilities", "suppressedVulnerability", "suppressedVulnerabilities"},
    Repeated{"vulnerabilities", "vulnerability", "vulnerabilities"},
    Repeated{"vulnerableSoftware", "software", "vulnerableSoftware"},
};

// Holders that JSON has no object for: what is in them belongs to what holds them.
constexpr std::array<std::string_view, 6> transparent{
    "cwes", "dependencies", "identifiers", "vulnerabilities", "vulnerableSoftware", "analysisExceptions"};

// What nobody reads, and most of a report.
constexpr std::array<std::string_view, 6> left_out{"credits",    "description",         "evidenceCollected",
                                                   "references", "relatedDependencies", "url"};

template <class Names>
bool is_in(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string json_name(std::string_view name) {
  for (const std::string_view cvss : {"cvssV2", "cvssV3", "cvssV4"}) {
    if (name == cvss) return "cvssv" + std::string(1, name.back());
  }
  return std::string(name == "confidentialImpact" ? "confidentialityImpact" : name);
}

class Converter {
 public:
  explicit Converter(Places& places) : places_(places) {}

  Value convert(const Element& element, const std::string& pointer) {
    const bool is_object = !element.children.empty() || !element.attributes.empty() || element.name == "software";
    if (!is_object) return element.text;
    places_.add(pointer, element.place());
    Value value{json::Object{}};
    for (const auto& attribute : element.attributes) {
      if (attribute.space.empty()) value[attribute.name] = attribute.value;
    }
    if (element.children.empty()) value["id"] = element.text;
    add_children(element, value, pointer);
    return value;
  }

 private:
  void add_children(const Element& element, Value& value, const std::string& pointer) {
    for (const Repeated& one : repeated) {
      if (one.holder == element.name) value[one.list] = json::Array{};
    }
    for (const Element& child : element.children) {
      if (is_in(left_out, child.name)) continue;
      const auto list = std::ranges::find_if(
          repeated, [&](const Repeated& one) { return one.holder == element.name && one.element == child.name; });
      if (list != repeated.end()) {
        json::Array& elements = *value[list->list].array();
        const std::string place = pointer + '/' + std::string(list->list) + '/' + std::to_string(elements.size());
        elements.push_back(convert(child, place));
      } else if (is_in(transparent, child.name)) {
        add_children(child, value, pointer);
      } else {
        const std::string name = json_name(child.name);
        value[name] = convert(child, pointer + '/' + name);
      }
    }
  }

  Places& places_;
};

// "https://jeremylong.github.io/DependencyCheck/dependency-check.2.5.xsd": 2
int schema_of(std::string_view space) {
  constexpr std::string_view before = "/dependency-check.";
  const auto at = space.rfind(before);
  int major = 0;
  if (at != std::string_view::npos)
    std::from_chars(space.data() + at + before.size(), space.data() + space.size(), major);
  return major;
}

}  // namespace

Result<FromXml> from_xml(const Document& document) {
  xml::Limits limits;
  limits.bytes = document.bytes.size();  // whoever opened it had a cap of the policy's
  const auto root = xml::parse(document.bytes, document.origin.artifact, limits);
  if (!root) return root.error();
  const Origin where{document.origin.artifact, {}, root->place()};
  if (root->name != "analysis" || root->space.empty()) {
    return Error{Errc::malformed, "the element " + quoted(root->name) + " begins no report of Dependency-Check", where};
  }
  if (const int schema = schema_of(root->space); schema < 2 || schema > 4) {
    return Error{Errc::unsupported_version, "schema " + quoted(root->space) + ", this gate reads 2 to 4", where};
  }
  FromXml out;
  out.report = Converter(out.places).convert(*root, "");
  return out;
}

}  // namespace gate::formats::dependency_check
