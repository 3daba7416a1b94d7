#include <cstdio>
#include <optional>

#include "gate/app/load_policy.h"
#include "gate/app/project.h"
#include "gate/app/trust_root.h"
#include "gate/app/verify.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

constexpr int wrong_usage = 2;

// What signatures are judged by: the command line's files, else the policy's.
struct Signers {
  std::optional<Document> allowed, revoked, keyring, roots;
  std::optional<sigstore::TrustedRoot> sigstore;
};

Status read(const Project& project, const std::optional<std::string>& path, std::optional<Document>& into) {
  if (!path) return Done{};
  auto document = project.read_trusted(*path);
  if (!document) return document.error();
  into = std::move(*document);
  return Done{};
}

// Nothing where the policy is bad; it has been complained about then.
std::optional<Trust> trust_of(const VerifySignatureOptions& options, const Project& project, Instant now) {
  Trust trust;
  const bool names_nobody = options.allowed_signers.empty() && options.openpgp_keyring.empty() &&
                            options.x509_roots.empty() && options.identity.empty();
  if (names_nobody) {
    auto policy = load_policy(project, resolve_policy_name(project, options.policy), now);
    if (!policy) return std::nullopt;
    trust = std::move(policy->trust);
  }
  const auto take = [&](const std::string& path, std::optional<std::string>& into) {
    if (!path.empty()) into = project.from_command_line(path);
  };
  take(options.allowed_signers, trust.allowed_signers);
  take(options.revoked_keys, trust.revoked_keys);
  take(options.openpgp_keyring, trust.openpgp_keyring);
  take(options.x509_roots, trust.x509_roots);
  if (!options.identity.empty()) trust.identities.push_back({options.identity, options.issuer});
  if (!options.trusted_root.empty())
    trust.sigstore_root = embedded_trust_root(options.trusted_root) ? options.trusted_root
                                                                    : project.from_command_line(options.trusted_root);
  return trust;
}

Result<Signers> read_signers(const Project& project, const Trust& trust) {
  Signers signers;
  if (const Status done = read(project, trust.allowed_signers, signers.allowed); !done) return done.error();
  if (const Status done = read(project, trust.revoked_keys, signers.revoked); !done) return done.error();
  if (const Status done = read(project, trust.openpgp_keyring, signers.keyring); !done) return done.error();
  if (const Status done = read(project, trust.x509_roots, signers.roots); !done) return done.error();
  if (const auto name_or_path = root_of_signatures(trust)) {
    auto root = load_trust_root(*name_or_path, [&](const std::string& path) { return project.read_trusted(path); });
    if (!root) return root.error();
    signers.sigstore = std::move(*root);
  }
  return signers;
}

using Verify = Result<Check> (git::Repository::*)(const std::string&, const git::Trust&) const;

int verify(const VerifySignatureOptions& options, Verify verify_object) {
  const auto project = Project::open();
  if (!project) return could_not_look(options.object, project.error(), options.telling);
  if (!project->repository())
    return could_not_look(options.object, {Errc::not_found, "this is no git repository", {".", {}, {}}},
                          options.telling);
  const auto now = host::now();
  if (!now) return could_not_look(options.object, now.error(), options.telling);
  const auto trust = trust_of(options, *project, *now);
  if (!trust) return wrong_usage;
  const auto signers = read_signers(*project, *trust);
  if (!signers) return could_not_look(options.object, signers.error(), options.telling);
  const auto check = (project->repository()->*verify_object)(
      options.object, {.allowed_signers = signers->allowed ? &*signers->allowed : nullptr,
                       .revoked_keys = signers->revoked ? &*signers->revoked : nullptr,
                       .openpgp_keyring = signers->keyring ? &*signers->keyring : nullptr,
                       .x509_roots = signers->roots ? &*signers->roots : nullptr,
                       .sigstore = signers->sigstore ? &*signers->sigstore : nullptr,
                       .identities = trust->identities,
                       .forges = trust->forges,
                       .now = *now});
  if (!check) return could_not_look(options.object, check.error(), options.telling);
  return print_verification(*check, options.telling);
}

}  // namespace

int verify_commit(const VerifySignatureOptions& options) { return verify(options, &git::Repository::verify_commit); }
int verify_tag(const VerifySignatureOptions& options) { return verify(options, &git::Repository::verify_tag); }

}  // namespace gate::app
