// in-toto Statement v1 and SLSA provenance v1, read from bytes whose signature was verified.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"
#include "gate/json/value.h"

namespace gate::attest {

inline constexpr std::string_view slsa_provenance_v1 = "https://slsa.dev/provenance/v1";

// https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
struct Statement {
  std::string predicate_type;
  std::vector<std::string> subjects;  // SHA-256, lower-case hex; empty text where a subject has other digests only
  json::Value predicate;              // null where the statement has none

  // A subject is matched by its digest alone; names are labels.
  bool is_about(std::string_view sha256) const;
};

// Errors point into the statement ("/subject/0/digest").
Result<Statement> parse_statement(std::string_view payload);

// https://slsa.dev/spec/v1.0/provenance
struct Provenance {
  std::string builder, build_type;
  std::string source, commit;  // the first resolved dependency with a gitCommit; empty where there is none
};

// Nothing but the type for statements of another kind. Older SLSA provenance: unsupported_version.
Result<Provenance> parse_provenance(const Statement& statement);

}  // namespace gate::attest
