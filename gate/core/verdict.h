// What was decided, and everything that a report needs to say why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/core/policy.h"
#include "gate/core/rule.h"

namespace gate {

enum class Outcome { pass, fail, not_checked, not_applicable, needs_review, error };
enum class Decision { pass, fail, undecided };
std::string_view name(Outcome outcome);   // "not checked"
std::string_view token(Outcome outcome);  // "not_checked"
std::optional<Outcome> parse_outcome(std::string_view token);
std::string_view name(Decision decision);
int exit_status(Decision decision);   // 0, 1, 3
Outcome worst(Outcome a, Outcome b);  // fail, error, not checked, needs review, pass, not applicable

struct JudgedFinding {
  Finding finding;
  std::optional<std::size_t> waiver;  // index into Verdict::waivers
};

struct RuleVerdict {
  std::string id;
  Level level = Level::fail;  // as the policy says
  bool blocks = true;         // false: warn, or not yet effective
  std::optional<Date> effective_on;
  Outcome outcome = Outcome::error;
  bool waived = false;              // overlay: a fail whose every finding is waived
  bool undecided = false;           // something could not be seen, whatever else was found
  std::vector<std::string> unseen;  // what could not be seen and how to close it; one line each
  std::vector<JudgedFinding> against;
  std::vector<Finding> in_favour, to_review;
  std::size_t examined = 0;
};

enum class WaiverState { used, unused, expired, refused };  // refused: a comment in the code that does not count
std::string_view name(WaiverState state);

struct WaiverVerdict {
  Waiver waiver;
  WaiverState state = WaiverState::unused;
  std::size_t used = 0;      // findings
  std::string why = {};      // it is refused
  bool of_baseline = false;  // it stands for what a baseline knows of a rule
};

struct Verdict {
  Decision decision = Decision::undecided;
  std::vector<RuleVerdict> rules;  // without those that are off
  std::vector<std::string> off;    // ids of the rules that the policy switches off
  std::vector<WaiverVerdict> waivers;
  std::vector<Error> problems;
};

// What the rules' outcomes come to, once all waivers are given out: which are waived, and the decision.
void settle(Verdict& verdict);

// Pure. `now` is the caller's. Rules that the policy does not name are off.
Verdict decide(const Policy& policy, const FactSet& facts, const std::vector<Rule>& rules, Instant now);

}  // namespace gate
