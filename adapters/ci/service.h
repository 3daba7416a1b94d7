// What the services have in common. Private to this folder.
#pragma once

#include "adapters/ci/ci.h"

namespace gate::ci {

bool is_object_id(std::string_view text);  // SHA-1 or SHA-256 in lower-case hexadecimal digits
bool is_zero_id(std::string_view text);    // the object id that git writes for "none"

// A revision from outside goes to git as an object id or not at all.
Result<std::string> commit_id(const std::string& text, Origin where);
Result<std::string> variable(const Environment& environment, const std::string& name);
Result<std::string> commit_variable(const Environment& environment, const std::string& name);

Result<Event> github_event(const Environment& environment, const ReadFile& read_file);
Result<Event> gitlab_event(const Environment& environment);

}  // namespace gate::ci
