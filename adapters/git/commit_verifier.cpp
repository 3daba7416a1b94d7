#include "adapters/git/commit_verifier.h"

#include <fmt/format.h>

#include "adapters/git/history.h"
#include "adapters/git/sshsig.h"

namespace gate::git {
namespace {

constexpr std::string_view git_namespace = "git";

std::string_view format_of(std::string_view signature) {
  if (signature.starts_with("-----BEGIN SSH SIGNATURE-----")) return "ssh";
  if (signature.starts_with("-----BEGIN PGP SIGNATURE-----") || signature.starts_with("-----BEGIN PGP MESSAGE-----")) return "openpgp";
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
                        fmt::format("{} (commits concerned: {}, first this one)", what, seen.count), origin_of(seen.first)});
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
  fact.key_ = fingerprint(signature->key.blob);
  if (signature->key.problem) {
    const Error& problem = *signature->key.problem;
    return problem.code == Errc::unsupported_version ? cannot_verify(fact, problem.what) : "signed with " + problem.what;
  }
  if (signature->name_space != git_namespace) return "signed for another purpose than git (wrong SSH namespace)";
  if (!allowed_) return "signed, but the policy names no allowed_signers";

  const auto& entries = allowed_->of_key(signature->key.blob);
  if (entries.empty()) return fmt::format("signed with a key that is not in {}: {}", allowed_->artifact(), fact.key_);
  if (!verifies(*signature, entries.front().key, commit.payload)) return "bad signature: it does not fit the commit and the key";
  std::string refused;
  for (const AllowedSigner& entry : entries) {
    const auto refusal = entry.refusal(git_namespace, now_);
    if (!refusal) {
      fact.signer_ = entry.principal;
      return {};
    }
    if (refused.empty()) {
      refused = fmt::format("signed by {}, whose key {} ({}:{})", entry.principal, *refusal, allowed_->artifact(), entry.at);
    }
  }
  return refused;
}

std::string CommitVerifier::cannot_verify(const CommitSignature& fact, std::string what) {
  auto& seen = unsupported_[what];
  if (seen.count++ == 0) seen.first = fact.id();
  return what;
}

}  // namespace gate::git
