#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "gate/app/attestations.h"
#include "gate/app/trust_root.h"
#include "gate/app/verify.h"
#include "gate/host/host.h"
#include "gate/model/summary.h"

namespace gate::app {
namespace {

constexpr const char* provenance_clause = "SLSA v1.0, verifying artifacts";

int wrong_usage(const char* what) {
  std::fprintf(stderr, "gate: %s\n", what);
  return 2;
}

Result<Document> read_small(const std::string& path) { return host::read_file(path, 16u << 20); }

// minisign and signify have keys in a form of their own.
std::string key_format(const std::string& attestation_format) {
  const bool own = std::ranges::find(key_formats, attestation_format) != key_formats.end();
  return own ? attestation_format : "pem";
}

Result<attest::Trust> read_trust(const VerifyArtifactOptions& options) {
  attest::Trust trust;
  trust.threshold = static_cast<std::size_t>(options.threshold);
  for (const std::string& path : options.keys) {
    auto pem = read_small(path);
    if (!pem) return pem.error();
    trust.keys.push_back({path, std::move(*pem), key_format(options.format)});
  }
  if (options.identity.empty()) return trust;
  trust.identities.push_back({options.identity, options.issuer});
  auto root = load_trust_root(options.trusted_root.empty() ? "public-good" : options.trusted_root, read_small);
  if (!root) return root.error();
  trust.root = std::move(*root);
  return trust;
}

void compare(Check& check, const std::string& code, const std::string& expected, const std::string& got) {
  if (expected.empty()) return;
  if (expected == got) {
    check.passed(code, got, provenance_clause);
  } else {
    check.differs(code + "-mismatch", got.empty() ? "it does not say" : "it says another", expected, got,
                  provenance_clause);
  }
}

// What the predicate says, and what the certificate says as well: both have to be as expected.
void compare_source(Check& check, const std::string& code, const std::string& expected, const std::string& predicate,
                    const std::string& certified) {
  compare(check, code, expected, predicate.empty() ? certified : predicate);
  if (!predicate.empty() && !certified.empty()) compare(check, code, expected, certified);
}

bool asks_for_provenance(const VerifyArtifactOptions& options) {
  return !(options.builder + options.repository + options.ref + options.tag + options.commit).empty();
}

void check_provenance(const VerifiedStatement& statement, const VerifyArtifactOptions& options, Check& parent) {
  const BuildProvenance& build = statement.build();
  const SignerCertificate& certificate = statement.certificate();
  Check check{.code = "provenance", .what = "it was built as expected", .where = statement.origin};
  compare(check, "builder", options.builder, build.builder);
  compare_source(check, "repository", options.repository, build.source, certificate.source_repository_uri);
  compare_source(check, "ref", options.ref, build.ref, certificate.source_repository_ref);
  compare_source(check, "tag", options.tag.empty() ? "" : "refs/tags/" + options.tag, build.ref,
                 certificate.source_repository_ref);
  compare_source(check, "commit", options.commit, build.commit, certificate.source_repository_digest);
  parent.add(std::move(check));
}

void check_statements(const std::vector<VerifiedStatement>& statements, const VerifyArtifactOptions& options,
                      Check& check) {
  std::size_t provenances = 0, summaries = 0;
  for (const VerifiedStatement& statement : statements) {
    provenances += statement.is_provenance();
    summaries += statement.is_summary();
    if (statement.is_provenance() && asks_for_provenance(options)) check_provenance(statement, options, check);
    if (statement.is_summary() && !options.verifier.empty()) {
      model::SummaryTerms terms{{}, options.resource, options.level};
      for (const std::string& key : options.keys) terms.verifiers.push_back({options.verifier, key, {}});
      if (!options.identity.empty()) terms.verifiers.push_back({options.verifier, {}, options.identity});
      check.add(model::check_summary(statement, terms));
    }
  }
  if (asks_for_provenance(options) && provenances == 0)
    check.failed("no-provenance", "none of what verified is provenance", provenance_clause);
  if (!options.verifier.empty() && summaries == 0)
    check.failed("no-summary", "none of what verified is a verification summary", "SLSA VSA v1");
}

// Every file that was named counts: one that verifies heals none that does not.
Result<std::vector<VerifiedStatement>> verify_all(const VerifyArtifactOptions& options, const HashedFile& file,
                                                  const attest::Trust& trust, Check& check) {
  std::vector<VerifiedStatement> statements;
  attest::Expectation expectation = expect_file(options.artifact, file);
  expectation.skip_others = options.skip_others;
  expectation.package = options.package;
  std::size_t verified = 0;
  for (const std::string& path : options.attestations) {
    const auto document = read_small(path);
    if (!document) return document.error();
    Check one{.code = "attestation", .what = path, .where = document->origin};
    const auto batch =
        attest::verify(options.format.empty() ? "dsse" : options.format, *document, trust, expectation, one);
    const bool complete = batch && batch->coverage.at(FactKind::statement) == Coverage::complete;
    if (batch && one.is_ok() && !complete) one.failed("incomplete", "not all of it could be verified");
    if (complete && one.is_ok()) ++verified;
    if (batch) std::ranges::copy(batch->facts.of<VerifiedStatement>(), std::back_inserter(statements));
    check.add(std::move(one));
  }
  const std::string expected = std::to_string(options.attestations.size()), got = std::to_string(verified);
  if (expected == got) {
    check.passed("complete", fmt::format("{} of {} attestations verified", got, expected));
  } else {
    check.differs("incomplete", "not every attestation verified", expected, got);
  }
  return statements;
}

}  // namespace

int verify_artifact(const VerifyArtifactOptions& options) {
  if (options.identity.empty() != options.issuer.empty())
    return wrong_usage("--certificate-identity and --certificate-oidc-issuer go together");
  if (options.keys.empty() && options.identity.empty())
    return wrong_usage("say whose signature counts: --key, or --certificate-identity and --certificate-oidc-issuer");
  if (options.verifier.empty() != options.resource.empty() || options.verifier.empty() != options.level.empty())
    return wrong_usage("--verifier, --resource and --level go together");
  const auto file = hash_artifact(options.artifact);
  if (!file) return could_not_look(options.artifact, file.error(), options.telling);
  const auto trust = read_trust(options);
  if (!trust) return could_not_look(options.artifact, trust.error(), options.telling);
  Check check{.code = "artifact", .what = options.artifact + ", sha256 " + file->sha256};
  const auto statements = verify_all(options, *file, *trust, check);
  if (!statements) return could_not_look(options.artifact, statements.error(), options.telling);
  check_statements(*statements, options, check);
  return print_verification(check, options.telling);
}

}  // namespace gate::app
