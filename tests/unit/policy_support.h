// A project of policy files in memory, with the specs of four real rules and small lists. Rules that come later do not
// change what a user is told here.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <variant>

#include "gate/core/embedded.h"
#include "gate/policy/load.h"
#include "rules/rules.h"

namespace gate::test {

inline const std::vector<RuleSpec>& rule_specs() {
  static const std::vector<RuleSpec> specs = [] {
    std::vector<RuleSpec> parsed;
    constexpr std::array chosen{
        "code/banned-function",    "provenance/self-contradiction", "provenance/untrusted-builder",
        "sca/known-vulnerability", "signing/expired-key",           "signing/unsigned-commit",
        "signing/unsigned-tag",    "signing/untrusted-signer",      "signing/weak-algorithm"};
    for (const Rule& rule : rules::all()) {
      if (std::find(chosen.begin(), chosen.end(), rule.id) == chosen.end()) continue;
      auto spec = policy::parse_spec(rule.id, rule.spec);
      if (spec) parsed.push_back(std::move(*spec));
    }
    return parsed;
  }();
  return specs;
}

struct PolicyProject {
  std::map<std::string, std::string> files;
  std::map<std::string, std::string_view, std::less<>> policies,
      lists{
          {"c-unsafe",
           "list: c-unsafe\ntitle: C\nentries:\n- {name: gets, instead: fgets, cwe: 242}\n- {name: strcpy, cwe: "
           "120}\n"},
          {"cpp-unsafe",
           "list: cpp-unsafe\ntitle: {en: C++, ja: C++}\nentries:\n- {name: std::random_shuffle}\n- {name: strcpy}\n"}};
  Instant now = *parse_instant("2026-11-23T09:00:00Z");

  PolicyProject() {
    for (const EmbeddedFile& file : embedded_policies()) {
      for (const char* name : {"default", "strict"}) {
        if (file.name == "policies/" + std::string(name) + ".yaml") policies.emplace(name, file.bytes);
      }
      // Those that `strict` takes beside the small ones.
      for (const char* name : {"format-string", "process", "race-prone", "tls-off", "weak-crypto", "wrong-size"}) {
        if (file.name == "policies/lists/" + std::string(name) + ".yaml") lists.emplace(name, file.bytes);
      }
    }
  }

  policy::Sources sources() const {
    const auto find = [](const auto& map) {
      return [&map](std::string_view name) {
        const auto found = map.find(name);
        return found == map.end() ? nullptr : &found->second;
      };
    };
    const auto names = [](const auto& map) {
      std::vector<std::string> keys;
      for (const auto& [key, value] : map) keys.push_back(key);
      return keys;
    };
    policy::Sources sources;
    sources.read = [this](const std::string& path) -> Result<std::string> {
      const auto found = files.find(path);
      if (found == files.end()) return Error{Errc::not_found, "no such file", {path, {}, {}}};
      return found->second;
    };
    sources.embedded_policy = find(policies);
    sources.embedded_list = find(lists);
    sources.embedded_policy_names = names(policies);
    sources.embedded_list_names = names(lists);
    sources.spec = [](std::string_view id) -> const RuleSpec* {
      const auto found = std::ranges::find(rule_specs(), id, &RuleSpec::id);
      return found == rule_specs().end() ? nullptr : &*found;
    };
    for (const RuleSpec& spec : rule_specs()) sources.rule_ids.push_back(spec.id);
    sources.formats = {"cyclonedx", "grype", "osv-scanner", "trivy"};
    sources.attestation_formats = {"dsse", "sigstore-bundle"};
    sources.now = now;
    return sources;
  }

  policy::Loaded load(const std::string& name_or_path) const { return policy::load(name_or_path, sources()); }
};

// All complaints as a user reads them; empty for a good policy.
inline std::string complaints(const policy::Loaded& loaded) {
  std::string text;
  if (const auto* list = std::get_if<std::vector<policy::Complaint>>(&loaded)) {
    for (const auto& complaint : *list) text += policy::describe(complaint) + "\n";
  }
  return text;
}

}  // namespace gate::test
