#include <algorithm>
#include <exception>
#include <iterator>

#include "gate/core/verdict.h"
#include "gate/core/waivers.h"

namespace gate {
namespace {

bool before(const Finding& a, const Finding& b) {
  return std::tie(a.at, a.subject, a.message) < std::tie(b.at, b.subject, b.message);
}

bool same(const Finding& a, const Finding& b) {
  return std::tie(a.at, a.subject, a.message) == std::tie(b.at, b.subject, b.message);
}

// Sorted by their places in memory, since findings are long.
std::vector<Finding> within(const PathFilter& paths, std::vector<Finding> findings) {
  std::vector<Finding*> order;
  for (Finding& finding : findings) {
    if (finding.at.file.empty() || paths.covers(finding.at.file)) order.push_back(&finding);
  }
  std::sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) { return before(*a, *b); });
  std::vector<Finding> sorted;
  sorted.reserve(order.size());
  for (Finding* finding : order) {
    if (sorted.empty() || !same(sorted.back(), *finding)) sorted.push_back(std::move(*finding));
  }
  return sorted;
}

// What the rule needed and the inputs did not show.
std::vector<std::string> unseen(const Rule& rule, const FactSet& facts) {
  std::vector<std::string> lines;
  for (const FactKind kind : rule.needs) {
    if (facts.coverage(kind) == Coverage::complete) continue;
    const auto problems = facts.problems(kind);
    for (const Error& problem : problems) lines.push_back(describe(problem));
    if (problems.empty()) lines.push_back("no input of the policy tells about " + std::string(name(kind)));
  }
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  return lines;
}

Judged judge(const Rule& rule, const FactSet& facts, const Params& params, RuleVerdict& verdict) {
  try {
    return rule.judge(facts, params);
  } catch (const std::exception& error) {
    verdict.unseen.push_back("internal error: the rule ended with: " + std::string(error.what()));
  } catch (...) {
    verdict.unseen.push_back("internal error: the rule ended with an unknown exception");
  }
  verdict.outcome = Outcome::error;
  verdict.undecided = true;
  return {};
}

RuleVerdict decide_rule(const Rule& rule, const RuleConfig& config, const FactSet& facts, Instant now,
                        Waivers& waivers) {
  RuleVerdict verdict;
  verdict.id = config.id;
  verdict.level = config.level;
  verdict.effective_on = config.effective_on;
  verdict.blocks = config.level == Level::fail && (!config.effective_on || now >= Instant{*config.effective_on});

  const std::vector<std::string> missing = unseen(rule, facts);
  Judged judged = judge(rule, facts, config.params, verdict);
  if (verdict.undecided) return verdict;

  if (missing.empty()) std::move(judged.lacking.begin(), judged.lacking.end(), std::back_inserter(judged.against));
  verdict.examined = judged.examined;
  verdict.in_favour = within(config.paths, std::move(judged.in_favour));
  verdict.to_review = within(config.paths, std::move(judged.to_review));
  std::vector<Finding> against = within(config.paths, std::move(judged.against));
  verdict.against.reserve(against.size());
  for (Finding& finding : against) {
    const auto waiver = waivers.use(config.id, finding);
    verdict.against.push_back({std::move(finding), waiver});
  }

  // A partial view may convict, never acquit.
  verdict.unseen = missing;
  verdict.undecided = !missing.empty();
  if (!verdict.against.empty()) {
    verdict.outcome = Outcome::fail;
    if (!verdict.to_review.empty()) verdict.undecided = true;
  } else if (verdict.undecided) {
    verdict.outcome = Outcome::not_checked;
  } else if (!verdict.to_review.empty()) {
    verdict.outcome = Outcome::needs_review;
    verdict.undecided = true;
  } else if (verdict.examined > 0) {
    verdict.outcome = Outcome::pass;
  } else if (config.expect_none) {
    verdict.outcome = Outcome::not_applicable;
  } else {
    verdict.outcome = Outcome::not_checked;
    verdict.undecided = true;
    verdict.unseen.push_back("nothing was examined (if that is right, say `expect: none` in the policy)");
  }
  return verdict;
}

}  // namespace

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass: return "pass";
    case Outcome::fail: return "fail";
    case Outcome::not_checked: return "not checked";
    case Outcome::not_applicable: return "not applicable";
    case Outcome::needs_review: return "needs review";
    case Outcome::error: return "error";
  }
  return "error";
}

std::string_view token(Outcome outcome) {
  switch (outcome) {
    case Outcome::not_checked: return "not_checked";
    case Outcome::not_applicable: return "not_applicable";
    case Outcome::needs_review: return "needs_review";
    default: return name(outcome);
  }
}

std::optional<Outcome> parse_outcome(std::string_view text) {
  for (int i = 0; i <= static_cast<int>(Outcome::error); ++i) {
    if (token(static_cast<Outcome>(i)) == text) return static_cast<Outcome>(i);
  }
  return std::nullopt;
}

std::string_view name(Decision decision) {
  switch (decision) {
    case Decision::pass: return "pass";
    case Decision::fail: return "fail";
    case Decision::undecided: return "undecided";
  }
  return "undecided";
}

std::string_view name(WaiverState state) {
  switch (state) {
    case WaiverState::used: return "used";
    case WaiverState::unused: return "unused";
    case WaiverState::expired: return "expired";
    case WaiverState::refused: return "refused";
  }
  return "expired";
}

int exit_status(Decision decision) {
  switch (decision) {
    case Decision::pass: return 0;
    case Decision::fail: return 1;
    case Decision::undecided: return 3;
  }
  return 3;
}

Outcome worst(Outcome a, Outcome b) {
  const auto rank = [](Outcome outcome) {
    switch (outcome) {
      case Outcome::fail: return 5;
      case Outcome::error: return 4;
      case Outcome::not_checked: return 3;
      case Outcome::needs_review: return 2;
      case Outcome::pass: return 1;
      case Outcome::not_applicable: return 0;
    }
    return 5;
  };
  return rank(a) >= rank(b) ? a : b;
}

Verdict decide(const Policy& policy, const FactSet& facts, const std::vector<Rule>& rules, Instant now) {
  Verdict verdict;
  verdict.problems = facts.problems();
  Waivers waivers(policy, facts, now);

  for (const RuleConfig& config : policy.rules) {
    if (config.level == Level::off) {
      verdict.off.push_back(config.id);
      continue;
    }
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.id == config.id; });
    RuleVerdict result;
    if (rule == rules.end()) {
      result.id = config.id;
      result.level = config.level;
      result.undecided = true;
      result.unseen.push_back("this gate has no rule of that name");
    } else {
      result = decide_rule(*rule, config, facts, now, waivers);
    }
    verdict.rules.push_back(std::move(result));
  }
  verdict.waivers = std::move(waivers).take();
  settle(verdict);
  return verdict;
}

void settle(Verdict& verdict) {
  bool failed = false, undecided = false, judged = false;
  for (RuleVerdict& rule : verdict.rules) {
    rule.waived = rule.outcome == Outcome::fail &&
                  std::ranges::all_of(rule.against, [](const JudgedFinding& f) { return f.waiver.has_value(); });
    if (!rule.blocks) continue;
    failed |= rule.outcome == Outcome::fail && !rule.waived;
    undecided |= rule.undecided;
    judged |= rule.outcome == Outcome::pass || rule.outcome == Outcome::fail;
  }
  // A gate that judged nothing has nothing to say for the software.
  if (failed) {
    verdict.decision = Decision::fail;
  } else if (undecided || !judged) {
    verdict.decision = Decision::undecided;
  } else {
    verdict.decision = Decision::pass;
  }
}

}  // namespace gate
