#include <algorithm>
#include <map>
#include <tuple>

#include "adapters/cpp/compile_database.h"
#include "adapters/cpp/cpp.h"
#include "adapters/cpp/pool.h"
#include "adapters/cpp/protocol.h"

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

FactBatch collect(const Request& request) {
  const auto paths = Paths::open(request.root);
  if (!paths) return nothing_seen(kinds, paths.error());
  auto database = read_compile_database(request.compile_commands, request.compile_commands_dir, *paths);
  if (!database) return nothing_seen(kinds, database.error());

  std::vector<std::string> work;
  for (const Unit& unit : database->units) work.push_back(encode(unit));
  const PoolRequest pool{request.own_binary, request.workers, request.unit_timeout,
                         encode(Setup{request.root, request.engine, request.bans}), request.progress};
  auto answers = run_in_workers(pool, work);
  if (!answers)
    return nothing_seen(kinds, {answers.error().code, answers.error().what, request.compile_commands.origin});

  FactBatch batch;
  Uses uses;
  Effort effort;
  std::map<Location, Allowance> allowances;  // units share headers
  batch.problems = std::move(database->problems);
  for (std::size_t i = 0; i < work.size(); ++i) {
    const Unit& unit = database->units[i];
    const Origin origin{paths->relative(unit.file), {}, {}};
    auto report = understand((*answers)[i]);
    if (!report) {
      batch.problems.push_back({report.error().code, report.error().what, origin});
      continue;
    }
    ++(report->stage == Stage::cleared      ? effort.cleared
       : report->stage == Stage::classified ? effort.classified
                                            : effort.parsed);
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
  if (request.effort) request.effort(effort);

  auto& units = batch.facts.of<TranslationUnit>();
  std::sort(units.begin(), units.end(),
            [](const auto& a, const auto& b) { return std::tie(a.file, a.command) < std::tie(b.file, b.command); });
  std::sort(batch.problems.begin(), batch.problems.end());
  batch.problems.erase(std::unique(batch.problems.begin(), batch.problems.end()), batch.problems.end());
  const bool nothing = units.empty() && batch.facts.of<SourceUse>().empty();
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
