#include "gate/sigstore/log_entry.h"

#include <algorithm>

#include "gate/crypto/digest.h"
#include "gate/sigstore/checkpoint.h"
#include "gate/sigstore/merkle.h"

namespace gate::sigstore {
namespace {

constexpr const char* promise_clause = "Sigstore client spec, signed entry timestamp";
constexpr const char* inclusion_clause = "RFC 6962, section 2.1.1";

// What a signed entry timestamp is over: RFC 8785's form of four members, the body in base64.
std::string promised(const LogEntry& entry) {
  return json::to_string({{"body", crypto::to_base64(entry.body)},
                          {"integratedTime", entry.integrated_time.value_or(0)},
                          {"logID", crypto::to_hex(entry.log_id)},
                          {"logIndex", static_cast<std::int64_t>(entry.index)}});
}

Check check_proof(const InclusionProof& proof, const std::string& body) {
  Check check{.code = "inclusion", .what = "the entry is in the log's tree"};
  const auto root = inclusion_root(proof.index, proof.size, leaf_hash(body), proof.hashes);
  if (!root) {
    check.failed("inclusion-proof-malformed", "no tree of that size has such a proof for that index", inclusion_clause);
  } else if (*root != proof.root) {
    check.differs("rekor-root-mismatch", "the proof leads to another root than it states", crypto::to_hex(proof.root),
                  crypto::to_hex(*root), inclusion_clause);
  } else {
    check.passed("inclusion-proof", "leaf " + std::to_string(proof.index) + " of " + std::to_string(proof.size),
                 inclusion_clause);
  }
  return check;
}

Check check_checkpoint(const InclusionProof& proof, const Log& log) {
  Check check{.code = "signed-root", .what = "the proof's root is one that the log signed"};
  const auto checkpoint = parse_checkpoint(proof.checkpoint);
  if (!checkpoint) {
    check.refused("checkpoint-malformed", checkpoint.error());
  } else if (checkpoint->root != proof.root) {
    check.differs("checkpoint-root-mismatch", "the checkpoint is about another tree", crypto::to_hex(checkpoint->root),
                  crypto::to_hex(proof.root));
  } else if (checkpoint->size != proof.size) {
    check.differs("checkpoint-size-mismatch", "the checkpoint is about another size", std::to_string(checkpoint->size),
                  std::to_string(proof.size));
  } else {
    check.add(verify_checkpoint(*checkpoint, log));
  }
  return check;
}

// The moment that the log states, where its signature says so and its key was in use then.
std::optional<Instant> check_promise(const LogEntry& entry, const Log& log, Check& check) {
  if (!entry.integrated_time) {
    check.failed("integrated-time-missing", "a signed entry timestamp without a time", promise_clause);
    return std::nullopt;
  }
  if (!log.verify(promised(entry), entry.promise)) {
    check.failed("set-bad-signature", "the signed entry timestamp does not verify", promise_clause);
    return std::nullopt;
  }
  const Instant time{std::chrono::seconds(*entry.integrated_time)};
  if (!log.valid.contains(time)) {
    check.differs("log-key-window", "the log's key was not in use at that time", describe(log.valid), format(time),
                  promise_clause);
    return std::nullopt;
  }
  check.passed("set-signature", log.name + " took the entry at " + format(time), promise_clause);
  return time;
}

const Log* find_log(const LogEntry& entry, const std::vector<Log>& logs) {
  const auto has_id = [&](const Log& log) { return log.id == entry.log_id; };
  const auto in_use = [&](const Log& log) {
    return has_id(log) && entry.integrated_time &&
           log.valid.contains(Instant(std::chrono::seconds(*entry.integrated_time)));
  };
  // One key may stand there for several spans of time.
  auto found = std::find_if(logs.begin(), logs.end(), in_use);
  if (found == logs.end()) found = std::find_if(logs.begin(), logs.end(), has_id);
  return found == logs.end() ? nullptr : &*found;
}

bool is_usable(const Log* log, const LogEntry& entry, Check& check) {
  if (!log) return check.failed("log-unknown", "no trusted log has the id " + crypto::to_hex(entry.log_id));
  if (!log->key)
    return check.failed("unsupported-algorithm",
                        log->name + " signs with " + log->key_details + ", which nothing here can check");
  return true;
}

}  // namespace

std::optional<WitnessedEntry> verify_entry(const LogEntry& entry, const std::vector<Log>& logs, const EntryTerms& terms,
                                           Check& check) {
  const Log* log = find_log(entry, logs);
  if (!is_usable(log, entry, check)) return std::nullopt;
  WitnessedEntry witnessed{log, std::nullopt};
  if (terms.checkpoint && (!entry.proof || entry.proof->checkpoint.empty())) {
    check.failed("inclusion-proof-missing", "this version of a bundle needs an inclusion proof with a checkpoint");
    return std::nullopt;
  }
  if (terms.promise && entry.promise.empty()) {
    check.failed("set-missing", "this version of a bundle needs a signed entry timestamp", promise_clause);
    return std::nullopt;
  }
  if (entry.proof && !check.add(check_proof(*entry.proof, entry.body))) return std::nullopt;
  if (entry.proof && !entry.proof->checkpoint.empty() && !check.add(check_checkpoint(*entry.proof, *log)))
    return std::nullopt;
  if (!entry.promise.empty()) {
    witnessed.time = check_promise(entry, *log, check);
    if (!witnessed.time) return std::nullopt;
  }
  if (check.children.empty()) {
    check.failed("log-entry-unproven", "neither a promise nor a proof");
    return std::nullopt;
  }
  return witnessed;
}

}  // namespace gate::sigstore
