// What a gate and its worker say to each other: one JSON value a line, over the worker's standard input and output.
//
//   gate:   {"root": …, "engine": …, "inputs": 0 or 1, "bans": […]}                               once
//   worker: {"ready": true}                                             once
//   gate:   {"file": …, "directory": …, "language": …, "arguments": […], "output": …}
//   worker: {"uses": […], "problem": {…} or null, "stage": …, "inputs": [path, seen and digest in hex, …]}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/cpp.h"
#include "adapters/cpp/scan_unit.h"
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

// Each a whole line with its line break.
std::string encode(const Setup& setup);
std::string encode(const Unit& unit);
std::string encode(const UnitReport& report);
std::string encode_ready();

Result<Setup> decode_setup(std::string_view line);
Result<Unit> decode_unit(std::string_view line);
Result<UnitReport> decode_report(std::string_view line);  // from a worker that hostile sources may have taken over
bool decode_ready(std::string_view line);

}  // namespace gate::cpp
