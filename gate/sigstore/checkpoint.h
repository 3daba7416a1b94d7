// A log's signed tree head: C2SP tlog-checkpoint in a signed note.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/check.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::sigstore {

struct NoteSignature {
  std::string name;
  std::string key_hint;  // 4 bytes
  std::string signature;
};

// Nothing in it is verified.
struct Checkpoint {
  std::string signed_text;
  std::string origin;
  std::uint64_t size = 0;
  std::string root;  // 32 bytes
  std::vector<NoteSignature> signatures;
};

inline constexpr std::size_t most_note_signatures = 64, most_note_bytes = 1u << 20;

Result<Checkpoint> parse_checkpoint(std::string_view note);

// The log signed it. Every signature in the log's name with its key's hint verifies, and there is one; those of others
// (witnesses, unknown keys) are not judged.
Check verify_checkpoint(const Checkpoint& checkpoint, const Log& log);

}  // namespace gate::sigstore
