#include <algorithm>

#include "adapters/cpp/cpp.h"
#include "adapters/cpp/pool.h"
#include "adapters/cpp/protocol.h"

namespace gate::cpp {
namespace {

const std::vector<FactKind> kinds{FactKind::binary, FactKind::imported_symbol};

BinaryReport understand(const Result<std::string>& answer, const std::string& file) {
  const auto unseen = [&](Errc code, std::string what) {
    BinaryReport report;
    report.problems.push_back({code, std::move(what), {file, {}, {}}});
    return report;
  };
  if (!answer) return unseen(answer.error().code, answer.error().what);
  auto report = decode_binary_report(*answer);
  if (!report)
    return unseen(Errc::tool_failed, "not seen: the worker process gave a broken answer: " + report.error().what);
  return std::move(*report);
}

FactBatch collect(const BinaryRequest& request) {
  std::vector<std::string> work;
  for (const std::string& file : request.files) work.push_back(encode(BinaryFile{file}));
  const PoolRequest pool{request.own_binary,
                         request.workers,
                         request.file_timeout,
                         encode(Setup{.root = request.root, .bans = request.bans}),
                         {}};
  const auto answers = run_in_workers(pool, work);
  if (!answers) return nothing_seen(kinds, answers.error());

  FactBatch batch;
  for (std::size_t i = 0; i < work.size(); ++i) {
    BinaryReport report = understand((*answers)[i], request.files[i]);
    if (report.binary) batch.facts.add(std::move(*report.binary));
    for (ImportedSymbol& import : report.imports) batch.facts.add(std::move(import));
    for (Error& problem : report.problems) batch.problems.push_back(std::move(problem));
  }
  std::sort(batch.problems.begin(), batch.problems.end());
  const bool nothing = batch.facts.of<Binary>().empty() && batch.facts.of<ImportedSymbol>().empty();
  for (const FactKind kind : kinds) {
    batch.coverage[kind] = nothing ? Coverage::absent : batch.problems.empty() ? Coverage::complete : Coverage::partial;
  }
  return batch;
}

}  // namespace

FactBatch collect_imports(const BinaryRequest& request) {
  try {
    return collect(request);
  } catch (const std::exception& error) {
    return nothing_seen(kinds, {Errc::internal, error.what(), {}});
  } catch (...) {
    return nothing_seen(kinds, {Errc::internal, "unknown exception", {}});
  }
}

}  // namespace gate::cpp
