// Parameters of a rule, typed as its spec says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/core/rule.h"
#include "gate/policy/complaint.h"
#include "gate/policy/reader.h"
#include "gate/policy/yaml.h"

namespace gate::policy {

// The field that every record has.
inline constexpr std::string_view record_identity = "name";
// What a record is known by: no two of one parameter share it, and an entry of a policy replaces a list's.
std::string identity(const Value& record, const ParamSpec& spec);

std::string_view name(ParamType type);
std::optional<ParamType> parse_param_type(std::string_view text);

std::optional<Value> read_param(const Node& node, const ParamSpec& spec, Complaints& complaints);

// Takes the parameters that a map gives out of it; the others of the spec keep their absence.
Map read_params(MapReader& map, const RuleSpec& spec, Complaints& complaints);

// Whether a texts parameter names lists for one of records.
bool names_lists(const RuleSpec& spec, std::string_view param);

}  // namespace gate::policy
