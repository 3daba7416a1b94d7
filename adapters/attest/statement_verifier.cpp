#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <set>

#include "adapters/attest/attest.h"
#include "adapters/attest/dsse.h"
#include "adapters/attest/json_lines.h"
#include "adapters/attest/statement.h"
#include "gate/crypto/public_key.h"
#include "gate/json/value.h"

namespace gate::attest {
namespace {

// Each try of a signature against a key is charged its payload and a fixed part, so that many small envelopes and a few
// large ones are both stopped within seconds.
constexpr std::size_t work_allowed = 2u << 30, work_of_a_try = 256u << 10;
constexpr std::size_t named_digests = 3;

struct Key {
  std::string id;
  crypto::PublicKey key;
};

}  // namespace

// The only maker of VerifiedStatement.
class StatementVerifier {
 public:
  StatementVerifier(const Document& bundle, const std::vector<TrustedKey>& keys, const Expectation& expectation)
      : bundle_(bundle), expectation_(expectation) {
    batch_.coverage[FactKind::statement] = Coverage::complete;
    for (const TrustedKey& key : keys) add_key(key);
  }

  Result<FactBatch> run() {
    if (keys_.empty() && batch_.problems.empty()) {
      return Error{Errc::untrusted, "the policy trusts no key (trust.keys), so nothing can be verified",
                   bundle_.origin};
    }
    const auto lines = json_lines(bundle_);
    if (!lines) return lines.error();
    for (const Line& line : *lines) {
      if (auto problem = take({bundle_.origin, line.number}, line.text)) batch_.lower(std::move(*problem));
    }
    if (batch_.facts.of<VerifiedStatement>().empty()) {
      if (strangers_ > 0) batch_.lower(wrong_subject());
      batch_.coverage[FactKind::statement] = Coverage::absent;
    }
    return std::move(batch_);
  }

 private:
  // One key is one signer, whatever the number of names that it has.
  void add_key(const TrustedKey& key) {
    const auto complain = [&](Errc code, std::string what) {
      batch_.lower({code, fmt::format("the key '{}': {}", key.id, what), key.pem.origin});
    };
    auto parsed = crypto::PublicKey::from_pem(key.pem.bytes);
    if (!parsed) return complain(parsed.error().code, parsed.error().what);
    for (const Key& known : keys_) {
      if (known.id == key.id) return complain(Errc::malformed, "the id is used twice");
      if (known.key.sha256_hex() == parsed->sha256_hex()) {
        return complain(Errc::malformed, fmt::format("is the same key as '{}'", known.id));
      }
    }
    keys_.push_back({key.id, std::move(*parsed)});
  }

  std::optional<Error> take(const Place& place, std::string_view text) {
    const auto envelope = parse_envelope(text, place);
    if (!envelope) return envelope.error();
    const auto signers = signers_of(*envelope);
    if (!signers) return place.error(signers.error().code, signers.error().what, "/signatures");
    auto statement = parse_statement(envelope->payload);
    if (!statement) return place.within_payload(statement.error());
    if (!statement->is_about(expectation_.subject_sha256)) {
      remember_stranger(*statement, place);
      return std::nullopt;
    }
    auto provenance = parse_provenance(*statement);
    if (!provenance) return place.within_payload(provenance.error());
    add_fact(*statement, std::move(*provenance), *signers, place);
    return std::nullopt;
  }

  // The ids of all keys that signed, sorted.
  Result<std::set<std::string>> signers_of(const Envelope& envelope) {
    const std::string signed_bytes = pre_authentication_encoding(envelope.payload_type, envelope.payload);
    std::set<std::string> signers;
    for (const std::string& signature : envelope.signatures) {
      for (const Key& key : keys_) {
        work_ += signed_bytes.size() + work_of_a_try;
        if (work_ > work_allowed) return Error{Errc::too_large, "too many signatures to verify", {}};
        if (!verifies(key.key, signed_bytes, signature)) continue;
        signers.insert(key.id);
        break;
      }
    }
    if (!signers.empty()) return signers;
    return Error{Errc::untrusted,
                 fmt::format("none of the {} signatures verifies against a key of the policy ({})",
                             envelope.signatures.size(), key_ids()),
                 {}};
  }

  // DSSE leaves the algorithm to the key. Both paddings of RSA are in use for envelopes.
  static bool verifies(const crypto::PublicKey& key, std::string_view message, std::string_view signature) {
    using enum crypto::PublicKey::Hash;
    using enum crypto::PublicKey::RsaPadding;
    if (key.verify(message, signature, natural, pkcs1)) return true;
    return key.type() == crypto::KeyType::rsa && key.verify(message, signature, natural, pss);
  }

  std::string key_ids() const {
    std::string ids;
    for (const Key& key : keys_) ids += (ids.empty() ? "" : ", ") + key.id;
    return ids.empty() ? "no key could be read" : ids;
  }

  void remember_stranger(const Statement& statement, const Place& place) {
    if (strangers_++ == 0) stranger_at_ = place.at("/payload/subject");
    for (const std::string& sha256 : statement.subjects) {
      ++strange_subjects_;
      const std::string text = sha256.empty() ? "a subject without SHA-256" : "sha256 " + sha256;
      if (strange_digests_.size() < named_digests) strange_digests_.insert(text);
    }
  }

  Error wrong_subject() const {
    std::string got;
    for (const std::string& text : strange_digests_) got += (got.empty() ? "" : ", ") + text;
    if (strange_subjects_ > strange_digests_.size()) got += fmt::format(" ({} subjects in all)", strange_subjects_);
    return {Errc::wrong_subject,
            fmt::format("no statement is about {}: expected sha256 {}, got {}", expectation_.subject_path,
                        expectation_.subject_sha256, got),
            stranger_at_};
  }

  void add_fact(const Statement& statement, Provenance provenance, const std::set<std::string>& signers,
                const Place& place) {
    VerifiedStatement fact;
    fact.subject_ = expectation_.subject_sha256;
    fact.subject_path_ = expectation_.subject_path;
    fact.predicate_type_ = statement.predicate_type;
    fact.builder_ = std::move(provenance.builder);
    fact.build_type_ = std::move(provenance.build_type);
    fact.source_ = std::move(provenance.source);
    fact.commit_ = std::move(provenance.commit);
    fact.signers_.assign(signers.begin(), signers.end());
    fact.origin = place.at("/payload");
    batch_.facts.add(std::move(fact));
  }

  const Document& bundle_;
  const Expectation& expectation_;
  std::vector<Key> keys_;
  FactBatch batch_;
  std::size_t work_ = 0;
  std::size_t strangers_ = 0, strange_subjects_ = 0;  // statements about something else, and their subjects
  std::set<std::string> strange_digests_;
  Origin stranger_at_;
};

Result<FactBatch> verify(const Document& bundle, const std::vector<TrustedKey>& keys, const Expectation& expectation) {
  try {
    return StatementVerifier(bundle, keys, expectation).run();
  } catch (const std::exception& error) {
    return Error{Errc::internal, error.what(), bundle.origin};
  }
}

}  // namespace gate::attest
