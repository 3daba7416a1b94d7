// The floor of tests/bench/sca_report.py: reads a file and parses it with Boost.JSON, and nothing else.
#include <boost/json/src.hpp>
#include <cstdio>
#include <fstream>
#include <string>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1], std::ios::binary | std::ios::ate);
  std::string bytes(static_cast<std::size_t>(file.tellg()), '\0');
  file.seekg(0);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return 1;
  const auto value = boost::json::parse(bytes);
  std::printf("%zu\n", value.is_object() ? value.get_object().size() : value.get_array().size());
  return 0;
}
