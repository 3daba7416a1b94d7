// A run, whole, as every report sees it; and the table of report formats. A writer is pure: report in, bytes out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/framework.h"
#include "gate/core/verdict.h"

namespace gate::evidence {

struct ScannerRecord {
  std::vector<std::string> arguments;
  std::string version;        // as its report says; empty: it does not, or there is none
  std::optional<int> status;  // nothing: it was not started, or did not end
  std::string report_sha256;  // of what it wrote; empty: that is no report
};

struct InputRecord {
  std::string role;    // "report", "attestation", "artifact", "key", "allowed signers", "compile database", "binary",
                       // "git", "policy"
  std::string format;  // "trivy", "dsse", …; may be empty
  std::string path;    // relative, as the policy writes it
  std::string sha256;  // lower-case hex; empty where it could not be read
  std::uint64_t bytes = 0;
  std::vector<Error> problems;                // empty: read in full
  std::optional<ScannerRecord> scanner = {};  // that wrote it for this run; then path and digest are the program's
};

struct Tool {
  std::string version;  // of gate
  std::string sha256;   // of the running binary
  std::string clang;    // version of the Clang inside
};

struct Subject {  // what the run was about
  std::string name;
  std::string algorithm;  // "sha256" or "gitCommit"
  std::string digest;
};

struct Report {
  Verdict verdict;
  Policy policy;
  std::string policy_sha256;        // over the digests of all policy sources
  std::vector<RuleSpec> specs;      // of the rules in the verdict
  std::vector<InputRecord> inputs;  // sorted by role, path
  std::vector<Framework> frameworks;
  std::vector<Subject> subjects;
  std::vector<std::string> loosenings;      // overrides and weakening flags, a line each
  std::vector<std::string> unread_sources;  // the project's C and C++ files that no unit read; sorted
  std::string range;                        // the git range judged, resolved to full ids; may be empty
  Tool tool;
  Instant time{};
  bool colour = false;          // text on a terminal
  int width = 100;              // columns, for text
  std::string language = "en";  // "en" or "ja"
};

struct Writer {
  std::string_view name;       // "text", "statement", "markdown", "sarif", "junit", "baseline"
  std::string_view file_name;  // where an unnamed output goes: "gate.sarif"
  std::string (*write)(const Report&);
};
const std::vector<Writer>& writers();

// Identity of a finding without line numbers: SHA-256 over the rule, the subject, the path, and the ordinal among
// findings that are equal in those.
std::string fingerprint(const RuleVerdict& rule, std::size_t index_in_against);

// Worst outcome of the rules that map to each task; `not_checked` where none of them ran, or no rule maps.
struct TaskStatus {
  const FrameworkTask* task = nullptr;
  Outcome outcome = Outcome::not_checked;
  bool waived = false;
  std::vector<std::string> rules;  // that map to it, sorted
};
std::vector<TaskStatus> task_statuses(const Report& report, const Framework& framework);

}  // namespace gate::evidence
