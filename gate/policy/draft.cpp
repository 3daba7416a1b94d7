#include "gate/policy/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gate/policy/params.h"

namespace gate::policy {
namespace {

// Complains about all but the first of those that share what `key` gives.
template <class T, class Key>
void check_distinct(const std::vector<T>& items, std::string_view what, Key key, Complaints& complaints) {
  std::set<std::string> seen;
  for (const T& item : items) {
    if (!seen.insert(key(item)).second)
      complaints.add(item.at, fmt::format("{} {} stands twice", what, quote(key(item))));
  }
}

constexpr std::uint64_t most_report_bytes = std::uint64_t{8} << 30;

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// {program: /PATH, sha256: HEX, arguments: [...], environment: ["NAME=value"], timeout: 10m}
std::optional<ScannerRun> read_run(const Node& node, Complaints& complaints) {
  MapReader map(node, "in run", complaints);
  ScannerRun run;
  const Entry *program_entry = map.require("program"), *sha256_entry = map.require("sha256");
  const auto program = program_entry ? read_text(program_entry->value, "program", complaints) : std::nullopt;
  const auto sha256 = sha256_entry ? read_text(sha256_entry->value, "sha256", complaints) : std::nullopt;
  if (program && !program->starts_with('/'))
    complaints.add(program_entry->value.at, "'program' is an absolute path: what is found by name is anybody's");
  if (sha256 && !is_sha256(*sha256)) complaints.add(sha256_entry->value.at, "'sha256' has 64 digits of lower-case hex");
  for (const auto& [key, texts] :
       {std::pair{"arguments", &run.arguments}, std::pair{"environment", &run.environment}}) {
    if (const Entry* entry = map.find(key))
      *texts = read_texts(entry->value, key, complaints).value_or(std::vector<std::string>{});
  }
  for (const std::string& variable : run.environment) {
    const auto equals = variable.find('=');
    if (equals == 0 || equals == std::string::npos)
      complaints.add(node.at, fmt::format("{} sets no variable", quote(variable)), "write NAME=value");
  }
  if (const Entry* entry = map.find("timeout"))
    run.timeout = read_duration(entry->value, "timeout", complaints).value_or(run.timeout);
  map.finish();
  if (!program || !sha256) return std::nullopt;
  run.program = *program;
  run.sha256 = *sha256;
  return run;
}

std::optional<ReportInput> read_report(const Node& node, const Sources& sources, Complaints& complaints) {
  MapReader map(node, "in a report", complaints);
  ReportInput input;
  input.at = node.at;
  const Entry* format_entry = map.require("format");
  auto format = format_entry ? read_choice(format_entry->value, "format", sources.formats, complaints) : std::nullopt;
  std::optional<std::string> path;
  if (const Entry* run = map.find("run")) {
    input.run = read_run(run->value, complaints);
    if (input.run) path = "";
    if (map.find("path")) complaints.add(node.at, "a report has a path or is made by a run, not both");
  } else {
    path = map.text("path");
  }
  if (const Entry* entry = map.find("max_age")) input.max_age = read_duration(entry->value, "max_age", complaints);
  if (const Entry* entry = map.find("max_size"))
    input.max_size = read_size(entry->value, "max_size", most_report_bytes, complaints);
  if (const Entry* entry = map.find("of"))
    input.of_base = read_choice(entry->value, "of", {"base", "head"}, complaints) == "base";
  if (const Entry* entry = map.find("scanned")) {
    input.scanned = read_flag(entry->value, "scanned", complaints).value_or(false);
    if (format && *format != "cyclonedx")
      complaints.add(entry->value.at, "'scanned' is for cyclonedx: other formats are reports or lists by themselves");
  }
  if (map.find("tool")) input.tool = map.text("tool").value_or("");
  if (map.find("tool_version")) input.tool_version = map.text("tool_version").value_or("");
  if (map.find("subject")) input.subject = map.text("subject").value_or("");
  map.finish();
  if (!format || !path) return std::nullopt;
  input.format = std::move(*format);
  input.path = std::move(*path);
  return input;
}

// Two runs of one program differ in what they are told.
std::string identity(const ReportInput& report) {
  if (!report.run) return report.path;
  std::string text = report.run->program;
  for (const std::string& argument : report.run->arguments) text += " " + argument;
  return text;
}

// About a file, or about the commit that is gated: one of the two.
std::optional<AttestationInput> read_attestation(const Node& node, const Sources& sources, Complaints& complaints) {
  MapReader map(node, "in an attestation", complaints);
  AttestationInput input;
  input.at = node.at;
  auto path = map.text("path");
  if (const Entry* entry = map.find("format")) {
    const auto format = read_choice(entry->value, "format", sources.attestation_formats, complaints);
    if (format) input.format = *format;
  }
  if (const Entry* entry = map.find("others")) {
    input.skip_others = read_choice(entry->value, "others", {"refuse", "skip"}, complaints) == "skip";
  }
  if (map.find("package")) input.package = map.text("package").value_or("");
  const Entry* commit = map.find("commit");
  std::optional<std::string> subject;
  if (commit) {
    if (read_choice(commit->value, "commit", {"head"}, complaints)) subject = "";
    if (map.find("subject")) complaints.add(node.at, "an attestation is about a subject or a commit, not both");
  } else {
    subject = map.text("subject");
  }
  map.finish();
  if (!path || !subject) return std::nullopt;
  input.path = std::move(*path);
  input.subject = std::move(*subject);
  return input;
}

std::optional<std::string> read_range(const Node& node, Complaints& complaints) {
  MapReader map(node, "in git", complaints);
  auto range = map.text("range");
  map.finish();
  if (!range || *range == "auto") return range;
  const auto dots = range->find("..");
  const bool two_ends = dots != std::string::npos && dots > 0 && dots + 2 < range->size() &&
                        range->find("..", dots + 1) == std::string::npos;
  if (two_ends) return range;
  complaints.add(map.find("range")->value.at, fmt::format("no range of commits: {}", quote(*range)),
                 "write auto, or REVISION..REVISION");
  return std::nullopt;
}

void read_inputs(const Node& node, const Sources& sources, Inputs& inputs, Complaints& complaints) {
  MapReader map(node, "in inputs", complaints);
  if (const Entry* entry = map.find("compile_commands")) {
    inputs.compile_commands = read_text(entry->value, entry->key, complaints);
  }
  if (const Entry* entry = map.find("reports")) {
    inputs.reports.clear();
    for (const Node& each : map.list(entry->key)) {
      if (auto report = read_report(each, sources, complaints)) inputs.reports.push_back(std::move(*report));
    }
    check_distinct(inputs.reports, "report", identity, complaints);
  }
  if (const Entry* entry = map.find("attestations")) {
    inputs.attestations.clear();
    for (const Node& each : map.list(entry->key)) {
      if (auto attestation = read_attestation(each, sources, complaints))
        inputs.attestations.push_back(std::move(*attestation));
    }
    check_distinct(
        inputs.attestations, "attestation", [](const AttestationInput& a) { return a.path + " of " + a.subject; },
        complaints);
  }
  if (const Entry* entry = map.find("binaries")) {
    inputs.binaries.clear();
    for (const Node& each : map.list(entry->key)) {
      if (auto path = read_glob(each, entry->key, complaints)) inputs.binaries.push_back({std::move(*path), each.at});
    }
    check_distinct(inputs.binaries, "binary", [](const BinaryInput& b) { return b.path; }, complaints);
  }
  if (const Entry* entry = map.find("git")) inputs.git_range = read_range(entry->value, complaints);
  map.finish();
}

std::optional<TrustedKey> read_key(const Node& node, Complaints& complaints) {
  MapReader map(node, "in a key", complaints);
  auto id = map.text("id"), path = map.text("path");
  TrustedKey key;
  if (const Entry* entry = map.find("format")) {
    const std::vector<std::string> known(key_formats.begin(), key_formats.end());
    const auto format = read_choice(entry->value, "format", known, complaints);
    if (format) key.format = *format;
  }
  map.finish();
  if (!id || !path) return std::nullopt;
  key.id = std::move(*id);
  key.path = std::move(*path);
  key.at = node.at;
  return key;
}

std::optional<TrustedForge> read_forge(const Node& node, Complaints& complaints) {
  MapReader map(node, "in a forge", complaints);
  auto signer = map.text("signer");
  TrustedForge forge;
  if (const Entry* entry = map.find("merges"))
    forge.merges = read_flag(entry->value, entry->key, complaints).value_or(false);
  if (const Entry* entry = map.find("squashes"))
    forge.squashes = read_flag(entry->value, entry->key, complaints).value_or(false);
  map.finish();
  if (!signer) return std::nullopt;
  forge.signer = std::move(*signer);
  forge.at = node.at;
  return forge;
}

// {name: EXACT | glob: GLOB, issuer: EXACT}
std::optional<TrustedIdentity> read_identity(const Node& node, Complaints& complaints) {
  MapReader map(node, "in an identity", complaints);
  const bool is_glob = map.find("glob") != nullptr;
  if (is_glob && map.find("name")) complaints.add(node.at, "an identity has a name or a glob, not both");
  auto name = map.text(is_glob ? "glob" : "name"), issuer = map.text("issuer");
  map.finish();
  if (!name || !issuer) return std::nullopt;
  return TrustedIdentity{std::move(*name), std::move(*issuer), is_glob};
}

// {builder: ID, key: KEY | identity: NAME, level: 1 to 4}
std::optional<TrustedBuilder> read_builder(const Node& node, Complaints& complaints) {
  MapReader map(node, "in a builder", complaints);
  TrustedBuilder out;
  out.at = node.at;
  auto builder = map.text("builder");
  const bool by_key = map.find("key") != nullptr;
  if (by_key && map.find("identity")) complaints.add(node.at, "a builder is known by a key or an identity, not both");
  auto signer = map.text(by_key ? "key" : "identity");
  if (const Entry* entry = map.require("level"))
    if (const auto level = read_number(entry->value, "level", complaints)) {
      if (*level < 1 || *level > 4) complaints.add(entry->value.at, "a SLSA build level is 1 to 4");
      out.level = *level;
    }
  map.finish();
  if (!builder || !signer) return std::nullopt;
  out.builder = std::move(*builder);
  (by_key ? out.key : out.identity) = std::move(*signer);
  return out;
}

std::vector<TrustedIdentity> read_identities(const std::vector<Node>& nodes, Complaints& complaints) {
  std::vector<TrustedIdentity> identities;
  for (const Node& each : nodes) {
    if (auto identity = read_identity(each, complaints)) identities.push_back(std::move(*identity));
  }
  return identities;
}

void read_sigstore(const Node& node, Trust& trust, Complaints& complaints) {
  MapReader map(node, "in sigstore", complaints);
  trust.sigstore_root = map.text("root");
  trust.sigstore_identities = read_identities(map.list("identities"), complaints);
  map.finish();
}

// None would vouch for nothing, and more than there are keys cannot be had.
void read_threshold(const Entry& entry, Trust& trust, Complaints& complaints) {
  const auto number = read_number(entry.value, "threshold", complaints);
  if (!number) return;
  if (*number < 1 || *number > static_cast<std::int64_t>(trust.keys.size())) {
    complaints.add(entry.value.at,
                   fmt::format("a threshold of {} keys, and {} are trusted", *number, trust.keys.size()));
  }
  trust.threshold = *number;
}

void read_trust(const Node& node, Trust& trust, Complaints& complaints) {
  MapReader map(node, "in trust", complaints);
  if (const Entry* entry = map.find("keys")) {
    trust.keys.clear();
    for (const Node& each : map.list(entry->key)) {
      if (auto key = read_key(each, complaints)) trust.keys.push_back(std::move(*key));
    }
    check_distinct(trust.keys, "key", [](const TrustedKey& k) { return k.id; }, complaints);
    // One key under two names would count as two signers.
    check_distinct(trust.keys, "key file", [](const TrustedKey& k) { return k.path; }, complaints);
  }
  if (const Entry* entry = map.find("threshold")) read_threshold(*entry, trust, complaints);
  if (const Entry* entry = map.find("allowed_signers")) {
    trust.allowed_signers = read_text(entry->value, entry->key, complaints);
  }
  if (const Entry* entry = map.find("revoked_keys")) {
    trust.revoked_keys = read_text(entry->value, entry->key, complaints);
  }
  if (const Entry* entry = map.find("openpgp_keyring")) {
    trust.openpgp_keyring = read_text(entry->value, entry->key, complaints);
  }
  if (const Entry* entry = map.find("x509_roots")) {
    trust.x509_roots = read_text(entry->value, entry->key, complaints);
  }
  if (map.find("identities")) trust.identities = read_identities(map.list("identities"), complaints);
  if (const Entry* entry = map.find("forges")) {
    trust.forges.clear();
    for (const Node& each : map.list(entry->key)) {
      if (auto forge = read_forge(each, complaints)) trust.forges.push_back(std::move(*forge));
    }
    check_distinct(trust.forges, "forge", [](const TrustedForge& f) { return f.signer; }, complaints);
  }
  if (const Entry* entry = map.find("vex_authors")) {
    trust.vex_authors = read_texts(entry->value, entry->key, complaints).value_or(std::vector<std::string>{});
  }
  if (const Entry* entry = map.find("sigstore")) read_sigstore(entry->value, trust, complaints);
  if (map.find("builders")) {
    trust.builders.clear();
    for (const Node& each : map.list("builders")) {
      if (auto builder = read_builder(each, complaints)) trust.builders.push_back(std::move(*builder));
    }
  }
  map.finish();
}

std::optional<std::vector<std::string>> read_globs(const Entry* entry, Complaints& complaints) {
  std::vector<std::string> globs;
  if (!entry) return globs;
  const auto* list = read_list(entry->value, entry->key, complaints);
  if (!list) return std::nullopt;
  // An empty list could be read as "all" or as "none".
  if (list->empty()) complaints.add(entry->value.at, fmt::format("{} is empty; leave it out", quote(entry->key)));
  for (const Node& each : *list) {
    if (auto glob = read_glob(each, entry->key, complaints)) globs.push_back(std::move(*glob));
  }
  return globs;
}

std::optional<PathFilter> read_paths(const Node& node, Complaints& complaints) {
  MapReader map(node, "in paths", complaints);
  auto include = read_globs(map.find("include"), complaints), exclude = read_globs(map.find("exclude"), complaints);
  map.finish();
  if (!include || !exclude) return std::nullopt;
  return PathFilter{std::move(*include), std::move(*exclude)};
}

std::optional<Level> read_level(const Node& node, Complaints& complaints) {
  const auto text = read_choice(node, "level", {"fail", "warn", "off"}, complaints);
  if (!text) return std::nullopt;
  return *text == "fail" ? Level::fail : *text == "warn" ? Level::warn : Level::off;
}

void check_lists(const RuleSpec& spec, const Map& params, const Sources& sources, Complaints& complaints) {
  for (const auto& [key, value] : params) {
    if (!names_lists(spec, key)) continue;
    for (const Value& list : *value.list()) {
      if (sources.embedded_list(*list.text())) continue;
      complaints.add(list.at, fmt::format("unknown list {}", quote(*list.text())),
                     suggest(*list.text(), sources.embedded_list_names));
    }
  }
}

void read_rule(const Entry& entry, const RuleSpec& spec, const Sources& sources, RuleDraft& rule,
               Complaints& complaints) {
  MapReader map(entry.value, fmt::format("for {}", spec.id), complaints, "parameter");
  rule.at = entry.at;
  if (const Entry* level = map.find("level")) rule.level = read_level(level->value, complaints);
  if (const Entry* date = map.find("effective_on")) rule.effective_on = read_date(date->value, date->key, complaints);
  if (const Entry* paths = map.find("paths")) rule.paths = read_paths(paths->value, complaints);
  if (const Entry* allow = map.find("allow_in_code"))
    rule.allow_in_code = read_flag(allow->value, allow->key, complaints);
  if (const Entry* expect = map.find("expect")) {
    const auto text = read_choice(expect->value, expect->key, {"some", "none"}, complaints);
    rule.expect_none = text == "none";
  }
  Map params = read_params(map, spec, complaints);
  check_lists(spec, params, sources, complaints);
  for (auto& [key, value] : params) rule.params.insert_or_assign(key, std::move(value));
  map.finish();
}

const RuleSpec* resolve_rule(const std::string& id, const Position& at, const Sources& sources,
                             Complaints& complaints) {
  const RuleSpec* spec = sources.spec(id);
  if (!spec && !complaints.full()) {
    complaints.add(at, fmt::format("unknown rule {}", quote(id)), suggest(id, sources.rule_ids));
  }
  return spec;
}

void read_rules(const Node& node, const Sources& sources, Draft& draft, Complaints& complaints) {
  if (!node.map()) return complaints.add(node.at, fmt::format("'rules' must be a map, this is {}", node.type()));
  for (const Entry& entry : *node.map()) {
    const RuleSpec* spec = resolve_rule(entry.key, entry.at, sources, complaints);
    if (spec) read_rule(entry, *spec, sources, draft.rules[entry.key], complaints);
  }
}

// What a waiver may name: what the rule's findings say of themselves, and the path.
std::vector<std::string> match_keys(const Node& match, const RuleSpec* spec) {
  std::vector<std::string> keys;
  if (spec) {
    keys = spec->match;
  } else if (match.map()) {  // the unknown rule has its complaint; its keys cannot be judged
    for (const Entry& entry : *match.map()) keys.push_back(entry.key);
  }
  if (std::find(keys.begin(), keys.end(), "path") == keys.end()) keys.emplace_back("path");
  return keys;
}

void read_match(const Node& node, const RuleSpec* spec, Waiver& waiver, Complaints& complaints) {
  const std::string where = spec ? fmt::format("for {}", spec->id) : "in match";
  MapReader map(node, where, complaints, "match key");
  if (node.map() && node.map()->empty()) complaints.add(node.at, "an empty match would waive everything");
  for (const std::string& key : match_keys(node, spec)) {
    const Entry* entry = map.find(key);
    if (!entry) continue;
    const auto value =
        key == "path" ? read_glob(entry->value, key, complaints) : read_text(entry->value, key, complaints);
    if (!value) continue;
    if (key == "path" && value->find_first_not_of("*/?") == std::string::npos) {
      complaints.add(entry->value.at, fmt::format("path {} would waive everything", quote(*value)));
    }
    waiver.match.emplace(key, *value);
  }
  map.finish();
}

bool same_person(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

WaiverDraft read_waiver(const Node& node, const Sources& sources, Complaints& complaints) {
  MapReader map(node, "in a waiver", complaints);
  WaiverDraft draft;
  Waiver& waiver = draft.waiver;
  waiver.at = node.at;
  const auto rule = map.text("rule");
  const RuleSpec* spec = rule ? resolve_rule(*rule, map.find("rule")->value.at, sources, complaints) : nullptr;
  waiver.rule = rule.value_or("");
  if (const Entry* match = map.require("match")) read_match(match->value, spec, waiver, complaints);
  waiver.reason = map.text("reason").value_or("");
  waiver.owner = map.text("owner").value_or("");
  waiver.approved_by = map.text("approved_by").value_or("");
  if (!waiver.owner.empty() && same_person(waiver.owner, waiver.approved_by)) {
    complaints.add(map.find("approved_by")->value.at, "'approved_by' is the owner; a second person approves a waiver");
  }
  if (const Entry* expires = map.require("expires")) {
    draft.expires_at = expires->value.at;
    waiver.expires = read_date(expires->value, "expires", complaints).value_or(Date{});
  }
  map.finish();
  return draft;
}

std::optional<std::chrono::seconds> read_max_waiver(const Node& node, Complaints& complaints) {
  const auto duration = read_duration(node, "max_waiver", complaints);
  if (!duration || *duration % std::chrono::days{1} == std::chrono::seconds{0}) return duration;
  complaints.add(node.at, "'max_waiver' counts whole days", "write 90d");
  return std::nullopt;
}

}  // namespace

void read_sections(MapReader& file, const Sources& sources, Draft& draft, Complaints& complaints) {
  draft.name = file.text("name").value_or("");
  if (const Entry* entry = file.find("max_waiver")) draft.max_waiver = read_max_waiver(entry->value, complaints);
  if (const Entry* entry = file.find("inputs")) read_inputs(entry->value, sources, draft.inputs, complaints);
  if (const Entry* entry = file.find("trust")) read_trust(entry->value, draft.trust, complaints);
  if (const Entry* entry = file.find("rules")) {
    draft.rules_at = entry->at;
    read_rules(entry->value, sources, draft, complaints);
  }
  for (const Node& waiver : file.list("waivers")) {
    draft.waivers.push_back(read_waiver(waiver, sources, complaints));
  }
}

}  // namespace gate::policy
