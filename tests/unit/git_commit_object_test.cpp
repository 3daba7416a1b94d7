#include "adapters/git/commit_object.h"

#include <gtest/gtest.h>

namespace gate::git {
namespace {

const std::string tree = "tree " + std::string(40, 'a') + "\n";
const std::string parent = "parent " + std::string(40, 'b') + "\n";
const std::string people = "author A <a@example.org> 1700000000 +0900\ncommitter C <c@example.org> 1700000007 +0900\n";
const std::string signature = "gpgsig -----BEGIN X-----\n \n line\n -----END X-----\n";
const std::string body = "\nSubject\n\nText\n";

std::string refused(const std::string& raw) {
  const auto split = split_commit(raw);
  EXPECT_FALSE(split) << raw;
  if (split) return {};
  EXPECT_EQ(split.error().code, Errc::malformed);
  return split.error().what;
}

TEST(GitCommitObject, CutsTheSignatureOut) {
  const auto split = split_commit(tree + parent + people + signature + "encoding UTF-8\n" + body);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->signature, "-----BEGIN X-----\n\nline\n-----END X-----\n");
  EXPECT_EQ(split->payload, tree + parent + people + "encoding UTF-8\n" + body);
  EXPECT_EQ(split->parents, std::vector<std::string>{std::string(40, 'b')});
  EXPECT_EQ(split->committed, 1700000007);
  EXPECT_EQ(split->summary, "Subject");
}

TEST(GitCommitObject, LeavesEverythingElseInThePayload) {
  const std::string mergetag = "mergetag object " + std::string(40, 'c') + "\n type commit\n gpgsig no header\n";
  const auto split = split_commit(tree + parent + parent + people + mergetag + mergetag + body);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->signature, "");
  EXPECT_EQ(split->payload, tree + parent + parent + people + mergetag + mergetag + body);
  EXPECT_EQ(split->parents.size(), 2u);
}

// V5: the header for the other hash is no part of what is signed, before or after ours.
TEST(GitCommitObject, CutsTheSignatureForTheOtherHashToo) {
  const std::string other = "gpgsig-sha256 -----BEGIN Y-----\n more\n";
  for (const std::string& headers : {other + signature, signature + other}) {
    const auto split = split_commit(tree + people + headers + body);
    ASSERT_TRUE(split);
    EXPECT_EQ(split->signature, "-----BEGIN X-----\n\nline\n-----END X-----\n");
    EXPECT_EQ(split->payload, tree + people + body);
  }
  const auto only_other = split_commit(tree + people + other + body);
  ASSERT_TRUE(only_other);
  EXPECT_EQ(only_other->signature, "");
}

// V5: what looks like a header in the message is message.
TEST(GitCommitObject, ASignatureInTheBodyIsText) {
  const auto split = split_commit(tree + people + "\n" + signature + body);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->signature, "");
  EXPECT_EQ(split->payload, tree + people + "\n" + signature + body);
}

// V4
TEST(GitCommitObject, RefusesWhatTwoReadersCouldReadDifferently) {
  EXPECT_EQ(refused(tree + people + signature + signature + body), "a second gpgsig header");
  EXPECT_EQ(refused(tree + people + "gpgsig-sha256 a\ngpgsig-sha256 b\n" + body), "a second gpgsig-sha256 header");
  EXPECT_EQ(refused(tree + tree + people + body), "a second tree header");
  EXPECT_EQ(refused(tree + people + tree + body), "a second tree header");
  EXPECT_EQ(refused(tree + people + parent + body), "a parent header out of place");
  EXPECT_EQ(refused(parent + tree + people + body), "a parent header out of place");
  EXPECT_EQ(refused(tree + people + people + body), "an author header twice or out of place");
  EXPECT_EQ(refused(tree + "author A <a@b> 1 +0000\n" + people + body), "an author header twice or out of place");
  EXPECT_EQ(refused(tree + people + "committer X <x@y> 1 +0000\n" + body), "a committer header twice or out of place");
  EXPECT_EQ(refused(tree + "committer X <x@y> 1 +0000\n" + body), "a committer header twice or out of place");
  EXPECT_EQ(refused(tree + "gpgsig x\n" + people + body),
            "a header before author and committer that does not belong there");
  EXPECT_EQ(refused(tree + people + "gpgsig-sha512 x\n" + body), "an unknown kind of signature header");
  EXPECT_EQ(refused(tree + people + "gpgsigx x\n" + body), "an unknown kind of signature header");
  EXPECT_EQ(refused(tree + people + "gpgsig \n" + body), "an empty signature");
  EXPECT_EQ(refused(tree + parent + "author A <a@b> 1 +0000\n tree\ncommitter X <x@y> 1 +0000\n" + body),
            "a header over several lines");
}

TEST(GitCommitObject, RefusesNulBytesWherever) {
  const std::string nul(1, '\0');
  EXPECT_EQ(refused(tree + people + signature + body + nul + "evil"), "a NUL byte in a commit");
  EXPECT_EQ(refused(tree + people + "x-header " + nul + "\n" + body), "a NUL byte in a commit");
}

TEST(GitCommitObject, RefusesCutAndShapelessObjects) {
  EXPECT_EQ(refused(""), "a header is missing: tree, author or committer");
  EXPECT_EQ(refused("\n"), "a header is missing: tree, author or committer");
  EXPECT_EQ(refused(body), "a header is missing: tree, author or committer");
  EXPECT_EQ(refused(tree + parent + body), "a header is missing: tree, author or committer");
  EXPECT_EQ(refused(tree.substr(0, 20)), "a header line without an end");
  EXPECT_EQ(refused(tree + people + "gpgsig -----BEGIN"), "a header line without an end");
  EXPECT_EQ(refused("tree " + std::string(39, 'a') + "\n" + people + body), "a tree header that is no object id");
  EXPECT_EQ(refused("tree " + std::string(40, 'A') + "\n" + people + body), "a tree header that is no object id");
  EXPECT_EQ(refused(tree + "parent \n" + people + body), "a parent header that is no object id");
  EXPECT_EQ(refused(" " + tree + people + body), "a header line without a value");
  EXPECT_EQ(refused(tree + people + "lonely\n" + body), "a header line without a value");
  EXPECT_EQ(refused(tree + people + "\r\n\nSubject\n"), "a header line without a value");
  const std::string whole = tree + parent + people + signature + body;
  const std::size_t headers = whole.size() - body.size();
  for (std::size_t size = 0; size < headers; ++size) {
    const auto cut = split_commit(whole.substr(0, size));
    EXPECT_TRUE(!cut || cut->signature != "-----BEGIN X-----\n\nline\n-----END X-----\n") << size;
  }
}

TEST(GitCommitObject, MayEndWithoutAMessage) {
  const auto split = split_commit(tree + people);
  ASSERT_TRUE(split);
  EXPECT_EQ(split->summary, "");
  EXPECT_EQ(split->payload, tree + people);
}

TEST(GitCommitObject, SummariesAreFitToBeShown) {
  const auto summary = [](const std::string& message) {
    const auto split = split_commit(tree + people + "\n" + message);
    return split ? split->summary : "refused";
  };
  EXPECT_EQ(summary("\n\nLate start\nmore"), "Late start");
  EXPECT_EQ(summary("red \x1b[31m\ttab\x7f"), "red ?[31m?tab?");
  EXPECT_EQ(summary("latin \xe9\xff 1, \xc3\xa9 utf-8, c1 \xc2\x9b"), "latin ?? 1, \xc3\xa9 utf-8, c1 ?");
  EXPECT_EQ(summary(std::string(100, 'x')), std::string(72, 'x'));
  EXPECT_EQ(summary(std::string(71, 'x') + "\xe3\x81\x82"), std::string(71, 'x'));
}

TEST(GitCommitObject, UnreadableTimesCountAsZero) {
  const auto time = [](const std::string& committer) {
    const auto split = split_commit(tree + "author A <a@b> 1 +0000\ncommitter " + committer + "\n" + body);
    return split ? split->committed : -1;
  };
  EXPECT_EQ(time("C <c@d> 12 +0000"), 12);
  EXPECT_EQ(time("C > 5 <c@d> 12 +0000"), 12);
  EXPECT_EQ(time("C <c@d>"), 0);
  EXPECT_EQ(time("C <c@d> x"), 0);
  EXPECT_EQ(time("C <c@d> 99999999999999999999999 +0000"), 0);
}

}  // namespace
}  // namespace gate::git
