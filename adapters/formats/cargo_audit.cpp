// `cargo audit --json` (rustsec/rustsec, rustsec/src/report.rs).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 5> root_members{"database", "lockfile", "settings", "vulnerabilities",
                                                       "warnings"};

// ">=1.2.3": the first version of each range with the fix; others are kept as they are.
std::vector<std::string> fixed_versions(Reading& reading, const View& versions) {
  auto patched = reading.texts_or_none(versions, "patched");
  for (std::string& range : patched) {
    range.erase(0, range.find_first_not_of("^>= "));
    range.erase(std::min(range.find_first_of(", "), range.size()));
  }
  std::erase(patched, "");
  return patched;
}

Vulnerability read_advisory(Reading& reading, const View& entry, const View& advisory, const View& package) {
  Vulnerability fact;
  fact.id = reading.text(advisory, "id");
  fact.aliases = reading.texts_or_none(advisory, "aliases");
  fact.version = reading.text(package, "version");
  fact.package = purl_in("cargo", reading.text(package, "name"), fact.version);
  fact.published = reading.optional_day(advisory, "date");
  if (std::string vector = reading.optional_text(advisory, "cvss"); !vector.empty()) {
    rate(reading, advisory, fact, {.source = "rustsec", .method = {}, .vector = std::move(vector)});
  }
  take_highest(fact);
  if (const auto versions = reading.optional_object(entry, "versions")) {
    fact.fixed = fixed_versions(reading, *versions);
    fact.fix = fact.fixed.empty() ? Fix::none_yet : Fix::available;
  }
  fact.tool = "cargo-audit";
  return fact;
}

void read_vulnerability(Reading& reading, const View& entry) {
  const auto advisory = reading.object(entry, "advisory");
  const auto package = reading.object(entry, "package");
  if (!advisory || !package) return;
  Vulnerability fact = read_advisory(reading, entry, *advisory, *package);
  if (!fact.id.empty()) add_flaw(reading, std::move(fact), entry);
}

// What nobody maintains, or what its author took back, has reached its end. No list of ends, so that nothing follows
// for packages that are not named.
void read_end(Reading& reading, const View& entry) {
  const auto package = reading.object(entry, "package");
  if (!package) return;
  EndOfLife fact;
  fact.product = reading.text(*package, "name");
  fact.purls = {purl_in("cargo", fact.product, "")};
  fact.cycle = reading.text(*package, "version");
  fact.ended = true;
  reading.add(std::move(fact), entry);
}

void read_warnings(Reading& reading, const View& root) {
  const auto warnings = reading.object(root, "warnings");
  const auto kinds = warnings ? warnings->as_members() : std::vector<std::pair<std::string, View>>{};
  if (!kinds) return;
  for (const auto& [kind, list] : *kinds) {
    const bool ends = kind == "unmaintained" || kind == "yanked";
    if (!ends && kind != "unsound" && kind != "notice") {
      reading.note(Errc::unsupported_version, list, "gate does not know this kind of warning");
      continue;
    }
    for (const View& entry : reading.list(*warnings, kind))
      ends ? read_end(reading, entry) : read_vulnerability(reading, entry);
  }
}

void read_vulnerabilities(Reading& reading, const View& root) {
  const auto found = reading.object(root, "vulnerabilities");
  if (!found) return;
  const auto list = reading.list(*found, "list");
  for (const View& entry : list) read_vulnerability(reading, entry);
  const auto count = found->integer("count");
  if (!count || *count != static_cast<std::int64_t>(list.size())) {
    reading.note(Errc::incomplete, *found,
                 fmt::format("{} vulnerabilities are listed, and 'count' says otherwise", list.size()));
  }
}

void read_scan(Reading& reading, const View& root, ScanReport& report) {
  if (const auto database = reading.object(root, "database")) {
    report.data_date = reading.optional_time(*database, "last-updated");
  }
  if (const auto lockfile = reading.object(root, "lockfile")) {
    const auto count = lockfile->integer("dependency-count");
    if (!count) return reading.note(count.error().code, *lockfile, "does not say how many packages were looked at");
    report.examined = *count;
    if (*count <= 0) reading.note(Errc::empty, *lockfile, "no package was looked at");
  }
  const auto settings = reading.object(root, "settings");
  if (!settings) return;
  if (const auto ignored = reading.texts_or_none(*settings, "ignore"); !ignored.empty()) {
    reading.note(Errc::incomplete, *settings,
                 fmt::format("advisories that the scanner was told to ignore: {}", ignored.size()));
  }
}

}  // namespace

Result<FactBatch> parse_cargo_audit(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.only(root, root_members);
  read_vulnerabilities(reading, root);
  read_warnings(reading, root);
  ScanReport report;
  report.tool = "cargo-audit";
  read_scan(reading, root, report);
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
