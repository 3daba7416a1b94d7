// `govulncheck -format json` of versions 1 (golang/vuln, internal/govulncheck): messages one after the other, or a list
// of them. Pointers begin with a message's number, from 0. The stream has no end mark: that the run came to its end is
// for the exit status to say.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "adapters/formats/ecosystems.h"
#include "adapters/formats/flaw.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::array<std::string_view, 5> message_members{"SBOM", "config", "finding", "osv", "progress"};

// What is known about one flaw in one module; the tool tells the module, its package and its symbol one by one.
struct Finding {
  View at;
  std::string module, version, fixed;
  bool is_called = false;
  std::vector<std::string> path;
};

class Stream {
 public:
  Stream(Reading& reading, ScanReport& report) : reading_(reading), report_(report) {}

  void read(const View& message) {
    reading_.only(message, message_members);
    if (const auto config = reading_.optional_object(message, "config")) read_config(*config);
    if (const auto sbom = reading_.optional_object(message, "SBOM")) read_modules(*sbom);
    if (const auto osv = reading_.optional_object(message, "osv")) records_.emplace(reading_.text(*osv, "id"), *osv);
    if (const auto finding = reading_.optional_object(message, "finding")) read_finding(*finding);
  }

  void finish(const View& whole) {
    if (!has_config_) reading_.note(Errc::incomplete, whole, "no message says how the scanner was run");
    for (const auto& [key, finding] : findings_) add(key.first, finding);
  }

 private:
  void read_config(const View& config) {
    has_config_ = true;
    report_.tool_version = reading_.text(config, "scanner_version");
    report_.data_date = reading_.optional_time(config, "db_last_modified");
    to_symbols_ = reading_.text(config, "scan_level") == "symbol";
    report_.examined = std::max<std::int64_t>(report_.examined, 1);
  }

  void read_modules(const View& sbom) {
    reading_.speaks_about(FactKind::component);
    const auto modules = reading_.list(sbom, "modules");
    report_.examined = static_cast<std::int64_t>(modules.size());
    if (modules.empty()) reading_.note(Errc::empty, sbom, "no module was looked at");
    for (const View& entry : modules) {
      Component component;
      component.name = reading_.text(entry, "path");
      component.version = reading_.optional_text(entry, "version");  // the main module has none
      component.purl = purl_in("golang", component.name, component.version);
      component.type = "library";
      component.in_inventory = true;
      reading_.add(std::move(component), entry);
    }
  }

  void read_finding(const View& finding) {
    const std::string id = reading_.text(finding, "osv");
    const auto trace = reading_.list(finding, "trace");
    if (id.empty()) return;
    if (trace.empty()) return reading_.note(Errc::malformed, finding, "a finding that is nowhere");
    Finding found{finding,
                  reading_.text(trace.front(), "module"),
                  reading_.optional_text(trace.front(), "version"),
                  reading_.optional_text(finding, "fixed_version"),
                  trace.front().has("function"),
                  {}};
    found.path = modules_on(trace);
    const auto [at, is_new] = findings_.try_emplace({id, found.module + '@' + found.version}, found);
    if (!is_new && found.is_called && !at->second.is_called) at->second = std::move(found);
  }

  // From the product to the flaw, both left out; the trace goes the other way.
  std::vector<std::string> modules_on(const std::vector<View>& trace) {
    std::vector<std::string> path;
    for (auto frame = trace.rbegin(); frame != trace.rend(); ++frame) {
      const std::string module = reading_.optional_text(*frame, "module");
      std::string purl = purl_in("golang", module, reading_.optional_text(*frame, "version"));
      if (path.empty() || path.back() != purl) path.push_back(std::move(purl));
    }
    path.pop_back();
    if (!path.empty()) path.erase(path.begin());
    return path;
  }

  void add(const std::string& id, const Finding& finding) {
    Vulnerability fact;
    fact.id = id;
    fact.package = purl_in("golang", finding.module, finding.version);
    fact.version = finding.version;
    if (!finding.fixed.empty()) fact.fixed = {finding.fixed};
    fact.fix = finding.fixed.empty() ? Fix::none_yet : Fix::available;
    fact.path = finding.path;
    if (finding.is_called) {
      fact.reachability = Reachability::reachable;
    } else if (to_symbols_) {
      fact.reachability = Reachability::unreachable;
    }
    fact.tool = "govulncheck";
    const auto record = records_.find(id);
    if (record == records_.end()) {
      reading_.note(Errc::incomplete, finding.at, "no record is left for " + quoted(id));
    } else {
      fact.aliases = reading_.texts_or_none(record->second, "aliases");
      fact.published = reading_.optional_time(record->second, "published");
    }
    add_flaw(reading_, std::move(fact), finding.at);
  }

  Reading& reading_;
  ScanReport& report_;
  std::map<std::string, View> records_;
  std::map<std::pair<std::string, std::string>, Finding> findings_;  // by flaw, and module with version
  bool has_config_ = false, to_symbols_ = false;
};

Result<json::Array> messages_of(const Document& document) {
  const auto first = document.bytes.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || document.bytes[first] == '{') return parse_stream(document);
  auto value = parse_json(document);
  if (!value) return value.error();
  if (!value->array()) return Error{Errc::malformed, "neither messages nor a list of them", document.origin};
  return std::move(*value->array());
}

std::optional<Error> wrong_version(const View& message) {
  if (message.has("Calls") || message.has("Imports") || message.has("Vulns")) {
    return message.error(Errc::unsupported_version, "written by govulncheck before 1.0");
  }
  if (message.has("runs"))
    return message.error(Errc::unsupported_version, "this is SARIF, which is a format of its own");
  const auto config = message.find("config");
  if (!config) return std::nullopt;
  const auto version = config->text("protocol_version");
  if (!version) return version.error();
  if (version->starts_with("v1.")) return std::nullopt;
  return config->error(Errc::unsupported_version, "protocol " + quoted(*version) + ", this gate reads v1");
}

}  // namespace

Result<FactBatch> parse_govulncheck(Document& document) {
  const auto messages = messages_of(document);
  if (!messages) return messages.error();
  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability);
  ScanReport report;
  report.tool = "govulncheck";
  Stream stream(reading, report);
  for (std::size_t i = 0; i < messages->size(); ++i) {
    const View message((*messages)[i], document.origin.artifact, fmt::format("/{}", i));
    if (const auto error = wrong_version(message)) return *error;
    stream.read(message);
  }
  static const json::Value nothing;
  const View whole(nothing, document.origin.artifact);
  stream.finish(whole);
  reading.add(std::move(report), whole);
  return std::move(reading).finish();
}

}  // namespace gate::formats
