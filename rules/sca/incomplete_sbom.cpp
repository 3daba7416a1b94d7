#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "gate/model/purl.h"
#include "rules/sca/about.h"

namespace gate::rules {
namespace {

// "NOASSERTION" and "NONE" are SPDX's words for what nobody says.
bool says(std::string_view text) {
  return !text.empty() && text != "NOASSERTION" && text != "NONE" && text != "unknown" && text != "Unknown";
}

template <class T>
struct Check {
  std::string_view name;
  bool (*holds)(const T&);
  std::string_view member;  // below the place of the fact, in CycloneDX and in SPDX 2 alike where they agree
};

bool any_says(const std::vector<std::string>& texts) { return std::ranges::any_of(texts, says); }

constexpr std::array sbom_checks{
    Check<Sbom>{"sbom.author", [](const Sbom& s) { return any_says(s.authors); }, "author"},
    Check<Sbom>{"sbom.complete", [](const Sbom& s) { return s.graph_complete; }, "completeness"},
    Check<Sbom>{"sbom.format", [](const Sbom& s) { return says(s.format) && says(s.format_version); }, "format"},
    Check<Sbom>{"sbom.id", [](const Sbom& s) { return says(s.document_id); }, "identifier"},
    Check<Sbom>{"sbom.lifecycle", [](const Sbom& s) { return says(s.lifecycle); }, "generation context"},
    Check<Sbom>{"sbom.signature", [](const Sbom& s) { return s.is_signed; }, "signature"},
    Check<Sbom>{"sbom.timestamp", [](const Sbom& s) { return parse_instant(s.created).has_value(); }, "timestamp"},
    Check<Sbom>{"sbom.tool", [](const Sbom& s) { return any_says(s.tools); }, "tool"},
    Check<Sbom>{"sbom.version", [](const Sbom& s) { return says(s.document_version); }, "version"},
};

constexpr std::array component_checks{
    Check<Component>{"component.dependency", [](const Component& c) { return c.in_graph; }, "dependencies"},
    Check<Component>{"component.digest", [](const Component& c) { return !c.digests.empty(); }, "hash"},
    Check<Component>{"component.identifier",
                     [](const Component& c) { return model::parse_purl(c.purl).has_value() || says(c.cpe); },
                     "identifier (purl or CPE)"},
    Check<Component>{"component.license", [](const Component& c) { return any_says(c.licenses); }, "licence"},
    Check<Component>{"component.name", [](const Component& c) { return says(c.name); }, "name"},
    Check<Component>{"component.sha512",
                     [](const Component& c) {
                       return std::ranges::any_of(c.digests, [](const auto& d) { return d.starts_with("sha512:"); });
                     },
                     "SHA-512 hash"},
    Check<Component>{"component.supplier", [](const Component& c) { return says(c.supplier); }, "supplier"},
    Check<Component>{"component.version", [](const Component& c) { return says(c.version); }, "version"},
};

std::string label(const Sbom& sbom) { return fmt::format("the {} document", sbom.format); }
std::string label(const Component& component) {
  const std::string name = to_string(package_key(component));
  return name.empty() ? "a component without a name" : name;
}

// One wanted field of one fact.
template <class T>
void check(const T& fact, const Check<T>& wanted, const std::string& because, Judged& out) {
  Finding finding;
  const bool holds = wanted.holds(fact);
  finding.message = fmt::format("{} {} {}: {}{}{}", label(fact), holds ? "has" : "lacks", wanted.member,
                                fact.origin.artifact, fact.origin.at, because.empty() ? "" : " (" + because + ")");
  finding.subject = {{"package", label(fact)}, {"field", std::string(wanted.name)}};
  finding.origin = fact.origin;
  (holds ? out.in_favour : out.against).push_back(std::move(finding));
}

template <class Checks>
auto find(const Checks& checks, std::string_view name) {
  const auto found = std::ranges::find(checks, name, [](const auto& c) { return c.name; });
  return found == checks.end() ? nullptr : &*found;
}

}  // namespace

Judged sca_incomplete_sbom(const FactSet& facts, const Params& params) {
  Judged out;
  std::map<std::string, bool> files;  // of SBOMs; scanners' inventories are none
  for (const Sbom& sbom : facts.all<Sbom>()) files[sbom.origin.artifact] = sbom.components > 0;
  out.examined = files.size();
  for (const auto& [file, has_components] : files) {
    Finding finding;
    finding.message = file + " lists no component";
    finding.origin.artifact = file;
    if (!has_components) out.against.push_back(std::move(finding));
  }
  for (const Value& field : params.records("require")) {
    const std::string& name = *field.find("name")->text();
    const Value* because = field.find("because");
    const std::string why = because ? *because->text() : "";
    const auto* of_sbom = find(sbom_checks, name);
    const auto* of_component = find(component_checks, name);
    if (!of_sbom && !of_component) {
      Finding finding;
      finding.message = fmt::format("this gate does not know the field '{}'", name);
      out.to_review.push_back(std::move(finding));
    }
    if (of_sbom) {
      for (const Sbom& sbom : facts.all<Sbom>()) check(sbom, *of_sbom, why, out);
    }
    if (of_component) {
      for (const Component& component : facts.all<Component>()) {
        if (files.contains(component.origin.artifact)) check(component, *of_component, why, out);
      }
    }
  }
  return out;
}

}  // namespace gate::rules
