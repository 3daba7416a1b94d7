#include "adapters/git/git.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>

#include "adapters/git/allowed_signers.h"
#include "adapters/git/backend.h"
#include "adapters/git/commit_verifier.h"
#include "adapters/git/history.h"
#include "adapters/git/tag_verifier.h"

namespace gate::git {
namespace {

Error internal(const std::exception& error) { return {Errc::internal, error.what(), {"git", {}, {}}}; }

// The one place where an exception of this folder, or of the library below it, ends.
template <class Call>
auto guarded(Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::exception& error) {
    return internal(error);
  }
}

// The documents of trust, understood. Lives where it was made: the others point into it.
struct ReadTrust {
  ReadTrust(const Trust& trust, const ObjectStore& store) : forges(trust.forges, store, signers) {
    if (trust.allowed_signers) signers.ssh.allowed = &allowed.emplace(*trust.allowed_signers);
    if (trust.revoked_keys) {
      signers.ssh.revoked = take(SshRevocations::parse(*trust.revoked_keys), revoked);
    }
    if (trust.openpgp_keyring) signers.openpgp = take(OpenpgpKeyring::load(*trust.openpgp_keyring, trust.now), keyring);
    if (trust.x509_roots) signers.x509.roots = take(parse_x509_roots(*trust.x509_roots), roots);
    signers.x509.sigstore = trust.sigstore;
    signers.x509.identities = trust.identities;
    signers.ssh.now = signers.x509.now = trust.now;
  }
  ReadTrust(const ReadTrust&) = delete;

  std::optional<AllowedSigners> allowed;
  std::optional<SshRevocations> revoked;
  std::optional<OpenpgpKeyring> keyring;
  std::optional<X509Roots> roots;
  std::optional<Error> unreadable;  // what the policy names and nobody can read may speak about any signature
  SignerTrust signers;
  Forges forges;

 private:
  template <class T>
  const T* take(Result<T> read, std::optional<T>& into) {
    if (read) return &into.emplace(std::move(*read));
    if (!unreadable) unreadable = read.error();
    return nullptr;
  }
};

// Says what the trust leaves unseen; false where nothing can be judged by it.
bool note_trust(const ReadTrust& trust, FactKind kind, FactBatch& batch) {
  if (trust.unreadable) {
    batch = nothing_seen({kind}, *trust.unreadable);
    return false;
  }
  batch.coverage[kind] = Coverage::complete;
  if (trust.allowed) {
    for (const Error& problem : trust.allowed->problems()) batch.lower(problem);
  }
  return true;
}

FactBatch judge_commits(const ObjectStore& store, const Range& range, const ReadTrust& trust) {
  FactBatch batch;
  if (!note_trust(trust, FactKind::commit, batch)) return batch;
  const History history = list_commits(store, range.head, range.excluded);
  for (const Error& gap : history.gaps)
    batch.lower(gap, history.commits.empty() ? Coverage::absent : Coverage::partial);
  CommitVerifier verifier(trust.signers, &trust.forges);
  for (const std::string& id : history.commits) {
    if (const auto raw = store.commit_bytes(id)) {
      batch.facts.add(verifier.verify(id, *raw));
    } else {
      batch.lower(raw.error());
    }
  }
  for (Error& problem : verifier.not_looked_at()) batch.lower(std::move(problem));
  return batch;
}

FactBatch judge_tags(const ObjectStore& store, const Range& range, const std::vector<TagChain>& tags,
                     const ReadTrust& trust) {
  FactBatch batch;
  if (!note_trust(trust, FactKind::tag, batch)) return batch;
  const History history = list_commits(store, range.head, range.excluded);
  for (const Error& gap : history.gaps) batch.lower(gap);
  std::set<std::string> judged(history.commits.begin(), history.commits.end());
  judged.insert(range.head);
  TagVerifier verifier(trust.signers, &trust.forges);
  for (const TagChain& tag : tags) {
    // One that cannot be followed may lead anywhere.
    if (tag.problem || (tag.leads_to_commit && judged.contains(tag.end))) batch.facts.add(verifier.verify(tag));
  }
  for (Error& problem : verifier.not_looked_at()) batch.lower(std::move(problem));
  return batch;
}

}  // namespace

std::string path_in_tree(const std::string& path) {
  const auto normal = std::filesystem::path(path).lexically_normal();
  if (path.find('\0') != std::string::npos || normal.is_absolute() || normal.empty() || *normal.begin() == "..")
    return {};
  std::string text = normal.string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::vector<std::string> read_cuts(const std::string& common_folder) {
  std::vector<std::string> cuts;
  if (std::FILE* file = std::fopen((std::filesystem::path(common_folder) / "shallow").c_str(), "rb")) {
    char line[128];
    while (std::fgets(line, sizeof line, file))
      cuts.emplace_back(line, std::string_view(line).find_last_not_of("\r\n") + 1);
    std::fclose(file);
  }
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

Result<Repository> Repository::open(const std::string& path) {
  return guarded([&]() -> Result<Repository> {
    auto opened = open_by_libgit2(path);
    if (!opened && opened.error().code == Errc::unsupported_version) {
      if (auto other = open_by_git_program(path)) opened = std::move(other);
    }
    if (!opened) return opened.error();
    return Repository(std::move(*opened));
  });
}

std::string Repository::root() const { return impl_->root(); }
bool Repository::is_shallow() const { return impl_->is_shallow(); }
Result<std::string> Repository::resolve(const std::string& revision) const {
  return guarded([&] { return impl_->resolve(revision); });
}
Result<std::string> Repository::merge_base(const std::string& a, const std::string& b) const {
  return guarded([&] { return impl_->merge_base(a, b); });
}
Result<std::string> Repository::read_file(const std::string& commit, const std::string& path, std::uint64_t cap) const {
  return guarded([&] { return impl_->read_file(commit, path, cap); });
}
std::string Repository::own_folder() const { return impl_->own_folder(); }
std::string Repository::hooks_folder() const { return impl_->hooks_folder(); }
bool Repository::is_dirty() const { return impl_->is_dirty(); }
Result<std::vector<std::string>> Repository::tracked_files() const {
  return guarded([&] { return impl_->tracked_files(); });
}
Result<SinceCommit> Repository::compare_work_tree(const std::string& commit) const {
  return guarded([&] { return impl_->compare_work_tree(commit); });
}
std::vector<std::string> Repository::remote_tips(const std::string& remote) const { return impl_->remote_tips(remote); }

namespace {

// The range with full ids. What cannot be resolved must not be left out: the range would hold commits that nobody asked
// about.
Result<Range> in_full(const Repository& repository, const Range& range) {
  Range whole;
  auto head = repository.resolve(range.head);
  if (!head) return head.error();
  whole.head = std::move(*head);
  for (const std::string& revision : range.excluded) {
    auto id = repository.resolve(revision);
    if (!id) return id.error();
    whole.excluded.push_back(std::move(*id));
  }
  return whole;
}

}  // namespace

Result<bool> Repository::adds_commits(const Range& range) const {
  try {
    const auto whole = in_full(*this, range);
    if (!whole) return whole.error();
    const History history = list_commits(*impl_, whole->head, whole->excluded);
    return !history.commits.empty() || !history.gaps.empty();
  } catch (const std::exception& error) {
    return internal(error);
  }
}

namespace {

FactBatch nothing_asked(FactKind kind) {
  FactBatch batch;
  batch.coverage[kind] = Coverage::complete;
  return batch;
}

}  // namespace

FactBatch Repository::commit_signatures(const Range& range, const Trust& trust) const {
  try {
    if (range.head.empty()) return nothing_asked(FactKind::commit);
    const auto whole = in_full(*this, range);
    if (!whole) return nothing_seen({FactKind::commit}, whole.error());
    return judge_commits(*impl_, *whole, ReadTrust(trust, *impl_));
  } catch (const std::exception& error) {
    return nothing_seen({FactKind::commit}, internal(error));
  }
}

FactBatch Repository::tag_signatures(const Range& range, const Trust& trust) const {
  try {
    if (range.head.empty()) return nothing_asked(FactKind::tag);
    const auto whole = in_full(*this, range);
    if (!whole) return nothing_seen({FactKind::tag}, whole.error());
    const auto refs = impl_->tags();
    if (!refs) return nothing_seen({FactKind::tag}, refs.error());
    std::vector<TagChain> tags;  // by name; a ref that leads nowhere is a tag that cannot be followed
    for (const auto& [name, id] : *refs) tags.push_back(follow_tag(*impl_, name, id));
    return judge_tags(*impl_, *whole, tags, ReadTrust(trust, *impl_));
  } catch (const std::exception& error) {
    return nothing_seen({FactKind::tag}, internal(error));
  }
}

namespace {

// The list of signers has to be read whole, since what cannot be read may speak about this one.
std::optional<Error> first_problem(const ReadTrust& trust) {
  if (trust.unreadable) return trust.unreadable;
  if (trust.allowed && !trust.allowed->problems().empty()) return trust.allowed->problems().front();
  return std::nullopt;
}

}  // namespace

Result<Check> Repository::verify_commit(const std::string& revision, const Trust& trust) const {
  try {
    const auto id = resolve(revision);
    if (!id) return id.error();
    const auto raw = impl_->commit_bytes(*id);
    if (!raw) return raw.error();
    const ReadTrust read(trust, *impl_);
    if (const auto problem = first_problem(read)) return *problem;
    Check check{.code = "commit", .what = "commit " + *id, .where = origin_of(*id)};
    CommitVerifier(read.signers, &read.forges).verify(*id, *raw, &check);
    return check;
  } catch (const std::exception& error) {
    return internal(error);
  }
}

Result<Check> Repository::verify_tag(const std::string& name, const Trust& trust) const {
  try {
    const std::string ref = name.starts_with("refs/tags/") ? name : "refs/tags/" + name;
    const auto id = impl_->id_of_ref(ref);
    if (!id) return Error{id.error().code, "no such tag", {"git", {}, name}};
    const ReadTrust read(trust, *impl_);
    if (const auto problem = first_problem(read)) return *problem;
    const TagChain chain = follow_tag(*impl_, ref, *id);
    Check check{.code = "tag", .what = "tag " + name + " of " + chain.end, .where = origin_of(chain.end)};
    TagVerifier(read.signers, &read.forges).verify(chain, &check);
    return check;
  } catch (const std::exception& error) {
    return internal(error);
  }
}

}  // namespace gate::git
