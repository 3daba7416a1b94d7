// What all reports say about one flaw in one package, as one. Nothing is averaged: each rating keeps its source, and a
// scanner that looked at the package without telling of the flaw is named.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/fact.h"
#include "rules/sca/package.h"

namespace gate::rules {

// What lists from elsewhere and the reports themselves say about a flaw.
struct Exploitation {
  bool listed = false;     // by CISA as exploited
  std::string added;       // RFC 3339, the earliest; empty: not said
  std::string due;         // likewise
  std::int64_t epss = -1;  // the highest, in units of 0.00001; -1: nobody says
  // SSVC, as CISA words them; empty: not said, or notes contradict each other.
  std::string exploitation, automatable, technical_impact;
};

struct MergedVulnerability {
  std::string id;                          // CVE before GHSA before others; empty: the reports name none
  std::vector<std::string> others;         // further names of the same flaw; sorted
  PackageKey package;                      // the best that the reports have: a purl before a name
  std::vector<const Vulnerability*> told;  // every statement; never empty
  std::vector<const ScanReport*> silent;   // looked at this package, and did not tell of this flaw
  Exploitation known;

  bool has(std::string_view name) const;  // is this one of its names
};

struct Merged {
  std::vector<MergedVulnerability> vulnerabilities;  // sorted by id, package
  std::size_t left_out = 0;                          // statements over the cap: nobody may pass then
};

inline constexpr std::size_t most_statements = 2'000'000;

// The same flaw: a common identifier or alias. Advisories are none, since one fixes many; and an identifier whose
// aliases lead to more than one CVE is no alias of either, but a bundle of flaws with a name of its own. What has no
// identifier ("", "NULL", "unknown") is nobody's alias. A statement that has a range of affected versions and no
// version is about each version in it that an SBOM or an inventory lists. Takes O(n log n).
Merged merge(const FactSet& facts);

// Whether CISA's list is there as a whole, so that what it does not name is not on it. Notes may all be of another
// list, which says nothing about exploits.
bool has_list_of_exploited(const FactSet& facts);

inline constexpr std::int64_t epss_unit = 1000;  // of 0.00001 in a percent

// The form in which identifiers are compared; empty for what identifies nothing.
std::string usual_id(std::string_view id);
bool is_cve(std::string_view id);

// The scanners that told, distinct and sorted: "grype, trivy".
std::vector<std::string> scanners(const MergedVulnerability& merged);
std::vector<std::string> fixed_versions(const MergedVulnerability& merged);  // distinct, sorted
Fix fix_of(const MergedVulnerability& merged);                               // available where any report says so
Reachability reachability_of(const MergedVulnerability& merged);             // reachable where any report says so
Dependency dependency_of(const MergedVulnerability& merged);                 // direct where any report says so
bool is_malicious(const MergedVulnerability& merged);

}  // namespace gate::rules
