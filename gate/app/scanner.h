// Scanners that gate starts, where a trusted policy names them by path and digest.
#pragma once

#include "gate/app/reports.h"
#include "gate/core/document.h"

namespace gate::app {

// What it writes on standard output, named by its program. An error where it may not be started, is another program
// than the policy names, does not end in time, writes more than the report may have, or ends with a status that means
// failure by the tool's own contract. `entry` gets what was started and how it ended.
Result<Document> run_scanner(const ReportInput& input, Programs programs, evidence::InputRecord& entry);

// Whether a tool's exit status says that it did its work, whatever it found.
bool ended_well(std::string_view format, int status);

}  // namespace gate::app
