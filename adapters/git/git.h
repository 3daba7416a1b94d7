// A repository, read through libgit2's object database or git's own program; signatures are cut from raw objects by our
// own splitter.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gate/core/check.h"
#include "gate/core/document.h"
#include "gate/core/policy.h"
#include "gate/core/time.h"

namespace gate::sigstore {
struct TrustedRoot;
}

namespace gate::git {

struct Range {
  std::string head;                   // a revision; empty: nothing is judged (an empty push)
  std::vector<std::string> excluded;  // revisions whose history is not judged
};

// Whose signatures count. Documents outlive the call that they are given to.
struct Trust {
  const Document* allowed_signers = nullptr;  // ssh-keygen(1), ALLOWED SIGNERS; null: no key is trusted
  const Document* revoked_keys = nullptr;     // ssh-keygen(1), KEY REVOCATION LISTS, or keys; null: none is named
  const Document* openpgp_keyring = nullptr;  // as `gpg --export` writes it; null: no key is trusted
  const Document* x509_roots = nullptr;       // PEM; null: no authority is trusted
  // Logs, timestamp authorities, and who issues certificates of minutes (gitsign); null: none is trusted.
  const sigstore::TrustedRoot* sigstore = nullptr;
  std::vector<TrustedIdentity> identities;  // whose certificates of minutes count
  std::vector<TrustedForge> forges;
  Instant now{};  // decides on validity where nobody trusted tells the time; the committer's date extends nothing
};

// A commit's tree against the work tree: paths from the root, of files and links.
struct SinceCommit {
  std::set<std::string> kept;     // the same bytes
  std::set<std::string> changed;  // other bytes, deleted, or new; also a submodule at another commit
};

class Repository {
 public:
  // `path`: a folder inside the work tree, or a bare repository. SHA-256 repositories are read through git's program.
  static Result<Repository> open(const std::string& path);

  std::string root() const;  // of the work tree, absolute, without a trailing slash
  bool is_shallow() const;
  Result<std::string> resolve(const std::string& revision) const;  // full id of the commit; tags are peeled
  Result<std::string> merge_base(const std::string& a, const std::string& b) const;
  // The bytes of a file in a commit's tree; not_found where the tree has no such file.
  Result<std::string> read_file(const std::string& commit, const std::string& path, std::uint64_t cap) const;
  std::string own_folder() const;    // absolute: .git, shared by all work trees
  std::string hooks_folder() const;  // absolute; core.hooksPath of the repository's own configuration is obeyed
  bool is_dirty() const;             // tracked files differ from HEAD
  Result<std::vector<std::string>> tracked_files() const;  // by the index, sorted
  // With what is staged and what is not; without what git ignores.
  Result<SinceCommit> compare_work_tree(const std::string& commit) const;
  std::vector<std::string> remote_tips(const std::string& remote) const;  // full ids; empty name: every remote

  // Whether the range holds any commit; one that cannot be seen counts.
  Result<bool> adds_commits(const Range& range) const;
  // The commits of the range, newest first, and the tags that lead to one of them or to the head, by name; each with
  // what its signature is worth.
  FactBatch commit_signatures(const Range& range, const Trust& trust) const;
  FactBatch tag_signatures(const Range& range, const Trust& trust) const;
  // One commit, by any revision, and one tag, by its name; with every reason.
  Result<Check> verify_commit(const std::string& revision, const Trust& trust) const;
  Result<Check> verify_tag(const std::string& name, const Trust& trust) const;

  struct Impl;

 private:
  explicit Repository(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;
};

}  // namespace gate::git
