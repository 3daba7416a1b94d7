// What a gate and its worker say to each other: one JSON value a line, over the worker's standard input and output.
//
//   gate:   {"root": …, "engine": …, "inputs": 0 or 1, "bans": […]}                               once
//   worker: {"ready": true}                                             once
//   gate:   {"file": …, "directory": …, "language": …, "arguments": […], "output": …}
//   worker: {"uses": […], "allowances": […], "problem": {…} or null, "stage": …, "inputs": [path, seen and digest in
//   hex, where its links lead, …], "files": [name, …]}
// or, for a binary:
//   gate:   {"binary": …}
//   worker: {"binary": {…} or null, "imports": […], "problems": […]}
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/cpp.h"
#include "adapters/cpp/imports.h"
#include "adapters/cpp/scan_unit.h"
#include "gate/json/value.h"
#include "gate/model/ban.h"

namespace gate::cpp {

inline constexpr std::string_view worker_command = "cpp-worker";
inline constexpr std::size_t max_line = 256u << 20;

struct Setup {
  std::string root;
  Engine engine = Engine::cascade;
  bool tell_inputs = false;
  std::vector<model::Ban> bans;
};

struct BinaryFile {
  std::string name;  // relative to the root
};
using Work = std::variant<Unit, BinaryFile>;

// Each a whole line with its line break.
std::string encode(const Setup& setup);
std::string encode(const Unit& unit);
std::string encode(const BinaryFile& file);
std::string encode(const UnitReport& report);
std::string encode(const BinaryReport& report);
std::string encode_ready();

Result<Setup> decode_setup(std::string_view line);
Result<Work> decode_work(std::string_view line);
// From a worker that hostile sources may have taken over.
Result<UnitReport> decode_report(std::string_view line);
Result<BinaryReport> decode_binary_report(std::string_view line);
bool decode_ready(std::string_view line);

// The same values inside another document.
json::Value json_of(const Error& error);
json::Value json_of(const UnitReport& report);
Status read_error(const json::View& view, Error& error);
Result<UnitReport> read_report(const json::View& view);

}  // namespace gate::cpp
