#include "adapters/git/ssh_certificate.h"

#include "adapters/git/sshsig.h"

namespace gate::git {
namespace {

constexpr std::uint32_t user_certificate = 1;
constexpr std::size_t most_options = 64;

Error malformed(std::string what) { return {Errc::malformed, "SSH certificate: " + std::move(what), {}}; }

// The key as it would stand alone: its type and its own fields.
Result<SshKey> read_plain_key(WireReader& reader, const std::string& type) {
  std::string blob;
  append_string(blob, type);
  for (std::size_t left = field_count(type); left > 0; --left) append_string(blob, reader.string());
  if (!reader.ok()) return malformed("cut");
  return parse_ssh_key(blob);
}

bool read_principals(std::string_view bytes, std::vector<std::string>& out) {
  WireReader reader(bytes);
  while (reader.ok() && !reader.finished()) {
    if (out.size() == most_certificate_principals) return false;
    out.emplace_back(reader.string());
  }
  return reader.ok();
}

bool read_options(std::string_view bytes, std::vector<std::string>& out) {
  WireReader reader(bytes);
  while (reader.ok() && !reader.finished()) {
    if (out.size() == most_options) return false;
    out.emplace_back(reader.string());
    reader.string();
  }
  return reader.ok();
}

}  // namespace

Result<SshCertificate> parse_ssh_certificate(std::string_view blob) {
  const auto type = key_type(blob);
  if (!type || !is_certificate(*type)) return malformed("not one");
  const std::string plain = plain_type(*type);
  if (!is_supported(plain))
    return Error{Errc::unsupported_version, "SSH certificates (" + *type + ") are not verified by this version", {}};
  WireReader reader(blob);
  reader.string();
  reader.string();  // nonce
  auto key = read_plain_key(reader, plain);
  if (!key) return key.error();
  SshCertificate out;
  out.key = std::move(*key);
  out.serial = reader.long_number();
  const std::uint32_t kind = reader.number();
  out.for_users = kind == user_certificate;
  out.key_id = reader.string();
  const bool principals = read_principals(reader.string(), out.principals);
  out.valid_after = reader.long_number();
  out.valid_before = reader.long_number();
  std::vector<std::string> extensions;
  const bool options = read_options(reader.string(), out.critical_options) && read_options(reader.string(), extensions);
  reader.string();  // reserved
  out.authority = reader.string();
  if (!reader.ok()) return malformed("cut");
  out.signed_bytes = blob.substr(0, blob.size() - reader.rest().size());
  out.signature = reader.string();
  if (!reader.finished() || !principals || !options)
    return malformed("cut, followed by other bytes, or with too many principals or options");
  return out;
}

Status verify_authority(const SshCertificate& certificate) {
  const auto type = key_type(certificate.authority);
  if (!type || is_certificate(*type)) return malformed("its authority is no key");
  const auto authority = parse_ssh_key(certificate.authority);
  if (!authority) return authority.error();
  if (authority->problem) return Error{authority->problem->code, "an authority with " + authority->problem->what, {}};
  if (!verifies_plain(certificate.signature, *authority, certificate.signed_bytes))
    return malformed("its authority did not sign it");
  return Done{};
}

}  // namespace gate::git
