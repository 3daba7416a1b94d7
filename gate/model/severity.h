// Severities in the words of the tools.
#pragma once

#include <optional>
#include <string_view>

#include "gate/core/fact.h"

namespace gate::model {

// In any case of letters:
//   critical                        Trivy, Grype, GitHub, CycloneDX
//   high, important                 the same; Red Hat
//   medium, moderate                the same; GitHub, Red Hat
//   low                             the same
//   negligible, info, informational Grype; CycloneDX, npm: low, since the scale has no step between none and low
//   none                            CycloneDX
//   unknown                         Trivy, Grype, CycloneDX: Severity::unknown, which is what the tool says
// Any other word is not understood: nothing.
std::optional<Severity> severity_from_word(std::string_view word);

}  // namespace gate::model
