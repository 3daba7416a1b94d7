// CSAF 2.0, profiles VEX and security advisory (OASIS, Common Security Advisory Framework 2.0, sections 3.2 and 4).
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/formats/reading.h"
#include "adapters/formats/vex.h"
#include "gate/model/purl.h"

namespace gate::formats {
namespace {

using json::View;

// clang-format off
constexpr std::string_view root_members[] = {"document", "product_tree", "vulnerabilities"};
constexpr std::string_view tree_members[] = {"branches", "full_product_names", "product_groups", "relationships"};
constexpr std::string_view branch_members[] = {"branches", "category", "name", "product"};
constexpr std::string_view vulnerability_members[] = {
    "acknowledgments", "cve", "cwe", "discovery_date", "flags", "ids", "involvements", "notes", "product_status",
    "references", "release_date", "remediations", "scores", "threats", "title"};
constexpr std::string_view status_members[] = {
    "first_affected", "first_fixed", "fixed", "known_affected", "known_not_affected", "last_affected", "recommended",
    "under_investigation"};
// clang-format on
static_assert(std::ranges::is_sorted(root_members));
static_assert(std::ranges::is_sorted(tree_members));
static_assert(std::ranges::is_sorted(branch_members));
static_assert(std::ranges::is_sorted(vulnerability_members));
static_assert(std::ranges::is_sorted(status_members));

// What a list of products says of them. `recommended` says which version to take, and nothing about the flaw.
struct Listing {
  std::string_view key;
  VexStatus status;
};
constexpr Listing listings[] = {{"first_affected", VexStatus::affected},
                                {"first_fixed", VexStatus::fixed},
                                {"fixed", VexStatus::fixed},
                                {"known_affected", VexStatus::affected},
                                {"known_not_affected", VexStatus::not_affected},
                                {"last_affected", VexStatus::affected},
                                {"under_investigation", VexStatus::under_investigation}};

constexpr std::size_t most_said = 5'000'000;

struct Product {
  std::string name;  // package URL, or as the document names it
  std::string versions;
  std::vector<std::string> digests;
  std::vector<std::string> parts;  // package URLs of what the statement is about, in it
};

class Reader {
 public:
  Reader(Reading& reading, const View& root) : reading_(reading), root_(root) {}

  void read() {
    reading_.speaks_about(FactKind::vex_statement);
    reading_.only(root_, root_members, Errc::malformed);
    if (const auto document = reading_.object(root_, "document")) read_head(*document);
    if (const auto tree = reading_.object(root_, "product_tree")) read_tree(*tree);
    const auto vulnerabilities = reading_.list(root_, "vulnerabilities");
    if (vulnerabilities.empty()) reading_.note(Errc::empty, root_, "no vulnerability in it");
    for (const View& vulnerability : vulnerabilities) read_vulnerability(vulnerability);
  }

 private:
  void read_head(const View& document) {
    if (const auto publisher = reading_.object(document, "publisher")) author_ = reading_.text(*publisher, "name");
    const auto tracking = reading_.object(document, "tracking");
    if (!tracking) return;
    written_ = reading_.optional_time(*tracking, "current_release_date");
    if (written_.empty()) reading_.text(*tracking, "current_release_date");
    if (reading_.text(*tracking, "status") == "draft")
      reading_.note(Errc::incomplete, *tracking, "a draft, which says nothing yet");
  }

  void read_tree(const View& tree) {
    reading_.only(tree, tree_members, Errc::malformed);
    for (const View& branch : reading_.list_or_none(tree, "branches")) read_branch(branch);
    for (const View& product : reading_.list_or_none(tree, "full_product_names")) add_product(product, "", "");
    for (const View& group : reading_.list_or_none(tree, "product_groups")) {
      groups_[reading_.text(group, "group_id")] = reading_.texts_or_none(group, "product_ids");
    }
    for (const View& relationship : reading_.list_or_none(tree, "relationships")) read_relationship(relationship);
  }

  void read_branch(const View& branch) {
    reading_.only(branch, branch_members, Errc::malformed);
    const std::string category = reading_.text(branch, "category"), name = reading_.text(branch, "name");
    if (const auto product = reading_.optional_object(branch, "product")) add_product(*product, category, name);
    for (const View& next : reading_.list_or_none(branch, "branches")) read_branch(next);
  }

  void add_product(const View& at, const std::string& category, const std::string& branch) {
    Product product;
    product.name = reading_.text(at, "name");
    if (const auto helper = reading_.optional_object(at, "product_identification_helper"))
      read_helper(*helper, product);
    const auto purl = model::parse_purl(product.name);
    // A range in another form than VERS stays what it is: no version is in it, rather than all.
    if (category == "product_version_range") product.versions = branch;
    if (category == "product_version" && purl && purl->version.empty()) {
      product.versions = fmt::format("vers:{}/{}", purl->type, branch);
    }
    remember(at, std::move(product));
  }

  void read_helper(const View& helper, Product& product) {
    const std::string purl = reading_.optional_text(helper, "purl"), cpe = reading_.optional_text(helper, "cpe");
    if (!purl.empty()) {
      product.name = model::canonical_or_same(purl);
    } else if (!cpe.empty()) {
      product.name = cpe;
    }
    for (const View& hashes : reading_.list_or_none(helper, "hashes")) {
      for (const View& hash : reading_.list(hashes, "file_hashes")) {
        const std::string algorithm = reading_.text(hash, "algorithm"), value = reading_.text(hash, "value");
        if (!algorithm.empty() && !value.empty()) product.digests.push_back(vex_digest(algorithm, value));
      }
    }
    product.digests = sorted_unique(std::move(product.digests));
  }

  // A part as it comes with a product: a product of its own, whose statements are about that part of the other.
  void read_relationship(const View& relationship) {
    const std::string part = reading_.text(relationship, "product_reference"),
                      whole = reading_.text(relationship, "relates_to_product_reference");
    const auto name = reading_.object(relationship, "full_product_name");
    if (!name) return;
    const auto inner = products_.find(part), outer = products_.find(whole);
    if (inner == products_.end() || outer == products_.end()) {
      return reading_.note(Errc::incomplete, relationship, "it relates to a product that is not in the tree before");
    }
    Product product = outer->second;
    product.parts = {inner->second.name};
    remember(*name, std::move(product));
  }

  void remember(const View& at, Product product) {
    const std::string id = reading_.text(at, "product_id");
    if (id.empty()) return;
    if (!products_.emplace(id, std::move(product)).second) {
      reading_.note(Errc::malformed, at, "a second product has the id " + quoted(id));
    }
  }

  void read_vulnerability(const View& at) {
    reading_.only(at, vulnerability_members, Errc::malformed);
    VexStatement fact;
    fact.author = author_;
    fact.written = written_;
    fact.vulnerability = reading_.optional_text(at, "cve");
    for (const View& id : reading_.list_or_none(at, "ids")) fact.aliases.push_back(reading_.text(id, "text"));
    std::erase(fact.aliases, "");
    if (fact.vulnerability.empty() && !fact.aliases.empty()) fact.vulnerability = fact.aliases.front();
    if (fact.vulnerability.empty()) return reading_.note(Errc::not_found, at, "neither 'cve' nor 'ids'");
    std::erase(fact.aliases, fact.vulnerability);
    fact.aliases = sorted_unique(std::move(fact.aliases));

    const auto status = reading_.object(at, "product_status");
    if (!status) return;
    reading_.only(*status, status_members, Errc::malformed);
    const auto flags = by_product(at, "flags", "label", "");
    const auto impacts = by_product(at, "threats", "details", "impact");
    const auto remedies = by_product(at, "remediations", "details", "");
    for (const auto& [key, meaning] : listings) {
      const auto ids = reading_.optional_list(*status, key);
      if (ids.empty() && status->has(key))
        reading_.note(Errc::malformed, *status, fmt::format("'{}' lists nothing", key));
      for (const View& id : ids) {
        if (reading_.is_full()) return;
        fact.status = meaning;
        read_product(id, fact, flags, meaning == VexStatus::affected ? remedies : impacts);
      }
    }
  }

  using Said = std::map<std::string, std::string>;

  // What a list says of each product; the first where it says more than one thing. It names products, or groups.
  Said by_product(const View& at, std::string_view list, std::string_view key, std::string_view category) {
    Said said;
    for (const View& entry : reading_.list_or_none(at, list)) {
      if (!category.empty() && reading_.text(entry, "category") != category) continue;
      const std::string text = reading_.text(entry, key);
      auto ids = reading_.texts_or_none(entry, "product_ids");
      for (const std::string& group : reading_.texts_or_none(entry, "group_ids")) {
        const auto found = groups_.find(group);
        if (found == groups_.end()) {
          reading_.note(Errc::incomplete, entry, "no group of products has the id " + quoted(group));
        } else {
          ids.insert(ids.end(), found->second.begin(), found->second.end());
        }
        if (ids.size() > most_said) break;
      }
      // A group can be named again and again, so that it is the sum that is capped.
      said_ += ids.size() + 1;
      if (said_ > most_said) {
        reading_.note(Errc::too_large, entry, "more is said of products than gate reads");
        return said;
      }
      for (const std::string& id : ids) said.emplace(id, text);
    }
    return said;
  }

  void read_product(const View& at, VexStatement fact, const Said& flags, const Said& details) {
    const auto id = at.as_text();
    const auto product = id ? products_.find(*id) : products_.end();
    if (product == products_.end()) {
      return reading_.note(Errc::incomplete, at, "no product of the tree has this id");
    }
    fact.product = product->second.name;
    fact.versions = product->second.versions;
    fact.digests = product->second.digests;
    fact.subcomponents = product->second.parts;
    if (const auto flag = flags.find(*id); flag != flags.end()) {
      if (is_justification(flag->second)) {
        fact.justification = flag->second;
      } else {
        reading_.note(Errc::malformed, at, "its flag is a word that gate does not know: " + quoted(flag->second));
      }
    }
    if (const auto detail = details.find(*id); detail != details.end()) fact.detail = detail->second;
    reading_.add(std::move(fact), at);
  }

  Reading& reading_;
  const View& root_;
  std::string author_, written_;
  std::map<std::string, Product> products_;
  std::map<std::string, std::vector<std::string>> groups_;
  std::size_t said_ = 0;
};

}  // namespace

Result<FactBatch> parse_csaf(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  const auto head = root.member("document");
  if (!head) return head.error();
  const auto version = head->text("csaf_version"), category = head->text("category");
  if (!version) return version.error();
  if (!category) return category.error();
  if (*version != "2.0") {
    return head->error(Errc::unsupported_version, fmt::format("CSAF {}, this gate reads 2.0", quoted(*version)));
  }
  if (*category != "csaf_vex" && *category != "csaf_security_advisory") {
    return head->error(Errc::unsupported_version,
                       fmt::format("a document of the category {}, this gate reads csaf_vex and csaf_security_advisory",
                                   quoted(*category)));
  }
  Reading reading(document);
  Reader(reading, root).read();
  return std::move(reading).finish();
}

}  // namespace gate::formats
