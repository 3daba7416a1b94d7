#include "adapters/git/history.h"

#include <optional>
#include <queue>
#include <unordered_map>
#include <utility>

namespace gate::git {
namespace {

constexpr std::size_t most_commits = 1'000'000;
// Uninteresting commits that are followed after the last interesting one, against clocks that run backwards: git's own
// value is 5 (revision.c, SLOP).
constexpr int slack = 64;

struct Node {
  std::vector<std::string> parents;
  std::int64_t committed = 0;
  bool excluded = false, expanded = false, unread = false;
  std::optional<Error> problem;  // the object cannot be read or understood
};

class Walk {
 public:
  explicit Walk(const ObjectStore& store) : store_(store) {}

  History run(const std::string& head, const std::vector<std::string>& excluded) {
    for (const std::string& id : excluded) reach(id, true);
    reach(head, false);
    History history;
    for (int patience = slack; !queue_.empty() && patience > 0;) {
      if (nodes_.size() > most_commits) {
        history.gaps.push_back({Errc::too_large, "more than 1000000 commits to look at", origin_of(head)});
        break;
      }
      patience = open_ > 0 ? slack : patience - 1;
      const std::string id = queue_.top().second;
      queue_.pop();
      expand(id);
    }
    if (const Node& first = nodes_.at(head); first.unread) history.gaps.push_back(*first.problem);
    for (const std::string& id : listed_) {
      if (nodes_.at(id).excluded) continue;
      history.commits.push_back(id);
      note_gaps(id, history.gaps);
    }
    return history;
  }

 private:
  // Newest first; the id decides between commits of one second, so that the order is always the same.
  using Entry = std::pair<std::int64_t, std::string>;

  void reach(const std::string& id, bool excluded) {
    auto [found, is_new] = nodes_.try_emplace(id);
    Node& node = found->second;
    if (!is_new) {
      if (excluded) exclude(id);
      return;
    }
    node.excluded = excluded;
    read(id, node);
    if (node.unread) return;
    if (!excluded) ++open_;
    queue_.emplace(node.committed, id);
  }

  // A commit that was taken for a part of the range, and everything below it that was.
  void exclude(const std::string& id) {
    std::vector<std::string> pending{id};
    while (!pending.empty()) {
      Node& node = nodes_.at(pending.back());
      pending.pop_back();
      if (node.excluded) continue;
      node.excluded = true;
      if (node.expanded) {
        pending.insert(pending.end(), node.parents.begin(), node.parents.end());
      } else if (!node.unread) {
        --open_;
      }
    }
  }

  void read(const std::string& id, Node& node) {
    const auto bytes = store_.commit_bytes(id);
    if (!bytes) {
      node.unread = true;
      node.problem = bytes.error();
    } else if (auto commit = split_commit(*bytes)) {
      node.parents = std::move(commit->parents);
      node.committed = commit->committed;
    } else {
      node.problem = Error{Errc::malformed, commit.error().what + "; its history is not judged", origin_of(id)};
    }
  }

  void expand(const std::string& id) {
    Node& node = nodes_.at(id);
    node.expanded = true;
    if (!node.excluded) {
      --open_;
      listed_.push_back(id);
    }
    for (const std::string& parent : node.parents) reach(parent, node.excluded);
  }

  void note_gaps(const std::string& id, std::vector<Error>& gaps) const {
    const Node& node = nodes_.at(id);
    if (node.problem) gaps.push_back(*node.problem);
    for (const std::string& parent : node.parents) {
      const auto found = nodes_.find(parent);
      if (found == nodes_.end() || !found->second.unread || found->second.excluded) continue;
      const Error& problem = *found->second.problem;
      if (problem.code != Errc::not_found) {
        gaps.push_back(problem);
      } else if (store_.is_cut_at(id)) {
        gaps.push_back({Errc::incomplete,
                        "the clone is shallow and ends at this commit, inside the range (fetch more history: "
                        "fetch-depth: 0, GIT_DEPTH: 0, or git fetch --unshallow)",
                        origin_of(id)});
      } else {
        gaps.push_back({Errc::incomplete, "its parent " + parent + " is missing from the repository", origin_of(id)});
      }
    }
  }

  const ObjectStore& store_;
  std::unordered_map<std::string, Node> nodes_;
  std::priority_queue<Entry> queue_;
  std::vector<std::string> listed_;
  std::size_t open_ = 0;  // in the queue, and not excluded
};

}  // namespace

History list_commits(const ObjectStore& store, const std::string& head, const std::vector<std::string>& excluded) {
  return Walk(store).run(head, excluded);
}

Origin origin_of(const std::string& commit) { return {"git", {}, commit}; }

}  // namespace gate::git
