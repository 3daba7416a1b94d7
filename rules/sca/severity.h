// How bad a flaw is, where sources differ: the policy states whom it believes.
#pragma once

#include <string>
#include <vector>

#include "gate/core/rule.h"
#include "rules/sca/merged.h"

namespace gate::rules {

struct Rated {
  Severity severity = Severity::unknown;
  std::string source;  // who rates it so; empty: nobody rates it
};

// As the parameters `severity_from` and `prefer` say. max: the worst that any source says. prefer: the worst of the
// first source of the list that rates it, else as max. report: the worst of what the reports take as their own word.
Rated rate(const MergedVulnerability& merged, const Params& params);

// "critical by nvd, high by ghsa": each source's worst, sorted by source.
std::string ratings_in_words(const MergedVulnerability& merged);

// "ghsa claims 9.8 against its vector": scores that reports give and no vector of theirs confirms; empty: none.
std::string claims_in_words(const MergedVulnerability& merged);

// Severities that the reports take as their own word, by scanner; those that rate nothing are not there.
std::map<std::string, Severity> by_scanner(const MergedVulnerability& merged);

}  // namespace gate::rules
