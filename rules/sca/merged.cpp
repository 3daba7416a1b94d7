#include "rules/sca/merged.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace gate::rules {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool starts_like(std::string_view text, std::string_view upper_prefix) {
  return text.size() > upper_prefix.size() && std::equal(upper_prefix.begin(), upper_prefix.end(), text.begin(),
                                                         [](char a, char b) { return a == upper(b); });
}

template <class T>
void sort_unique(std::vector<T>& items) {
  std::ranges::sort(items);
  const auto repeated = std::ranges::unique(items);
  items.erase(repeated.begin(), repeated.end());
}

template <class T>
std::size_t index_of(const std::vector<T>& sorted, const T& item) {
  return static_cast<std::size_t>(std::ranges::lower_bound(sorted, item) - sorted.begin());
}

// A published record, an advisory that was reviewed, anything else.
int rank(std::string_view id) { return is_cve(id) ? 0 : starts_like(id, "GHSA-") ? 1 : 2; }

bool more_canonical(const std::string& a, const std::string& b) {
  return std::pair{rank(a), std::string_view(a)} < std::pair{rank(b), std::string_view(b)};
}

class UnionFind {
 public:
  explicit UnionFind(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t find(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

// Numbers the flaws that statements speak about.
class Flaws {
 public:
  explicit Flaws(const std::vector<const Vulnerability*>& statements) {
    std::vector<std::vector<std::string>> ids;
    ids.reserve(statements.size());
    for (const Vulnerability* statement : statements) {
      ids.push_back(ids_of(*statement));
      names_.insert(names_.end(), ids.back().begin(), ids.back().end());
    }
    sort_unique(names_);
    for (const auto& of_one : ids) {
      auto& indices = indices_.emplace_back();
      for (const std::string& id : of_one) indices.push_back(index_of(names_, id));
    }
    join();
  }

  // Statements with the same number speak about the same flaw.
  std::size_t of(std::size_t statement) {
    const auto& ids = indices_[statement];
    if (ids.empty()) return names_.size() + statement;  // a flaw of its own
    const std::size_t root = union_.find(ids.front());
    if (cves_[root] < 2) return root;
    // A bundle: each statement speaks of its one CVE, or else of what it calls itself.
    std::size_t cve = ids.front(), count = 0;
    for (const std::size_t id : ids) {
      if (is_cve(names_[id])) cve = id, ++count;
    }
    return count == 1 ? cve : ids.front();
  }
  bool in_bundle(std::size_t statement) {
    return !indices_[statement].empty() && cves_[union_.find(indices_[statement].front())] > 1;
  }
  const std::vector<std::size_t>& names_of(std::size_t statement) const { return indices_[statement]; }
  const std::string& name(std::size_t index) const { return names_[index]; }
  bool has_name(std::size_t flaw) const { return flaw < names_.size(); }

 private:
  // The main identifier first.
  static std::vector<std::string> ids_of(const Vulnerability& statement) {
    std::vector<std::string> ids;
    if (auto id = usual_id(statement.id); !id.empty()) ids.push_back(std::move(id));
    for (const std::string& alias : statement.aliases) {
      auto id = usual_id(alias);
      if (!id.empty() && (ids.empty() || id != ids.front())) ids.push_back(std::move(id));
    }
    return ids;
  }

  void join() {
    union_ = UnionFind(names_.size());
    for (const auto& ids : indices_) {
      for (const std::size_t id : ids) union_.join(ids.front(), id);
    }
    cves_.assign(names_.size(), 0);
    for (std::size_t i = 0; i < names_.size(); ++i) cves_[union_.find(i)] += is_cve(names_[i]) ? 1 : 0;
  }

  std::vector<std::string> names_;
  std::vector<std::vector<std::size_t>> indices_;
  UnionFind union_{0};
  std::vector<std::size_t> cves_;  // by root
};

// The names by which scanners without package URLs call a package: "name", "space/name", "space:name".
std::vector<std::string> plain_names(const std::string& base) {
  const std::size_t type_end = base.find('/');
  if (type_end == std::string::npos) return {};
  std::string path = base.substr(
      type_end + 1, base.find('?') == std::string::npos ? std::string::npos : base.find('?') - type_end - 1);
  std::vector<std::string> names{path};
  if (const auto slash = path.rfind('/'); slash != std::string::npos) {
    names.push_back(path.substr(slash + 1));
    path[slash] = ':';
    names.push_back(std::move(path));
  }
  return names;
}

// The packages that a flaw is told of. One without a package URL or a version joins another of the same flaw where
// there is exactly one that it can mean.
class PackagesOfFlaw {
 public:
  PackagesOfFlaw(const std::vector<PackageKey>& keys, std::vector<std::size_t> packages)
      : keys_(keys), packages_(std::move(packages)) {
    const bool any_weak = std::ranges::any_of(packages_, [&](std::size_t p) { return is_weak(keys_[p]); });
    if (!any_weak || packages_.size() < 2) return;
    for (const std::size_t package : packages_) {
      const PackageKey& key = keys_[package];
      if (is_weak(key)) continue;
      auto names = plain_names(key.base);
      names.push_back(key.base);
      for (std::string& name : names) {
        strong_.emplace_back(name, "", package);
        strong_.emplace_back(std::move(name), key.version, package);
      }
    }
    sort_unique(strong_);
  }

  std::size_t resolve(std::size_t package) const {
    const PackageKey& key = keys_[package];
    if (!is_weak(key)) return package;
    const auto from = std::ranges::lower_bound(strong_, std::tuple{key.base, key.version, std::size_t{0}});
    const auto names_it = [&](auto at) {
      return at != strong_.end() && std::get<0>(*at) == key.base && std::get<1>(*at) == key.version;
    };
    if (!names_it(from) || names_it(from + 1)) return package;
    return std::get<2>(*from);
  }

 private:
  static bool is_weak(const PackageKey& key) { return !key.is_purl || key.version.empty(); }

  const std::vector<PackageKey>& keys_;
  std::vector<std::size_t> packages_;
  std::vector<std::tuple<std::string, std::string, std::size_t>> strong_;
};

using Seen = std::pair<std::size_t, const ScanReport*>;  // a package that a report looked at

// Which reports looked at which packages.
class Views {
 public:
  Views(const FactSet& facts) {
    for (const ScanReport& report : facts.all<ScanReport>()) reports_.push_back(&report);
    std::ranges::stable_sort(reports_, {}, [](const ScanReport* r) { return std::tie(r->origin.artifact, r->tool); });
  }
  // Null where the scanner is not known.
  const ScanReport* of(const Vulnerability& statement) const {
    const auto at = std::ranges::lower_bound(reports_, std::tie(statement.origin.artifact, statement.tool), {},
                                             [](const ScanReport* r) { return std::tie(r->origin.artifact, r->tool); });
    if (at == reports_.end()) return nullptr;
    return (*at)->origin.artifact == statement.origin.artifact && (*at)->tool == statement.tool ? *at : nullptr;
  }
  void looked(std::size_t package, const ScanReport* report) {
    if (report) seen_.emplace_back(package, report);
  }
  // All scanners of the document that has this inventory.
  void looked(std::size_t package, const Component& component) {
    const auto same = std::ranges::equal_range(reports_, component.origin.artifact, {},
                                               [](const ScanReport* r) { return r->origin.artifact; });
    for (const ScanReport* report : same) {
      if (report->judges) seen_.emplace_back(package, report);
    }
  }
  void sort() { sort_unique(seen_); }
  auto at(std::size_t package) const { return std::ranges::equal_range(seen_, package, {}, &Seen::first); }

 private:
  std::vector<const ScanReport*> reports_;
  std::vector<Seen> seen_;
};

void note_earliest(std::string& date, const std::string& other) {
  if (!other.empty() && (date.empty() || other < date)) date = other;
}

// Where two notes differ about a point of SSVC; no third makes it good again.
const std::string contradicted = "?";

void note_all(const FactSet& facts, std::string_view id, Exploitation& known) {
  const auto& notes = facts.all<VulnerabilityNote>();
  for (const VulnerabilityNote& note : std::ranges::equal_range(notes, id, {}, &VulnerabilityNote::id)) {
    known.listed |= note.known_exploited;
    note_earliest(known.added, note.added);
    note_earliest(known.due, note.due);
    known.epss = std::max(known.epss, note.epss);
    for (const auto& [mine, theirs] :
         {std::pair{&known.exploitation, &note.exploitation}, std::pair{&known.automatable, &note.automatable},
          std::pair{&known.technical_impact, &note.technical_impact}}) {
      if (!theirs->empty()) *mine = mine->empty() || *mine == *theirs ? *theirs : contradicted;
    }
  }
}

void look_up(const FactSet& facts, MergedVulnerability& merged) {
  if (!merged.id.empty()) note_all(facts, merged.id, merged.known);
  for (const std::string& other : merged.others) note_all(facts, other, merged.known);
  for (const Vulnerability* statement : merged.told) {
    merged.known.listed |= statement->known_exploited;
    merged.known.epss = std::max(merged.known.epss, statement->epss);
  }
  for (std::string* point : {&merged.known.exploitation, &merged.known.automatable, &merged.known.technical_impact}) {
    if (*point == contradicted) point->clear();
  }
}

// What is installed of a package, as SBOMs and inventories list it.
class Installed {
 public:
  explicit Installed(const FactSet& facts) {
    for (const Component& component : facts.all<Component>()) {
      PackageKey key = package_key(component);
      if (key.is_purl && !key.version.empty()) keys_.push_back(std::move(key));
    }
    sort_unique(keys_);
  }

  // Where a statement has a range in place of a version: the versions that the range holds, or may hold.
  std::vector<PackageKey> affected(const PackageKey& package, const std::string& range) const {
    constexpr std::size_t most_versions = 50, most_bytes = 4096;  // of a range; nobody writes longer ones by hand
    std::vector<PackageKey> found;
    const auto all = std::ranges::equal_range(keys_, package.base, {}, &PackageKey::base);
    if (all.size() > most_versions || range.size() > most_bytes) return found;
    std::ranges::copy_if(all, std::back_inserter(found),
                         [&](const PackageKey& key) { return in_range(range, key).value_or(true); });
    return found;
  }

 private:
  std::vector<PackageKey> keys_;
};

bool has_range_alone(const Vulnerability& statement, const PackageKey& key) {
  return key.is_purl && key.version.empty() && statement.affected.starts_with("vers:");
}

struct Row {
  std::size_t flaw, package, statement;
  auto operator<=>(const Row&) const = default;
};

class Merging {
 public:
  explicit Merging(const FactSet& facts)
      : facts_(facts), statements_(capped(facts)), flaws_(statements_), views_(facts) {
    place();
    for (const Place& place : places_) keys_.push_back(place.package);
    for (const Component& component : facts.all<Component>()) {
      if (component.in_inventory) keys_.push_back(package_key(component));
    }
    sort_unique(keys_);
  }

  Merged merge() {
    number();
    settle_packages();
    see();
    Merged out;
    out.vulnerabilities.reserve(rows_.size());
    for (std::size_t from = 0; from < rows_.size();) {
      std::size_t to = from;
      while (to < rows_.size() && rows_[to].flaw == rows_[from].flaw && rows_[to].package == rows_[from].package) ++to;
      out.vulnerabilities.push_back(make(from, to));
      from = to;
    }
    std::ranges::stable_sort(out.vulnerabilities, {},
                             [](const MergedVulnerability& m) { return std::tie(m.id, m.package); });
    out.left_out = facts_.all<Vulnerability>().size() - statements_.size();
    return out;
  }

 private:
  static std::vector<const Vulnerability*> capped(const FactSet& facts) {
    std::vector<const Vulnerability*> statements;
    for (const Vulnerability& each : facts.all<Vulnerability>()) {
      if (statements.size() == most_statements) break;
      statements.push_back(&each);
    }
    return statements;
  }

  // Which packages each statement is about.
  void place() {
    std::optional<Installed> installed;
    for (std::size_t i = 0; i < statements_.size(); ++i) {
      PackageKey own = package_key(*statements_[i]);
      std::vector<PackageKey> affected;
      if (has_range_alone(*statements_[i], own) && places_.size() < most_statements) {
        if (!installed) installed.emplace(facts_);
        affected = installed->affected(own, statements_[i]->affected);
      }
      if (affected.empty()) affected.push_back(std::move(own));
      for (PackageKey& package : affected) places_.push_back({i, std::move(package)});
    }
  }

  void number() {
    for (const auto& [statement, package] : places_)
      rows_.push_back({flaws_.of(statement), index_of(keys_, package), statement});
    std::ranges::sort(rows_);
  }

  void settle_packages() {
    for (std::size_t from = 0; from < rows_.size();) {
      std::size_t to = from;
      std::vector<std::size_t> packages;
      for (; to < rows_.size() && rows_[to].flaw == rows_[from].flaw; ++to) {
        if (packages.empty() || packages.back() != rows_[to].package) packages.push_back(rows_[to].package);
      }
      const PackagesOfFlaw settled(keys_, std::move(packages));
      for (; from < to; ++from) rows_[from].package = settled.resolve(rows_[from].package);
    }
    std::ranges::sort(rows_);
  }

  void see() {
    for (const Row& row : rows_) views_.looked(row.package, views_.of(*statements_[row.statement]));
    for (const Component& component : facts_.all<Component>()) {
      if (component.in_inventory) views_.looked(index_of(keys_, package_key(component)), component);
    }
    views_.sort();
  }

  MergedVulnerability make(std::size_t from, std::size_t to) {
    MergedVulnerability merged;
    merged.package = keys_[rows_[from].package];
    std::vector<const ScanReport*> telling;
    std::vector<std::string> names;
    for (std::size_t i = from; i < to; ++i) {
      const std::size_t statement = rows_[i].statement;
      merged.told.push_back(statements_[statement]);
      telling.push_back(views_.of(*statements_[statement]));
      for (const std::size_t name : flaws_.names_of(statement)) names.push_back(flaws_.name(name));
    }
    sort_unique(names);
    std::ranges::sort(telling);
    for (const auto& [package, report] : views_.at(rows_[from].package)) {
      if (!std::ranges::binary_search(telling, report)) merged.silent.push_back(report);
    }
    std::ranges::sort(merged.silent, {}, [](const ScanReport* r) { return std::tie(r->tool, r->origin.artifact); });
    if (!names.empty()) {
      merged.id = flaws_.in_bundle(rows_[from].statement) ? flaws_.name(rows_[from].flaw)
                                                          : *std::ranges::min_element(names, more_canonical);
      std::erase(names, merged.id);
    }
    merged.others = std::move(names);
    look_up(facts_, merged);
    return merged;
  }

  const FactSet& facts_;
  std::vector<const Vulnerability*> statements_;
  struct Place {
    std::size_t statement;
    PackageKey package;
  };
  std::vector<Place> places_;
  std::vector<PackageKey> keys_;  // all, sorted
  Flaws flaws_;
  Views views_;
  std::vector<Row> rows_;
};

template <class Get>
std::vector<std::string> collect(const MergedVulnerability& merged, Get get) {
  std::vector<std::string> all;
  for (const Vulnerability* statement : merged.told) get(*statement, all);
  sort_unique(all);
  return all;
}

}  // namespace

std::string usual_id(std::string_view id) {
  while (!id.empty() && (id.front() == ' ' || id.front() == '\t')) id.remove_prefix(1);
  while (!id.empty() && (id.back() == ' ' || id.back() == '\t')) id.remove_suffix(1);
  constexpr std::string_view nothing[] = {"-", "null", "nil", "none", "n/a", "na", "unknown", "undefined"};
  const auto is = [&](std::string_view word) {
    return word.size() == id.size() && std::ranges::equal(word, id, {}, {}, lower);
  };
  if (id.empty() || std::ranges::any_of(nothing, is)) return {};
  std::string usual(id);
  if (starts_like(id, "CVE-")) std::ranges::transform(usual, usual.begin(), upper);
  if (!starts_like(id, "GHSA-")) return usual;
  std::ranges::transform(usual, usual.begin(), lower);
  return usual.replace(0, 5, "GHSA-");
}

bool is_cve(std::string_view id) { return id.starts_with("CVE-") && id.size() > 4; }

bool MergedVulnerability::has(std::string_view name) const {
  return !name.empty() && (id == name || std::ranges::binary_search(others, name));
}

bool has_list_of_exploited(const FactSet& facts) {
  return facts.coverage(FactKind::vulnerability_note) == Coverage::complete &&
         std::ranges::count(facts.all<ScanReport>(), "CISA KEV", &ScanReport::tool) > 0;
}

Merged merge(const FactSet& facts) { return Merging(facts).merge(); }

std::vector<std::string> scanners(const MergedVulnerability& merged) {
  return collect(merged, [](const Vulnerability& v, auto& all) { all.push_back(v.tool); });
}

std::vector<std::string> fixed_versions(const MergedVulnerability& merged) {
  return collect(merged,
                 [](const Vulnerability& v, auto& all) { all.insert(all.end(), v.fixed.begin(), v.fixed.end()); });
}

Fix fix_of(const MergedVulnerability& merged) {
  Fix best = Fix::unknown;
  const auto worth = [](Fix fix) { return fix == Fix::unknown ? 4 : static_cast<int>(fix); };
  for (const Vulnerability* statement : merged.told) {
    const Fix fix = statement->fixed.empty() ? statement->fix : Fix::available;
    if (worth(fix) < worth(best)) best = fix;
  }
  return best;
}

Reachability reachability_of(const MergedVulnerability& merged) {
  Reachability known = Reachability::unknown;
  for (const Vulnerability* statement : merged.told) {
    if (statement->reachability == Reachability::reachable) return Reachability::reachable;
    if (statement->reachability == Reachability::unreachable) known = Reachability::unreachable;
  }
  return known;
}

Dependency dependency_of(const MergedVulnerability& merged) {
  Dependency known = Dependency::unknown;
  for (const Vulnerability* statement : merged.told) {
    if (statement->dependency == Dependency::direct) return Dependency::direct;
    if (statement->dependency == Dependency::transitive) known = Dependency::transitive;
  }
  return known;
}

bool is_malicious(const MergedVulnerability& merged) {
  const auto is_mal = [](std::string_view id) { return id.starts_with("MAL-"); };
  return is_mal(merged.id) || std::ranges::any_of(merged.others, is_mal) ||
         std::ranges::any_of(merged.told, [](const Vulnerability* v) { return v->malicious; });
}

}  // namespace gate::rules
