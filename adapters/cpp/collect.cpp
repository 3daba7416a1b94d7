#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/cpp.h"
#include "adapters/cpp/facts_cache.h"
#include "adapters/cpp/pool.h"
#include "adapters/cpp/protocol.h"
#include "gate/crypto/digest.h"

namespace gate::cpp {
namespace {

const std::vector<FactKind> kinds{FactKind::translation_unit, FactKind::source_use, FactKind::allowance};

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

// What facts depend on besides a unit and its inputs.
std::string context_of(const Request& request) { return encode(Setup{"/", request.engine, false, request.bans}); }

std::string key_of(const Unit& unit, const std::string& context, const Paths& paths) {
  return crypto::sha256(context + unit.fingerprint(paths) + '\0' + paths.relative(unit.file) + '\0' +
                        paths.without_root(unit.output));
}

void count(Stage stage, Effort& effort) {
  switch (stage) {
    case Stage::cleared: ++effort.cleared; break;
    case Stage::classified: ++effort.classified; break;
    case Stage::parsed: ++effort.parsed; break;
  }
}

FactBatch collect(const Request& request) {
  const auto paths = Paths::open(request.root);
  if (!paths) return nothing_seen(kinds, paths.error());
  auto database = read_compile_database(request.compile_commands, request.compile_commands_dir, *paths);
  if (!database) return nothing_seen(kinds, database.error());

  const auto& units = database->units;
  const std::string setup = encode(Setup{request.root, request.engine, !request.cache.folder.empty(), request.bans});
  FactsCache cache(request.cache, *paths);
  const std::string context = crypto::sha256(request.tool + '\0' + clang_version() + '\0' + context_of(request));
  std::vector<std::string> keys, work;
  std::vector<Result<std::string>> answers(units.size(), Result<std::string>(Error{}));
  std::vector<std::size_t> open;  // units that the cache does not answer for
  for (std::size_t i = 0; i < units.size(); ++i) {
    keys.push_back(key_of(units[i], context, *paths));
    if (auto kept = cache.find(keys[i])) {
      answers[i] = std::move(*kept);
    } else {
      open.push_back(i);
      work.push_back(encode(units[i]));
    }
  }
  const PoolRequest pool{request.own_binary, request.workers, request.unit_timeout, setup, request.progress};
  auto fresh = run_in_workers(pool, work);
  if (!fresh) return nothing_seen(kinds, {fresh.error().code, fresh.error().what, request.compile_commands.origin});
  for (std::size_t i = 0; i < open.size(); ++i) answers[open[i]] = std::move((*fresh)[i]);

  FactBatch batch;
  Uses uses;
  Effort effort;
  effort.cached = cache.found();
  std::map<Location, Allowance> allowances;  // units share headers
  batch.problems = std::move(database->problems);
  std::size_t next_open = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Unit& unit = units[i];
    const bool is_fresh = next_open < open.size() && open[next_open] == i;
    if (is_fresh) ++next_open;
    const Origin origin{paths->relative(unit.file), {}, {}};
    auto report = understand(answers[i]);
    if (!report) {
      batch.problems.push_back({report.error().code, report.error().what, origin});
      continue;
    }
    if (is_fresh) {
      count(report->stage, effort);
      const auto inputs = std::exchange(report->inputs, {});
      cache.keep(keys[i], inputs, encode(*report));
    }
    for (SourceUse& use : report->uses) uses.add(std::move(use));
    for (Allowance& allowance : report->allowances) allowances.try_emplace(allowance.at, std::move(allowance));
    if (report->problem) {
      batch.problems.push_back(std::move(*report->problem));
    } else if (unit.followed) {
      batch.facts.add(TranslationUnit{origin.artifact, unit.fingerprint(*paths), origin});
    }
  }
  batch.facts.of<SourceUse>() = uses.take();
  for (auto& [at, allowance] : allowances) batch.facts.add(std::move(allowance));
  // A cache that cannot be kept costs the next run time, and changes nothing that was seen.
  if (const Status saved = cache.save(); !saved) effort.cache_trouble = describe(saved.error());
  if (request.effort) request.effort(effort);

  auto& seen = batch.facts.of<TranslationUnit>();
  std::sort(seen.begin(), seen.end(),
            [](const auto& a, const auto& b) { return std::tie(a.file, a.command) < std::tie(b.file, b.command); });
  std::sort(batch.problems.begin(), batch.problems.end());
  batch.problems.erase(std::unique(batch.problems.begin(), batch.problems.end()), batch.problems.end());
  const bool nothing = seen.empty() && batch.facts.of<SourceUse>().empty();
  for (const FactKind kind : kinds) {
    batch.coverage[kind] = nothing ? Coverage::absent : batch.problems.empty() ? Coverage::complete : Coverage::partial;
  }
  return batch;
}

}  // namespace

std::string_view name(Engine engine) { return engine == Engine::full ? "full" : "cascade"; }

std::optional<Engine> parse_engine(std::string_view text) {
  if (text == name(Engine::full)) return Engine::full;
  if (text == name(Engine::cascade)) return Engine::cascade;
  return std::nullopt;
}

FactBatch collect_source_uses(const Request& request) {
  try {
    return collect(request);
  } catch (const std::exception& error) {
    return nothing_seen(kinds, {Errc::internal, error.what(), request.compile_commands.origin});
  } catch (...) {
    return nothing_seen(kinds, {Errc::internal, "unknown exception", request.compile_commands.origin});
  }
}

}  // namespace gate::cpp
