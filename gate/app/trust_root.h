// Whom Sigstore verification trusts: an embedded root by its name, or a trusted_root.json.
#pragma once

#include <functional>
#include <string>

#include "gate/core/document.h"
#include "gate/core/policy.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::app {

// "none" trusts nobody. Nothing where the name is of no embedded root.
std::optional<sigstore::TrustedRoot> embedded_trust_root(const std::string& name);

// An embedded root by name, else the file at that path as `read` gets it.
Result<sigstore::TrustedRoot> load_trust_root(const std::string& name_or_path,
                                              const std::function<Result<Document>(const std::string& path)>& read);

// Which root judges X.509 signatures of commits and tags: the policy's, or else public-good for its identities. Nothing
// where no such signature could count.
std::optional<std::string> root_of_signatures(const Trust& trust);

}  // namespace gate::app
