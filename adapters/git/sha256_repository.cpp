// A repository whose ids are SHA-256, through git's own program. What is judged is read by `git cat-file --batch`, and
// each object hashed here: its id is proven, and not git's word.
#include <algorithm>
#include <filesystem>
#include <mutex>
#include <unordered_map>

#include "adapters/git/backend.h"
#include "adapters/git/git_program.h"
#include "adapters/git/history.h"
#include "adapters/git/object_header.h"
#include "gate/crypto/digest.h"

namespace gate::git {
namespace {

constexpr std::size_t most_kept_bytes = 32u << 20, id_digits = 64, id_bytes = 32;

bool is_id(const std::string& text) { return text.size() == id_digits && is_object_id(text); }

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

// An entry of a tree: "<mode> <name>\0" and the id's bytes (gitformat-pack(5)).
struct Entry {
  std::string_view mode, name;
  std::string id;
};

Result<Entry> next_entry(std::string_view& tree) {
  const auto blank = tree.find(' '), end = tree.find('\0');
  if (blank == std::string_view::npos || end == std::string_view::npos || blank > end ||
      tree.size() - end - 1 < id_bytes)
    return malformed_object("a tree that is cut");
  Entry entry{tree.substr(0, blank), tree.substr(blank + 1, end - blank - 1), to_hex(tree.substr(end + 1, id_bytes))};
  tree.remove_prefix(end + 1 + id_bytes);
  return entry;
}

class Sha256Repository final : public Repository::Impl {
 public:
  Sha256Repository(GitProgram git, std::string root, std::string common_folder, bool is_bare, bool is_shallow)
      : git_(std::move(git)),
        root_(std::move(root)),
        common_folder_(std::move(common_folder)),
        is_bare_(is_bare),
        is_shallow_(is_shallow),
        cuts_(read_cuts(common_folder_)),
        objects_(git_) {}

  std::string root() const override { return root_; }
  bool is_shallow() const override { return is_shallow_; }
  std::string own_folder() const override { return common_folder_; }

  Result<std::string> resolve(const std::string& revision) const override {
    const Origin origin{"git", {}, revision};
    if (revision.empty() || revision.find('\0') != std::string::npos)
      return Error{Errc::not_found, "not a revision", origin};
    // A full id is an id and nothing else: where the object is missing, a ref of that name must not stand in.
    if (is_id(revision)) {
      if (const auto kind = kind_of(revision); !kind) return kind.error();
    }
    auto lines = git_.list({"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}, '\n');
    if (lines && lines->size() == 1 && is_id(lines->front())) return std::move(lines->front());
    if (!lines && lines.error().code != Errc::tool_failed) return lines.error();
    return Error{Errc::not_found,
                 std::string("no such commit") + (is_shallow_ ? " (the clone is shallow: fetch more history)" : ""),
                 origin};
  }

  Result<std::string> merge_base(const std::string& a, const std::string& b) const override {
    const auto first = resolve(a), second = resolve(b);
    if (!first) return first.error();
    if (!second) return second.error();
    auto lines = git_.list({"merge-base", *first, *second}, '\n');
    if (lines && lines->size() == 1 && is_id(lines->front())) return std::move(lines->front());
    const Origin origin{"git", {}, a + "..." + b};
    if (is_shallow_)
      return Error{Errc::incomplete, "the clone is too shallow to show the common ancestor (fetch more history)",
                   origin};
    return Error{Errc::not_found, "no common ancestor", origin};
  }

  Result<std::string> read_file(const std::string& commit, const std::string& path, std::uint64_t cap) const override {
    const auto id = resolve(commit);
    const auto raw = id ? commit_bytes(*id) : id;
    const auto split = raw ? split_commit(*raw) : Result<CommitObject>(raw.error());
    if (!split) return split.error();
    const std::string inside = path_in_tree(path);
    const Origin origin{path, {}, {}};
    if (inside.empty()) return Error{Errc::not_found, "not a path inside the repository", origin};
    std::string tree = split->tree;
    const std::filesystem::path steps(inside);
    for (auto step = steps.begin(); step != steps.end(); ++step) {
      const auto entry = entry_of(tree, step->string());
      const bool is_last = std::next(step) == steps.end();
      const bool is_absent = entry ? !is_last && entry->first != "40000" : entry.error().code == Errc::not_found;
      if (is_absent) return Error{Errc::not_found, "not in commit " + id->substr(0, 12), origin};
      if (!entry) return entry.error();
      if (is_last && (entry->first == "100644" || entry->first == "100755")) return read(entry->second, "blob", cap);
      if (is_last)
        return Error{Errc::unreadable, "not a plain file in the commit (a link, a folder or a submodule)", origin};
      tree = entry->second;
    }
    return Error{Errc::not_found, "not a file", origin};
  }

  std::string hooks_folder() const override {
    const auto lines = git_.list({"rev-parse", "--git-path", "hooks"}, '\n');
    const std::filesystem::path folder = lines && lines->size() == 1 ? lines->front() : common_folder_ + "/hooks";
    return (std::filesystem::path(root_) / folder).lexically_normal().string();
  }

  // What cannot be compared counts as changed.
  bool is_dirty() const override {
    if (is_bare_) return false;
    const auto changes = changed({"status", "--porcelain", "-z", "--untracked-files=no", "--no-renames"});
    return !changes || !changes->empty();
  }

  Result<std::vector<std::string>> tracked_files() const override {
    auto files = git_.list({"ls-files", "-z", "--full-name"}, '\0');
    if (!files) return files.error();
    std::ranges::sort(*files);
    const auto repeated = std::ranges::unique(*files);  // stages of a conflict
    files->erase(repeated.begin(), repeated.end());
    return files;
  }

  Result<SinceCommit> compare_work_tree(const std::string& commit) const override {
    const auto id = resolve(commit);
    if (!id) return id.error();
    const auto all = git_.list({"ls-tree", "-r", "-z", "--name-only", "--full-tree", *id}, '\0');
    const auto other = changed({"diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", *id});
    // What is staged counts, whatever the work tree holds.
    const auto staged = git_.list({"diff", "--cached", "--name-only", "-z", "--no-renames", *id}, '\0');
    const auto new_files = git_.list({"ls-files", "-z", "--others", "--exclude-standard"}, '\0');
    for (const auto* list : {&all, &other, &staged, &new_files}) {
      if (!*list) return list->error();
    }
    SinceCommit since{{all->begin(), all->end()}, {other->begin(), other->end()}};
    since.changed.insert(staged->begin(), staged->end());
    since.changed.insert(new_files->begin(), new_files->end());
    for (const std::string& file : since.changed) since.kept.erase(file);
    return since;
  }

  // Fewer tips make the range longer, never shorter.
  std::vector<std::string> remote_tips(const std::string& remote) const override {
    const std::string prefix = "refs/remotes/" + (remote.empty() ? "" : remote + "/");
    const auto refs = refs_under("refs/remotes/");
    std::vector<std::string> tips;
    if (!refs) return tips;
    for (const auto& [name, id] : *refs) {
      if (!name.starts_with(prefix)) continue;
      if (auto commit = resolve(id)) tips.push_back(std::move(*commit));
    }
    std::ranges::sort(tips);
    const auto repeated = std::ranges::unique(tips);
    tips.erase(repeated.begin(), repeated.end());
    return tips;
  }

  Result<std::map<std::string, std::string>> tags() const override { return refs_under("refs/tags/"); }

  Result<std::string> id_of_ref(const std::string& ref) const override {
    const Error missing{Errc::not_found, "no such ref", {"git", {}, ref}};
    if (ref.find('\0') != std::string::npos) return missing;
    auto lines = git_.list({"show-ref", "--verify", "--hash", "--", ref}, '\n');
    if (!lines || lines->size() != 1 || !is_id(lines->front())) return missing;
    return std::move(lines->front());
  }

  Result<std::string> commit_bytes(const std::string& id) const override {
    const std::lock_guard lock(guard_);
    if (const auto known = read_commits_.find(id); known != read_commits_.end()) return known->second;
    auto bytes = read_unlocked(id, "commit", most_object_bytes);
    if (bytes && read_bytes_ + bytes->size() <= most_kept_bytes) {
      read_bytes_ += bytes->size();
      read_commits_.emplace(id, *bytes);
    }
    return bytes;
  }
  Result<std::string> tag_bytes(const std::string& id) const override { return read(id, "tag", most_object_bytes); }

  Result<ObjectKind> kind_of(const std::string& id) const override {
    if (!is_id(id)) return Error{Errc::malformed, "not a full id", origin_of(id)};
    const std::lock_guard lock(guard_);
    const auto header = objects_.header(id);
    if (!header) return header.error();
    if (header->type == "commit") return ObjectKind::commit;
    if (header->type == "tag") return ObjectKind::tag;
    return header->type == "tree" ? ObjectKind::tree : ObjectKind::blob;
  }

  std::optional<std::string> commit_of_ref(const std::string& ref) const override {
    const auto id = id_of_ref(ref);
    const auto kind = id ? kind_of(*id) : Result<ObjectKind>(id.error());
    return kind && *kind == ObjectKind::commit ? std::optional(*id) : std::nullopt;
  }

  Result<bool> merge_gives(const std::string& ours, const std::string&, const std::string&) const override {
    return Error{Errc::unsupported_version, "merges are not computed anew in a SHA-256 repository", origin_of(ours)};
  }
  bool is_cut_at(const std::string& id) const override { return std::ranges::binary_search(cuts_, id); }

 private:
  Result<std::string> read(const std::string& id, const std::string& type, std::size_t cap) const {
    const std::lock_guard lock(guard_);
    return read_unlocked(id, type, cap);
  }

  Result<std::string> read_unlocked(const std::string& id, const std::string& type, std::size_t cap) const {
    if (!is_id(id)) return Error{Errc::malformed, "not a full id", origin_of(id)};
    auto bytes = objects_.read(id, type, cap);
    if (!bytes) return bytes;
    crypto::Sha256 hasher;
    hasher.update(type + ' ' + std::to_string(bytes->size()) + '\0');
    hasher.update(*bytes);
    if (to_hex(hasher.finish()) != id)
      return Error{Errc::unreadable, "its bytes do not have the hash that is its id", origin_of(id)};
    return bytes;
  }

  // Mode and id of what a tree has under a name.
  Result<std::pair<std::string, std::string>> entry_of(const std::string& tree, const std::string& name) const {
    const auto bytes = read(tree, "tree", most_object_bytes);
    if (!bytes) return bytes.error();
    for (std::string_view rest = *bytes; !rest.empty();) {
      auto entry = next_entry(rest);
      if (!entry) return entry.error();
      if (entry->name == name) return std::pair{std::string(entry->mode), std::move(entry->id)};
    }
    return Error{Errc::not_found, "no such entry", origin_of(tree)};
  }

  Result<std::map<std::string, std::string>> refs_under(const std::string& prefix) const {
    const auto lines = git_.list({"for-each-ref", "--format=%(objectname) %(refname)", prefix}, '\n');
    if (!lines) return lines.error();
    if (lines->size() > most_tags) return Error{Errc::too_large, "more than 100000 refs", {prefix, {}, {}}};
    std::map<std::string, std::string> refs;
    for (const std::string& line : *lines) {
      if (line.size() < id_digits + 2 || !is_id(line.substr(0, id_digits)))
        return Error{Errc::malformed, "a ref that holds no id", {prefix, {}, {}}};
      refs[line.substr(id_digits + 1)] = line.substr(0, id_digits);
    }
    return refs;
  }

  // Of commands that read the work tree: filters that the configuration names are programs, and none is run.
  Result<std::vector<std::string>> changed(const std::vector<std::string>& command) const {
    std::vector<std::string> arguments;
    const auto filters =
        git_.list({"config", "-z", "--name-only", "--get-regexp", "^filter\\..*\\.(clean|process)$"}, '\0');
    if (filters) {
      for (const std::string& key : *filters) {
        if (key.find('=') != std::string::npos) return Error{Errc::malformed, "a filter's name", {"git", {}, key}};
        arguments.insert(arguments.end(), {"-c", key + "="});
      }
    }
    arguments.insert(arguments.end(), command.begin(), command.end());
    return git_.list(arguments, '\0');
  }

  GitProgram git_;
  std::string root_, common_folder_;
  bool is_bare_, is_shallow_;
  std::vector<std::string> cuts_;  // of a shallow clone, sorted
  mutable std::mutex guard_;
  mutable CatFile objects_;
  mutable std::unordered_map<std::string, std::string> read_commits_;
  mutable std::size_t read_bytes_ = 0;
};

}  // namespace

Result<std::shared_ptr<Repository::Impl>> open_by_git_program(const std::string& path) {
  auto git = GitProgram::find(path);
  if (!git) return git.error();
  const auto lines = git->list({"rev-parse", "--path-format=absolute", "--show-object-format", "--is-bare-repository",
                                "--is-shallow-repository", "--git-common-dir"},
                               '\n');
  if (!lines) return lines.error();
  if (lines->size() != 4 || lines->front() != "sha256")
    return Error{Errc::unsupported_version, "a repository of another kind than SHA-1 and SHA-256", {path, {}, {}}};
  const bool is_bare = (*lines)[1] == "true";
  std::string root = (*lines)[3];
  if (!is_bare) {
    const auto top = git->list({"rev-parse", "--path-format=absolute", "--show-toplevel"}, '\n');
    if (!top) return top.error();
    if (top->size() != 1) return Error{Errc::malformed, "a folder with a line break in its name", {path, {}, {}}};
    root = top->front();
  }
  git->work_in(root);
  return std::shared_ptr<Repository::Impl>(
      std::make_shared<Sha256Repository>(std::move(*git), root, (*lines)[3], is_bare, (*lines)[2] == "true"));
}

}  // namespace gate::git
