// What a verification looked at and what came of it: the tree of reasons behind its answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.h"

namespace gate {

enum class CheckOutcome { ok, failed, not_looked };
std::string_view name(CheckOutcome outcome);

// One check, or a group of them. A group is as good as its worst child; one without children looked at nothing.
struct Check {
  std::string code;           // stable, kebab-case: "rekor-root-mismatch"
  std::string what;           // a sentence without a full stop
  std::string expected, got;  // empty where nothing was compared
  Origin where;               // the bytes that were judged
  std::string clause;         // of the standard that asks for it
  CheckOutcome outcome = CheckOutcome::not_looked;
  std::vector<Check> children;

  bool is_ok() const { return outcome == CheckOutcome::ok; }
  // Each tells whether the child is ok, so that a verifier can stop at the first that is not.
  bool add(Check child);
  bool passed(std::string code, std::string what, std::string clause = {});
  bool failed(std::string code, std::string what, std::string clause = {});
  bool differs(std::string code, std::string what, std::string expected, std::string got, std::string clause = {});
  bool not_looked(std::string code, std::string what, std::string clause = {});
  bool refused(std::string code, const Error& error, std::string clause = {});  // failed, with the error's place

  // The first check without children, in order, that is not ok; null where all are.
  const Check* first_problem() const;
};

}  // namespace gate
