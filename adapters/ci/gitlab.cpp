#include <algorithm>
#include <iterator>

#include "adapters/ci/service.h"

namespace gate::ci {
namespace {

bool is_set(const Environment& environment, const std::string& name) { return !environment(name).value_or("").empty(); }

// In a merged results pipeline CI_COMMIT_SHA is a merge that GitLab made for the test, and the target branch's tip is
// its base. Else it is the source branch's tip, and the base is where the branches part.
Status merge_request(const Environment& environment, Event& event) {
  const bool merged_result = is_set(environment, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA");
  const auto base = commit_variable(
      environment, merged_result ? "CI_MERGE_REQUEST_TARGET_BRANCH_SHA" : "CI_MERGE_REQUEST_DIFF_BASE_SHA");
  if (!base) return base.error();
  event.base = *base;
  if (merged_result) {
    const auto tip = commit_variable(environment, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
    if (!tip) return tip.error();
    event.tip = *tip;
  }
  return Done{};
}

// All zeros in the first pipeline of a branch, and in those that a person or a clock started.
Status branch(const Environment& environment, Event& event) {
  const auto before = variable(environment, "CI_COMMIT_BEFORE_SHA");
  if (!before) return before.error();
  if (is_zero_id(*before)) return Done{};
  const auto base = commit_id(*before, {"CI_COMMIT_BEFORE_SHA", {}, {}});
  if (!base) return base.error();
  event.base = *base;
  return Done{};
}

// The sources of branch and tag pipelines. A pipeline about a pull request on another service is not among them: its
// variables do not tell where the change starts.
constexpr std::string_view branch_sources[] = {
    "api", "chat",   "ondemand_dast_scan",           "parent_pipeline", "pipeline", "push", "schedule", "trigger",
    "web", "webide", "security_orchestration_policy"};

bool is_branch_source(std::string_view source) {
  return std::find(std::begin(branch_sources), std::end(branch_sources), source) != std::end(branch_sources);
}

}  // namespace

Result<Event> gitlab_event(const Environment& environment) {
  const auto source = variable(environment, "CI_PIPELINE_SOURCE");
  if (!source) return source.error();
  const auto sha = commit_variable(environment, "CI_COMMIT_SHA");
  if (!sha) return sha.error();

  Event event;
  event.service = Service::gitlab;
  event.name = *source;
  event.head = *sha;
  event.actor = environment("GITLAB_USER_LOGIN").value_or("");

  // A child pipeline of a merge request pipeline has another source, and is about the merge request all the same.
  Status read = Done{};
  if (*source == "merge_request_event" || is_set(environment, "CI_MERGE_REQUEST_IID")) {
    read = merge_request(environment, event);
  } else if (is_branch_source(*source)) {
    read = branch(environment, event);
  } else {
    return Error{Errc::untrusted,
                 "pipeline source '" + source->substr(0, 80) +
                     "' is not known to say which commits are new. "
                     "Use branch or merge request pipelines, or name the commit with --base",
                 {"CI_PIPELINE_SOURCE", {}, {}}};
  }
  if (!read) return read.error();
  event.change_from_outside = event.base.has_value();
  return event;
}

}  // namespace gate::ci
