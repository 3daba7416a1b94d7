// What the unit tests share: where the tree and the data from elsewhere are, files, and loud skipping.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#ifndef GATE_SOURCE_DIR
#define GATE_SOURCE_DIR "."
#endif

namespace gate::test {

inline std::string source_dir() { return GATE_SOURCE_DIR; }

// The test data from elsewhere; empty where it is absent. Tests then skip and say so.
inline std::string data_dir() {
  const char* chosen = std::getenv("GATE_TEST_DATA");
  const std::string folder = chosen ? chosen : source_dir() + "/../shared/data";
  return std::filesystem::is_directory(folder) ? folder : std::string();
}

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace gate::test
