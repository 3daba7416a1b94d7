#include "gate/app/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>

#include "gate/host/host.h"

namespace gate::app {
namespace {

constexpr std::string_view shard_output = "shard";
constexpr std::size_t shortest_key = 16;

Error usage(std::string what) { return {Errc::malformed, std::move(what), {}}; }

Result<std::optional<cpp::Shard>> choose_shard(const std::string& option) {
  if (option.empty()) return std::optional<cpp::Shard>();
  std::string text = option;
  if (text == "auto") {  // GitLab's `parallel`
    const auto index = host::environment("CI_NODE_INDEX"), count = host::environment("CI_NODE_TOTAL");
    if (!index || !count) return usage("--shard auto: CI_NODE_INDEX and CI_NODE_TOTAL are not set");
    text = *index + "/" + *count;
  }
  const auto shard = cpp::parse_shard(text);
  if (!shard)
    return usage(fmt::format("--shard {}: not of the form I/N, I from 1 to N, N at most {}", text, cpp::max_shards));
  return shard;
}

// A folder stands for the shards' files in it.
std::vector<std::string> expand(const std::vector<std::string>& paths, std::vector<Error>& unreadable) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!host::is_directory(path)) {
      files.push_back(path);
    } else if (auto found = host::find_files(path + "/*.gate-shard", cpp::max_shards)) {
      std::ranges::move(*found, std::back_inserter(files));
    } else {
      unreadable.push_back(found.error());
    }
  }
  return files;
}

}  // namespace

Result<Sharing> read_sharing(const RunOptions& options, const Project& project) {
  Sharing sharing;
  auto shard = choose_shard(options.shard);
  if (!shard) return shard.error();
  sharing.shard = *shard;
  for (const std::string& output : options.outputs) {
    const std::size_t colon = output.find(':');
    if (output.substr(0, colon) != shard_output) {
      sharing.outputs.push_back(output);
      continue;
    }
    if (!sharing.shard) return usage("--output shard goes with --shard");
    if (colon == std::string::npos || colon + 1 == output.size()) return usage("--output shard: no path");
    if (output.substr(colon + 1) == "-") return usage("--output shard: a file, not standard output");
    if (!sharing.output.empty()) return usage("--output shard: once");
    sharing.output = project.from_command_line(output.substr(colon + 1));
  }
  if (sharing.shard && sharing.output.empty()) return usage("--shard goes with --output shard:PATH");
  for (const std::string& file : options.shards) sharing.files.push_back(project.from_command_line(file));
  if (options.shard_key.empty()) return sharing;
  if (!sharing.in_use()) return usage("--shard-key goes with --shard");
  auto key = host::read_file(project.from_command_line(options.shard_key), 4096);
  if (!key) return key.error();
  if (key->bytes.size() < shortest_key)
    return Error{Errc::malformed, fmt::format("a key has at least {} bytes", shortest_key), key->origin};
  sharing.key = std::move(key->bytes);
  return sharing;
}

FactBatch gather_shard(const Project& project, std::vector<model::Ban> bans, const SourceOptions& sources,
                       const Progress& progress, const Sharing& sharing, const cpp::Terms& terms, std::string& file,
                       std::vector<evidence::InputRecord>& records) {
  const auto collect = [&](const cpp::Request& request) {
    const bool unclean = project.repository() && project.repository()->is_dirty();
    auto run = cpp::collect_shard(request, *sharing.shard, terms, sharing.key, unclean);
    file = std::move(run.file);
    return std::move(run.batch);
  };
  return gather_source_uses(project, terms.database, std::move(bans), sources, progress, records, collect);
}

FactBatch gather_from_shards(const Sharing& sharing, const cpp::Terms& terms, bool& unclean,
                             std::set<std::string>& files_read, std::vector<evidence::InputRecord>& records) {
  std::vector<Document> files;
  std::vector<Error> unreadable;
  for (const std::string& path : expand(sharing.files, unreadable)) {
    auto document = host::read_file(path, cpp::max_shard_bytes);
    evidence::InputRecord entry{"shard", "", path, {}, 0, {}};
    if (document) {
      entry.sha256 = document->origin.sha256;
      entry.bytes = document->bytes.size();
      files.push_back(std::move(*document));
    } else {
      entry.problems.push_back(document.error());
      unreadable.push_back(document.error());
    }
    records.push_back(std::move(entry));
  }
  cpp::Joined joined = cpp::join_shards(files, terms, sharing.key);
  for (Error& error : unreadable) joined.batch.lower(std::move(error), Coverage::absent);
  if (joined.batch.coverage[FactKind::translation_unit] == Coverage::absent) {  // a report names the first cause alone
    for (const Error& problem : joined.batch.problems) std::fprintf(stderr, "gate: %s\n", describe(problem).c_str());
  }
  unclean |= joined.unclean;
  files_read = std::move(joined.files);
  if (joined.databases.empty()) joined.databases.push_back({{terms.database, {}, {}}, 0});
  for (const cpp::Database& database : joined.databases) {
    auto entry = compile_database_record(database.origin.artifact);
    entry.sha256 = database.origin.sha256;
    entry.bytes = database.bytes;
    entry.problems = joined.batch.problems;
    records.push_back(std::move(entry));
  }
  return std::move(joined.batch);
}

}  // namespace gate::app
