// `pnpm audit --json`.
#include <array>

#include "adapters/formats/npm_advisory.h"

namespace gate::formats {

Result<FactBatch> parse_pnpm_audit(Document& document) {
  constexpr std::array<std::string_view, 4> root_members{"actions", "advisories", "metadata", "muted"};
  const auto value = parse_object(document);
  if (!value) return value.error();
  const json::View root(*value, document.origin.artifact);
  if (const auto error = root.find("error")) {
    return error->error(Errc::tool_failed,
                        "pnpm says that the audit failed: " + quoted(json::to_string(error->value())));
  }
  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.only(root, root_members);
  read_npm_advisories(reading, root, "pnpm");
  return std::move(reading).finish();
}

}  // namespace gate::formats
