#include <gtest/gtest.h>

#include "adapters/ci/ci.h"

namespace gate::ci {
namespace {

const std::string sha_a(40, 'a'), sha_b(40, 'b'), zeros(40, '0');

TEST(CiHook, NoInputIsNoPush) {
  const auto refs = parse_pre_push("");
  ASSERT_TRUE(refs);
  EXPECT_TRUE(refs->empty());
}

TEST(CiHook, EveryLineIsARef) {
  const auto refs =
      parse_pre_push("refs/heads/x " + sha_a + " refs/heads/x " + zeros + "\n" + "HEAD~1 " + sha_b + " refs/heads/o " +
                     sha_a + "\n" + "(delete) " + zeros + " refs/heads/old " + sha_b + "\n");
  ASSERT_TRUE(refs) << describe(refs.error());
  ASSERT_EQ(refs->size(), 3u);
  EXPECT_TRUE((*refs)[0].is_new());
  EXPECT_FALSE((*refs)[0].is_delete());
  EXPECT_EQ((*refs)[1].local_ref, "HEAD~1");
  EXPECT_EQ((*refs)[1].local_oid, sha_b);
  EXPECT_EQ((*refs)[1].remote_ref, "refs/heads/o");
  EXPECT_EQ((*refs)[1].remote_oid, sha_a);
  EXPECT_FALSE((*refs)[1].is_new());
  EXPECT_TRUE((*refs)[2].is_delete());
}

TEST(CiHook, ALocalRefMayHoldBlanks) {
  const auto refs = parse_pre_push("HEAD@{1 day ago} " + sha_a + " refs/heads/x " + sha_b + "\n");
  ASSERT_TRUE(refs);
  EXPECT_EQ(refs->front().local_ref, "HEAD@{1 day ago}");
  EXPECT_EQ(refs->front().local_oid, sha_a);
}

TEST(CiHook, Sha256RepositoriesHaveLongerZeros) {
  const auto refs =
      parse_pre_push("refs/heads/x " + std::string(64, 'a') + " refs/heads/x " + std::string(64, '0') + "\n");
  ASSERT_TRUE(refs);
  EXPECT_TRUE(refs->front().is_new());
}

TEST(CiHook, WhatIsNotALineOfGitIsAnError) {
  const std::string good = "refs/heads/x " + sha_a + " refs/heads/x " + zeros + "\n";
  for (const std::string& bad :
       {std::string("\n"), std::string("refs/heads/x\n"), good + "\n", "\n" + good, good.substr(0, good.size() - 1),
        "refs/heads/x " + sha_a + " refs/heads/x\n", "refs/heads/x " + sha_a + " refs/heads/x " + zeros + "\r\n",
        "refs/heads/x " + sha_a + " refs/heads/x " + zeros + " \n",
        "refs/heads/x " + sha_a + "  refs/heads/x " + zeros + "\n", " " + sha_a + " refs/heads/x " + zeros + "\n",
        "refs/heads/x " + sha_a + " heads/x " + zeros + "\n",
        "refs/heads/x " + std::string(40, 'A') + " refs/heads/x " + zeros + "\n",
        "refs/heads/x " + std::string(39, 'a') + " refs/heads/x " + zeros + "\n",
        "refs/heads/x " + sha_a + " refs/heads/x " + std::string(64, '0') + "\n",
        "(delete) " + sha_a + " refs/heads/x " + sha_b + "\n",
        "refs/heads/x " + zeros + " refs/heads/x " + sha_b + "\n",
        std::string("refs/heads/\0x ", 14) + sha_a + " refs/heads/x " + zeros + "\n",
        good + "refs/heads/y " + std::string(64, 'a') + " refs/heads/y " + std::string(64, '0') + "\n"}) {
    EXPECT_FALSE(parse_pre_push(bad)) << bad;
  }
  EXPECT_EQ(parse_pre_push(good.substr(0, good.size() - 1)).error().code, Errc::incomplete);
}

TEST(CiHook, NoCutOfThePushIsTakenForAnotherPush) {
  const std::string input = "refs/heads/x " + sha_a + " refs/heads/x " + zeros + "\n";
  for (std::size_t length = 1; length < input.size(); ++length)
    EXPECT_FALSE(parse_pre_push(input.substr(0, length))) << length;
}

TEST(CiHook, TheScriptIsRecognisedWhateverThePath) {
  for (const char* path :
       {"/usr/bin/gate", "/home/a b/gate", "/x/it's/gate", "'", "''", "/$HOME/`id`/gate", "/a\n/gate", ""}) {
    EXPECT_TRUE(is_our_hook(hook_script(path))) << path;
  }
}

TEST(CiHook, AnythingElseIsSomebodyElses) {
  const std::string script = hook_script("/usr/bin/gate");
  for (const std::string& other : {std::string(), std::string("#!/bin/sh\nexit 0\n"), script + "\nmake test\n",
                                   script.substr(1), script.substr(0, script.size() - 1)}) {
    EXPECT_FALSE(is_our_hook(other)) << other;
  }
  std::string extended = script;
  extended.insert(extended.find("\nif "), "\nmake test");
  EXPECT_FALSE(is_our_hook(extended));
  std::string two_words = script;
  two_words.insert(two_words.find("/usr/bin"), "a' 'b");
  EXPECT_FALSE(is_our_hook(two_words));
}

}  // namespace
}  // namespace gate::ci
