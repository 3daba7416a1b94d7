#include "gate/sigstore/trusted_root.h"

#include <gtest/gtest.h>

#include "gate/app/trust_root.h"
#include "gate/crypto/digest.h"
#include "tests/unit/sigstore_authority.h"
#include "tests/unit/support.h"

namespace gate::sigstore {
namespace {

void expect_equal(const std::vector<Log>& ours, const std::vector<Log>& theirs) {
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ours[i].url, theirs[i].url);
    EXPECT_EQ(ours[i].id, theirs[i].id);
    EXPECT_EQ(ours[i].key_details, theirs[i].key_details);
    EXPECT_EQ(ours[i].valid, theirs[i].valid);
    ASSERT_TRUE(ours[i].key && theirs[i].key);
    EXPECT_EQ(ours[i].key->der(), theirs[i].key->der());
  }
}

void expect_equal(const std::vector<Authority>& ours, const std::vector<Authority>& theirs) {
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ours[i].url, theirs[i].url);
    EXPECT_EQ(ours[i].valid, theirs[i].valid);
    ASSERT_TRUE(ours[i].chain.read() && theirs[i].chain.read());
    EXPECT_EQ(*ours[i].chain.read(), *theirs[i].chain.read());
  }
}

// What is shipped as data of our own form says what the published files say.
TEST(SigstoreTrustedRoot, ShippedRootsAreThePublishedOnes) {
  const std::string data = test::data_dir();
  if (data.empty()) GTEST_SKIP() << "no test data";
  for (const std::string name : {"public-good", "github"}) {
    const auto published =
        parse_trusted_root({test::read(data + "/sigstore/trusted_root." + name + ".json"), {name, {}, {}}});
    const auto shipped = app::embedded_trust_root(name);
    ASSERT_TRUE(published && shipped) << name;
    expect_equal(shipped->transparency_logs, published->transparency_logs);
    expect_equal(shipped->certificate_logs, published->certificate_logs);
    expect_equal(shipped->certificate_authorities, published->certificate_authorities);
    expect_equal(shipped->timestamp_authorities, published->timestamp_authorities);
  }
}

TEST(SigstoreTrustedRoot, NoneTrustsNobodyAndOthersAreUnknown) {
  EXPECT_TRUE(app::embedded_trust_root("none")->certificate_authorities.empty());
  EXPECT_FALSE(app::embedded_trust_root("public"));
}

json::Value a_log(const test::KeyPair& key, json::Value interval) {
  const std::string der = test::public_der(key);
  return {{"baseUrl", "https://log.example.org"},
          {"hashAlgorithm", "SHA2_256"},
          {"publicKey",
           {{"rawBytes", crypto::to_base64(der)}, {"keyDetails", "PKIX_ECDSA_P256_SHA_256"}, {"validFor", interval}}},
          {"logId", {{"keyId", crypto::to_base64(crypto::sha256(der))}}}};
}

Result<TrustedRoot> parsed(
    json::Value log, const std::string& media_type = "application/vnd.dev.sigstore.trustedroot+json;version=0.1") {
  const json::Value root{{"mediaType", media_type}, {"tlogs", json::Array{std::move(log)}}};
  return parse_trusted_root({json::to_string(root), {"root.json", {}, {}}});
}

TEST(SigstoreTrustedRoot, IsReadWholeOrNotAtAll) {
  const auto key = test::make_key();
  const json::Value always{{"start", "2026-01-01T00:00:00Z"}};
  EXPECT_TRUE(parsed(a_log(key, always)));
  EXPECT_FALSE(parsed(a_log(key, json::Object())));
  EXPECT_FALSE(parsed(a_log(key, {{"end", "2026-01-01T00:00:00Z"}})));
  EXPECT_FALSE(parsed(a_log(key, {{"start", "yesterday"}})));
  EXPECT_EQ(parsed(a_log(key, always), "application/vnd.dev.sigstore.trustedroot+json;version=9").error().code,
            Errc::unsupported_version);
  json::Value other_id = a_log(key, always);
  other_id["logId"] = {{"keyId", crypto::to_base64(std::string(32, 'x'))}};
  EXPECT_FALSE(parsed(other_id));
  json::Value other_type = a_log(key, always);
  other_type["publicKey"]["keyDetails"] = "PKIX_ED25519";
  EXPECT_FALSE(parsed(other_type));
}

TEST(SigstoreTrustedRoot, AlgorithmsThatNothingCanCheckStayNamedAndVerifyNothing) {
  const auto key = test::make_key();
  json::Value log = a_log(key, {{"start", "2026-01-01T00:00:00Z"}});
  log["publicKey"]["keyDetails"] = "ML_DSA_65";
  const auto root = parsed(log);
  ASSERT_TRUE(root) << describe(root.error());
  EXPECT_FALSE(root->transparency_logs[0].key);
  EXPECT_FALSE(root->transparency_logs[0].verify("m", test::sign(key, "m")));
}

TEST(SigstoreTrustedRoot, IntervalsAreClosed) {
  const Instant start = *parse_instant("2026-01-01T00:00:00Z"), end = *parse_instant("2026-02-01T00:00:00Z");
  const Interval interval{start, end};
  EXPECT_TRUE(interval.contains(start));
  EXPECT_TRUE(interval.contains(end));
  EXPECT_FALSE(interval.contains(start - std::chrono::seconds(1)));
  EXPECT_FALSE(interval.contains(end + std::chrono::seconds(1)));
}

}  // namespace
}  // namespace gate::sigstore
