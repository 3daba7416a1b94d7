#include "adapters/git/allowed_signers.h"

#include <gtest/gtest.h>

#include "tests/unit/git_support.h"

namespace gate::git {
namespace {

using test::key_blob;

class GitAllowedSigners : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<test::Workshop>();
    shop_->run("ssh-keygen -q -N '' -C '' -t ed25519 -f a && ssh-keygen -q -N '' -C '' -t ed25519 -f b");
    shop_->run("echo text > message && ssh-keygen -q -Y sign -n git -f a message");
    a_ = words(shop_->read("a.pub"));
    b_ = words(shop_->read("b.pub"));
  }
  static void TearDownTestSuite() { shop_.reset(); }

  static std::string words(std::string line) {
    line.resize(line.find_last_not_of(" \n") + 1);
    return line;
  }
  static AllowedSigners parse(const std::string& text) {
    return AllowedSigners({text, {"keys/allowed", "digest", {}}});
  }

  // The principal of key a at a time, and what ssh-keygen(1) says of the same file.
  static std::string principal(const std::string& text, const std::string& time = "2026-01-01T00:00:00Z") {
    const AllowedSigners signers = parse(text);
    std::string found;
    for (const AllowedSigner& entry : signers.of_key(key_blob(a_))) {
      if (found.empty() && !entry.refusal("git", *parse_instant(time))) found = entry.principal;
    }
    return found;
  }
  static bool ssh_keygen_accepts(const std::string& text, const std::string& as,
                                 const std::string& time = "20260101000000Z") {
    shop_->write("allowed", text);
    return shop_
               ->try_run("ssh-keygen -Y verify -f allowed -I '" + as + "' -n git -s message.sig -Overify-time=" + time +
                         " < message")
               .status == 0;
  }
  static void complains(const std::string& text, const std::string& at, const std::string& what) {
    const AllowedSigners signers = parse(text);
    ASSERT_EQ(signers.problems().size(), 1u) << text;
    EXPECT_EQ(describe(signers.problems()[0]), "keys/allowed:" + at + ": malformed: " + what);
    EXPECT_EQ(principal(text), "") << text;
  }

  static inline std::unique_ptr<test::Workshop> shop_;
  static inline std::string a_, b_;
};

TEST_F(GitAllowedSigners, AgreesWithSshKeygen) {
  struct Case {
    std::string text, principal;
  };
  const Case cases[] = {
      {"alice@example.org " + a_ + "\n", "alice@example.org"},
      {"  \talice@example.org\t " + a_ + " a comment with words\r\n", "alice@example.org"},
      {"# comment\n\n   # another\nalice " + a_, "alice"},
      {"\"Alice B <alice@example.org>\" " + a_ + "\n", "Alice B <alice@example.org>"},
      {"alice,bob " + a_ + "\n", "alice"},
      {"!alice,alice,bob " + a_ + "\n", "bob"},
      {"*@example.org " + a_ + "\n", "*@example.org"},
      {"alice namespaces=\"git\" " + a_ + "\n", "alice"},
      {"alice namespaces=\"file,git\" " + a_ + "\n", "alice"},
      {"alice namespaces=\"g?*\" " + a_ + "\n", "alice"},
      {"alice NAMESPACES=\"git\" " + a_ + "\n", "alice"},
      {"alice valid-after=\"20250101Z\",valid-before=\"20270101Z\" " + a_ + "\n", "alice"},
      {"alice valid-after=\"202512312359Z\" " + a_ + "\n", "alice"},
      {"alice valid-before=\"20260101000001\" " + a_ + "\n", "alice"},
      {"alice " + b_ + "\nbob " + a_ + "\n", "bob"},
      {"alice valid-before=\"20250101Z\" " + a_ + "\nalice " + a_ + "\n", "alice"},
  };
  for (const Case& each : cases) {
    EXPECT_TRUE(parse(each.text).problems().empty()) << each.text << describe(parse(each.text).problems()[0]);
    EXPECT_EQ(principal(each.text), each.principal) << each.text;
    EXPECT_TRUE(ssh_keygen_accepts(each.text, each.principal)) << each.text;
  }
  const Case refused[] = {
      {"alice " + b_ + "\n", "alice"},
      {"alice namespaces=\"file\" " + a_ + "\n", "alice"},
      {"alice namespaces=\"*,!git\" " + a_ + "\n", "alice"},
      {"alice namespaces=\"Git\" " + a_ + "\n", "alice"},
      {"alice valid-after=\"20260102Z\" " + a_ + "\n", "alice"},
      {"alice valid-before=\"20251231Z\" " + a_ + "\n", "alice"},
      {"alice cert-authority " + a_ + "\n", "alice"},
      {"alice cert-authority,namespaces=\"git\" " + a_ + "\n", "alice"},
  };
  for (const Case& each : refused) {
    EXPECT_TRUE(parse(each.text).problems().empty()) << each.text;
    EXPECT_EQ(principal(each.text), "") << each.text;
    EXPECT_FALSE(ssh_keygen_accepts(each.text, each.principal)) << each.text;
  }
}

// Stricter than ssh-keygen(1), which takes the last second too: "only before" that time.
TEST_F(GitAllowedSigners, ValidBeforeIsExclusive) {
  const std::string text = "alice valid-after=\"20260101Z\",valid-before=\"20260102Z\" " + a_ + "\n";
  EXPECT_EQ(principal(text, "2025-12-31T23:59:59Z"), "");
  EXPECT_EQ(principal(text, "2026-01-01T00:00:00Z"), "alice");
  EXPECT_EQ(principal(text, "2026-01-01T23:59:59Z"), "alice");
  EXPECT_EQ(principal(text, "2026-01-02T00:00:00Z"), "");
}

TEST_F(GitAllowedSigners, ComplaintsNameThePlace) {
  complains("alice unknown=\"x\" " + a_ + "\n", "1:7", "unknown option 'unknown'");
  complains("\n#\n  alice namespaces=\"git\",no-touch-required " + a_ + "\n", "3:26",
            "unknown option 'no-touch-required'");
  complains("alice namespaces=\"git\", " + a_ + "\n", "1:24", "unknown option ''");
  complains("alice namespaces=git " + a_ + "\n", "1:17", "namespaces without a quoted value");
  complains("alice namespaces=\"git " + a_ + "\n", "1:17", "namespaces without a quoted value");
  complains("alice namespaces=\"git\",namespaces=\"git\" " + a_ + "\n", "1:24", "namespaces twice");
  complains("alice namespaces=\"git\"x " + a_ + "\n", "1:23", "text right after an option");
  complains("alice valid-after=\"20260101Z\",valid-after=\"20260101Z\" " + a_ + "\n", "1:31", "valid-after twice");
  complains("alice valid-before=\"20261301Z\" " + a_ + "\n", "1:7", "valid-before: no time (YYYYMMDD[HHMM[SS]][Z])");
  complains("alice valid-before=\"2026\" " + a_ + "\n", "1:7", "valid-before: no time (YYYYMMDD[HHMM[SS]][Z])");
  complains("alice valid-before=\"2026-01-01\" " + a_ + "\n", "1:7", "valid-before: no time (YYYYMMDD[HHMM[SS]][Z])");
  complains("alice valid-before=\"\" " + a_ + "\n", "1:7", "valid-before: no time (YYYYMMDD[HHMM[SS]][Z])");
  complains("alice valid-after=\"20260102Z\",valid-before=\"20260102Z\" " + a_ + "\n", "1:7",
            "valid-before is not later than valid-after");
  complains("\"alice " + a_ + "\n", "1:1", "a quote that does not end");
  complains("\"alice\"bob " + a_ + "\n", "1:8", "text right after a quote");
  complains("!alice " + a_ + "\n", "1:1", "no principal that the list lets through");
  complains("!*,alice " + a_ + "\n", "1:1", "no principal that the list lets through");
  complains("\"\" " + a_ + "\n", "1:1", "no principal that the list lets through");
  complains("al\x1b[31mice " + a_ + "\n", "1:1", "principals with control characters, or not in UTF-8");
  complains("al\xffice " + a_ + "\n", "1:1", "principals with control characters, or not in UTF-8");
  complains("alice\n", "1:6", "no key after the principals");
  complains("alice ssh-ed25519\n", "1:7", "no key after the principals");
  complains("alice ssh-ed25519 !!!!\n", "1:19", "a key that is no base64");
  complains("alice ssh-rsa " + a_.substr(a_.find(' ') + 1) + "\n", "1:7", "a key of another type than the line says");
  complains("alice " + a_.substr(0, a_.size() - 4) + "\n", "1:19",
            "not a valid SSH public key: an Ed25519 key of 0 bytes instead of 32");
  EXPECT_EQ(parse(a_ + "\n").problems().size(), 1u);  // the principal is missing
}

TEST_F(GitAllowedSigners, ABadLineHidesNoOther) {
  const AllowedSigners signers = parse("alice bad=\"x\" " + a_ + "\nbob " + b_ + "\n");
  EXPECT_EQ(signers.problems().size(), 1u);
  EXPECT_TRUE(signers.of_key(key_blob(a_)).empty());
  ASSERT_EQ(signers.of_key(key_blob(b_)).size(), 1u);
  EXPECT_EQ(signers.of_key(key_blob(b_))[0].at, "2:5");
}

TEST_F(GitAllowedSigners, KeysWithoutSupportAreKeptAndHarmNobody) {
  shop_->run("ssh-keygen -q -N '' -C '' -t ecdsa -b 521 -f p521");
  const AllowedSigners signers = parse("alice " + words(shop_->read("p521.pub")) + "\nbob " + b_ + "\n");
  EXPECT_TRUE(signers.problems().empty());
  EXPECT_EQ(signers.of_key(key_blob(b_)).size(), 1u);
}

TEST_F(GitAllowedSigners, Limits) {
  EXPECT_EQ(parse(std::string(70'000, 'x') + "\nbob " + b_).problems()[0].code, Errc::too_large);
  EXPECT_EQ(parse(std::string(100'001, '\n')).problems()[0].code, Errc::too_large);
  EXPECT_TRUE(parse(std::string(100'000, '\n')).problems().empty());
  std::string names;
  for (int i = 0; i < 1'001; ++i) names += "!*,";
  complains(names + "x " + a_, "1:1", "more than 1000 principals");
}

TEST(GitPatterns, ListsOfSsh) {
  EXPECT_TRUE(pattern_list_allows("git", "git"));
  EXPECT_FALSE(pattern_list_allows("git", "gitx"));
  EXPECT_FALSE(pattern_list_allows("git", "Git"));
  EXPECT_TRUE(pattern_list_allows("*", ""));
  EXPECT_TRUE(pattern_list_allows("a*b*c", "aXbXbYc"));
  EXPECT_FALSE(pattern_list_allows("a*b*c", "aXbXbY"));
  EXPECT_TRUE(pattern_list_allows("?.org,x", "a.org"));
  EXPECT_FALSE(pattern_list_allows("?.org", ".org"));
  EXPECT_FALSE(pattern_list_allows("!bob,*", "bob"));
  EXPECT_FALSE(pattern_list_allows("*,!bob", "bob"));
  EXPECT_TRUE(pattern_list_allows("*,!bob", "bobby"));
  EXPECT_FALSE(pattern_list_allows("!bob", "alice"));
  EXPECT_FALSE(pattern_list_allows("", "git"));
  EXPECT_FALSE(pattern_list_allows("[a-z]", "g"));
  EXPECT_TRUE(pattern_list_allows(std::string(500, '*') + "x", std::string(1000, 'a') + "x"));
  EXPECT_FALSE(pattern_list_allows("a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(5'000, 'a')));
}

}  // namespace
}  // namespace gate::git
