#include <algorithm>

#include "adapters/ci/service.h"

namespace gate::ci {

bool is_object_id(std::string_view text) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return (text.size() == 40 || text.size() == 64) && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_zero_id(std::string_view text) { return is_object_id(text) && text.find_first_not_of('0') == text.npos; }

Result<std::string> commit_id(const std::string& text, Origin where) {
  if (!is_object_id(text)) return Error{Errc::malformed, "no object id: " + text.substr(0, 80), std::move(where)};
  if (is_zero_id(text)) return Error{Errc::empty, "all zeros: there is no commit to judge", std::move(where)};
  return text;
}

Result<std::string> variable(const Environment& environment, const std::string& name) {
  auto value = environment(name);
  if (!value || value->empty()) return Error{Errc::not_found, "the environment variable is not set", {name, {}, {}}};
  return *std::move(value);
}

Result<std::string> commit_variable(const Environment& environment, const std::string& name) {
  const auto value = variable(environment, name);
  return value ? commit_id(*value, {name, {}, {}}) : value;
}

Result<Event> detect(const Environment& environment, const ReadFile& read_file) {
  const bool github = environment("GITHUB_ACTIONS") == "true";
  const bool gitlab = environment("GITLAB_CI") == "true";
  if (github && gitlab) {
    return Error{Errc::malformed, "GITHUB_ACTIONS and GITLAB_CI are both set: whose event is this?", {}};
  }
  if (github) return github_event(environment, read_file);
  if (gitlab) return gitlab_event(environment);
  Event event;
  event.name = "local";
  event.head = "HEAD";
  return event;
}

}  // namespace gate::ci
