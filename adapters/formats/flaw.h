// What the scanners' adapters share about vulnerabilities: ratings, weaknesses, and which ids name the same flaw.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/reading.h"

namespace gate::formats {

// A score from 0 to 10, as number or text, in tenths. Nothing where absent; anything else is a problem.
std::optional<int> score_at(Reading& reading, const json::View& object, std::string_view key);

// Adds what one source says: the base score of the vector, or else the one that the report gives, or else a word. A
// score that the report gives against its vector is a rating of its own, by the method "claimed CVSS:3.1"; so is one
// beside a vector that is none, which without a score is a problem at `at`. A rating that says nothing is none.
void rate(Reading& reading, const json::View& at, Vulnerability& fact, Rating rating,
          std::optional<int> reported = std::nullopt);

// Takes the highest of its ratings for the severity of a fact whose report does not choose one.
void take_highest(Vulnerability& fact);

// "CWE-79" of "cwe-79" or "79"; other texts are left out.
std::vector<std::string> weaknesses(const std::vector<std::string>& texts);

// "https://github.com/advisories/GHSA-…": the id at its end; empty for other addresses.
std::string ghsa_of_url(std::string_view url);

// "sha256:<hex>" of "name@sha256:<hex>" and the like, sorted; texts without one are left out.
std::vector<std::string> digests_of(const std::vector<std::string>& texts);

// The range of affected versions in VERS, from how advisories about packages of that type write it; as written where it
// cannot be converted. `type`: of the package URL; empty: nobody knows.
std::string affected_versions(std::string_view type, const std::string& range);
std::string type_of(const std::string& package);  // "npm" of "pkg:npm/a"; empty: no package URL

// Adds the fact. Ids among which there is more than one CVE name a bundle, as an advisory that fixes many flaws does:
// each CVE is a flaw of its own then, and the other ids are its advisories. Empty ids and doubles are left out.
void add_flaw(Reading& reading, Vulnerability fact, const json::View& at);

}  // namespace gate::formats
