// in-toto Statement v0.1 and v1, read from bytes whose signature was verified.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gate/core/result.h"
#include "gate/json/value.h"

namespace gate::attest {

// A ResourceDescriptor as far as it counts: names are labels.
struct Subject {
  std::vector<std::pair<std::string, std::string>> digests;  // algorithm and value, as they stand there; not empty
  std::vector<std::string> source_refs;                      // annotations.sourceRefs of a source summary, sorted
};

// https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and …/spec/v0.1.0/README.md
struct Statement {
  std::string predicate_type;
  std::vector<Subject> subjects;  // 1 to 10,000
  json::Value predicate;          // null where the statement has none
};

// Errors point into the statement ("/subject/0/digest").
Result<Statement> parse_statement(std::string_view payload);

// Text that names something: there, not empty, fit to be shown.
Result<std::string> name_at(const json::View& parent, std::string_view key);
// The same, empty where it is absent.
Result<std::string> name_or_none(const json::View& parent, std::string_view key);
bool is_lower_hex(std::string_view text);
bool is_commit_id(std::string_view text);  // SHA-1 or SHA-256, whole

}  // namespace gate::attest
