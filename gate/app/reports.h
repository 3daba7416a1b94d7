// Scanners' reports, SBOMs and VEX documents to facts: what the policy asks of each file before its facts count.
#pragma once

#include <string>
#include <vector>

#include "gate/app/gather.h"

namespace gate::app {

void gather_report(const Project& project, const ReportInput& input, const Trust& trust, Programs programs, Instant now,
                   Gathered& out);

}  // namespace gate::app
