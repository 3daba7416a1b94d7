#include "adapters/formats/ecosystems.h"

#include <algorithm>
#include <array>

#include "gate/model/purl.h"

namespace gate::formats {
namespace {

// `mark`: what separates a namespace from a name, at its last place.
struct Ecosystem {
  std::string_view name, type, space;
  char mark;
};
constexpr std::array ecosystems{
    Ecosystem{"actions", "github", "", '/'},
    Ecosystem{"almalinux", "rpm", "almalinux", 0},
    Ecosystem{"alpine", "apk", "alpine", 0},
    Ecosystem{"bitnami", "bitnami", "", 0},
    Ecosystem{"bundler", "gem", "", 0},
    Ecosystem{"cargo", "cargo", "", 0},
    Ecosystem{"centos", "rpm", "centos", 0},
    Ecosystem{"chainguard", "apk", "chainguard", 0},
    Ecosystem{"cocoapods", "cocoapods", "", 0},
    Ecosystem{"composer", "composer", "", '/'},
    Ecosystem{"conan", "conan", "", 0},
    Ecosystem{"conancenter", "conan", "", 0},
    Ecosystem{"cran", "cran", "", 0},
    Ecosystem{"crates.io", "cargo", "", 0},
    Ecosystem{"debian", "deb", "debian", 0},
    Ecosystem{"erlang", "hex", "", 0},
    Ecosystem{"github actions", "github", "", '/'},
    Ecosystem{"go", "golang", "", '/'},
    Ecosystem{"golang", "golang", "", '/'},
    Ecosystem{"golangdep", "golang", "", '/'},
    Ecosystem{"golangmodules", "golang", "", '/'},
    Ecosystem{"gomodules", "golang", "", '/'},
    Ecosystem{"gradle", "maven", "", ':'},
    Ecosystem{"hackage", "hackage", "", 0},
    Ecosystem{"hex", "hex", "", 0},
    Ecosystem{"maven", "maven", "", ':'},
    Ecosystem{"npm", "npm", "", '/'},
    Ecosystem{"nuget", "nuget", "", 0},
    Ecosystem{"opensuse", "rpm", "opensuse", 0},
    Ecosystem{"packagist", "composer", "", '/'},
    Ecosystem{"pip", "pypi", "", 0},
    Ecosystem{"pipenv", "pypi", "", 0},
    Ecosystem{"pnpm", "npm", "", '/'},
    Ecosystem{"poetry", "pypi", "", 0},
    Ecosystem{"pub", "pub", "", 0},
    Ecosystem{"pypi", "pypi", "", 0},
    Ecosystem{"red hat", "rpm", "redhat", 0},
    Ecosystem{"rhel", "rpm", "redhat", 0},
    Ecosystem{"rubygems", "gem", "", 0},
    Ecosystem{"rust", "cargo", "", 0},
    Ecosystem{"sbt", "maven", "", ':'},
    Ecosystem{"setuptools", "pypi", "", 0},
    Ecosystem{"swift", "swift", "", '/'},
    Ecosystem{"swifturl", "swift", "", '/'},
    Ecosystem{"ubuntu", "deb", "ubuntu", 0},
    Ecosystem{"wolfi", "apk", "wolfi", 0},
    Ecosystem{"yarn", "npm", "", '/'},
};
static_assert(std::ranges::is_sorted(ecosystems, {}, &Ecosystem::name));

}  // namespace

std::string purl_in(std::string_view ecosystem, std::string_view name, std::string_view version) {
  std::string family(ecosystem.substr(0, ecosystem.find(':')));  // "Debian:12"
  for (char& c : family) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto known = std::ranges::lower_bound(ecosystems, std::string_view(family), {}, &Ecosystem::name);
  if (known == ecosystems.end() || known->name != family) return {};
  model::Purl purl{
      std::string(known->type), std::string(known->space), std::string(name), std::string(version), {}, {}};
  const auto cut = known->mark ? name.rfind(known->mark) : std::string_view::npos;
  if (cut != std::string_view::npos) {
    purl.space = name.substr(0, cut);
    purl.name = name.substr(cut + 1);
  }
  const auto valid = model::normalised(std::move(purl));
  return valid ? model::to_string(*valid) : std::string();
}

}  // namespace gate::formats
