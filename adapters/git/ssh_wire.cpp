#include "adapters/git/ssh_wire.h"

#include <algorithm>

#include "gate/crypto/digest.h"

namespace gate::git {
namespace {

constexpr std::size_t longest_type = 64;
constexpr std::string_view ed25519 = "ssh-ed25519", rsa = "ssh-rsa", ecdsa = "ecdsa-sha2-",
                           p256 = "ecdsa-sha2-nistp256", p384 = "ecdsa-sha2-nistp384", p521 = "ecdsa-sha2-nistp521",
                           certified = "-cert-v01@openssh.com", security_ed25519 = "sk-ssh-ed25519@openssh.com",
                           security_p256 = "sk-ecdsa-sha2-nistp256@openssh.com";

// Names are printed in messages: the characters of RFC 4251, section 6.
bool is_type_name(std::string_view type) {
  return !type.empty() && type.size() <= longest_type &&
         std::all_of(type.begin(), type.end(), [](char c) { return c > 0x20 && c < 0x7f && c != ','; });
}

std::optional<crypto::KeyType> curve(std::string_view name) {
  if (name == "nistp256") return crypto::KeyType::ecdsa_p256;
  if (name == "nistp384") return crypto::KeyType::ecdsa_p384;
  if (name == "nistp521") return crypto::KeyType::ecdsa_p521;
  return std::nullopt;
}

std::string_view without_sign_byte(std::string_view integer) {
  if (integer.size() > 1 && integer.front() == 0) integer.remove_prefix(1);
  return integer;
}

Result<crypto::PublicKey> read_ecdsa(WireReader& reader, std::string_view curve_of_type) {
  const auto named = curve(curve_of_type);
  const std::string_view written = reader.string(), point = reader.string();
  if (!named) return Error{Errc::unsupported_version, "keys on this curve are not supported", {}};
  if (written != curve_of_type) return Error{Errc::malformed, "a key whose curve is not that of its type", {}};
  return crypto::PublicKey::from_ecdsa(*named, point);
}

// Reads what belongs to the type; an unsupported type reads nothing.
Result<crypto::PublicKey> read_key(WireReader& reader, SshKey& out) {
  if (out.type == ed25519) return crypto::PublicKey::from_ed25519(reader.string());
  if (out.type == security_ed25519) {
    auto key = crypto::PublicKey::from_ed25519(reader.string());
    out.application = reader.string();
    return key;
  }
  if (out.type == security_p256) {
    auto key = read_ecdsa(reader, "nistp256");
    out.application = reader.string();
    return key;
  }
  if (out.type == rsa) {
    const std::string_view exponent = reader.positive_integer(), modulus = without_sign_byte(reader.positive_integer());
    out.rsa_bytes = modulus.size();
    return crypto::PublicKey::from_rsa(exponent, modulus);
  }
  if (out.type == p256 || out.type == p384 || out.type == p521) {
    return read_ecdsa(reader, std::string_view(out.type).substr(ecdsa.size()));
  }
  return Error{Errc::unsupported_version, "SSH keys of type " + out.type + " are not verified by this version", {}};
}

}  // namespace

std::string_view WireReader::bytes(std::size_t count) {
  ok_ = ok_ && count <= rest_.size();
  if (!ok_) return {};
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

std::uint8_t WireReader::byte() {
  const auto taken = bytes(1);
  return taken.empty() ? 0 : static_cast<std::uint8_t>(taken.front());
}

std::uint32_t WireReader::number() {
  std::uint32_t value = 0;
  for (const char c : bytes(4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::uint64_t WireReader::long_number() {
  const std::uint64_t high = number();
  return high << 32 | number();
}

std::string_view WireReader::string() { return bytes(number()); }

std::string_view WireReader::positive_integer() {
  const auto taken = string();
  const auto high_bit = [&](std::size_t i) { return (static_cast<unsigned char>(taken[i]) & 0x80) != 0; };
  if (taken.empty() || high_bit(0) || (taken[0] == 0 && (taken.size() == 1 || !high_bit(1)))) ok_ = false;
  return ok_ ? taken : std::string_view{};
}

void append_string(std::string& out, std::string_view bytes) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(bytes.size() >> shift & 0xff);
  out += bytes;
}

std::optional<std::string> key_type(std::string_view blob) {
  WireReader reader(blob);
  const std::string_view type = reader.string();
  if (!reader.ok() || !is_type_name(type)) return std::nullopt;
  return std::string(type);
}

bool is_supported(std::string_view type) {
  return type == ed25519 || type == rsa || type == p256 || type == p384 || type == p521 || is_security_key(type);
}

bool is_security_key(std::string_view type) { return type == security_ed25519 || type == security_p256; }

bool is_certificate(std::string_view type) { return type.ends_with(certified); }

std::string plain_type(std::string_view type) {
  if (!is_certificate(type)) return std::string(type);
  type.remove_suffix(certified.size());
  return std::string(type) + (type.starts_with("sk-") ? "@openssh.com" : "");
}

std::size_t field_count(std::string_view type) {
  if (type == ed25519) return 1;
  return type == security_p256 ? 3 : 2;
}

Result<SshKey> parse_ssh_key(std::string_view blob) {
  const auto type = key_type(blob);
  if (!type) return Error{Errc::malformed, "not an SSH public key", {}};
  SshKey out;
  out.type = *type;
  out.blob = blob;
  WireReader reader(blob);
  reader.string();
  auto key = read_key(reader, out);
  if (key) {
    if (!reader.finished())
      return Error{Errc::malformed, "an SSH public key that is cut, or followed by other bytes", {}};
    out.key = std::move(*key);
  } else if (key.error().code == Errc::malformed || !reader.ok()) {
    return Error{Errc::malformed, "not a valid SSH public key: " + key.error().what, {}};
  } else {
    out.problem = key.error();
  }
  return out;
}

std::string fingerprint(std::string_view blob) {
  std::string text = crypto::to_base64(crypto::sha256(blob));
  text.resize(text.find_last_not_of('=') + 1);
  return "SHA256:" + text;
}

}  // namespace gate::git
