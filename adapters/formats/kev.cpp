// CISA's catalogue of known exploited vulnerabilities in JSON (cisagov/kev-data). It has no version of its own, so that
// members that are not known count as unseen.
#include <fmt/format.h>

#include <algorithm>

#include "adapters/formats/reading.h"
#include "gate/core/time.h"

namespace gate::formats {
namespace {

using json::View;

// clang-format off
constexpr std::string_view root_members[] = {
    "catalogVersion", "count", "dateReleased", "title", "vulnerabilities"};
constexpr std::string_view entry_members[] = {
    "cveID", "cwes", "dateAdded", "dueDate", "knownRansomwareCampaignUse", "notes", "product", "requiredAction",
    "shortDescription", "vendorProject", "vulnerabilityName"};
// clang-format on
static_assert(std::ranges::is_sorted(root_members));
static_assert(std::ranges::is_sorted(entry_members));

std::string day(Reading& reading, const View& entry, std::string_view key) {
  std::string text = reading.text(entry, key);
  if (text.empty() || parse_date(text)) return text;
  reading.note(Errc::malformed, entry, fmt::format("'{}' is no date: {}", key, quoted(text)));
  return {};
}

void read_entry(Reading& reading, const View& entry) {
  reading.only(entry, entry_members);
  VulnerabilityNote note;
  note.id = reading.text(entry, "cveID");
  if (note.id.empty()) return;
  note.known_exploited = true;
  note.added = day(reading, entry, "dateAdded");
  note.due = day(reading, entry, "dueDate");
  reading.add(std::move(note), entry);
}

}  // namespace

Result<FactBatch> parse_kev(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  const auto entries = root.elements("vulnerabilities");
  if (!entries) return entries.error();

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability_note);
  reading.only(root, root_members);
  for (const View& entry : *entries) read_entry(reading, entry);
  // A list that was cut lets a vulnerability pass as one that nobody exploits.
  const auto count = root.integer("count");
  if (!count) {
    reading.note(count.error());
  } else if (entries->empty() || *count != static_cast<std::int64_t>(entries->size())) {
    reading.note(Errc::incomplete, root, fmt::format("{} entries, and it says {}", entries->size(), *count));
  }
  ScanReport report;
  report.tool = "CISA KEV";
  report.tool_version = reading.text(root, "catalogVersion");
  report.created = report.data_date = reading.time_in_utc(root, "dateReleased");
  report.examined = static_cast<std::int64_t>(entries->size());
  report.judges = false;
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
