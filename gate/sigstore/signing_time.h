// When something was signed, as told by those who are trusted to tell: logs and timestamp authorities.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/check.h"
#include "gate/sigstore/log_entry.h"
#include "gate/sigstore/trusted_root.h"

namespace gate::sigstore {

struct VerifiedTime {
  Instant time{};
  std::string source;  // "rekor.sigstore.dev", or the subject of a timestamp authority's certificate
  auto operator<=>(const VerifiedTime&) const = default;
};

struct Timestamp {
  VerifiedTime at;
  std::string authority;  // its certificate in DER: who is counted once, however often it signed
};

inline constexpr std::size_t most_timestamps = 32;

// A token (RFC 3161) over `signature`, from an authority of the root whose window holds the token's time. Nothing where
// it does not verify, and then `check` says why.
std::optional<Timestamp> verify_timestamp(std::string_view token, std::string_view signature,
                                          const std::vector<Authority>& authorities, Check& check);

// A log that states no time of its own has to have been trusted at every time that others state, of which there has to
// be one. False where it is not so, and then `check` says why.
bool check_log_windows(const std::vector<WitnessedEntry>& entries, const std::vector<VerifiedTime>& times,
                       const std::vector<Log>& logs, Check& check);

}  // namespace gate::sigstore
