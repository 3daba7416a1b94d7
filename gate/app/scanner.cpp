#include "gate/app/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gate/crypto/digest.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

// Statuses besides 0 with which a tool has done its work and found something. Where one means failure as well (npm
// audit, cargo-audit), what it wrote tells: a failure is no report.
struct Contract {
  std::string_view format;
  int found;
};
constexpr std::array contracts{
    Contract{"cargo-audit", 1},  // vulnerabilities, or an error
    Contract{"grype", 2},        // --fail-on; 1 is an error
    Contract{"npm-audit", 1},    // at or over --audit-level, or an error
    Contract{"osv-scanner", 1},  // vulnerabilities; 127 is an error, 128 that there were no packages
    Contract{"pip-audit", 1},    // vulnerabilities, or an error
    Contract{"snyk", 1},         // vulnerabilities; 2 is an error, 3 that there is no project
};
// Trivy ends with 0 whatever it finds unless --exit-code says otherwise, and with 1 on errors; so that --exit-code is
// not for gate. govulncheck ends with 0 in its JSON form.

}  // namespace

bool ended_well(std::string_view format, int status) {
  return status == 0 || std::ranges::any_of(contracts, [&](const Contract& contract) {
           return contract.format == format && contract.found == status;
         });
}

Result<Document> run_scanner(const ReportInput& input, Programs programs, evidence::InputRecord& entry) {
  const ScannerRun& run = *input.run;
  const Origin origin{run.program, {}, {}};
  entry.path = run.program;
  entry.scanner.emplace();
  entry.scanner->arguments = run.arguments;
  if (programs == Programs::forbidden)
    return Error{Errc::untrusted, "a policy that the change may have brought starts no programs", origin};
  const auto digest = host::hash_file(run.program);
  if (!digest) return digest.error();
  entry.sha256 = digest->sha256;
  entry.bytes = digest->bytes;
  if (digest->sha256 != run.sha256)
    return Error{Errc::untrusted, fmt::format("its SHA-256 is {}, the policy expects {}", digest->sha256, run.sha256),
                 origin};
  auto ended = host::run_program(
      {run.program, run.arguments, run.environment, run.timeout, input.max_size.value_or(host::default_cap)});
  if (!ended) return ended.error();
  entry.scanner->status = ended->status;
  // Whoever replaces it meanwhile is seen; who puts it back in time would need to write where the policy trusts.
  const auto after = host::hash_file(run.program);
  if (!after || after->sha256 != run.sha256) return Error{Errc::untrusted, "it was replaced while it ran", origin};
  if (!ended_well(input.format, ended->status)) {
    return Error{Errc::tool_failed,
                 fmt::format("it ended with {}{}{}", ended->status, ended->errors.empty() ? "" : ": ", ended->errors),
                 origin};
  }
  std::string sha256 = crypto::sha256_hex(ended->output);
  entry.scanner->report_sha256 = sha256;
  return Document{std::move(ended->output), {run.program, std::move(sha256), {}}};
}

}  // namespace gate::app
