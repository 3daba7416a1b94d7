// What the rules about vulnerabilities share.
#pragma once

#include "gate/core/rule.h"
#include "rules/sca/merged.h"
#include "rules/sca/severity.h"

namespace gate::rules {

// A finding that names flaw and package, with what all reports say of them.
Finding about(const MergedVulnerability& merged, const Rated& rated);

// Where a finding goes by a parameter's word: "fail" against, "review" to review, anything else in favour.
void put(Judged& out, std::string_view word, Finding finding);

// What the reports that look for vulnerabilities examined.
std::size_t examined(const FactSet& facts);

// A line that counts the ranges of affected versions that are no VERS.
void note_unread_ranges(Judged& out, const FactSet& facts);

// Nobody may pass where statements were left out or a report is not whole.
void note_gaps(Judged& out, const Merged& merged, const FactSet& facts);

}  // namespace gate::rules
