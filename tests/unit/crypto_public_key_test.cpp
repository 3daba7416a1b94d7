#include "gate/crypto/public_key.h"

#include <gtest/gtest.h>

#include "gate/crypto/digest.h"
#include "tests/unit/workshop.h"

namespace gate::crypto {
namespace {

using enum PublicKey::Hash;

// Keys and signatures made once by openssl(1).
class CryptoPublicKey : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<test::Workshop>();
    make("ed25519", "-algorithm ed25519");
    make("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    make("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384");
    make("p521", "-algorithm EC -pkeyopt ec_paramgen_curve:P-521");
    make("rsa2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    shop_->write("message", message);
  }
  static void TearDownTestSuite() { shop_.reset(); }

  static void make(const std::string& name, const std::string& options) {
    shop_->run("openssl genpkey " + options + " -out " + name + ".key && openssl pkey -in " + name +
               ".key -pubout -out " + name + ".pub");
  }
  static std::string pem(const std::string& name) { return shop_->read(name + ".pub"); }
  static PublicKey key(const std::string& name) {
    auto parsed = PublicKey::from_pem(pem(name));
    EXPECT_TRUE(parsed) << (parsed ? "" : describe(parsed.error()));
    return *parsed;
  }
  static std::string sign(const std::string& name, const std::string& options = "-sha256") {
    const bool raw = name.starts_with("ed");
    shop_->run(raw ? "openssl pkeyutl -sign -rawin -inkey " + name + ".key -in message -out sig"
                   : "openssl dgst " + options + " -sign " + name + ".key -out sig message");
    return shop_->read("sig");
  }
  static Errc refused(const std::string& name) {
    const auto parsed = PublicKey::from_pem(pem(name));
    EXPECT_FALSE(parsed) << name;
    return parsed ? Errc::internal : parsed.error().code;
  }

  static inline const std::string message = "what was signed\n";
  static inline std::unique_ptr<test::Workshop> shop_;
};

TEST_F(CryptoPublicKey, VerifiesWhatOpensslSigned) {
  EXPECT_EQ(key("ed25519").type(), KeyType::ed25519);
  EXPECT_TRUE(key("ed25519").verify(message, sign("ed25519")));
  EXPECT_EQ(key("p256").type(), KeyType::ecdsa_p256);
  EXPECT_TRUE(key("p256").verify(message, sign("p256")));
  EXPECT_EQ(key("p384").type(), KeyType::ecdsa_p384);
  EXPECT_TRUE(key("p384").verify(message, sign("p384", "-sha384")));
  EXPECT_EQ(key("p521").type(), KeyType::ecdsa_p521);
  EXPECT_TRUE(key("p521").verify(message, sign("p521", "-sha512")));
  EXPECT_EQ(key("rsa2048").type(), KeyType::rsa);
  EXPECT_TRUE(key("rsa2048").verify(message, sign("rsa2048")));
  EXPECT_TRUE(key("rsa2048").verify(message, sign("rsa2048", "-sha512"), sha512));
  const std::string pss = sign("rsa2048", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest");
  EXPECT_TRUE(key("rsa2048").verify(message, pss, natural, PublicKey::RsaPadding::pss));
}

TEST_F(CryptoPublicKey, RefusesEveryOtherMessageSignatureAndKey) {
  for (const std::string name : {"ed25519", "p256", "p384", "rsa2048"}) {
    const std::string signature = sign(name, name == "p384" ? "-sha384" : "-sha256");
    const PublicKey signer = key(name);
    ASSERT_TRUE(signer.verify(message, signature)) << name;
    EXPECT_FALSE(signer.verify(message + " ", signature)) << name;
    EXPECT_FALSE(signer.verify("", signature)) << name;
    EXPECT_FALSE(signer.verify(message, "")) << name;
    EXPECT_FALSE(signer.verify(message, signature + std::string(1, '\0'))) << name;
    EXPECT_FALSE(signer.verify(message, signature.substr(0, signature.size() - 1))) << name;
    for (const std::size_t at : {std::size_t{0}, signature.size() / 2, signature.size() - 1}) {
      std::string changed = signature;
      changed[at] ^= 1;
      EXPECT_FALSE(signer.verify(message, changed)) << name << " " << at;
    }
    for (const std::string other : {"ed25519", "p256", "p384", "rsa2048"}) {
      if (other == name) continue;
      EXPECT_FALSE(key(other).verify(message, signature)) << name << " " << other;
    }
  }
}

TEST_F(CryptoPublicKey, HashAndPaddingAreNotGuessed) {
  EXPECT_FALSE(key("p256").verify(message, sign("p256", "-sha384")));
  EXPECT_FALSE(key("p384").verify(message, sign("p384", "-sha256")));
  EXPECT_TRUE(key("p384").verify(message, sign("p384", "-sha256"), sha256));
  EXPECT_FALSE(key("rsa2048").verify(message, sign("rsa2048", "-sha512")));
  EXPECT_FALSE(key("rsa2048").verify(message, sign("rsa2048", "-sha1")));
  EXPECT_FALSE(key("rsa2048").verify(message, sign("rsa2048"), natural, PublicKey::RsaPadding::pss));
  EXPECT_FALSE(key("ed25519").verify(message, sign("ed25519"), sha512));
}

TEST_F(CryptoPublicKey, EcdsaSignaturesAreStrictDer) {
  const std::string der = sign("p256");
  ASSERT_EQ(der[0], 0x30);
  ASSERT_EQ(der[2], 0x02);
  // The same numbers in BER: a length in the long form; a leading zero that is not needed.
  std::string long_form = der;
  long_form.insert(1, 1, '\x81');
  EXPECT_FALSE(key("p256").verify(message, long_form));
  std::string padded = der;
  padded.insert(4, 1, '\0');
  padded[1] = static_cast<char>(padded[1] + 1);
  padded[3] = static_cast<char>(padded[3] + 1);
  EXPECT_FALSE(key("p256").verify(message, padded));
}

TEST_F(CryptoPublicKey, DigestsAreEnoughButForEd25519) {
  for (const std::string name : {"p256", "rsa2048"}) {
    const std::string signature = sign(name);
    EXPECT_TRUE(key(name).verify_digest(crypto::sha256(message), signature));
    EXPECT_FALSE(key(name).verify_digest(crypto::sha256("other"), signature));
    EXPECT_FALSE(key(name).verify_digest(message, signature));
    EXPECT_FALSE(key(name).verify_digest(crypto::sha512(message), signature));
  }
  EXPECT_TRUE(key("p384").verify_digest(crypto::sha384(message), sign("p384", "-sha384")));
  EXPECT_FALSE(key("ed25519").verify_digest(crypto::sha512(message), sign("ed25519")));
}

// RFC 8032, section 7.3: the seed, the message and the signature.
TEST_F(CryptoPublicKey, Ed25519ph) {
  const std::string seed = *from_hex("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42");
  const std::string signature = *from_hex(
      "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41"
      "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406");
  shop_->write("seed.der", *from_hex("302e020100300506032b657004220420") + seed);
  shop_->run("openssl pkey -inform DER -in seed.der -pubout -out seed.pub");
  EXPECT_TRUE(key("seed").verify_ed25519ph("abc", signature));
  EXPECT_FALSE(key("seed").verify_ed25519ph("abd", signature));
  EXPECT_FALSE(key("seed").verify("abc", signature));
  EXPECT_FALSE(key("p256").verify_ed25519ph("abc", signature));
  EXPECT_FALSE(key("ed25519").verify_ed25519ph(message, sign("ed25519")));
}

TEST_F(CryptoPublicKey, KeysHaveOneDer) {
  for (const std::string name : {"ed25519", "p256", "p521", "rsa2048"}) {
    const auto again = PublicKey::from_der(key(name).der());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->der(), key(name).der());
    EXPECT_FALSE(PublicKey::from_der(key(name).der() + "x"));
    EXPECT_FALSE(PublicKey::from_der(key(name).der().substr(1)));
  }
  shop_->run("openssl rsa -pubin -in rsa2048.pub -RSAPublicKey_out -outform DER -out pkcs1.der");
  EXPECT_EQ(PublicKey::from_pkcs1(shop_->read("pkcs1.der"))->der(), key("rsa2048").der());
  EXPECT_FALSE(PublicKey::from_pkcs1(shop_->read("pkcs1.der") + "x"));
  EXPECT_FALSE(PublicKey::from_pkcs1(key("rsa2048").der()));
}

TEST_F(CryptoPublicKey, WeakAndUnknownKeysAreRefusedByName) {
  make("rsa1024", "-algorithm RSA -pkeyopt rsa_keygen_bits:1024");
  EXPECT_EQ(refused("rsa1024"), Errc::untrusted);
  make("k1", "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1");
  EXPECT_EQ(refused("k1"), Errc::unsupported_version);
  make("explicit", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit");
  EXPECT_EQ(refused("explicit"), Errc::unsupported_version);
  make("ed448", "-algorithm ed448");
  EXPECT_EQ(refused("ed448"), Errc::unsupported_version);
  make("x25519", "-algorithm x25519");
  EXPECT_EQ(refused("x25519"), Errc::unsupported_version);
  make("pss", "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048");
  EXPECT_EQ(refused("pss"), Errc::unsupported_version);
}

TEST_F(CryptoPublicKey, TheFileHoldsOneKeyAndNothingElse) {
  const std::string good = pem("p256");
  EXPECT_TRUE(PublicKey::from_pem("\n" + good + "\r\n \n"));
  const auto code = [](const std::string& text) {
    const auto parsed = PublicKey::from_pem(text);
    return parsed ? Errc::internal : parsed.error().code;
  };
  EXPECT_EQ(code(""), Errc::empty);
  EXPECT_EQ(code("  \n"), Errc::empty);
  EXPECT_EQ(code(good + good), Errc::malformed);
  EXPECT_EQ(code(good + pem("ed25519")), Errc::malformed);
  EXPECT_EQ(code(good + "trailing"), Errc::malformed);
  EXPECT_EQ(code("leading\n" + good), Errc::malformed);
  EXPECT_EQ(code(good.substr(0, good.size() / 2)), Errc::malformed);
  EXPECT_EQ(code(shop_->read("p256.key")), Errc::malformed);
  EXPECT_EQ(code(good + std::string(70'000, 'A')), Errc::too_large);

  const std::string header = "-----BEGIN PUBLIC KEY-----\n", footer = "\n-----END PUBLIC KEY-----\n";
  std::string der = *from_base64([&] {
    std::string digits = good.substr(header.size(), good.find("\n-----END") - header.size());
    std::erase(digits, '\n');
    return digits;
  }());
  EXPECT_TRUE(PublicKey::from_pem(header + to_base64(der) + footer));
  EXPECT_EQ(code(header + to_base64(der + '\0') + footer), Errc::malformed);
  EXPECT_EQ(code(header + to_base64(der.substr(0, der.size() - 1)) + footer), Errc::malformed);
  der.back() ^= 1;  // off the curve
  EXPECT_EQ(code(header + to_base64(der) + footer), Errc::malformed);
  EXPECT_EQ(code(header + footer), Errc::malformed);
}

TEST_F(CryptoPublicKey, OneKeyHasOneDigestHoweverItIsWritten) {
  const std::string digest = key("p256").sha256_hex();
  EXPECT_EQ(digest, shop_->run("openssl pkey -pubin -in p256.pub -outform DER | sha256sum | cut -d' ' -f1"));
  shop_->run("openssl ec -pubin -in p256.pub -conv_form compressed -out compressed.pub");
  ASSERT_NE(pem("compressed"), pem("p256"));
  EXPECT_EQ(key("compressed").sha256_hex(), digest);
  EXPECT_NE(key("p384").sha256_hex(), digest);
}

TEST_F(CryptoPublicKey, RawKeys) {
  const std::string der = shop_->run("openssl pkey -pubin -in ed25519.pub -outform DER | tail -c 32 | base64 -w0");
  const std::string raw = *from_base64(der);
  ASSERT_TRUE(PublicKey::from_ed25519(raw));
  EXPECT_EQ(PublicKey::from_ed25519(raw)->sha256_hex(), key("ed25519").sha256_hex());
  EXPECT_FALSE(PublicKey::from_ed25519(raw.substr(1)));
  EXPECT_FALSE(PublicKey::from_ed25519(raw + "x"));

  const std::string point =
      *from_base64(shop_->run("openssl pkey -pubin -in p256.pub -outform DER | tail -c 65 | base64 -w0"));
  ASSERT_TRUE(PublicKey::from_ecdsa(KeyType::ecdsa_p256, point));
  EXPECT_EQ(PublicKey::from_ecdsa(KeyType::ecdsa_p256, point)->sha256_hex(), key("p256").sha256_hex());
  EXPECT_FALSE(PublicKey::from_ecdsa(KeyType::ecdsa_p384, point));
  EXPECT_FALSE(PublicKey::from_ecdsa(KeyType::rsa, point));
  EXPECT_FALSE(PublicKey::from_ecdsa(KeyType::ecdsa_p256, point.substr(0, 33)));
  EXPECT_FALSE(PublicKey::from_ecdsa(KeyType::ecdsa_p256, std::string("\x04") + std::string(64, '\0')));
  EXPECT_FALSE(PublicKey::from_ecdsa(KeyType::ecdsa_p256, ""));
}

TEST_F(CryptoPublicKey, RsaNumbers) {
  const std::string hex = shop_->run("openssl rsa -pubin -in rsa2048.pub -noout -modulus | cut -d= -f2");
  const std::string modulus = *from_hex(hex), usual("\x01\x00\x01", 3);
  ASSERT_TRUE(PublicKey::from_rsa(usual, modulus));
  EXPECT_EQ(PublicKey::from_rsa(usual, modulus)->sha256_hex(), key("rsa2048").sha256_hex());
  EXPECT_TRUE(PublicKey::from_rsa("\x03", modulus));
  for (const std::string& exponent :
       {std::string(), std::string("\x00", 1), std::string("\x01"), std::string("\x02"), std::string("\x01\x00\x00", 3),
        std::string("\x01") + std::string(7, '\0') + "\x01"}) {
    EXPECT_FALSE(PublicKey::from_rsa(exponent, modulus)) << to_hex(exponent);
  }
  EXPECT_FALSE(PublicKey::from_rsa(usual, modulus.substr(0, 255)));
  EXPECT_FALSE(PublicKey::from_rsa(usual, modulus.substr(0, 255) + '\0'));
  EXPECT_TRUE(PublicKey::from_rsa(usual, std::string(1024, '\xff')));
  EXPECT_FALSE(PublicKey::from_rsa(usual, std::string(1025, '\xff')));
  EXPECT_FALSE(PublicKey::from_rsa(usual, std::string(100'000, '\xff')));
  EXPECT_FALSE(PublicKey::from_rsa(usual, ""));
}

}  // namespace
}  // namespace gate::crypto
