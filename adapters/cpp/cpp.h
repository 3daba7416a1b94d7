// C and C++ sources through Clang's LibTooling. The one door: no header outside this folder has Clang in it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/document.h"
#include "gate/model/ban.h"

namespace gate::cpp {

struct Request {
  std::string root;                  // absolute; facts name files relative to it
  Document compile_commands;         // JSON Compilation Database, hostile
  std::string compile_commands_dir;  // absolute folder that holds it
  std::vector<model::Ban> bans;      // what to look for, each once
  int workers = 1;
  std::chrono::seconds unit_timeout{120};
  std::string own_binary;  // path of this gate, which is started again as worker
  std::function<void(std::size_t done, std::size_t total)> progress;  // may be empty; never changes a result
};

// Units in worker processes: a crash or a runaway costs one unit and is a problem of the batch.
FactBatch collect_source_uses(const Request& request);

// What a compile database holds, without reading a source.
struct Survey {
  std::size_t units = 0;
  std::map<std::string, std::size_t> languages;       // as -x names them
  std::map<std::string, std::size_t> flags_left_out;  // those that Clang does not know, with the units that have them
  std::map<std::string, std::size_t> repeated;        // sources that are compiled more than once, with other arguments
  std::vector<Error> problems;                        // of entries; of the whole where there are no units
};
Survey survey(const Request& request);

// The worker's main loop: requests on standard input, answers on standard output.
int worker_main();

std::string clang_version();

}  // namespace gate::cpp
