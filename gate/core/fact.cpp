#include "gate/core/fact.h"

#include <algorithm>
#include <array>

namespace gate {
namespace {

// The fields in the order of the list that each fact gives of itself, as one text that compares like them.
class SortKey {
 public:
  template <class T>
  void add_fields(const T& of) {
    visit_fields(of, [this](std::string_view, const auto& field) { add(field); });
  }
  void add(const std::string& field) { append(field); }
  void add(const Location& field) {
    append(field.file);
    char digits[24];
    std::snprintf(digits, sizeof digits, "%010d:%010d", field.line, field.column);
    append(digits);
  }
  void add(const TextMap& field) {
    for (const auto& [name, value] : field) append(name), append(value);
    append("");
  }
  template <class T>
  void add(const std::vector<T>& field) {
    for (const T& each : field) add(each);
    append("");
  }
  template <class T>
  void add(const T& field) {
    if constexpr (std::is_integral_v<T>) {
      append(std::to_string(field));
    } else if constexpr (Record<T>) {
      add_fields(field);
    } else {
      append(name(field));
    }
  }
  std::string text() && { return std::move(text_); }

 private:
  void append(std::string_view part) {
    text_.append(part);
    text_.push_back('\0');
  }
  std::string text_;
};

template <class T>
std::string sort_key(const T& fact) {
  SortKey key;
  key.add_fields(fact);
  key.add(fact.origin.artifact);
  key.add(fact.origin.at);
  return std::move(key).text();
}

// Moves what belongs at place i from order[i], without a second vector of facts.
template <class T>
void reorder(std::vector<T>& facts, std::vector<std::size_t> order) {
  for (std::size_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    T first = std::move(facts[start]);
    std::size_t at = start;
    for (std::size_t from = order[at]; from != start; from = order[at]) {
      facts[at] = std::move(facts[from]);
      order[at] = at;
      at = from;
    }
    facts[at] = std::move(first);
    order[at] = at;
  }
}

// By keys of which only the beginning is kept, since a large report's keys are as large as its facts.
template <class T>
void sort_unique(std::vector<T>& facts) {
  constexpr std::size_t kept = 96;
  struct Key {
    std::string beginning;
    std::size_t index;
  };
  std::vector<Key> keys;
  keys.reserve(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) keys.push_back({std::string(sort_key(facts[i]), 0, kept), i});
  const auto compare = [&](const Key& a, const Key& b) {
    const int order = a.beginning.compare(b.beginning);
    if (order != 0 || a.beginning.size() < kept) return order;
    return sort_key(facts[a.index]).compare(sort_key(facts[b.index]));
  };
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) { return compare(a, b) < 0; });
  std::vector<std::size_t> order, doubles;
  order.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool is_double = i > 0 && compare(keys[i - 1], keys[i]) == 0;
    (is_double ? doubles : order).push_back(keys[i].index);
  }
  const std::size_t distinct = order.size();
  order.insert(order.end(), doubles.begin(), doubles.end());
  keys = {};
  reorder(facts, std::move(order));
  facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(distinct), facts.end());
}

template <class... T, class F>
void for_each_kind(TypeList<T...>, F&& visit) {
  (visit.template operator()<T>(), ...);
}

template <class... T>
constexpr std::array<std::string_view, sizeof...(T)> plurals(TypeList<T...>) {
  return {T::plural...};
}
constexpr auto kind_names = plurals(FactTypes{});
static_assert(kind_names.size() == fact_kinds);

constexpr std::array<std::string_view, 6> severity_names{"unknown", "none", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 3> dependency_names{"unknown", "direct", "transitive"};
constexpr std::array<std::string_view, 3> reachability_names{"unknown", "reachable", "unreachable"};
constexpr std::array<std::string_view, 4> fix_names{"unknown", "available", "none-yet", "declined"};
constexpr std::array<std::string_view, 4> scan_end_names{"unknown", "complete", "partial", "failed"};
constexpr std::array<std::string_view, 4> vex_status_names{"not_affected", "affected", "fixed", "under_investigation"};
constexpr std::array<std::string_view, 6> entity_names{"function", "type", "macro", "header", "construct", "attribute"};
constexpr std::array<std::string_view, 4> use_names{"call", "address", "mention", "unclassified"};
constexpr std::array<std::string_view, 2> linkage_names{"imported", "contained"};
constexpr std::array<std::string_view, 14> signature_state_names{
    "verified",    "unsigned",    "malformed",      "bad-signature", "untrusted-key", "wrong-purpose", "not-yet-valid",
    "expired-key", "revoked-key", "weak-algorithm", "no-time",       "forge-key",     "wrong-name",    "not-supported"};

template <class Enum, std::size_t size>
std::optional<Enum> parse(const std::array<std::string_view, size>& names, std::string_view text) {
  for (std::size_t i = 0; i < size; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Severity severity) { return severity_names[static_cast<std::size_t>(severity)]; }
std::optional<Severity> parse_severity(std::string_view text) { return parse<Severity>(severity_names, text); }

std::string_view name(Dependency dependency) { return dependency_names[static_cast<std::size_t>(dependency)]; }
std::optional<Dependency> parse_dependency(std::string_view text) { return parse<Dependency>(dependency_names, text); }

std::string_view name(Reachability reachability) { return reachability_names[static_cast<std::size_t>(reachability)]; }
std::optional<Reachability> parse_reachability(std::string_view text) {
  return parse<Reachability>(reachability_names, text);
}

std::string_view name(Fix fix) { return fix_names[static_cast<std::size_t>(fix)]; }
std::optional<Fix> parse_fix(std::string_view text) { return parse<Fix>(fix_names, text); }

std::string_view name(ScanEnd end) { return scan_end_names[static_cast<std::size_t>(end)]; }
std::optional<ScanEnd> parse_scan_end(std::string_view text) { return parse<ScanEnd>(scan_end_names, text); }

std::string_view name(VexStatus status) { return vex_status_names[static_cast<std::size_t>(status)]; }
std::optional<VexStatus> parse_vex_status(std::string_view text) { return parse<VexStatus>(vex_status_names, text); }

std::string_view name(Entity entity) { return entity_names[static_cast<std::size_t>(entity)]; }
std::optional<Entity> parse_entity(std::string_view text) { return parse<Entity>(entity_names, text); }

std::string_view name(Use use) { return use_names[static_cast<std::size_t>(use)]; }
std::optional<Use> parse_use(std::string_view text) { return parse<Use>(use_names, text); }

std::string_view name(Linkage linkage) { return linkage_names[static_cast<std::size_t>(linkage)]; }
std::optional<Linkage> parse_linkage(std::string_view text) { return parse<Linkage>(linkage_names, text); }

std::string_view name(SignatureState state) { return signature_state_names[static_cast<std::size_t>(state)]; }
std::optional<SignatureState> parse_signature_state(std::string_view text) {
  return parse<SignatureState>(signature_state_names, text);
}

std::string_view name(FactKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::optional<FactKind> parse_fact_kind(std::string_view plural) { return parse<FactKind>(kind_names, plural); }

std::string_view name(Coverage coverage) {
  switch (coverage) {
    case Coverage::absent: return "absent";
    case Coverage::partial: return "partial";
    case Coverage::complete: return "complete";
  }
  return "absent";
}

void FactBatch::lower(Error problem, Coverage most) {
  problems.push_back(std::move(problem));
  for (auto& [kind, seen] : coverage) seen = std::min(seen, most);
}

FactBatch nothing_seen(const std::vector<FactKind>& kinds, Error problem) {
  FactBatch batch;
  for (const FactKind kind : kinds) batch.coverage[kind] = Coverage::absent;
  batch.problems.push_back(std::move(problem));
  return batch;
}

Coverage FactSet::coverage(FactKind kind) const {
  const auto found = coverage_.find(kind);
  return found == coverage_.end() ? Coverage::absent : found->second;
}

std::size_t FactSet::count(FactKind kind) const {
  std::size_t index = 0, count = 0;
  for_each_kind(FactTypes{}, [&]<class T>() {
    if (index++ == static_cast<std::size_t>(kind)) count = all<T>().size();
  });
  return count;
}

std::vector<Error> FactSet::problems(FactKind kind) const {
  const auto found = problems_by_kind_.find(kind);
  return found == problems_by_kind_.end() ? std::vector<Error>{} : found->second;
}

FactSet seal(std::vector<FactBatch> batches, Instant now) {
  const auto sort_errors = [](std::vector<Error>& errors) {
    std::sort(errors.begin(), errors.end());
    errors.erase(std::unique(errors.begin(), errors.end()), errors.end());
  };
  FactSet set;
  set.now_ = now;
  for (auto& batch : batches) {
    for_each_kind(FactTypes{}, [&]<class T>() {
      auto& facts = set.facts_.of<T>();
      if (facts.empty()) {
        facts = std::move(batch.facts.of<T>());
      } else {
        for (auto& fact : batch.facts.of<T>()) facts.push_back(std::move(fact));
      }
    });
    for (const auto& [kind, seen] : batch.coverage) {
      const auto [entry, first] = set.coverage_.emplace(kind, seen);
      if (!first) entry->second = std::min(entry->second, seen);
      if (seen == Coverage::complete) continue;
      auto& problems = set.problems_by_kind_[kind];
      problems.insert(problems.end(), batch.problems.begin(), batch.problems.end());
    }
    for (auto& problem : batch.problems) set.problems_.push_back(std::move(problem));
  }
  for_each_kind(FactTypes{}, [&]<class T>() { sort_unique(set.facts_.of<T>()); });
  sort_errors(set.problems_);
  for (auto& [kind, problems] : set.problems_by_kind_) sort_errors(problems);
  return set;
}

}  // namespace gate
