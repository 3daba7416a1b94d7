// Inputs to facts: the one place where documents from outside are opened.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/cpp/cpp.h"
#include "adapters/git/git.h"
#include "gate/app/app.h"
#include "gate/app/project.h"
#include "gate/core/policy.h"
#include "gate/evidence/report.h"
#include "gate/model/ban.h"

namespace gate::app {

using Progress = std::function<void(std::size_t done, std::size_t total)>;

struct Gathered {
  std::vector<FactBatch> batches;
  std::vector<evidence::InputRecord> inputs;  // sorted by role, path
  std::vector<evidence::Subject> subjects;
};

// What the sources of a compile database (a folder or a file) show of the bans: read here, or by a run's shards.
using ReadSources = std::function<FactBatch(const std::string& path, std::vector<model::Ban> bans,
                                            std::vector<evidence::InputRecord>& records)>;

// Whether this run may start the programs that its policy names; a policy that a change brought may not.
enum class Programs { forbidden, allowed };

// Reads every input that the policy declares. Nothing that goes wrong is lost: it is a problem of a batch.
Gathered gather(const Project& project, const Policy& policy, const git::Range& range, Programs programs, Instant now,
                int jobs, const ReadSources& read_sources);

// Reads the sources alone, where a rule of the policy asks for them.
Gathered gather_sources(const Policy& policy, const ReadSources& read_sources);

evidence::InputRecord compile_database_record(std::string path);

// The compile database at `path`, a folder or a file, as the C++ adapter asks for it; without bans and progress.
Result<cpp::Request> open_compile_database(const Project& project, const std::string& path,
                                           const SourceOptions& sources);

// Looks for what is banned in a compile database's units. `path`: a folder or a file.
FactBatch gather_source_uses(const Project& project, const std::string& path, std::vector<model::Ban> bans,
                             const SourceOptions& sources, const Progress& progress,
                             std::vector<evidence::InputRecord>& records,
                             const std::function<FactBatch(const cpp::Request&)>& collect = cpp::collect_source_uses);

// Looks for the banned functions among what binaries import. `globs`: paths and globs inside the project.
FactBatch gather_imports(const Project& project, const std::vector<std::string>& globs, std::vector<model::Ban> bans,
                         int jobs, std::vector<evidence::InputRecord>& records);

}  // namespace gate::app
