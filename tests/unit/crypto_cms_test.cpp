#include "gate/crypto/cms.h"

#include <gtest/gtest.h>

#include "tests/unit/sigstore_authority.h"
#include "tests/unit/workshop.h"

namespace gate::crypto {
namespace {

const std::string message = "what was signed\n";

// Messages made by openssl(1).
class CryptoCms : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<test::Workshop>();
    shop_->write("message", message);
    make("ec", "ec -pkeyopt ec_paramgen_curve:P-256");
    make("rsa", "rsa:2048");
  }
  static void TearDownTestSuite() { shop_.reset(); }
  static void make(const std::string& name, const std::string& type) {
    shop_->run("openssl req -x509 -newkey " + type + " -nodes -keyout " + name + ".key -out " + name +
               ".pem -subj /CN=" + name + " -days 2");
  }
  static std::string signed_with(const std::string& options) {
    shop_->run("openssl cms -sign -binary -in message -outform DER -out signed " + options);
    return shop_->read("signed");
  }
  static std::string by(const std::string& name) { return "-signer " + name + ".pem -inkey " + name + ".key"; }
  static Certificate certificate(const std::string& name) { return *Certificate::from_pem(shop_->read(name + ".pem")); }

  static inline std::unique_ptr<test::Workshop> shop_;
};

TEST_F(CryptoCms, DetachedSignaturesVerify) {
  for (const std::string& options :
       {by("ec"), by("rsa"), by("ec") + " -md sha512", by("rsa") + " -keyopt rsa_padding_mode:pss",
        by("ec") + " -keyid", by("rsa") + " -noattr"}) {
    const auto data = parse_signed_data(signed_with(options));
    ASSERT_TRUE(data) << options << describe(data.error());
    EXPECT_FALSE(data->content);
    ASSERT_EQ(data->signers.size(), 1u);
    const auto certificate = data->certificate_of(data->signers[0]);
    ASSERT_TRUE(certificate);
    EXPECT_TRUE(verify_signer(data->signers[0], *certificate, message, oid::cms_data)) << options;
    EXPECT_FALSE(verify_signer(data->signers[0], *certificate, message + "x", oid::cms_data)) << options;
    EXPECT_FALSE(verify_signer(data->signers[0], *certificate, message, oid::timestamp_info)) << options;
  }
}

TEST_F(CryptoCms, AnotherCertificateIsNotTheSigners) {
  const auto data = parse_signed_data(signed_with(by("ec") + " -nocerts"));
  ASSERT_TRUE(data);
  EXPECT_FALSE(data->certificate_of(data->signers[0]));
  EXPECT_TRUE(data->signers[0].names(certificate("ec")));
  EXPECT_FALSE(data->signers[0].names(certificate("rsa")));
  EXPECT_FALSE(verify_signer(data->signers[0], certificate("rsa"), message, oid::cms_data));
}

TEST_F(CryptoCms, EverySignerIsListed) {
  const auto data = parse_signed_data(signed_with(by("ec") + " " + by("rsa")));
  ASSERT_TRUE(data);
  EXPECT_EQ(data->signers.size(), 2u);
  for (const SignerInfo& signer : data->signers)
    EXPECT_TRUE(verify_signer(signer, *data->certificate_of(signer), message, oid::cms_data));
}

TEST_F(CryptoCms, NobodySigned) {
  shop_->run("openssl crl2pkcs7 -nocrl -certfile ec.pem -outform DER -out bag");
  const auto data = parse_signed_data(shop_->read("bag"));
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, Errc::empty);
}

TEST_F(CryptoCms, WeakDigestsAreRefusedByName) {
  const auto data = parse_signed_data(signed_with(by("rsa") + " -md sha1"));
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, Errc::untrusted);
}

TEST_F(CryptoCms, EncapsulatedContentIsHandedOut) {
  EXPECT_EQ(parse_signed_data(signed_with(by("ec") + " -nodetach"))->content, message);
}

TEST_F(CryptoCms, OtherBytes) {
  const std::string good = signed_with(by("ec"));
  EXPECT_FALSE(parse_signed_data(""));
  EXPECT_FALSE(parse_signed_data("junk"));
  EXPECT_FALSE(parse_signed_data(good + "x"));
  EXPECT_FALSE(parse_signed_data(std::string((1 << 20) + 1, 'x')));
  for (std::size_t size = 0; size < good.size(); size += 16) EXPECT_FALSE(parse_signed_data(good.substr(0, size)));
}

// A flipped bit anywhere is refused when it is read or when it is verified, but where nothing is signed.
TEST_F(CryptoCms, FlippedBits) {
  const std::string good = signed_with(by("ec") + " -nocerts");
  const auto flipped_verifies = [&](std::size_t at) {
    std::string bytes = good;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    const auto data = parse_signed_data(bytes);
    return data && data->signers[0].names(certificate("ec")) &&
           verify_signer(data->signers[0], certificate("ec"), message, oid::cms_data);
  };
  std::size_t survivors = 0;
  for (std::size_t at = 0; at < good.size(); ++at) survivors += flipped_verifies(at);
  // Versions, and the list of digests that stands before the signers (RFC 5652, section 5.1): hints to readers.
  EXPECT_LT(survivors, 24u);
}

TEST(CryptoX509, ChainsAreCapped) {
  const Instant from = test::signing_moment - std::chrono::hours(1),
                until = test::signing_moment + std::chrono::hours(1);
  for (const int authorities : {6, 7}) {  // between leaf and root
    const test::Holder root = test::make_root("root", from, until);
    test::Holder issuer = root;
    std::vector<Certificate> between;
    for (int i = 0; i < authorities; ++i) {
      issuer =
          test::issue(issuer, {.subject = "ca" + std::to_string(i), .from = from, .until = until, .authority = true},
                      test::make_key());
      between.push_back(issuer.certificate());
    }
    const auto leaf = test::issue(issuer, {.subject = "leaf", .usages = "codeSigning"}, test::make_key()).certificate();
    const std::vector<Certificate> roots{root.certificate()};
    const auto chain = verify_chain({leaf, between, roots, test::signing_moment, oid::code_signing});
    EXPECT_EQ(static_cast<bool>(chain), authorities + 2 <= static_cast<int>(most_chain)) << authorities;
  }
}

TEST(CryptoX509, StrictDer) {
  const auto root = test::make_root("root", test::signing_moment, test::signing_moment);
  const std::string der = root.der();
  EXPECT_TRUE(Certificate::from_der(der));
  EXPECT_FALSE(Certificate::from_der(der + "x"));
  EXPECT_FALSE(Certificate::from_der(""));
  EXPECT_TRUE(Certificate::from_pem(test::pem("CERTIFICATE", der)));
  EXPECT_FALSE(Certificate::from_pem(test::pem("CERTIFICATE", der) + test::pem("CERTIFICATE", der)));
  EXPECT_FALSE(Certificate::from_pem(test::pem("CERTIFICATE", "x")));
  for (std::size_t size = 0; size < der.size(); size += 7) EXPECT_FALSE(Certificate::from_der(der.substr(0, size)));
}

TEST(CryptoX509, ExtensionsAreReadOnce) {
  const auto leaf = test::issue({}, {.subject = "leaf", .extensions = {{"1.2.3", "a"}, {"1.2.4", "b"}, {"1.2.4", "b"}}},
                                test::make_key())
                        .certificate();
  EXPECT_EQ((*leaf.extension("1.2.3"))->value, "a");
  EXPECT_FALSE(*leaf.extension("1.2.5"));
  EXPECT_FALSE(leaf.extension("1.2.4"));
  EXPECT_EQ(utf8_string(test::utf8_der("text")), "text");
  EXPECT_FALSE(utf8_string(test::utf8_der("text") + "x"));
  EXPECT_FALSE(utf8_string("\x16\x01x"));  // an IA5String
  EXPECT_FALSE(utf8_string("\x0c\x81\x01x"));
}

}  // namespace
}  // namespace gate::crypto
