#include "gate/app/load_policy.h"

#include <cstdio>

#include "gate/app/catalogue.h"
#include "gate/host/host.h"

namespace gate::app {

std::string resolve_policy_name(const Project& project, const std::string& asked) {
  if (asked.empty()) {
    // Where the policy is read from a commit, it is that commit that has one or not.
    return project.read_trusted(usual_policy) ? usual_policy : "default";
  }
  const auto sources = policy_sources({}, {});
  return sources.embedded_policy(asked) ? asked : project.from_command_line(asked);
}

std::optional<Policy> load_policy(const Project& project, const std::string& name_or_path, Instant now) {
  const auto read = [&project](const std::string& path) -> Result<std::string> {
    auto document = project.read_trusted(path);
    if (!document) return document.error();
    return std::move(document->bytes);
  };
  auto loaded = policy::load(name_or_path, policy_sources(read, now));
  if (auto* policy = std::get_if<Policy>(&loaded)) return std::move(*policy);
  const auto& complaints = std::get<std::vector<policy::Complaint>>(loaded);
  for (const policy::Complaint& complaint : complaints) {
    std::fprintf(stderr, "%s\n", policy::describe(complaint).c_str());
  }
  std::fprintf(stderr, "gate: bad policy: %zu %s\n", complaints.size(),
               complaints.size() == 1 ? "mistake" : "mistakes");
  return std::nullopt;
}

}  // namespace gate::app
