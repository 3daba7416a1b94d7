#include "rules/sca/vex.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "gate/core/time.h"
#include "gate/model/purl.h"

namespace gate::rules {
namespace {

// More statements about one thing than a person would write; each finding looks at no more.
constexpr std::size_t most_candidates = 1000;

// A package as a statement or a report names it, with everything that narrows it.
struct Named {
  PackageKey key;
  std::map<std::string, std::string> qualifiers;
};

Named named(const std::string& text) {
  Named out{package_key(text, ""), {}};
  if (auto purl = model::parse_purl(text)) out.qualifiers = std::move(purl->qualifiers);
  return out;
}

// What the statement asks for is there; what it leaves open, but for the version, is open.
std::optional<bool> covers(const Named& stated, const std::string& range, const Named& seen) {
  if (stated.key.base != seen.key.base) return false;
  for (const auto& [key, value] : stated.qualifiers) {
    const auto found = seen.qualifiers.find(key);
    if (found == seen.qualifiers.end() || found->second != value) return false;
  }
  if (!stated.key.version.empty()) return stated.key.version == seen.key.version;
  if (range.empty() || seen.key.version.empty()) return std::nullopt;
  return in_range(range, seen.key);
}

bool has_digest(const ScanReport& report, const std::string& digest) {
  if (digest.size() < 40) return false;  // "sha1:" and 40 digits are the shortest that identify
  return std::ranges::binary_search(report.subject_digests, digest) || report.subject.find(digest) != std::string::npos;
}

// Whether the product of a statement is what the report is about.
// `root`: what the report's own inventory says that it is about, a package URL or nothing.
bool is_subject(const VexStatement& statement, const Named& product, const ScanReport& report,
                const std::string& root) {
  for (const std::string& digest : statement.digests) {
    if (has_digest(report, digest)) return true;
  }
  if (product.key.version.find(':') != std::string::npos && has_digest(report, product.key.version)) return true;
  if (!root.empty() && covers(product, statement.versions, named(root)).value_or(false)) return true;
  if (report.subject.empty()) return false;
  if (!product.key.is_purl) return statement.product == report.subject;
  const Named subject = named(report.subject);
  return subject.key.is_purl && covers(product, statement.versions, subject).value_or(false);
}

struct Statement {
  const VexStatement* fact = nullptr;
  Named product;
  std::vector<Named> parts;
  std::vector<std::string> ids;            // usual, the main one first
  std::vector<const ScanReport*> reports;  // that are about the product; sorted
  bool used = false;
};

bool clears(const VexStatement& s) {
  return s.status == VexStatus::fixed || (s.status == VexStatus::not_affected && !s.justification.empty());
}

std::string in_words(const VexStatement& s) {
  return fmt::format("{} says {}{}{}", s.author.empty() ? "somebody" : s.author, name(s.status),
                     s.justification.empty() ? "" : ": ", s.justification);
}

class Vex {
 public:
  explicit Vex(const FactSet& facts) {
    for (const ScanReport& report : facts.all<ScanReport>()) reports_.push_back(&report);
    find_roots(facts);
    for (const VexStatement& fact : facts.all<VexStatement>()) add(fact);
    std::ranges::sort(by_id_);
  }

  VexAnswer answer(const MergedVulnerability& merged) {
    if (statements_.empty()) return {};
    const auto candidates = find_candidates(merged);
    if (candidates.empty()) return {};
    if (candidates.size() > most_candidates)
      return {VexEffect::contradicted, fmt::format("more than {} VEX statements speak of it", most_candidates)};
    return judge(merged, candidates);
  }

  std::vector<const VexStatement*> unused() const {
    std::vector<const VexStatement*> out;
    for (const Statement& statement : statements_) {
      if (!statement.used) out.push_back(statement.fact);
    }
    return out;
  }

 private:
  void find_roots(const FactSet& facts) {
    std::set<std::pair<std::string, std::string>> subjects;  // file, ref
    for (const Sbom& sbom : facts.all<Sbom>()) subjects.emplace(sbom.origin.artifact, sbom.subject);
    for (const Component& component : facts.all<Component>()) {
      if (component.ref.empty() || component.purl.empty()) continue;
      if (subjects.contains({component.origin.artifact, component.ref}))
        roots_.emplace(component.origin.artifact, component.purl);
    }
  }

  void add(const VexStatement& fact) {
    Statement statement{&fact, named(fact.product), {}, {}, {}, false};
    for (const std::string& part : fact.subcomponents) statement.parts.push_back(named(part));
    if (auto id = usual_id(fact.vulnerability); !id.empty()) statement.ids.push_back(std::move(id));
    for (const std::string& alias : fact.aliases) {
      if (auto id = usual_id(alias); !id.empty()) statement.ids.push_back(std::move(id));
    }
    for (const ScanReport* report : reports_) {
      const auto root = roots_.find(report->origin.artifact);
      const bool about = is_subject(fact, statement.product, *report, root == roots_.end() ? "" : root->second);
      if (about) statement.reports.push_back(report);
    }
    std::ranges::sort(statement.reports);
    // Of the product's packages it speaks about the named ones; where it names none, about all, and about the product.
    const std::size_t index = statements_.size();
    for (const std::string& id : statement.ids) {
      if (statement.parts.empty()) by_id_.emplace_back(id, statement.product.key.base, index);
      for (const Named& part : statement.parts) by_id_.emplace_back(id, part.key.base, index);
      if (statement.parts.empty() && !statement.reports.empty()) by_id_.emplace_back(id, "", index);
    }
    statements_.push_back(std::move(statement));
  }

  std::set<std::size_t> find_candidates(const MergedVulnerability& merged) const {
    std::set<std::size_t> found;
    const auto look = [&](const std::string& id) {
      for (const std::string& base : {merged.package.base, std::string()}) {
        auto at = std::ranges::lower_bound(by_id_, std::tuple{id, base, std::size_t{0}});
        for (; at != by_id_.end() && std::get<0>(*at) == id && std::get<1>(*at) == base; ++at) {
          found.insert(std::get<2>(*at));
          if (found.size() > most_candidates) return;
        }
      }
    };
    look(merged.id);
    for (const std::string& other : merged.others) look(other);
    return found;
  }

  // One identifier in common, and no two that are known to be different flaws.
  static bool same_flaw(const Statement& statement, const MergedVulnerability& merged) {
    bool named_cve = false, common_cve = false, common = false;
    for (const std::string& id : statement.ids) {
      const bool has = merged.has(id);
      common |= has;
      named_cve |= is_cve(id);
      common_cve |= has && is_cve(id);
    }
    return common && (common_cve || !named_cve || !is_cve(merged.id));
  }

  bool applies(const Statement& statement, const Named& seen, const Vulnerability& told) const {
    const std::string& range = statement.fact->versions;
    if (statement.parts.empty() && covers(statement.product, range, seen).value_or(false)) return true;
    const auto about = [&](const ScanReport* report) {
      return report->origin.artifact == told.origin.artifact && report->tool == told.tool;
    };
    if (std::ranges::none_of(statement.reports, about)) return false;
    return statement.parts.empty() || std::ranges::any_of(statement.parts, [&](const Named& part) {
             return covers(part, "", seen).value_or(false);
           });
  }

  // Of each author the newest; what does not say when it was written counts always.
  static std::vector<const VexStatement*> newest(std::vector<const VexStatement*> all) {
    std::map<std::string, Instant> latest;
    for (const VexStatement* s : all) {
      const auto at = parse_instant(s->written);
      if (at) latest[s->author] = std::max(latest.try_emplace(s->author, *at).first->second, *at);
    }
    std::erase_if(all, [&](const VexStatement* s) {
      const auto at = parse_instant(s->written);
      return at && *at < latest.at(s->author);
    });
    return all;
  }

  VexAnswer judge(const MergedVulnerability& merged, const std::set<std::size_t>& candidates) {
    bool everywhere = true, contradicted = false;
    std::string clearing, denying, unjustified;
    for (const Vulnerability* told : merged.told) {
      Named seen = named(told->package);
      seen.key = package_key(*told);
      if (!seen.key.is_purl || seen.key.version.empty()) seen.key = merged.package;
      std::vector<const VexStatement*> applied;
      for (const std::size_t index : candidates) {
        Statement& statement = statements_[index];
        if (!same_flaw(statement, merged) || !applies(statement, seen, *told)) continue;
        statement.used = true;
        applied.push_back(statement.fact);
      }
      bool cleared = false, denied = false;
      for (const VexStatement* s : newest(std::move(applied))) {
        if (clears(*s)) cleared = true, clearing = in_words(*s);
        if (s->status == VexStatus::affected) denied = true, denying = in_words(*s);
        if (s->status == VexStatus::not_affected && s->justification.empty()) unjustified = in_words(*s);
      }
      contradicted |= cleared && denied;
      everywhere &= cleared && !denied;
    }
    if (contradicted) return {VexEffect::contradicted, clearing + ", and " + denying};
    if (!clearing.empty() && reachability_of(merged) == Reachability::reachable)
      return {VexEffect::contradicted, clearing + ", and the scanner saw that the code is reached"};
    if (everywhere) return {VexEffect::cleared, clearing};
    if (!clearing.empty()) return {VexEffect::none, clearing + ", which does not cover every report of it"};
    if (!unjustified.empty()) return {VexEffect::none, unjustified + " without a justification"};
    return {};
  }

  std::vector<const ScanReport*> reports_;
  std::map<std::string, std::string> roots_;  // what an inventory is about, by file
  std::vector<Statement> statements_;
  std::vector<std::tuple<std::string, std::string, std::size_t>> by_id_;  // id, package; "": any of a known product
};

}  // namespace

VexAnswers apply_vex(const Merged& merged, const FactSet& facts) {
  VexAnswers out;
  Vex vex(facts);
  for (const MergedVulnerability& each : merged.vulnerabilities)
    out.answers.push_back(is_malicious(each) ? VexAnswer{} : vex.answer(each));
  out.unused = vex.unused();
  return out;
}

std::string why_unused(const VexStatement& statement) {
  if (usual_id(statement.vulnerability).empty() && statement.aliases.empty()) return "it names no vulnerability";
  const PackageKey product = package_key(statement.product, "");
  if (statement.subcomponents.empty() && statement.versions.empty() && product.version.empty() &&
      statement.digests.empty())
    return "its product has no version";
  return "no report tells of that";
}

}  // namespace gate::rules
