#include "adapters/git/sshsig.h"

#include "gate/crypto/digest.h"

namespace gate::git {
namespace {

using crypto::PublicKey;

constexpr std::string_view magic = "SSHSIG";
constexpr std::size_t most_armor_bytes = 64 << 10;
constexpr std::uint8_t user_present = 0x01;  // CTAP2, authenticator data

Error malformed(std::string what) { return {Errc::malformed, "SSH signature: " + std::move(what), {}}; }
Error unsupported(std::string what) { return {Errc::unsupported_version, "SSH signature: " + std::move(what), {}}; }

// Exactly one block: whatever stands before or after it would be signed by nobody.
Result<std::string> open_armor(std::string_view text) {
  constexpr std::string_view begin = "-----BEGIN SSH SIGNATURE-----\n", end = "\n-----END SSH SIGNATURE-----\n";
  if (text.size() > most_armor_bytes) return malformed("longer than 64 KiB");
  std::string whole(text);
  if (!whole.ends_with('\n')) whole += '\n';
  std::string_view body = whole;
  if (!body.starts_with(begin)) return malformed("no armor");
  body.remove_prefix(begin.size());
  if (!body.ends_with(end)) return malformed("the armor does not end, or something follows it");
  body.remove_suffix(end.size());
  std::string digits;
  for (const char c : body) {
    if (c == '-' || c == '_') return malformed("bad base64");
    if (c != '\n') digits += c;
  }
  auto blob = crypto::from_base64(digits);
  if (!blob || digits.empty() || digits.size() % 4 != 0) return malformed("bad base64");
  return std::move(*blob);
}

void append_der(std::string& out, char tag, std::string_view content) {
  out += tag;
  if (content.size() > 127) out += '\x81';
  out += static_cast<char>(content.size());
  out += content;
}

// DER of an ECDSA signature. SSH's integers are DER's, but for the tag; no curve's reach 128 bytes.
std::string ecdsa_der(std::string_view blob) {
  WireReader reader(blob);
  const std::string_view r = reader.positive_integer(), s = reader.positive_integer();
  if (!reader.finished() || r.size() > 80 || s.size() > 80) return {};
  std::string integers, der;
  append_der(integers, '\x02', r);
  append_der(integers, '\x02', s);
  append_der(der, '\x30', integers);
  return der;
}

bool fits(const std::string& algorithm, const std::string& key_type) {
  if (key_type == "ssh-rsa") return algorithm == "rsa-sha2-256" || algorithm == "rsa-sha2-512";
  return algorithm == key_type;
}

std::string signed_bytes(const SshSignature& signature, std::string_view message) {
  std::string bytes(magic);
  append_string(bytes, signature.name_space);
  append_string(bytes, "");
  append_string(bytes, signature.hash);
  append_string(bytes, signature.hash == "sha256" ? crypto::sha256(message) : crypto::sha512(message));
  return bytes;
}

// PROTOCOL.u2f: a security key signs the digests of application and message around its own flags and counter.
std::string security_key_bytes(const SshSignature& signature, const SshKey& key, std::string_view message) {
  std::string bytes = crypto::sha256(key.application);
  bytes += static_cast<char>(signature.flags);
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(signature.counter >> shift & 0xff);
  return bytes + crypto::sha256(message);
}

void read_signature(WireReader& reader, std::string_view plain, SshSignature& out) {
  out.algorithm = reader.string();
  out.signature = reader.string();
  if (is_security_key(plain)) {
    out.flags = reader.byte();
    out.counter = reader.number();
  }
}

// RFC 8332 wants signatures of the modulus' length; some agents leave leading zeros out, and OpenSSH takes that.
std::string padded(std::string_view signature, std::size_t size) {
  return std::string(size > signature.size() ? size - signature.size() : 0, '\0') + std::string(signature);
}

}  // namespace

Result<SshSignature> parse_ssh_signature(std::string_view armor) {
  const auto blob = open_armor(armor);
  if (!blob) return blob.error();
  WireReader reader(*blob);
  if (reader.bytes(magic.size()) != magic) return malformed("does not start with SSHSIG");
  if (const auto version = reader.number(); reader.ok() && version != 1) {
    return unsupported("version " + std::to_string(version) + "; expected 1");
  }
  SshSignature out;
  out.key = reader.string();
  out.name_space = reader.string();
  const std::string_view reserved = reader.string();
  out.hash = reader.string();
  WireReader inner(reader.string());
  if (!reader.finished()) return malformed("cut, or followed by other bytes");
  if (out.name_space.empty()) return malformed("an empty namespace");
  if (!reserved.empty()) return unsupported("its reserved field is in use");
  if (out.hash != "sha256" && out.hash != "sha512") return unsupported("its hash is neither sha256 nor sha512");

  auto type = key_type(out.key);
  if (!type) return malformed("not an SSH public key");
  out.key_type = std::move(*type);
  const std::string plain = plain_type(out.key_type);
  if (!is_supported(plain)) return out;
  read_signature(inner, plain, out);
  if (!inner.finished()) return malformed("cut, or followed by other bytes");
  if (out.algorithm == "ssh-rsa") return Error{Errc::untrusted, "SSH signature: RSA with SHA-1", {}};
  if (!fits(out.algorithm, plain)) return malformed("its algorithm does not fit its key");
  return out;
}

namespace {

bool verifies_bytes(const SshSignature& signature, const SshKey& key, std::string bytes) {
  if (!key.key || !fits(signature.algorithm, key.type)) return false;
  if (is_security_key(key.type)) {
    if ((signature.flags & user_present) == 0) return false;
    bytes = security_key_bytes(signature, key, bytes);
  }
  switch (key.key->type()) {
    case crypto::KeyType::ed25519: return key.key->verify(bytes, signature.signature);
    case crypto::KeyType::ecdsa_p256:
    case crypto::KeyType::ecdsa_p384:
    case crypto::KeyType::ecdsa_p521: return key.key->verify(bytes, ecdsa_der(signature.signature));
    case crypto::KeyType::rsa: {
      const auto hash = signature.algorithm == "rsa-sha2-256" ? PublicKey::Hash::sha256 : PublicKey::Hash::sha512;
      return key.key->verify(bytes, padded(signature.signature, key.rsa_bytes), hash);
    }
  }
  return false;
}

}  // namespace

bool verifies(const SshSignature& signature, const SshKey& key, std::string_view message) {
  if (signature.key != key.blob && !is_certificate(signature.key_type)) return false;
  return verifies_bytes(signature, key, signed_bytes(signature, message));
}

bool verifies_plain(std::string_view blob, const SshKey& key, std::string_view message) {
  WireReader reader(blob);
  SshSignature signature;
  read_signature(reader, key.type, signature);
  return reader.finished() && verifies_bytes(signature, key, std::string(message));
}

}  // namespace gate::git
