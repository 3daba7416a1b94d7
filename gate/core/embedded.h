// Files that are part of the binary. The build makes the functions (gate/cmake/GateEmbed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace gate {

struct EmbeddedFile {
  std::string_view name;  // "policies/default.yaml"
  std::string_view bytes;
};

// Most runs want few of many: each file is a Zstandard frame (RFC 8878) of its own.
struct CompressedFile {
  std::string_view name;
  std::string_view frame;
  std::size_t size = 0;  // of the file itself, bytes
};

std::span<const EmbeddedFile> embedded_specs();            // rules/<family>/<name>.yaml
std::span<const EmbeddedFile> embedded_policies();         // policies/…
std::span<const EmbeddedFile> embedded_hosting();          // adapters/ci/…
std::span<const CompressedFile> embedded_clang_headers();  // clang/…: Clang's own headers, sorted by name

}  // namespace gate
