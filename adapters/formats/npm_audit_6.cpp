// `npm audit --json` of npm 6.
#include <array>

#include "adapters/formats/npm_advisory.h"

namespace gate::formats {

Result<FactBatch> parse_npm_audit_6(Document& document) {
  constexpr std::array<std::string_view, 5> root_members{"actions", "advisories", "metadata", "muted", "runId"};
  const auto value = parse_object(document);
  if (!value) return value.error();
  const json::View root(*value, document.origin.artifact);
  if (const auto error = root.find("error")) {
    return error->error(Errc::tool_failed,
                        "npm says that the audit failed: " + quoted(json::to_string(error->value())));
  }
  if (const auto version = root.find("auditReportVersion")) {
    return version->error(Errc::unsupported_version, "written by npm 7 or later: its format is 'npm-audit'");
  }

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.only(root, root_members);
  read_npm_advisories(reading, root, "npm");
  return std::move(reading).finish();
}

}  // namespace gate::formats
