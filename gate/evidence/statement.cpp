// in-toto Statement v1 with the predicate of evidence-v1.md.
#include "gate/evidence/facts_json.h"
#include "gate/evidence/shared.h"
#include "gate/json/value.h"

namespace gate::evidence {
namespace {

using json::Array;
using json::Object;
using json::Value;

Array texts(const std::vector<std::string>& lines) { return Array(lines.begin(), lines.end()); }

template <class Items, class Convert>
Array each(const Items& items, Convert convert) {
  Array out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(convert(item));
  return out;
}

template <class Strings>
Value object_of(const Strings& members) {
  Value object = Object();
  for (const auto& [key, value] : members) object[key] = value;
  return object;
}

Value position_json(const Position& at) {
  Value object{{"file", at.file}};
  if (at.line > 0) object["line"] = at.line;
  if (at.column > 0) object["column"] = at.column;
  return object;
}

// A statement has to have a subject: where the run found none, it is about the policy that found none.
Array subjects(const Report& report) {
  Array out;
  for (const Subject& subject : report.subjects) {
    out.push_back({{"name", subject.name}, {"digest", {{subject.algorithm, subject.digest}}}});
  }
  if (out.empty()) {
    out.push_back({{"name", "policy:" + report.policy.name}, {"digest", {{"sha256", report.policy_sha256}}}});
  }
  return out;
}

Value counts_json(const Counts& counts) {
  Value object{{"waived", counts.waived}};
  for (const Outcome outcome : all_outcomes) object[token(outcome)] = counts.of(outcome);
  return object;
}

Value finding_json(const Finding& finding) {
  Value object{{"message", finding.message},
               {"subject", object_of(finding.subject)},
               {"severity", name(finding.severity)},
               {"tags", texts(finding.tags)},
               {"origin", to_json(finding.origin)}};
  if (!finding.at.file.empty()) object["location"] = to_json(finding.at);
  return object;
}

Value open_finding_json(const Finding& finding, const RuleSpec* spec) {
  Value object = finding_json(finding);
  if (const std::string& text = remedy(finding, spec, "en"); !text.empty()) object["remedy"] = text;
  return object;
}

Value rule_json(const RuleVerdict& rule, const RuleSpec* spec) {
  Array against;
  against.reserve(rule.against.size());
  const std::vector<std::string> prints = fingerprints(rule);
  for (std::size_t i = 0; i < rule.against.size(); ++i) {
    Value object = open_finding_json(rule.against[i].finding, spec);
    object["fingerprint"] = prints[i];
    if (rule.against[i].waiver) object["waiver"] = *rule.against[i].waiver;
    against.push_back(std::move(object));
  }
  Value object{{"id", rule.id},
               {"level", name(rule.level)},
               {"blocks", rule.blocks},
               {"outcome", token(rule.outcome)},
               {"waived", rule.waived},
               {"undecided", rule.undecided},
               {"unseen", texts(rule.unseen)},
               {"examined", rule.examined},
               {"against", std::move(against)},
               {"inFavour", each(rule.in_favour, finding_json)},
               {"toReview", each(rule.to_review, [&](const Finding& f) { return open_finding_json(f, spec); })}};
  if (rule.effective_on) object["effectiveOn"] = format(*rule.effective_on);
  return object;
}

Value waiver_json(const WaiverVerdict& verdict) {
  const Waiver& waiver = verdict.waiver;
  Value object{{"rule", waiver.rule},
               {"match", object_of(waiver.match)},
               {"reason", waiver.reason},
               {"owner", waiver.owner},
               {"approvedBy", waiver.approved_by},
               {"expires", last_day(waiver)},
               {"at", position_json(waiver.at)},
               {"state", name(verdict.state)},
               {"used", verdict.used}};
  if (waiver.lines) object["lines"] = {{"first", waiver.lines->first}, {"last", waiver.lines->last}};
  if (!verdict.why.empty()) object["why"] = verdict.why;
  return object;
}

Value scanner_json(const ScannerRecord& scanner) {
  Value object{{"arguments", texts(scanner.arguments)}};
  if (!scanner.version.empty()) object["version"] = scanner.version;
  if (!scanner.report_sha256.empty()) object["report"] = {{"sha256", scanner.report_sha256}};
  if (scanner.status) object["status"] = *scanner.status;
  return object;
}

Value input_json(const InputRecord& input) {
  Value object{{"role", input.role},
               {"path", input.path},
               {"bytes", input.bytes},
               {"problems", each(input.problems, [](const Error& e) { return to_json(e); })}};
  if (!input.format.empty()) object["format"] = input.format;
  if (!input.sha256.empty()) object["digest"] = {{"sha256", input.sha256}};
  if (input.scanner) object["scanner"] = scanner_json(*input.scanner);
  return object;
}

Value source_json(const PolicySource& source) {
  return {{"name", source.name}, {"digest", {{"sha256", source.sha256}}}, {"embedded", source.embedded}};
}

std::string_view reach_name(Reach reach) {
  switch (reach) {
    case Reach::direct: return "direct";
    case Reach::partial: return "partial";
    case Reach::none: return "none";
  }
  return "none";
}

Value framework_json(const Report& report, const Framework& framework) {
  const std::vector<TaskStatus> statuses = task_statuses(report, framework);
  Array tasks;
  for (const TaskStatus& status : statuses) {
    tasks.push_back({{"id", status.task->id},
                     {"reach", reach_name(status.task->reach)},
                     {"status", token(status.outcome)},
                     {"waived", status.waived},
                     {"rules", texts(status.rules)}});
  }
  return {{"id", framework.id},
          {"title", framework.title},
          {"source", framework.source},
          {"contributesTo", contributed(count(statuses))},
          {"tasks", std::move(tasks)}};
}

Value predicate(const Report& report) {
  const Verdict& verdict = report.verdict;
  Value tool{{"name", "gate"}, {"version", report.tool.version}, {"clang", report.tool.clang}};
  if (!report.tool.sha256.empty()) tool["digest"] = {{"sha256", report.tool.sha256}};
  return {{"decision", name(verdict.decision)},
          {"exitStatus", exit_status(verdict.decision)},
          {"time", format(report.time)},
          {"tool", std::move(tool)},
          {"policy",
           {{"name", report.policy.name},
            {"digest", {{"sha256", report.policy_sha256}}},
            {"sources", each(report.policy.sources, source_json)}}},
          {"range", report.range},
          {"inputs", each(report.inputs, input_json)},
          {"counts", counts_json(count(verdict.rules))},
          {"rules", each(verdict.rules, [&](const RuleVerdict& r) { return rule_json(r, find_spec(report, r.id)); })},
          {"off", texts(verdict.off)},
          {"waivers", each(verdict.waivers, waiver_json)},
          {"loosenings", texts(report.loosenings)},
          {"unreadSources", texts(report.unread_sources)},
          {"problems", each(verdict.problems, [](const Error& e) { return to_json(e); })},
          {"frameworks", each(report.frameworks, [&](const Framework& f) { return framework_json(report, f); })}};
}

}  // namespace

std::string write_statement(const Report& report) {
  return json::to_pretty_string(Value{{"_type", "https://in-toto.io/Statement/v1"},
                                      {"subject", subjects(report)},
                                      {"predicateType", "urn:gate:evidence:v1"},
                                      {"predicate", predicate(report)}});
}

}  // namespace gate::evidence
