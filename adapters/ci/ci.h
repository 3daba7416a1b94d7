// Where the run stands: which event, which commits are new, which commit's policy holds.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate::ci {

using Environment = std::function<std::optional<std::string>(const std::string&)>;
using ReadFile = std::function<Result<std::string>(const std::string&)>;

enum class Service { none, github, gitlab };

// Which commits a run judges and from which commit it reads policy, waivers and trust.
struct Event {
  Service service = Service::none;
  std::string name;                 // "pull_request", "push", "merge_request_event", … or "local"
  std::string head;                 // a revision: the tree to judge
  std::optional<std::string> tip;   // the change's own last commit, where head is a merge that the service made to test
                                    // it: nobody of the team signed that merge, so signatures are judged up to here
  std::optional<std::string> base;  // commit before the change; the policy is read there. Absent: first push, local run
  bool change_from_outside = false;  // pull or merge request, or a push with a known base: policy comes from base
  std::string actor;

  // Somebody asks for a change that nobody has let in yet: what its own build left behind is its own word.
  bool is_change_request() const {
    return name == "pull_request" || name == "merge_group" || name == "merge_request_event";
  }
};

// GitHub: GITHUB_EVENT_NAME and the event file. GitLab: CI_* variables. Neither: a local run at HEAD without base.
// Errors: an event that does not say which commits are new, pull_request_target, a missing or unreadable event file,
// what is no object id. A first push (all zeros before it) has no base; where another base is absent, that is an error.
Result<Event> detect(const Environment& environment, const ReadFile& read_file);

// One line of a pre-push hook's standard input: <local ref> SP <local oid> SP <remote ref> SP <remote oid>,
// githooks(5). The local ref is what the user typed, so it may hold blanks: HEAD@{1 day ago}.
struct PushedRef {
  std::string local_ref, local_oid, remote_ref, remote_oid;
  bool is_delete() const;  // the local oid is all zeros
  bool is_new() const;     // the remote oid is all zeros
};
// No input is no push. Errors: a line of another form, SHA-1 beside SHA-256, a last line without its end.
Result<std::vector<PushedRef>> parse_pre_push(std::string_view input);

// The pre-push hook script: runs `gate hook run` by absolute path. Only a script that is exactly so is ours: one that
// somebody has added to is not, and is not to be removed or replaced.
std::string hook_script(const std::string& gate_path);
bool is_our_hook(std::string_view script);

// GitHub workflow commands, properties and data escaped. A step shows ten errors and ten warnings: of more, the tenth
// says how many there are.
struct Annotation {
  bool is_error = true;
  std::string file;
  int line = 0, column = 0;
  std::string title, message;
};
std::string github_annotations(const std::vector<Annotation>& annotations);

}  // namespace gate::ci
