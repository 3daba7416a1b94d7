// YAML to Policy. libyaml stays inside the .cpp files.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gate/core/framework.h"
#include "gate/core/policy.h"
#include "gate/core/result.h"
#include "gate/core/rule.h"

namespace gate::policy {

// One complaint about a policy file, with the line and a caret under the place.
struct Complaint {
  Position at;
  std::string what;        // "unknown parameter 'maximum' for sca/known-vulnerability"
  std::string suggestion;  // "did you mean 'max_severity'?"; may be empty
  std::string line;        // the source line
};
std::string describe(const Complaint& complaint);  // three lines: place and text, source line, caret

// What the loader may look up; the app brings it. Paths are relative to the project's root.
struct Sources {
  std::function<Result<std::string>(const std::string& path)> read;               // a policy file's bytes
  std::function<const std::string_view*(std::string_view name)> embedded_policy;  // "default" → bytes, or null
  std::function<const std::string_view*(std::string_view name)> embedded_list;    // "c-unsafe" → bytes, or null
  std::vector<std::string> embedded_policy_names, embedded_list_names;            // for suggestions
  std::function<const RuleSpec*(std::string_view id)> spec;                       // of a rule, or null
  std::vector<std::string> rule_ids;                                              // for suggestions
  std::vector<std::string> formats;                                               // names of the report adapters
  std::vector<std::string> attestation_formats;                                   // names of the carriers
  Instant now{};                                                                  // for the length of waivers
};

// The policy, or all complaints of all files at once, sorted by place. `name_or_path`: an embedded policy's name, or a
// file. What a policy extends comes first, in the order listed, each file once; then every key of its own under inputs,
// trust and each rule replaces theirs, and waivers add up. At last the specs' defaults fill in what nobody gave.
using Loaded = std::variant<Policy, std::vector<Complaint>>;
Loaded load(const std::string& name_or_path, const Sources& sources);

Result<RuleSpec> parse_spec(std::string_view id, std::string_view yaml);
Result<Framework> parse_framework(std::string_view file, std::string_view yaml);

// JSON Schema (draft 2020-12) of a policy file, derived from the specs.
std::string schema(const std::vector<RuleSpec>& specs, const std::vector<std::string>& formats,
                   const std::vector<std::string>& attestation_formats, const std::vector<std::string>& lists);

}  // namespace gate::policy
