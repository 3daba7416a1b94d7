// Files that are part of the binary. The build makes the functions (gate/cmake/GateEmbed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace gate {

struct EmbeddedFile {
  std::string_view name;  // "policies/default.yaml"
  std::string_view bytes;
};

std::span<const EmbeddedFile> embedded_specs();          // rules/<family>/<name>.yaml
std::span<const EmbeddedFile> embedded_policies();       // policies/…
std::span<const EmbeddedFile> embedded_hosting();        // adapters/ci/…
std::span<const EmbeddedFile> embedded_clang_headers();  // clang/…: Clang's own headers

}  // namespace gate
