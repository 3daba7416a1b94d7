#include <gtest/gtest.h>

#include "adapters/git/openpgp.h"
#include "adapters/git/openpgp_packet.h"
#include "tests/unit/workshop.h"

namespace gate::git {
namespace {

using gate::test::Workshop;

constexpr std::int64_t january_2026 = 1767225600, day = 86400;
Instant days_later(int days) { return Instant(std::chrono::seconds(january_2026 + days * day)); }

// gpg makes the keys and the signatures, once for all tests.
class GitOpenpgp : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = new Workshop;
    shop_->run("mkdir -m 700 home; printf 'tree\\nauthor\\n' > payload");
    key("good", "ed25519", "sign 2y");
    key("rsa", "rsa2048", "sign 2y");
    key("short", "rsa1024", "sign 2y");
    key("dsa", "dsa2048", "sign 2y");
    key("brief", "nistp256", "sign 30d");
    key("revoked", "ed25519", "sign 2y");
    key("owner", "ed25519", "cert 2y");
    key("stranger", "ed25519", "sign 2y");
    const std::string of_owner = fingerprint("owner");
    gpg("--quick-add-key " + of_owner + " ed25519 sign 60d", 0);
    for (const char* name : {"good", "rsa", "short", "dsa", "brief", "revoked", "owner", "stranger"})
      sign(name, "-u " + std::string(name) + "@example.org");
    sign("sha1", "-u rsa@example.org --digest-algo SHA1");
    sign("text", "-u good@example.org --textmode");
    sign("short-lived", "-u good@example.org --default-sig-expire 5d");
    sign("both", "-u good@example.org -u rsa@example.org");
    shop_->run("sed 's/^:---/---/' home/openpgp-revocs.d/" + fingerprint("revoked") + ".rev > revocation");
    gpg("--import revocation", 0);
    gpg("--export -a -o ring.asc good@ rsa@ short@ dsa@ brief@ revoked@ owner@", 0);
    gpg("--export -o ring.gpg good@ rsa@", 0);
    shop_->run("gpgconf --homedir home --kill all");
  }
  static void TearDownTestSuite() { delete shop_; }

  static void gpg(const std::string& command, int after_days) {
    shop_->run(
        "gpg --homedir home --batch --yes --quiet --no-tty --passphrase '' --pinentry-mode loopback "
        "--faked-system-time " +
        std::to_string(january_2026 + after_days * day) + " " + command);
  }
  static void key(const std::string& name, const std::string& type, const std::string& usage) {
    gpg("--quick-generate-key '" + name + " <" + name + "@example.org>' " + type + " " + usage, 0);
  }
  static void sign(const std::string& name, const std::string& how) {
    gpg("-a -b -o " + name + ".asc " + how + " payload", 10);
  }
  static std::string fingerprint(const std::string& name) {
    const std::string listed = shop_->run("gpg --homedir home --list-keys --with-colons " + name + "@ 2>/dev/null");
    const auto at = listed.find("fpr:::::::::") + 12;
    return listed.substr(at, listed.find(':', at) - at);
  }

  static SignatureVerdict judge(const std::string& armor, int after_days = 20, const std::string& ring = "ring.asc",
                                std::string payload = shop_->read("payload")) {
    Document document;
    document.bytes = shop_->read(ring);
    document.origin.artifact = ring;
    const auto keyring = OpenpgpKeyring::load(document, days_later(after_days));
    SignatureVerdict verdict;
    EXPECT_TRUE(keyring);
    if (keyring) judge_openpgp(&*keyring, payload, armor, verdict);
    return verdict;
  }
  static SignatureState state(const std::string& name, int after_days = 20) {
    const SignatureVerdict verdict = judge(shop_->read(name + ".asc"), after_days);
    EXPECT_EQ(verdict.signer.empty(), verdict.state != SignatureState::verified) << name;
    EXPECT_EQ(verdict.problem().empty(), verdict.state == SignatureState::verified) << name;
    return verdict.state;
  }

  static Workshop* shop_;
};
Workshop* GitOpenpgp::shop_ = nullptr;

TEST_F(GitOpenpgp, GoodSignaturesNameTheUserIdAndTheKeyThatMadeThem) {
  for (const char* name : {"good", "rsa", "brief"}) {
    const auto verdict = judge(shop_->read(name + std::string(".asc")));
    EXPECT_EQ(verdict.signer, name + std::string(" <") + name + "@example.org>");
    EXPECT_EQ(verdict.key, fingerprint(name));
  }
  EXPECT_EQ(judge(shop_->read("good.asc"), 20, "ring.gpg").state, SignatureState::verified);
}

TEST_F(GitOpenpgp, ASubkeySignsForItsOwner) {
  const auto verdict = judge(shop_->read("owner.asc"));
  EXPECT_EQ(verdict.signer, "owner <owner@example.org>");
  EXPECT_NE(verdict.key, fingerprint("owner"));
  EXPECT_EQ(state("owner", 61), SignatureState::expired_key);
}

TEST_F(GitOpenpgp, WhatIsWrongIsNamed) {
  EXPECT_EQ(state("stranger"), SignatureState::untrusted_key);
  EXPECT_EQ(state("revoked"), SignatureState::revoked_key);
  EXPECT_EQ(state("brief", 31), SignatureState::expired_key);
  EXPECT_EQ(state("short-lived"), SignatureState::expired_key);
  EXPECT_EQ(state("good", 5), SignatureState::not_yet_valid);
  EXPECT_EQ(state("short"), SignatureState::weak_algorithm);
  EXPECT_EQ(state("dsa"), SignatureState::weak_algorithm);
  EXPECT_EQ(state("sha1"), SignatureState::weak_algorithm);
  EXPECT_EQ(state("text"), SignatureState::wrong_purpose);
  EXPECT_EQ(judge(shop_->read("good.asc"), 20, "ring.asc", "other").state, SignatureState::bad_signature);
}

TEST_F(GitOpenpgp, SeveralSignaturesAreOfOneOwnerAndAllGood) {
  const std::string good = shop_->read("good.asc");
  EXPECT_EQ(judge(good + good).state, SignatureState::verified);
  EXPECT_EQ(state("both"), SignatureState::malformed);
  EXPECT_EQ(judge(good + shop_->read("stranger.asc")).state, SignatureState::untrusted_key);
  EXPECT_EQ(judge(shop_->read("stranger.asc") + good).state, SignatureState::untrusted_key);
}

TEST_F(GitOpenpgp, NothingStandsAroundAnArmour) {
  const std::string good = shop_->read("good.asc");
  for (const std::string& armor : {"x\n" + good, good + "x", good.substr(0, good.size() / 2), std::string(),
                                   "-----BEGIN PGP SIGNATURE-----\nNotDashEscaped: x" + good.substr(good.find("\n\n"))})
    EXPECT_EQ(judge(armor).state, SignatureState::malformed) << armor;
}

TEST_F(GitOpenpgp, NoByteOfASignatureMayBeLost) {
  const auto packets = dearmor_openpgp(shop_->read("good.asc"), "SIGNATURE");
  ASSERT_TRUE(packets);
  for (std::size_t size = 0; size < packets->size(); ++size)
    EXPECT_FALSE(parse_openpgp_signatures(std::string_view(*packets).substr(0, size))) << size;
}

TEST(GitOpenpgpKeyring, WhatHoldsNoKeyIsNoKeyring) {
  for (const char* bytes :
       {"", "keys", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n"}) {
    Document document;
    document.bytes = bytes;
    EXPECT_FALSE(OpenpgpKeyring::load(document, days_later(0))) << bytes;
  }
  SignatureVerdict verdict;
  judge_openpgp(nullptr, "payload", "armor", verdict);
  EXPECT_EQ(verdict.state, SignatureState::untrusted_key);
}

}  // namespace
}  // namespace gate::git
