#include <gtest/gtest.h>

#include <chrono>

#include "adapters/git/cms_signature.h"
#include "gate/crypto/digest.h"
#include "tests/unit/workshop.h"

namespace gate::git {
namespace {

using gate::test::Workshop;

Instant days_from_now(int days) {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::hours(24 * days);
}

// openssl makes the certificates and the signatures, once for all tests.
class GitCms : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = new Workshop;
    shop_->run("printf 'tree\\nauthor\\n' > payload");
    shop_->run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem "
        "-subj /CN=Root -days 3650 -addext keyUsage=critical,keyCertSign,cRLSign");
    shop_->run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key -out other.pem "
        "-subj /CN=Other -days 3650");
    const std::string name = "subjectAltName=email:dev@example.org\n", use = "keyUsage=critical,digitalSignature\n";
    leaf("good", name + use + "extendedKeyUsage=emailProtection");
    leaf("code", "subjectAltName=URI:https://example.org/dev\n" + use + "extendedKeyUsage=codeSigning");
    leaf("server", name + use + "extendedKeyUsage=serverAuth");
    leaf("sealed", name + "keyUsage=critical,keyEncipherment\nextendedKeyUsage=emailProtection");
    leaf("names",
         "subjectAltName=email:dev@example.org,email:boss@example.org\n" + use + "extendedKeyUsage=emailProtection");
    leaf("short", name + use + "extendedKeyUsage=emailProtection", "rsa:1024");
    sign("sha1", "good", "-md sha1");
    sign("nocerts", "good", "-nocerts");
    sign("inside", "good", "-nodetach");
    shop_->run(
        "openssl cms -sign -binary -in payload -signer good.pem -inkey good.key -signer code.pem -inkey code.key "
        "-outform DER -out two.der");
  }
  static void TearDownTestSuite() { delete shop_; }

  static void leaf(const std::string& name, const std::string& extensions,
                   const std::string& key = "ec -pkeyopt ec_paramgen_curve:P-256") {
    shop_->run("printf '" + extensions + "\\n' > ext && openssl req -newkey " + key + " -nodes -keyout " + name +
               ".key -subj /CN=" + name +
               " -out csr && openssl x509 -req -in csr -CA root.pem -CAkey root.key "
               "-CAcreateserial -days 30 -extfile ext -out " +
               name + ".pem");
    sign(name, name, "");
  }
  static void sign(const std::string& name, const std::string& signer, const std::string& how) {
    shop_->run("openssl cms -sign -binary -in payload -signer " + signer + ".pem -inkey " + signer +
               ".key -outform DER -out " + name + ".der " + how);
  }
  static SignatureVerdict judge(const std::string& name, int days = 0, const std::string& roots = "root.pem",
                                std::string payload = shop_->read("payload")) {
    Document document;
    document.bytes = shop_->read(roots);
    const auto parsed = parse_x509_roots(document);
    SignatureVerdict verdict;
    EXPECT_TRUE(parsed);
    const std::string armor = "-----BEGIN SIGNED MESSAGE-----\n" + crypto::to_base64(shop_->read(name + ".der")) +
                              "\n-----END SIGNED MESSAGE-----\n";
    if (parsed) judge_x509({.roots = &*parsed, .now = days_from_now(days)}, payload, armor, verdict);
    EXPECT_EQ(verdict.signer.empty(), verdict.state != SignatureState::verified) << name;
    return verdict;
  }

  static Workshop* shop_;
};
Workshop* GitCms::shop_ = nullptr;

TEST_F(GitCms, GoodSignaturesNameTheOneAlternativeName) {
  EXPECT_EQ(judge("good").signer, "dev@example.org") << judge("good").problem();
  EXPECT_EQ(judge("good").algorithm, "ECDSA P-256");
  EXPECT_EQ(judge("code").signer, "https://example.org/dev");
}

TEST_F(GitCms, WhatIsWrongIsNamed) {
  EXPECT_EQ(judge("good", 31).state, SignatureState::expired_key);
  EXPECT_EQ(judge("good", -2).state, SignatureState::not_yet_valid);
  EXPECT_EQ(judge("good", 0, "other.pem").state, SignatureState::untrusted_key);
  EXPECT_EQ(judge("good", 0, "root.pem", "other").state, SignatureState::bad_signature);
  EXPECT_EQ(judge("server").state, SignatureState::wrong_purpose);
  EXPECT_EQ(judge("sealed").state, SignatureState::wrong_purpose);
  EXPECT_EQ(judge("names").state, SignatureState::untrusted_key);
  EXPECT_EQ(judge("sha1").state, SignatureState::weak_algorithm);
  EXPECT_EQ(judge("short").state, SignatureState::weak_algorithm);
}

TEST_F(GitCms, OneSignerWithItsCertificateAndNoContent) {
  EXPECT_EQ(judge("nocerts").state, SignatureState::malformed);
  EXPECT_EQ(judge("two").state, SignatureState::malformed);
  EXPECT_EQ(judge("inside").state, SignatureState::wrong_purpose);
}

TEST_F(GitCms, WithoutARootNobodyIsTrusted) {
  SignatureVerdict verdict;
  judge_x509({.now = days_from_now(0)}, "payload",
             "-----BEGIN SIGNED MESSAGE-----\nAA==\n-----END SIGNED MESSAGE-----\n", verdict);
  EXPECT_NE(verdict.state, SignatureState::verified);
  for (const char* bytes :
       {"", "-----BEGIN CERTIFICATE-----\nAA", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n"}) {
    Document document;
    document.bytes = bytes;
    EXPECT_FALSE(parse_x509_roots(document)) << bytes;
  }
}

}  // namespace
}  // namespace gate::git
