#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/repository.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <map>
#include <mutex>
#include <unordered_map>

#include "adapters/git/backend.h"
#include "adapters/git/history.h"

namespace gate::git {
namespace {

constexpr std::size_t most_kept_bytes = 32u << 20;

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* owned) const {
    release(owned);
  }
};
using Handle = std::unique_ptr<git_repository, Releaser<git_repository_free>>;
using Odb = std::unique_ptr<git_odb, Releaser<git_odb_free>>;
using OdbObject = std::unique_ptr<git_odb_object, Releaser<git_odb_object_free>>;
using Object = std::unique_ptr<git_object, Releaser<git_object_free>>;
using Tree = std::unique_ptr<git_tree, Releaser<git_tree_free>>;
using TreeEntry = std::unique_ptr<git_tree_entry, Releaser<git_tree_entry_free>>;
using Index = std::unique_ptr<git_index, Releaser<git_index_free>>;
using Diff = std::unique_ptr<git_diff, Releaser<git_diff_free>>;
using StatusList = std::unique_ptr<git_status_list, Releaser<git_status_list_free>>;
using References = std::unique_ptr<git_reference_iterator, Releaser<git_reference_iterator_free>>;
using Reference = std::unique_ptr<git_reference, Releaser<git_reference_free>>;

std::string last_message() {
  const git_error* error = git_error_last();
  return error && error->message ? error->message : "no further detail";
}

std::string text_of(const git_oid& id) {
  char text[GIT_OID_HEXSZ + 1];
  git_oid_tostr(text, sizeof text, &id);
  return text;
}

// The machine's and the user's configuration choose nothing here. The owner of the folder does not matter, because
// nothing of a repository is executed, and containers often check out as somebody else.
bool start_libgit2() {
  static const bool started = [] {
    if (git_libgit2_init() < 0) return false;
    for (const int level :
         {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
      if (git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "") < 0) return false;
    }
    // Objects that a partial clone left out are met as missing; the others change nothing that is read here.
    const char* extensions[] = {"partialclone", "preciousobjects", "worktreeconfig"};
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) >= 0 &&
           git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1) >= 0 &&
           git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, std::size(extensions)) >= 0;
  }();
  return started;
}

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// The plain data of an object of the wanted kind, not larger than the cap, after its hash was checked.
Result<std::string> read_object(git_odb* odb, const git_oid& id, git_object_t wanted, std::uint64_t cap,
                                const Origin& origin) {
  const auto failure = [&](int code) {
    return Error{code == GIT_ENOTFOUND ? Errc::not_found : Errc::unreadable, last_message(), origin};
  };
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (const int code = git_odb_read_header(&size, &type, odb, &id); code < 0) return failure(code);
  if (type != wanted) return Error{Errc::malformed, "an object of another kind than expected", origin};
  if (size > cap) return Error{Errc::too_large, "more than " + std::to_string(cap) + " bytes", origin};
  git_odb_object* raw = nullptr;
  if (const int code = git_odb_read(&raw, odb, &id); code < 0) return failure(code);
  const OdbObject object(raw);
  return std::string(static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw));
}

class Libgit2Repository final : public Repository::Impl {
 public:
  Libgit2Repository(Handle repository, Odb odb)
      : repository_(std::move(repository)),
        odb_(std::move(odb)),
        cuts_(read_cuts(git_repository_commondir(repository_.get()))) {}

  std::string root() const override;
  bool is_shallow() const override { return git_repository_is_shallow(repository_.get()) == 1; }
  Result<std::string> resolve(const std::string& revision) const override;
  Result<std::string> merge_base(const std::string& a, const std::string& b) const override;
  Result<std::string> read_file(const std::string& commit, const std::string& path, std::uint64_t cap) const override;
  std::string own_folder() const override;
  std::string hooks_folder() const override;
  bool is_dirty() const override;
  Result<std::vector<std::string>> tracked_files() const override;
  Result<SinceCommit> compare_work_tree(const std::string& commit) const override;
  std::vector<std::string> remote_tips(const std::string& remote) const override;
  Result<std::map<std::string, std::string>> tags() const override;
  Result<std::string> id_of_ref(const std::string& ref) const override;
  Result<std::string> commit_bytes(const std::string& id) const override;
  Result<std::string> tag_bytes(const std::string& id) const override { return bytes_of(id, GIT_OBJECT_TAG); }
  Result<ObjectKind> kind_of(const std::string& id) const override;
  std::optional<std::string> commit_of_ref(const std::string& ref) const override;
  Result<bool> merge_gives(const std::string& ours, const std::string& theirs, const std::string& tree) const override;
  bool is_cut_at(const std::string& id) const override { return std::ranges::binary_search(cuts_, id); }

 private:
  Result<std::string> bytes_of(const std::string& id, git_object_t wanted) const {
    git_oid oid;
    if (git_oid_fromstr(&oid, id.c_str()) < 0) return Error{Errc::malformed, "not a full id", origin_of(id)};
    return read_object(odb_.get(), oid, wanted, most_object_bytes, origin_of(id));
  }
  // A full id is an id and nothing else: where the object is missing, a branch or tag of that name must not stand in.
  int find_object(git_object** found, const std::string& revision) const {
    git_oid id;
    if (revision.size() != GIT_OID_HEXSZ || git_oid_fromstr(&id, revision.c_str()) < 0) {
      return git_revparse_single(found, repository_.get(), revision.c_str());
    }
    return git_object_lookup(found, repository_.get(), &id, GIT_OBJECT_ANY);
  }

  // The commit that a revision names, peeled.
  Result<Object> find_commit(const std::string& revision) const {
    const auto complain = [&](Errc code, std::string what) {
      return Error{code, std::move(what), {"git", {}, revision}};
    };
    if (revision.empty() || revision.find('\0') != std::string::npos)
      return complain(Errc::not_found, "not a revision");
    git_object* found = nullptr;
    if (find_object(&found, revision) < 0) {
      const bool shallow = git_repository_is_shallow(repository_.get()) == 1;
      return complain(Errc::not_found, last_message() + (shallow ? " (the clone is shallow: fetch more history)" : ""));
    }
    const Object object(found);
    git_object* peeled = nullptr;
    if (git_object_peel(&peeled, found, GIT_OBJECT_COMMIT) < 0)
      return complain(Errc::not_found, "does not lead to a commit");
    return Object(peeled);
  }

  Handle repository_;
  Odb odb_;
  std::vector<std::string> cuts_;  // of a shallow clone, sorted
  // The walk over a range, the verifier and the tags ask for the same commits.
  mutable std::mutex guard_;
  mutable std::unordered_map<std::string, std::string> read_commits_;
  mutable std::size_t read_bytes_ = 0;
};

Error not_opened(int code, const std::string& path) {
  const std::string message = last_message();
  const Origin origin{path, {}, {}};
  if (code == GIT_ENOTFOUND) return {Errc::not_found, "no git repository here or above", origin};
  if (message.find("objectformat") != std::string::npos) {
    return {Errc::unsupported_version,
            "a SHA-256 repository; git, by which it is read, is not on this machine or refuses it", origin};
  }
  const bool version = message.find("extension") != std::string::npos || message.find("version") != std::string::npos;
  return {version ? Errc::unsupported_version : Errc::unreadable, message, origin};
}

Error failure(std::string artifact) { return {Errc::unreadable, last_message(), {std::move(artifact), {}, {}}}; }

}  // namespace

Result<std::string> Libgit2Repository::commit_bytes(const std::string& id) const {
  const std::lock_guard lock(guard_);
  if (const auto read = read_commits_.find(id); read != read_commits_.end()) return read->second;
  auto bytes = bytes_of(id, GIT_OBJECT_COMMIT);
  if (bytes && read_bytes_ + bytes->size() <= most_kept_bytes) {
    read_bytes_ += bytes->size();
    read_commits_.emplace(id, *bytes);
  }
  return bytes;
}

Result<ObjectKind> Libgit2Repository::kind_of(const std::string& id) const {
  git_oid oid;
  if (git_oid_fromstr(&oid, id.c_str()) < 0) return Error{Errc::malformed, "not a full id", origin_of(id)};
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (const int code = git_odb_read_header(&size, &type, odb_.get(), &oid); code < 0)
    return Error{code == GIT_ENOTFOUND ? Errc::not_found : Errc::unreadable, last_message(), origin_of(id)};
  if (type == GIT_OBJECT_COMMIT) return ObjectKind::commit;
  if (type == GIT_OBJECT_TAG) return ObjectKind::tag;
  return type == GIT_OBJECT_TREE ? ObjectKind::tree : ObjectKind::blob;
}

std::optional<std::string> Libgit2Repository::commit_of_ref(const std::string& ref) const {
  git_oid oid;
  if (git_reference_name_to_id(&oid, repository_.get(), ref.c_str()) < 0) return std::nullopt;
  const auto kind = kind_of(text_of(oid));
  if (!kind || *kind != ObjectKind::commit) return std::nullopt;
  return text_of(oid);
}

Result<std::map<std::string, std::string>> Libgit2Repository::tags() const {
  git_reference_iterator* raw = nullptr;
  if (git_reference_iterator_glob_new(&raw, repository_.get(), "refs/tags/*") < 0) return failure("refs/tags");
  const References references(raw);
  std::map<std::string, std::string> held;
  git_reference* next = nullptr;
  int code = 0;
  while ((code = git_reference_next(&next, raw)) == 0) {
    const Reference reference(next);
    git_oid oid;
    const std::string name = git_reference_name(next);
    if (git_reference_name_to_id(&oid, repository_.get(), name.c_str()) < 0) return failure(name);
    if (held.size() == most_tags) return Error{Errc::too_large, "more than 100000 tags", {"refs/tags", {}, {}}};
    held[name] = text_of(oid);
  }
  if (code != GIT_ITEROVER) return failure("refs/tags");
  return held;
}

Result<std::string> Libgit2Repository::id_of_ref(const std::string& ref) const {
  git_oid oid;
  if (ref.find('\0') != std::string::npos || git_reference_name_to_id(&oid, repository_.get(), ref.c_str()) < 0)
    return Error{Errc::not_found, "no such ref", {"git", {}, ref}};
  return text_of(oid);
}

// In a second view of the repository, whose new objects stay in memory.
Result<bool> Libgit2Repository::merge_gives(const std::string& ours, const std::string& theirs,
                                            const std::string& tree) const {
  git_repository* opened = nullptr;
  if (git_repository_open(&opened, git_repository_path(repository_.get())) < 0) return failure("git");
  const Handle view(opened);
  git_odb* objects = nullptr;
  if (git_repository_odb(&objects, opened) < 0) return failure("git");
  const Odb owner(objects);
  git_odb_backend* memory = nullptr;
  if (git_mempack_new(&memory) < 0) return failure("git");
  if (git_odb_add_backend(objects, memory, 999) < 0) return failure("git");
  std::vector<Object> ends;
  for (const std::string& id : {ours, theirs}) {
    git_oid oid;
    git_object* found = nullptr;
    if (git_oid_fromstr(&oid, id.c_str()) < 0 || git_object_lookup(&found, opened, &oid, GIT_OBJECT_COMMIT) < 0)
      return failure(id);
    ends.emplace_back(found);
  }
  git_index* raw = nullptr;
  if (git_merge_commits(&raw, opened, reinterpret_cast<git_commit*>(ends[0].get()),
                        reinterpret_cast<git_commit*>(ends[1].get()), nullptr) < 0)
    return failure("git");
  const Index merged(raw);
  if (git_index_has_conflicts(raw) == 1) return false;
  git_oid written;
  if (git_index_write_tree_to(&written, raw, opened) < 0) return failure("git");
  return text_of(written) == tree;
}

std::string Libgit2Repository::root() const {
  const char* folder = git_repository_workdir(repository_.get());
  return without_trailing_slash(folder ? folder : git_repository_path(repository_.get()));
}

Result<std::string> Libgit2Repository::resolve(const std::string& revision) const {
  const auto commit = find_commit(revision);
  if (!commit) return commit.error();
  return text_of(*git_object_id(commit->get()));
}

Result<std::string> Libgit2Repository::merge_base(const std::string& a, const std::string& b) const {
  const auto first = find_commit(a), second = find_commit(b);
  if (!first) return first.error();
  if (!second) return second.error();
  git_oid base;
  const int code = git_merge_base(&base, repository_.get(), git_object_id(first->get()), git_object_id(second->get()));
  if (code == 0) return text_of(base);
  const Origin origin{"git", {}, a + "..." + b};
  if (is_shallow())
    return Error{Errc::incomplete, "the clone is too shallow to show the common ancestor (fetch more history)", origin};
  return Error{code == GIT_ENOTFOUND ? Errc::not_found : Errc::unreadable, last_message(), origin};
}

Result<std::string> Libgit2Repository::read_file(const std::string& commit, const std::string& path,
                                                 std::uint64_t cap) const {
  const Origin origin{path, {}, {}};
  const auto found = find_commit(commit);
  if (!found) return found.error();
  git_object* peeled = nullptr;
  if (git_object_peel(&peeled, found->get(), GIT_OBJECT_TREE) < 0)
    return Error{Errc::unreadable, last_message(), origin};
  const Tree tree(reinterpret_cast<git_tree*>(peeled));
  const std::string inside = path_in_tree(path);
  if (inside.empty()) return Error{Errc::not_found, "not a path inside the repository", origin};
  git_tree_entry* raw = nullptr;
  if (const int code = git_tree_entry_bypath(&raw, tree.get(), inside.c_str()); code < 0) {
    if (code != GIT_ENOTFOUND) return Error{Errc::unreadable, last_message(), origin};
    return Error{Errc::not_found, "not in commit " + text_of(*git_object_id(found->get())).substr(0, 12), origin};
  }
  const TreeEntry entry(raw);
  const git_filemode_t mode = git_tree_entry_filemode(raw);
  if (mode != GIT_FILEMODE_BLOB && mode != GIT_FILEMODE_BLOB_EXECUTABLE) {
    return Error{Errc::unreadable, "not a plain file in the commit (a link, a folder or a submodule)", origin};
  }
  return read_object(odb_.get(), *git_tree_entry_id(raw), GIT_OBJECT_BLOB, cap, origin);
}

std::string Libgit2Repository::own_folder() const {
  const auto folder = std::filesystem::absolute(git_repository_commondir(repository_.get())).lexically_normal();
  return (folder.has_filename() ? folder : folder.parent_path()).string();
}

std::string Libgit2Repository::hooks_folder() const {
  git_repository* repository = repository_.get();
  git_config* config = nullptr;
  git_buf configured = GIT_BUF_INIT;
  std::filesystem::path folder;
  if (git_repository_config_snapshot(&config, repository) == 0 &&
      git_config_get_path(&configured, config, "core.hooksPath") == 0 && configured.size > 0) {
    folder = std::filesystem::path(root()) / configured.ptr;  // relative to where git runs the hook: the root
  } else {
    folder = std::filesystem::path(own_folder()) / "hooks";
  }
  git_buf_dispose(&configured);
  git_config_free(config);
  return without_trailing_slash(folder.lexically_normal().string());
}

// What cannot be compared counts as changed.
bool Libgit2Repository::is_dirty() const {
  if (git_repository_is_bare(repository_.get()) == 1) return false;
  git_status_options options = GIT_STATUS_OPTIONS_INIT;
  options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
  options.flags = 0;
  git_status_list* raw = nullptr;
  if (git_status_list_new(&raw, repository_.get(), &options) < 0) return true;
  const StatusList list(raw);
  return git_status_list_entrycount(raw) > 0;
}

Result<std::vector<std::string>> Libgit2Repository::tracked_files() const {
  git_index* raw = nullptr;
  if (git_repository_index(&raw, repository_.get()) < 0 || git_index_read(raw, 1) < 0)
    return Error{Errc::unreadable, last_message(), {"the repository's index", {}, {}}};
  const Index index(raw);
  std::vector<std::string> files;
  for (std::size_t i = 0; i < git_index_entrycount(raw); ++i) files.emplace_back(git_index_get_byindex(raw, i)->path);
  std::ranges::sort(files);
  const auto repeated = std::ranges::unique(files);  // stages of a conflict
  files.erase(repeated.begin(), repeated.end());
  return files;
}

Result<SinceCommit> Libgit2Repository::compare_work_tree(const std::string& commit) const {
  const auto failed = [&] { return Error{Errc::unreadable, last_message(), {commit, {}, {}}}; };
  const auto found = find_commit(commit);
  if (!found) return found.error();
  git_object* peeled = nullptr;
  if (git_object_peel(&peeled, found->get(), GIT_OBJECT_TREE) < 0) return failed();
  const Tree tree(reinterpret_cast<git_tree*>(peeled));

  SinceCommit since;
  const auto add_entry = [](const char* folder, const git_tree_entry* entry, void* kept) {
    if (git_tree_entry_type(entry) != GIT_OBJECT_TREE)
      static_cast<std::set<std::string>*>(kept)->insert(std::string(folder) + git_tree_entry_name(entry));
    return 0;
  };
  if (git_tree_walk(tree.get(), GIT_TREEWALK_PRE, add_entry, &since.kept) < 0) return failed();

  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
  git_diff* raw = nullptr;
  if (git_diff_tree_to_workdir_with_index(&raw, repository_.get(), tree.get(), &options) < 0) return failed();
  const Diff diff(raw);
  for (std::size_t i = 0; i < git_diff_num_deltas(raw); ++i) {
    const git_diff_delta* delta = git_diff_get_delta(raw, i);
    since.kept.erase(delta->old_file.path);
    since.changed.insert(delta->old_file.path);
    since.changed.insert(delta->new_file.path);
  }
  return since;
}

std::vector<std::string> Libgit2Repository::remote_tips(const std::string& remote) const {
  const std::string prefix = "refs/remotes/" + (remote.empty() ? "" : remote + "/");
  std::vector<std::string> tips;
  git_reference_iterator* raw = nullptr;
  if (git_reference_iterator_new(&raw, repository_.get()) < 0) return tips;
  const References references(raw);
  git_reference* next = nullptr;
  while (git_reference_next(&next, raw) == 0) {
    const Reference reference(next);
    if (!std::string_view(git_reference_name(next)).starts_with(prefix)) continue;
    git_object* commit = nullptr;
    if (git_reference_peel(&commit, next, GIT_OBJECT_COMMIT) < 0)
      continue;  // fewer tips make the range longer, never shorter
    tips.push_back(text_of(*git_object_id(Object(commit).get())));
  }
  std::sort(tips.begin(), tips.end());
  tips.erase(std::unique(tips.begin(), tips.end()), tips.end());
  return tips;
}

Result<std::shared_ptr<Repository::Impl>> open_by_libgit2(const std::string& path) {
  if (!start_libgit2()) return Error{Errc::internal, "libgit2 does not start: " + last_message(), {path, {}, {}}};
  git_repository* raw = nullptr;
  if (const int code = git_repository_open_ext(&raw, path.c_str(), 0, nullptr); code < 0) return not_opened(code, path);
  Handle opened(raw);
  git_odb* odb = nullptr;
  if (git_repository_odb(&odb, raw) < 0) return Error{Errc::unreadable, last_message(), {path, {}, {}}};
  return std::shared_ptr<Repository::Impl>(std::make_shared<Libgit2Repository>(std::move(opened), Odb(odb)));
}

}  // namespace gate::git
