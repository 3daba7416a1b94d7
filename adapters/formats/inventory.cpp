#include "adapters/formats/inventory.h"

#include <algorithm>
#include <deque>

namespace gate::formats {

std::size_t Inventory::node(const std::string& ref, std::string label, std::string version, const json::View& at) {
  nodes_.push_back({.label = std::move(label), .version = std::move(version)});
  if (!ref.empty() && !by_ref_.emplace(ref, nodes_.size() - 1).second) {
    reading_.note(Errc::malformed, at, "a second object has the id " + quoted(ref));
  }
  return nodes_.size() - 1;
}

void Inventory::add(Component component, std::string grouped, const json::View& at) {
  const auto index = node(component.ref, label(component.purl, grouped, component.version), component.version, at);
  components_.push_back({std::move(component), at, index});
}

void Inventory::add_other(const std::string& ref, std::string label, const json::View& at) {
  node(ref, std::move(label), {}, at);
}

std::size_t Inventory::known(const std::string& ref, const json::View& at) {
  const auto found = by_ref_.find(ref);
  if (found != by_ref_.end()) return found->second;
  gaps_ = true;
  reading_.note_for(FactKind::sbom, Errc::incomplete, at, "no component has the id " + quoted(ref));
  return none;
}

void Inventory::answers(const std::string& from, const json::View& at) {
  if (const auto index = known(from, at); index != none) nodes_[index].in_graph = true;
}

void Inventory::depends(const std::string& from, const std::string& to, const json::View& at) {
  const auto source = by_ref_.find(from);  // whose absence answers() has told
  const auto target = known(to, at);
  if (source != by_ref_.end() && target != none) nodes_[source->second].to.push_back(target);
}

void Inventory::contains(const std::string& whole, const std::string& part) {
  const auto outer = by_ref_.find(whole), inner = by_ref_.find(part);
  if (outer != by_ref_.end() && inner != by_ref_.end()) nodes_[outer->second].to.push_back(inner->second);
}

void Inventory::resolve() {
  std::vector<bool> seen(nodes_.size()), starts(nodes_.size());
  std::deque<std::size_t> next;
  for (const std::string& subject : subjects_) {
    const auto found = by_ref_.find(subject);
    if (found == by_ref_.end() || seen[found->second]) continue;
    seen[found->second] = starts[found->second] = true;
    next.push_back(found->second);
  }
  for (; !next.empty(); next.pop_front()) {
    const std::size_t at = next.front();
    for (const std::size_t to : nodes_[at].to) {
      if (seen[to]) continue;
      seen[to] = true;
      nodes_[to].from = at;
      nodes_[to].dependency = starts[at] ? Dependency::direct : Dependency::transitive;
      next.push_back(to);
    }
  }
}

const Inventory::Node* Inventory::find(const std::string& ref) const {
  const auto found = by_ref_.find(ref);
  return found == by_ref_.end() ? nullptr : &nodes_[found->second];
}

std::vector<std::string> Inventory::path_to(const Node& node) const {
  std::vector<std::string> path;
  if (reading_.is_full()) return path;
  for (std::size_t at = node.from; at != none && nodes_[at].from != none; at = nodes_[at].from) {
    path.push_back(nodes_[at].label);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

void Inventory::finish() {
  for (Listed& listed : components_) {
    const Node& place = nodes_[listed.node];
    listed.component.dependency = place.dependency;
    listed.component.path = path_to(place);
    listed.component.in_graph = place.in_graph;
    reading_.add(std::move(listed.component), listed.at);
  }
  components_.clear();
}

}  // namespace gate::formats
