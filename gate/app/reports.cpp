#include "gate/app/reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/formats/formats.h"
#include "gate/app/scanner.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

// A report about last month says nothing about today; one without a date says nothing about when.
void check_age(FactBatch& batch, const ReportInput& input, const Origin& origin, Instant now) {
  if (!input.max_age) return;
  const auto complain = [&](std::string what) { batch.lower({Errc::stale, std::move(what), origin}); };
  const auto& reports = batch.facts.of<ScanReport>();
  if (reports.empty()) complain("the policy limits its age, and it does not say when it was made");
  for (const ScanReport& report : std::vector<ScanReport>(reports)) {
    const auto created = parse_instant(report.created);
    if (!created) {
      complain("the policy limits its age, and it does not say when it was made");
    } else if (*created + *input.max_age < now) {
      complain("made at " + report.created + ", older than " + format_duration(*input.max_age));
    } else if (*created > now + std::chrono::hours{24}) {
      complain("made at " + report.created + ", which is in the future");
    }
  }
}

// What the policy expects of it. A report of another tool or about another file shows nothing.
void check_expectations(FactBatch& batch, const ReportInput& input, const Origin& origin) {
  const auto refuse = [&](std::string what) {
    batch.lower({Errc::wrong_subject, std::move(what), origin}, Coverage::absent);
  };
  const bool asked = !input.tool.empty() || !input.tool_version.empty() || !input.subject.empty();
  if (asked && batch.facts.of<ScanReport>().empty()) return refuse("it does not say of what tool and about what it is");
  std::string digest;
  if (!input.subject.empty()) {
    const auto file = host::hash_file(input.subject);
    if (!file) return batch.lower(file.error(), Coverage::absent);
    digest = "sha256:" + file->sha256;
  }
  for (const ScanReport& report : std::vector<ScanReport>(batch.facts.of<ScanReport>())) {
    if (!input.tool.empty() && report.tool != input.tool)
      refuse(fmt::format("it is of {}, the policy expects {}", report.tool, input.tool));
    if (!input.tool_version.empty() && report.tool_version != input.tool_version)
      refuse(fmt::format("it is of {} '{}', the policy expects '{}'", report.tool, report.tool_version,
                         input.tool_version));
    const auto& digests = report.subject_digests;
    if (!digest.empty() && std::ranges::find(digests, digest) == digests.end())
      refuse(fmt::format("it does not say that it is about {} ({})", input.subject, digest));
  }
}

// The policy knows that a scanner made the document, which CycloneDX has no word for.
void count_as_scan(FactBatch& batch, const Origin& origin) {
  if (!batch.coverage.contains(FactKind::vulnerability))
    return batch.lower(
        {Errc::incomplete, "the policy says that it was scanned, and it has no list of vulnerabilities", origin},
        Coverage::absent);
  for (ScanReport& report : batch.facts.of<ScanReport>()) report.judges = true;
  for (Component& component : batch.facts.of<Component>()) component.in_inventory = true;
}

// Anybody can write a statement: those by others than the policy lists go, and are told. They loosened nothing, so that
// the coverage stays.
void keep_trusted_statements(FactBatch& batch, const Trust& trust, const Origin& origin) {
  std::map<std::string, std::size_t> others;
  std::erase_if(batch.facts.of<VexStatement>(), [&](const VexStatement& statement) {
    const bool known =
        !statement.author.empty() && std::ranges::find(trust.vex_authors, statement.author) != trust.vex_authors.end();
    if (!known) ++others[statement.author];
    return !known;
  });
  for (const auto& [author, count] : others) {
    const std::string who = author.empty() ? "nobody who is named" : fmt::format("'{}'", author);
    batch.problems.push_back({Errc::untrusted,
                              fmt::format("{} VEX statements by {} do not count (trust: vex_authors)", count, who),
                              origin});
  }
}

// All that counts of the state before the change is which flaws it had.
FactBatch about_base(FactBatch batch) {
  FactBatch base;
  base.problems = std::move(batch.problems);
  const auto seen = batch.coverage.find(FactKind::vulnerability);
  base.coverage[FactKind::base_vulnerability] = seen == batch.coverage.end() ? Coverage::absent : seen->second;
  for (Vulnerability& each : batch.facts.of<Vulnerability>())
    base.facts.add(
        BaseVulnerability{std::move(each.id), std::move(each.aliases), std::move(each.package), each.origin});
  return base;
}

// Statements alone can only loosen, so that a file of them inside the project is the base's, like a waiver.
bool only_loosens(const Format& format) {
  return std::ranges::all_of(format.yields, [](FactKind kind) { return kind == FactKind::vex_statement; });
}

Result<Document> open(const Project& project, const Format& format, const ReportInput& input) {
  if (only_loosens(format)) return project.read_trusted(input.path, input.max_size.value_or(Project::trusted_file_cap));
  return host::read_file(input.path, input.max_size.value_or(host::default_cap));
}

FactBatch understand(const Format& format, const ReportInput& input, const Trust& trust, Result<Document> document,
                     Instant now) {
  if (!document) return nothing_seen(format.yields, document.error());
  const Origin origin = document->origin;
  auto parsed = format.parse(std::move(*document));
  if (!parsed) return nothing_seen(format.yields, parsed.error());
  FactBatch batch = std::move(*parsed);
  if (input.scanned) count_as_scan(batch, origin);
  check_age(batch, input, origin, now);
  check_expectations(batch, input, origin);
  keep_trusted_statements(batch, trust, origin);
  return batch;
}

}  // namespace

void gather_report(const Project& project, const ReportInput& input, const Trust& trust, Programs programs, Instant now,
                   Gathered& out) {
  const auto format = std::ranges::find(formats::all(), std::string_view(input.format), &Format::name);
  if (format == formats::all().end()) {  // the loader lets known formats through only
    out.batches.push_back(
        nothing_seen({FactKind::scan_report, FactKind::vulnerability, FactKind::base_vulnerability},
                     {Errc::internal, "no adapter for format " + input.format, {input.path, {}, {}}}));
    return;
  }
  evidence::InputRecord entry{"report", input.format, input.path, {}, 0, {}};
  Result<Document> document = input.run ? run_scanner(input, programs, entry) : open(project, *format, input);
  if (document && !input.run) {
    entry.sha256 = document->origin.sha256;
    entry.bytes = document->bytes.size();
  }
  FactBatch batch = understand(*format, input, trust, std::move(document), now);
  if (input.of_base) batch = about_base(std::move(batch));
  if (entry.scanner) {
    for (const ScanReport& report : batch.facts.of<ScanReport>()) entry.scanner->version = report.tool_version;
  }
  entry.problems = batch.problems;
  out.inputs.push_back(std::move(entry));
  out.batches.push_back(std::move(batch));
}

}  // namespace gate::app
