// CVE records (CVE JSON 5.x, CVEProject/cve-schema) with what CISA adds to them (cisagov/vulnrichment): the decision
// points of SSVC, and whether the flaw is listed as exploited. One record, several one after the other, or an array.
#include <fmt/format.h>

#include <algorithm>

#include "adapters/formats/reading.h"
#include "gate/core/time.h"

namespace gate::formats {
namespace {

using json::View;

constexpr std::string_view versions[] = {"5.0", "5.1", "5.1.0", "5.1.1", "5.2", "5.2.0"};

// Where CISA's points may stand; what has another name may hold them as well.
// clang-format off
constexpr std::string_view container_lists[] = {"adp", "cna"};
constexpr std::string_view container_members[] = {
    "affected", "configurations", "cpeApplicability", "credits", "datePublic", "descriptions", "exploits", "impacts",
    "metrics", "problemTypes", "providerMetadata", "references", "solutions", "source", "tags", "taxonomyMappings",
    "timeline", "title", "workarounds"};
constexpr std::string_view metric_members[] = {
    "cvssV2_0", "cvssV3_0", "cvssV3_1", "cvssV4_0", "format", "other", "scenarios"};
// clang-format on
static_assert(std::ranges::is_sorted(container_members));
static_assert(std::ranges::is_sorted(metric_members));

// CISA's words (SSVC, CISA Coordinator 2.0.3), in the order of the table.
constexpr std::string_view exploitation_words[] = {"none", "poc", "active"};
constexpr std::string_view automatable_words[] = {"no", "yes"};
constexpr std::string_view impact_words[] = {"partial", "total"};

void read_point(Reading& reading, const View& option, std::string_view point, Names words, std::string& value) {
  std::string word = reading.optional_text(option, point);
  if (word.empty()) return;
  if (std::ranges::find(words, word) == words.end())
    return reading.note(Errc::unsupported_version, option, fmt::format("'{}' does not know {}", point, quoted(word)));
  if (!value.empty() && value != word)
    return reading.note(Errc::malformed, option, fmt::format("'{}' is said to be {} and {}", point, value, word));
  value = std::move(word);
}

void read_ssvc(Reading& reading, const View& content, VulnerabilityNote& note) {
  if (const std::string id = reading.text(content, "id"); id != note.id)
    return reading.note(Errc::wrong_subject, content,
                        fmt::format("it is about {}, in the record of {}", quoted(id), note.id));
  if (const std::string version = reading.text(content, "version"); !version.starts_with("2."))
    reading.note(Errc::unsupported_version, content,
                 fmt::format("decision points of version {}, this gate reads 2", quoted(version)));
  constexpr std::string_view points[] = {"Automatable", "Exploitation", "Technical Impact"};
  for (const View& option : reading.list(content, "options")) {
    reading.only(option, points);
    read_point(reading, option, "Exploitation", exploitation_words, note.exploitation);
    read_point(reading, option, "Automatable", automatable_words, note.automatable);
    read_point(reading, option, "Technical Impact", impact_words, note.technical_impact);
  }
  if (note.exploitation.empty() || note.automatable.empty() || note.technical_impact.empty())
    reading.note(Errc::incomplete, content, "not every decision point has a value");
}

void read_listing(Reading& reading, const View& content, VulnerabilityNote& note) {
  note.known_exploited = true;
  note.added = reading.text(content, "dateAdded");
  if (note.added.empty() || parse_date(note.added)) return;
  reading.note(Errc::malformed, content, fmt::format("'dateAdded' is no date: {}", quoted(note.added)));
  note.added.clear();
}

void read_container(Reading& reading, const View& container, VulnerabilityNote& note) {
  reading.only(container, container_members);
  for (const View& metric : reading.optional_list(container, "metrics")) {
    reading.only(metric, metric_members);
    const auto other = reading.optional_object(metric, "other");
    if (!other) continue;  // a score, which the scanners tell
    const std::string type = reading.text(*other, "type");
    const auto content = reading.object(*other, "content");
    if (type != "ssvc" && type != "kev") {
      reading.note(Errc::unsupported_version, *other, fmt::format("gate does not know the metric {}", quoted(type)));
    } else if (content) {
      type == "ssvc" ? read_ssvc(reading, *content, note) : read_listing(reading, *content, note);
    }
  }
}

// Anybody whom the programme lets may add a container; these points are CISA's to say.
bool is_cisa(Reading& reading, const View& container) {
  constexpr std::string_view organisation = "134c704f-9b21-4f2e-91b3-4a467353bcc0";
  const auto provider = reading.object(container, "providerMetadata");
  return provider && reading.text(*provider, "orgId") == organisation;
}

// Returns when the record was changed for the last time.
std::string read_record(Reading& reading, const View& record) {
  const std::string type = reading.text(record, "dataType"), version = reading.text(record, "dataVersion");
  if (type != "CVE_RECORD" || std::ranges::find(versions, version) == std::end(versions)) {
    reading.note(
        Errc::unsupported_version, record,
        fmt::format("a {} of version {}, this gate reads CVE_RECORD 5.0 to 5.2", quoted(type), quoted(version)));
    return {};
  }
  const auto metadata = reading.object(record, "cveMetadata");
  const auto containers = reading.object(record, "containers");
  if (!metadata || !containers) return {};
  VulnerabilityNote note;
  note.id = reading.text(*metadata, "cveId");
  if (note.id.empty()) return {};
  const std::string state = reading.text(*metadata, "state");
  if (state == "REJECTED") return reading.optional_time(*metadata, "dateUpdated");
  if (state != "PUBLISHED")
    reading.note(Errc::unsupported_version, *metadata, fmt::format("gate does not know the state {}", quoted(state)));
  reading.only(*containers, container_lists);
  for (const View& container : reading.optional_list(*containers, "adp")) {
    if (is_cisa(reading, container)) read_container(reading, container, note);
  }
  std::string updated = reading.optional_time(*metadata, "dateUpdated");
  if (note.known_exploited || !note.exploitation.empty()) reading.add(std::move(note), record);
  return updated;
}

Result<json::Value> read_all(const Document& document) {
  const auto first = document.bytes.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && document.bytes[first] == '{') {
    auto records = parse_stream(document);
    if (!records) return records.error();
    return json::Value(std::move(*records));
  }
  auto value = parse_json(document);
  if (value && !value->array())
    return Error{Errc::malformed, "expected a CVE record or an array of them", document.origin};
  if (value && value->array()->empty()) return Error{Errc::empty, "no records", document.origin};
  return value;
}

}  // namespace

Result<FactBatch> parse_cve_record(Document& document) {
  const auto value = read_all(document);
  if (!value) return value.error();
  const View root(*value, document.origin.artifact);
  Reading reading(document);
  reading.speaks_about(FactKind::scan_report);
  reading.speaks_about(FactKind::vulnerability_note);
  ScanReport report;
  report.tool = "CVE records";
  report.judges = false;
  const auto records = root.as_elements();
  if (!records) return records.error();
  // As old as the record that changed last.
  for (const View& record : *records) report.data_date = std::max(report.data_date, read_record(reading, record));
  report.created = report.data_date;
  report.examined = static_cast<std::int64_t>(records->size());
  reading.add(std::move(report), root);
  return std::move(reading).finish();
}

}  // namespace gate::formats
