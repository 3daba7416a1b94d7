// Release cycles and their ends, as the API of endoflife.date gives them: version 1 (one product, or the full list),
// and the older list of one product's cycles, which neither names the product nor says when it was made. There, the
// name is the file's, as it was downloaded: "openssl.json".
#include <fmt/format.h>

#include <algorithm>

#include "adapters/formats/reading.h"
#include "gate/core/time.h"
#include "gate/model/purl.h"

namespace gate::formats {
namespace {

using json::View;

// clang-format off
constexpr std::string_view root_members[] = {"generated_at", "last_modified", "result", "schema_version", "total"};
constexpr std::string_view product_members[] = {
    "aliases", "category", "identifiers", "label", "labels", "links", "name", "releases", "tags", "versionCommand"};
constexpr std::string_view release_members[] = {
    "codename", "custom", "discontinuedFrom", "eoasFrom", "eoesFrom", "eolFrom", "isDiscontinued", "isEoas", "isEoes",
    "isEol", "isLts", "isMaintained", "label", "latest", "ltsFrom", "name", "releaseDate"};
// clang-format on
static_assert(std::ranges::is_sorted(root_members) && std::ranges::is_sorted(product_members));
static_assert(std::ranges::is_sorted(release_members));

// What has no registry has its product's name: OpenSSL's own releases are pkg:generic/openssl.
std::string generic_purl(const std::string& product) {
  const auto purl = model::normalised({.type = "generic", .space = {}, .name = product});
  return purl ? model::to_string(*purl) : std::string();
}

class Cycles {
 public:
  explicit Cycles(const Document& document) : document_(document), reading_(document) {
    reading_.speaks_about(FactKind::scan_report);
    reading_.speaks_about(FactKind::end_of_life);
    report_.tool = "endoflife.date";
    report_.judges = false;
  }

  Result<FactBatch> read_old(const View& root, const std::vector<View>& cycles) {
    report_.tool_version = "0";
    EndOfLife fact;
    fact.product = name_of_file();
    fact.purls = {generic_purl(fact.product)};
    for (const View& each : cycles) {
      if (reading_.is_full()) break;
      fact.cycle = each.value().object() ? reading_.text(each, "cycle") : std::string();
      if (!each.value().object()) reading_.note(Errc::malformed, each, "no release cycle");
      if (!fact.cycle.empty() && read_old_end(each, fact)) add(fact, each);
    }
    return finish(root);
  }

  Result<FactBatch> read_new(const View& root) {
    reading_.only(root, root_members);
    report_.tool_version = reading_.text(root, "schema_version");
    report_.created = report_.data_date = reading_.optional_time(root, "generated_at");
    const auto result = root.member("result");
    if (!result) return result.error();
    if (!result->value().array()) {
      read_product(*result);
      return finish(root);
    }
    const auto products = reading_.list(root, "result");
    for (const View& product : products) read_product(product);
    const auto total = root.integer("total");
    if (!total) reading_.note(total.error());
    if (total && *total != static_cast<std::int64_t>(products.size()))
      reading_.note(Errc::incomplete, root, fmt::format("{} products, and it says {}", products.size(), *total));
    return finish(root);
  }

 private:
  std::string name_of_file() const {
    std::string_view name = document_.origin.artifact;
    if (const auto slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
    return std::string(name.substr(0, name.find(".json")));
  }

  // "2026-09-07", or whether it has ended at a day that nobody says.
  bool read_old_end(const View& cycle, EndOfLife& fact) {
    const auto end = cycle.find("eol");
    const bool* ended = end ? end->value().boolean() : nullptr;
    fact.ended = ended && *ended;
    fact.end = ended ? std::string() : reading_.text(cycle, "eol");
    if (ended || parse_date(fact.end)) return true;
    if (!fact.end.empty()) reading_.note(Errc::malformed, cycle, "'eol' is no date: " + quoted(fact.end));
    return false;
  }

  void read_product(const View& product) {
    reading_.only(product, product_members);
    if (!product.value().object()) return;
    EndOfLife fact;
    fact.product = reading_.text(product, "name");
    if (fact.product.empty()) return;
    fact.purls = purls_of(product, fact.product);
    const auto releases = reading_.list(product, "releases");
    if (releases.empty()) reading_.note(Errc::incomplete, product, quoted(fact.product) + " has no releases");
    for (const View& release : releases) {
      if (reading_.is_full()) return;
      reading_.only(release, release_members);
      if (release.value().object() && read_release(release, fact)) add(fact, release);
    }
  }

  std::vector<std::string> purls_of(const View& product, const std::string& name) {
    std::vector<std::string> purls{generic_purl(name)};
    for (const View& identifier : reading_.list(product, "identifiers")) {
      if (reading_.text(identifier, "type") != "purl") continue;
      const std::string id = reading_.text(identifier, "id");
      if (const auto purl = model::parse_purl(id)) {
        purls.push_back(model::to_string(*purl));
      } else {
        reading_.note(Errc::malformed, identifier, "no package URL: " + quoted(id));
      }
    }
    std::erase(purls, "");
    return sorted_unique(std::move(purls));
  }

  bool read_release(const View& release, EndOfLife& fact) {
    fact.cycle = reading_.text(release, "name");
    fact.end = reading_.optional_text(release, "eolFrom");
    const auto ended = release.member("isEol");
    if (!ended || !ended->value().boolean()) {
      reading_.note(Errc::malformed, release, "'isEol' does not say whether it has ended");
      return false;
    }
    fact.ended = *ended->value().boolean();
    if (fact.end.empty() || parse_date(fact.end)) return !fact.cycle.empty();
    reading_.note(Errc::malformed, release, "'eolFrom' is no date: " + quoted(fact.end));
    return false;
  }

  void add(const EndOfLife& fact, const View& at) {
    ++report_.examined;
    reading_.add(fact, at);
  }

  Result<FactBatch> finish(const View& root) {
    if (report_.examined == 0) reading_.note(Errc::empty, root, "no release cycle in it");
    reading_.add(std::move(report_), root);
    return std::move(reading_).finish();
  }

  const Document& document_;
  Reading reading_;
  ScanReport report_;
};

}  // namespace

Result<FactBatch> parse_endoflife(Document& document) {
  const auto value = parse_json(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  if (value->array()) return Cycles(document).read_old(root, *root.as_elements());
  const auto version = root.text("schema_version");
  if (!version) return version.error();
  if (!version->starts_with("1."))
    return root.error(Errc::unsupported_version,
                      "schema " + quoted(*version) + ", this gate reads 1 and the list before");
  return Cycles(document).read_new(root);
}

}  // namespace gate::formats
