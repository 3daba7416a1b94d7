#include <algorithm>
#include <iterator>

#include "adapters/ci/service.h"
#include "gate/json/value.h"

namespace gate::ci {
namespace {

Result<std::string> id_at(const json::View& object, std::string_view key) {
  const auto member = object.member(key);
  if (!member) return member.error();
  const auto text = member->as_text();
  return text ? commit_id(*text, member->origin()) : text;
}

// GITHUB_SHA is the merge of base and change that GitHub made for the test: that tree would land, so that tree is
// judged. base.sha may be older than the merge's first parent; then more is judged, never less.
Status pull_request(const json::View& payload, Event& event) {
  const auto request = payload.member("pull_request");
  if (!request) return request.error();
  const auto base = request->member("base"), head = request->member("head");
  if (!base) return base.error();
  if (!head) return head.error();
  const auto base_id = id_at(*base, "sha"), head_id = id_at(*head, "sha");
  if (!base_id) return base_id.error();
  if (!head_id) return head_id.error();
  event.base = *base_id;
  event.tip = *head_id;
  return Done{};
}

Status push(const json::View& payload, Event& event) {
  const auto after = id_at(payload, "after");
  if (!after) return after.error();
  const auto ref = payload.text("ref");
  if (!ref) return ref.error();
  // After an annotated tag it is the tag object, which a checkout need not fetch; GITHUB_SHA is its commit.
  if (!ref->starts_with("refs/tags/")) event.head = *after;
  const auto before = payload.text("before");
  if (!before) return before.error();
  if (is_zero_id(*before)) return Done{};
  const auto base = id_at(payload, "before");
  if (!base) return base.error();
  event.base = *base;
  return Done{};
}

Status merge_group(const json::View& payload, Event& event) {
  const auto group = payload.member("merge_group");
  if (!group) return group.error();
  const auto base = id_at(*group, "base_sha"), head = id_at(*group, "head_sha");
  if (!base) return base.error();
  if (!head) return head.error();
  event.base = *base;
  event.head = *head;
  return Done{};
}

// Started by a person, a clock or a release: the whole of one commit, and no change to compare with.
Status whole_commit(const json::View&, Event&) { return Done{}; }

struct Reader {
  std::string_view event;
  Status (*read)(const json::View& payload, Event& event);
};
constexpr Reader readers[] = {
    {"pull_request", pull_request},
    {"push", push},
    {"merge_group", merge_group},
    {"workflow_dispatch", whole_commit},
    {"schedule", whole_commit},
    {"release", whole_commit},
    {"repository_dispatch", whole_commit},
};

Error refusal(const std::string& event) {
  if (event == "pull_request_target") {
    return {
        Errc::untrusted,
        "pull_request_target runs with the secrets of the base repository, and GITHUB_SHA is the base, not the change: "
        "judging it would pass every change. Use the pull_request event",
        {"GITHUB_EVENT_NAME", {}, {}}};
  }
  return {Errc::untrusted,
          "event '" + event.substr(0, 80) +
              "' is not known to say which commits are new. "
              "Use push, pull_request or merge_group, or name the commit with --base",
          {"GITHUB_EVENT_NAME", {}, {}}};
}

}  // namespace

Result<Event> github_event(const Environment& environment, const ReadFile& read_file) {
  const auto name = variable(environment, "GITHUB_EVENT_NAME");
  if (!name) return name.error();
  const auto reader =
      std::find_if(std::begin(readers), std::end(readers), [&](const Reader& r) { return r.event == *name; });
  if (reader == std::end(readers)) return refusal(*name);

  const auto sha = commit_variable(environment, "GITHUB_SHA");
  if (!sha) return sha.error();
  const auto path = variable(environment, "GITHUB_EVENT_PATH");
  if (!path) return path.error();
  const auto bytes = read_file(*path);
  if (!bytes) return bytes.error();
  const auto payload = json::parse(*bytes, "GITHUB_EVENT_PATH");
  if (!payload) return payload.error();

  Event event;
  event.service = Service::github;
  event.name = *name;
  event.head = *sha;
  event.actor = environment("GITHUB_ACTOR").value_or("");
  if (const Status read = reader->read(json::View(*payload, "GITHUB_EVENT_PATH"), event); !read) return read.error();
  event.change_from_outside = event.base.has_value();
  return event;
}

}  // namespace gate::ci
