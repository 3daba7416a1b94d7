// As if the bytes had been signed: no statement, provenance or summary crashes the readers, and what they accept has
// what rules rely on.
#include <cstdint>
#include <cstdlib>

#include "adapters/attest/predicate.h"
#include "adapters/attest/subject.h"
#include "gate/core/fact.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gate;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto statement = attest::parse_statement(bytes);
  if (!statement) return 0;
  if (statement->subjects.empty() || statement->subjects.size() > 10'000) std::abort();

  const attest::Expectation file{"app", std::string(64, 'a')};
  const auto tally = attest::match_subject(*statement, file);
  const bool named = bytes.find(file.subject_sha256) != std::string::npos || bytes.find('\\') != std::string::npos;
  if (tally.match == attest::SubjectMatch::matched && !named) std::abort();

  const auto build = attest::parse_provenance(*statement);
  const bool slsa = statement->predicate_type.starts_with("https://slsa.dev/provenance/");
  if (build && build->builder.empty() == slsa) std::abort();
  if (build && !build->commit.empty() && !attest::is_commit_id(build->commit)) std::abort();

  const auto summary = attest::parse_summary(*statement);
  if (summary && !summary->verifier.empty() && summary->result != "PASSED" && summary->result != "FAILED") std::abort();
  return 0;
}
