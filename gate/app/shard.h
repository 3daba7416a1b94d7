// The two ends of a run over several machines: `gate run --shard` and `gate merge`.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/cpp/shards.h"
#include "gate/app/app.h"
#include "gate/app/gather.h"
#include "gate/app/project.h"
#include "gate/core/result.h"

namespace gate::app {

// What the command line says about shards; neither a shard nor files in a plain run.
struct Sharing {
  std::optional<cpp::Shard> shard;
  std::string output;                // where the shard's file goes; absolute
  std::vector<std::string> outputs;  // the other reports, as --output names them
  std::vector<std::string> files;    // of the shards to join
  std::string key;                   // bytes

  bool in_use() const { return shard.has_value() || !files.empty(); }
};
Result<Sharing> read_sharing(const RunOptions& options, const Project& project);

// Sources of this shard alone. `file`: what is to be written; empty where there is nothing to join.
FactBatch gather_shard(const Project& project, std::vector<model::Ban> bans, const SourceOptions& sources,
                       const Progress& progress, const Sharing& sharing, const cpp::Terms& terms, std::string& file,
                       std::vector<evidence::InputRecord>& records);

// What the shards saw, in place of the sources; and whether one of them saw an unclean tree.
FactBatch gather_from_shards(const Sharing& sharing, const cpp::Terms& terms, bool& unclean,
                             std::set<std::string>& files_read, std::vector<evidence::InputRecord>& records);

}  // namespace gate::app
