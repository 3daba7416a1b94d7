#include "gate/app/gather.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

#include "adapters/cpp/cpp.h"
#include "gate/app/attestations.h"
#include "gate/app/reports.h"
#include "gate/app/trust_root.h"
#include "gate/host/host.h"
#include "gate/model/import_origin.h"
#include "rules/rules.h"

namespace gate::app {
namespace {

constexpr std::size_t most_binaries = 100'000;  // of one glob

evidence::InputRecord record(std::string role, std::string format, const std::string& path,
                             const Result<Document>& document) {
  evidence::InputRecord record{std::move(role), std::move(format), path, {}, 0, {}};
  if (document) {
    record.sha256 = document->origin.sha256;
    record.bytes = document->bytes.size();
  } else {
    record.problems.push_back(document.error());
  }
  return record;
}

// A document that decides which signatures count. One that is named and cannot be read leaves nothing to judge by.
std::optional<Document> read_signers(const Project& project, const std::optional<std::string>& path, const char* role,
                                     const char* format, std::optional<Error>& unreadable, Gathered& out) {
  if (!path) return std::nullopt;
  auto document = project.read_trusted(*path);
  out.inputs.push_back(record(role, format, *path, document));
  if (document) return std::move(*document);
  unreadable = document.error();
  return std::nullopt;
}

std::optional<sigstore::TrustedRoot> read_root(const Project& project, const Trust& trust,
                                               std::optional<Error>& unreadable, Gathered& out) {
  const auto name_or_path = root_of_signatures(trust);
  if (!name_or_path) return std::nullopt;
  auto root = load_trust_root(*name_or_path, [&](const std::string& path) {
    auto document = project.read_trusted(path);
    out.inputs.push_back(record("trust root of signatures", "trusted_root", path, document));
    return document;
  });
  if (root) return std::move(*root);
  unreadable = root.error();
  return std::nullopt;
}

void gather_signatures(const Project& project, const Policy& policy, const git::Range& range, Instant now,
                       Gathered& out) {
  std::optional<Error> unreadable;
  const auto signers = read_signers(project, policy.trust.allowed_signers, "allowed signers", "ssh", unreadable, out);
  const auto revoked = read_signers(project, policy.trust.revoked_keys, "revoked keys", "ssh", unreadable, out);
  const auto keyring = read_signers(project, policy.trust.openpgp_keyring, "keyring", "openpgp", unreadable, out);
  const auto roots = read_signers(project, policy.trust.x509_roots, "certificate authorities", "x509", unreadable, out);
  const auto sigstore = read_root(project, policy.trust, unreadable, out);
  if (!project.repository()) unreadable = Error{Errc::not_found, "this is no git repository", {".", {}, {}}};
  std::vector<FactBatch> batches;
  if (unreadable) {
    batches.push_back(nothing_seen({FactKind::commit, FactKind::tag}, *unreadable));
  } else {
    const git::Trust trust{.allowed_signers = signers ? &*signers : nullptr,
                           .revoked_keys = revoked ? &*revoked : nullptr,
                           .openpgp_keyring = keyring ? &*keyring : nullptr,
                           .x509_roots = roots ? &*roots : nullptr,
                           .sigstore = sigstore ? &*sigstore : nullptr,
                           .identities = policy.trust.identities,
                           .forges = policy.trust.forges,
                           .now = now};
    batches.push_back(project.repository()->commit_signatures(range, trust));
    batches.push_back(project.repository()->tag_signatures(range, trust));
  }
  evidence::InputRecord history{"git", "", ".", {}, 0, {}};
  for (FactBatch& batch : batches) {
    for (const Error& problem : batch.problems) {
      if (std::ranges::find(history.problems, problem) == history.problems.end()) history.problems.push_back(problem);
    }
    out.batches.push_back(std::move(batch));
  }
  out.inputs.push_back(std::move(history));
}

// The commit that is judged; empty where there is none that can be told.
std::string head_of(const Project& project, const git::Range& range) {
  if (!project.repository()) return {};
  auto id = project.repository()->resolve(range.head.empty() ? "HEAD" : range.head);
  return id ? std::move(*id) : std::string();
}

bool needs(const Rule& rule, FactKind kind) { return std::ranges::find(rule.needs, kind) != rule.needs.end(); }

// What compilers turn into the function explains its import as well.
void watch_origins(const model::Ban& ban, std::vector<model::Ban>& bans) {
  for (const std::string_view origin : model::call_origins(ban.name)) {
    bans.push_back({Entity::function, std::string(origin), std::nullopt});
  }
}

// What the active rules about a kind of fact ask for.
std::vector<model::Ban> watched(const Policy& policy, FactKind kind) {
  std::vector<model::Ban> bans;
  for (const RuleConfig& config : policy.rules) {
    const auto& all = rules::all();
    const auto rule = std::find_if(all.begin(), all.end(), [&](const Rule& r) { return r.id == config.id; });
    if (config.level == Level::off || rule == all.end()) continue;
    if (!needs(*rule, kind)) continue;
    for (const Value& record : config.params.records("ban")) {
      const auto ban = model::ban_from(record);
      if (!ban) continue;  // the rule reports what is no ban
      if (!needs(*rule, FactKind::imported_symbol)) {
        bans.push_back(*ban);
      } else if (ban->entity == Entity::function) {
        bans.push_back({Entity::function, ban->name, std::nullopt});  // a symbol tells nothing of arguments
        if (kind == FactKind::source_use) watch_origins(*ban, bans);
      }
    }
  }
  std::sort(bans.begin(), bans.end());
  bans.erase(std::unique(bans.begin(), bans.end()), bans.end());
  return bans;
}

int workers(int jobs) { return jobs > 0 ? jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

}  // namespace

static std::string absolute(const Project& project, const std::string& from_command_line) {
  return (std::filesystem::path(project.root()) / project.from_command_line(from_command_line)).string();
}

Result<cpp::Request> open_compile_database(const Project& project, const std::string& path,
                                           const SourceOptions& sources) {
  const std::string file = host::is_directory(path) ? path + "/compile_commands.json" : path;
  auto document = host::read_file(file);
  if (!document) {
    Error error = document.error();
    if (error.code == Errc::not_found) error.what += " (`gate doctor` tells how to make it)";
    return error;
  }
  cpp::Request request;
  request.root = project.root();
  request.compile_commands_dir = (std::filesystem::path(project.root()) / file).parent_path().string();
  request.compile_commands = std::move(*document);
  request.workers = workers(sources.jobs);
  request.engine = sources.engine;
  request.tool = host::own_build();
  if (!sources.cache.empty()) {
    request.cache.folder = absolute(project, sources.cache);
    request.cache.save = !sources.cache_read_only;
    request.cache.most_bytes = static_cast<std::uint64_t>(sources.cache_megabytes) << 20;
    if (!sources.cache_key.empty()) {
      auto key = host::read_file(absolute(project, sources.cache_key), 4096);
      if (!key) return key.error();
      if (key->bytes.size() < 16) return Error{Errc::malformed, "a cache key has at least 16 bytes", key->origin};
      request.cache.key = std::move(key->bytes);
    }
  }
  request.changes = sources.changes;
  request.files = sources.files;
  request.effort = [tell = sources.tell_effort, also = sources.effort](const cpp::Effort& effort) {
    if (also) also(effort);
    for (const std::string& trouble : effort.cache_trouble) std::fprintf(stderr, "gate: %s\n", trouble.c_str());
    if (tell) {
      std::fprintf(
          stderr,
          "gate: units from the cache %zu, cleared by their texts %zu, by their tokens %zu, classified by them "
          "%zu, parsed %zu\n",
          effort.cached, effort.cleared, effort.lexed, effort.classified, effort.parsed);
    }
  };
  request.own_binary = host::own_path();
  return request;
}

evidence::InputRecord compile_database_record(std::string path) {
  return {"compile database", "compile_commands", std::move(path), {}, 0, {}};
}

FactBatch gather_source_uses(const Project& project, const std::string& path, std::vector<model::Ban> bans,
                             const SourceOptions& sources, const Progress& progress,
                             std::vector<evidence::InputRecord>& records,
                             const std::function<FactBatch(const cpp::Request&)>& collect) {
  auto entry = compile_database_record(path);
  FactBatch batch;
  if (auto request = open_compile_database(project, path, sources)) {
    entry.path = request->compile_commands.origin.artifact;
    entry.sha256 = request->compile_commands.origin.sha256;
    entry.bytes = request->compile_commands.bytes.size();
    request->bans = std::move(bans);
    request->progress = progress;
    batch = collect(*request);
  } else {
    entry.path = request.error().where.artifact;
    batch = nothing_seen({FactKind::translation_unit, FactKind::source_use}, request.error());
  }
  entry.problems = batch.problems;
  records.push_back(std::move(entry));
  return batch;
}

FactBatch gather_imports(const Project& project, const std::vector<std::string>& globs, std::vector<model::Ban> bans,
                         int jobs, std::vector<evidence::InputRecord>& records) {
  cpp::BinaryRequest request;
  std::vector<Error> problems;
  for (const std::string& glob : globs) {
    auto files = host::find_files(glob, most_binaries);
    if (files) {
      std::ranges::move(*files, std::back_inserter(request.files));
    } else {
      problems.push_back(files.error());
      records.push_back({"binary", "", glob, {}, 0, {files.error()}});
    }
  }
  std::ranges::sort(request.files);
  const auto repeated = std::ranges::unique(request.files);
  request.files.erase(repeated.begin(), repeated.end());
  request.root = project.root();
  request.bans = std::move(bans);
  request.workers = workers(jobs);
  request.own_binary = host::own_path();
  FactBatch batch = cpp::collect_imports(request);

  std::map<std::string, evidence::InputRecord> entries;
  for (const std::string& file : request.files) entries[file] = {"binary", "", file, {}, 0, {}};
  for (const Binary& binary : batch.facts.of<Binary>()) {
    entries[binary.file].sha256 = binary.origin.sha256;
    entries[binary.file].bytes = static_cast<std::uint64_t>(binary.bytes);
  }
  for (const Error& problem : batch.problems) entries[problem.where.artifact].problems.push_back(problem);
  for (auto& [file, entry] : entries) records.push_back(std::move(entry));
  for (Error& problem : problems) batch.lower(std::move(problem));
  return batch;
}

Gathered gather_sources(const Policy& policy, const ReadSources& read_sources) {
  Gathered out;
  if (auto bans = watched(policy, FactKind::source_use); policy.inputs.compile_commands && !bans.empty())
    out.batches.push_back(read_sources(*policy.inputs.compile_commands, std::move(bans), out.inputs));
  return out;
}

Gathered gather(const Project& project, const Policy& policy, const git::Range& range, Programs programs, Instant now,
                int jobs, const ReadSources& read_sources) {
  Gathered out = gather_sources(policy, read_sources);
  for (const ReportInput& input : policy.inputs.reports)
    gather_report(project, input, policy.trust, programs, now, out);
  if (!policy.inputs.attestations.empty()) gather_attestations(project, policy, head_of(project, range), out);
  if (policy.inputs.git_range) gather_signatures(project, policy, range, now, out);
  if (auto bans = watched(policy, FactKind::imported_symbol); !policy.inputs.binaries.empty() && !bans.empty()) {
    std::vector<std::string> globs;
    for (const BinaryInput& input : policy.inputs.binaries) globs.push_back(input.path);
    out.batches.push_back(gather_imports(project, globs, std::move(bans), jobs, out.inputs));
  }
  std::stable_sort(out.inputs.begin(), out.inputs.end(),
                   [](const auto& a, const auto& b) { return std::tie(a.role, a.path) < std::tie(b.role, b.path); });
  return out;
}

}  // namespace gate::app
