// OpenVEX 0.2.0 and 0.0.1 in JSON (openvex/spec, OPENVEX-SPEC.md).
#include <fmt/format.h>

#include <algorithm>

#include "adapters/formats/reading.h"
#include "adapters/formats/vex.h"
#include "gate/model/purl.h"

namespace gate::formats {
namespace {

using json::View;

// clang-format off
constexpr std::string_view document_members[] = {
    "@context", "@id", "author", "last_updated", "role", "statements", "timestamp", "tooling", "version"};
// `statement` is no member of the specification, and stands in its project's own examples.
constexpr std::string_view statement_members[] = {
    "@id", "action_statement", "action_statement_timestamp", "impact_statement", "justification", "last_updated",
    "products", "statement", "status", "status_notes", "supplier", "timestamp", "version", "vulnerability"};
constexpr std::string_view old_statement_members[] = {
    "@id", "action_statement", "action_statement_timestamp", "impact_statement", "justification", "products",
    "status", "status_notes", "subcomponents", "timestamp", "vuln_description", "vulnerability"};
constexpr std::string_view vulnerability_members[] = {"@id", "aliases", "description", "name"};
constexpr std::string_view product_members[] = {"@id", "hashes", "identifiers", "subcomponents", "supplier"};
constexpr std::string_view identifier_members[] = {"cpe22", "cpe23", "purl"};
// clang-format on
static_assert(std::ranges::is_sorted(document_members));
static_assert(std::ranges::is_sorted(statement_members));
static_assert(std::ranges::is_sorted(old_statement_members));
static_assert(std::ranges::is_sorted(vulnerability_members));
static_assert(std::ranges::is_sorted(product_members));
static_assert(std::ranges::is_sorted(identifier_members));

class Reader {
 public:
  Reader(Reading& reading, const View& root, bool is_old) : reading_(reading), root_(root), is_old_(is_old) {}

  void read() {
    reading_.speaks_about(FactKind::vex_statement);
    reading_.only(root_, document_members, Errc::malformed);
    author_ = reading_.text(root_, "author");
    written_ = reading_.optional_time(root_, "last_updated");
    const std::string created = reading_.optional_time(root_, "timestamp");
    if (created.empty()) reading_.text(root_, "timestamp");
    if (written_.empty()) written_ = created;
    const auto statements = reading_.list(root_, "statements");
    if (statements.empty()) reading_.note(Errc::empty, root_, "no statement in it");
    for (const View& statement : statements) read_statement(statement);
  }

 private:
  void read_statement(const View& at) {
    reading_.only(at, is_old_ ? Names(old_statement_members) : Names(statement_members), Errc::malformed);
    VexStatement fact;
    fact.author = author_;
    read_vulnerability(at, fact);
    const std::string status = reading_.text(at, "status");
    const auto known = parse_vex_status(status);
    if (!known && !status.empty())
      reading_.note(Errc::malformed, at, "'status' is a word that gate does not know: " + quoted(status));
    fact.justification = reading_.optional_text(at, "justification");
    if (!fact.justification.empty() && !is_justification(fact.justification)) {
      reading_.note(Errc::malformed, at,
                    "'justification' is a word that gate does not know: " + quoted(fact.justification));
      fact.justification.clear();
    }
    for (const std::string_view key : {"impact_statement", "action_statement", "statement"}) {
      if (fact.detail.empty()) fact.detail = reading_.optional_text(at, key);
    }
    fact.written = reading_.optional_time(at, "last_updated");
    if (fact.written.empty()) fact.written = reading_.optional_time(at, "timestamp");
    if (fact.written.empty()) fact.written = written_;
    if (fact.vulnerability.empty() || !known) return;
    fact.status = *known;
    is_old_ ? read_old_products(at, fact) : read_products(at, fact);
  }

  void read_vulnerability(const View& at, VexStatement& fact) {
    if (is_old_) {
      fact.vulnerability = reading_.text(at, "vulnerability");
      return;
    }
    const auto vulnerability = reading_.object(at, "vulnerability");
    if (!vulnerability) return;
    reading_.only(*vulnerability, vulnerability_members, Errc::malformed);
    fact.vulnerability = reading_.text(*vulnerability, "name");
    fact.aliases = sorted_unique(reading_.texts_or_none(*vulnerability, "aliases"));
    std::erase(fact.aliases, fact.vulnerability);
  }

  void read_old_products(const View& at, VexStatement& fact) {
    for (const std::string& id : reading_.texts_or_none(at, "subcomponents")) {
      fact.subcomponents.push_back(model::canonical_or_same(id));
    }
    fact.subcomponents = sorted_unique(std::move(fact.subcomponents));
    const auto products = reading_.list(at, "products");
    if (products.empty()) reading_.note(Errc::incomplete, at, "a statement about no product");
    for (const View& product : products) {
      if (reading_.is_full()) return;
      const auto id = product.as_text();
      if (!id || id->empty()) {
        reading_.note(Errc::malformed, product, "a product without a name");
        continue;
      }
      fact.product = model::canonical_or_same(*id);
      reading_.add(fact, product);
    }
  }

  void read_products(const View& at, const VexStatement& statement) {
    const auto products = reading_.list(at, "products");
    if (products.empty()) reading_.note(Errc::incomplete, at, "a statement about no product");
    for (const View& product : products) {
      if (reading_.is_full()) return;
      VexStatement fact = statement;
      fact.product = identify(product);
      if (fact.product.empty()) continue;
      if (const auto hashes = reading_.optional_object(product, "hashes")) {
        for (const auto& [algorithm, value] : hashes->value().object()->members()) {
          const std::string hash = reading_.text(*hashes, algorithm);
          if (!hash.empty()) fact.digests.push_back(vex_digest(algorithm, hash));
        }
      }
      fact.digests = sorted_unique(std::move(fact.digests));
      bool is_whole = true;
      for (const View& part : reading_.list_or_none(product, "subcomponents")) {
        fact.subcomponents.push_back(identify(part));
        is_whole = is_whole && !fact.subcomponents.back().empty();
      }
      // Without the part that it is about, a statement would be about all of the product.
      if (!is_whole) continue;
      fact.subcomponents = sorted_unique(std::move(fact.subcomponents));
      reading_.add(std::move(fact), product);
    }
  }

  // A package URL where there is one. Empty: a problem was noted.
  std::string identify(const View& object) {
    reading_.only(object, product_members, Errc::malformed);
    std::string id = reading_.optional_text(object, "@id");
    if (const auto identifiers = reading_.optional_object(object, "identifiers")) {
      reading_.only(*identifiers, identifier_members, Errc::malformed);
      for (const std::string_view kind : {"purl", "cpe23", "cpe22"}) {
        const std::string other = reading_.optional_text(*identifiers, kind);
        if (!other.empty() && (kind == "purl" || id.empty())) {
          id = other;
          break;
        }
      }
    }
    if (id.empty()) reading_.note(Errc::not_found, object, "neither '@id' nor identifiers");
    return model::canonical_or_same(id);
  }

  Reading& reading_;
  const View& root_;
  const bool is_old_;  // 0.0.1
  std::string author_, written_;
};

}  // namespace

Result<FactBatch> parse_openvex(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  const auto context = root.text("@context");
  if (!context) return context.error();
  const bool is_new = *context == "https://openvex.dev/ns/v0.2.0";
  const bool is_old = *context == "https://openvex.dev/ns" || *context == "https://openvex.dev/ns/v0.0.1";
  if (!is_new && !is_old) {
    return root.error(Errc::unsupported_version,
                      fmt::format("context {}, this gate reads OpenVEX 0.0.1 and 0.2.0", quoted(*context)));
  }
  Reading reading(document);
  Reader(reading, root, is_old).read();
  return std::move(reading).finish();
}

}  // namespace gate::formats
