// Trust roots of Sigstore in our own form: policies/trust/*.yaml.
#pragma once

#include <string>
#include <string_view>

#include "gate/policy/complaint.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::policy {

// Facts alone: URLs, algorithms, keys and certificates in base64, and from when until when each is trusted. Read whole
// or not at all.
std::optional<sigstore::TrustedRoot> read_trust_root(const std::string& file, std::string_view bytes,
                                                     Complaints& complaints);

}  // namespace gate::policy
