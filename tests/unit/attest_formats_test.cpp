// Every format that a policy can name, from its file to the facts: what was signed becomes a fact, and nothing else.
#include <gtest/gtest.h>

#include "tests/unit/attest_support.h"
#include "tests/unit/sigstore_authority.h"

namespace gate::attest {
namespace {

using gate::test::KeyPair;

const std::string message = "the artifact's bytes\n";
const std::string key_number = "\x01\x02\x03\x04\x05\x06\x07\x08";
const std::string npm_purl = "pkg:npm/%40acme/app@1.0.0";

Document file(const std::string& bytes) { return {bytes, {"out/app.attestation", "digest", {}}}; }
std::string line(const std::string& bytes) { return crypto::to_base64(bytes) + "\n"; }
std::string pem_key(const KeyPair& key) { return gate::test::pem("PUBLIC KEY", gate::test::public_der(key)); }
std::string comment_key(const KeyPair& key) {
  return "untrusted comment: a key\n" + line("Ed" + key_number + gate::test::public_der(key).substr(12));
}

std::string minisign_text(const KeyPair& key) {
  const std::string signature = gate::test::sign(key, crypto::blake2b_512(message)), comment = "file:app";
  return "untrusted comment: signature\n" + line("ED" + key_number + signature) + "trusted comment: " + comment + "\n" +
         line(gate::test::sign(key, signature + comment));
}

std::string signify_text(const KeyPair& key) {
  return "untrusted comment: verify with a key\n" + line("Ed" + key_number + gate::test::sign(key, message));
}

std::string manifest_text(const KeyPair& key) {
  const std::string integrity = "sha512-" + crypto::to_base64(crypto::sha512(message));
  const std::string signature = gate::test::sign(key, "@acme/app@1.0.0:" + integrity);
  std::string id = "SHA256:" + crypto::to_base64(crypto::sha256(gate::test::public_der(key)));
  id.erase(id.find_last_not_of('=') + 1);
  return json::to_string({{"name", "@acme/app"},
                          {"version", "1.0.0"},
                          {"dist",
                           {{"integrity", integrity},
                            {"signatures", json::Array{{{"keyid", id}, {"sig", crypto::to_base64(signature)}}}}}}});
}

struct Given {
  std::string format, attestation, key_format;
  std::vector<std::string> keys;
  std::string bytes = message, package = npm_purl;
};

std::vector<Given> good_ones() {
  const KeyPair ed25519 = gate::test::make_key("ED25519"), p256 = gate::test::make_key();
  return {{"minisign", minisign_text(ed25519), "minisign", {comment_key(ed25519)}},
          {"signify", signify_text(ed25519), "signify", {comment_key(ed25519)}},
          {"cosign", line(gate::test::sign(p256, message)), "pem", {pem_key(p256)}},
          {"npm-registry", manifest_text(p256), "pem", {pem_key(p256)}}};
}

struct Answer {
  Result<FactBatch> batch;
  Check check{.code = "test", .what = "test"};
  bool is_verified() const {
    return batch && check.is_ok() && batch->problems.empty() &&
           batch->coverage.at(FactKind::statement) == Coverage::complete;
  }
  // Refused in full: no fact, a coverage of nothing, and a reason.
  bool is_refused() const {
    if (check.is_ok() || !check.first_problem()) return false;
    return !batch || (batch->facts.of<VerifiedStatement>().empty() && !batch->problems.empty() &&
                      batch->coverage.at(FactKind::statement) == Coverage::absent);
  }
};

Answer answer(const Given& given) {
  Trust trust;
  for (const std::string& key : given.keys)
    trust.keys.push_back({"key" + std::to_string(trust.keys.size()), file(key), given.key_format});
  const Expectation expectation{.subject_path = "out/app",
                                .subject_sha256 = crypto::sha256_hex(given.bytes),
                                .subject_sha384 = crypto::to_hex(crypto::sha384(given.bytes)),
                                .subject_sha512 = crypto::to_hex(crypto::sha512(given.bytes)),
                                .commit = {},
                                .bytes = given.bytes,
                                .package = given.package};
  Answer out{.batch = FactBatch{}};
  out.batch = verify(given.format, file(given.attestation), trust, expectation, out.check);
  return out;
}

TEST(AttestFormats, ASignatureBesideTheArtifactIsAFactWithoutAPredicate) {
  for (const Given& good : good_ones()) {
    const Answer got = answer(good);
    ASSERT_TRUE(got.is_verified()) << good.format;
    const auto& facts = got.batch->facts.of<VerifiedStatement>();
    ASSERT_EQ(facts.size(), 1u) << good.format;
    EXPECT_EQ(facts[0].subject(), crypto::sha256_hex(message));
    EXPECT_EQ(facts[0].format(), good.format);
    EXPECT_EQ(facts[0].signers(), std::vector<std::string>{"key0"});
    EXPECT_TRUE(facts[0].predicate_type().empty());
    EXPECT_FALSE(facts[0].is_provenance());
    EXPECT_EQ(facts[0].level(), 0);
  }
}

TEST(AttestFormats, ATwinWithOneThingWrongIsRefused) {
  for (const Given& good : good_ones()) {
    Given other_bytes = good, other_key = good, other_form = good, empty = good, keyless = good, tail = good;
    other_bytes.bytes += "x";
    if (good.format == "npm-registry") other_bytes.package = "pkg:npm/%40acme/app@1.0.1";
    const KeyPair stranger = gate::test::make_key(good.key_format == "pem" ? "P-256" : "ED25519");
    other_key.keys = {good.key_format == "pem" ? pem_key(stranger) : comment_key(stranger)};
    other_form.key_format = good.key_format == "pem" ? "minisign" : "pem";
    empty.attestation.clear();
    keyless.keys.clear();
    tail.attestation += "x\n";
    for (const Given& wrong : {other_bytes, other_key, other_form, empty, keyless, tail})
      EXPECT_TRUE(answer(wrong).is_refused()) << good.format;
  }
}

TEST(AttestFormats, OneFormatIsNoOther) {
  for (const Given& good : good_ones()) {
    for (const std::string& format : formats()) {
      if (format == good.format) continue;
      Given wrong = good;
      wrong.format = format;
      EXPECT_TRUE(answer(wrong).is_refused()) << good.format << " as " << format;
    }
  }
}

TEST(AttestFormats, AnEnvelopeIsNoneOfTheCarriersOfCertificates) {
  test::Signers signers;
  const std::string statement = test::statement(test::subject(crypto::sha256_hex(message)));
  Given given{"dsse", signers.envelope("p256", statement), "pem", {signers.key("p256").pem.bytes}};
  EXPECT_TRUE(answer(given).is_verified());
  for (const std::string& format : formats()) {
    if (format == "dsse") continue;
    given.format = format;
    EXPECT_TRUE(answer(given).is_refused()) << format;
  }
}

TEST(AttestFormats, TektonKeepsTheEnvelopeInAnAnnotation) {
  test::Signers signers;
  const std::string statement = test::statement(test::subject(crypto::sha256_hex(message)));
  const std::string envelope = crypto::to_base64(signers.envelope("p256", statement));
  const auto run = [&](const std::string& uid) {
    return json::to_string(
        {{"apiVersion", "tekton.dev/v1"},
         {"kind", "TaskRun"},
         {"metadata", {{"uid", uid}, {"annotations", {{"chains.tekton.dev/signature-taskrun-7", envelope}}}}}});
  };
  Given given{"tekton-chains", run("7"), "pem", {signers.key("p256").pem.bytes}};
  const Answer got = answer(given);
  ASSERT_TRUE(got.is_verified());
  const VerifiedStatement& fact = got.batch->facts.of<VerifiedStatement>().front();
  EXPECT_EQ(fact.builder(), "https://ci.example.org/release");
  EXPECT_EQ(fact.origin.at, "/payload");
  given.bytes += "x";
  EXPECT_TRUE(answer(given).is_refused()) << "about another file";
  given.bytes = message;
  given.keys = {signers.key("p256.2").pem.bytes};
  EXPECT_TRUE(answer(given).is_refused()) << "by another key";
  given.keys = {signers.key("p256").pem.bytes};
  given.attestation = run("8");
  EXPECT_TRUE(answer(given).is_refused()) << "of another run";
}

// Whoever can write the file can write the statement.
TEST(AttestFormats, WhatNobodySignedIsNoFact) {
  const std::string runner = R"({"id":"https://gitlab.example.org/acme/app/-/runners/7"})";
  const std::string statement =
      test::statement(test::subject(crypto::sha256_hex(message)), test::slsa_v1, test::predicate(runner));
  const KeyPair p256 = gate::test::make_key();
  for (const char* format : {"gitlab-runner", "buildkit"}) {
    const Answer got = answer({format, statement, "pem", {pem_key(p256)}});
    EXPECT_TRUE(got.is_refused()) << format;
    ASSERT_TRUE(got.check.first_problem());
    EXPECT_EQ(got.check.first_problem()->code, "unsigned-statement");
  }
}

TEST(AttestFormats, AreSortedAndAsAPolicyNamesThem) {
  const std::vector<std::string> names{"buildkit",
                                       "cosign",
                                       "dsse",
                                       "github",
                                       "gitlab-runner",
                                       "minisign",
                                       "npm",
                                       "npm-registry",
                                       "pypi-attestation",
                                       "pypi-provenance",
                                       "signify",
                                       "sigstore-bundle",
                                       "slsa-github-generator",
                                       "tekton-chains"};
  EXPECT_EQ(formats(), names);
}

}  // namespace
}  // namespace gate::attest
