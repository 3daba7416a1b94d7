// SARIF 2.1.0 of any tool (OASIS, sarif-v2.1.0-os). Section numbers are the standard's. SARIF has results and no
// vulnerabilities: ids and packages are taken from where the scanners that gate knows write them (sarif_package.cpp).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "adapters/formats/flaw.h"
#include "adapters/formats/sarif_package.h"
#include "gate/model/cvss.h"
#include "gate/model/severity.h"

namespace gate::formats {
namespace {

using json::View;

// The schema allows no other members, so that a misspelt one is seen.
constexpr std::array<std::string_view, 5> log_members{"$schema", "inlineExternalProperties", "properties", "runs",
                                                      "version"};
constexpr std::array<std::string_view, 28> run_members{"addresses",
                                                       "artifacts",
                                                       "automationDetails",
                                                       "baselineGuid",
                                                       "columnKind",
                                                       "conversion",
                                                       "defaultEncoding",
                                                       "defaultSourceLanguage",
                                                       "externalPropertyFileReferences",
                                                       "graphs",
                                                       "invocations",
                                                       "language",
                                                       "logicalLocations",
                                                       "newlineSequences",
                                                       "originalUriBaseIds",
                                                       "policies",
                                                       "properties",
                                                       "redactionTokens",
                                                       "results",
                                                       "runAggregates",
                                                       "specialLocations",
                                                       "taxonomies",
                                                       "threadFlowLocations",
                                                       "tool",
                                                       "translations",
                                                       "versionControlProvenance",
                                                       "webRequests",
                                                       "webResponses"};
constexpr std::array<std::string_view, 30> result_members{"analysisTarget",
                                                          "attachments",
                                                          "baselineState",
                                                          "codeFlows",
                                                          "correlationGuid",
                                                          "fingerprints",
                                                          "fixes",
                                                          "graphTraversals",
                                                          "graphs",
                                                          "guid",
                                                          "hostedViewerUri",
                                                          "kind",
                                                          "level",
                                                          "locations",
                                                          "message",
                                                          "occurrenceCount",
                                                          "partialFingerprints",
                                                          "properties",
                                                          "provenance",
                                                          "rank",
                                                          "relatedLocations",
                                                          "rule",
                                                          "ruleId",
                                                          "ruleIndex",
                                                          "stacks",
                                                          "suppressions",
                                                          "taxa",
                                                          "webRequest",
                                                          "webResponse",
                                                          "workItemUris"};
constexpr std::array<std::string_view, 14> rule_members{"defaultConfiguration",
                                                        "deprecatedGuids",
                                                        "deprecatedIds",
                                                        "deprecatedNames",
                                                        "fullDescription",
                                                        "guid",
                                                        "help",
                                                        "helpUri",
                                                        "id",
                                                        "messageStrings",
                                                        "name",
                                                        "properties",
                                                        "relationships",
                                                        "shortDescription"};
constexpr std::array<std::string_view, 26> invocation_members{"account",
                                                              "arguments",
                                                              "commandLine",
                                                              "endTimeUtc",
                                                              "environmentVariables",
                                                              "executableLocation",
                                                              "executionSuccessful",
                                                              "exitCode",
                                                              "exitCodeDescription",
                                                              "exitSignalName",
                                                              "exitSignalNumber",
                                                              "machine",
                                                              "notificationConfigurationOverrides",
                                                              "processId",
                                                              "processStartFailureMessage",
                                                              "properties",
                                                              "responseFiles",
                                                              "ruleConfigurationOverrides",
                                                              "startTimeUtc",
                                                              "stderr",
                                                              "stdin",
                                                              "stdout",
                                                              "stdoutStderr",
                                                              "toolConfigurationNotifications",
                                                              "toolExecutionNotifications",
                                                              "workingDirectory"};
constexpr std::array<std::string_view, 28> component_members{"associatedComponent",
                                                             "contents",
                                                             "dottedQuadFileVersion",
                                                             "downloadUri",
                                                             "fullDescription",
                                                             "fullName",
                                                             "globalMessageStrings",
                                                             "guid",
                                                             "informationUri",
                                                             "isComprehensive",
                                                             "language",
                                                             "localizedDataSemanticVersion",
                                                             "locations",
                                                             "minimumRequiredLocalizedDataSemanticVersion",
                                                             "name",
                                                             "notifications",
                                                             "organization",
                                                             "product",
                                                             "productSuite",
                                                             "properties",
                                                             "releaseDateUtc",
                                                             "rules",
                                                             "semanticVersion",
                                                             "shortDescription",
                                                             "supportedTaxonomies",
                                                             "taxa",
                                                             "translationMetadata",
                                                             "version"};
constexpr std::array<std::string_view, 3> tool_members{"driver", "extensions", "properties"};
constexpr std::array<std::string_view, 5> rule_reference_members{"guid", "id", "index", "properties", "toolComponent"};
constexpr std::array<std::string_view, 4> component_reference_members{"guid", "index", "name", "properties"};
constexpr std::array<std::string_view, 3> override_members{"configuration", "descriptor", "properties"};
constexpr std::array<std::string_view, 5> configuration_members{"enabled", "level", "parameters", "properties", "rank"};
static_assert(std::ranges::is_sorted(run_members) && std::ranges::is_sorted(result_members));
static_assert(std::ranges::is_sorted(rule_members) && std::ranges::is_sorted(invocation_members));
static_assert(std::ranges::is_sorted(component_members));

std::optional<View> descend(const View& from, std::initializer_list<std::string_view> keys) {
  std::optional<View> at = from;
  for (const std::string_view key : keys) {
    if (at) at = at->find(key);
  }
  return at;
}

std::string text_at(const View& from, std::initializer_list<std::string_view> keys) {
  const auto found = descend(from, keys);
  const std::string* text = found ? found->value().text() : nullptr;
  return text ? *text : std::string();
}

class Run {
 public:
  Run(Reading& reading, const View& run) : reading_(reading), run_(run) {}

  void read() {
    reading_.only(run_, run_members);
    report_.tool = "SARIF";
    if (const auto tool = reading_.object(run_, "tool")) read_tool(*tool);
    for (const View& artifact : reading_.optional_list(run_, "artifacts")) {
      artifacts_.push_back(text_at(artifact, {"location", "uri"}));
    }
    for (const View& invocation : reading_.optional_list(run_, "invocations")) read_invocation(invocation);
    read_subject();
    const auto elsewhere = reading_.optional_object(run_, "externalPropertyFileReferences");
    if (elsewhere && (elsewhere->has("results") || elsewhere->has("driver") || elsewhere->has("invocations"))) {
      reading_.note(Errc::incomplete, *elsewhere, "a part of the run stands in other files, which are not read");
    }
    read_results();
    reading_.add(std::move(report_), run_);
  }

 private:
  void read_tool(const View& tool) {
    reading_.only(tool, tool_members);
    const auto driver = reading_.object(tool, "driver");
    if (!driver) return;
    report_.tool = reading_.text(*driver, "name");
    report_.tool_version = reading_.optional_text(*driver, "semanticVersion");
    if (report_.tool_version.empty()) report_.tool_version = reading_.optional_text(*driver, "version");
    read_rules(*driver);
    for (const View& extension : reading_.optional_list(tool, "extensions")) read_rules(extension);
  }

  void read_rules(const View& component) {
    reading_.only(component, component_members);
    auto& rules = rules_.emplace_back();
    for (const View& rule : reading_.optional_list(component, "rules")) {
      reading_.only(rule, rule_members);
      rules.push_back(rule);
      by_id_.emplace(reading_.text(rule, "id"), rule);
    }
  }

  // 3.20: a run that says that it failed has looked at a part, whatever it lists.
  void read_invocation(const View& invocation) {
    reading_.only(invocation, invocation_members);
    const auto success = invocation.find("executionSuccessful");
    const bool* answer = success ? success->value().boolean() : nullptr;
    if (!answer) reading_.note(Errc::malformed, invocation, "does not say whether the run succeeded");
    if (answer && !*answer) {
      report_.end = ScanEnd::failed;
      reading_.note(Errc::tool_failed, invocation, report_.tool + " says that its run failed");
    } else if (answer && report_.end == ScanEnd::unknown) {
      report_.end = ScanEnd::complete;
    }
    for (const std::string_view key : {"toolExecutionNotifications", "toolConfigurationNotifications"}) {
      for (const View& notification : reading_.optional_list(invocation, key)) read_notification(notification);
    }
    for (const View& entry : reading_.optional_list(invocation, "ruleConfigurationOverrides")) read_override(entry);
    for (const std::string_view key : {"startTimeUtc", "endTimeUtc"}) {
      if (std::string time = reading_.optional_time(invocation, key); time > report_.created)
        report_.created = std::move(time);
    }
  }

  void read_notification(const View& notification) {
    if (reading_.optional_text(notification, "level") != "error") return;
    if (report_.end != ScanEnd::failed) report_.end = ScanEnd::partial;
    reading_.note(Errc::tool_failed, notification,
                  report_.tool + " says: " + quoted(text_at(notification, {"message", "text"})));
  }

  // 3.51.2, 3.52: by id, or by place in the driver's rules.
  void read_override(const View& entry) {
    reading_.only(entry, override_members);
    std::string id = text_at(entry, {"descriptor", "id"});
    const auto index = descend(entry, {"descriptor", "index"});
    if (const auto rule = index ? rule_at(0, index->value().integer()) : std::nullopt; id.empty() && rule) {
      id = text_at(*rule, {"id"});
    }
    const auto configuration = reading_.object(entry, "configuration");
    if (!configuration) return;
    if (id.empty()) return reading_.note(Errc::malformed, entry, "overrides a rule that is not named");
    reading_.only(*configuration, configuration_members);
    if (std::string level = reading_.optional_text(*configuration, "level"); !level.empty())
      overrides_[id] = std::move(level);
  }

  // Trivy's. Others have no place for it but those of their results.
  void read_subject() {
    const auto properties = reading_.optional_object(run_, "properties");
    if (!properties) return;
    report_.subject = text_at(*properties, {"imageName"});
    std::vector<std::string> digests;
    const auto listed = properties->elements_or_none("repoDigests");
    if (!listed) return;
    for (const View& digest : *listed) {
      if (const std::string* text = digest.value().text()) digests.push_back(*text);
    }
    report_.subject_digests = digests_of(digests);
  }

  void read_results() {
    // 3.14.23: absent or null where the run did not get as far as to have results.
    const auto results = run_.elements("results");
    if (!results) return reading_.note(Errc::incomplete, run_, "a run without a list of results");
    report_.examined = 1;
    std::optional<std::string> image;
    for (const View& result : *results) {
      if (reading_.is_full()) return;
      read_result(result);
      std::string place = image_of(result);
      if (image && *image != place) place.clear();  // they are in more than one, or one is nowhere
      image = std::move(place);
    }
    if (!image || image->empty() || !report_.subject.empty()) return;
    report_.subject_digests = digests_of({*image});
    report_.subject = std::move(*image);
  }

  // Empty where its places are in none, or in more than one.
  std::string image_of(const View& result) {
    std::set<std::string> images;
    for (const View& location : reading_.optional_list(result, "locations")) {
      images.insert(image_in(text_at(location, {"physicalLocation", "artifactLocation", "uri"})));
      for (const View& logical : reading_.optional_list(location, "logicalLocations"))
        images.insert(image_in(text_at(logical, {"fullyQualifiedName"})));
    }
    images.erase("");
    return images.size() == 1 ? *images.begin() : std::string();
  }

  std::optional<View> rule_at(std::size_t component, const std::int64_t* index) const {
    if (!index || *index < 0 || component >= rules_.size()) return std::nullopt;
    const auto& rules = rules_[component];
    return static_cast<std::size_t>(*index) < rules.size() ? std::optional(rules[static_cast<std::size_t>(*index)])
                                                           : std::nullopt;
  }

  void check_references(const View& result) {
    const auto rule = reading_.optional_object(result, "rule");
    if (!rule) return;
    reading_.only(*rule, rule_reference_members);
    const auto component = reading_.optional_object(*rule, "toolComponent");
    if (component) reading_.only(*component, component_reference_members);
  }

  // 3.27.5 to 3.27.7, 3.52.4: an id may have the rule's as its beginning, up to a slash.
  std::optional<View> rule_of(const View& result, const std::string& id) const {
    const auto component = descend(result, {"rule", "toolComponent", "index"});
    const std::int64_t* number = component ? component->value().integer() : nullptr;
    const std::size_t at = number && *number >= 0 ? static_cast<std::size_t>(*number) + 1 : 0;
    for (const auto& index : {descend(result, {"rule", "index"}), result.find("ruleIndex")}) {
      if (auto rule = index ? rule_at(at, index->value().integer()) : std::nullopt) return rule;
    }
    for (std::string name = id; !name.empty();
         name.erase(name.find_last_of('/') == std::string::npos ? 0 : name.rfind('/'))) {
      if (const auto found = by_id_.find(name); found != by_id_.end()) return found->second;
    }
    return std::nullopt;
  }

  // 3.27.10: the result's own, the override's, the rule's, or "warning". Other kinds than "fail" have none.
  std::string level_of(const View& result, const std::optional<View>& rule, const std::string& id) {
    if (std::string own = reading_.optional_text(result, "level"); !own.empty()) return own;
    if (const auto found = overrides_.find(id); found != overrides_.end()) return found->second;
    const auto configuration = rule ? reading_.optional_object(*rule, "defaultConfiguration") : std::nullopt;
    if (!configuration) return "warning";
    reading_.only(*configuration, configuration_members);
    const std::string level = reading_.optional_text(*configuration, "level");
    return level.empty() ? "warning" : level;
  }

  Severity severity_of(const View& result, const std::string& level) {
    if (level == "error") return Severity::high;
    if (level == "warning") return Severity::medium;
    if (level == "note") return Severity::low;
    if (level == "none") return Severity::none;
    reading_.note(Errc::malformed, result, "a level that the standard does not have: " + quoted(level));
    return Severity::unknown;
  }

  // A score or a word in the properties, as GitHub asks for it. Scanners write 0 for what they have no score of.
  void read_severity(const View& result, const std::optional<View>& rule, const std::string& level,
                     Vulnerability& fact) {
    fact.severity = severity_of(result, level);
    fact.severity_source = report_.tool;
    rate(reading_, result, fact, {.source = report_.tool, .method = "level", .vector = {}, .severity = fact.severity});
    for (const auto& holder : {std::optional(result), rule}) {
      const auto member = holder ? descend(*holder, {"properties", "security-severity"}) : std::nullopt;
      if (!member) continue;
      const std::string* text = member->value().text();
      if (const auto word = text ? model::severity_from_word(*text) : std::nullopt) {
        fact.severity = *word;
        return;
      }
      const auto score =
          text ? model::parse_score(*text) : model::score_in_tenths(member->value().number().value_or(-1));
      if (!score) return reading_.note(Errc::malformed, *member, "no score from 0 to 10");
      fact.severity = *score == 0 ? Severity::unknown : model::severity_of_score(*score);
      if (*score == 0) return;
      fact.score = fmt::format("{}.{}", *score / 10, *score % 10);
      rate(reading_, *member, fact, {.source = report_.tool, .method = "security-severity", .vector = {}}, score);
      return;
    }
  }

  // 3.27.23, 3.35.3: one that is under review or rejected leaves the result as it is.
  std::string why_suppressed(const View& result) {
    std::string why;
    for (const View& suppression : reading_.optional_list(result, "suppressions")) {
      const std::string status = reading_.optional_text(suppression, "status");
      if (!status.empty() && status != "accepted") return {};
      const std::string justification = reading_.optional_text(suppression, "justification");
      if (why.empty()) why = justification.empty() ? reading_.text(suppression, "kind") : justification;
    }
    return why;
  }

  std::string place_of(const View& result) {
    for (const View& location : reading_.optional_list(result, "locations")) {
      const auto artifact = descend(location, {"physicalLocation", "artifactLocation"});
      if (!artifact) continue;
      if (std::string uri = text_at(*artifact, {"uri"}); !uri.empty()) return uri;
      const auto index = artifact->find("index");
      const std::int64_t* number = index ? index->value().integer() : nullptr;
      if (number && *number >= 0 && static_cast<std::size_t>(*number) < artifacts_.size()) {
        return artifacts_[static_cast<std::size_t>(*number)];
      }
    }
    return {};
  }

  void read_result(const View& result) {
    reading_.only(result, result_members);
    // 3.27.9, 3.27.24: what was fine, and what is there no longer.
    const std::string kind = reading_.optional_text(result, "kind");
    if (kind == "pass" || kind == "notApplicable") return;
    if (reading_.optional_text(result, "baselineState") == "absent") return;
    std::string id = reading_.optional_text(result, "ruleId");
    if (id.empty()) id = text_at(result, {"rule", "id"});
    check_references(result);
    const auto rule = rule_of(result, id);
    if (!rule && result.has("ruleIndex"))
      reading_.note(Errc::malformed, result, "its rule is not in the list of rules");
    if (id.empty() && rule) id = text_at(*rule, {"id"});
    if (id.empty()) return reading_.note(Errc::malformed, result, "a result of no rule");

    Vulnerability fact;
    const std::string description = rule ? text_at(*rule, {"fullDescription", "text"}) : "";
    const auto tags = rule ? tags_of(*rule) : std::vector<std::string>{};
    read_ids(id, description, tags, fact);
    fact.file = place_of(result);
    const ScannedPackage package = scanned_package(text_at(result, {"message", "text"}),
                                                   rule ? text_at(*rule, {"help", "text"}) : "", description, tags);
    fact.package = package.name.empty() ? fact.file : label("", package.name, package.version);
    fact.version = package.version;
    fact.fixed = package.fixed;
    if (!fact.fixed.empty()) fact.fix = Fix::available;
    if (fact.package.empty()) reading_.note(Errc::incomplete, result, "a result that is nowhere");
    const bool is_open = kind == "open" || kind == "review";
    read_severity(result, rule, kind == "informational" ? "none" : level_of(result, rule, id), fact);
    if (is_open) fact.severity = Severity::unknown;
    fact.suppressed = why_suppressed(result);
    fact.tool = report_.tool;
    add_flaw(reading_, std::move(fact), result);
  }

  std::vector<std::string> tags_of(const View& rule) {
    const auto properties = reading_.optional_object(rule, "properties");
    return properties ? reading_.texts_or_none(*properties, "tags") : std::vector<std::string>{};
  }

  Reading& reading_;
  const View& run_;
  ScanReport report_;
  std::vector<std::vector<View>> rules_;  // the driver's, then each extension's
  std::map<std::string, View> by_id_;
  std::map<std::string, std::string> overrides_;  // level by rule
  std::vector<std::string> artifacts_;
};

}  // namespace

Result<FactBatch> parse_sarif(Document& document) {
  const auto value = parse_object(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  const auto version = root.text("version");
  if (!version) return version.error();
  if (*version != "2.1.0") {
    return root.error(Errc::unsupported_version, "SARIF " + quoted(*version) + ", this gate reads 2.1.0");
  }
  const auto runs = root.elements("runs");
  if (!runs) return runs.error();

  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  reading.only(root, log_members);
  if (runs->empty()) reading.note(Errc::empty, root, "no run");
  for (const View& run : *runs) Run(reading, run).read();
  return std::move(reading).finish();
}

}  // namespace gate::formats
