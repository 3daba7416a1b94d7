#include "gate/policy/load.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <exception>
#include <set>
#include <vector>

#include "gate/crypto/digest.h"
#include "gate/policy/draft.h"
#include "gate/policy/params.h"

namespace gate::policy {
namespace {

constexpr std::int64_t version = 1;
constexpr std::size_t most_depth = 8;  // of extends
constexpr std::size_t most_files = 64;

struct Reference {
  std::string name;  // of an embedded policy, or a path
  bool embedded = false;
  auto operator<=>(const Reference&) const = default;
};

// Without "." and empty segments; "a/.." goes, ".." stays where it leaves the start.
std::string normal(std::string_view path) {
  std::vector<std::string_view> segments;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view segment = path.substr(start, end - start);
    start = end + 1;
    if (segment == ".." && !segments.empty() && segments.back() != "..") {
      segments.pop_back();
    } else if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
  }
  return fmt::format("{}{}", path.starts_with('/') ? "/" : "", fmt::join(segments, "/"));
}

bool leaves_project(const std::string& path) {
  return path.starts_with('/') || path == ".." || path.starts_with("../");
}

bool is_path(std::string_view text) {
  return text.find('/') != std::string_view::npos || text.ends_with(".yaml") || text.ends_with(".yml");
}

class Loader {
 public:
  explicit Loader(const Sources& sources) : sources_(sources) {}

  Loaded load(const std::string& name_or_path) {
    visit({name_or_path, sources_.embedded_policy(name_or_path) != nullptr}, {name_or_path, 0, 0});
    Policy policy = finish();
    if (!complaints_.empty()) return complaints_.take();
    return policy;
  }

 private:
  // A file after all that it extends; once, however many extend it.
  void visit(const Reference& reference, const Position& from) {
    const Reference key{reference.embedded ? reference.name : normal(reference.name), reference.embedded};
    if (std::find(path_.begin(), path_.end(), key) != path_.end()) {
      return complaints_.add(from, fmt::format("{} extends itself", quote(reference.name)));
    }
    if (path_.size() > most_depth) return complaints_.add(from, fmt::format("extends more than {} deep", most_depth));
    if (!visited_.insert(key).second) return;
    if (visited_.size() > most_files) return complaints_.add(from, fmt::format("more than {} files", most_files));

    const auto bytes = read(reference);
    if (!bytes) {
      return complaints_.add(from,
                             fmt::format("cannot read {}: {}", quote(reference.name), gate::describe(bytes.error())));
    }
    origins_.push_back({reference.name, crypto::sha256_hex(*bytes), reference.embedded});
    path_.push_back(key);
    if (const auto root = read_yaml(reference.name, *bytes, complaints_)) apply(*root);
    path_.pop_back();
  }

  Result<std::string> read(const Reference& reference) const {
    if (reference.embedded) return std::string(*sources_.embedded_policy(reference.name));
    return sources_.read(reference.name);
  }

  void apply(const Node& root) {
    MapReader file(root, "in the policy", complaints_);
    if (!root.map() || !check_version(file)) return;
    for (const Node& parent : file.list("extends")) extend(parent);
    read_sections(file, sources_, draft_, complaints_);
    file.finish();
  }

  // Another version may mean anything by its keys: nothing else of the file is judged then.
  bool check_version(MapReader& file) {
    const Entry* entry = file.require("gate");
    const auto number = entry ? read_number(entry->value, "gate", complaints_) : std::nullopt;
    if (number && *number != version) {
      complaints_.add(entry->value.at, fmt::format("policy version {}: this gate reads {}", *number, version));
    }
    return number == version;
  }

  void extend(const Node& parent) {
    const auto name = read_text(parent, "extends", complaints_);
    if (!name) return;
    if (!is_path(*name)) {
      if (sources_.embedded_policy(*name)) return visit({*name, true}, parent.at);
      return complaints_.add(parent.at, fmt::format("unknown policy {}", quote(*name)),
                             suggest(*name, sources_.embedded_policy_names));
    }
    const std::string path = normal(*name);
    if (leaves_project(path)) {
      return complaints_.add(parent.at, fmt::format("{} is not below the project's root", quote(*name)));
    }
    visit({path, false}, parent.at);
  }

  Policy finish() {
    Policy policy;
    policy.name = draft_.name;
    if (draft_.max_waiver) policy.max_waiver = std::chrono::floor<std::chrono::days>(*draft_.max_waiver);
    policy.inputs = std::move(draft_.inputs);
    policy.trust = std::move(draft_.trust);
    for (auto& [id, rule] : draft_.rules) policy.rules.push_back(finish_rule(id, rule));
    for (WaiverDraft& draft : draft_.waivers) policy.waivers.push_back(finish_waiver(draft, policy.max_waiver));
    const auto blocks = [](const RuleConfig& rule) { return rule.level == Level::fail; };
    if (complaints_.empty() && std::none_of(policy.rules.begin(), policy.rules.end(), blocks)) {
      const Position whole{origins_.front().name, 0, 0};
      complaints_.add(draft_.rules_at.line > 0 ? draft_.rules_at : whole,
                      "no rule is at level fail: this policy can stop nothing");
    }
    policy.sources = std::move(origins_);
    return policy;
  }

  RuleConfig finish_rule(const std::string& id, RuleDraft& draft) {
    RuleConfig rule;
    rule.id = id;
    rule.level = draft.level.value_or(Level::fail);
    rule.paths = draft.paths.value_or(PathFilter{});
    rule.effective_on = draft.effective_on;
    rule.allow_in_code = draft.allow_in_code.value_or(false);
    rule.expect_none = draft.expect_none.value_or(false);
    rule.at = draft.at;
    const RuleSpec& spec = *sources_.spec(id);
    for (const ParamSpec& param : spec.params) draft.params.emplace(param.name, param.fallback);
    for (const ParamSpec& param : spec.params) {
      if (!param.lists.empty()) merge_lists(param, *draft.params.at(param.lists).list(), draft.params.at(param.name));
    }
    rule.params = Params(std::move(draft.params));
    return rule;
  }

  // The lists' entries first, in the order of the lists; each name once. The policy's own entries replace a list's.
  void merge_lists(const ParamSpec& param, const List& lists, Value& own) {
    std::set<std::string> taken;
    for (const Value& record : *own.list()) taken.insert(identity(record, param));
    List merged;
    for (const Value& list : lists) {
      for (Value& record : read_embedded_list(*list.text(), param)) {
        if (taken.insert(identity(record, param)).second) merged.push_back(std::move(record));
      }
    }
    merged.insert(merged.end(), own.list()->begin(), own.list()->end());
    own.data = std::move(merged);
  }

  List read_embedded_list(const std::string& name, const ParamSpec& param) {
    const std::string_view* bytes = sources_.embedded_list(name);
    if (!bytes) return {};  // has its complaint
    const std::string file = "lists/" + name;
    if (lists_.insert(name).second) origins_.push_back({file, crypto::sha256_hex(*bytes), true});
    const auto root = read_yaml(file, *bytes, complaints_);
    if (!root) return {};
    MapReader map(*root, "in a list", complaints_);
    if (const auto stated = map.text("list"); stated && *stated != name) {
      complaints_.add(root->at, fmt::format("list {} calls itself {}", quote(name), quote(*stated)));
    }
    if (const Entry* title = map.require("title")) (void)read_bilingual_or_text(title->value, "title", complaints_);
    const Entry* entries = map.require("entries");
    auto records = entries ? read_param(entries->value, param, complaints_) : std::nullopt;
    map.finish();
    return records ? std::get<List>(std::move(records->data)) : List{};
  }

  Waiver finish_waiver(WaiverDraft& draft, std::chrono::days limit) {
    const Date today = std::chrono::floor<std::chrono::days>(sources_.now);
    if (draft.waiver.expires > today + limit) {
      complaints_.add(draft.expires_at,
                      fmt::format("expires {}, more than {} days ahead", format(draft.waiver.expires), limit.count()),
                      fmt::format("at the latest {}", format(today + limit)));
    }
    return std::move(draft.waiver);
  }

  const Sources& sources_;
  Complaints complaints_;
  Draft draft_;
  std::vector<PolicySource> origins_;
  std::vector<Reference> path_;  // from the outermost file to the one that is read
  std::set<Reference> visited_;
  std::set<std::string> lists_;
};

}  // namespace

Loaded load(const std::string& name_or_path, const Sources& sources) {
  try {
    return Loader(sources).load(name_or_path);
  } catch (const std::exception& error) {
    return std::vector<Complaint>{{{name_or_path, 0, 0}, fmt::format("internal error: {}", error.what()), {}, {}}};
  }
}

}  // namespace gate::policy
