#include "gate/app/catalogue.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "adapters/attest/attest.h"
#include "adapters/formats/formats.h"
#include "gate/core/embedded.h"
#include "rules/rules.h"

namespace gate::app {
namespace {

[[noreturn]] void defect(const Error& error) {
  std::fprintf(stderr, "gate: internal error in embedded data: %s\n", describe(error).c_str());
  std::abort();
}

constexpr std::string_view suffix = ".yaml";

// "policies/lists/c-unsafe.yaml" → "c-unsafe", for the files right inside `folder`.
std::vector<std::pair<std::string, const std::string_view*>> embedded_in(std::string_view folder) {
  std::vector<std::pair<std::string, const std::string_view*>> found;
  for (const EmbeddedFile& file : embedded_policies()) {
    if (!file.name.starts_with(folder) || !file.name.ends_with(suffix)) continue;
    const std::string_view stem = file.name.substr(folder.size(), file.name.size() - folder.size() - suffix.size());
    if (stem.find('/') == std::string_view::npos) found.emplace_back(stem, &file.bytes);
  }
  return found;
}

constexpr std::string_view policies = "policies/", frameworks_folder = "policies/frameworks/",
                           trust_folder = "policies/trust/";
// What a policy calls a list: banned functions, fields of SBOMs, decision tables.
constexpr std::string_view list_folders[] = {"policies/lists/", "policies/profiles/", "policies/ssvc/"};

const std::string_view* find(std::string_view folder, std::string_view wanted) {
  for (const auto& [name, bytes] : embedded_in(folder)) {
    if (name == wanted) return bytes;
  }
  return nullptr;
}

std::vector<std::string> names(std::string_view folder) {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : embedded_in(folder)) names.push_back(name);
  return names;
}

}  // namespace

// Parsed when it is asked for: a run concerns few of the rules.
const RuleSpec* spec(std::string_view id) {
  static std::map<std::string_view, RuleSpec> parsed;
  if (const auto known = parsed.find(id); known != parsed.end()) return &known->second;
  const auto rule = std::ranges::find(rules::all(), id, &Rule::id);
  if (rule == rules::all().end()) return nullptr;
  auto spec = policy::parse_spec(rule->id, rule->spec);
  if (!spec) defect(spec.error());
  return &parsed.emplace(rule->id, std::move(*spec)).first->second;
}

const std::vector<RuleSpec>& specs() {
  static const std::vector<RuleSpec> specs = [] {
    std::vector<RuleSpec> all;
    for (const Rule& rule : rules::all()) all.push_back(*spec(rule.id));
    return all;
  }();
  return specs;
}

const std::vector<Framework>& frameworks() {
  static const std::vector<Framework> frameworks = [] {
    std::vector<Framework> parsed;
    for (const auto& [name, bytes] : embedded_in(frameworks_folder)) {
      auto framework = policy::parse_framework(std::string(frameworks_folder) + name + std::string(suffix), *bytes);
      if (!framework) defect(framework.error());
      parsed.push_back(std::move(*framework));
    }
    return parsed;
  }();
  return frameworks;
}

std::vector<std::string> trust_root_names() { return names(trust_folder); }

const std::string_view* trust_root_source(std::string_view name) { return find(trust_folder, name); }

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats::all()) names.emplace_back(format.name);
  return names;
}

std::vector<std::string> list_names() {
  std::vector<std::string> all;
  for (const std::string_view folder : list_folders) {
    for (std::string& name : names(folder)) all.push_back(std::move(name));
  }
  return all;
}

policy::Sources policy_sources(std::function<Result<std::string>(const std::string&)> read, Instant now) {
  policy::Sources sources;
  sources.read = std::move(read);
  sources.embedded_policy = [](std::string_view name) { return find(policies, name); };
  sources.embedded_list = [](std::string_view name) -> const std::string_view* {
    for (const std::string_view folder : list_folders) {
      if (const auto* list = find(folder, name)) return list;
    }
    return nullptr;
  };
  sources.embedded_policy_names = names(policies);
  sources.embedded_list_names = list_names();
  sources.spec = spec;
  for (const Rule& rule : rules::all()) sources.rule_ids.emplace_back(rule.id);
  sources.formats = format_names();
  sources.attestation_formats = attest::formats();
  sources.now = now;
  return sources;
}

std::vector<model::Ban> usual_bans() {
  const auto nothing = [](const std::string&) -> Result<std::string> { return Error{Errc::not_found, {}, {}}; };
  const auto loaded = policy::load("default", policy_sources(nothing, Instant{}));
  const auto* policy = std::get_if<Policy>(&loaded);
  if (!policy) defect({Errc::internal, policy::describe(std::get<1>(loaded).front()), {}});
  const auto rule = std::ranges::find(policy->rules, "code/banned-function", &RuleConfig::id);
  if (rule == policy->rules.end()) defect({Errc::internal, "the default policy bans nothing", {}});
  std::vector<model::Ban> bans;
  for (const Value& record : rule->params.records("ban")) {
    auto ban = model::ban_from(record);
    if (!ban) defect(ban.error());
    bans.push_back(std::move(*ban));
  }
  std::sort(bans.begin(), bans.end());
  return bans;
}

}  // namespace gate::app
