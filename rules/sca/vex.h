// What VEX statements do to findings. All statements here are by authors whom the policy lists (gate/app leaves the
// others out, and says so).
//
// A statement applies to what a report tells where vulnerability, product, sub-component and version are the same. A
// package URL without a version and without a range speaks about no version, and matches nothing; so does a range that
// cannot be decided. Of one author, the newest statement counts.
#pragma once

#include <string>
#include <vector>

#include "rules/sca/merged.h"

namespace gate::rules {

enum class VexEffect {
  none,
  cleared,       // not affected, with a justification; or fixed. Wherever the finding was told.
  contradicted,  // statements disagree, or the scanner saw that the code is reached: a person has to look
};

struct VexAnswer {
  VexEffect effect = VexEffect::none;
  std::string why;  // one clause, for the finding's message; empty: no statement applies
};

struct VexAnswers {
  std::vector<VexAnswer> answers;           // one for each merged vulnerability, in their order
  std::vector<const VexStatement*> unused;  // apply to nothing, in the order of the facts
};

VexAnswers apply_vex(const Merged& merged, const FactSet& facts);

// Why a statement can apply to nothing whatever the reports tell, or that it does not.
std::string why_unused(const VexStatement& statement);

}  // namespace gate::rules
