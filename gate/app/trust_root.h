// Whom Sigstore verification trusts: an embedded root by its name, or a trusted_root.json.
#pragma once

#include <string>

#include "gate/core/document.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::app {

// "none" trusts nobody. Nothing where the name is of no embedded root.
std::optional<sigstore::TrustedRoot> embedded_trust_root(const std::string& name);

// An embedded root by name, else the file at that path as `read` gets it.
Result<sigstore::TrustedRoot> load_trust_root(const std::string& name_or_path,
                                              Result<Document> (*read)(const std::string& path));

}  // namespace gate::app
