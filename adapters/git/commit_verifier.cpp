#include "adapters/git/commit_verifier.h"

#include <fmt/format.h>

#include "adapters/git/history.h"
#include "adapters/git/sshsig.h"

namespace gate::git {
namespace {

constexpr std::string_view git_namespace = "git";

std::string_view format_of(std::string_view signature) {
  if (signature.starts_with("-----BEGIN SSH SIGNATURE-----")) return "ssh";
  if (signature.starts_with("-----BEGIN PGP SIGNATURE-----") || signature.starts_with("-----BEGIN PGP MESSAGE-----"))
    return "openpgp";
  if (signature.starts_with("-----BEGIN SIGNED MESSAGE-----")) return "x509";
  return "unknown";
}

}  // namespace

CommitSignature CommitVerifier::verify(const std::string& id, std::string_view raw) {
  CommitSignature fact;
  fact.id_ = id;
  fact.origin = origin_of(id);
  const auto commit = split_commit(raw);
  if (!commit) {
    fact.problem_ = "not a commit that can be judged: " + commit.error().what;
    return fact;
  }
  fact.summary_ = commit->summary;
  fact.problem_ = judge(fact, *commit);
  return fact;
}

std::vector<Error> CommitVerifier::not_looked_at() const {
  std::vector<Error> problems;
  for (const auto& [what, seen] : unsupported_) {
    problems.push_back({Errc::unsupported_version,
                        fmt::format("{} (commits concerned: {}, first this one)", what, seen.count),
                        origin_of(seen.first)});
  }
  return problems;
}

// Sets format, key and signer; returns why there is no signer.
std::string CommitVerifier::judge(CommitSignature& fact, const CommitObject& commit) {
  if (commit.signature.empty()) return "not signed";
  fact.format_ = format_of(commit.signature);
  if (fact.format_ == "ssh") return judge_ssh(fact, commit);
  if (fact.format_ == "unknown") return "a signature of an unknown format";
  return cannot_verify(fact, fact.format_ + " signatures are not verified by this version");
}

std::string CommitVerifier::judge_ssh(CommitSignature& fact, const CommitObject& commit) {
  const auto signature = parse_ssh_signature(commit.signature);
  if (!signature) {
    if (signature.error().code == Errc::unsupported_version) return cannot_verify(fact, signature.error().what);
    return signature.error().what;
  }
  fact.key_ = fingerprint(signature->key);
  if (signature->name_space != git_namespace) return "signed for another purpose than git (wrong SSH namespace)";
  static const std::vector<AllowedSigner> nobody;
  const auto& entries = allowed_ ? allowed_->of_key(signature->key) : nobody;
  if (entries.empty()) return judge_stranger(fact, signature->key);
  if (const auto& problem = entries.front().key.problem) return unusable_key(fact, *problem);
  if (!verifies(*signature, entries.front().key, commit.payload))
    return "bad signature: it does not fit the commit and the key";
  std::string refused;
  for (const AllowedSigner& entry : entries) {
    const auto refusal = entry.refusal(git_namespace, now_);
    if (!refusal) {
      fact.signer_ = entry.principal;
      return {};
    }
    if (refused.empty()) {
      refused =
          fmt::format("signed by {}, whose key {} ({}:{})", entry.principal, *refusal, allowed_->artifact(), entry.at);
    }
  }
  return refused;
}

// A key that nobody enrolled. Of a kind that gate does not know, it may be enrolled in a way that gate does not see.
std::string CommitVerifier::judge_stranger(CommitSignature& fact, const std::string& key_blob) {
  const auto key = parse_ssh_key(key_blob);
  if (!key) return "SSH signature: " + key.error().what;
  if (key->problem) return unusable_key(fact, *key->problem);
  if (!allowed_) return "signed, but the policy names no allowed_signers";
  return fmt::format("signed with a key that is not in {}: {}", allowed_->artifact(), fact.key_);
}

std::string CommitVerifier::unusable_key(const CommitSignature& fact, const Error& problem) {
  return problem.code == Errc::unsupported_version ? cannot_verify(fact, problem.what) : "signed with " + problem.what;
}

std::string CommitVerifier::cannot_verify(const CommitSignature& fact, std::string what) {
  auto& seen = unsupported_[what];
  if (seen.count++ == 0) seen.first = fact.id();
  return what;
}

}  // namespace gate::git
