#include <fmt/format.h>

#include "gate/core/policy.h"
#include "rules/provenance/about.h"

namespace gate::rules {
namespace {

const std::string* text_of(const Value& record, std::string_view key) {
  const Value* value = record.find(key);
  return value ? value->text() : nullptr;
}

bool allows(const Value& record, const std::string& pointer, const std::string& value) {
  const std::string* name = text_of(record, "name");
  if (!name || *name != pointer) return false;
  const std::string *exact = text_of(record, "value"), *glob = text_of(record, "glob");
  return (!exact || *exact == value) && (!glob || glob_matches(*glob, value));
}

bool is_allowed(const List& allowed, const std::string& pointer, const std::string& value) {
  for (const Value& record : allowed) {
    if (allows(record, pointer, value)) return true;
  }
  return false;
}

}  // namespace

// https://slsa.dev/spec/v1.0/verifying-artifacts, step 3: parameters that nobody expects SHOULD fail.
Judged provenance_unexpected_parameter(const FactSet& facts, const Params& params) {
  const List& allowed = params.records("allowed");
  Judged out;
  for (const Artifact& artifact : facts.all<Artifact>()) {
    ++out.examined;
    const auto provenances = provenances_of(artifact, facts);
    if (provenances.empty()) out.lacking.push_back(no_provenance(artifact));
    for (const VerifiedStatement* statement : provenances) {
      for (const auto& [pointer, value] : statement->build().parameters) {
        const bool good = is_allowed(allowed, pointer, value);
        (good ? out.in_favour : out.against)
            .push_back(about(artifact,
                             fmt::format("{} was built with {} = '{}', which the policy {}", artifact.path, pointer,
                                         value, good ? "allows" : "does not allow"),
                             statement->origin, {{"parameter", pointer}}));
      }
    }
  }
  return out;
}

}  // namespace gate::rules
