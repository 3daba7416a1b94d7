// Whom a Sigstore verification trusts, and when: the fields of TrustedRoot (sigstore_trustroot.proto).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/document.h"
#include "gate/core/time.h"
#include "gate/crypto/public_key.h"
#include "gate/crypto/x509.h"
#include "gate/json/value.h"

namespace gate::sigstore {

// Closed at both ends; without an end it lasts.
struct Interval {
  Instant start{};
  std::optional<Instant> end;
  bool contains(Instant at) const { return start <= at && (!end || at <= *end); }
  bool operator==(const Interval&) const = default;
};
std::string describe(const Interval& interval);

// A signature algorithm with its parameters, under the name that PublicKeyDetails has for it.
struct KeyDetails {
  std::string_view name;
  crypto::KeyType type;
  crypto::PublicKey::Hash hash = crypto::PublicKey::Hash::natural;
  crypto::PublicKey::RsaPadding padding = crypto::PublicKey::RsaPadding::pkcs1;
  bool prehashed = false;  // Ed25519ph
  bool pkcs1 = false;      // the key is an RSAPublicKey, not a SubjectPublicKeyInfo
};
// Null for names that are unknown or that nothing here can check.
const KeyDetails* find_key_details(std::string_view name);

// A log of entries or of certificates.
struct Log {
  std::string url;
  std::string name;                      // the URL without its scheme: origin of its checkpoints
  std::string id;                        // 32 bytes; follows from the key
  std::string key_details;               // as the root names them
  std::optional<crypto::PublicKey> key;  // nothing: the algorithm is not supported
  Interval valid;

  bool verify(std::string_view message, std::string_view signature) const;
};

// Of a log whose key is given as `key_details` says; the id follows from the key.
Result<Log> make_log(std::string url, std::string key_details, std::string_view key, Interval valid);

// The certificates of an authority: leaf or intermediate first, root last. Read when they are first asked for: most
// authorities of a root have no say in most verifications, and to read a certificate takes longer than to check one.
class AuthorityChain {
 public:
  AuthorityChain(std::initializer_list<crypto::Certificate> chain);
  explicit AuthorityChain(std::vector<std::string> der);

  // Never empty. The error of the first certificate that cannot be read.
  const Result<std::vector<crypto::Certificate>>& read() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared by copies, so that none reads again
};

struct Authority {
  std::string url;
  AuthorityChain chain;
  Interval valid;
};

struct TrustedRoot {
  std::vector<Log> transparency_logs, certificate_logs;
  std::vector<Authority> certificate_authorities, timestamp_authorities;
};

// A trusted_root.json, read whole or not at all, but for what is inside certificates. Errors: another media type, an
// interval without a start, a key that cannot be read, a log id that is not its key's, an authority without
// certificates.
Result<TrustedRoot> parse_trusted_root(const Document& document);

}  // namespace gate::sigstore
