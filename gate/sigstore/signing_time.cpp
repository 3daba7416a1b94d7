#include "gate/sigstore/signing_time.h"

#include <algorithm>

#include "gate/crypto/timestamp.h"

namespace gate::sigstore {
namespace {

constexpr const char* clause = "RFC 3161, section 2.2";

}  // namespace

std::optional<Timestamp> verify_timestamp(std::string_view bytes, std::string_view signature,
                                          const std::vector<Authority>& authorities, Check& check) {
  const auto token = crypto::TimestampToken::parse(bytes);
  if (!token) {
    check.refused("timestamp-malformed", token.error(), clause);
    return std::nullopt;
  }
  if (!token->is_about(signature)) {
    check.failed("timestamp-imprint-mismatch", "the timestamp is about something else than this signature", clause);
    return std::nullopt;
  }
  Check refusals{.code = "timestamp-untrusted", .what = "no trusted timestamp authority signed it", .clause = clause};
  for (const Authority& authority : authorities) {
    const auto& chain = authority.chain.read();
    if (!chain) {
      refusals.refused("timestamp-authority-unreadable", chain.error());
      continue;
    }
    if (!token->names(*chain)) continue;
    const std::string& name = chain->front().subject();
    // The window of the authority that signed, and of no other.
    if (!authority.valid.contains(token->time())) {
      refusals.differs("timestamp-authority-window", "'" + name + "' was not trusted at that time",
                       describe(authority.valid), format(token->time()));
      continue;
    }
    if (const auto status = token->verify(*chain); !status) {
      refusals.refused("timestamp-invalid", status.error(), clause);
      continue;
    }
    check.passed("timestamp", "'" + name + "' saw the signature at " + format(token->time()), clause);
    return Timestamp{{token->time(), name}, chain->front().der()};
  }
  if (refusals.children.empty()) refusals.outcome = CheckOutcome::failed;
  check.add(std::move(refusals));
  return std::nullopt;
}

bool check_log_windows(const std::vector<WitnessedEntry>& entries, const std::vector<VerifiedTime>& times,
                       const std::vector<Log>& logs, Check& check) {
  for (const WitnessedEntry& entry : entries) {
    if (entry.time) continue;
    if (times.empty()) {
      return check.failed("no-verified-time", entry.log->name + " states no time, and nobody else does");
    }
    for (const VerifiedTime& at : times) {
      const bool trusted = std::any_of(logs.begin(), logs.end(), [&](const Log& log) {
        return log.id == entry.log->id && log.valid.contains(at.time);
      });
      if (trusted) continue;
      return check.differs("log-key-window", entry.log->name + "'s key was not in use at that time",
                           describe(entry.log->valid), format(at.time));
    }
  }
  return true;
}

}  // namespace gate::sigstore
