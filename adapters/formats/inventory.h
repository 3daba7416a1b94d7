// The components of an SBOM while it is read, and how they depend on each other.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/formats/reading.h"

namespace gate::formats {

class Inventory {
 public:
  explicit Inventory(Reading& reading) : reading_(reading) {}

  // `grouped` is what the component is called where it has no package URL. Nothing for a ref that is taken: a problem.
  void add(Component component, std::string grouped, const json::View& at);
  // Something with a ref that is no component, as a service.
  void add_other(const std::string& ref, std::string label, const json::View& at);
  // What the document is about. Distances in the graph are from here.
  void add_subject(const std::string& ref) { subjects_.push_back(ref); }

  // The document says of `from` what it depends on; each of that is told by depends().
  void answers(const std::string& from, const json::View& at);
  void depends(const std::string& from, const std::string& to, const json::View& at);
  // `part` stands inside of `whole`: a way to it that is no statement about dependencies.
  void contains(const std::string& whole, const std::string& part);
  bool has_gaps() const { return gaps_; }  // a dependency leads to nothing that is listed

  struct Node {
    std::string label, version;
    Dependency dependency = Dependency::unknown;
    std::size_t from = none;  // on a shortest way from the subject
    bool in_graph = false;
    std::vector<std::size_t> to;
  };
  // Follows the graph, once all is told. Before, nothing has a place in it.
  void resolve();
  const Node* find(const std::string& ref) const;
  std::vector<std::string> path_to(const Node& node) const;

  std::size_t size() const { return components_.size(); }
  // Hands the facts to the reading.
  void finish();

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t node(const std::string& ref, std::string label, std::string version, const json::View& at);
  std::size_t known(const std::string& ref, const json::View& at);

  Reading& reading_;
  struct Listed {
    Component component;
    json::View at;
    std::size_t node;
  };
  std::vector<Listed> components_;
  std::vector<Node> nodes_;
  std::unordered_map<std::string, std::size_t> by_ref_;
  std::vector<std::string> subjects_;
  bool gaps_ = false;
};

}  // namespace gate::formats
