#include "gate/app/overrides.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "gate/app/catalogue.h"

namespace gate::app {
namespace {

Error usage(std::string what) { return {Errc::malformed, std::move(what), {}}; }

Result<std::pair<std::string, std::string>> split(const std::string& text, char separator, std::string_view form) {
  const std::size_t at = text.find(separator);
  if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
    return usage(fmt::format("'{}' is not of the form {}", text, form));
  }
  return std::pair{text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

Result<std::vector<std::string>> apply_overrides(const RunOptions& options, const Project& project, Policy& policy) {
  std::vector<std::string> lines;
  const auto note = [&lines](std::string line) { lines.push_back("command line: " + std::move(line)); };

  if (!options.compile_commands.empty()) {
    policy.inputs.compile_commands = project.from_command_line(options.compile_commands);
    note("compile database " + *policy.inputs.compile_commands);
  }
  const auto known = format_names();
  for (const std::string& option : options.reports) {
    const auto parts = split(option, ':', "FORMAT:PATH");
    if (!parts) return parts.error();
    if (std::find(known.begin(), known.end(), parts->first) == known.end()) {
      return usage(fmt::format("no report format '{}'; there are {}", parts->first, fmt::join(known, ", ")));
    }
    policy.inputs.reports.push_back({parts->first, project.from_command_line(parts->second), std::nullopt, {}});
    note(fmt::format("{} report {}", parts->first, policy.inputs.reports.back().path));
  }
  for (const std::string& option : options.attestations) {
    const auto parts = split(option, '=', "PATH=SUBJECT");
    if (!parts) return parts.error();
    AttestationInput input;
    input.path = project.from_command_line(parts->first);
    input.subject = project.from_command_line(parts->second);
    policy.inputs.attestations.push_back(std::move(input));
    note(fmt::format("attestation {} about {}", policy.inputs.attestations.back().path,
                     policy.inputs.attestations.back().subject));
  }
  for (const std::string& option : options.keys) {
    const auto parts = split(option, '=', "ID=PATH");
    if (!parts) return parts.error();
    const auto& keys = policy.trust.keys;
    if (std::any_of(keys.begin(), keys.end(), [&](const TrustedKey& key) { return key.id == parts->first; })) {
      return usage(fmt::format("there is a key '{}' already", parts->first));
    }
    policy.trust.keys.push_back({parts->first, project.from_command_line(parts->second), {}});
    note(fmt::format("trusts key {} ({})", parts->first, policy.trust.keys.back().path));
  }
  for (const std::string& builder : options.builders) {
    const auto rule = std::find_if(policy.rules.begin(), policy.rules.end(),
                                   [](const RuleConfig& r) { return r.id == "provenance/untrusted-builder"; });
    if (rule == policy.rules.end()) return usage("--builder: the policy has no rule provenance/untrusted-builder");
    Map values = rule->params.all();
    std::get<List>(values["builders"].data).push_back({builder, {}});
    rule->params = Params(std::move(values));
    note("trusts builder " + builder);
  }
  if (!options.allowed_signers.empty()) {
    policy.trust.allowed_signers = project.from_command_line(options.allowed_signers);
    note("trusts the signers of " + *policy.trust.allowed_signers);
  }
  return lines;
}

}  // namespace gate::app
