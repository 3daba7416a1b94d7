#include <gtest/gtest.h>

#include "tests/unit/attest_support.h"

namespace gate::attest {
namespace {

using test::artifact_sha256;
using test::in_toto_type;
using test::other_sha256;
using test::pae;
using test::predicate;
using test::slsa_v1;
using test::statement;
using test::subject;

const Expectation expected{"out/app.tar.gz", artifact_sha256};

class AttestVerify : public testing::Test {
 protected:
  static void SetUpTestSuite() { signers_ = std::make_unique<test::Signers>(); }
  static void TearDownTestSuite() { signers_.reset(); }
  static test::Signers& signers() { return *signers_; }

  static Result<FactBatch> check(const std::string& bytes, const std::vector<TrustedKey>& keys) {
    Check reasons{.code = "attestation", .what = "test"};
    Trust trust;
    trust.keys = keys;
    auto result = verify("dsse", {bytes, {"out/app.intoto.jsonl", "digest", {}}}, trust, expected, reasons);
    // The tree of reasons and the batch never disagree.
    const bool complete = result && result->coverage.at(FactKind::statement) == Coverage::complete;
    EXPECT_EQ(reasons.is_ok(), complete);
    return result;
  }
  static Result<FactBatch> check(const std::string& bytes) { return check(bytes, {signers().key("p256")}); }

  static const std::vector<VerifiedStatement>& facts(const FactBatch& batch) {
    return batch.facts.of<VerifiedStatement>();
  }

  static void expect_verified(const Result<FactBatch>& result, std::size_t count = 1) {
    ASSERT_TRUE(result) << describe(result.error());
    for (const Error& problem : result->problems) ADD_FAILURE() << describe(problem);
    EXPECT_EQ(facts(*result).size(), count);
    EXPECT_EQ(result->coverage.at(FactKind::statement), Coverage::complete);
  }
  // Nothing verified: exactly one problem with this code.
  static Error expect_refused(const std::string& bytes, Errc code, const std::vector<TrustedKey>& keys) {
    const auto result = check(bytes, keys);
    EXPECT_TRUE(result) << describe(result.error());
    if (!result) return result.error();
    EXPECT_TRUE(facts(*result).empty());
    EXPECT_EQ(result->coverage.at(FactKind::statement), Coverage::absent);
    EXPECT_EQ(result->problems.size(), 1u);
    if (result->problems.empty()) return {};
    EXPECT_EQ(result->problems.front().code, code) << describe(result->problems.front());
    return result->problems.front();
  }
  static Error expect_refused(const std::string& bytes, Errc code) {
    return expect_refused(bytes, code, {signers().key("p256")});
  }

 private:
  static inline std::unique_ptr<test::Signers> signers_;
};

TEST_F(AttestVerify, EveryKindOfKey) {
  for (const std::string name : {"ed25519", "p256", "p384", "rsa2048"}) {
    const auto result = check(signers().envelope(name, statement()), {signers().key(name, "release")});
    expect_verified(result);
    const VerifiedStatement& fact = facts(*result).front();
    EXPECT_EQ(fact.subject(), artifact_sha256);
    EXPECT_EQ(fact.subject_path(), "out/app.tar.gz");
    EXPECT_EQ(fact.predicate_type(), slsa_v1);
    EXPECT_EQ(fact.builder(), "https://ci.example.org/release");
    EXPECT_EQ(fact.commit(), "0123456789012345678901234567890123456789");
    EXPECT_EQ(fact.signers(), std::vector<std::string>{"release"});
    EXPECT_EQ(fact.origin, (Origin{"out/app.intoto.jsonl", "digest", "/payload"}));
  }
}

TEST_F(AttestVerify, BothPaddingsOfRsa) {
  signers().options = "-sigopt rsa_padding_mode:pss";
  const std::string bytes = signers().envelope("rsa2048", statement());
  signers().options.clear();
  expect_verified(check(bytes, {signers().key("rsa2048")}));
}

TEST_F(AttestVerify, UrlSafeBase64) {
  const std::string payload = statement(subject(artifact_sha256, "a?>~~~"));
  std::string bytes = signers().envelope("p256", payload);
  const std::string standard = crypto::to_base64(payload);
  ASSERT_NE(standard.find_first_of("+/"), std::string::npos);
  std::string url_safe = standard;
  for (char& c : url_safe) c = c == '+' ? '-' : c == '/' ? '_' : c;
  bytes.replace(bytes.find(standard), standard.size(), url_safe);
  expect_verified(check(bytes));
}

// V33
TEST_F(AttestVerify, WeakKeysVerifyNothing) {
  const std::string bytes = signers().envelope("rsa1024", statement());
  const auto result = check(bytes, {signers().key("rsa1024"), signers().key("p256")});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->coverage.at(FactKind::statement), Coverage::absent);
  ASSERT_EQ(result->problems.size(), 2u);
  EXPECT_NE(
      describe(result->problems[0]).find("keys/rsa1024.pub: untrusted: the key 'rsa1024': an RSA key of 1024 bits"),
      std::string::npos)
      << describe(result->problems[0]);
}

TEST_F(AttestVerify, OtherKeysAndChangedBytesAreUntrusted) {
  const std::string good = signers().envelope("p256", statement());
  const Error stranger =
      expect_refused(good, Errc::untrusted, {signers().key("p256.2", "release"), signers().key("ed25519", "team")});
  EXPECT_EQ(stranger.where.at, "/signatures");
  EXPECT_NE(stranger.what.find("release, team"), std::string::npos);

  const std::string signature = signers().sign("p256", pae(in_toto_type, statement()));
  expect_verified(check(test::envelope(statement(), {signature})));
  expect_refused(test::envelope(statement() + " ", {signature}), Errc::untrusted);
  expect_refused(test::envelope(statement(), {""}), Errc::untrusted);
  // The payload without its encoding, and lengths that count something else.
  expect_refused(test::envelope(statement(), {signers().sign("p256", statement())}), Errc::untrusted);
  expect_refused(test::envelope(statement(), {signers().sign("p256", pae("application/json", statement()))}),
                 Errc::untrusted);
  const std::string accents = statement(subject(artifact_sha256, "\xc3\xa9\xc3\xa9"));
  const std::string by_characters =
      "DSSEv1 28 " + in_toto_type + " " + std::to_string(accents.size() - 2) + " " + accents;
  expect_refused(test::envelope(accents, {signers().sign("p256", by_characters)}), Errc::untrusted);
  expect_verified(check(signers().envelope("p256", accents)));
}

// V32: a signature over another type is no signature over a statement, even where the payload is one.
TEST_F(AttestVerify, PayloadTypeIsFixed) {
  const std::string type = "application/vnd.dev.cosign.simplesigning.v1+json";
  expect_refused(test::envelope(statement(), {signers().sign("p256", pae(type, statement()))}, type),
                 Errc::unsupported_version);
}

// S2, V10: a good signature does not make a bad payload good.
TEST_F(AttestVerify, ValidlySignedButBadPayloads) {
  const auto refused = [&](const std::string& payload, Errc code) {
    return expect_refused(signers().envelope("p256", payload), code);
  };
  EXPECT_EQ(refused(statement().substr(0, 200), Errc::malformed).where.at, "/payload");
  refused("", Errc::malformed);
  refused("not json", Errc::malformed);
  EXPECT_EQ(refused(statement(subject(artifact_sha256), slsa_v1, predicate(), "https://in-toto.io/Statement/v0.2"),
                    Errc::unsupported_version)
                .where.at,
            "/payload/_type");
  refused(statement(subject(artifact_sha256), "https://slsa.dev/provenance/v0.1"), Errc::unsupported_version);
  refused(statement(subject(artifact_sha256), "https://slsa.dev/provenance/v0.2"), Errc::malformed);
  EXPECT_EQ(refused(statement(subject(artifact_sha256), slsa_v1, "{}"), Errc::malformed).where.at,
            "/payload/predicate");
  refused(R"({"_type":"https://in-toto.io/Statement/v1","predicateType":"t","predicateType":"u","subject":[]})",
          Errc::malformed);
  refused(statement(""), Errc::empty);
  refused(statement(R"({"name":"app.tar.gz"})"), Errc::malformed);
}

// V28, S29: the digest decides; the name is a label.
TEST_F(AttestVerify, AnotherSubject) {
  const Error error = expect_refused(signers().envelope("p256", statement(subject(other_sha256, "out/app.tar.gz"))),
                                     Errc::wrong_subject);
  EXPECT_NE(error.what.find("expected sha256 " + artifact_sha256), std::string::npos);
  EXPECT_NE(error.what.find("got sha256 " + other_sha256), std::string::npos);
  EXPECT_EQ(error.where.at, "/payload/subject");
  const Error weak = expect_refused(
      signers().envelope("p256",
                         statement(R"({"name":"out/app.tar.gz","digest":{"sha1":")" + std::string(40, 'a') + R"("}})")),
      Errc::wrong_subject);
  EXPECT_NE(weak.what.find("'sha1' alone, which counts for nothing"), std::string::npos);
  const Error unknown = expect_refused(
      signers().envelope("p256", statement(R"({"digest":{"sha512":")" + std::string(128, 'a') + R"("}})")),
      Errc::incomplete);
  EXPECT_NE(unknown.what.find("digests that were not taken"), std::string::npos);
  expect_verified(check(signers().envelope("p256", statement(subject(artifact_sha256, "another-name")))));
}

// V1, S1: a statement of another kind is a fact, but never one with a builder.
TEST_F(AttestVerify, AnotherPredicate) {
  const auto result =
      check(signers().envelope("p256", statement(subject(artifact_sha256), "https://example.org/other", "{}")));
  expect_verified(result);
  EXPECT_EQ(facts(*result).front().predicate_type(), "https://example.org/other");
  EXPECT_EQ(facts(*result).front().builder(), "");
}

// V15, V27, S5: signatures are not signers.
TEST_F(AttestVerify, EachKeyCountsOnce) {
  const std::string bytes = pae(in_toto_type, statement());
  const auto one = signers().sign("p256", bytes), again = signers().sign("p256", bytes),
             other = signers().sign("ed25519", bytes);
  ASSERT_NE(one, again);
  const std::vector<TrustedKey> keys{signers().key("p256", "zoe"), signers().key("ed25519", "adam")};
  const auto twice = check(test::envelope(statement(), {one, again, one}), keys);
  expect_verified(twice);
  EXPECT_EQ(facts(*twice).front().signers(), std::vector<std::string>{"zoe"});
  const auto both = check(test::envelope(statement(), {one, "garbage", other}), keys);
  expect_verified(both);
  EXPECT_EQ(facts(*both).front().signers(), (std::vector<std::string>{"adam", "zoe"}));
}

TEST_F(AttestVerify, OneKeyUnderTwoNamesIsAProblemOfThePolicy) {
  const std::string good = signers().envelope("p256", statement());
  for (const auto& keys : {std::vector{signers().key("p256", "a"), signers().key("p256", "b")},
                           std::vector{signers().key("p256", "a"), signers().key("ed25519", "a")}}) {
    const auto result = check(good, keys);
    ASSERT_TRUE(result);
    ASSERT_EQ(result->problems.size(), 1u);
    EXPECT_EQ(result->problems.front().code, Errc::malformed);
    EXPECT_EQ(result->coverage.at(FactKind::statement), Coverage::partial);
    ASSERT_EQ(facts(*result).size(), 1u);
    EXPECT_EQ(facts(*result).front().signers(), std::vector<std::string>{"a"});
  }
}

// V2: without a key nothing was looked at.
TEST_F(AttestVerify, NoKeyNoAnswer) {
  const auto result = check(signers().envelope("p256", statement()), {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::untrusted);
  EXPECT_EQ(check(signers().envelope("p256", statement()), {{"release", {"no key", {"keys/release.pub", {}, {}}}}})
                ->coverage.at(FactKind::statement),
            Coverage::absent);
}

TEST_F(AttestVerify, EmptyAndTruncatedFiles) {
  for (const std::string empty : {"", "\n", " \t\r\n\n"}) {
    const auto result = check(empty);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::empty);
  }
  const std::string good = signers().envelope("p256", statement());
  for (const std::size_t size : {std::size_t{1}, good.size() / 2, good.size() - 1}) {
    expect_refused(good.substr(0, size), Errc::malformed);
  }
}

TEST_F(AttestVerify, AnEnvelopeOverSeveralLines) {
  std::string pretty = signers().envelope("p256", statement());
  pretty.replace(pretty.find(",\"payload\""), 1, ",\n  ");
  pretty.insert(1, "\n");
  expect_verified(check(pretty + "\n"));
}

TEST_F(AttestVerify, JsonLines) {
  const std::string good = signers().envelope("p256", statement());
  const std::string other =
      signers().envelope("p256", statement(subject(artifact_sha256), "https://example.org/other", "{}"));
  const std::string elsewhere = signers().envelope("p256", statement(subject(other_sha256)));
  const auto result = check(good + "\n\n" + other + "\n");
  expect_verified(result, 2);
  EXPECT_EQ(facts(*result)[0].origin.at, "1:/payload");
  EXPECT_EQ(facts(*result)[1].origin.at, "3:/payload");

  // V35: what was skipped is listed, and is in order only where the policy says so.
  const std::string three = good + "\n\n" + elsewhere + "\n" + other + "\n";
  const auto skipped = check(three);
  ASSERT_TRUE(skipped);
  EXPECT_EQ(facts(*skipped).size(), 2u);
  EXPECT_EQ(skipped->coverage.at(FactKind::statement), Coverage::partial);
  ASSERT_EQ(skipped->problems.size(), 1u);
  EXPECT_EQ(skipped->problems.front().code, Errc::wrong_subject);
  EXPECT_EQ(skipped->problems.front().where.at, "3:/payload/subject");
  Expectation lenient = expected;
  lenient.skip_others = true;
  Trust trust;
  trust.keys = {signers().key("p256")};
  Check reasons{.code = "attestation", .what = "test"};
  expect_verified(verify("dsse", {three, {"f", {}, {}}}, trust, lenient, reasons), 2);
  EXPECT_TRUE(reasons.is_ok());
  Check nothing{.code = "attestation", .what = "test"};
  const auto none = verify("dsse", {elsewhere, {"f", {}, {}}}, trust, lenient, nothing);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->coverage.at(FactKind::statement), Coverage::absent);
  EXPECT_FALSE(nothing.is_ok());
}

// V15, V27: k of n, each key once.
TEST_F(AttestVerify, Threshold) {
  const std::string bytes = pae(in_toto_type, statement());
  const auto p256 = signers().sign("p256", bytes), again = signers().sign("p256", bytes),
             ed25519 = signers().sign("ed25519", bytes);
  Trust trust;
  trust.keys = {signers().key("p256"), signers().key("ed25519"), signers().key("p384")};
  const auto count = [&](const std::vector<std::string>& signatures, std::size_t threshold) {
    trust.threshold = threshold;
    Check reasons{.code = "attestation", .what = "test"};
    const auto result =
        verify("dsse", {test::envelope(statement(), signatures), {"f", {}, {}}}, trust, expected, reasons);
    EXPECT_EQ(reasons.is_ok(), result && !facts(*result).empty());
    return result ? facts(*result).size() : 99;
  };
  EXPECT_EQ(count({p256, ed25519}, 2), 1u);
  EXPECT_EQ(count({p256, again}, 2), 0u);
  EXPECT_EQ(count({p256, p256, p256}, 2), 0u);
  EXPECT_EQ(count({p256, "garbage"}, 2), 0u);
  EXPECT_EQ(count({p256, ed25519}, 3), 0u);
  EXPECT_EQ(count({p256, ed25519}, 0), 0u);
}

// S8: good and bad in either order; a good one heals nothing.
TEST_F(AttestVerify, OneBadLineMakesTheViewPartial) {
  const std::string good = signers().envelope("p256", statement());
  const std::string untrusted = signers().envelope("p256.2", statement());
  const std::string wrong_type = test::envelope(statement(), {"x"}, "text/plain");
  for (const auto& [bad, code] :
       {std::pair{untrusted, Errc::untrusted}, std::pair{wrong_type, Errc::unsupported_version},
        std::pair{good.substr(0, 50), Errc::malformed}}) {
    for (const bool first : {true, false}) {
      if (first && code == Errc::malformed) continue;  // then it is no JSON Lines file at all
      const auto result = check(first ? bad + "\n" + good : good + "\n" + bad);
      ASSERT_TRUE(result);
      EXPECT_EQ(facts(*result).size(), 1u);
      EXPECT_EQ(result->coverage.at(FactKind::statement), Coverage::partial);
      ASSERT_EQ(result->problems.size(), 1u);
      EXPECT_EQ(result->problems.front().code, code);
      EXPECT_EQ(result->problems.front().where.at.substr(0, 2), first ? "1:" : "2:");
    }
  }
  expect_refused(good.substr(0, 50) + "\n" + good, Errc::malformed);
}

// V17, S30
TEST_F(AttestVerify, Limits) {
  const std::string good = signers().envelope("p256", statement());
  std::string lines;
  for (int i = 0; i < 1'001; ++i) lines += "{}\n";
  auto result = check(lines);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::too_large);
  result = check(good + std::string(16u << 20, ' '));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::too_large);

  // Many signatures against many keys: stopped, not worked through.
  const std::string busy = test::envelope(statement(), std::vector<std::string>(64, std::string(64, 'x')));
  lines.clear();
  for (int i = 0; i < 150; ++i) lines += busy + "\n";
  result = check(lines, {signers().key("ed25519")});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->coverage.at(FactKind::statement), Coverage::absent);
  EXPECT_EQ(result->problems.front().code, Errc::untrusted);
  EXPECT_EQ(result->problems.back().code, Errc::too_large);
}

TEST_F(AttestVerify, EveryChangedByteOfAnEnvelopeIsSeen) {
  const std::string good = signers().envelope("ed25519", statement());
  const std::vector<TrustedKey> keys{signers().key("ed25519")};
  // The key id, its name included, is only a hint that nobody signs.
  const std::size_t hint = good.find("keyid"), hint_end = good.find("hint") + 4;
  for (std::size_t at = 0; at < good.size(); ++at) {
    if (at >= hint && at < hint_end) continue;
    std::string changed = good;
    changed[at] ^= 1;
    const auto result = check(changed, keys);
    ASSERT_TRUE(result) << at;
    EXPECT_TRUE(facts(*result).empty()) << at << " " << good.substr(at, 20);
  }
}

}  // namespace
}  // namespace gate::attest
