#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/cpp.h"
#include "adapters/cpp/facts_cache.h"
#include "adapters/cpp/part.h"
#include "adapters/cpp/pool.h"
#include "adapters/cpp/protocol.h"
#include "adapters/cpp/split.h"
#include "gate/crypto/digest.h"

namespace gate::cpp {

const std::vector<FactKind> source_kinds{FactKind::translation_unit, FactKind::source_use, FactKind::allowance};

namespace {

// Many units see a place in a header: one fact, with their number.
class Uses {
 public:
  void add(SourceUse use) {
    auto key = std::make_tuple(use.at, use.entity, use.name, use.condition, use.spelled, use.macro, use.use);
    const auto [entry, added] = places_.try_emplace(std::move(key), use);
    if (added) return;
    entry->second.units += use.units;
    entry->second.written = std::min(entry->second.written, use.written);
  }
  std::vector<SourceUse> take() {
    std::vector<SourceUse> uses;
    for (auto& [key, use] : places_) uses.push_back(std::move(use));
    return uses;
  }

 private:
  std::map<std::tuple<Location, Entity, std::string, std::string, Location, std::string, Use>, SourceUse> places_;
};

Result<UnitReport> understand(const Result<std::string>& answer) {
  if (!answer) return answer.error();
  auto report = decode_report(*answer);
  if (!report)
    return Error{Errc::tool_failed, "not seen: the worker process gave a broken answer: " + report.error().what, {}};
  return report;
}

void count(Stage stage, Effort& effort) {
  switch (stage) {
    case Stage::cleared: ++effort.cleared; break;
    case Stage::lexed: ++effort.lexed; break;
    case Stage::classified: ++effort.classified; break;
    case Stage::parsed: ++effort.parsed; break;
  }
}

// What the facts of every unit depend on besides the unit and its inputs.
std::string context_of(const Request& request) {
  return crypto::sha256(request.tool + '\0' + clang_version() + '\0' +
                        encode(Setup{"/", request.engine, false, request.bans}));
}

std::string identity_of(const Unit& unit, const std::string& fingerprint, const Paths& paths) {
  return crypto::sha256(fingerprint + paths.movable(unit.file) + '\0' + paths.without_root(unit.output));
}

struct Reading {
  std::vector<std::optional<Result<UnitReport>>> reports;  // of each unit; nothing for another shard's
  std::vector<bool> left_out;                              // since no change concerns it
  std::set<std::string> files;                             // of the project that were read
  Effort effort;
};

// Which units no change to the project concerns.
class Unconcerned {
 public:
  Unconcerned(const std::optional<Changes>& changes, const Paths& paths) : changes_(changes), paths_(paths) {}

  // Of a unit that was read in full. One whose source the base does not have as it is, or whose source a build made, is
  // judged.
  bool contains(const Unit& unit, const UnitReport& report, const std::vector<Input>& inputs) {
    if (!changes_ || report.problem) return false;
    const auto source = paths_.inside(real_path(unit.file));
    return source && changes_->kept.contains(*source) &&
           std::ranges::none_of(inputs, [&](const Input& input) { return is_changed(input); });
  }

 private:
  // What was read, or asked for in vain; a link, or what it leads to.
  bool is_changed(const Input& input) {
    return is_changed(input.path) || (!input.real.empty() && is_changed(input.real));
  }
  bool is_changed(const std::string& path) {
    const auto [known, is_new] = known_.try_emplace(path);
    if (is_new) known->second = look_up(path);
    return known->second;
  }
  bool look_up(const std::string& path) const {
    const auto inside = paths_.inside(absolute_path(path, "/"));
    if (!inside) return false;
    for (std::size_t end = 0; end != std::string::npos;) {
      end = inside->find('/', end + 1);
      if (changes_->changed.contains(inside->substr(0, end))) return true;
    }
    return false;
  }

  const std::optional<Changes>& changes_;
  const Paths& paths_;
  std::unordered_map<std::string, bool> known_;  // units share their headers
};

// Units whose reports are kept and still good, those that nobody asks about, and from workers the rest; of those that
// are the shard's own.
Result<Reading> read_units(const Request& request, const std::vector<Unit>& units,
                           const std::vector<std::string>& fingerprints, const std::vector<bool>& own,
                           const Paths& paths, FactsCache& cache) {
  const std::string context = context_of(request);
  std::vector<std::string> keys, own_keys;
  for (std::size_t i = 0; i < units.size(); ++i) {
    keys.push_back(identity_of(units[i], fingerprints[i], paths) + context);
    if (own[i]) own_keys.push_back(keys.back());
  }
  cache.check(own_keys, request.workers);

  Reading reading;
  Effort& effort = reading.effort;
  reading.reports.resize(units.size());
  reading.left_out.resize(units.size());
  Unconcerned unconcerned(request.changes, paths);
  std::vector<std::size_t> open;
  std::vector<std::string> work, kept_keys;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!own[i]) continue;
    const auto kept = cache.find(keys[i]);
    if (auto report = kept ? decode_report(*kept) : Result<UnitReport>(Error{})) {
      ++effort.cached;
      kept_keys.push_back(keys[i]);
      reading.left_out[i] = request.changes && unconcerned.contains(units[i], *report, cache.inputs_of(keys[i]));
      reading.reports[i] = std::move(report);
    } else {
      open.push_back(i);
      work.push_back(encode(units[i]));
    }
  }
  const bool tell_inputs = cache.is_kept() || request.changes;
  const std::string setup = encode(Setup{request.root, request.engine, tell_inputs, request.bans});
  const PoolRequest pool{request.own_binary, request.workers, request.unit_timeout, setup, request.progress};
  auto answers = run_in_workers(pool, work);
  if (!answers) return answers.error();
  for (std::size_t i = 0; i < open.size(); ++i) {
    auto report = understand((*answers)[i]);
    if (report) {
      count(report->stage, effort);
      const auto inputs = std::exchange(report->inputs, {});
      for (std::string& file : std::exchange(report->files, {})) reading.files.insert(std::move(file));
      cache.keep(keys[open[i]], inputs, encode(*report));
      reading.left_out[open[i]] = unconcerned.contains(units[open[i]], *report, inputs);
    }
    reading.reports[open[i]] = std::move(report);
  }
  reading.files.merge(cache.files_of(kept_keys));
  effort.left_out = static_cast<std::size_t>(std::ranges::count(reading.left_out, true));
  // A cache that cannot be read or kept costs time, and changes nothing that is seen.
  if (const Status saved = cache.save(); !saved) effort.cache_trouble.push_back(describe(saved.error()));
  for (const std::string& pack : cache.ignored())
    effort.cache_trouble.push_back("the cache's " + pack + " is torn, forged or of another version: ignored");
  return reading;
}

}  // namespace

std::string_view name(Engine engine) { return engine == Engine::full ? "full" : "cascade"; }

std::optional<Engine> parse_engine(std::string_view text) {
  if (text == name(Engine::full)) return Engine::full;
  if (text == name(Engine::cascade)) return Engine::cascade;
  return std::nullopt;
}

Result<Part> read_part(const Request& request, const Shard& shard) {
  const auto paths = Paths::open(request.root);
  if (!paths) return paths.error();
  CacheRequest cache_request = request.cache;
  if (request.tool.empty()) cache_request.folder.clear();  // whose facts they would be, nobody could tell
  auto opening = std::async(std::launch::async, [&] { return std::make_unique<FactsCache>(cache_request, *paths); });
  auto database = read_compile_database(request.compile_commands, request.compile_commands_dir, *paths);
  const auto cache = opening.get();
  if (!database) return database.error();
  const std::vector<Unit>& units = database->units;
  std::vector<std::uint64_t> costs(units.size());
  if (shard.count > 1) std::ranges::transform(units, costs.begin(), cost_of);
  const std::vector<int> split = split_by_cost(costs, shard.count);

  Part part{
      request.compile_commands.origin, request.compile_commands.bytes.size(), std::move(database->problems), {}, {}};
  std::vector<std::string> fingerprints;
  std::vector<bool> own;
  for (std::size_t i = 0; i < units.size(); ++i) {
    fingerprints.push_back(units[i].fingerprint(*paths));
    part.units.push_back({paths->relative(units[i].file), fingerprints.back(), split[i], units[i].followed});
    own.push_back(split[i] == shard.index);
  }
  auto reading = read_units(request, units, fingerprints, own, *paths, *cache);
  if (!reading) return Error{reading.error().code, reading.error().what, request.compile_commands.origin};
  if (request.effort) request.effort(reading->effort);
  part.reports = std::move(reading->reports);
  part.files = std::move(reading->files);
  for (std::size_t i = 0; i < units.size(); ++i) part.units[i].left_out = reading->left_out[i];
  return part;
}

FactBatch facts_of(Part part) {
  FactBatch batch;
  Uses uses;
  std::map<Location, Allowance> allowances;  // units share headers
  batch.problems = std::move(part.problems);
  for (std::size_t i = 0; i < part.units.size(); ++i) {
    const PartUnit& unit = part.units[i];
    auto& report = part.reports[i];
    const Origin origin{unit.file, {}, {}};
    if (!report) continue;
    if (!*report) {
      batch.problems.push_back({report->error().code, report->error().what, origin});
      continue;
    }
    UnitReport& seen = **report;
    if (unit.left_out) seen.uses.clear(), seen.allowances.clear();
    for (SourceUse& use : seen.uses) uses.add(std::move(use));
    for (Allowance& allowance : seen.allowances) allowances.try_emplace(allowance.at, std::move(allowance));
    if (seen.problem) {
      batch.problems.push_back(std::move(*seen.problem));
    } else if (unit.followed) {
      batch.facts.add(TranslationUnit{unit.file, unit.command, origin});
    }
  }
  batch.facts.of<SourceUse>() = uses.take();
  for (auto& [at, allowance] : allowances) batch.facts.add(std::move(allowance));

  auto& seen = batch.facts.of<TranslationUnit>();
  std::sort(seen.begin(), seen.end(),
            [](const auto& a, const auto& b) { return std::tie(a.file, a.command) < std::tie(b.file, b.command); });
  std::sort(batch.problems.begin(), batch.problems.end());
  batch.problems.erase(std::unique(batch.problems.begin(), batch.problems.end()), batch.problems.end());
  const bool nothing = seen.empty() && batch.facts.of<SourceUse>().empty();
  for (const FactKind kind : source_kinds) {
    batch.coverage[kind] = nothing ? Coverage::absent : batch.problems.empty() ? Coverage::complete : Coverage::partial;
  }
  return batch;
}

FactBatch collect_source_uses(const Request& request) {
  try {
    auto part = read_part(request, Shard{});
    if (!part) return nothing_seen(source_kinds, part.error());
    if (request.files) request.files(part->files);
    return facts_of(std::move(*part));
  } catch (const std::exception& error) {
    return nothing_seen(source_kinds, {Errc::internal, error.what(), request.compile_commands.origin});
  } catch (...) {
    return nothing_seen(source_kinds, {Errc::internal, "unknown exception", request.compile_commands.origin});
  }
}

}  // namespace gate::cpp
