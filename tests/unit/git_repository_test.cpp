#include <gtest/gtest.h>

#include <set>

#include "adapters/git/git.h"
#include "tests/unit/git_support.h"

namespace gate::git {
namespace {

const Instant now = *parse_instant("2026-06-01T00:00:00Z");

// By kind of ids: libgit2 reads the one, git's program the other.
class GitRepository : public testing::TestWithParam<const char*> {
 protected:
  GitRepository() {
    shop_.run(std::string("git init -q -b main --object-format=") + GetParam() +
              " r && cd r && git config user.name T && git config user.email t@example.org");
  }

  std::string git(const std::string& arguments) const { return shop_.run("cd r && git " + arguments); }
  // An empty commit on the current branch, `seconds` after an arbitrary start.
  std::string commit(const std::string& message, int seconds) const {
    const std::string date = "'" + std::to_string(1'760'000'000 + seconds) + " +0000'";
    return shop_.run("cd r && GIT_AUTHOR_DATE=" + date + " GIT_COMMITTER_DATE=" + date +
                     " git commit -q --allow-empty -m '" + message + "' && git rev-parse HEAD");
  }
  Repository open(const std::string& name = "r") const {
    auto repository = Repository::open(shop_.path(name));
    EXPECT_TRUE(repository) << describe(repository.error());
    return *repository;
  }
  static FactBatch range(const Repository& repository, const std::string& head,
                         std::vector<std::string> excluded = {}) {
    return repository.commit_signatures({head, std::move(excluded)}, {.allowed_signers = nullptr, .now = now});
  }
  static std::set<std::string> ids(const FactBatch& batch) {
    std::set<std::string> out;
    for (const CommitSignature& fact : batch.facts.of<CommitSignature>()) out.insert(fact.id());
    return out;
  }
  // What git itself lists.
  std::set<std::string> rev_list(const std::string& arguments, const std::string& name = "r") const {
    const std::string text = shop_.run("cd " + name + " && git rev-list " + arguments);
    std::set<std::string> out;
    const std::size_t digits = id_digits();
    for (std::size_t at = 0; at + digits <= text.size(); at += digits + 1) out.insert(text.substr(at, digits));
    return out;
  }
  static std::size_t id_digits() { return std::string_view(GetParam()) == "sha1" ? 40 : 64; }
  static Coverage coverage(const FactBatch& batch) { return batch.coverage.at(FactKind::commit); }

  gate::test::Workshop shop_;
};

INSTANTIATE_TEST_SUITE_P(Ids, GitRepository, testing::Values("sha1", "sha256"),
                         [](const auto& ids) { return std::string(ids.param); });

TEST_P(GitRepository, OpensFromInsideAndBare) {
  commit("one", 0);
  shop_.run("mkdir -p r/a/b && git clone -q --bare r bare.git && git init -q --separate-git-dir gitdir linked");
  EXPECT_EQ(std::filesystem::canonical(open("r/a/b").root()), std::filesystem::canonical(shop_.path("r")));
  EXPECT_NE(open("r/a/b").root().back(), '/');
  EXPECT_EQ(std::filesystem::canonical(open("linked").root()), std::filesystem::canonical(shop_.path("linked")));
  EXPECT_TRUE(open("bare.git").resolve("HEAD"));
  EXPECT_FALSE(open("bare.git").is_dirty());
  const auto nothing = Repository::open(shop_.folder());
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, Errc::not_found);
  EXPECT_EQ(Repository::open(shop_.path("missing")).error().code, Errc::not_found);
}

TEST_P(GitRepository, UnknownExtensionsAreNamedAndHarmlessOnesPass) {
  commit("one", 0);
  shop_.run(
      "cp -r r x && git -C r config core.repositoryformatversion 1 && git -C r config extensions.partialclone origin "
      "&& "
      "git -C x config core.repositoryformatversion 1 && git -C x config extensions.future yes");
  EXPECT_EQ(ids(range(open(), "HEAD")).size(), 1u);
  const auto opened = Repository::open(shop_.path("x"));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::unsupported_version);
}

TEST_P(GitRepository, Resolves) {
  const std::string one = commit("one", 0), two = commit("two", 1);
  git("-c user.name=T tag -a -m tag v1 " + one);
  const Repository repository = open();
  EXPECT_EQ(*repository.resolve("HEAD"), two);
  EXPECT_EQ(*repository.resolve("HEAD~1"), one);
  EXPECT_EQ(*repository.resolve("v1"), one);
  EXPECT_EQ(*repository.resolve(one.substr(0, 10)), one);
  EXPECT_EQ(*repository.resolve("refs/heads/main"), two);
  for (const std::string& bad :
       {std::string(), std::string("nowhere"), std::string(id_digits(), 'a'), std::string("HEAD~5"),
        std::string("HEAD:"), std::string("a..b"), std::string("HEAD\0x", 6)}) {
    const auto resolved = repository.resolve(bad);
    ASSERT_FALSE(resolved) << bad;
    EXPECT_EQ(resolved.error().code, Errc::not_found) << bad;
  }
}

// Whoever can push a branch or a tag must not choose the base by naming it like the id of a commit that is not here.
TEST_P(GitRepository, NoReferenceStandsInForAFullId) {
  const std::string one = commit("one", 0), absent(id_digits(), 'd');
  git("update-ref refs/heads/" + absent + " " + one + " && git update-ref refs/tags/" + absent + " " + one);
  const auto resolved = open().resolve(absent);
  ASSERT_FALSE(resolved) << *resolved;
  EXPECT_EQ(resolved.error().code, Errc::not_found);
  EXPECT_EQ(*open().resolve("refs/tags/" + absent), one);
}

TEST_P(GitRepository, MergeBase) {
  const std::string base = commit("base", 0);
  const std::string left = commit("left", 1);
  git("checkout -q -b side " + base);
  const std::string right = commit("right", 2);
  git("checkout -q --orphan alone");
  const std::string alone = commit("alone", 3);
  const Repository repository = open();
  EXPECT_EQ(*repository.merge_base("main", "side"), base);
  EXPECT_EQ(*repository.merge_base(left, base), base);
  EXPECT_EQ(repository.merge_base(left, alone).error().code, Errc::not_found);
  EXPECT_EQ(repository.merge_base(left, "nowhere").error().code, Errc::not_found);
}

TEST_P(GitRepository, ReadsFilesOfACommit) {
  shop_.run(
      "cd r && mkdir -p keys/deep && printf 'old\\0' > keys/deep/f && ln -s deep/f keys/link && printf x > run.sh && "
      "chmod +x run.sh && "
      "ln -s keys folder && git add . && git update-index --add --cacheinfo 160000," +
      std::string(id_digits(), 'a') + ",sub");
  const std::string old = commit("files", 0);
  shop_.run("cd r && echo new > keys/deep/f && git add keys");
  commit("change", 1);
  shop_.run("echo newest > r/keys/deep/f");
  const Repository repository = open();
  EXPECT_EQ(*repository.read_file(old, "keys/deep/f", 100), std::string("old\0", 4));
  EXPECT_EQ(*repository.read_file("HEAD", "./keys//deep/../deep/f", 100), "new\n");
  EXPECT_EQ(*repository.read_file(old, "run.sh", 1), "x");
  const auto code = [&](const std::string& path, std::uint64_t cap = 100) {
    return repository.read_file(old, path, cap).error().code;
  };
  EXPECT_EQ(code("keys/deep/f", 3), Errc::too_large);
  EXPECT_EQ(code("keys/deep/g"), Errc::not_found);
  EXPECT_EQ(code("keys/deep/f/g"), Errc::not_found);
  EXPECT_EQ(code("folder/deep/f"), Errc::not_found);
  EXPECT_EQ(code("keys/link"), Errc::unreadable);
  EXPECT_EQ(code("keys"), Errc::unreadable);
  EXPECT_EQ(code("keys/"), Errc::unreadable);
  EXPECT_EQ(code("sub"), Errc::unreadable);
  for (const std::string& bad :
       {std::string(), std::string("."), std::string("../r/run.sh"), std::string("keys/../../r/run.sh"),
        std::string("/etc/passwd"), std::string("run.sh\0", 7)}) {
    EXPECT_FALSE(repository.read_file(old, bad, 100)) << bad;
  }
  EXPECT_EQ(repository.read_file("nowhere", "run.sh", 100).error().code, Errc::not_found);
}

TEST_P(GitRepository, DirtyMeansTrackedFilesDiffer) {
  shop_.run("cd r && echo a > f && git add f");
  commit("one", 0);
  EXPECT_FALSE(open().is_dirty());
  shop_.run("echo b > r/untracked");
  EXPECT_FALSE(open().is_dirty());
  shop_.run("echo b > r/f");
  EXPECT_TRUE(open().is_dirty());
  shop_.run("cd r && git add f");
  EXPECT_TRUE(open().is_dirty());
  commit("two", 1);
  EXPECT_FALSE(open().is_dirty());
  shop_.run("rm r/f");
  EXPECT_TRUE(open().is_dirty());
}

TEST_P(GitRepository, WorkTreeAgainstACommit) {
  using Paths = std::set<std::string>;
  shop_.run("cd r && mkdir d && echo a > d/f && echo b > g && echo c > h && ln -s d/f link && git add .");
  const std::string one = commit("one", 0);
  const auto since = [&] {
    auto compared = open().compare_work_tree(one);
    EXPECT_TRUE(compared);
    return *compared;
  };
  EXPECT_EQ(since().kept, (Paths{"d/f", "g", "h", "link"}));
  EXPECT_EQ(since().changed, Paths{});
  shop_.run("cd r && echo new > n && echo A > d/f && git add n d/f");
  commit("two", 1);
  shop_.run("cd r && echo B > g && mkdir e && echo new > e/untracked && rm h && ln -sf g link");
  shop_.run("cd r && echo staged > s && git add s && echo '*.o' > .git/info/exclude && echo made > x.o");
  EXPECT_EQ(since().kept, Paths{});
  EXPECT_EQ(since().changed, (Paths{"d/f", "e/untracked", "g", "h", "link", "n", "s"}));
  shop_.run("cd r && echo a > d/f && echo b > g && echo c > h && ln -sf d/f link");
  EXPECT_EQ(since().kept, (Paths{"g", "h", "link"})) << "what is staged counts, whatever the work tree holds";
  EXPECT_FALSE(open().compare_work_tree(std::string(id_digits(), '1')));
}

TEST_P(GitRepository, RemoteTips) {
  const std::string one = commit("one", 0), two = commit("two", 1);
  git("update-ref refs/remotes/origin/main " + one + " && git update-ref refs/remotes/origin/copy " + one +
      " && git update-ref refs/remotes/origin-2/main " + two +
      " && git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main");
  const Repository repository = open();
  EXPECT_EQ(repository.remote_tips("origin"), std::vector<std::string>{one});
  EXPECT_EQ(repository.remote_tips("").size(), 2u);
  EXPECT_TRUE(repository.remote_tips("*").empty());
  EXPECT_TRUE(repository.remote_tips("elsewhere").empty());
}

TEST_P(GitRepository, RangesAreThoseOfGit) {
  const std::string base = commit("base", 0);
  commit("main 1", 1);
  git("checkout -q -b side " + base);
  commit("side 1", 2);
  commit("side 2", 3);
  git("checkout -q main");
  shop_.run(
      "cd r && GIT_AUTHOR_DATE='1760000009 +0000' GIT_COMMITTER_DATE='1760000009 +0000' git merge -q --no-ff -m merge "
      "side");
  commit("main 2", 10);
  const Repository repository = open();
  EXPECT_EQ(ids(range(repository, "main")), rev_list("main"));
  EXPECT_EQ(ids(range(repository, "main", {"side"})), rev_list("main ^side"));
  EXPECT_EQ(ids(range(repository, "main", {"main~1"})), rev_list("main ^main~1"));
  EXPECT_EQ(ids(range(repository, "main", {base, "side~1"})), rev_list("main ^" + base + " ^side~1"));
  EXPECT_EQ(ids(range(repository, "side", {"main~2"})), rev_list("side ^main~2"));
  const FactBatch none = range(repository, "side", {"main"});
  EXPECT_TRUE(ids(none).empty());
  EXPECT_EQ(coverage(none), Coverage::complete);
  EXPECT_EQ(range(repository, "main").facts.of<CommitSignature>().front().summary(), "main 2");
}

// The committer's date is a claim. Whatever it says, no commit of the range may be missing.
TEST_P(GitRepository, ClocksThatRunBackwards) {
  const std::string base = commit("base", 1'000);
  for (int i = 0; i < 5; ++i) commit("old clock", i);
  git("checkout -q -b side " + base);
  for (int i = 0; i < 5; ++i) commit("new clock", 900'000 + i);
  const Repository repository = open();
  for (const std::string& ends : {std::string("main ^side"), std::string("side ^main"), std::string("main ^main~3"),
                                  std::string("side ^side~2")}) {
    const auto caret = ends.find('^');
    EXPECT_EQ(ids(range(repository, ends.substr(0, caret - 1), {ends.substr(caret + 1)})), rev_list(ends)) << ends;
  }
}

TEST_P(GitRepository, AnEmptyPushAndUnknownRevisions) {
  commit("one", 0);
  const FactBatch empty = range(open(), "");
  EXPECT_EQ(coverage(empty), Coverage::complete);
  EXPECT_TRUE(ids(empty).empty());
  for (const FactBatch& batch : {range(open(), "nowhere"), range(open(), "HEAD", {"nowhere"})}) {
    EXPECT_EQ(coverage(batch), Coverage::absent);
    ASSERT_EQ(batch.problems.size(), 1u);
    EXPECT_EQ(batch.problems[0].code, Errc::not_found);
    EXPECT_TRUE(ids(batch).empty());
  }
}

TEST_P(GitRepository, ShallowClones) {
  for (int i = 0; i < 5; ++i) commit("commit " + std::to_string(i), i);
  shop_.run("git clone -q --depth 3 file://\"$PWD\"/r s");
  const Repository repository = open("s");
  EXPECT_TRUE(repository.is_shallow());
  EXPECT_FALSE(open().is_shallow());

  const std::string boundary = git("rev-parse HEAD~2");
  const FactBatch cut = range(repository, "HEAD");
  EXPECT_EQ(coverage(cut), Coverage::partial);
  EXPECT_EQ(ids(cut).size(), 3u);
  ASSERT_EQ(cut.problems.size(), 1u);
  EXPECT_EQ(cut.problems[0].code, Errc::incomplete);
  EXPECT_EQ(cut.problems[0].where.at, boundary);
  EXPECT_NE(cut.problems[0].what.find("shallow"), std::string::npos);

  const FactBatch whole = range(repository, "HEAD", {"HEAD~2"});
  EXPECT_EQ(coverage(whole), Coverage::complete);
  EXPECT_EQ(ids(whole).size(), 2u);
  EXPECT_EQ(range(repository, "HEAD", {git("rev-parse HEAD~3")}).problems[0].code, Errc::not_found);
}

TEST_P(GitRepository, MissingAndChangedObjects) {
  const std::string one = commit("one", 0), two = commit("two", 1), three = commit("three", 2);
  const auto file = [](const std::string& id) { return ".git/objects/" + id.substr(0, 2) + "/" + id.substr(2); };
  shop_.run("cp -r r changed && cd changed && chmod +w " + file(two) + " && cp " + file(one) + " " + file(two));
  shop_.run("rm -f r/" + file(two));

  const FactBatch missing = range(open(), "HEAD");
  EXPECT_EQ(coverage(missing), Coverage::partial);
  EXPECT_EQ(ids(missing), std::set<std::string>{three});
  ASSERT_EQ(missing.problems.size(), 1u);
  EXPECT_EQ(missing.problems[0].code, Errc::incomplete);
  EXPECT_EQ(missing.problems[0].where.at, three);
  EXPECT_NE(missing.problems[0].what.find(two), std::string::npos);

  // Another commit's bytes under this name: what is read must have the hash that was asked for.
  const FactBatch changed = range(open("changed"), "HEAD");
  EXPECT_EQ(coverage(changed), Coverage::partial);
  EXPECT_EQ(ids(changed), std::set<std::string>{three});
  ASSERT_EQ(changed.problems.size(), 1u);
  EXPECT_EQ(changed.problems[0].code, Errc::unreadable);
  EXPECT_EQ(changed.problems[0].where.at, two);
}

// refs/replace and grafts show people another history than the one that is pushed.
TEST_P(GitRepository, ReplacementsAreIgnored) {
  const std::string one = commit("one", 0), two = commit("two", 1), three = commit("three", 2);
  git("replace " + three + " " + one);
  ASSERT_EQ(rev_list("HEAD").size(), 1u);
  EXPECT_EQ(ids(range(open(), "HEAD")), (std::set<std::string>{one, two, three}));
}

TEST_P(GitRepository, PackedObjects) {
  for (int i = 0; i < 4; ++i) commit("commit " + std::to_string(i), i);
  git("gc -q");
  EXPECT_EQ(ids(range(open(), "HEAD")).size(), 4u);
}

// The user's configuration must not change what is seen.
TEST_P(GitRepository, ConfigurationOfTheMachineIsNotRead) {
  commit("one", 0);
  shop_.write(".gitconfig", "[core]\n\trepositoryformatversion = 7\n[this is no configuration\n");
  const char* home = std::getenv("HOME");
  const std::string before = home ? home : "";
  setenv("HOME", shop_.folder().c_str(), 1);
  EXPECT_EQ(ids(range(open(), "HEAD")).size(), 1u);
  EXPECT_FALSE(open().is_dirty());
  setenv("HOME", before.c_str(), 1);
}

}  // namespace
}  // namespace gate::git
