// SLSA provenance of both versions in common terms, and the seven steps of a verification summary.
#include "adapters/attest/predicate.h"

#include <gtest/gtest.h>

#include "adapters/attest/attest.h"
#include "adapters/attest/subject.h"
#include "gate/model/summary.h"
#include "tests/unit/attest_support.h"

namespace gate::attest {
namespace {

using test::artifact_sha256;
using test::statement;
using test::subject;

const std::string commit(40, 'c');

Result<BuildProvenance> provenance(std::string_view type, const std::string& text) {
  const auto parsed = parse_statement(statement(subject(artifact_sha256), std::string(type), text));
  EXPECT_TRUE(parsed);
  return parsed ? parse_provenance(*parsed) : parsed.error();
}

std::string github(const std::string& uri, const std::string& parameters) {
  return R"({"buildDefinition":{"buildType":"https://actions.github.io/buildtypes/workflow/v1","externalParameters":)" +
         parameters +
         R"(,"internalParameters":{"github":{"event_name":"push","runner_environment":"github-hosted"}},)"
         R"("resolvedDependencies":[{"uri":")" +
         uri + R"(","digest":{"gitCommit":")" + commit +
         R"("}}]},"runDetails":{"builder":{"id":"https://h/o/r/w.yml@refs/heads/main"},)"
         R"("metadata":{"invocationId":"https://h/o/r/actions/runs/1/attempts/1"}}})";
}

TEST(AttestPredicate, ProvenanceV1) {
  const auto read = provenance(
      slsa_provenance_v1, github("git+https://h/o/r@refs/tags/v1",
                                 R"({"workflow":{"path":"w.yml","ref":"refs/tags/v1"},"a/b~c":[1,true,null,{},[]]})"));
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->source, "https://h/o/r");
  EXPECT_EQ(read->ref, "refs/tags/v1");
  EXPECT_EQ(read->commit, commit);
  EXPECT_EQ(read->workflow, "w.yml");
  EXPECT_EQ(read->trigger, "push");
  EXPECT_EQ(read->runner, "github-hosted");
  EXPECT_EQ(read->invocation, "https://h/o/r/actions/runs/1/attempts/1");
  const TextMap expected{{"/workflow/path", "w.yml"}, {"/workflow/ref", "refs/tags/v1"},
                         {"/a~1b~0c/0", "1"},         {"/a~1b~0c/1", "true"},
                         {"/a~1b~0c/2", "null"},      {"/a~1b~0c/3", "{}"},
                         {"/a~1b~0c/4", "[]"}};
  EXPECT_EQ(read->parameters, expected);
}

TEST(AttestPredicate, AnAtSignOfAUserIsNoRef) {
  for (const auto& [uri, source, ref] :
       {std::tuple{"git+ssh://git@h/o/r", "ssh://git@h/o/r", ""},
        std::tuple{"git+ssh://git@h/o/r@refs/heads/a@b", "ssh://git@h/o/r", "refs/heads/a@b"},
        std::tuple{"git+https://h/o/r", "https://h/o/r", ""}, std::tuple{"https://h", "https://h", ""}}) {
    const auto read = provenance(slsa_provenance_v1, github(uri, "{}"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->source, source);
    EXPECT_EQ(read->ref, ref);
  }
}

std::string old(const std::string& invocation, const std::string& materials) {
  return R"({"builder":{"id":"https://h/b"},"buildType":"https://h/t","invocation":)" + invocation +
         R"(,"materials":)" + materials + R"(,"metadata":{"buildInvocationID":"7-1"}})";
}

TEST(AttestPredicate, ProvenanceV02) {
  const auto read =
      provenance(slsa_provenance_v0_2,
                 old(R"({"configSource":{"uri":"git+https://h/o/r@refs/heads/main","digest":{"sha1":")" + commit +
                         R"("},"entryPoint":"w.yml"},"parameters":{"x":"y"},)"
                         R"("environment":{"github_event_name":"push"}})",
                     "[]"));
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->builder, "https://h/b");
  EXPECT_EQ(read->source + " " + read->ref + " " + read->commit, "https://h/o/r refs/heads/main " + commit);
  EXPECT_EQ(read->workflow + " " + read->trigger + " " + read->invocation, "w.yml push 7-1");
  EXPECT_EQ(read->parameters, (TextMap{{"/configSource/entryPoint", "w.yml"}, {"/parameters/x", "y"}}));

  const auto by_material =
      provenance(slsa_provenance_v0_2, old("{}", R"([{"uri":"docker://image","digest":{"sha256":"aa"}},)"
                                                 R"({"uri":"git+https://h/o/r","digest":{"sha1":")" +
                                                     commit + R"("}}])"));
  ASSERT_TRUE(by_material);
  EXPECT_EQ(by_material->source + " " + by_material->commit, "https://h/o/r " + commit);
}

TEST(AttestPredicate, BrokenProvenanceV02) {
  for (const std::string bad :
       {R"({"buildType":"t"})", R"({"builder":{"id":""},"buildType":"t"})", R"({"builder":{"id":"b"}})",
        R"({"builder":{"id":"b"},"buildType":"t","invocation":{"parameters":[]}})",
        R"({"builder":{"id":"b"},"buildType":"t","materials":{}})",
        R"({"builder":{"id":"b"},"buildType":"t","materials":[{"uri":"u","digest":{"sha1":"main"}}]})", "[]", "null"}) {
    EXPECT_FALSE(provenance(slsa_provenance_v0_2, bad)) << bad;
  }
}

// A long key over many children would be a long pointer many times over.
TEST(AttestPredicate, ParametersAreCapped) {
  std::string children;
  for (int i = 0; i < 2'000; ++i) children += (i ? ",\"" : "\"") + std::to_string(i) + "\":1";
  const std::string parameters = "{\"" + std::string(100'000, 'k') + "\":{" + children + "}}";
  const auto read = provenance(slsa_provenance_v1, github("git+https://h/o/r", parameters));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::too_large);
  EXPECT_EQ(read.error().where.at, "/predicate/buildDefinition/externalParameters");
}

struct SummaryText {
  std::string type = std::string(slsa_summary_v1), verifier = R"({"id":"https://v"})",
              resource = R"("pkg:generic/app")", policy = R"({"uri":"https://p"})", result = R"("PASSED")",
              levels = R"(["SLSA_BUILD_LEVEL_3"])";
  std::string text() const {
    return R"({"verifier":)" + verifier + R"(,"timeVerified":"2026-01-01T00:00:00Z","resourceUri":)" + resource +
           R"(,"policy":)" + policy + R"(,"verificationResult":)" + result + R"(,"verifiedLevels":)" + levels +
           R"(,"dependencyLevels":{},"slsaVersion":"1.1"})";
  }
};

class AttestSummary : public testing::Test {
 protected:
  static void SetUpTestSuite() { signers_ = std::make_unique<test::Signers>(); }
  static void TearDownTestSuite() { signers_.reset(); }

  // The first step that fails; "": none does; "-": there is no verified statement to look at.
  static std::string first_failure(const SummaryText& summary, const std::string& subjects = subject(artifact_sha256),
                                   const std::string& signer = "ed25519") {
    Trust trust;
    trust.keys = {signers_->key("ed25519", "verifier"), signers_->key("p256", "other")};
    Check reasons{.code = "attestation", .what = "test"};
    const auto batch = verify(
        "dsse", {signers_->envelope(signer, statement(subjects, summary.type, summary.text())), {"vsa.json", {}, {}}},
        trust, {"app", artifact_sha256}, reasons);
    if (!batch || batch->facts.of<VerifiedStatement>().empty()) return "-" + reasons.first_problem()->code;
    const model::SummaryTerms terms{{{"https://v", "verifier", {}}}, "pkg:generic/app", "SLSA_BUILD_LEVEL_2"};
    const Check check = model::check_summary(batch->facts.of<VerifiedStatement>().front(), terms);
    return check.is_ok() ? "" : check.first_problem()->code;
  }

 private:
  static inline std::unique_ptr<test::Signers> signers_;
};

// V34: each of the seven steps, broken alone.
TEST_F(AttestSummary, EachStepIsNeeded) {
  EXPECT_EQ(first_failure({}), "");
  EXPECT_EQ(first_failure({}, subject(artifact_sha256), "p384"), "-signers-missing");
  EXPECT_EQ(first_failure({}, subject(test::other_sha256)), "-wrong-subject");
  EXPECT_EQ(first_failure({.type = "https://slsa.dev/verification_summary/v0.2"}), "-statement-malformed");
  EXPECT_EQ(first_failure({.type = "https://example.org/summary"}), "summary-type-mismatch");
  EXPECT_EQ(first_failure({.verifier = R"({"id":"https://w"})"}), "summary-verifier-mismatch");
  EXPECT_EQ(first_failure({}, subject(artifact_sha256), "p256"), "summary-signer-mismatch");
  EXPECT_EQ(first_failure({.resource = R"("pkg:generic/app2")"}), "summary-resource-mismatch");
  EXPECT_EQ(first_failure({.result = R"("FAILED")"}), "summary-result-mismatch");
  EXPECT_EQ(first_failure({.levels = R"(["SLSA_BUILD_LEVEL_1"])"}), "summary-level-too-low");
}

TEST_F(AttestSummary, HigherLevelsOfTheSameTrackImplyLower) {
  EXPECT_EQ(first_failure({.levels = R"(["SLSA_BUILD_LEVEL_2"])"}), "");
  EXPECT_EQ(first_failure({.levels = R"(["SLSA_BUILD_LEVEL_4","ORG_X"])"}), "");
  for (const std::string low :
       {R"([])", R"(["SLSA_SOURCE_LEVEL_3"])", R"(["SLSA_BUILD_LEVEL_UNEVALUATED"])", R"(["SLSA_BUILD_LEVEL_22"])",
        R"(["slsa_build_level_3"])", R"(["SLSA_BUILD_LEVEL_"])"}) {
    EXPECT_EQ(first_failure({.levels = low}), "summary-level-too-low") << low;
  }
}

TEST_F(AttestSummary, MalformedOnesAreRefused) {
  const std::vector<SummaryText> bad{{.verifier = "{}"},
                                     {.verifier = R"({"id":""})"},
                                     {.resource = R"("")"},
                                     {.policy = "[]"},
                                     {.result = R"("passed")"},
                                     {.result = "true"},
                                     {.levels = "{}"},
                                     {.levels = R"([""])"},
                                     {.levels = "[3]"},
                                     {.levels = R"(["SLSA_BUILD_LEVEL_1","SLSA_BUILD_LEVEL_3"])"},
                                     {.levels = R"(["ORG_X","ORG_X"])"}};
  for (const SummaryText& each : bad) EXPECT_EQ(first_failure(each), "-statement-malformed") << each.text();
}

TEST(AttestSubject, DigestSets) {
  const std::string a(128, 'a'), b(128, 'b');
  const Expectation file{.subject_path = "app", .subject_sha256 = artifact_sha256, .subject_sha512 = a};
  const auto match = [&](const std::string& digests, const Expectation& expected) {
    const auto parsed = parse_statement(statement(R"({"digest":{)" + digests + "}}"));
    EXPECT_TRUE(parsed) << digests;
    return match_subject(*parsed, expected).match;
  };
  const std::string sha256 = R"("sha256":")" + artifact_sha256 + '"', sha1 = R"("sha1":")" + std::string(40, 'a') + '"';
  EXPECT_EQ(match(sha256, file), SubjectMatch::matched);
  EXPECT_EQ(match(R"("sha512":")" + a + '"', file), SubjectMatch::matched);
  EXPECT_EQ(match(sha256 + R"(,"sha512":")" + a + '"', file), SubjectMatch::matched);
  EXPECT_EQ(match(sha256 + "," + sha1, file), SubjectMatch::matched);
  // One that is not equal outweighs one that is.
  EXPECT_EQ(match(sha256 + R"(,"sha512":")" + b + '"', file), SubjectMatch::other);
  EXPECT_EQ(match(R"("sha384":")" + std::string(96, 'a') + '"', file), SubjectMatch::unknown);
  // V33
  EXPECT_EQ(match(sha1, file), SubjectMatch::weak);
  EXPECT_EQ(match(R"("md5":")" + std::string(32, 'a') + '"', file), SubjectMatch::weak);
  EXPECT_EQ(match(R"("SHA256":")" + artifact_sha256 + '"', file), SubjectMatch::weak);

  const Expectation head{.subject_path = "HEAD", .subject_sha256 = {}, .commit = commit};
  EXPECT_EQ(match(R"("gitCommit":")" + commit + '"', head), SubjectMatch::matched);
  EXPECT_EQ(match(R"("gitCommit":")" + std::string(40, 'd') + '"', head), SubjectMatch::other);
  EXPECT_EQ(match(R"("sha1":")" + commit + '"', head), SubjectMatch::weak);
  EXPECT_EQ(match(sha256, head), SubjectMatch::weak);
  EXPECT_EQ(match(R"("gitCommit":")" + commit + '"', file), SubjectMatch::weak);
}

}  // namespace
}  // namespace gate::attest
