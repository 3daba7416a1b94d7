#include "adapters/git/openpgp.h"

#include <fmt/format.h>
#include <rnp/rnp.h>
#include <rnp/rnp_err.h>

#include <string>

#include "adapters/git/openpgp_packet.h"
#include "gate/json/printable.h"

namespace gate::git {
namespace {

constexpr std::size_t most_keyring_bytes = 4u << 20, longest_name = 200;
constexpr std::uint32_t least_rsa_bits = 2048;
constexpr const char *packets_clause = "RFC 9580, section 5.2", *keys_clause = "RFC 9580, section 10.1",
                     *hash_clause = "RFC 9580, section 9.5";

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* owned) const {
    release(owned);
  }
};
template <class Handle, auto release>
using Owned = std::unique_ptr<std::remove_pointer_t<Handle>, Releaser<release>>;
using Ffi = Owned<rnp_ffi_t, rnp_ffi_destroy>;
using Input = Owned<rnp_input_t, rnp_input_destroy>;
using VerifyOp = Owned<rnp_op_verify_t, rnp_op_verify_destroy>;
using Key = Owned<rnp_key_handle_t, rnp_key_handle_destroy>;
using UserId = Owned<rnp_uid_handle_t, rnp_uid_handle_destroy>;

Input input_of(std::string_view bytes) {
  rnp_input_t input = nullptr;
  rnp_input_from_memory(&input, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), false);
  return Input(input);
}

// What a getter of librnp writes; empty where it fails.
template <class Get>
std::string text(Get&& get) {
  char* value = nullptr;
  if (get(&value) != RNP_SUCCESS || !value) return {};
  std::string copy(value);
  rnp_buffer_destroy(value);
  return copy;
}

// What could not be asked is answered in the way that refuses.
bool ask(rnp_result_t (*question)(rnp_key_handle_t, bool*), const Key& key, bool otherwise) {
  bool answer = otherwise;
  return question(key.get(), &answer) == RNP_SUCCESS ? answer : otherwise;
}

std::string fingerprint(const Key& key) {
  return text([&](char** out) { return rnp_key_get_fprint(key.get(), out); });
}

bool is_weaker_hash_refused(rnp_ffi_t ffi) {
  for (const char* hash : {"MD5", "SHA1", "RIPEMD160"}) {
    if (rnp_add_security_rule(ffi, RNP_FEATURE_HASH_ALG, hash, RNP_SECURITY_OVERRIDE | RNP_SECURITY_VERIFY_DATA, 0,
                              RNP_SECURITY_INSECURE) != RNP_SUCCESS)
      return false;
  }
  return true;
}

}  // namespace

struct OpenpgpKeyring::Impl {
  std::string artifact;
  std::uint32_t now = 0;
  Ffi ffi;
};

namespace {

// A key of the keyring, and the primary key that it belongs to.
class SigningKey {
 public:
  SigningKey(rnp_ffi_t ffi, Key key) : key_(std::move(key)) {
    const std::string primary = text([&](char** out) { return rnp_key_get_primary_fprint(key_.get(), out); });
    rnp_key_handle_t handle = nullptr;
    rnp_locate_key(ffi, "fingerprint", primary.empty() ? fingerprint(key_).c_str() : primary.c_str(), &handle);
    primary_.reset(handle);
  }

  const Key& key() const { return key_; }
  const Key& primary() const { return primary_; }
  bool either(rnp_result_t (*question)(rnp_key_handle_t, bool*)) const {
    return ask(question, key_, true) || ask(question, primary_, true);
  }

  // The primary user id, or the first that is valid.
  std::string user_id() const {
    std::string first;
    std::size_t count = 0;
    rnp_key_get_uid_count(primary_.get(), &count);
    for (std::size_t index = 0; index < count; ++index) {
      rnp_uid_handle_t handle = nullptr;
      if (rnp_key_get_uid_handle_at(primary_.get(), index, &handle) != RNP_SUCCESS) continue;
      const UserId id(handle);
      bool valid = false, primary = false;
      if (rnp_uid_is_valid(handle, &valid) != RNP_SUCCESS || !valid) continue;
      rnp_uid_is_primary(handle, &primary);
      const std::string name = text([&](char** out) { return rnp_key_get_uid_at(primary_.get(), index, out); });
      if (primary) return name;
      if (first.empty()) first = name;
    }
    return first;
  }

 private:
  Key key_, primary_;
};

class OpenpgpJudgement {
 public:
  OpenpgpJudgement(rnp_ffi_t ffi, std::uint32_t now, const std::string& artifact, SignatureVerdict& verdict)
      : ffi_(ffi), now_(now), artifact_(artifact), verdict_(verdict) {}

  // What the packets say, before anything is computed.
  bool check_claims(const OpenpgpSignature& claim) {
    verdict_.algorithm = openpgp_hash_name(claim.hash);
    if (claim.type != 0)
      return refuse(SignatureState::wrong_purpose, "a signature of another kind than of a document's bytes",
                    packets_clause);
    if (is_weak_openpgp_hash(claim.hash))
      return refuse(SignatureState::weak_algorithm, "signed over a weak digest: " + verdict_.algorithm, hash_clause);
    if (!is_openpgp_hash(claim.hash)) {
      verdict_.cannot_verify("OpenPGP signatures over " + verdict_.algorithm + " are not verified", hash_clause);
      return false;
    }
    if (claim.created > now_)
      return refuse(SignatureState::not_yet_valid, "a signature that was made later than now", packets_clause);
    return true;
  }

  bool check_signature(rnp_op_verify_signature_t signature, const OpenpgpSignature& claim) {
    const rnp_result_t status = rnp_op_verify_signature_get_status(signature);
    rnp_key_handle_t handle = nullptr;
    if (status == RNP_ERROR_KEY_NOT_FOUND || rnp_op_verify_signature_get_key(signature, &handle) != RNP_SUCCESS ||
        !handle)
      return refuse_stranger(signature);
    const SigningKey key(ffi_, Key(handle));
    verdict_.key = fingerprint(key.key());
    if (!key.primary()) return refuse(SignatureState::untrusted_key, "a subkey without its primary key", keys_clause);
    if (!check_strength(key.key()) || !check_strength(key.primary()) || !check_key(key, claim)) return false;
    if (status == RNP_ERROR_SIGNATURE_EXPIRED)
      return refuse(SignatureState::expired_key, "a signature that has expired by its own word", packets_clause);
    if (status != RNP_SUCCESS)
      return refuse(SignatureState::bad_signature, "bad signature: it does not fit the signed bytes and the key",
                    packets_clause);
    verdict_.check.passed("openpgp-signature", fmt::format("made by the key {}", verdict_.key), packets_clause);
    return choose_signer(key);
  }

  void accept() { verdict_.accept(signer_, fmt::format("enrolled as {} ({})", signer_, artifact_), keys_clause); }

  bool refuse(SignatureState state, std::string what, const char* clause) {
    verdict_.refuse(state, std::move(what), clause);
    return false;
  }

 private:
  bool refuse_stranger(rnp_op_verify_signature_t signature) {
    rnp_signature_handle_t handle = nullptr;
    if (rnp_op_verify_signature_get_handle(signature, &handle) == RNP_SUCCESS) {
      verdict_.key = text([&](char** out) { return rnp_signature_get_key_fprint(handle, out); });
      if (verdict_.key.empty()) verdict_.key = text([&](char** out) { return rnp_signature_get_keyid(handle, out); });
      rnp_signature_handle_destroy(handle);
    }
    return refuse(SignatureState::untrusted_key,
                  fmt::format("signed with a key that is not in {}: {}", artifact_, verdict_.key), keys_clause);
  }

  bool check_strength(const Key& key) {
    const std::string algorithm = text([&](char** out) { return rnp_key_get_alg(key.get(), out); });
    std::uint32_t bits = 0;
    rnp_key_get_bits(key.get(), &bits);
    if (algorithm == "DSA") return refuse(SignatureState::weak_algorithm, "a DSA key", keys_clause);
    if (algorithm == "RSA" && bits < least_rsa_bits)
      return refuse(SignatureState::weak_algorithm, fmt::format("an RSA key of {} bits", bits), keys_clause);
    return true;
  }

  bool check_key(const SigningKey& key, const OpenpgpSignature& claim) {
    if (key.either(rnp_key_is_revoked)) return refuse(SignatureState::revoked_key, about("was revoked"), keys_clause);
    if (key.either(rnp_key_is_expired)) return refuse(SignatureState::expired_key, about("has expired"), keys_clause);
    std::uint32_t created = 0;
    if (rnp_key_get_creation(key.key().get(), &created) != RNP_SUCCESS || created > claim.created || created > now_)
      return refuse(SignatureState::not_yet_valid, about("is younger than the signature"), keys_clause);
    bool may_sign = false;
    if (rnp_key_allows_usage(key.key().get(), "sign", &may_sign) != RNP_SUCCESS || !may_sign)
      return refuse(SignatureState::wrong_purpose, about("is not for signing"), keys_clause);
    if (!ask(rnp_key_is_valid, key.key(), false) || !ask(rnp_key_is_valid, key.primary(), false))
      return refuse(SignatureState::untrusted_key, about("has no valid signature of its owner"), keys_clause);
    return verdict_.check.passed("openpgp-key", about("is valid"), keys_clause);
  }

  // Several signatures count for one signer, so they have to be his.
  bool choose_signer(const SigningKey& key) {
    const std::string name = json::printable(key.user_id(), longest_name);
    if (name.empty()) return refuse(SignatureState::untrusted_key, about("has no valid user id"), keys_clause);
    const std::string primary = fingerprint(key.primary());
    if (!primary_.empty() && primary_ != primary)
      return refuse(SignatureState::malformed, "signed by several owners of keys", packets_clause);
    primary_ = primary;
    signer_ = name;
    return true;
  }

  std::string about(std::string_view what) const { return fmt::format("the key {} {}", verdict_.key, what); }

  rnp_ffi_t ffi_;
  std::uint32_t now_;
  const std::string& artifact_;
  SignatureVerdict& verdict_;
  std::string primary_, signer_;
};

}  // namespace

Result<OpenpgpKeyring> OpenpgpKeyring::load(const Document& document, Instant now) {
  const auto fail = [&](Errc code, std::string what) { return Error{code, std::move(what), document.origin}; };
  if (document.bytes.size() > most_keyring_bytes) return fail(Errc::too_large, "a keyring of more than 4 MiB");
  std::string binary = document.bytes;
  if (document.bytes.starts_with("-----BEGIN")) {
    auto bytes = dearmor_openpgp(document.bytes, "PUBLIC KEY BLOCK");
    if (!bytes) return fail(bytes.error().code, bytes.error().what);
    binary = std::move(*bytes);
  }
  const auto seconds = now.time_since_epoch().count();
  if (seconds < 0 || seconds > UINT32_MAX) return fail(Errc::untrusted, "OpenPGP has no such time as now");
  auto impl = std::make_shared<Impl>();
  impl->artifact = document.origin.artifact;
  impl->now = static_cast<std::uint32_t>(seconds);
  rnp_ffi_t ffi = nullptr;
  if (rnp_ffi_create(&ffi, "GPG", "GPG") != RNP_SUCCESS) return fail(Errc::internal, "librnp cannot be used");
  impl->ffi.reset(ffi);
  if (rnp_set_timestamp(ffi, impl->now) != RNP_SUCCESS || !is_weaker_hash_refused(ffi))
    return fail(Errc::internal, "librnp cannot be set up");
  const Input input = input_of(binary);
  std::size_t keys = 0;
  if (!input || rnp_load_keys(ffi, "GPG", input.get(), RNP_LOAD_SAVE_PUBLIC_KEYS) != RNP_SUCCESS ||
      rnp_get_public_key_count(ffi, &keys) != RNP_SUCCESS)
    return fail(Errc::malformed, "not an OpenPGP keyring");
  if (keys == 0) return fail(Errc::malformed, "an OpenPGP keyring without a key");
  return OpenpgpKeyring(std::move(impl));
}

void OpenpgpKeyring::judge(std::string_view payload, std::string_view armor, SignatureVerdict& verdict) const {
  const auto packets = dearmor_openpgp(armor, "SIGNATURE");
  if (!packets) return verdict.refuse(packets.error(), packets_clause);
  const auto claims = parse_openpgp_signatures(*packets);
  if (!claims) return verdict.refuse(claims.error(), packets_clause);
  OpenpgpJudgement judgement(impl_->ffi.get(), impl_->now, impl_->artifact, verdict);
  for (const OpenpgpSignature& claim : *claims) {
    if (!judgement.check_claims(claim)) return;
  }
  const Input data = input_of(payload), signature = input_of(*packets);
  rnp_op_verify_t handle = nullptr;
  if (!data || !signature ||
      rnp_op_verify_detached_create(&handle, impl_->ffi.get(), data.get(), signature.get()) != RNP_SUCCESS)
    return verdict.cannot_verify("librnp cannot be used", packets_clause);
  const VerifyOp operation(handle);
  rnp_op_verify_execute(handle);  // says that one is good, or not; each one's status is read below
  std::size_t count = 0;
  if (rnp_op_verify_get_signature_count(handle, &count) != RNP_SUCCESS || count != claims->size()) {
    judgement.refuse(SignatureState::malformed, "a signature that librnp reads in another way", packets_clause);
    return;
  }
  for (std::size_t index = 0; index < count; ++index) {
    rnp_op_verify_signature_t one = nullptr;
    if (rnp_op_verify_get_signature_at(handle, index, &one) != RNP_SUCCESS) {
      judgement.refuse(SignatureState::malformed, "a signature that librnp cannot read", packets_clause);
      return;
    }
    if (!judgement.check_signature(one, (*claims)[index])) return;
  }
  judgement.accept();
}

void judge_openpgp(const OpenpgpKeyring* keyring, std::string_view payload, std::string_view armor,
                   SignatureVerdict& verdict) {
  if (keyring) return keyring->judge(payload, armor, verdict);
  verdict.refuse(SignatureState::untrusted_key, "signed, but the policy names no openpgp_keyring");
}

}  // namespace gate::git
