#include "rules/sca/severity.h"

#include <gtest/gtest.h>

namespace gate::rules {
namespace {

TEST(RulesSeverity, ClaimsAgainstAVectorAreTold) {
  Vulnerability statement;
  statement.tool = "trivy";
  statement.ratings = {{.source = "nvd", .method = "CVSS:3.1", .vector = "v", .score = 75},
                       {.source = "nvd", .method = "claimed CVSS:3.1", .vector = {}, .score = 99},
                       {.source = {}, .method = "claimed CVSS:3.1", .vector = "v", .score = 12}};
  MergedVulnerability merged;
  merged.told = {&statement, &statement};
  EXPECT_EQ(claims_in_words(merged),
            "nvd claims 9.9 against its vector, trivy claims 1.2 beside a vector that is none");
  statement.ratings.resize(1);
  EXPECT_EQ(claims_in_words(merged), "");
}

}  // namespace
}  // namespace gate::rules
