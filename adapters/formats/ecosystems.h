// Names of ecosystems and package managers, as scanners write them, and the package URLs that they stand for.
#pragma once

#include <string>
#include <string_view>

namespace gate::formats {

// The canonical package URL of a package of an ecosystem: of OSV ("crates.io", "Debian:12"), GitHub ("pip"), GitLab or
// Snyk
// ("golangmodules"), in any case of letters. Empty where gate knows no package URL for it.
std::string purl_in(std::string_view ecosystem, std::string_view name, std::string_view version);

}  // namespace gate::formats
