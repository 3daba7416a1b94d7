#include "adapters/git/ssh_signer.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/git/sshsig.h"
#include "gate/json/printable.h"

namespace gate::git {
namespace {

constexpr std::string_view git_namespace = "git";
constexpr const char *sshsig = "PROTOCOL.sshsig", *certkeys = "PROTOCOL.certkeys",
                     *signers = "ssh-keygen(1), ALLOWED SIGNERS", *revocation = "ssh-keygen(1), KEY REVOCATION LISTS";
constexpr std::size_t longest_name = 200;
constexpr std::uint8_t user_verified = 0x04;  // CTAP2, authenticator data

class SshJudgement {
 public:
  SshJudgement(const SshTrust& trust, std::string_view payload, const SshSignature& signature,
               SignatureVerdict& verdict)
      : trust_(trust), payload_(payload), signature_(signature), verdict_(verdict) {}

  void run() {
    verdict_.algorithm = signature_.algorithm;
    if (is_certificate(signature_.key_type)) return judge_certificate();
    verdict_.key = fingerprint(signature_.key);
    if (!check_namespace()) return;
    static const std::vector<AllowedSigner> nobody;
    const auto& lines = trust_.allowed ? trust_.allowed->of_key(signature_.key) : nobody;
    if (lines.empty()) return judge_stranger();
    const SshKey& key = lines.front().key;
    if (!check_key(key) || !check_revocation(trust_.revoked && trust_.revoked->revokes(key.blob)) || !check_bytes(key))
      return;
    choose(lines, [](const AllowedSigner& line) { return line.principal; });
  }

 private:
  bool check_namespace() {
    if (signature_.name_space == git_namespace) return verdict_.check.passed("ssh-namespace", "signed for git", sshsig);
    verdict_.refuse(SignatureState::wrong_purpose, "signed for another purpose than git (wrong SSH namespace)", sshsig);
    return false;
  }

  bool check_key(const SshKey& key) {
    if (!key.problem) return verdict_.check.passed("ssh-key", "a key of type " + key.type);
    const Error& problem = *key.problem;
    const bool unknown = problem.code == Errc::unsupported_version;
    verdict_.refuse({problem.code, (unknown ? "" : "signed with ") + problem.what, {}});
    return false;
  }

  bool check_revocation(bool revoked) {
    if (!trust_.revoked) return true;
    if (!revoked) return verdict_.check.passed("ssh-revocation", "not in " + trust_.revoked->artifact(), revocation);
    verdict_.refuse(SignatureState::revoked_key, "the key is revoked by " + trust_.revoked->artifact(), revocation);
    return false;
  }

  bool check_bytes(const SshKey& key) {
    if (verifies(signature_, key, payload_))
      return verdict_.check.passed("ssh-signature", "the signature fits the object and the key", sshsig);
    verdict_.refuse(SignatureState::bad_signature, "bad signature: it does not fit the signed bytes and the key",
                    sshsig);
    return false;
  }

  // A key that nobody enrolled. Of a kind that gate does not know, it may be enrolled in a way that gate does not see.
  void judge_stranger() {
    const auto key = parse_ssh_key(signature_.key);
    if (!key)
      return verdict_.refuse(SignatureState::malformed, "SSH signature: " + key.error().what, "RFC 4253, section 6.6");
    if (!check_key(*key)) return;
    verdict_.refuse(SignatureState::untrusted_key,
                    trust_.allowed ? fmt::format("signed with a key that is not in {}: {}", trust_.allowed->artifact(),
                                                 verdict_.key)
                                   : "signed, but the policy names no allowed_signers",
                    signers);
  }

  // The first line that covers the signature, and the name that it then has; else the first line's refusal.
  template <class Name>
  void choose(const std::vector<AllowedSigner>& lines, Name&& name_by) {
    std::optional<std::pair<SignatureState, std::string>> refused;
    for (const AllowedSigner& line : lines) {
      const std::string name = name_by(line);
      const std::string place = fmt::format("{}:{}", trust_.allowed->artifact(), line.at);
      const auto refusal = line.refusal(git_namespace, trust_.now);
      if (!name.empty() && !refusal) {
        const std::string signer = json::printable(name, longest_name);
        verdict_.accept(signer, fmt::format("enrolled as {} ({})", signer, place), signers);
        return;
      }
      if (refused) continue;
      if (name.empty()) {
        refused.emplace(SignatureState::untrusted_key,
                        fmt::format("a certificate for nobody whom its authority may certify ({})", place));
      } else {
        refused.emplace(refusal->state, fmt::format("signed by {}, whose key {} ({})",
                                                    json::printable(name, longest_name), refusal->why, place));
      }
    }
    verdict_.refuse(refused->first, refused->second, signers);
  }

  void judge_certificate() {
    const auto certificate = parse_ssh_certificate(signature_.key);
    if (!certificate) return verdict_.refuse(certificate.error(), certkeys);
    verdict_.key = fingerprint(certificate->key.blob);
    if (!check_namespace() || !check_key(certificate->key)) return;
    static const std::vector<AllowedSigner> nobody;
    const auto& lines = trust_.allowed ? trust_.allowed->of_authority(certificate->authority) : nobody;
    if (lines.empty()) {
      return verdict_.refuse(SignatureState::untrusted_key,
                             trust_.allowed
                                 ? fmt::format("signed with a certificate of an authority that is not in {}: {}",
                                               trust_.allowed->artifact(), fingerprint(certificate->authority))
                                 : "signed, but the policy names no allowed_signers",
                             signers);
    }
    if (const Status signed_by_it = verify_authority(*certificate); !signed_by_it)
      return verdict_.refuse(signed_by_it.error(), certkeys);
    verdict_.check.passed("ssh-certificate", "signed by its authority " + fingerprint(certificate->authority),
                          certkeys);
    if (!check_terms(*certificate) || !check_revocation(trust_.revoked && trust_.revoked->revokes(*certificate)) ||
        !check_bytes(certificate->key))
      return;
    choose(lines, [&](const AllowedSigner& line) {
      for (const std::string& name : certificate->principals) {
        if (pattern_list_allows(line.principals, name)) return name;
      }
      return std::string();
    });
  }

  // What the certificate says of itself.
  bool check_terms(const SshCertificate& certificate) {
    const auto now = static_cast<std::uint64_t>(std::max<std::int64_t>(0, trust_.now.time_since_epoch().count()));
    const auto refuse = [&](SignatureState state, const char* what) {
      verdict_.refuse(state, what, certkeys);
      return false;
    };
    if (!certificate.for_users) return refuse(SignatureState::wrong_purpose, "a certificate of a host, not of a user");
    if (now < certificate.valid_after)
      return refuse(SignatureState::not_yet_valid, "a certificate that is not valid yet");
    if (now >= certificate.valid_before) return refuse(SignatureState::expired_key, "a certificate that has expired");
    for (const std::string& option : certificate.critical_options) {
      if (option != "verify-required")
        return refuse(SignatureState::wrong_purpose,
                      "a certificate with a critical option that signatures cannot meet");
      if (is_security_key(certificate.key.type) && (signature_.flags & user_verified) == 0)
        return refuse(SignatureState::wrong_purpose, "a certificate that wants its user verified, which was not done");
    }
    return verdict_.check.passed("ssh-certificate-terms", "for users, at this time", certkeys);
  }

  const SshTrust& trust_;
  std::string_view payload_;
  const SshSignature& signature_;
  SignatureVerdict& verdict_;
};

}  // namespace

void judge_ssh(const SshTrust& trust, std::string_view payload, std::string_view armor, SignatureVerdict& verdict) {
  const auto signature = parse_ssh_signature(armor);
  if (!signature) return verdict.refuse(signature.error(), sshsig);
  SshJudgement(trust, payload, *signature, verdict).run();
}

}  // namespace gate::git
