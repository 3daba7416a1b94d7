// `pip-audit --format json` (pypa/pip-audit, pip_audit/_format/json.py); before 2.0 the list of packages alone. It
// rates nothing, and does not say when its data is from.
#include <fmt/format.h>

#include <array>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 2> root_members{"dependencies", "fixes"};

void read_flaw(Reading& reading, const View& flaw, const Component& package) {
  Vulnerability fact;
  fact.id = reading.text(flaw, "id");
  if (fact.id.empty()) return;
  fact.aliases = reading.texts_or_none(flaw, "aliases");
  fact.package = package.purl;
  fact.version = package.version;
  fact.fixed = reading.texts_or_none(flaw, "fix_versions");
  fact.fix = fact.fixed.empty() ? Fix::none_yet : Fix::available;
  fact.tool = "pip-audit";
  add_flaw(reading, std::move(fact), flaw);
}

// Returns whether the package was looked at.
bool read_package(Reading& reading, const View& entry) {
  Component component;
  component.name = reading.text(entry, "name");
  if (const std::string reason = reading.optional_text(entry, "skip_reason"); !reason.empty()) {
    reading.note(Errc::incomplete, entry, "skipped: " + quoted(reason));
    return false;
  }
  component.version = reading.text(entry, "version");
  component.purl = purl_in("pypi", component.name, component.version);
  component.type = "library";
  component.in_inventory = true;
  for (const View& flaw : reading.list(entry, "vulns")) {
    if (reading.is_full()) break;
    read_flaw(reading, flaw, component);
  }
  reading.add(std::move(component), entry);
  return true;
}

}  // namespace

Result<FactBatch> parse_pip_audit(Document& document) {
  const auto value = parse_json(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  const bool is_list = value->array() != nullptr;
  const auto packages = is_list ? root.as_elements() : root.elements("dependencies");
  if (!packages) return packages.error();

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.speaks_about(FactKind::component);
  if (!is_list) reading.only(root, root_members);
  ScanReport report;
  report.tool = "pip-audit";
  for (const View& package : *packages) report.examined += read_package(reading, package) ? 1 : 0;
  if (report.examined == 0) reading.note(Errc::empty, root, "no package was looked at");
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
