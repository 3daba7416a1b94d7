#include "gate/sigstore/checkpoint.h"

#include <gtest/gtest.h>

#include "gate/crypto/digest.h"
#include "tests/unit/sigstore_authority.h"

namespace gate::sigstore {
namespace {

class SigstoreCheckpoint : public testing::Test {
 protected:
  const test::TestLog log_{"https://log.example.org", test::make_key("ED25519"), true};
  const Log trusted_ = log_.trusted({});
  const std::string root_ = crypto::to_base64(std::string(32, 'r'));
  const std::string text_ = "log.example.org\n7\n" + root_ + "\n";

  std::string line(const std::string& name, const std::string& hint, const std::string& signature) const {
    return "\xe2\x80\x94 " + name + " " + crypto::to_base64(hint + signature) + "\n";
  }
  std::string own_line(const std::string& text) const {
    return line("log.example.org", trusted_.id.substr(0, 4), test::sign(log_.key, text));
  }
  // The code of the first problem; "ok" where there is none.
  std::string outcome(const std::string& note) const {
    const auto parsed = parse_checkpoint(note);
    if (!parsed) return "malformed";
    const Check check = verify_checkpoint(*parsed, trusted_);
    return check.is_ok() ? "ok" : check.first_problem()->code;
  }
};

TEST_F(SigstoreCheckpoint, OwnSignatureAmongOthers) {
  EXPECT_EQ(outcome(text_ + "\n" + own_line(text_)), "ok");
  EXPECT_EQ(outcome(text_ + "\n" + line("witness.example.org", "abcd", "nobody knows") + own_line(text_)), "ok");
  EXPECT_EQ(outcome(text_ + "\n" + line("log.example.org", "abcd", "another key") + own_line(text_)), "ok");
  EXPECT_EQ(outcome(text_ + "extension\n\n" + own_line(text_ + "extension\n")), "ok");
}

TEST_F(SigstoreCheckpoint, OneBadSignatureOfTheLogSpoilsAGoodOne) {
  const std::string bad = line("log.example.org", trusted_.id.substr(0, 4), std::string(64, 'x'));
  EXPECT_EQ(outcome(text_ + "\n" + own_line(text_) + bad), "checkpoint-bad-signature");
  EXPECT_EQ(outcome(text_ + "\n" + bad + own_line(text_)), "checkpoint-bad-signature");
}

TEST_F(SigstoreCheckpoint, NotSignedByTheLog) {
  EXPECT_EQ(outcome(text_ + "\n"), "checkpoint-unsigned");
  EXPECT_EQ(outcome(text_ + "\n" + line("other.example.org", trusted_.id.substr(0, 4), test::sign(log_.key, text_))),
            "checkpoint-unsigned");
  EXPECT_EQ(outcome(text_ + "\n" + line("log.example.org", "abcd", test::sign(log_.key, text_))),
            "checkpoint-unsigned");
  const std::string other = "other.example.org\n7\n" + root_ + "\n";
  EXPECT_EQ(outcome(other + "\n" + own_line(other)), "checkpoint-origin-mismatch");
  const std::string longer = "log.example.org.evil\n7\n" + root_ + "\n";
  EXPECT_EQ(outcome(longer + "\n" + own_line(longer)), "checkpoint-origin-mismatch");
}

TEST_F(SigstoreCheckpoint, Malformed) {
  for (const std::string& text :
       {std::string(), std::string("log.example.org\n7\n"), "log.example.org\n07\n" + root_ + "\n",
        "log.example.org\n-7\n" + root_ + "\n", "log.example.org\n99999999999999999999\n" + root_ + "\n",
        std::string("log.example.org\n7\nAAAA\n"), "log.example.org\n7\n" + root_ + "\n\nmore\n",
        "log.example.org\n7\n" + root_ + "\r\n"}) {
    EXPECT_EQ(outcome(text + "\n" + own_line(text)), "malformed") << text;
  }
  EXPECT_EQ(outcome(text_ + "\nlog.example.org AAAA\n"), "malformed");
  EXPECT_EQ(outcome(text_ + "\n\xe2\x80\x94 log.example.org\n"), "malformed");
  EXPECT_EQ(outcome(text_), "malformed");
  std::string many = text_ + "\n";
  for (int i = 0; i < 65; ++i) many += own_line(text_);
  EXPECT_EQ(outcome(many), "malformed");
}

}  // namespace
}  // namespace gate::sigstore
