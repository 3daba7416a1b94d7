#include "adapters/formats/cyclonedx_shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "adapters/formats/reading.h"

namespace gate::formats::cyclonedx {

// Each shape may hold another, and components hold components.
extern const Shape component, service, dependency, composition, vulnerability;

namespace {

using json::Value;
using Words = const std::string_view[];

constexpr Words component_types = {"application",
                                   "container",
                                   "cryptographic-asset",
                                   "data",
                                   "device",
                                   "device-driver",
                                   "file",
                                   "firmware",
                                   "framework",
                                   "library",
                                   "machine-learning-model",
                                   "operating-system",
                                   "platform"};
constexpr Words scopes = {"excluded", "optional", "required"};
constexpr Words encodings = {"base64"};
constexpr Words patch_types = {"backport", "cherry-pick", "monkey", "unofficial"};
constexpr Words issue_types = {"defect", "enhancement", "security"};
constexpr Words flows = {"bi-directional", "inbound", "outbound", "unknown"};
constexpr Words acknowledgements = {"concluded", "declared"};
constexpr Words phases = {"build", "decommission", "design", "discovery", "operations", "post-build", "pre-build"};
constexpr Words aggregates = {"complete",
                              "incomplete",
                              "incomplete_first_party_only",
                              "incomplete_first_party_opensource_only",
                              "incomplete_first_party_proprietary_only",
                              "incomplete_third_party_only",
                              "incomplete_third_party_opensource_only",
                              "incomplete_third_party_proprietary_only",
                              "not_specified",
                              "unknown"};
constexpr Words severities = {"critical", "high", "info", "low", "medium", "none", "unknown"};
constexpr Words methods = {"CVSSv2", "CVSSv3", "CVSSv31", "CVSSv4", "OWASP", "SSVC", "other"};
constexpr Words states = {"exploitable",  "false_positive", "in_triage",
                          "not_affected", "resolved",       "resolved_with_pedigree"};
constexpr Words justifications = {"code_not_present",       "code_not_reachable",    "protected_at_perimeter",
                                  "protected_at_runtime",   "protected_by_compiler", "protected_by_mitigating_control",
                                  "requires_configuration", "requires_dependency",   "requires_environment"};
constexpr Words affected = {"affected", "unaffected", "unknown"};

struct Algorithm {
  std::string_view name;
  std::size_t digits;  // of its hash in hexadecimal
};
constexpr Algorithm algorithms[] = {{"BLAKE2b-256", 64},  {"BLAKE2b-384", 96},  {"BLAKE2b-512", 128}, {"BLAKE3", 64},
                                    {"MD5", 32},          {"SHA-1", 40},        {"SHA-256", 64},      {"SHA-384", 96},
                                    {"SHA-512", 128},     {"SHA3-256", 64},     {"SHA3-384", 96},     {"SHA3-512", 128},
                                    {"Streebog-256", 64}, {"Streebog-512", 128}};

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

std::string_view text_of(const Value& object, std::string_view key) {
  const Value* member = object.find(key);
  return member && member->text() ? std::string_view(*member->text()) : std::string_view();
}

std::string_view hash_fault(const Value& hash) {
  const auto name = text_of(hash, "alg"), content = text_of(hash, "content");
  const auto found = std::find_if(std::begin(algorithms), std::end(algorithms),
                                  [&](const Algorithm& algorithm) { return algorithm.name == name; });
  if (found == std::end(algorithms)) return "a hash by an algorithm that gate does not know";
  return content.size() == found->digits && is_hex(content) ? "" : "a hash that is none of its algorithm";
}

std::string_view license_fault(const Value& object) {
  const bool id = object.find("id"), name = object.find("name");
  if (id && name) return "a license has either 'id' or 'name'";
  return id || name ? "" : "a license with neither 'id' nor 'name'";
}

std::string_view serial_fault(const Value& object) {
  if (!object.find("serialNumber")) return "";
  constexpr std::string_view prefix = "urn:uuid:", form = "00000000-0000-0000-0000-000000000000";
  const auto serial = text_of(object, "serialNumber");
  const auto uuid = serial.substr(std::min(prefix.size(), serial.size()));
  const bool well = serial.starts_with(prefix) &&
                    std::equal(uuid.begin(), uuid.end(), form.begin(), form.end(),
                               [](char c, char wanted) { return wanted == '-' ? c == '-' : is_hex({&c, 1}); });
  return well ? "" : "'serialNumber' is no urn:uuid";
}

// Short names of the lines below.
constexpr Member ref{.name = "bom-ref", .xml = Xml::attribute};
constexpr Member text(std::string_view name) { return {.name = name}; }
constexpr Member any(std::string_view name) { return {.name = name, .kind = Kind::any}; }
constexpr Member must(std::string_view name) { return {.name = name, .required_since = 0}; }
constexpr Member word(std::string_view name, std::span<const std::string_view> words) {
  return {.name = name, .words = words};
}
constexpr Member object(std::string_view name, const Shape& shape) {
  return {.name = name, .kind = Kind::object, .shape = &shape};
}
constexpr Member objects(std::string_view name, const Shape& shape, std::string_view item) {
  return {.name = name, .kind = Kind::objects, .shape = &shape, .item = item};
}
constexpr Member repeated(std::string_view name, const Shape& shape) {
  return {.name = name, .kind = Kind::objects, .shape = &shape, .xml = Xml::repeated};
}
constexpr Member texts(std::string_view name, std::string_view item) {
  return {.name = name, .kind = Kind::texts, .item = item};
}
constexpr Member refs(std::string_view name, std::string_view item) {
  return {.name = name, .kind = Kind::texts, .xml = Xml::refs, .item = item};
}
constexpr Member signature{.name = "signature", .kind = Kind::any};
constexpr Member licenses{.name = "licenses", .kind = Kind::licenses};

constexpr Member property_members[] = {{.name = "name", .required_since = 6, .xml = Xml::attribute},
                                       {.name = "value", .xml = Xml::body}};
constexpr Shape property{property_members};
constexpr Member properties = objects("properties", property, "property");

constexpr Member hash_members[] = {{.name = "alg", .required_since = 0, .xml = Xml::attribute},
                                   {.name = "content", .required_since = 0, .xml = Xml::body}};
constexpr Shape hash{hash_members, hash_fault};
constexpr Member hashes = objects("hashes", hash, "hash");

constexpr Member reference_members[] = {
    {.name = "type", .required_since = 0, .xml = Xml::attribute}, must("url"), text("comment"), hashes, properties};
constexpr Shape reference{reference_members};
constexpr Member references = objects("externalReferences", reference, "reference");

constexpr Member contact_members[] = {ref, text("name"), text("email"), text("phone")};
constexpr Shape contact{contact_members};
constexpr Member entity_members[] = {ref,
                                     text("name"),
                                     any("address"),
                                     {.name = "url", .kind = Kind::texts, .xml = Xml::repeated},
                                     repeated("contact", contact)};
constexpr Shape entity{entity_members};

constexpr Member attachment_members[] = {{.name = "contentType", .xml = Xml::attribute, .xml_name = "content-type"},
                                         {.name = "encoding", .words = encodings, .xml = Xml::attribute},
                                         {.name = "content", .xml = Xml::body}};
constexpr Shape attachment{attachment_members};

constexpr Member license_members[] = {
    ref,          text("id"),
    text("name"), object("text", attachment),
    text("url"),  any("licensing"),
    properties,   {.name = "acknowledgement", .words = acknowledgements, .xml = Xml::attribute}};

constexpr Member swid_members[] = {{.name = "tagId", .required_since = 0, .xml = Xml::attribute},
                                   {.name = "name", .required_since = 0, .xml = Xml::attribute},
                                   {.name = "version", .xml = Xml::attribute},
                                   {.name = "tagVersion", .kind = Kind::integer, .xml = Xml::attribute},
                                   {.name = "patch", .kind = Kind::boolean, .xml = Xml::attribute},
                                   object("text", attachment),
                                   text("url")};
constexpr Shape swid{swid_members};

constexpr Member source_members[] = {text("name"), text("url")};
constexpr Shape source{source_members};

constexpr Member issue_members[] = {{.name = "type", .required_since = 0, .words = issue_types, .xml = Xml::attribute},
                                    text("id"),
                                    text("name"),
                                    text("description"),
                                    object("source", source),
                                    texts("references", "url")};
constexpr Shape issue{issue_members};
constexpr Member diff_members[] = {object("text", attachment), text("url")};
constexpr Shape diff{diff_members};
constexpr Member patch_members[] = {{.name = "type", .required_since = 0, .words = patch_types, .xml = Xml::attribute},
                                    object("diff", diff),
                                    objects("resolves", issue, "issue")};
constexpr Shape patch{patch_members};
constexpr Member pedigree_members[] = {
    objects("ancestors", component, "component"), objects("descendants", component, "component"),
    objects("variants", component, "component"),  any("commits"),
    objects("patches", patch, "patch"),           text("notes")};
constexpr Shape pedigree{pedigree_members};

constexpr Member component_members[] = {
    {.name = "type", .required_since = 0, .words = component_types, .xml = Xml::attribute},
    {.name = "mime-type", .xml = Xml::attribute},
    ref,
    object("supplier", entity),
    object("manufacturer", entity),
    objects("authors", contact, "author"),
    text("author"),
    text("publisher"),
    text("group"),
    must("name"),
    text("version"),
    text("versionRange"),
    {.name = "isExternal", .kind = Kind::boolean, .xml = Xml::attribute},
    text("description"),
    word("scope", scopes),
    hashes,
    licenses,
    any("patentAssertions"),
    text("copyright"),
    text("cpe"),
    text("purl"),
    {.name = "omniborId", .kind = Kind::texts, .xml = Xml::repeated},
    {.name = "swhid", .kind = Kind::texts, .xml = Xml::repeated},
    object("swid", swid),
    {.name = "modified", .kind = Kind::boolean},
    object("pedigree", pedigree),
    references,
    objects("components", component, "component"),
    any("evidence"),
    any("releaseNotes"),
    any("modelCard"),
    {.name = "data", .kind = Kind::any, .xml = Xml::repeated},
    any("cryptoProperties"),
    properties,
    texts("tags", "tag"),
    signature};

constexpr Member flow_members[] = {{.name = "flow", .required_since = 0, .words = flows},
                                   must("classification"),
                                   text("name"),
                                   text("description"),
                                   any("governance"),
                                   any("source"),
                                   any("destination")};
constexpr Shape flow{flow_members};
constexpr Member service_members[] = {ref,
                                      object("provider", entity),
                                      text("group"),
                                      must("name"),
                                      text("version"),
                                      text("description"),
                                      texts("endpoints", "endpoint"),
                                      {.name = "authenticated", .kind = Kind::boolean},
                                      {.name = "x-trust-boundary", .kind = Kind::boolean},
                                      text("trustZone"),
                                      {.name = "data", .kind = Kind::objects, .shape = &flow, .xml = Xml::flows},
                                      licenses,
                                      any("patentAssertions"),
                                      references,
                                      objects("services", service, "service"),
                                      any("releaseNotes"),
                                      properties,
                                      texts("tags", "tag"),
                                      signature};

constexpr Member dependency_members[] = {
    {.name = "ref", .required_since = 0, .xml = Xml::attribute},
    {.name = "dependsOn", .kind = Kind::texts, .xml = Xml::own_refs, .xml_name = "dependency"},
    {.name = "provides", .kind = Kind::texts, .xml = Xml::own_refs}};

constexpr Member composition_members[] = {ref,
                                          {.name = "aggregate", .required_since = 0, .words = aggregates},
                                          refs("assemblies", "assembly"),
                                          refs("dependencies", "dependency"),
                                          refs("vulnerabilities", "vulnerability"),
                                          signature};

constexpr Member alias_members[] = {must("id"), object("source", source)};
constexpr Shape alias{alias_members};
constexpr Member rating_members[] = {object("source", source),
                                     {.name = "score", .kind = Kind::number},
                                     word("severity", severities),
                                     word("method", methods),
                                     text("vector"),
                                     text("justification")};
constexpr Shape rating{rating_members};
constexpr Member analysis_members[] = {
    word("state", states),
    word("justification", justifications),
    {.name = "response", .kind = Kind::texts, .xml_name = "responses", .item = "response"},
    text("detail"),
    text("firstIssued"),
    text("lastUpdated")};
constexpr Shape analysis{analysis_members};
constexpr Member version_members[] = {text("version"), text("range"), word("status", affected)};
constexpr Shape version{version_members};
constexpr Member target_members[] = {must("ref"), objects("versions", version, "version")};
constexpr Shape target{target_members};
constexpr Member vulnerability_members[] = {ref,
                                            text("id"),
                                            object("source", source),
                                            objects("references", alias, "reference"),
                                            objects("ratings", rating, "rating"),
                                            {.name = "cwes", .kind = Kind::integers, .item = "cwe"},
                                            text("description"),
                                            text("detail"),
                                            text("recommendation"),
                                            text("workaround"),
                                            any("proofOfConcept"),
                                            any("advisories"),
                                            text("created"),
                                            text("published"),
                                            text("updated"),
                                            text("rejected"),
                                            any("credits"),
                                            any("tools"),
                                            object("analysis", analysis),
                                            objects("affects", target, "target"),
                                            properties};

constexpr Member lifecycle_members[] = {word("phase", phases), text("name"), text("description")};
constexpr Shape lifecycle{lifecycle_members};
constexpr Member metadata_members[] = {text("timestamp"),
                                       objects("lifecycles", lifecycle, "lifecycle"),
                                       {.name = "tools", .kind = Kind::tools},
                                       object("manufacturer", entity),
                                       objects("authors", contact, "author"),
                                       object("component", component),
                                       object("manufacture", entity),
                                       object("supplier", entity),
                                       licenses,
                                       any("distributionConstraints"),
                                       properties};
constexpr Shape metadata{metadata_members};
constexpr Member tool_members[] = {text("vendor"), text("name"), text("version"), hashes, references};
constexpr Member tool_list_members[] = {objects("components", component, "component"),
                                        objects("services", service, "service")};

constexpr Member bom_members[] = {text("$schema"),
                                  must("bomFormat"),
                                  must("specVersion"),
                                  {.name = "serialNumber", .xml = Xml::attribute},
                                  {.name = "version", .kind = Kind::integer, .xml = Xml::attribute},
                                  object("metadata", metadata),
                                  objects("components", component, "component"),
                                  objects("services", service, "service"),
                                  references,
                                  objects("dependencies", dependency, "dependency"),
                                  objects("compositions", composition, "composition"),
                                  objects("vulnerabilities", vulnerability, "vulnerability"),
                                  properties,
                                  any("annotations"),
                                  any("citations"),
                                  any("declarations"),
                                  any("definitions"),
                                  any("formulation"),
                                  signature};

// One pass over the document; pointers are made where there is something to complain about.
class Checker {
 public:
  Checker(int minor_version, const Complain& complain) : minor_version_(minor_version), complain_(complain) {}

  void object(const Value& value, const Shape& shape) {
    if (!value.object()) return wrong_type("object", value);
    for (const auto& [key, member] : value.object()->members()) {
      path_.push_back(json_token(key));
      if (const Member* known = shape.find(key)) {
        this->member(member, *known);
      } else {
        say(Errc::malformed, "gate does not know this member: what it tells is not read");
      }
      path_.pop_back();
    }
    for (const Member& each : shape.members) {
      if (each.required_since > minor_version_ || value.find(each.name)) continue;
      say(Errc::not_found, fmt::format("member '{}' is missing", each.name));
    }
    if (!shape.fault) return;
    if (const auto fault = shape.fault(value); !fault.empty()) say(Errc::malformed, std::string(fault));
  }

 private:
  static std::string json_token(std::string_view key) {
    std::string token;
    for (const char c : key) token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return token;
  }
  void say(Errc code, std::string what) {
    std::string pointer;
    for (const std::string& token : path_) pointer += '/' + token;
    complain_(code, std::move(pointer), std::move(what));
  }
  void wrong_type(std::string_view wanted, const Value& value) {
    say(Errc::malformed, fmt::format("expected {}, found {}", wanted, value.type()));
  }

  void member(const Value& value, const Member& known) {
    switch (known.kind) {
      case Kind::text: return text(value, known);
      case Kind::integer: return typed(value.integer(), "integer", value);
      case Kind::number: return typed(value.number().has_value(), "number", value);
      case Kind::boolean: return typed(value.boolean(), "boolean", value);
      case Kind::object: return object(value, *known.shape);
      case Kind::objects: return each(value, [&](const Value& one) { object(one, *known.shape); });
      case Kind::texts: return each(value, [&](const Value& one) { typed(one.text(), "string", one); });
      case Kind::integers: return each(value, [&](const Value& one) { typed(one.integer(), "integer", one); });
      case Kind::licenses: return license_choices(value);
      case Kind::tools: return tools(value);
      case Kind::any: return;
    }
  }

  void typed(bool is, std::string_view wanted, const Value& value) {
    if (!is) wrong_type(wanted, value);
  }

  void text(const Value& value, const Member& known) {
    if (!value.text()) return wrong_type("string", value);
    const std::string& text = *value.text();
    const bool names = known.name == "ref" || known.name == "bom-ref";
    if (text.empty() && (names || known.required_since <= minor_version_)) say(Errc::malformed, "is empty");
    if (known.words.empty() || std::find(known.words.begin(), known.words.end(), text) != known.words.end()) return;
    say(Errc::malformed, fmt::format("a word that gate does not know: {}", quoted(text)));
  }

  template <class Visit>
  void each(const Value& value, Visit visit) {
    if (!value.array()) return wrong_type("array", value);
    for (std::size_t i = 0; i < value.array()->size(); ++i) {
      path_.push_back(std::to_string(i));
      visit((*value.array())[i]);
      path_.pop_back();
    }
  }

  // A list of licenses, or one expression; 1.7 lets them stand side by side.
  void license_choices(const Value& value) {
    each(value, [&](const Value& choice) {
      const Value* named = choice.find("license");
      const Value* expression = choice.find("expression");
      if (!named == !expression) return say(Errc::malformed, "neither a license nor an expression, or both");
      if (expression) {
        if (!expression->text() || expression->text()->empty()) say(Errc::malformed, "an expression that is no text");
        if (minor_version_ < 7 && value.array()->size() > 1)
          say(Errc::malformed, "an expression beside other licenses");
        return;
      }
      path_.push_back("license");
      object(*named, license);
      path_.pop_back();
    });
  }

  void tools(const Value& value) {
    if (value.object()) return object(value, tool_lists);
    each(value, [&](const Value& one) { object(one, legacy_tool); });
  }

  int minor_version_;
  const Complain& complain_;
  std::vector<std::string> path_;
};

}  // namespace

constinit const Shape component{component_members};
constinit const Shape service{service_members};
constinit const Shape dependency{dependency_members};
constinit const Shape composition{composition_members};
constinit const Shape vulnerability{vulnerability_members};
constinit const Shape license{license_members, license_fault};
constinit const Shape legacy_tool{tool_members};
constinit const Shape tool_lists{tool_list_members};
constinit const Shape bom{bom_members, serial_fault};

const Member* Shape::find(std::string_view name) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const Member& each) { return each.name == name; });
  return found == members.end() ? nullptr : &*found;
}

const Member* Shape::find_in_xml(std::string_view name) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const Member& each) { return each.name_in_xml() == name; });
  return found == members.end() ? nullptr : &*found;
}

void check(const Value& document, int minor_version, const Complain& complain) {
  Checker(minor_version, complain).object(document, bom);
}

}  // namespace gate::formats::cyclonedx
