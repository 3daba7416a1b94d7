#include "adapters/git/history.h"

#include <algorithm>
#include <queue>
#include <unordered_map>

namespace gate::git {
namespace {

constexpr std::size_t most_commits = 1'000'000;
// Uninteresting commits that are followed after the last interesting one, against clocks that run backwards: git's own
// value is 5 (revision.c, SLOP).
constexpr int slack = 64;

struct Node {
  std::vector<std::string> parents;
  std::int64_t committed = 0;
  bool excluded = false, expanded = false, listed = false;
};

class Walk {
 public:
  explicit Walk(const ObjectStore& store) : store_(store) {}

  History run(const std::string& head, const std::vector<std::string>& excluded) {
    for (const std::string& id : excluded) reach(id, true, nullptr);
    reach(head, false, nullptr);
    for (int patience = slack; !queue_.empty() && patience > 0;) {
      if (nodes_.size() > most_commits) {
        history_.gaps.push_back({Errc::too_large, "more than 1000000 commits to look at", origin_of(head)});
        break;
      }
      patience = open_ > 0 ? slack : patience - 1;
      const std::string id = queue_.top().second;
      queue_.pop();
      expand(id);
    }
    std::erase_if(history_.commits, [&](const std::string& id) { return nodes_.at(id).excluded; });
    return std::move(history_);
  }

 private:
  // Newest first; the id decides between commits of one second, so that the order is always the same.
  using Entry = std::pair<std::int64_t, std::string>;

  void reach(const std::string& id, bool excluded, const std::string* child) {
    auto [found, is_new] = nodes_.try_emplace(id);
    Node& node = found->second;
    if (is_new) {
      node.excluded = excluded;
      if (!read(id, node, child)) {
        node.expanded = true;  // nothing to follow
        return;
      }
      if (!excluded) ++open_;
      queue_.emplace(node.committed, id);
    } else if (excluded && !node.excluded) {
      exclude(id);
    }
  }

  // A commit that was taken for a part of the range, and everything below it that was.
  void exclude(const std::string& id) {
    std::vector<std::string> pending{id};
    while (!pending.empty()) {
      const auto found = nodes_.find(pending.back());
      pending.pop_back();
      if (found == nodes_.end() || found->second.excluded) continue;
      Node& node = found->second;
      node.excluded = true;
      if (!node.expanded) {
        --open_;
      } else {
        pending.insert(pending.end(), node.parents.begin(), node.parents.end());
      }
    }
  }

  bool read(const std::string& id, Node& node, const std::string* child) {
    const auto bytes = store_.commit_bytes(id);
    if (!bytes) {
      if (!node.excluded) missing(id, bytes.error(), child);
      return false;
    }
    if (auto commit = split_commit(*bytes)) {
      node.parents = std::move(commit->parents);
      node.committed = commit->committed;
    } else if (!node.excluded) {
      history_.gaps.push_back({Errc::malformed, commit.error().what + "; its history is not judged", origin_of(id)});
    }
    return true;
  }

  void missing(const std::string& id, const Error& error, const std::string* child) {
    if (error.code != Errc::not_found || !child) {
      history_.gaps.push_back(error);
    } else if (store_.is_cut_at(*child)) {
      history_.gaps.push_back({Errc::incomplete,
                               "the clone is shallow and ends at this commit, inside the range (fetch more history: "
                               "fetch-depth: 0, GIT_DEPTH: 0, or git fetch --unshallow)",
                               origin_of(*child)});
    } else {
      history_.gaps.push_back({Errc::incomplete, "its parent " + id + " is missing from the repository", origin_of(*child)});
    }
  }

  void expand(const std::string& id) {
    Node& node = nodes_.at(id);
    if (node.expanded) return;
    node.expanded = true;
    if (!node.excluded) {
      --open_;
      history_.commits.push_back(id);
    }
    const bool excluded = node.excluded;
    for (const std::string& parent : std::vector<std::string>(node.parents)) reach(parent, excluded, &id);
  }

  const ObjectStore& store_;
  std::unordered_map<std::string, Node> nodes_;
  std::priority_queue<Entry> queue_;
  std::size_t open_ = 0;  // in the queue, and not excluded
  History history_;
};

}  // namespace

History list_commits(const ObjectStore& store, const std::string& head, const std::vector<std::string>& excluded) {
  return Walk(store).run(head, excluded);
}

Origin origin_of(const std::string& commit) { return {"git", {}, commit}; }

}  // namespace gate::git
