#include "adapters/attest/statement.h"

#include "adapters/attest/predicate.h"
#include "adapters/attest/subject.h"

#include <gtest/gtest.h>

#include "tests/unit/attest_support.h"

namespace gate::attest {
namespace {

using test::artifact_sha256;
using test::other_sha256;
using test::predicate;
using test::slsa_v1;
using test::statement;
using test::subject;

bool is_about(const Statement& statement, const std::string& sha256) {
  return match_subject(statement, Expectation{"app", sha256}).match == SubjectMatch::matched;
}

Error refused(const std::string& payload) {
  const auto parsed = parse_statement(payload);
  EXPECT_FALSE(parsed) << payload;
  return parsed ? Error{} : parsed.error();
}

Error refused_predicate(const std::string& text, const std::string& type = slsa_v1) {
  const auto parsed = parse_statement(statement(subject(artifact_sha256), type, text));
  EXPECT_TRUE(parsed);
  const auto provenance = parse_provenance(*parsed);
  EXPECT_FALSE(provenance) << text;
  return provenance ? Error{} : provenance.error();
}

TEST(AttestStatement, ReadsAStatementAndItsProvenance) {
  const auto parsed = parse_statement(statement(subject(other_sha256) + "," + subject(artifact_sha256)));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->predicate_type, slsa_v1);
  EXPECT_TRUE(is_about(*parsed, artifact_sha256));
  EXPECT_TRUE(is_about(*parsed, other_sha256));
  EXPECT_FALSE(is_about(*parsed, std::string(64, 'c')));
  EXPECT_FALSE(is_about(*parsed, ""));
  const auto provenance = parse_provenance(*parsed);
  ASSERT_TRUE(provenance);
  EXPECT_EQ(provenance->builder, "https://ci.example.org/release");
  EXPECT_EQ(provenance->build_type, "https://example.org/make/v1");
  EXPECT_EQ(provenance->source, "https://example.org/app");
  EXPECT_EQ(provenance->ref, "");
  EXPECT_EQ(provenance->parameters, (TextMap{{"/ref", "main"}}));
  EXPECT_EQ(provenance->commit, "0123456789012345678901234567890123456789");
}

TEST(AttestStatement, OtherVersionsAreNamed) {
  const Error old =
      refused(statement(subject(artifact_sha256), slsa_v1, predicate(), "https://in-toto.io/Statement/v0.2"));
  EXPECT_EQ(old.code, Errc::unsupported_version);
  EXPECT_EQ(old.where.at, "/_type");
  EXPECT_NE(old.what.find("v0.2"), std::string::npos);
  EXPECT_TRUE(
      parse_statement(statement(subject(artifact_sha256), slsa_v1, predicate(), "https://in-toto.io/Statement/v0.1")));
  EXPECT_EQ(refused(statement(subject(artifact_sha256), slsa_v1, predicate(), test::statement_v1 + "/")).code,
            Errc::unsupported_version);
  for (const std::string type : {"https://slsa.dev/provenance/v0.1", "https://slsa.dev/provenance/v2",
                                 "https://slsa.dev/provenance/v1/", "https://slsa.dev/provenance/V1"}) {
    const Error error = refused_predicate(predicate(), type);
    EXPECT_EQ(error.code, Errc::unsupported_version) << type;
    EXPECT_EQ(error.where.at, "/predicateType");
  }
}

// V33, S10: what has no strong digest is not compared.
TEST(AttestStatement, SubjectsNeedDigests) {
  EXPECT_EQ(refused(statement("")).code, Errc::empty);
  EXPECT_EQ(refused(statement(R"({"name":"a"})")).code, Errc::not_found);
  EXPECT_EQ(refused(statement(R"({"name":"a","digest":{}})")).where.at, "/subject/0/digest");
  EXPECT_EQ(refused(statement(R"({"digest":{"sha256":7}})")).code, Errc::malformed);
  EXPECT_EQ(refused(statement(R"({"digest":{"sha256":"aa"}})")).code, Errc::malformed);
  EXPECT_EQ(refused(statement(subject(std::string(64, 'A')))).code, Errc::malformed);
  EXPECT_EQ(refused(statement(subject(artifact_sha256) + R"(,{"name":"no digest"})")).where.at, "/subject/1");
  const auto weak = parse_statement(statement(R"({"digest":{"sha1":")" + std::string(40, 'a') +
                                              R"("}},{"digest":{"SHA256":")" + artifact_sha256 + R"("}})"));
  ASSERT_TRUE(weak);
  EXPECT_FALSE(is_about(*weak, artifact_sha256));
  EXPECT_FALSE(is_about(*weak, ""));
}

TEST(AttestStatement, SubjectsAreCapped) {
  const auto many = [](int count) {
    std::string list = subject(artifact_sha256);
    for (int i = 1; i < count; ++i) list += "," + subject(other_sha256);
    return statement(list);
  };
  EXPECT_TRUE(parse_statement(many(10'000)));
  EXPECT_EQ(refused(many(10'001)).code, Errc::too_large);
}

// V20: two readers of one statement must see one statement.
TEST(AttestStatement, TheReaderIsStrict) {
  EXPECT_EQ(refused(R"({"_type":"https://in-toto.io/Statement/v1","_type":"x","subject":[],"predicateType":"t"})").code,
            Errc::malformed);
  EXPECT_EQ(refused(statement(R"({"digest":{"sha256":")" + artifact_sha256 + R"(","sha\u003256":")" + other_sha256 +
                              R"("}})"))
                .code,
            Errc::malformed);
  EXPECT_EQ(refused(statement() + "{}").code, Errc::malformed);
  EXPECT_EQ(refused(statement().substr(0, 100)).code, Errc::malformed);
  EXPECT_EQ(refused("").code, Errc::malformed);
  EXPECT_EQ(refused(R"({"_Type":"https://in-toto.io/Statement/v1"})").code, Errc::not_found);
  EXPECT_EQ(refused(statement(subject(artifact_sha256), "")).where.at, "/predicateType");
  EXPECT_EQ(refused(statement(subject(artifact_sha256), "bad\\u001b[0m")).code, Errc::malformed);
}

TEST(AttestStatement, ProvenanceNeedsItsFields) {
  const std::string build = R"("buildDefinition":{"buildType":"t","externalParameters":{}})";
  const std::string run = R"("runDetails":{"builder":{"id":"b"}})";
  const auto minimal = parse_statement(statement(subject(artifact_sha256), slsa_v1, "{" + build + "," + run + "}"));
  ASSERT_TRUE(minimal);
  ASSERT_TRUE(parse_provenance(*minimal));
  EXPECT_EQ(parse_provenance(*minimal)->source + parse_provenance(*minimal)->commit, "");

  EXPECT_EQ(refused_predicate("{" + run + "}").where.at, "/predicate");
  EXPECT_EQ(refused_predicate("{" + build + "}").where.at, "/predicate");
  EXPECT_EQ(refused_predicate("null").code, Errc::malformed);
  EXPECT_EQ(refused_predicate("[]").code, Errc::malformed);
  EXPECT_EQ(refused_predicate(R"({"buildDefinition":{"externalParameters":{}},)" + run + "}").where.at,
            "/predicate/buildDefinition");
  EXPECT_EQ(refused_predicate(R"({"buildDefinition":{"buildType":"t"},)" + run + "}").where.at,
            "/predicate/buildDefinition");
  EXPECT_EQ(refused_predicate(R"({"buildDefinition":{"buildType":"t","externalParameters":[]},)" + run + "}").code,
            Errc::malformed);
  EXPECT_EQ(refused_predicate("{" + build + R"(,"runDetails":{}})").where.at, "/predicate/runDetails");
  EXPECT_EQ(refused_predicate(predicate("{}")).where.at, "/predicate/runDetails/builder");
  EXPECT_EQ(refused_predicate(predicate(R"({"id":""})")).where.at, "/predicate/runDetails/builder/id");
  EXPECT_EQ(refused_predicate(predicate(R"({"id":["https://ci.example.org/release"]})")).code, Errc::malformed);
  EXPECT_EQ(refused_predicate(predicate(R"({"id":"x\u0000y"})")).code, Errc::malformed);
  EXPECT_EQ(refused_predicate(predicate(R"({"id":"b"})", R"([{"digest":{"gitCommit":"main"}}])")).where.at,
            "/predicate/buildDefinition/resolvedDependencies/0/digest/gitCommit");
  EXPECT_EQ(refused_predicate(predicate(R"({"id":"b"})", R"({})")).code, Errc::malformed);
}

TEST(AttestStatement, OtherPredicatesHaveNoBuilder) {
  const std::string type = "https://in-toto.io/attestation/test-result/v0.1";
  const auto parsed = parse_statement(statement(subject(artifact_sha256), type, predicate()));
  ASSERT_TRUE(parsed);
  const auto provenance = parse_provenance(*parsed);
  ASSERT_TRUE(provenance);
  EXPECT_EQ(provenance->builder + provenance->build_type + provenance->commit, "");
}

}  // namespace
}  // namespace gate::attest
