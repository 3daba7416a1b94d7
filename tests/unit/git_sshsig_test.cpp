#include "adapters/git/sshsig.h"

#include <gtest/gtest.h>

#include "tests/unit/git_support.h"

namespace gate::git {
namespace {

using test::armored;
using test::Blob;
using test::dearmored;
using test::key_blob;
using test::str;
using test::u32;

class GitSshsig : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<test::Workshop>();
    shop_->write("message", message);
  }
  static void TearDownTestSuite() { shop_.reset(); }

  static void make(const std::string& name, const std::string& options) {
    if (!std::filesystem::exists(shop_->path(name)))
      shop_->run("ssh-keygen -q -N '' -C test " + options + " -f " + name);
  }
  static std::string sign(const std::string& name, const std::string& options = "-n git") {
    shop_->run("rm -f message.sig && ssh-keygen -q -Y sign " + options + " -f " + name + " message");
    return shop_->read("message.sig");
  }
  static SshKey key(const std::string& name) {
    auto parsed = parse_ssh_key(key_blob(shop_->read(name + ".pub")));
    EXPECT_TRUE(parsed) << describe(parsed.error());
    return *parsed;
  }
  static bool good(const std::string& armor, const SshKey& signer, const std::string& text = message) {
    const auto signature = parse_ssh_signature(armor);
    EXPECT_TRUE(signature) << describe(signature.error());
    return signature && verifies(*signature, signer, text);
  }
  static Errc refused(const std::string& armor) {
    const auto signature = parse_ssh_signature(armor);
    EXPECT_FALSE(signature) << armor;
    return signature ? Errc::internal : signature.error().code;
  }

  static inline const std::string message = "what was signed\n";
  static inline std::unique_ptr<test::Workshop> shop_;
};

TEST_F(GitSshsig, VerifiesWhatSshKeygenSigned) {
  make("ed25519", "-t ed25519");
  make("p256", "-t ecdsa -b 256");
  make("p384", "-t ecdsa -b 384");
  make("rsa", "-t rsa -b 2048");
  for (const std::string name : {"ed25519", "p256", "p384", "rsa"}) {
    for (const std::string options : {"-n git", "-n git -O hashalg=sha256", "-n file"}) {
      const std::string armor = sign(name, options);
      EXPECT_TRUE(good(armor, key(name))) << name << options;
      EXPECT_FALSE(good(armor, key(name), message + "x")) << name;
      EXPECT_FALSE(good(armor, key(name), "")) << name;
      EXPECT_EQ(parse_ssh_signature(armor)->name_space, options == "-n file" ? "file" : "git");
      for (const std::string other : {"ed25519", "p256", "p384", "rsa"})
        EXPECT_EQ(good(armor, key(other)), other == name);
    }
    EXPECT_EQ(fingerprint(key(name).blob), shop_->run("ssh-keygen -l -f " + name + ".pub | cut -d' ' -f2"));
  }
}

// ECDSA's integers vary in length; some of these have leading zeros left out, some a sign byte.
TEST_F(GitSshsig, EcdsaIntegersOfEveryLength) {
  make("p256", "-t ecdsa -b 256");
  for (int i = 0; i < 24; ++i) EXPECT_TRUE(good(sign("p256"), key("p256")));
}

TEST_F(GitSshsig, EveryChangedByteIsSeen) {
  make("ed25519", "-t ed25519");
  const std::string blob = dearmored(sign("ed25519"));
  const SshKey signer = key("ed25519");
  for (std::size_t at = 0; at < blob.size(); ++at) {
    for (const int bit : {0x01, 0x80}) {
      std::string changed = blob;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      const auto signature = parse_ssh_signature(armored(changed));
      EXPECT_FALSE(signature && verifies(*signature, signer, message)) << at;
    }
  }
  for (std::size_t size = 0; size < blob.size(); ++size)
    EXPECT_FALSE(parse_ssh_signature(armored(blob.substr(0, size)))) << size;
}

TEST_F(GitSshsig, TheArmorIsOneBlockAndNothingElse) {
  make("ed25519", "-t ed25519");
  const std::string armor = sign("ed25519");
  EXPECT_TRUE(parse_ssh_signature(armor.substr(0, armor.size() - 1)));
  EXPECT_EQ(refused(""), Errc::malformed);
  EXPECT_EQ(refused(" " + armor), Errc::malformed);
  EXPECT_EQ(refused(armor + armor), Errc::malformed);
  EXPECT_EQ(refused(armor + "x\n"), Errc::malformed);
  EXPECT_EQ(refused(armor + "\n"), Errc::malformed);
  EXPECT_EQ(refused("-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n"), Errc::malformed);
  EXPECT_EQ(refused("-----BEGIN SSH SIGNATURE-----\n\n-----END SSH SIGNATURE-----\n"), Errc::malformed);
  std::string with_header = armor;
  with_header.insert(30, "Comment: x\n");
  EXPECT_EQ(refused(with_header), Errc::malformed);
  EXPECT_EQ(refused(armored(std::string(80'000, 'x'))), Errc::malformed);
}

TEST_F(GitSshsig, FieldsAreStrict) {
  make("ed25519", "-t ed25519");
  const auto made = parse_ssh_signature(sign("ed25519"));
  ASSERT_TRUE(made);
  const auto refused_with = [&](auto change) {
    Blob blob;
    blob.key = made->key;
    blob.signature = str("ssh-ed25519") + str(made->signature);
    change(blob);
    return refused(armored(blob.bytes()));
  };
  EXPECT_EQ(refused_with([](Blob& b) { b.magic = "SSHSIH"; }), Errc::malformed);
  EXPECT_EQ(refused_with([](Blob& b) { b.version = u32(2); }), Errc::unsupported_version);
  EXPECT_EQ(refused_with([](Blob& b) { b.version = u32(0); }), Errc::unsupported_version);
  EXPECT_EQ(refused_with([](Blob& b) { b.name_space = ""; }), Errc::malformed);
  EXPECT_EQ(refused_with([](Blob& b) { b.reserved = "x"; }), Errc::unsupported_version);
  EXPECT_EQ(refused_with([](Blob& b) { b.hash = "sha1"; }), Errc::unsupported_version);
  EXPECT_EQ(refused_with([](Blob& b) { b.trailing = "x"; }), Errc::malformed);
  EXPECT_EQ(refused_with([](Blob& b) { b.signature += "x"; }), Errc::malformed);
  EXPECT_EQ(refused_with([](Blob& b) { b.signature = ""; }), Errc::malformed);
  EXPECT_EQ(refused_with([](Blob& b) { b.key = ""; }), Errc::malformed);
  EXPECT_EQ(refused_with([](Blob& b) { b.key = str("bad type") + str("x"); }), Errc::malformed);
  EXPECT_EQ(refused_with([&](Blob& b) { b.signature = str("ecdsa-sha2-nistp256") + str(made->signature); }),
            Errc::malformed);
}

class GitSshsigMade : public GitSshsig {
 protected:
  // A signature by openssl(1) with the key's private half in `pem`.
  static std::string raw_signature(const std::string& pem, const std::string& bytes, const std::string& options) {
    shop_->write("bytes", bytes);
    shop_->run(options.empty() ? "openssl pkeyutl -sign -rawin -inkey " + pem + " -in bytes -out raw"
                               : "openssl dgst " + options + " -sign " + pem + " -out raw bytes");
    return shop_->read("raw");
  }
};

TEST_F(GitSshsigMade, RsaHashesByName) {
  shop_->run(
      "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out r.pem && openssl pkey -in r.pem -pubout -out "
      "r.spki && "
      "ssh-keygen -i -m PKCS8 -f r.spki > r.pub");
  Blob blob;
  blob.key = key_blob(shop_->read("r.pub"));
  const auto armor = [&](const std::string& algorithm, const std::string& options) {
    blob.signature = str(algorithm) + str(raw_signature("r.pem", blob.to_sign(message), options));
    return armored(blob.bytes());
  };
  EXPECT_TRUE(good(armor("rsa-sha2-512", "-sha512"), key("r")));
  EXPECT_TRUE(good(armor("rsa-sha2-256", "-sha256"), key("r")));
  EXPECT_FALSE(good(armor("rsa-sha2-512", "-sha256"), key("r")));
  EXPECT_FALSE(good(armor("rsa-sha2-256", "-sha512"), key("r")));
  EXPECT_EQ(refused(armor("ssh-rsa", "-sha1")), Errc::untrusted);
  EXPECT_EQ(refused(armor("rsa-sha2-384", "-sha384")), Errc::malformed);
}

// PROTOCOL.u2f, with a software key in the place of the authenticator.
TEST_F(GitSshsigMade, SecurityKeys) {
  shop_->run(
      "openssl genpkey -algorithm ed25519 -out sk.pem && openssl pkey -in sk.pem -pubout -outform DER | tail -c 32 > "
      "sk.raw");
  const std::string type = "sk-ssh-ed25519@openssh.com", application = "ssh:";
  Blob blob;
  blob.key = str(type) + str(shop_->read("sk.raw")) + str(application);
  const auto signer = parse_ssh_key(blob.key);
  ASSERT_TRUE(signer);
  const auto armor = [&](char flags, const std::string& written_flags) {
    const std::string authenticator =
        crypto::sha256(application) + flags + u32(7) + crypto::sha256(blob.to_sign(message));
    blob.signature = str(type) + str(raw_signature("sk.pem", authenticator, "")) + written_flags + u32(7);
    return armored(blob.bytes());
  };
  EXPECT_TRUE(good(armor(1, "\x01"), *signer));
  EXPECT_TRUE(good(armor(5, "\x05"), *signer));
  EXPECT_FALSE(good(armor(1, "\x05"), *signer));
  EXPECT_FALSE(good(armor(4, "\x04"), *signer));  // nobody touched it
  EXPECT_EQ(refused(armor(1, "")), Errc::malformed);
  EXPECT_EQ(refused(armor(1, "\x01\x01")), Errc::malformed);
}

TEST_F(GitSshsigMade, SecurityKeysOnP256) {
  shop_->run(
      "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out se.pem && "
      "openssl pkey -in se.pem -pubout -outform DER | tail -c 65 > se.raw");
  const std::string type = "sk-ecdsa-sha2-nistp256@openssh.com", application = "ssh:";
  Blob blob;
  blob.key = str(type) + str("nistp256") + str(shop_->read("se.raw")) + str(application);
  const auto signer = parse_ssh_key(blob.key);
  ASSERT_TRUE(signer);
  ASSERT_TRUE(signer->key);
  const std::string authenticator =
      crypto::sha256(application) + '\x01' + u32(0) + crypto::sha256(blob.to_sign(message));
  const std::string der = raw_signature("se.pem", authenticator, "-sha256");
  const std::size_t r_size = static_cast<unsigned char>(der[3]);
  const std::string integers = str(der.substr(4, r_size)) + str(der.substr(6 + r_size));
  blob.signature = str(type) + str(integers) + '\x01' + u32(0);
  EXPECT_TRUE(good(armored(blob.bytes()), *signer));
  EXPECT_FALSE(good(armored(blob.bytes()), *signer, message + "x"));
  blob.signature = str(type) + str(integers) + '\x01' + u32(1);
  EXPECT_FALSE(good(armored(blob.bytes()), *signer));
}

TEST_F(GitSshsig, TheLongestCurve) {
  make("p521", "-t ecdsa -b 521");
  EXPECT_TRUE(good(sign("p521"), key("p521")));
  EXPECT_FALSE(good(sign("p521"), key("p521"), message + "x"));
}

TEST_F(GitSshsig, KeysThatAreNotVerifiedAreNamed) {
  make("rsa1024", "-t rsa -b 1024");
  const SshKey weak = key("rsa1024");
  EXPECT_FALSE(weak.key);
  ASSERT_TRUE(weak.problem);
  EXPECT_EQ(weak.problem->code, Errc::untrusted);
  EXPECT_FALSE(good(sign("rsa1024"), weak));

  make("ed25519", "-t ed25519");
  make("ca", "-t ed25519");
  shop_->run("ssh-keygen -q -s ca -I id -n alice ed25519.pub");
  const auto certificate = parse_ssh_key(key_blob(shop_->read("ed25519-cert.pub")));
  ASSERT_TRUE(certificate);
  ASSERT_TRUE(certificate->problem);
  EXPECT_EQ(certificate->problem->code, Errc::unsupported_version);
  EXPECT_NE(certificate->problem->what.find("ssh-ed25519-cert-v01@openssh.com"), std::string::npos);
}

TEST_F(GitSshsig, MalformedKeys) {
  make("p256", "-t ecdsa -b 256");
  make("rsa", "-t rsa -b 2048");
  for (const std::string name : {"p256", "rsa"}) {
    const std::string blob = key(name).blob;
    for (std::size_t size = 0; size < blob.size(); ++size)
      EXPECT_FALSE(parse_ssh_key(blob.substr(0, size))) << name << size;
    EXPECT_FALSE(parse_ssh_key(blob + "x"));
  }
  const std::string rsa = key("rsa").blob;
  WireReader reader(rsa);
  reader.string();
  const std::string exponent(reader.string()), modulus(reader.string());
  const auto with = [&](const std::string& e, const std::string& n) {
    return parse_ssh_key(str("ssh-rsa") + str(e) + str(n));
  };
  EXPECT_TRUE(with(exponent, modulus));
  EXPECT_FALSE(with(std::string(1, '\0') + exponent, modulus));  // not the shortest form
  EXPECT_FALSE(with(exponent, modulus.substr(1)));               // negative
  EXPECT_FALSE(with("", modulus));
  EXPECT_FALSE(parse_ssh_key(str("ecdsa-sha2-nistp256") + str("nistp384") + key("p256").blob.substr(35)));
}

}  // namespace
}  // namespace gate::git
