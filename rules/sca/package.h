// Which package a report means, in a form that reports of different scanners have in common.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "gate/core/sca_fact.h"

namespace gate::rules {

struct PackageKey {
  // A package URL in its canonical form without version, subpath and those qualifiers that say where a package came
  // from and not which one it is; else the name as the report has it.
  std::string base;
  std::string version;  // empty: the report does not say
  bool is_purl = false;
  auto operator<=>(const PackageKey&) const = default;
};

// `package`: a package URL, or "name@version". `version` counts where the package names none.
PackageKey package_key(std::string_view package, std::string_view version);
PackageKey package_key(const Vulnerability& vulnerability);
PackageKey package_key(const Component& component);

std::string to_string(const PackageKey& key);

// Whether a VERS range holds the version of a package; nothing where that cannot be decided. A range speaks about
// packages of its own kind alone.
std::optional<bool> in_range(const std::string& vers, const PackageKey& package);  // "pkg:npm/a@1", "name@1", "name"

}  // namespace gate::rules
