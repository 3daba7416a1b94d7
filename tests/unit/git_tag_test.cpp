// Tags as git(1) makes them, and the same ones spoilt; and which tags of a repository are judged.
#include <gtest/gtest.h>

#include "adapters/git/git.h"
#include "adapters/git/tag_object.h"
#include "tests/unit/git_support.h"

namespace gate::git {
namespace {

using test::Workshop;

const std::string armor = "-----BEGIN SSH SIGNATURE-----\nx\n-----END SSH SIGNATURE-----\n";
const std::string plain =
    "object 0123456789012345678901234567890123456789\ntype commit\ntag v1\n"
    "tagger T <t@example.org> 1 +0000\n\nText\n";

std::string refusal(const std::string& raw) {
  const auto tag = split_tag(raw);
  return tag ? "" : tag.error().what;
}

TEST(GitTagObject, TheSignatureStartsAtTheLastMarker) {
  const auto one = split_tag(plain + armor), two = split_tag(plain + armor + armor);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->payload, plain);
  EXPECT_EQ(one->signature, armor);
  EXPECT_EQ(two->payload, plain + armor);
  EXPECT_EQ(two->signature, armor);
  EXPECT_EQ(one->name, "v1");
  EXPECT_EQ(one->target_type, "commit");
}

TEST(GitTagObject, AMarkerInsideALineIsText) {
  const auto tag = split_tag(plain + " " + armor);
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->signature, "");
}

TEST(GitTagObject, AHeaderIsNoSignatureHereAndNoPartOfWhatIsSigned) {
  std::string raw = plain;
  raw.insert(raw.find("\n\n") + 1, "gpgsig-sha256 -----BEGIN SSH SIGNATURE-----\n x\n");
  const auto tag = split_tag(raw);
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->signature, "");
  EXPECT_EQ(tag->payload, plain);
}

TEST(GitTagObject, HeadersOutOfOrderDoubledUnknownOrMissing) {
  const std::string wrong = "a header that is missing, unknown, doubled or out of order";
  EXPECT_EQ(refusal(plain), "");
  EXPECT_EQ(refusal("type commit\n" + plain), wrong);
  EXPECT_EQ(refusal(plain.substr(0, 48) + plain), wrong);
  std::string extra = plain;
  extra.insert(extra.find("\n\n") + 1, "x-more text\n");
  EXPECT_EQ(refusal(extra), wrong);
  EXPECT_EQ(refusal(plain.substr(0, 48)), "a header is missing: object, type or tag");
  EXPECT_EQ(refusal(plain + std::string(1, '\0')), "a NUL byte in a tag");
  std::string twice = plain;
  twice.insert(twice.find("\n\n") + 1, "gpgsig x\ngpgsig x\n");
  EXPECT_EQ(refusal(twice), "a signature header twice or out of place");
}

class GitTag : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<Workshop>();
    shop_->run(
        "git init -q -b main r && ssh-keygen -q -N '' -C '' -t ed25519 -f alice && "
        "ssh-keygen -q -N '' -C '' -t ed25519 -f forge && "
        "{ printf 'alice '; cat alice.pub; printf 'forge '; cat forge.pub; } > allowed && cd r && "
        "git config user.name T && git config user.email t@example.org && git config gpg.format ssh && "
        "git config user.signingkey ../alice && git commit -q -S --allow-empty -m one && "
        "git tag -s -m m old && git commit -q -S --allow-empty -m two && "
        "git tag -s -m m signed && git tag -a -m m unsigned && git tag light && git tag -s -m m nested signed && "
        "git tag -s -m m on-unsigned unsigned && git update-ref refs/tags/renamed refs/tags/signed && "
        "git -c user.signingkey=../forge tag -s -m m forged && git tag -s -m m tree HEAD^{tree}");
  }
  static void TearDownTestSuite() { shop_.reset(); }

  static FactBatch judge(const std::vector<std::string>& excluded, std::vector<TrustedForge> forges = {}) {
    const auto repository = Repository::open(shop_->path("r"));
    const Document allowed{shop_->read("allowed"), {"allowed", {}, {}}};
    return repository->tag_signatures(
        {"main", excluded},
        {.allowed_signers = &allowed, .forges = std::move(forges), .now = *parse_instant("2026-06-01T00:00:00Z")});
  }
  static std::map<std::string, std::string> states(const FactBatch& batch) {
    std::map<std::string, std::string> states;
    for (const TagSignature& tag : batch.facts.of<TagSignature>()) {
      EXPECT_EQ(tag.state() == SignatureState::verified, !tag.signer().empty());
      EXPECT_EQ(tag.state() == SignatureState::verified, tag.problem().empty());
      states[tag.ref().substr(10)] = name(tag.state());
    }
    return states;
  }

  static inline std::unique_ptr<Workshop> shop_;
};

TEST_F(GitTag, ThoseThatLeadIntoTheRangeAreJudged) {
  const FactBatch batch = judge({"main~1"}, {{.signer = "forge", .merges = true, .squashes = true, .at = {}}});
  EXPECT_EQ(batch.coverage.at(FactKind::tag), Coverage::complete);
  const std::map<std::string, std::string> expected{
      {"signed", "verified"},      {"unsigned", "unsigned"},  {"light", "unsigned"},  {"nested", "verified"},
      {"on-unsigned", "unsigned"}, {"renamed", "wrong-name"}, {"forged", "forge-key"}};
  EXPECT_EQ(states(batch), expected);
}

TEST_F(GitTag, OlderOnesAreNot) {
  EXPECT_FALSE(states(judge({"main~1"})).contains("old"));
  EXPECT_TRUE(states(judge({})).contains("old"));
}

TEST_F(GitTag, ThoseOfTheHeadAreJudgedThoughItIsKnown) { EXPECT_EQ(states(judge({"main"})).size(), 7u); }

TEST_F(GitTag, VerifyTagTellsEveryReason) {
  const auto repository = Repository::open(shop_->path("r"));
  const Document allowed{shop_->read("allowed"), {"allowed", {}, {}}};
  const Trust trust{.allowed_signers = &allowed, .now = *parse_instant("2026-06-01T00:00:00Z")};
  const auto good = repository->verify_tag("signed", trust), light = repository->verify_tag("light", trust),
             none = repository->verify_tag("none", trust);
  ASSERT_TRUE(good && light);
  EXPECT_TRUE(good->is_ok());
  EXPECT_GE(good->children.size(), 4u);
  EXPECT_EQ(light->first_problem()->code, "unsigned");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::not_found);
}

}  // namespace
}  // namespace gate::git
