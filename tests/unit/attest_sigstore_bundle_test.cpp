// What no public sample covers, made by an authority of our own: each scene is right but for one point.
#include "adapters/attest/sigstore_bundle.h"

#include <gtest/gtest.h>

#include "gate/crypto/digest.h"
#include "tests/unit/sigstore_authority.h"

namespace gate::attest {
namespace {

using namespace std::chrono_literals;
using test::Holder;
using test::KeyPair;
using test::signing_moment;

const std::string identity = "https://example.org/workflow@refs/heads/main", issuer = "https://issuer.example.org";
const std::string message = "the artifact's bytes\n";
constexpr const char* in_toto = "application/vnd.in-toto+json";

std::string statement_about(const std::string& digests) {
  return R"({"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"app","digest":{)" + digests +
         R"(}}],"predicateType":"https://example.org/x","predicate":{}})";
}

Artifact artifact_of(const std::string& bytes) {
  return {.path = "app",
          .sha256 = crypto::sha256(bytes),
          .sha384 = crypto::sha384(bytes),
          .sha512 = crypto::sha512(bytes),
          .bytes = bytes};
}

// A whole Sigstore, and what one signer does with it. A test changes one thing, then asks.
struct Scene {
  Instant from = signing_moment - 24h * 300, until = signing_moment + 24h * 300;
  Holder root = test::make_root("root", from, until);
  Holder intermediate = test::issue(
      root, {.subject = "intermediate", .from = from, .until = until, .authority = true, .usages = "codeSigning"},
      test::make_key());
  Holder stamp_root = test::make_root("stamp root", from, until);
  Holder stamper =
      test::issue(stamp_root, {.subject = "stamper", .from = from, .until = until, .usages = "critical,timeStamping"},
                  test::make_key());
  std::vector<KeyPair> certificate_logs{test::make_key()};
  test::TestLog rekor{"https://rekor.example.org", test::make_key(), false};
  test::TestLog tiles{"https://log2026.example.org", test::make_key("ED25519"), true};

  KeyPair key = test::make_key();
  test::CertificateSpec leaf{
      .usages = "codeSigning",
      .names = "critical,URI:" + identity,
      .extensions = {{test::fulcio_oid(1), issuer}, {test::fulcio_oid(8), test::utf8_der(issuer)}}};
  std::vector<KeyPair> seen_by = certificate_logs;
  std::string signature, digest_algorithm = "SHA2_256";
  std::optional<std::string> payload;  // DSSE
  std::string payload_type = in_toto;
  json::Array entries, timestamps;
  Thresholds thresholds;
  sigstore::TrustedRoot trusted;
  ExpectedSigner signer = ExactIdentity{identity, issuer};
  std::optional<Artifact> artifact = artifact_of(message);

  Scene() {
    const sigstore::Interval always{from, until};
    trusted.transparency_logs = {rekor.trusted(always), tiles.trusted(always)};
    trusted.certificate_logs = {certificate_log(certificate_logs[0], always)};
    trusted.certificate_authorities = {{"", {intermediate.certificate(), root.certificate()}, always}};
    trusted.timestamp_authorities = {{"", {stamper.certificate(), stamp_root.certificate()}, always}};
  }

  static sigstore::Log certificate_log(const KeyPair& log, sigstore::Interval valid) {
    return *sigstore::make_log("https://ct.example.org", "PKIX_ECDSA_P256_SHA_256", test::public_der(log), valid);
  }

  const Holder& certificate() {
    if (!issued) issued = test::issue(intermediate, leaf, key, seen_by);
    return *issued;
  }
  const std::string& signed_bytes() {
    if (signature.empty()) signature = test::sign(key, to_sign());
    return signature;
  }
  std::string to_sign() const { return payload ? pre_authentication_encoding(payload_type, *payload) : message; }

  Scene& signed_by_key() {
    by_key = true;
    signer = ManagedKey{"release", *crypto::PublicKey::from_der(test::public_der(key))};
    return *this;
  }
  std::string signer_pem() {
    return by_key ? test::pem("PUBLIC KEY", test::public_der(key)) : test::pem("CERTIFICATE", certificate().der());
  }
  json::Value raw(const std::string& der) const { return {{"rawBytes", crypto::to_base64(der)}}; }

  std::string body_v1() {
    return json::to_string({{"apiVersion", "0.0.1"},
                            {"kind", "hashedrekord"},
                            {"spec",
                             {{"data", {{"hash", {{"algorithm", "sha256"}, {"value", crypto::sha256_hex(to_sign())}}}}},
                              {"signature",
                               {{"content", crypto::to_base64(signed_bytes())},
                                {"publicKey", {{"content", crypto::to_base64(signer_pem())}}}}}}}});
  }
  std::string body_v2() {
    json::Value verifier{{"keyDetails", "PKIX_ECDSA_P256_SHA_256"}};
    verifier[by_key ? "publicKey" : "x509Certificate"] = raw(by_key ? test::public_der(key) : certificate().der());
    return json::to_string(
        {{"apiVersion", "0.0.2"},
         {"kind", "hashedrekord"},
         {"spec",
          {{"hashedRekordV002",
            {{"data", {{"algorithm", "SHA2_256"}, {"digest", crypto::to_base64(crypto::sha256(to_sign()))}}},
             {"signature", {{"content", crypto::to_base64(signed_bytes())}, {"verifier", verifier}}}}}}}});
  }

  Scene& logged_v1(Instant at = signing_moment) { return logged_v1_in(rekor, at); }
  Scene& logged_v1_in(const test::TestLog& log, Instant at = signing_moment) {
    entries.push_back(log.entry("hashedrekord", "0.0.1", body_v1(), at));
    return *this;
  }
  Scene& logged_v2() {
    entries.push_back(tiles.entry("hashedrekord", "0.0.2", body_v2(), std::nullopt));
    return *this;
  }
  Scene& stamped(Instant at = signing_moment) { return stamped_by(stamper, at); }
  Scene& stamped_by(const Holder& who, Instant at, const std::vector<Holder>& embedded = {}) {
    timestamps.push_back(
        {{"signedTimestamp", crypto::to_base64(test::make_timestamp(who, signed_bytes(), at, embedded))}});
    return *this;
  }
  // As most bundles are today: a tiled log and a timestamp.
  Scene& usual() { return logged_v2().stamped(); }

  json::Value bundle() {
    json::Value material{{"tlogEntries", entries}, {"timestampVerificationData", {{"rfc3161Timestamps", timestamps}}}};
    material[by_key ? "publicKey" : "certificate"] =
        by_key ? json::Value{{"hint", "release"}} : raw(certificate().der());
    json::Value made{{"mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json"},
                     {"verificationMaterial", material}};
    if (payload) {
      made["dsseEnvelope"] = {{"payload", crypto::to_base64(*payload)},
                              {"payloadType", payload_type},
                              {"signatures", json::Array{{{"sig", crypto::to_base64(signed_bytes())}}}}};
    } else {
      made["messageSignature"] = {
          {"messageDigest", {{"algorithm", digest_algorithm}, {"digest", crypto::to_base64(message_digest())}}},
          {"signature", crypto::to_base64(signed_bytes())}};
    }
    return made;
  }
  std::string message_digest() const {
    return digest_algorithm == "SHA2_384" ? crypto::sha384(message) : crypto::sha256(message);
  }

  std::optional<Holder> issued;
  bool by_key = false;
};

// The code of the first problem; "verified" where there is none.
std::string outcome_of(Scene& scene, std::string* what = nullptr) {
  Check check{.code = "bundle", .what = "test"};
  const auto verified = verify_bundles({json::to_string(scene.bundle()), {"bundle.json", {}, {}}},
                                       {scene.trusted, scene.signer, scene.artifact, scene.thresholds}, check);
  const Check* problem = check.first_problem();
  EXPECT_EQ(verified.empty(), problem != nullptr);
  if (what && problem) *what = problem->what + " " + problem->expected + " " + problem->got;
  return problem ? problem->code : "verified";
}

TEST(AttestSigstoreBundle, GoodScenesVerify) {
  EXPECT_EQ(outcome_of(Scene().usual()), "verified");
  EXPECT_EQ(outcome_of(Scene().logged_v1()), "verified");
  EXPECT_EQ(outcome_of(Scene().logged_v1().logged_v2().stamped()), "verified");
  Scene dsse;
  dsse.payload = statement_about(R"("sha256":")" + crypto::sha256_hex(message) + '"');
  EXPECT_EQ(outcome_of(dsse.usual()), "verified");
}

TEST(AttestSigstoreBundle, VerifiedBundleTellsWhoAndWhen) {
  Scene scene;
  scene.payload = statement_about(R"("sha256":")" + crypto::sha256_hex(message) + '"');
  scene.leaf.extensions.push_back({test::fulcio_oid(13), test::utf8_der("0123abcd")});
  scene.usual();
  Check check;
  const auto verified = verify_bundles({json::to_string(scene.bundle()), {"bundle.json", {}, {}}},
                                       {scene.trusted, scene.signer, scene.artifact}, check);
  ASSERT_EQ(verified.size(), 1u);
  EXPECT_EQ(verified[0].payload(), *scene.payload);
  EXPECT_EQ(verified[0].identity()->name, identity);
  EXPECT_EQ(verified[0].identity()->issuer, issuer);
  EXPECT_EQ(verified[0].identity()->source_repository_digest, "0123abcd");
  EXPECT_EQ(verified[0].logs(), std::vector<std::string>{"log2026.example.org"});
  EXPECT_EQ(verified[0].times(), (std::vector<sigstore::VerifiedTime>{{signing_moment, "CN=stamper"}}));
}

// --- times ---

TEST(AttestSigstoreBundle, WithoutAVerifiedTimeThereIsNoSigner) {
  EXPECT_EQ(outcome_of(Scene().logged_v2()), "no-verified-time");
  Scene unsigned_time;
  unsigned_time.logged_v2();
  unsigned_time.entries[0]["integratedTime"] = std::to_string(signing_moment.time_since_epoch().count());
  EXPECT_EQ(outcome_of(unsigned_time), "no-verified-time");
}

TEST(AttestSigstoreBundle, KeysNeedATimeAsWell) {
  EXPECT_EQ(outcome_of(Scene().signed_by_key().logged_v1()), "verified");
  EXPECT_EQ(outcome_of(Scene().signed_by_key().usual()), "verified");
  EXPECT_EQ(outcome_of(Scene().signed_by_key().logged_v2()), "no-verified-time");
  Scene other_key = Scene().signed_by_key().usual();
  other_key.signer = ManagedKey{"other", *crypto::PublicKey::from_der(test::public_der(test::make_key()))};
  EXPECT_EQ(outcome_of(other_key), "entry-signer-mismatch");
  Scene certificate_expected = Scene().signed_by_key().usual();
  certificate_expected.signer = AnyIdentity{};
  EXPECT_EQ(outcome_of(certificate_expected), "material-mismatch");
  Scene key_expected;
  key_expected.signer = ManagedKey{"release", *crypto::PublicKey::from_der(test::public_der(key_expected.key))};
  EXPECT_EQ(outcome_of(key_expected.usual()), "material-mismatch");
}

TEST(AttestSigstoreBundle, EveryTimeHasToFit) {
  EXPECT_EQ(outcome_of(Scene().logged_v1().stamped(signing_moment + 1h)), "certificate-chain-invalid");
  EXPECT_EQ(outcome_of(Scene().logged_v1(signing_moment - 1h).stamped()), "certificate-chain-invalid");
}

TEST(AttestSigstoreBundle, ExpiredAuthorityAtTheTimeOfSigning) {
  Scene scene;
  scene.intermediate = test::issue(
      scene.root, {.subject = "intermediate", .from = scene.from, .until = signing_moment - 1h, .authority = true},
      test::make_key());
  scene.trusted.certificate_authorities[0].chain = {scene.intermediate.certificate(), scene.root.certificate()};
  EXPECT_EQ(outcome_of(scene.usual()), "certificate-chain-invalid");
}

TEST(AttestSigstoreBundle, AuthorityOutsideItsWindow) {
  Scene scene;
  scene.trusted.certificate_authorities[0].valid.end = signing_moment - 1s;
  EXPECT_EQ(outcome_of(scene.usual()), "certificate-authority-window");
  scene.trusted.certificate_authorities[0].valid.end = signing_moment;
  EXPECT_EQ(outcome_of(scene), "verified");
}

TEST(AttestSigstoreBundle, TimestampsAreHeldToTheWindowOfTheirOwnAuthority) {
  Scene scene;
  const Holder other_root = test::make_root("other root", scene.from, scene.until);
  const Holder other = test::issue(
      other_root, {.subject = "other", .from = scene.from, .until = scene.until, .usages = "critical,timeStamping"},
      test::make_key());
  scene.trusted.timestamp_authorities.push_back(
      {"", {other.certificate(), other_root.certificate()}, {scene.from, {}}});
  scene.trusted.timestamp_authorities[0].valid.end = signing_moment - 1s;
  EXPECT_EQ(outcome_of(scene.usual()), "timestamp-authority-window");
}

TEST(AttestSigstoreBundle, LogKeysAreHeldToTheirWindow) {
  Scene v2;
  v2.trusted.transparency_logs[1].valid.end = signing_moment - 1s;
  EXPECT_EQ(outcome_of(v2.usual()), "log-key-window");
  Scene v1;
  v1.trusted.transparency_logs[0].valid.start = signing_moment + 1s;
  EXPECT_EQ(outcome_of(v1.logged_v1()), "log-key-window");
}

TEST(AttestSigstoreBundle, TimestampCertificates) {
  const auto with_usages = [](const std::string& usages) {
    Scene scene;
    scene.stamper = test::issue(scene.stamp_root,
                                {.subject = "stamper", .from = scene.from, .until = scene.until, .usages = usages},
                                test::make_key());
    scene.trusted.timestamp_authorities[0].chain = {scene.stamper.certificate(), scene.stamp_root.certificate()};
    return scene;
  };
  EXPECT_EQ(outcome_of(with_usages("critical,timeStamping").usual()), "verified");
  // Signed by another, with the certificates of the trusted authority in its bag.
  Scene forged;
  const Holder stranger = test::issue(
      forged.root,
      {.subject = "stranger", .from = forged.from, .until = forged.until, .usages = "critical,timeStamping"},
      test::make_key());
  forged.logged_v2().stamped_by(stranger, signing_moment, {forged.stamper, forged.stamp_root});
  EXPECT_EQ(outcome_of(forged), "timestamp-untrusted");
  Scene with_own;  // the authority's own token, with its own certificates inside; then with another's
  with_own.logged_v2().stamped_by(with_own.stamper, signing_moment, {with_own.stamp_root});
  EXPECT_EQ(outcome_of(with_own), "verified");
  Scene with_strangers;
  with_strangers.logged_v2().stamped_by(with_strangers.stamper, signing_moment, {stranger});
  EXPECT_EQ(outcome_of(with_strangers), "timestamp-invalid");
}

// --- counting ---

TEST(AttestSigstoreBundle, OneLogIsOneWitness) {
  Scene twice;
  twice.thresholds.logs = 2;
  EXPECT_EQ(outcome_of(twice.logged_v1().logged_v1()), "log-entries-missing");
  Scene two;
  two.thresholds.logs = 2;
  EXPECT_EQ(outcome_of(two.logged_v1().logged_v2()), "verified");
}

TEST(AttestSigstoreBundle, OneTimestampAuthorityIsOneWitness) {
  Scene twice;
  twice.thresholds.timestamps = 2;
  EXPECT_EQ(outcome_of(twice.logged_v2().stamped().stamped(signing_moment + 1s)), "timestamps-missing");
  Scene two;
  two.thresholds.timestamps = 2;
  const Holder second = test::issue(
      two.stamp_root, {.subject = "second", .from = two.from, .until = two.until, .usages = "critical,timeStamping"},
      test::make_key());
  two.trusted.timestamp_authorities.push_back(
      {"", {second.certificate(), two.stamp_root.certificate()}, {two.from, two.until}});
  EXPECT_EQ(outcome_of(two.logged_v2().stamped().stamped_by(second, signing_moment)), "verified");
}

TEST(AttestSigstoreBundle, OneCertificateLogIsOneWitness) {
  Scene twice;
  twice.thresholds.certificate_logs = 2;
  twice.seen_by = {twice.certificate_logs[0], twice.certificate_logs[0]};
  EXPECT_EQ(outcome_of(twice.usual()), "sct-missing");
  Scene two;
  two.thresholds.certificate_logs = 2;
  two.seen_by.push_back(test::make_key());
  two.trusted.certificate_logs.push_back(Scene::certificate_log(two.seen_by[1], {two.from, two.until}));
  EXPECT_EQ(outcome_of(two.usual()), "verified");
}

TEST(AttestSigstoreBundle, NothingLoggedIsNotEnoughWhereTheRootHasLogs) {
  EXPECT_EQ(outcome_of(Scene().stamped()), "log-entries-missing");
  Scene without_logs;
  without_logs.trusted.transparency_logs.clear();
  EXPECT_EQ(outcome_of(without_logs.stamped()), "verified");
}

// --- certificate logs ---

TEST(AttestSigstoreBundle, CertificateTimestamps) {
  Scene none;
  none.seen_by.clear();
  EXPECT_EQ(outcome_of(none.usual()), "sct-missing");
  Scene stranger;
  stranger.seen_by = {test::make_key()};
  EXPECT_EQ(outcome_of(stranger.usual()), "sct-missing");
  Scene late;
  late.trusted.certificate_logs[0].valid.end = signing_moment - 1s;
  EXPECT_EQ(outcome_of(late.usual()), "sct-missing");
  Scene other_issuer;  // the log saw it under another issuer's key
  const Holder imposter{test::make_key(), other_issuer.intermediate.x509};
  Holder seen = test::issue(imposter, other_issuer.leaf, other_issuer.key, other_issuer.seen_by);
  X509_sign(seen.x509.get(), other_issuer.intermediate.key.get(), EVP_sha256());
  other_issuer.issued = seen;
  EXPECT_EQ(outcome_of(other_issuer.usual()), "sct-bad-signature");
}

// --- certificates ---

TEST(AttestSigstoreBundle, ExactlyOneName) {
  Scene two;
  two.leaf.names += ",URI:https://example.org/other";
  EXPECT_EQ(outcome_of(two.usual()), "identity-malformed");
  Scene none;
  none.leaf.names.clear();
  EXPECT_EQ(outcome_of(none.usual()), "identity-malformed");
  Scene dns;
  dns.leaf.names = "critical,DNS:example.org";
  EXPECT_EQ(outcome_of(dns.usual()), "identity-malformed");
  Scene loose;
  loose.leaf.names = "URI:" + identity;
  EXPECT_EQ(outcome_of(loose.usual()), "identity-malformed");
  Scene mail;
  mail.leaf.names = "critical,email:alice@example.org";
  mail.signer = ExactIdentity{"alice@example.org", issuer};
  EXPECT_EQ(outcome_of(mail.usual()), "verified");
}

TEST(AttestSigstoreBundle, IdentitiesAreComparedWhole) {
  for (const std::string& other : {identity + "x", identity.substr(1), std::string("https://example.org/.*")}) {
    Scene scene;
    scene.signer = ExactIdentity{other, issuer};
    EXPECT_EQ(outcome_of(scene.usual()), "identity-mismatch");
  }
  Scene scene;
  scene.signer = ExactIdentity{identity, issuer + "/"};
  EXPECT_EQ(outcome_of(scene.usual()), "issuer-mismatch");
  Scene unset;
  unset.signer = ExactIdentity{};
  EXPECT_EQ(outcome_of(unset.usual()), "identity-unset");
}

TEST(AttestSigstoreBundle, IssuersHaveToAgree) {
  Scene scene;
  scene.leaf.extensions[0].der = "https://other.example.org";
  EXPECT_EQ(outcome_of(scene.usual()), "identity-malformed");
  Scene old;
  old.leaf.extensions.pop_back();
  EXPECT_EQ(outcome_of(old.usual()), "verified");
  Scene twice;
  twice.leaf.extensions.push_back(twice.leaf.extensions[1]);
  EXPECT_EQ(outcome_of(twice.usual()), "identity-malformed");
}

TEST(AttestSigstoreBundle, CertificatesAreForCodeSigning) {
  for (const char* usages : {"", "serverAuth", "timeStamping", "anyExtendedKeyUsage"}) {
    Scene scene;
    scene.leaf.usages = usages;
    EXPECT_EQ(outcome_of(scene.usual()), "certificate-chain-invalid") << usages;
  }
  Scene authority;
  authority.leaf.authority = true;
  EXPECT_EQ(outcome_of(authority.usual()), "certificate-chain-invalid");
  Scene elsewhere;  // the intermediate's own list leaves code signing out
  elsewhere.intermediate = test::issue(elsewhere.root,
                                       {.subject = "intermediate",
                                        .from = elsewhere.from,
                                        .until = elsewhere.until,
                                        .authority = true,
                                        .usages = "serverAuth"},
                                       test::make_key());
  elsewhere.trusted.certificate_authorities[0].chain = {elsewhere.intermediate.certificate(),
                                                        elsewhere.root.certificate()};
  EXPECT_EQ(outcome_of(elsewhere.usual()), "certificate-chain-invalid");
}

// Its bytes are read when they are needed, so that nobody else has refused them before.
TEST(AttestSigstoreBundle, AnAuthorityThatCannotBeReadVouchesForNothing) {
  const auto unreadable = [](const Holder& leaf, const Holder& root) {
    return sigstore::AuthorityChain(std::vector<std::string>{leaf.certificate().der(), root.certificate().der() + 'x'});
  };
  Scene issuer;
  issuer.trusted.certificate_authorities[0].chain = unreadable(issuer.intermediate, issuer.root);
  EXPECT_EQ(outcome_of(issuer.usual()), "certificate-authority-unreadable");
  Scene stamper;
  stamper.trusted.timestamp_authorities[0].chain = unreadable(stamper.stamper, stamper.stamp_root);
  EXPECT_EQ(outcome_of(stamper.usual()), "timestamp-authority-unreadable");
}

TEST(AttestSigstoreBundle, UnknownCriticalExtensionsAreRefused) {
  Scene scene;
  scene.leaf.extensions.push_back({"1.2.3.4.5", test::utf8_der("x"), true});
  EXPECT_EQ(outcome_of(scene.usual()), "certificate-chain-invalid");
}

// --- algorithms ---

TEST(AttestSigstoreBundle, WhatCannotBeCheckedIsNamed) {
  Scene leaf;
  leaf.leaf.unknown_key = "2.16.840.1.101.3.4.3.18";
  std::string what;
  EXPECT_EQ(outcome_of(leaf.usual(), &what), "unsupported-algorithm");
  EXPECT_NE(what.find("ML-DSA-65"), std::string::npos) << what;
  Scene log;
  log.trusted.transparency_logs[1].key_details = "ML_DSA_65";
  log.trusted.transparency_logs[1].key.reset();
  EXPECT_EQ(outcome_of(log.usual(), &what), "unsupported-algorithm");
  EXPECT_NE(what.find("ML_DSA_65"), std::string::npos) << what;
}

TEST(AttestSigstoreBundle, OtherKeys) {
  Scene p384;
  p384.key = test::make_key("P-384");
  p384.digest_algorithm = "SHA2_384";
  p384.signature = test::sign(p384.key, message, "SHA384");
  EXPECT_EQ(outcome_of(p384.usual()), "verified");
  p384.artifact->sha384.clear();
  EXPECT_EQ(outcome_of(p384), "artifact-digest-unknown");
  Scene rsa;
  rsa.key = test::make_key("RSA");
  EXPECT_EQ(outcome_of(rsa.usual()), "verified");
  Scene ed25519;
  ed25519.key = test::make_key("ED25519");
  EXPECT_EQ(outcome_of(ed25519.usual()), "verified");
  ed25519.artifact->bytes.reset();
  EXPECT_EQ(outcome_of(ed25519), "artifact-bytes-missing");
}

// --- what was signed ---

TEST(AttestSigstoreBundle, EntriesAreBoundToTheBundle) {
  Scene other_signature;
  other_signature.usual();
  other_signature.signature = test::sign(other_signature.key, message);  // another valid one
  other_signature.timestamps.clear();
  EXPECT_EQ(outcome_of(other_signature.stamped()), "entry-signature-mismatch");
  Scene other_certificate;
  other_certificate.usual();
  other_certificate.issued.reset();
  EXPECT_EQ(outcome_of(other_certificate), "entry-signer-mismatch");
  Scene other_file;
  other_file.artifact = artifact_of("other bytes");
  EXPECT_EQ(outcome_of(other_file.usual()), "entry-digest-mismatch");
}

TEST(AttestSigstoreBundle, PayloadsAreReadStrictly) {
  const std::string good = R"("sha256":")" + crypto::sha256_hex(message) + '"';
  const auto with = [](const std::string& payload) {
    Scene scene;
    scene.payload = payload;
    return outcome_of(scene.usual());
  };
  EXPECT_EQ(with(statement_about(good)), "verified");
  EXPECT_EQ(with(statement_about(good + R"(,"sha256":"00")")), "statement-malformed");
  EXPECT_EQ(with(statement_about(good + R"(,"sha512":"00")")), "statement-malformed");
  EXPECT_EQ(with(statement_about(R"("sha1":"da39a3ee5e6b4b0d3255bfef95601890afd80709")")), "weak-digest");
  EXPECT_EQ(with(statement_about("")), "statement-malformed");
  EXPECT_EQ(with(statement_about(good) + "x"), "statement-malformed");
  EXPECT_EQ(with(R"({"_type":"https://in-toto.io/Statement/v2","subject":[]})"), "statement-malformed");
  EXPECT_EQ(with("not JSON"), "statement-malformed");
  std::string many = R"({"digest":{"sha256":"00"}})";
  for (int i = 0; i < 10'000; ++i) many += R"(,{"digest":{"sha256":"00"}})";
  EXPECT_EQ(with(R"({"_type":"https://in-toto.io/Statement/v1","predicateType":"x","subject":[)" + many + "]}"),
            "statement-malformed");
}

TEST(AttestSigstoreBundle, OtherPayloadTypesAreRefusedBeforeTheyAreRead) {
  Scene scene;
  scene.payload = statement_about(R"("sha256":")" + crypto::sha256_hex(message) + '"');
  scene.payload_type = "application/vnd.dev.cosign.simplesigning.v1+json";
  EXPECT_EQ(outcome_of(scene.usual()), "bundle-malformed");
}

TEST(AttestSigstoreBundle, CapsAreErrors) {
  Scene entries;
  entries.usual();
  entries.entries.resize(33, entries.entries[0]);
  EXPECT_EQ(outcome_of(entries), "bundle-malformed");
  Scene timestamps;
  timestamps.usual();
  timestamps.timestamps.resize(33, timestamps.timestamps[0]);
  EXPECT_EQ(outcome_of(timestamps), "bundle-malformed");
}

TEST(AttestSigstoreBundle, EveryBundleOfAFileIsHeldTo) {
  Scene good, bad;
  bad.signer = good.signer;
  bad.leaf.names = "critical,URI:https://example.org/other";
  good.usual();
  bad.trusted = good.trusted;
  bad.intermediate = good.intermediate;
  bad.stamper = good.stamper;
  bad.tiles = good.tiles;
  bad.seen_by = good.seen_by;
  bad.usual();
  const std::string first = json::to_string(good.bundle()), second = json::to_string(bad.bundle());
  for (const std::string& lines : {first + "\n" + second + "\n", second + "\n" + first + "\n"}) {
    Check check;
    EXPECT_TRUE(verify_bundles({lines, {"b", {}, {}}}, {good.trusted, good.signer, good.artifact}, check).empty());
    EXPECT_EQ(check.first_problem()->code, "identity-mismatch");
  }
  Check check;
  EXPECT_EQ(
      verify_bundles({first + "\n" + first + "\n", {"b", {}, {}}}, {good.trusted, good.signer, good.artifact}, check)
          .size(),
      2u);
  Check empty;
  EXPECT_TRUE(verify_bundles({"\n", {"b", {}, {}}}, {good.trusted, good.signer, good.artifact}, empty).empty());
  EXPECT_FALSE(empty.is_ok());
}

}  // namespace
}  // namespace gate::attest
