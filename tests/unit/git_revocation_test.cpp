// Certificates and lists of revoked keys as ssh-keygen(1) makes them.
#include <gtest/gtest.h>

#include "adapters/git/ssh_revocations.h"
#include "tests/unit/git_support.h"

namespace gate::git {
namespace {

using test::key_blob;
using test::Workshop;

class GitRevocation : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<Workshop>();
    for (const std::string name : {"ca", "other", "a", "b", "c"})
      shop_->run("ssh-keygen -q -N '' -C '' -t ed25519 -f " + name);
  }
  static void TearDownTestSuite() { shop_.reset(); }

  static std::string blob(const std::string& name) { return key_blob(shop_->read(name + ".pub")); }
  static SshCertificate certify(const std::string& serial, const std::string& id = "id", const std::string& ca = "ca") {
    shop_->run("ssh-keygen -q -s " + ca + " -I " + id + " -n alice,bob -z " + serial + " c.pub");
    const auto certificate = parse_ssh_certificate(blob("c-cert"));
    EXPECT_TRUE(certificate);
    EXPECT_TRUE(verify_authority(*certificate));
    return *certificate;
  }
  static Result<SshRevocations> krl(const std::string& spec, const std::string& options = "-s ca.pub") {
    shop_->write("spec", spec);
    shop_->run("ssh-keygen -q -k -f krl " + options + " spec");
    return SshRevocations::parse({shop_->read("krl"), {"krl", {}, {}}});
  }

  static inline std::unique_ptr<Workshop> shop_;
};

TEST_F(GitRevocation, TheFieldsOfACertificate) {
  const SshCertificate certificate = certify("77", "badge");
  EXPECT_EQ(certificate.serial, 77u);
  EXPECT_EQ(certificate.key_id, "badge");
  EXPECT_EQ(certificate.principals, (std::vector<std::string>{"alice", "bob"}));
  EXPECT_TRUE(certificate.for_users);
  EXPECT_EQ(certificate.key.blob, blob("c"));
  EXPECT_EQ(certificate.authority, blob("ca"));
}

TEST_F(GitRevocation, AChangedCertificateIsSignedByNobody) {
  certify("77");
  const std::string good = blob("c-cert");
  for (std::size_t at = 0; at < good.size(); at += 7) {
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto certificate = parse_ssh_certificate(changed);
    EXPECT_FALSE(certificate && verify_authority(*certificate)) << at;
  }
  for (std::size_t size = 0; size < good.size(); size += 5) EXPECT_FALSE(parse_ssh_certificate(good.substr(0, size)));
  EXPECT_FALSE(parse_ssh_certificate(good + "x"));
}

TEST_F(GitRevocation, SerialsByListRangeAndBitmap) {
  const auto list = krl("serial: 3\nserial: 10-20\nserial: 100\nserial: 102\nserial: 104\nserial: 106\n");
  ASSERT_TRUE(list) << list.error().what;
  for (const char* serial : {"3", "10", "15", "20", "100", "102", "104", "106"})
    EXPECT_TRUE(list->revokes(certify(serial))) << serial;
  for (const char* serial : {"2", "4", "9", "21", "101", "107"}) EXPECT_FALSE(list->revokes(certify(serial))) << serial;
  EXPECT_FALSE(list->revokes(certify("3", "id", "other")));
}

TEST_F(GitRevocation, KeyIdsAndEveryAuthority) {
  const auto one = krl("id: badge\n"), all = krl("serial: 5\n", "-s none");
  ASSERT_TRUE(one && all);
  EXPECT_TRUE(one->revokes(certify("1", "badge")));
  EXPECT_FALSE(one->revokes(certify("1", "other")));
  EXPECT_TRUE(all->revokes(certify("5", "id", "other")));
}

TEST_F(GitRevocation, KeysByThemselvesAndByDigest) {
  const auto list =
      krl("sha1: " + shop_->read("a.pub") + "sha256: " + shop_->read("b.pub") + "key: " + shop_->read("c.pub"));
  ASSERT_TRUE(list) << list.error().what;
  EXPECT_TRUE(list->revokes(blob("a")) && list->revokes(blob("b")) && list->revokes(blob("c")));
  EXPECT_FALSE(list->revokes(blob("other")));
  EXPECT_TRUE(list->revokes(certify("1")));  // its key is
}

TEST_F(GitRevocation, ARevokedAuthority) {
  const auto list = krl("key: " + shop_->read("ca.pub"));
  ASSERT_TRUE(list);
  EXPECT_TRUE(list->revokes(certify("1")));
  EXPECT_FALSE(list->revokes(certify("1", "id", "other")));
}

TEST_F(GitRevocation, AListOfLines) {
  const auto list = SshRevocations::parse({"# gone\n" + shop_->read("a.pub"), {"gone", {}, {}}});
  ASSERT_TRUE(list);
  EXPECT_TRUE(list->revokes(blob("a")));
  EXPECT_FALSE(list->revokes(blob("b")));
}

// Understood in part, it would revoke too little.
TEST_F(GitRevocation, NoListThatIsCutOrUnknownIsTaken) {
  ASSERT_TRUE(krl("serial: 3\nserial: 10-20\nid: x\n"));
  const std::string good = shop_->read("krl");
  constexpr std::size_t header = 8 + 4 + 8 + 8 + 8 + 4 + 4;  // without sections, it is whole
  for (std::size_t size = 0; size < good.size(); ++size) {
    const auto list = SshRevocations::parse({good.substr(0, size), {}});
    EXPECT_EQ(bool(list), size == header || size == 0) << size;
  }
  EXPECT_FALSE(SshRevocations::parse({good + '\x63' + std::string(4, '\0'), {}}));
  EXPECT_FALSE(SshRevocations::parse({"surprise\n", {}}));
}

}  // namespace
}  // namespace gate::git
