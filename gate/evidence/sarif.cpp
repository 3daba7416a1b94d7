// SARIF 2.1.0, in full: also what was not checked, what was waived, and what the run could not see.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gate/evidence/shared.h"
#include "gate/json/value.h"

namespace gate::evidence {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::string_view base_id = "SRCROOT";
constexpr std::string_view cwe_prefix = "CWE-";

Value text_of(std::string_view text) { return {{"text", text}}; }

// RFC 3986, section 3.3; ':' as well, which a relative path may not have in its first segment.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view plain = "-._~/@+,=";
  std::string out;
  for (const char c : path) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (alphanumeric || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

Value artifact_location(std::string_view path) {
  if (path.starts_with('/')) return {{"uri", "file://" + percent_encoded(path)}};
  return {{"uri", percent_encoded(path)}, {"uriBaseId", base_id}};
}

// The place is one byte wide: where it ends is not known, and some readers want all four numbers.
Value region(const Location& at) {
  Value object{{"startLine", at.line}, {"endLine", at.line}};
  if (at.column > 0) {
    object["startColumn"] = at.column;
    object["endColumn"] = at.column + 1;
  }
  return object;
}

// A finding that is in no source file is placed in the input that tells it.
Array locations(const Finding& finding) {
  Value location;
  const bool in_source = !finding.at.file.empty();
  const std::string& path = in_source ? finding.at.file : finding.origin.artifact;
  if (!path.empty()) location["physicalLocation"]["artifactLocation"] = artifact_location(path);
  if (in_source && finding.at.line > 0) location["physicalLocation"]["region"] = region(finding.at);
  for (const auto& [key, value] : finding.subject) {
    location["logicalLocations"].push_back({{"kind", key}, {"fullyQualifiedName", value}});
  }
  return location.is_null() ? Array() : Array{std::move(location)};
}

std::vector<std::string> task_ids(const Framework& framework) {
  std::vector<std::string> ids;
  for (const FrameworkPractice& practice : framework.practices) {
    for (const FrameworkTask& task : practice.tasks) ids.push_back(task.id);
  }
  return ids;
}

// The numbers behind "CWE-", each once.
std::set<std::string> cwes(const Finding& finding) {
  std::set<std::string> ids;
  for (const std::string& tag : finding.tags) {
    if (tag.starts_with(cwe_prefix)) ids.insert(tag.substr(cwe_prefix.size()));
  }
  return ids;
}

Finding said(std::string message) {
  Finding finding;
  finding.message = std::move(message);
  return finding;
}

class Run {
 public:
  explicit Run(const Report& report) : report_(report) {
    for (const RuleVerdict& rule : report.verdict.rules) {
      for (const JudgedFinding& judged : rule.against) collect_cwes(judged.finding);
      for (const Finding& finding : rule.to_review) collect_cwes(finding);
    }
  }

  Value write() const {
    Value run{{"tool", {{"driver", driver()}}},
              {"automationDetails", {{"id", "gate/" + percent_encoded(report_.policy.name) + "/"}}},
              {"columnKind", "unicodeCodePoints"},
              {"invocations", Array{invocation()}},
              {"originalUriBaseIds", {{base_id, {{"description", text_of("the root of the project")}}}}},
              {"properties", properties()},
              {"results", results()}};
    if (Array all = taxonomies(); !all.empty()) run["taxonomies"] = std::move(all);
    return run;
  }

 private:
  static std::string_view level(const RuleVerdict& rule) { return rule.blocks ? "error" : "warning"; }

  void collect_cwes(const Finding& finding) { cwes_.merge(cwes(finding)); }

  // Taxonomies: the frameworks in their order, then CWE where a finding names one.
  Value component(std::size_t index) const {
    const bool is_cwe = index == report_.frameworks.size();
    return {{"name", is_cwe ? std::string("CWE") : report_.frameworks[index].id}, {"index", index}};
  }

  Array components() const {
    Array out;
    const std::size_t all = report_.frameworks.size() + (cwes_.empty() ? 0 : 1);
    for (std::size_t i = 0; i < all; ++i) out.push_back(component(i));
    return out;
  }

  Array taxonomies() const {
    Array out;
    for (const Framework& framework : report_.frameworks) {
      Array taxa;
      for (const FrameworkPractice& practice : framework.practices) {
        for (const FrameworkTask& task : practice.tasks) {
          taxa.push_back({{"id", task.id}, {"shortDescription", text_of(task.text.en)}});
        }
      }
      out.push_back({{"name", framework.id},
                     {"fullName", framework.title},
                     {"shortDescription", text_of(framework.source)},
                     {"taxa", std::move(taxa)}});
    }
    if (cwes_.empty()) return out;
    Array taxa;
    for (const std::string& id : cwes_) taxa.push_back({{"id", id}});
    out.push_back({{"name", "CWE"}, {"organization", "MITRE"}, {"taxa", std::move(taxa)}});
    return out;
  }

  Value driver() const {
    Value driver{{"name", "gate"},
                 {"version", report_.tool.version},
                 {"semanticVersion", report_.tool.version},
                 {"rules", rules()},
                 {"properties", {{"sha256", report_.tool.sha256}, {"clang", report_.tool.clang}}}};
    if (Array all = components(); !all.empty()) driver["supportedTaxonomies"] = std::move(all);
    return driver;
  }

  Array rules() const {
    Array out;
    for (const RuleVerdict& rule : report_.verdict.rules) out.push_back(descriptor(rule));
    return out;
  }

  Value descriptor(const RuleVerdict& rule) const {
    Value object{{"id", rule.id},
                 {"defaultConfiguration", {{"level", level(rule)}}},
                 {"properties", {{"outcome", token(rule.outcome)}, {"examined", rule.examined}}}};
    const RuleSpec* spec = find_spec(report_, rule.id);
    if (!spec) return object;
    object["shortDescription"] = text_of(spec->title.en);
    object["fullDescription"] = text_of(spec->why.en);
    object["help"] = text_of(spec->remedy.en);
    for (const std::string& task : spec->ssdf) object["properties"]["tags"].push_back("ssdf/" + task);
    for (std::size_t i = 0; i < report_.frameworks.size(); ++i) {
      for (const std::string& task : task_ids(report_.frameworks[i])) {
        if (std::find(spec->ssdf.begin(), spec->ssdf.end(), task) == spec->ssdf.end()) continue;
        object["relationships"].push_back(
            {{"target", {{"id", task}, {"toolComponent", component(i)}}}, {"kinds", Array{"relevant"}}});
      }
    }
    return object;
  }

  Array results() const {
    Array out;
    const auto& rules = report_.verdict.rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const std::vector<std::string> prints = fingerprints(rules[i]);
      for (std::size_t j = 0; j < rules[i].against.size(); ++j) {
        out.push_back(against(i, rules[i].against[j], prints[j]));
      }
      for (const Finding& finding : rules[i].to_review) out.push_back(result(i, "review", finding));
      if (!rules[i].unseen.empty()) {
        out.push_back(result(i, "open", said("not checked: " + join(rules[i].unseen, "; "))));
      } else if (rules[i].outcome == Outcome::not_applicable) {
        out.push_back(result(i, "notApplicable", said("nothing to examine, as the policy expects")));
      }
    }
    return out;
  }

  Value result(std::size_t rule_index, std::string_view kind, const Finding& finding) const {
    const RuleVerdict& rule = report_.verdict.rules[rule_index];
    Value object{{"ruleId", rule.id},
                 {"ruleIndex", rule_index},
                 {"kind", kind},
                 {"level", kind == "fail" ? level(rule) : "none"},
                 {"message", text_of(finding.message)}};
    if (Array places = locations(finding); !places.empty()) object["locations"] = std::move(places);
    for (const std::string& id : cwes(finding)) {
      object["taxa"].push_back({{"id", id}, {"toolComponent", component(report_.frameworks.size())}});
    }
    return object;
  }

  Value against(std::size_t rule_index, const JudgedFinding& judged, const std::string& print) const {
    Value object = result(rule_index, "fail", judged.finding);
    // GitHub looks at the first name alone.
    object["partialFingerprints"] = {{"primaryLocationLineHash", print}, {"gate/v1", print}};
    object["properties"] = {{"severity", name(judged.finding.severity)}};
    const RuleSpec* spec = find_spec(report_, report_.verdict.rules[rule_index].id);
    if (const auto& text = remedy(judged.finding, spec, "en"); !text.empty()) object["properties"]["remedy"] = text;
    if (judged.waiver) object["suppressions"].push_back(suppression(report_.verdict.waivers[*judged.waiver].waiver));
    return object;
  }

  static Value suppression(const Waiver& waiver) {
    Value object{{"kind", waiver.lines ? "inSource" : "external"},
                 {"status", "accepted"},
                 {"justification", waiver.reason},
                 {"properties", {{"expires", last_day(waiver)}}}};
    if (!waiver.lines) {
      object["properties"]["approvedBy"] = waiver.approved_by;
      object["properties"]["owner"] = waiver.owner;
    }
    if (!waiver.at.file.empty()) {
      Value& place = object["location"]["physicalLocation"];
      place["artifactLocation"] = artifact_location(waiver.at.file);
      if (waiver.at.line > 0) place["region"] = region({waiver.at.file, waiver.at.line, waiver.at.column});
    }
    return object;
  }

  static Value notification(std::string_view level, const std::string& message) {
    return {{"level", level}, {"message", text_of(message)}};
  }

  Value invocation() const {
    const Verdict& verdict = report_.verdict;
    Array unseen, loosened;
    for (std::size_t i = 0; i < verdict.rules.size(); ++i) {
      for (const std::string& line : verdict.rules[i].unseen) {
        Value note = notification(level(verdict.rules[i]), line);
        note["associatedRule"] = {{"id", verdict.rules[i].id}, {"index", i}};
        unseen.push_back(std::move(note));
      }
    }
    for (const std::string& line : other_problems(verdict)) unseen.push_back(notification("warning", line));
    if (judged_nothing(verdict)) unseen.push_back(notification("error", "no rule that blocks judged anything"));
    for (const std::string& line : report_.loosenings) loosened.push_back(notification("warning", line));
    for (const WaiverVerdict* waiver : by_expiry(verdict.waivers)) {
      const Waiver& w = waiver->waiver;
      loosened.push_back(
          notification(waiver->state == WaiverState::used ? "note" : "warning",
                       fmt::format("waiver {}, {} findings, until {}: {} ({}) at {}", name(waiver->state), waiver->used,
                                   last_day(w), w.rule, describe_match(w), describe(w.at)) +
                           (waiver->why.empty() ? "" : ": " + waiver->why)));
    }
    for (const std::string& rule : verdict.off) loosened.push_back(notification("note", "rule switched off: " + rule));
    return {{"executionSuccessful", !is_incomplete(verdict)},
            {"exitCode", exit_status(verdict.decision)},
            {"exitCodeDescription", name(verdict.decision)},
            {"startTimeUtc", format(report_.time)},
            {"endTimeUtc", format(report_.time)},
            {"toolExecutionNotifications", std::move(unseen)},
            {"toolConfigurationNotifications", std::move(loosened)}};
  }

  Value properties() const {
    const Counts counts = count(report_.verdict.rules);
    Value outcomes{{"waived", counts.waived}};
    for (const Outcome outcome : all_outcomes) outcomes[token(outcome)] = counts.of(outcome);
    std::size_t in_favour = 0;
    for (const RuleVerdict& rule : report_.verdict.rules) in_favour += rule.in_favour.size();
    return {{"decision", name(report_.verdict.decision)},
            {"outcomes", std::move(outcomes)},
            {"inFavour", in_favour},
            {"range", report_.range},
            {"policy", {{"name", report_.policy.name}, {"sha256", report_.policy_sha256}}}};
  }

  const Report& report_;
  std::set<std::string> cwes_;
};

}  // namespace

std::string write_sarif(const Report& report) {
  return json::to_pretty_string(
      Value{{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Array{Run(report).write()}}});
}

}  // namespace gate::evidence
