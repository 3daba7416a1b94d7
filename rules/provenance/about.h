// What the rules about provenance share.
#pragma once

#include <string>
#include <vector>

#include "gate/core/rule.h"

namespace gate::rules {

// All that verify, good and bad: a good one does not heal a bad one.
std::vector<const VerifiedStatement*> provenances_of(const Artifact& artifact, const FactSet& facts);

// A finding that names the artifact, and further what `subject` has.
Finding about(const Artifact& artifact, std::string message, const Origin& origin,
              std::map<std::string, std::string, std::less<>> subject = {});

// Who signed: the certificate's name, or the ids of the keys.
std::string signer_of(const VerifiedStatement& statement);

// Where nothing that verifies could be judged.
Finding no_provenance(const Artifact& artifact);

}  // namespace gate::rules
