// `yarn audit --json` of yarn 1: an object a line, of which the last has the counts. Pointers begin with the number of
// the line, from 0.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/npm_advisory.h"

namespace gate::formats {
namespace {

using json::View;

// Lines that say nothing about packages.
constexpr std::array<std::string_view, 12> other_types{
    "activityEnd", "activitySetEnd", "activitySetStart", "activitySetTick", "activityStart", "activityTick",
    "auditAction", "info",           "progressFinish",   "progressStart",   "progressTick",  "warning"};
static_assert(std::ranges::is_sorted(other_types));

struct Audit {
  ScanReport report;
  std::int64_t listed = 0;  // places in the tree
  bool has_summary = false;
};

// A line is one place in the tree; the advisory has all versions that are installed anywhere.
void read_advisory(Reading& reading, const View& data, Audit& audit) {
  ++audit.listed;
  const auto resolution = reading.object(data, "resolution");
  const auto advisory = reading.object(data, "advisory");
  if (!advisory) return;
  if (!resolution) return add_npm_findings(reading, *advisory, "yarn");
  Vulnerability fact = npm_flaw(reading, *advisory, "yarn");
  const std::string name = reading.text(*advisory, "module_name");
  const std::string path = reading.text(*resolution, "path");
  if (fact.id.empty() || name.empty()) return;
  for (const View& finding : reading.list(*advisory, "findings")) {
    const auto paths = reading.texts_or_none(finding, "paths");
    if (std::ranges::find(paths, path) != paths.end()) fact.version = reading.text(finding, "version");
  }
  if (fact.version.empty()) reading.note(Errc::incomplete, data, "the version at this place is not told");
  fact.package = purl_in("npm", name, fact.version);
  set_npm_path(fact, path);
  add_flaw(reading, std::move(fact), *advisory);
}

void read_summary(Reading& reading, const View& data, Audit& audit) {
  audit.has_summary = true;
  const auto counted = counted_findings(reading, data);
  if (counted != audit.listed) {
    reading.note(Errc::incomplete, data, fmt::format("counts {} findings, and {} came before", counted, audit.listed));
  }
  const auto total = data.integer("totalDependencies");
  if (!total) return reading.note(total.error().code, data, "does not say how many packages were looked at");
  audit.report.examined = *total;
  if (*total <= 0) reading.note(Errc::empty, data, "no package was looked at");
}

void read_line(Reading& reading, const View& line, Audit& audit) {
  const std::string type = reading.text(line, "type");
  if (type == "error") {
    audit.report.end = ScanEnd::failed;
    return reading.note(Errc::tool_failed, line, "yarn says: " + quoted(reading.optional_text(line, "data")));
  }
  if (std::ranges::binary_search(other_types, type)) return;
  if (type != "auditAdvisory" && type != "auditSummary") {
    return reading.note(Errc::unsupported_version, line, "gate does not know the type " + quoted(type));
  }
  const auto data = reading.object(line, "data");
  if (!data) return;
  type == "auditSummary" ? read_summary(reading, *data, audit) : read_advisory(reading, *data, audit);
}

}  // namespace

Result<FactBatch> parse_yarn_audit(Document& document) {
  auto lines = parse_lines(document);
  if (!lines) return lines.error();
  const View first(lines->front(), document.origin.artifact, "/0");
  if (first.has("value") && first.has("children")) {
    return first.error(Errc::unsupported_version, "written by yarn 2 or later, this gate reads reports of yarn 1");
  }
  if (!first.has("type")) return first.error(Errc::malformed, "no line of yarn's: it has no type");

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  Audit audit;
  audit.report.tool = "yarn";
  for (std::size_t i = 0; i < lines->size() && !reading.is_full(); ++i) {
    read_line(reading, View((*lines)[i], document.origin.artifact, fmt::format("/{}", i)), audit);
  }
  const View whole((*lines)[0], document.origin.artifact);
  if (!audit.has_summary) reading.note(Errc::incomplete, whole, "the audit has no end: its summary is missing");
  if (audit.has_summary && audit.report.end == ScanEnd::unknown) audit.report.end = ScanEnd::complete;
  reading.add(std::move(audit.report), whole);
  return std::move(reading).finish();
}

}  // namespace gate::formats
