// No bundle crashes the verifier, and none becomes a fact but what the key of the corpus signed.
#include <cstdint>
#include <cstdlib>

#include "adapters/attest/attest.h"
#include "adapters/attest/predicate.h"

namespace {

using namespace gate;

const attest::Trust& trust() {
  static const attest::Trust all{
      .keys = {
          {"release",
           {"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA86vMRMe732x5eopSdiXq7Et8p2OUvnRDGY6maN3M1fg=\n-----END PUBLIC "
            "KEY-----\n",
            {"release.pub", {}, {}}}}}};
  return all;
}

void check(const FactBatch& batch) {
  const auto& facts = batch.facts.of<VerifiedStatement>();
  if (facts.empty() && batch.coverage.at(FactKind::statement) != Coverage::absent) std::abort();
  if (!batch.problems.empty() && batch.coverage.at(FactKind::statement) == Coverage::complete) std::abort();
  for (const VerifiedStatement& fact : facts) {
    const bool signed_by_us =
        fact.builder() == "https://ci.example.org/release" || fact.predicate_type() == "https://example.org/x";
    if (!signed_by_us || fact.signers().size() != 1) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Check reasons{.code = "attestation", .what = "fuzz"};
  const auto batch =
      attest::verify("dsse", {bytes, {"bundle", {}, {}}}, trust(), {"app", std::string(64, 'a')}, reasons);
  if (batch) check(*batch);
  if (reasons.is_ok() != (batch && batch->coverage.at(FactKind::statement) == Coverage::complete)) std::abort();
  // As if the bytes had been signed.
  if (const auto statement = attest::parse_statement(bytes)) {
    (void)static_cast<bool>(attest::parse_provenance(*statement));
    (void)static_cast<bool>(attest::parse_summary(*statement));
  }
  return 0;
}
