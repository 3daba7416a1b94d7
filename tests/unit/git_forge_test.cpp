// What a forge's own key may sign: merges and squashes that follow from what people signed.
#include <gtest/gtest.h>

#include "adapters/git/git.h"
#include "tests/unit/git_support.h"

namespace gate::git {
namespace {

using test::Workshop;

class GitForge : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop_ = std::make_unique<Workshop>();
    shop_->run(
        "for n in alice forge; do ssh-keygen -q -N '' -C '' -t ed25519 -f $n; done && "
        "{ printf 'alice '; cat alice.pub; printf 'forge '; cat forge.pub; } > allowed && git init -q -b main r && "
        "cd r && git config user.name T && git config user.email t@example.org && git config gpg.format ssh && "
        "git config user.signingkey ../alice && seq 9 > f && git add f && git commit -q -S -m base && "
        "git checkout -q -b topic && sed -i s/9/ten/ f && git commit -q -S -a -m topic && "
        "git update-ref refs/pull/7/head topic && git checkout -q main && sed -i s/1/one/ f && "
        "git commit -q -S -a -m main && git config user.signingkey ../forge && git merge -q -S --no-ff -m merge topic "
        "&& "
        "git branch merged && echo more >> f && git commit -q -S -a --amend -m evil && git branch evil && "
        "git reset -q --hard merged && git branch squashed $(git commit-tree -S -p merged^ -m 'Topic (#7)' "
        "merged^{tree}) && "
        "git branch unnamed $(git commit-tree -S -p merged^ -m 'Topic (#8)' merged^{tree}) && "
        "git branch own $(git commit-tree -S -p merged -m own merged^{tree})");
  }
  static void TearDownTestSuite() { shop_.reset(); }

  static std::string state(const std::string& revision, bool merges, bool squashes) {
    const auto repository = Repository::open(shop_->path("r"));
    const Document allowed{shop_->read("allowed"), {"allowed", {}, {}}};
    const auto check = repository->verify_commit(
        revision, {.allowed_signers = &allowed,
                   .forges = {{.signer = "forge", .merges = merges, .squashes = squashes, .at = {}}},
                   .now = *parse_instant("2026-06-01T00:00:00Z")});
    if (!check) return check.error().what;
    return check->is_ok() ? "verified" : check->first_problem()->code;
  }

  static inline std::unique_ptr<Workshop> shop_;
};

TEST_F(GitForge, MergesWhoseTreeIsTheMerge) {
  const auto objects = shop_->run("find r/.git/objects -type f | sort");
  EXPECT_EQ(state("merged", true, false), "verified");
  EXPECT_EQ(state("merged", false, true), "forge-key");
  EXPECT_EQ(state("evil", true, true), "forge-key");
  EXPECT_EQ(state("own", true, true), "forge-key");
  EXPECT_EQ(shop_->run("find r/.git/objects -type f | sort"), objects);  // nothing was written
}

TEST_F(GitForge, SquashesOfASignedHead) {
  EXPECT_EQ(state("squashed", false, true), "verified");
  EXPECT_EQ(state("squashed", true, false), "forge-key");
  EXPECT_EQ(state("unnamed", false, true), "forge-key");
}

}  // namespace
}  // namespace gate::git
