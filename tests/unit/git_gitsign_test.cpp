// Signatures as gitsign makes them, by an authority of our own: each scene is right but for one point.
#include <gtest/gtest.h>

#include "adapters/git/cms_signature.h"
#include "adapters/git/log_entry_wire.h"
#include "gate/crypto/digest.h"
#include "tests/unit/sigstore_authority.h"

namespace gate::git {
namespace {

using namespace std::chrono_literals;
using test::Holder;
using test::KeyPair;
using test::octets_der;
using test::RawAttribute;
using test::signing_moment;

const std::string commit =
    "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor D <dev@example.org> 1 +0000\n\nSubject\n";
const std::string name = "dev@example.org", issuer = "https://issuer.example.org";
const std::string entry_oid = "1.3.6.1.4.1.57264.3.1", timestamp_oid(crypto::oid::timestamp_token);

// Protobuf's wire format, written a second time for the tests.
std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(0x80 | (value & 0x7f));
  return bytes + static_cast<char>(value);
}
std::string number(int field, std::uint64_t value) {
  return varint(static_cast<std::uint64_t>(field) << 3) + varint(value);
}
std::string bytes(int field, const std::string& value) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(value.size()) + value;
}

// What stands in the JSON of an entry.
struct Logged {
  const json::Value& entry;

  const std::string& text(std::initializer_list<std::string_view> path) const {
    const json::Value* at = &entry;
    for (const std::string_view key : path) at = at->find(key);
    return *at->text();
  }
  std::string raw(std::initializer_list<std::string_view> path) const { return *crypto::from_base64(text(path)); }
  std::uint64_t count(std::initializer_list<std::string_view> path) const { return std::stoull(text(path)); }

  std::string proof() const {
    const json::Value& hash = entry.find("inclusionProof")->find("hashes")->array()->front();
    return number(1, count({"inclusionProof", "logIndex"})) + bytes(2, raw({"inclusionProof", "rootHash"})) +
           number(3, count({"inclusionProof", "treeSize"})) + bytes(4, *crypto::from_base64(*hash.text())) +
           bytes(5, bytes(1, text({"inclusionProof", "checkpoint", "envelope"})));
  }
  std::string wire() const {
    std::string out = number(1, count({"logIndex"})) + bytes(2, bytes(1, raw({"logId", "keyId"}))) +
                      bytes(3, bytes(1, text({"kindVersion", "kind"})) + bytes(2, text({"kindVersion", "version"})));
    if (entry.find("integratedTime")) out += number(4, count({"integratedTime"}));
    if (entry.find("inclusionPromise")) out += bytes(5, bytes(1, raw({"inclusionPromise", "signedEntryTimestamp"})));
    return out + bytes(6, proof());
  }
};

std::string pem_in_lines(const std::string& der) {
  std::string digits = crypto::to_base64(der);
  for (std::size_t at = 64; at < digits.size(); at += 65) digits.insert(at, "\n");
  return "-----BEGIN CERTIFICATE-----\n" + digits + "\n-----END CERTIFICATE-----\n";
}

// A whole Sigstore, and one signed commit. A test changes one thing, then asks.
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
  sigstore::TrustedRoot trusted;

  test::CertificateSpec leaf{
      .usages = "codeSigning",
      .names = "critical,email:" + name,
      .extensions = {{test::fulcio_oid(1), issuer}, {test::fulcio_oid(8), test::utf8_der(issuer)}}};
  std::vector<KeyPair> seen_by = certificate_logs;
  std::vector<TrustedIdentity> identities{{name, issuer}};
  Instant now = signing_moment + 24h;
  std::string payload = commit;
  std::optional<Holder> issued;
  // What stands among the unsigned attributes, made once the signature is there.
  std::vector<std::function<RawAttribute(const crypto::SignerInfo&)>> vouched;
  std::optional<X509Roots> roots;
  bool has_sigstore = true;

  Scene() {
    const sigstore::Interval always{from, until};
    trusted.transparency_logs = {rekor.trusted(always), tiles.trusted(always)};
    trusted.certificate_logs = {*sigstore::make_log("https://ct.example.org", "PKIX_ECDSA_P256_SHA_256",
                                                    test::public_der(certificate_logs[0]), always)};
    trusted.certificate_authorities = {{"", {intermediate.certificate(), root.certificate()}, always}};
    trusted.timestamp_authorities = {{"", {stamper.certificate(), stamp_root.certificate()}, always}};
  }

  const Holder& certificate() {
    if (!issued) issued = test::issue(intermediate, leaf, test::make_key(), seen_by);
    return *issued;
  }
  static std::string body(const std::string& attributes, const std::string& signature, const std::string& der) {
    return json::to_string(
        {{"apiVersion", "0.0.1"},
         {"kind", "hashedrekord"},
         {"spec",
          {{"data", {{"hash", {{"algorithm", "sha256"}, {"value", crypto::sha256_hex(attributes)}}}}},
           {"signature",
            {{"content", crypto::to_base64(signature)},
             {"publicKey", {{"content", crypto::to_base64(pem_in_lines(der))}}}}}}}});
  }
  static std::string body_v2(const std::string& attributes, const std::string& signature, const std::string& der) {
    json::Value verifier{{"keyDetails", "PKIX_ECDSA_P256_SHA_256"},
                         {"x509Certificate", {{"rawBytes", crypto::to_base64(der)}}}};
    return json::to_string(
        {{"apiVersion", "0.0.2"},
         {"kind", "hashedrekord"},
         {"spec",
          {{"hashedRekordV002",
            {{"data", {{"algorithm", "SHA2_256"}, {"digest", crypto::to_base64(crypto::sha256(attributes))}}},
             {"signature", {{"content", crypto::to_base64(signature)}, {"verifier", verifier}}}}}}}});
  }

  using Change = std::function<void(json::Value&)>;
  Scene& logged(Change change = [](json::Value&) {}, Instant at = signing_moment) {
    return logged_in(rekor, std::move(change), at);
  }
  Scene& logged_in(const test::TestLog& log, Change change = [](json::Value&) {}, Instant at = signing_moment) {
    vouched.push_back([this, &log, change, at](const crypto::SignerInfo& signer) -> RawAttribute {
      json::Value entry =
          log.entry("hashedrekord", "0.0.1", body(signer.signed_attributes, signer.signature, certificate().der()), at);
      change(entry);
      return {entry_oid, octets_der(Logged{entry}.wire())};
    });
    return *this;
  }
  // With the body of the entry, which may be about anything.
  Scene& logged_as(std::function<std::string(const crypto::SignerInfo&)> made) {
    vouched.push_back([this, made](const crypto::SignerInfo& signer) -> RawAttribute {
      const std::string logged_body = made(signer);
      const json::Value entry = rekor.entry("hashedrekord", "0.0.1", logged_body, signing_moment);
      return {entry_oid, octets_der(Logged{entry}.wire() + bytes(7, logged_body))};
    });
    return *this;
  }
  Scene& tiled(bool with_body = true) {
    vouched.push_back([this, with_body](const crypto::SignerInfo& signer) -> RawAttribute {
      const std::string made = body_v2(signer.signed_attributes, signer.signature, certificate().der());
      const json::Value entry = tiles.entry("hashedrekord", "0.0.2", made, std::nullopt);
      return {entry_oid, octets_der(Logged{entry}.wire() + (with_body ? bytes(7, made) : ""))};
    });
    return *this;
  }
  Scene& stamped(Instant at = signing_moment) { return stamped_by(stamper, at); }
  Scene& stamped_by(const Holder& who, Instant at = signing_moment, const std::string& about = {}) {
    vouched.push_back([&who, at, about](const crypto::SignerInfo& signer) -> RawAttribute {
      const std::string& message = about.empty() ? signer.signature : about;
      return {timestamp_oid, test::bare_token(test::make_timestamp(who, message, at))};
    });
    return *this;
  }

  SignatureVerdict judge() {
    const std::string der = test::make_cms(certificate(), payload, [&](const crypto::SignerInfo& signer) {
      std::vector<RawAttribute> attributes;
      for (const auto& make : vouched) attributes.push_back(make(signer));
      return attributes;
    });
    const std::string armor =
        "-----BEGIN SIGNED MESSAGE-----\n" + crypto::to_base64(der) + "\n-----END SIGNED MESSAGE-----\n";
    SignatureVerdict verdict;
    judge_x509({.roots = roots ? &*roots : nullptr,
                .sigstore = has_sigstore ? &trusted : nullptr,
                .identities = identities,
                .now = now},
               commit, armor, verdict);
    EXPECT_EQ(verdict.signer.empty(), verdict.state != SignatureState::verified);
    EXPECT_EQ(verdict.check.is_ok(), verdict.state == SignatureState::verified);
    return verdict;
  }
};

// The state and the code of the first problem; "verified" where there is none.
std::string outcome_of(Scene& scene) {
  const SignatureVerdict verdict = scene.judge();
  if (verdict.state == SignatureState::verified) return "verified";
  return std::string(gate::name(verdict.state)) + " " + verdict.check.first_problem()->code;
}

TEST(GitGitsign, AnEntryOrATimestampIsATime) {
  for (const auto& add : std::initializer_list<std::function<void(Scene&)>>{
           [](Scene& s) { s.logged(); }, [](Scene& s) { s.stamped(); }, [](Scene& s) { s.logged().stamped(); },
           [](Scene& s) { s.tiled().stamped(); },
           [](Scene& s) {
             s.logged_as([&s](const crypto::SignerInfo& signer) {
               return Scene::body(signer.signed_attributes, signer.signature, s.certificate().der());
             });
           }}) {
    Scene scene;
    add(scene);
    const SignatureVerdict verdict = scene.judge();
    EXPECT_EQ(verdict.signer, name) << verdict.problem();
    EXPECT_EQ(verdict.key, crypto::sha256_hex(scene.certificate().der()));
  }
}

TEST(GitGitsign, WithoutEitherNothingTellsWhenItWasSigned) {
  Scene expired;
  EXPECT_EQ(outcome_of(expired), "no-time no-time");
  Scene fresh;
  fresh.now = signing_moment;
  EXPECT_EQ(outcome_of(fresh), "no-time no-time");
  Scene tile;
  EXPECT_EQ(outcome_of(tile.tiled()), "no-time no-verified-time");
}

TEST(GitGitsign, TheTimeHasToBeWhenTheCertificateHeld) {
  Scene early, late, stamp, one_of_two;
  EXPECT_EQ(outcome_of(early.logged([](json::Value&) {}, signing_moment - 6min)),
            "untrusted-key certificate-chain-invalid");
  EXPECT_EQ(outcome_of(late.logged([](json::Value&) {}, signing_moment + 6min)),
            "untrusted-key certificate-chain-invalid");
  EXPECT_EQ(outcome_of(stamp.stamped(signing_moment + 6min)), "untrusted-key certificate-chain-invalid");
  EXPECT_EQ(outcome_of(one_of_two.logged().stamped(signing_moment + 6min)), "untrusted-key certificate-chain-invalid");
  Scene before_window;
  before_window.trusted.certificate_authorities.front().valid.start = signing_moment + 1s;
  EXPECT_EQ(outcome_of(before_window.logged()), "untrusted-key certificate-authority-window");
}

TEST(GitGitsign, OnlyWhomThePolicyNames) {
  Scene other_name, other_issuer, nobody, no_root, glob, wrong_glob, empty;
  other_name.identities = {{"boss@example.org", issuer}};
  EXPECT_EQ(outcome_of(other_name.logged()), "untrusted-key untrusted-key");
  other_issuer.identities = {{name, "https://other.example.org"}};
  EXPECT_EQ(outcome_of(other_issuer.logged()), "untrusted-key untrusted-key");
  nobody.identities.clear();
  EXPECT_EQ(outcome_of(nobody.logged()), "untrusted-key untrusted-key");
  no_root.has_sigstore = false;
  EXPECT_EQ(outcome_of(no_root.logged()), "untrusted-key untrusted-key");
  glob.identities = {{"*@example.org", issuer, true}};
  EXPECT_EQ(outcome_of(glob.logged()), "verified");
  wrong_glob.identities = {{"*@example", issuer, true}};
  EXPECT_EQ(outcome_of(wrong_glob.logged()), "untrusted-key untrusted-key");
  empty.identities = {{"", ""}};
  EXPECT_EQ(outcome_of(empty.logged()), "untrusted-key untrusted-key");
}

TEST(GitGitsign, ARootOfSmimeCertifiesNobodyOfFulcio) {
  Scene scene;
  scene.now = signing_moment;
  scene.identities.clear();
  scene.roots = X509Roots{"roots.pem", {scene.root.certificate()}};
  EXPECT_EQ(outcome_of(scene), "untrusted-key untrusted-key");
}

TEST(GitGitsign, TheCertificateIsOfATrustedAuthorityAndSeenByALog) {
  Scene unseen, stranger_log, stranger, server;
  unseen.seen_by.clear();
  EXPECT_EQ(outcome_of(unseen.logged()), "untrusted-key sct-missing");
  stranger_log.seen_by = {test::make_key()};
  EXPECT_EQ(outcome_of(stranger_log.logged()), "untrusted-key sct-missing");
  stranger.trusted.certificate_authorities = {
      {"", {test::make_root("other", stranger.from, stranger.until).certificate()}, {stranger.from, stranger.until}}};
  EXPECT_EQ(outcome_of(stranger.logged()), "untrusted-key certificate-chain-invalid");
  server.leaf.usages = "serverAuth";
  EXPECT_EQ(outcome_of(server.logged()), "untrusted-key certificate-chain-invalid");
}

TEST(GitGitsign, TheSignatureIsOverTheCommit) {
  Scene scene;
  scene.payload = commit + "more\n";
  EXPECT_EQ(outcome_of(scene.logged()), "bad-signature bad-signature");
}

TEST(GitGitsign, TheEntryIsAboutThisSignature) {
  // Left out, the body follows from the signature, so that another entry's promise and proof fit nothing.
  Scene other;
  other.vouched.push_back([&](const crypto::SignerInfo& signer) -> RawAttribute {
    const auto entry =
        other.rekor.entry("hashedrekord", "0.0.1",
                          Scene::body(signer.signed_attributes, "other", other.certificate().der()), signing_moment);
    return {entry_oid, octets_der(Logged{entry}.wire())};
  });
  EXPECT_EQ(outcome_of(other), "no-time rekor-root-mismatch");

  const Holder stranger = test::issue(other.intermediate, other.leaf, test::make_key());
  Scene signature, certificate, content, text, kind;
  EXPECT_EQ(outcome_of(signature.logged_as([&](const crypto::SignerInfo& signer) {
              return Scene::body(signer.signed_attributes, "other", signature.certificate().der());
            })),
            "no-time entry-signature-mismatch");
  EXPECT_EQ(outcome_of(certificate.logged_as([&](const crypto::SignerInfo& signer) {
              return Scene::body(signer.signed_attributes, signer.signature, stranger.der());
            })),
            "no-time entry-signer-mismatch");
  EXPECT_EQ(outcome_of(content.logged_as([&](const crypto::SignerInfo& signer) {
              return Scene::body(commit, signer.signature, content.certificate().der());
            })),
            "no-time entry-digest-mismatch");
  EXPECT_EQ(outcome_of(text.logged_as([](const crypto::SignerInfo&) { return "{}"; })), "no-time entry-body-malformed");
  EXPECT_EQ(outcome_of(kind.logged([](json::Value& entry) { entry["kindVersion"]["kind"] = "rekord"; })),
            "not-supported entry-body-missing");
  Scene tile;
  EXPECT_EQ(outcome_of(tile.tiled(false).stamped()), "not-supported entry-body-missing");
}

TEST(GitGitsign, WhatTheEntryShowsVerifies) {
  const auto outcome = [](const Scene::Change& change) {
    Scene scene;
    return outcome_of(scene.logged(change));
  };
  const auto flipped = [](json::Value& text) {
    std::string raw = *crypto::from_base64(*text.text());
    raw[raw.size() / 2] ^= 1;
    text = crypto::to_base64(raw);
  };
  EXPECT_EQ(outcome([&](json::Value& e) { flipped(e["inclusionPromise"]["signedEntryTimestamp"]); }),
            "no-time set-bad-signature");
  EXPECT_EQ(outcome([](json::Value& e) {
              e["integratedTime"] = std::to_string(signing_moment.time_since_epoch().count() + 1);
            }),
            "no-time set-bad-signature");
  EXPECT_EQ(outcome([](json::Value& e) { e["logIndex"] = "42"; }), "no-time set-bad-signature");
  EXPECT_EQ(outcome([&](json::Value& e) { flipped(e["inclusionProof"]["rootHash"]); }), "no-time rekor-root-mismatch");
  EXPECT_EQ(outcome([&](json::Value& e) { flipped(e["logId"]["keyId"]); }), "no-time log-unknown");
  EXPECT_EQ(outcome([](json::Value& e) {
              std::string note = *e["inclusionProof"]["checkpoint"]["envelope"].text();
              note.replace(note.find("\n2\n"), 3, "\n3\n");
              e["inclusionProof"]["checkpoint"]["envelope"] = note;
            }),
            "no-time checkpoint-size-mismatch");
  EXPECT_EQ(outcome([](json::Value& e) { e["inclusionProof"]["checkpoint"]["envelope"] = ""; }),
            "no-time inclusion-proof-missing");
  EXPECT_EQ(outcome([](json::Value& e) { e["inclusionPromise"]["signedEntryTimestamp"] = ""; }),
            "no-time no-verified-time");
}

TEST(GitGitsign, TheLogIsTrusted) {
  Scene unknown, impostor, ended;
  const test::TestLog stranger{"https://rekor.example.org", test::make_key(), false};
  EXPECT_EQ(outcome_of(unknown.logged_in(stranger)), "no-time log-unknown");
  // Another's key under the id of the trusted one.
  const std::string id = impostor.trusted.transparency_logs.front().id;
  EXPECT_EQ(
      outcome_of(impostor.logged_in(stranger, [&](json::Value& e) { e["logId"]["keyId"] = crypto::to_base64(id); })),
      "no-time checkpoint-unsigned");
  ended.trusted.transparency_logs.front().valid.end = signing_moment - 1s;
  EXPECT_EQ(outcome_of(ended.logged()), "no-time log-key-window");
  Scene ended_tiles;
  ended_tiles.trusted.transparency_logs.back().valid.end = signing_moment - 1s;
  EXPECT_EQ(outcome_of(ended_tiles.tiled().stamped()), "no-time log-key-window");
}

TEST(GitGitsign, TheTimestampIsOfATrustedAuthorityAndAboutThisSignature) {
  Scene unknown, about, ended;
  const Holder root = test::make_root("other root", unknown.from, unknown.until);
  const Holder stranger = test::issue(
      root, {.subject = "stamper", .from = unknown.from, .until = unknown.until, .usages = "critical,timeStamping"},
      test::make_key());
  EXPECT_EQ(outcome_of(unknown.stamped_by(stranger)), "no-time timestamp-untrusted");
  EXPECT_EQ(outcome_of(about.stamped_by(about.stamper, signing_moment, "another signature")),
            "no-time timestamp-imprint-mismatch");
  ended.trusted.timestamp_authorities.front().valid.end = signing_moment - 1s;
  EXPECT_EQ(outcome_of(ended.stamped()), "no-time timestamp-authority-window");
  // A good entry beside it changes nothing.
  Scene beside;
  EXPECT_EQ(outcome_of(beside.logged().stamped_by(stranger)), "no-time timestamp-untrusted");
}

TEST(GitGitsign, TruncatedEntriesAreMalformed) {
  Scene whole;
  std::string wire;
  whole.logged();
  const auto make = whole.vouched.front();
  whole.vouched = {[&](const crypto::SignerInfo& signer) {
    const RawAttribute made = make(signer);
    wire = made.der.substr(4);  // tag and a length of two bytes
    return made;
  }};
  ASSERT_EQ(outcome_of(whole), "verified");
  ASSERT_TRUE(parse_log_entry(wire));
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, wire.size() / 2, wire.size() - 1}) {
    Scene cut;
    cut.vouched.push_back(
        [&](const crypto::SignerInfo&) -> RawAttribute { return {entry_oid, octets_der(wire.substr(0, size))}; });
    EXPECT_EQ(outcome_of(cut), "malformed log-entry-malformed") << size;
  }
  Scene twice;
  EXPECT_EQ(outcome_of(twice.logged().logged()), "malformed malformed");
  Scene number_instead;
  number_instead.vouched.push_back(
      [](const crypto::SignerInfo&) -> RawAttribute { return {entry_oid, std::string("\2\1\1", 3)}; });
  EXPECT_EQ(outcome_of(number_instead), "malformed log-entry-malformed");
}

TEST(GitGitsign, WireFormat) {
  const std::string id(32, 'i'), good = bytes(2, bytes(1, id)) + bytes(3, bytes(1, "k") + bytes(2, "v"));
  const auto entry = parse_log_entry(number(1, 41) + good + number(4, 7) + number(99, 1) + bytes(98, "x"));
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->index, 41u);
  EXPECT_EQ(entry->log_id, id);
  EXPECT_EQ(entry->kind, "k");
  EXPECT_EQ(entry->version, "v");
  EXPECT_EQ(entry->integrated_time, 7);
  EXPECT_FALSE(entry->proof);
  const std::string fixed64 = std::string(1, '\x61') + "12345678", fixed32 = std::string(1, '\x6d') + "1234";
  EXPECT_TRUE(parse_log_entry(good + fixed64 + fixed32));
  EXPECT_FALSE(parse_log_entry(good + '\x09' + "12345678"));  // an index of another type

  const std::string many = [] {
    std::string hashes;
    for (int i = 0; i < 65; ++i) hashes += bytes(4, std::string(32, 'h'));
    return bytes(6, hashes);
  }();
  for (const std::string& bad : {std::string(), good + number(1, 1) + number(1, 2),           // twice
                                 good + bytes(1, "x"), good + number(6, 1),                   // of another type
                                 good + number(1, 1ull << 63), good + number(4, 1ull << 63),  // negative
                                 good + number(0, 1), good + "\x0b",                          // no field, a group
                                 good + std::string(10, '\xff'),
                                 good + "\x0a\x7f"
                                        "x",  // an endless number, a length beyond the end
                                 bytes(2, bytes(1, "short")) + bytes(3, bytes(1, "k")), bytes(2, bytes(1, id)),
                                 many + good, good + bytes(6, bytes(2, "short"))})
    EXPECT_FALSE(parse_log_entry(bad)) << crypto::to_hex(bad);
}

// --- S/MIME ---

Scene smime() {
  Scene scene;
  scene.leaf = {.usages = "emailProtection", .names = "email:" + name};
  scene.intermediate = scene.root;  // tests' signatures bring the signer's certificate alone
  scene.roots = X509Roots{"roots.pem", {scene.root.certificate()}};
  scene.identities.clear();
  return scene;
}

TEST(GitGitsign, AnSmimeCertificateHoldsNowOrAtATrustedTime) {
  Scene now = smime(), expired = smime(), stamped = smime(), unknown = smime(), untrusted = smime(), late = smime();
  now.now = signing_moment;
  EXPECT_EQ(outcome_of(now), "verified");
  EXPECT_EQ(outcome_of(expired), "expired-key expired-key");
  EXPECT_EQ(outcome_of(stamped.stamped()), "verified");
  EXPECT_EQ(outcome_of(late.stamped(signing_moment + 6min)), "expired-key expired-key");
  const Holder stranger = test::make_root("stranger", now.from, now.until);
  const Holder stamper = test::issue(
      stranger, {.subject = "stamper", .from = now.from, .until = now.until, .usages = "critical,timeStamping"},
      test::make_key());
  EXPECT_EQ(outcome_of(unknown.stamped_by(stamper)), "no-time timestamp-untrusted");
  untrusted.has_sigstore = false;
  EXPECT_EQ(outcome_of(untrusted.stamped()), "no-time no-time");
}

}  // namespace
}  // namespace gate::git
