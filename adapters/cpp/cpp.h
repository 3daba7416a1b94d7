// C and C++ sources through Clang's LibTooling. The one door: no header outside this folder has Clang in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/document.h"
#include "gate/model/ban.h"

namespace gate::cpp {

// The cascade does no more than a unit needs to be judged; full parses every unit, and is what the cascade is held to.
enum class Engine { cascade, full };
std::string_view name(Engine engine);
std::optional<Engine> parse_engine(std::string_view text);

// Where facts of earlier runs are kept; see adapters/cpp/facts_cache.h for what makes them good.
struct CacheRequest {
  std::string folder;  // empty: no cache
  std::string key;     // secret; empty: packs are told from torn ones, not from forged ones
  bool save = true;
  std::uint64_t most_bytes = 256u << 20;
};

// How far units had to be read, by number of units.
struct Effort {
  std::size_t cached = 0;      // nothing that they depend on has changed since an earlier run
  std::size_t cleared = 0;     // no text that they include can hold a use
  std::size_t lexed = 0;       // no token of theirs can be one
  std::size_t classified = 0;  // the tokens around each name tell what it means
  std::size_t parsed = 0;
  std::size_t left_out = 0;                // read nothing that changed, where only changes are asked about
  std::vector<std::string> cache_trouble;  // what could not be taken from it or kept in it, and why
};

// The project against a base: paths relative to the root.
struct Changes {
  std::set<std::string> kept;     // files that the base has with the same bytes
  std::set<std::string> changed;  // and those that one of the two has otherwise, or alone
};

struct Request {
  std::string root;                  // absolute; facts name files relative to it
  Document compile_commands;         // JSON Compilation Database, hostile
  std::string compile_commands_dir;  // absolute folder that holds it
  std::vector<model::Ban> bans;      // what to look for, each once
  Engine engine = Engine::cascade;
  CacheRequest cache;
  std::function<void(const std::set<std::string>&)> files;  // told which of the project were read, relative to the root
  std::optional<Changes> changes;                           // only units that they concern are judged
  std::string tool;  // identity of this binary's code: facts of another are not taken from the cache
  int workers = 1;
  std::chrono::seconds unit_timeout{120};
  std::string own_binary;  // path of this gate, which is started again as worker
  std::function<void(std::size_t done, std::size_t total)> progress;  // may be empty; never changes a result
  std::function<void(const Effort&)> effort;                          // the same; called once at the end
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

struct BinaryRequest {
  std::string root;                // absolute; facts name files relative to it
  std::vector<std::string> files;  // relative to it, each once
  std::vector<model::Ban> bans;    // the functions to look for
  int workers = 1;
  std::chrono::seconds file_timeout{120};
  std::string own_binary;
};

// Objects, archives and linked files in worker processes, likewise.
FactBatch collect_imports(const BinaryRequest& request);

// The worker's main loop: requests on standard input, answers on standard output.
int worker_main();

std::string clang_version();

}  // namespace gate::cpp
