// The log entry that gitsign leaves in a signature: TransparencyLogEntry of sigstore_rekor.proto in protobuf's wire
// format.
#pragma once

#include <string_view>

#include "gate/sigstore/log_entry.h"

namespace gate::git {

// Nothing in it is verified. Unknown fields are passed over. Errors: bytes that are no fields, a field of another type
// than the message has or that stands there twice, ids and hashes of another length than 32 bytes, more than 64 hashes,
// no log id or no kind.
Result<sigstore::LogEntry> parse_log_entry(std::string_view protobuf);

}  // namespace gate::git
