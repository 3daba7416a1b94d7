// Base scores of the Common Vulnerability Scoring System.
#pragma once

#include <optional>
#include <string_view>

#include "gate/core/fact.h"

namespace gate::model {

// The base score in tenths (0 to 100) of a vector of CVSS 2.0 (with or without parentheses), 3.0 or 3.1. Every base
// metric must stand there once; temporal and environmental metrics are checked and do not count. Nothing for anything
// else, and for CVSS 4.0, whose score needs FIRST's table of macro vectors.
std::optional<int> base_score(std::string_view vector);

// A score as text or number, "7", "7.5", 7.5: tenths, 0 to 100. More than one digit after the point is rounded up.
std::optional<int> parse_score(std::string_view text);
std::optional<int> score_in_tenths(double score);

// CVSS v3.1, section 5. Also for scores of CVSS 2.0, where it is stricter than NVD's three bands.
Severity severity_of_score(int tenths);

std::optional<Severity> severity_of_vector(std::string_view vector);

}  // namespace gate::model
