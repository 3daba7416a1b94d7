// The composition root: command line, and one file a sub-command.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cpp/cpp.h"

namespace gate::app {

int main(int argc, char** argv);

enum class Colour { automatic, always, never };

struct Common {
  Colour colour = Colour::automatic;
  bool quiet = false;  // no progress, and of the text report the verdict alone
  bool verbose = false;
  std::string language = "en";
};

// How C and C++ sources are read; no option but `changes` changes what is found.
struct SourceOptions {
  int jobs = 0;  // 0: one worker for each processor
  cpp::Engine engine = cpp::Engine::cascade;
  bool tell_effort = false;  // on standard error
  std::string cache;         // folder of facts from earlier runs; empty: none
  std::string cache_key;     // file with the secret that its packs are authenticated by
  bool cache_read_only = false;
  int cache_megabytes = 256;
  std::optional<cpp::Changes> changes;                      // judge only units that they concern
  std::function<void(const cpp::Effort&)> effort;           // told after the sources were read
  std::function<void(const std::set<std::string>&)> files;  // told which of the project were read
};

// Command-line paths are relative to the folder where gate was started; the policy's to the project's root.
struct RunOptions {
  std::string policy;       // an embedded policy's name or a file; empty: gate.yaml at the root, else "default"
  std::string policy_from;  // "base" or "worktree"; empty: base where there is one
  std::string base, head;   // revisions; empty: what the CI event says
  std::string not_remote;   // judge head without what this remote has ("*": any); used by the hook
  std::string compile_commands;
  std::vector<std::string> reports;       // FORMAT:PATH
  std::vector<std::string> attestations;  // PATH=SUBJECT
  std::vector<std::string> keys;          // ID=PATH
  std::vector<std::string> builders;      // trusted builder ids
  std::string allowed_signers;
  std::vector<std::string> outputs;  // FORMAT:PATH, "-" for standard output
  std::string baseline;              // file of known findings; empty: none
  SourceOptions sources;
  bool changed_only = false;        // judge only units that read something that differs from the base
  std::string shard;                // "I/N" or "auto": judge this share of the units alone
  std::vector<std::string> shards;  // files of shards that saw the sources in place of this run
  std::string shard_key;            // file with the secret that shards' files are authenticated by
  std::string heading;              // printed before the text report; used by the hook
  bool tags_alone = false;          // judge by the rules about tags and no others; used by the hook
  bool ends_process = false;        // nothing comes after it
};

int run(const RunOptions& options, const Common& common);
int nothing_new(const std::string& heading);  // says that a pushed ref has nothing to judge; a pass
int inspect(const std::string& format, const std::string& path, const SourceOptions& sources);
int doctor(const std::string& compile_commands, const SourceOptions& sources, const Common& common);
int explain(const std::string& rule, const Common& common);
int list_rules(const Common& common);
int policy_check(const std::string& policy);
int schema();
int version(bool json);
int hook_install(bool force);
int hook_uninstall();
int hook_run(const std::string& remote, const std::string& url, const RunOptions& options, const Common& common);

}  // namespace gate::app
