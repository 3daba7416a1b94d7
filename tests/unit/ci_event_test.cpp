#include <gtest/gtest.h>

#include "adapters/ci/ci.h"

namespace gate::ci {
namespace {

using Variables = std::map<std::string, std::string>;

const std::string sha_a(40, 'a'), sha_b(40, 'b'), sha_c(40, 'c'), zeros(40, '0');

Result<Event> detect_with(const Variables& variables, const std::optional<std::string>& file = std::nullopt) {
  const auto environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  const auto read_file = [&](const std::string& path) -> Result<std::string> {
    if (path != "/event.json" || !file) return Error{Errc::not_found, "no such file", {path, {}, {}}};
    return *file;
  };
  return detect(environment, read_file);
}

Result<Event> on_github(const std::string& event, const std::optional<std::string>& payload) {
  return detect_with({{"GITHUB_ACTIONS", "true"},
                      {"GITHUB_EVENT_NAME", event},
                      {"GITHUB_EVENT_PATH", "/event.json"},
                      {"GITHUB_SHA", sha_c},
                      {"GITHUB_ACTOR", "octo"}},
                     payload);
}

std::string pull_request(const std::string& base, const std::string& head) {
  return R"({"pull_request":{"base":{"sha":")" + base + R"("},"head":{"sha":")" + head + R"("}}})";
}

std::string push(const std::string& before, const std::string& after, const std::string& ref = "refs/heads/main") {
  return R"({"before":")" + before + R"(","after":")" + after + R"(","ref":")" + ref + R"("})";
}

Result<Event> on_gitlab(Variables more) {
  more.insert({{"GITLAB_CI", "true"}, {"CI_COMMIT_SHA", sha_c}, {"GITLAB_USER_LOGIN", "tanuki"}});
  return detect_with(more);
}

TEST(CiEvent, ALocalRunIsHeadWithoutBase) {
  const auto event = detect_with({{"GITHUB_ACTIONS", "false"}, {"GITLAB_CI", "false"}, {"GITHUB_EVENT_NAME", "push"}});
  ASSERT_TRUE(event);
  EXPECT_EQ(event->service, Service::none);
  EXPECT_EQ(event->name, "local");
  EXPECT_EQ(event->head, "HEAD");
  EXPECT_FALSE(event->base);
  EXPECT_FALSE(event->change_from_outside);
}

TEST(CiEvent, TwoServicesAtOnceAreRefused) {
  EXPECT_FALSE(detect_with({{"GITHUB_ACTIONS", "true"}, {"GITLAB_CI", "true"}}));
}

TEST(CiGithub, APullRequestIsJudgedAsTheMergeAgainstItsBase) {
  const auto event = on_github("pull_request", pull_request(sha_a, sha_b));
  ASSERT_TRUE(event) << describe(event.error());
  EXPECT_EQ(event->service, Service::github);
  EXPECT_EQ(event->head, sha_c);
  EXPECT_EQ(event->base, sha_a);
  EXPECT_EQ(event->tip, sha_b);
  EXPECT_TRUE(event->change_from_outside);
  EXPECT_EQ(event->actor, "octo");
}

TEST(CiGithub, PullRequestTargetIsRefusedWithItsReason) {
  const auto event = on_github("pull_request_target", pull_request(sha_a, sha_b));
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, Errc::untrusted);
  EXPECT_NE(event.error().what.find("pull_request_target"), std::string::npos);
}

TEST(CiGithub, EventsThatDoNotSayWhatIsNewAreRefused) {
  for (const char* name : {"workflow_run", "issue_comment", "pull_request_review", "check_suite", "Push", "push "}) {
    EXPECT_FALSE(on_github(name, push(sha_a, sha_b))) << name;
  }
}

TEST(CiGithub, APushIsJudgedFromBeforeToAfter) {
  const auto event = on_github("push", push(sha_a, sha_b));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->head, sha_b);
  EXPECT_EQ(event->base, sha_a);
  EXPECT_FALSE(event->tip);
  EXPECT_TRUE(event->change_from_outside);
}

TEST(CiGithub, AFirstPushHasNoBase) {
  for (const std::string& none : {zeros, std::string(64, '0')}) {
    const auto event = on_github("push", push(none, sha_b));
    ASSERT_TRUE(event);
    EXPECT_FALSE(event->base);
    EXPECT_FALSE(event->change_from_outside);
  }
}

TEST(CiGithub, ATagIsJudgedAtItsCommitAndNotAtTheTagObject) {
  const auto event = on_github("push", push(zeros, sha_b, "refs/tags/v1"));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->head, sha_c);
}

TEST(CiGithub, ADeletionHasNothingToJudge) { EXPECT_FALSE(on_github("push", push(sha_a, zeros))); }

TEST(CiGithub, AMergeGroupHasItsOwnIds) {
  const auto event =
      on_github("merge_group", R"({"merge_group":{"base_sha":")" + sha_a + R"(","head_sha":")" + sha_b + R"("}})");
  ASSERT_TRUE(event);
  EXPECT_EQ(event->head, sha_b);
  EXPECT_EQ(event->base, sha_a);
  EXPECT_TRUE(event->change_from_outside);
}

TEST(CiGithub, AManualOrScheduledRunJudgesOneCommit) {
  for (const char* name : {"workflow_dispatch", "schedule", "release", "repository_dispatch"}) {
    const auto event = on_github(name, "{}");
    ASSERT_TRUE(event) << name;
    EXPECT_EQ(event->head, sha_c);
    EXPECT_FALSE(event->base);
    EXPECT_FALSE(event->change_from_outside);
  }
}

TEST(CiGithub, ABrokenEventFileIsAnErrorAndNeverARunWithoutBase) {
  const std::string whole = pull_request(sha_a, sha_b);
  EXPECT_FALSE(on_github("pull_request", std::nullopt));
  EXPECT_FALSE(on_github("workflow_dispatch", std::nullopt));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(on_github("pull_request", whole.substr(0, length))) << length;
  }
  for (const char* payload :
       {"[]", "null", "{}", R"({"pull_request":null})", R"({"pull_request":{"base":{},"head":{}}})",
        R"({"pull_request":{"base":{"sha":1},"head":{"sha":2}}})"}) {
    EXPECT_FALSE(on_github("pull_request", payload)) << payload;
  }
  EXPECT_FALSE(on_github("push", R"({"after":")" + sha_b + R"(","ref":"refs/heads/main"})"));
  EXPECT_FALSE(on_github("push", R"({"before":")" + sha_a + R"(","ref":"refs/heads/main"})"));
  EXPECT_FALSE(on_github("push", R"({"before":null,"after":")" + sha_b + R"(","ref":"refs/heads/main"})"));
  EXPECT_FALSE(on_github("merge_group", R"({"merge_group":{"head_sha":")" + sha_b + R"("}})"));
}

TEST(CiGithub, OnlyObjectIdsGoOnToGit) {
  for (const std::string& bad : {std::string("HEAD"), std::string("main"), std::string("--all"), std::string(39, 'a'),
                                 std::string(41, 'a'), std::string(40, 'A'), std::string(40, 'g'), zeros}) {
    EXPECT_FALSE(on_github("pull_request", pull_request(bad, sha_b))) << bad;
    EXPECT_FALSE(on_github("pull_request", pull_request(sha_a, bad))) << bad;
  }
  EXPECT_TRUE(on_github("pull_request", pull_request(std::string(64, 'a'), std::string(64, 'b'))));
}

TEST(CiGithub, MissingVariablesAreErrors) {
  const Variables all{{"GITHUB_ACTIONS", "true"},
                      {"GITHUB_EVENT_NAME", "push"},
                      {"GITHUB_EVENT_PATH", "/event.json"},
                      {"GITHUB_SHA", sha_c}};
  ASSERT_TRUE(detect_with(all, push(sha_a, sha_b)));
  for (const char* name : {"GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_SHA"}) {
    Variables some = all;
    some.erase(name);
    EXPECT_FALSE(detect_with(some, push(sha_a, sha_b))) << name;
    some[name] = "";
    EXPECT_FALSE(detect_with(some, push(sha_a, sha_b))) << name;
  }
}

TEST(CiGitlab, AMergeRequestStartsWhereTheBranchesPart) {
  const auto event = on_gitlab({{"CI_PIPELINE_SOURCE", "merge_request_event"},
                                {"CI_MERGE_REQUEST_DIFF_BASE_SHA", sha_a},
                                {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", ""},
                                {"CI_COMMIT_BEFORE_SHA", zeros}});
  ASSERT_TRUE(event) << describe(event.error());
  EXPECT_EQ(event->service, Service::gitlab);
  EXPECT_EQ(event->head, sha_c);
  EXPECT_EQ(event->base, sha_a);
  EXPECT_FALSE(event->tip);
  EXPECT_TRUE(event->change_from_outside);
  EXPECT_EQ(event->actor, "tanuki");
}

TEST(CiGitlab, AMergedResultIsJudgedAgainstTheTargetsTip) {
  const Variables variables{{"CI_PIPELINE_SOURCE", "merge_request_event"},
                            {"CI_MERGE_REQUEST_DIFF_BASE_SHA", sha_a},
                            {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", sha_b},
                            {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", sha_a}};
  const auto event = on_gitlab(variables);
  ASSERT_TRUE(event) << describe(event.error());
  EXPECT_EQ(event->head, sha_c);
  EXPECT_EQ(event->base, sha_b);
  EXPECT_EQ(event->tip, sha_a);
  Variables without_tip = variables;
  without_tip.erase("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
  EXPECT_FALSE(on_gitlab(without_tip));
}

TEST(CiGitlab, AMergeRequestWithoutABaseIsAnError) {
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "merge_request_event"}, {"CI_COMMIT_BEFORE_SHA", sha_a}}));
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "merge_request_event"}, {"CI_MERGE_REQUEST_DIFF_BASE_SHA", zeros}}));
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "merge_request_event"}, {"CI_MERGE_REQUEST_DIFF_BASE_SHA", "main"}}));
}

TEST(CiGitlab, AChildPipelineOfAMergeRequestIsAboutTheMergeRequest) {
  const auto event = on_gitlab({{"CI_PIPELINE_SOURCE", "parent_pipeline"},
                                {"CI_MERGE_REQUEST_IID", "7"},
                                {"CI_MERGE_REQUEST_DIFF_BASE_SHA", sha_a},
                                {"CI_COMMIT_BEFORE_SHA", zeros}});
  ASSERT_TRUE(event);
  EXPECT_EQ(event->base, sha_a);
}

TEST(CiGitlab, ABranchPipelineStartsAtTheCommitBefore) {
  const auto push = on_gitlab({{"CI_PIPELINE_SOURCE", "push"}, {"CI_COMMIT_BEFORE_SHA", sha_a}});
  ASSERT_TRUE(push);
  EXPECT_EQ(push->base, sha_a);
  EXPECT_TRUE(push->change_from_outside);
  for (const char* source : {"push", "schedule", "web", "api", "trigger"}) {
    const auto first = on_gitlab({{"CI_PIPELINE_SOURCE", source}, {"CI_COMMIT_BEFORE_SHA", zeros}});
    ASSERT_TRUE(first) << source;
    EXPECT_FALSE(first->base);
    EXPECT_FALSE(first->change_from_outside);
  }
}

TEST(CiGitlab, WhatIsMissingOrUnknownIsAnError) {
  EXPECT_FALSE(on_gitlab({}));
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "push"}}));
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "push"}, {"CI_COMMIT_BEFORE_SHA", "HEAD~1"}}));
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "external_pull_request_event"}, {"CI_COMMIT_BEFORE_SHA", sha_a}}));
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "new_kind"}, {"CI_COMMIT_BEFORE_SHA", sha_a}}));
  EXPECT_FALSE(on_gitlab({{"CI_PIPELINE_SOURCE", "push"}, {"CI_COMMIT_BEFORE_SHA", sha_a}, {"CI_COMMIT_SHA", ""}}));
}

}  // namespace
}  // namespace gate::ci
