#include "rules/sca/package.h"

#include "gate/model/purl.h"
#include "gate/model/vers.h"

namespace gate::rules {
namespace {

// An epoch is a part of the version, and an image's name says nothing without its registry.
bool matters(const std::string& type, const std::string& qualifier) {
  if (qualifier == "epoch") return true;
  return qualifier == "repository_url" && (type == "oci" || type == "docker");
}

// Go's own tools write "v1.2.3", its vulnerability database "1.2.3".
std::string usual_version(const std::string& type, std::string version) {
  if (type == "golang" && version.size() > 1 && version[0] == 'v' && version[1] >= '0' && version[1] <= '9')
    version.erase(0, 1);
  return version;
}

}  // namespace

PackageKey package_key(std::string_view package, std::string_view version) {
  if (auto purl = model::parse_purl(package)) {
    PackageKey key;
    key.is_purl = true;
    key.version = usual_version(purl->type, purl->version.empty() ? std::string(version) : purl->version);
    purl->version.clear();
    purl->subpath.clear();
    std::erase_if(purl->qualifiers, [&](const auto& qualifier) { return !matters(purl->type, qualifier.first); });
    key.base = model::to_string(*purl);
    return key;
  }
  const auto at = package.rfind('@');
  const bool has_version = at != std::string_view::npos && at > 0;  // "@scope/name" has none
  if (!has_version) return {std::string(package), std::string(version), false};
  return {std::string(package.substr(0, at)), std::string(package.substr(at + 1)), false};
}

PackageKey package_key(const Vulnerability& vulnerability) {
  return package_key(vulnerability.package, vulnerability.version);
}

PackageKey package_key(const Component& component) {
  if (!component.purl.empty()) return package_key(component.purl, component.version);
  return {component.name, component.version, false};
}

std::string to_string(const PackageKey& key) {
  if (key.version.empty()) return key.base;
  const auto mark = key.is_purl ? key.base.find('?') : std::string::npos;
  if (mark == std::string::npos) return key.base + "@" + key.version;
  return key.base.substr(0, mark) + "@" + key.version + key.base.substr(mark);
}

std::optional<bool> in_range(const std::string& vers, const PackageKey& package) {
  const auto range = model::parse_vers(vers);
  if (!range || !package.is_purl || !package.base.starts_with("pkg:" + range->scheme + '/')) return std::nullopt;
  return model::contains(*range, package.version);
}

}  // namespace gate::rules
