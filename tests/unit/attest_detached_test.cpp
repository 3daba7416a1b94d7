// Signatures beside their artifact, made here with OpenSSL as each tool makes them; and twins that are wrong in one
// point.
#include "adapters/attest/detached/detached.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gate/crypto/digest.h"
#include "tests/unit/sigstore_authority.h"
#include "tests/unit/workshop.h"

namespace gate::attest {
namespace {

using test::KeyPair;

const std::string message = "the artifact's bytes\n", other_message = "the artifact's bytes, next version\n";
const std::string key_number = "\x01\x02\x03\x04\x05\x06\x07\x08", other_number = "\x11\x02\x03\x04\x05\x06\x07\x08";
const std::string purl = "pkg:npm/%40acme/app@1.0.0";

Artifact artifact_of(const std::string& bytes) {
  return {.path = "app",
          .sha256 = crypto::sha256(bytes),
          .sha384 = crypto::sha384(bytes),
          .sha512 = crypto::sha512(bytes),
          .bytes = bytes};
}

std::string raw_public(const KeyPair& key) { return test::public_der(key).substr(12); }  // RFC 8410: the last 32 bytes
std::string line(const std::string& bytes) { return crypto::to_base64(bytes) + "\n"; }
Document file(const std::string& bytes) { return {bytes, {"file", {}, {}}}; }

std::string comment_key(const KeyPair& key, const std::string& number = key_number) {
  return "untrusted comment: a key\n" + line("Ed" + number + raw_public(key));
}
std::string pem_key(const KeyPair& key) { return test::pem("PUBLIC KEY", test::public_der(key)); }

struct Minisign {
  KeyPair key = test::make_key("ED25519");
  bool hashed = true;
  std::string number = key_number, comment = "timestamp:1772366400\tfile:app\thashed";

  std::string signature() const { return test::sign(key, hashed ? crypto::blake2b_512(message) : message); }
  std::string text() const {
    const std::string made = signature();
    return "untrusted comment: signature\n" + line((hashed ? "ED" : "Ed") + number + made) +
           "trusted comment: " + comment + "\n" + line(test::sign(key, made + comment));
  }
};

std::string signify_text(const KeyPair& key) {
  return "untrusted comment: verify with a key\n" + line("Ed" + key_number + test::sign(key, message));
}

std::string key_id(const KeyPair& key) { return npm_key_id(*crypto::PublicKey::from_der(test::public_der(key))); }

struct Manifest {
  std::string name = "@acme/app", version = "1.0.0", archive = message;
  std::vector<KeyPair> signers{test::make_key()};
  std::vector<std::string> claims{};  // what each signed; by default the manifest's own

  std::string integrity() const { return "sha512-" + crypto::to_base64(crypto::sha512(archive)); }
  std::string text() const {
    json::Array signatures;
    for (std::size_t i = 0; i < signers.size(); ++i) {
      const std::string claim = i < claims.size() ? claims[i] : name + "@" + version + ":" + integrity();
      signatures.push_back({{"keyid", key_id(signers[i])}, {"sig", crypto::to_base64(test::sign(signers[i], claim))}});
    }
    return json::to_string(
        {{"name", name}, {"version", version}, {"dist", {{"integrity", integrity()}, {"signatures", signatures}}}});
  }
};

struct Question {
  std::string format, signature;
  std::vector<std::string> keys;
  std::string bytes = message, package = purl;
  Artifact artifact = artifact_of(bytes);
};

// The code of the first problem; "verified by <keys>" where there is none.
std::string answer(const Question& asked) {
  std::vector<TrustedKey> keys;
  for (const std::string& key : asked.keys) keys.push_back({"key" + std::to_string(keys.size()), file(key)});
  Artifact artifact = asked.artifact;
  if (artifact.bytes) artifact.bytes = asked.bytes;
  Check check{.code = "detached", .what = "test"};
  const auto verified = verify_detached(*find_detached_format(asked.format), file(asked.signature),
                                        {keys, artifact, asked.package}, check);
  const Check* problem = check.first_problem();
  EXPECT_EQ(verified.empty(), problem != nullptr);
  if (problem) return problem->code;
  std::string signers;
  for (const VerifiedSignature& one : verified) signers += " " + one.key_id();
  return "verified by" + signers;
}

// One good signature of each format, with its key.
std::vector<Question> good_ones() {
  const Minisign hashed, legacy{.hashed = false};
  const KeyPair signify = test::make_key("ED25519"), cosign = test::make_key(), rsa = test::make_key("RSA"),
                p384 = test::make_key("P-384"), ed25519 = test::make_key("ED25519");
  const Manifest manifest;
  return {{"minisign", hashed.text(), {comment_key(hashed.key)}},
          {"minisign", legacy.text(), {comment_key(legacy.key)}},
          {"signify", signify_text(signify), {comment_key(signify)}},
          {"cosign", line(test::sign(cosign, message)), {pem_key(cosign)}},
          {"cosign", line(test::sign(rsa, message)), {pem_key(rsa)}},
          {"cosign", line(test::sign(p384, message)), {pem_key(p384)}},
          {"cosign", line(test::sign(ed25519, message)), {pem_key(ed25519)}},
          {"npm-registry", manifest.text(), {pem_key(manifest.signers[0])}}};
}

TEST(AttestDetached, GoodOnesVerify) {
  for (const Question& good : good_ones()) EXPECT_EQ(answer(good), "verified by key0") << good.signature;
}

TEST(AttestDetached, TheTableNamesEveryFormatOnce) {
  std::string names;
  for (const DetachedFormat& format : detached_formats()) names += std::string(format.name) + " ";
  EXPECT_EQ(names, "cosign minisign npm-registry signify ");
  EXPECT_EQ(find_detached_format("pgp"), nullptr);
}

TEST(AttestDetached, AnotherArtifactIsRefused) {
  for (Question asked : good_ones()) {
    asked.bytes = other_message;
    asked.artifact = artifact_of(other_message);
    EXPECT_EQ(answer(asked), asked.format == "npm-registry" ? "wrong-subject" : "signature-invalid") << asked.signature;
  }
}

TEST(AttestDetached, AnotherKeyIsRefused) {
  for (Question asked : good_ones()) {
    const bool comment = asked.format == "minisign" || asked.format == "signify";
    asked.keys = {comment ? comment_key(test::make_key("ED25519")) : pem_key(test::make_key())};
    EXPECT_EQ(answer(asked), asked.format == "npm-registry" ? "key-unknown" : "signature-invalid") << asked.format;
    asked.keys.clear();
    EXPECT_EQ(answer(asked), "no-trusted-key");
    asked.keys = {"no key"};
    EXPECT_EQ(answer(asked), "key-refused");
  }
}

TEST(AttestDetached, OneOfSeveralKeysIsNamed) {
  for (Question asked : good_ones()) {
    const bool comment = asked.format == "minisign" || asked.format == "signify";
    asked.keys.insert(asked.keys.begin(), comment ? comment_key(test::make_key("ED25519")) : pem_key(test::make_key()));
    EXPECT_EQ(answer(asked), "verified by key1") << asked.format;
    asked.keys.push_back(asked.keys.back());
    EXPECT_EQ(answer(asked), "key-refused") << "the same key twice";
  }
}

// The end of a text and the comment that nobody signs are all that may change.
TEST(AttestDetached, EveryPrefixAndEveryFlippedBitIsRefused) {
  std::size_t twins = 0;
  for (const Question& good : good_ones()) {
    if (good.format == "npm-registry") continue;  // JSON: below
    const std::string& text = good.signature;
    const bool comment = text.starts_with("untrusted");
    Question asked = good;
    for (std::size_t size = 0; size + 1 < text.size(); ++size, ++twins) {
      asked.signature = text.substr(0, size);
      EXPECT_FALSE(answer(asked).starts_with("verified")) << good.format << " cut at " << size;
    }
    for (std::size_t at = comment ? text.find('\n') : 0; at + 1 < text.size(); ++at, ++twins) {
      asked.signature = text;
      asked.signature[at] = static_cast<char>(text[at] ^ 0x01);
      EXPECT_FALSE(answer(asked).starts_with("verified")) << good.format << " flipped at " << at;
    }
    for (const char* more : {"\n", " ", "x", "untrusted comment: signature\n"}) {
      asked.signature = text + more;
      EXPECT_FALSE(answer(asked).starts_with("verified")) << good.format << " followed by " << more;
    }
  }
  EXPECT_GT(twins, 2'000u);
}

TEST(AttestDetached, OneFormatIsNotReadAsAnother) {
  const Minisign legacy{.hashed = false};
  const std::vector<std::string> keys{comment_key(legacy.key)};
  EXPECT_EQ(answer({"signify", legacy.text(), keys}), "signature-malformed");
  EXPECT_EQ(answer({"minisign", signify_text(legacy.key), keys}), "signature-malformed");
  EXPECT_EQ(answer({"cosign", legacy.text(), {pem_key(legacy.key)}}), "signature-malformed");
}

// The tools themselves as makers.
TEST(AttestDetached, WhatMinisignAndSignifyMakeVerifies) {
  const test::Workshop shop;
  shop.write("app", message);
  shop.run("minisign -G -W -f -p mini.pub -s mini.key && minisign -S -W -s mini.key -m app -x hashed -t 'release 1'");
  shop.run("minisign -S -W -l -s mini.key -m app -x legacy");
  shop.run("signify-openbsd -G -n -p release.pub -s release.sec && signify-openbsd -S -s release.sec -m app -x sig");
  EXPECT_EQ(answer({"minisign", shop.read("hashed"), {shop.read("mini.pub")}}), "verified by key0");
  EXPECT_EQ(answer({"minisign", shop.read("legacy"), {shop.read("mini.pub")}}), "verified by key0");
  EXPECT_EQ(answer({"signify", shop.read("sig"), {shop.read("release.pub")}}), "verified by key0");
  EXPECT_EQ(answer({"signify", shop.read("sig"), {shop.read("mini.pub")}}), "key-unknown");
  EXPECT_EQ(answer({"minisign", shop.read("hashed"), {shop.read("mini.pub")}, other_message}), "signature-invalid");
}

TEST(AttestMinisign, NextAlgorithmIsRefusedByName) {
  const Minisign good;
  const std::vector<std::string> keys{comment_key(good.key)};
  const auto relabelled = [&](const std::string& algorithm) {
    const std::string made = good.signature();
    return "untrusted comment: x\n" + line(algorithm + key_number + made) + "trusted comment: " + good.comment + "\n" +
           line(test::sign(good.key, made + good.comment));
  };
  ASSERT_EQ(answer({"minisign", relabelled("ED"), keys}), "verified by key0");
  EXPECT_EQ(answer({"minisign", relabelled("Ee"), keys}), "signature-malformed");
  EXPECT_EQ(answer({"minisign", relabelled("Ed"), keys}), "signature-invalid")
      << "the digest's signature is not the file's";
  EXPECT_EQ(
      answer({"minisign", good.text(), {"untrusted comment: k\n" + line("ED" + key_number + raw_public(good.key))}}),
      "key-refused");
}

TEST(AttestMinisign, TheKeyNumberChooses) {
  const Minisign other{.number = other_number};
  EXPECT_EQ(answer({"minisign", other.text(), {comment_key(other.key)}}), "key-unknown");
  EXPECT_EQ(answer({"minisign", other.text(), {comment_key(other.key, other_number)}}), "verified by key0");
}

TEST(AttestMinisign, TheTrustedCommentIsSignedWithTheSignature) {
  const Minisign good;
  const std::vector<std::string> keys{comment_key(good.key)};
  const std::string text = good.text();
  const auto with = [&](const std::string& comment, const std::string& signature) {
    return text.substr(0, text.find("trusted comment", 3)) + "trusted comment: " + comment + "\n" + line(signature);
  };
  ASSERT_EQ(answer({"minisign", with("v2", test::sign(good.key, good.signature() + "v2")), keys}), "verified by key0");
  EXPECT_EQ(answer({"minisign", with("v2", test::sign(good.key, "v2")), keys}), "trusted-comment-invalid");
  EXPECT_EQ(answer({"minisign", with("v3", test::sign(good.key, good.signature() + "v2")), keys}),
            "trusted-comment-invalid");
  EXPECT_EQ(answer({"minisign", with("\x1b[2J", test::sign(good.key, good.signature() + "\x1b[2J")), keys}),
            "signature-malformed");
}

TEST(AttestMinisign, TheVerifiedCommentIsHandedOn) {
  const Minisign good;
  const std::vector<TrustedKey> keys{{"release", file(comment_key(good.key))}};
  const Artifact artifact = artifact_of(message);
  Check check{.code = "detached", .what = "test"};
  const auto verified = verify_detached(*find_detached_format("minisign"), file(good.text()), {keys, artifact}, check);
  ASSERT_EQ(verified.size(), 1u);
  EXPECT_EQ(verified[0].comment(), good.comment);
  EXPECT_EQ(verified[0].key_id(), "release");
  EXPECT_EQ(verified[0].key_sha256(), crypto::sha256_hex(test::public_der(good.key)));
}

TEST(AttestDetached, WhatOnlyTheFileTellsIsNotLooked) {
  for (Question asked : good_ones()) {
    asked.artifact = {.path = "app", .sha256 = crypto::sha256(message), .sha384 = {}, .sha512 = {}};
    const std::string got = answer(asked);
    const bool ed25519 = asked.keys[0].starts_with("untrusted");
    if (ed25519 || asked.format == "npm-registry")
      EXPECT_TRUE(got == "artifact-bytes-missing" || got == "artifact-digest-unknown") << got;
    else
      EXPECT_TRUE(got == "verified by key0" || got == "signature-invalid") << got;
  }
  const Minisign hashed;
  Question asked{"minisign", hashed.text(), {comment_key(hashed.key)}};
  asked.artifact = {.path = "app",
                    .sha256 = {},
                    .sha384 = {},
                    .sha512 = {},
                    .bytes = {},
                    .blake2b_512 = crypto::blake2b_512(message)};
  EXPECT_EQ(answer(asked), "verified by key0") << "hashed while it was read";
}

TEST(AttestNpmRegistry, NameVersionAndArchiveAreAllSigned) {
  const Manifest good;
  const std::vector<std::string> keys{pem_key(good.signers[0])};
  const auto twin = [&](auto change) {
    Manifest manifest = good;
    manifest.claims = {good.name + "@" + good.version + ":" + good.integrity()};
    change(manifest);
    return manifest.text();
  };
  EXPECT_EQ(answer({"npm-registry", twin([](Manifest&) {}), keys}), "verified by key0");
  const auto renamed = twin([](Manifest& m) { m.name = "@acme/application"; });
  const auto next = twin([](Manifest& m) { m.version = "1.0.1"; });
  const auto repacked = twin([](Manifest& m) { m.archive = other_message; });
  EXPECT_EQ(answer({"npm-registry", renamed, keys}), "npm-package-mismatch");
  EXPECT_EQ(answer({"npm-registry", renamed, keys, message, "pkg:npm/%40acme/application@1.0.0"}), "signature-invalid");
  EXPECT_EQ(answer({"npm-registry", next, keys}), "npm-package-mismatch");
  EXPECT_EQ(answer({"npm-registry", next, keys, message, "pkg:npm/%40acme/app@1.0.1"}), "signature-invalid");
  EXPECT_EQ(answer({"npm-registry", repacked, keys}), "wrong-subject");
  EXPECT_EQ(answer({"npm-registry", repacked, keys, other_message}), "signature-invalid");
  for (const char* unset : {"", "@acme/app", "pkg:npm/%40acme/app", "pkg:pypi/app@1.0.0"})
    EXPECT_EQ(answer({"npm-registry", good.text(), keys, message, unset}), "package-unset");
}

TEST(AttestNpmRegistry, EverySignatureHasToVerify) {
  Manifest two;
  two.signers.push_back(test::make_key());
  const std::string first = pem_key(two.signers[0]), second = pem_key(two.signers[1]);
  EXPECT_EQ(answer({"npm-registry", two.text(), {first, second}}), "verified by key0 key1");
  EXPECT_EQ(answer({"npm-registry", two.text(), {first}}), "key-unknown");
  two.claims = {two.name + "@" + two.version + ":" + two.integrity(), "another"};
  EXPECT_EQ(answer({"npm-registry", two.text(), {first, second}}), "signature-invalid");
  two.signers.clear();
  EXPECT_EQ(answer({"npm-registry", two.text(), {first, second}}), "signature-malformed");
}

TEST(AttestNpmRegistry, WeakOrStrangeIntegrityIsRefused) {
  const Manifest good;
  const std::vector<std::string> keys{pem_key(good.signers[0])};
  for (const std::string& integrity :
       {std::string("sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk="), good.integrity() + " sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
        good.integrity().substr(0, good.integrity().size() - 2), std::string("sha512-"), std::string()}) {
    std::string text = good.text();
    text.replace(text.find(good.integrity()), good.integrity().size(), integrity);
    EXPECT_EQ(answer({"npm-registry", text, keys}), "signature-malformed") << integrity;
  }
  EXPECT_EQ(answer({"npm-registry", good.text() + "{}", keys}), "signature-malformed");
  for (std::size_t size = 0; size < good.text().size(); size += 16)
    EXPECT_EQ(answer({"npm-registry", good.text().substr(0, size), keys}), "signature-malformed");
}

}  // namespace
}  // namespace gate::attest
