// Findings that are known: a run that is given them fails on what is new alone, and reports the rest.
//
// JSON: {"gateBaseline": 1, "fingerprints": "gate/v1", "policy": NAME, "rules": {RULE: [FINGERPRINT, …]}}, sorted.
// The output format `baseline` writes it. Fingerprints are those of all reports, and hold no line number.
#pragma once

#include <map>
#include <set>
#include <string>

#include "gate/core/document.h"
#include "gate/core/verdict.h"

namespace gate::evidence {

using Baseline = std::map<std::string, std::set<std::string>>;  // fingerprints by rule

// malformed, unsupported_version, or wrong_subject where it was made with a policy of another name.
Result<Baseline> read_baseline(const Document& document, const std::string& policy);

// What the baseline has is waived, by a waiver of its own for each rule at `file`; entries that nothing has any more
// are an unused one. What has to be reviewed stays so.
void apply_baseline(const Baseline& baseline, const std::string& file, Verdict& verdict);

}  // namespace gate::evidence
