// FIRST's daily EPSS scores in CSV: "#model_version:v2025.03.14,score_date:2025-08-25T12:00:00Z", the names of the
// columns, a line a vulnerability. Scores of different models do not compare, so that the model is the tool's version.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "adapters/formats/reading.h"
#include "gate/core/time.h"

namespace gate::formats {
namespace {

constexpr std::string_view columns = "cve,epss,percentile";
constexpr double units_in_one = 100'000;  // of VulnerabilityNote::epss

bool is_digits(std::string_view text, std::size_t least) {
  return text.size() >= least && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_cve(std::string_view text) {
  constexpr std::string_view prefix = "CVE-";
  if (!text.starts_with(prefix) || text.size() > 32) return false;
  text.remove_prefix(prefix.size());
  return text.size() > 5 && text[4] == '-' && is_digits(text.substr(0, 4), 4) && is_digits(text.substr(5), 4);
}

// A probability, rounded up: "0.00043" is 43, as is "4.3e-04".
std::optional<std::int64_t> probability(std::string_view text) {
  double value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= 1)) return std::nullopt;
  constexpr double noise = 1e-6;  // of a decimal fraction in binary
  return static_cast<std::int64_t>(std::ceil(value * units_in_one - noise));
}

// "2025-08-25T12:00:00Z"; older files write the offset as "+0000".
std::optional<std::string> score_date(std::string_view text) {
  std::string date(text);
  if (date.ends_with("+0000")) date.replace(date.size() - 5, 5, "Z");
  return parse_instant(date) ? std::optional(std::move(date)) : std::nullopt;
}

class Scores {
 public:
  explicit Scores(const Document& document) : document_(document), reading_(document), rest_(document.bytes) {}

  Result<FactBatch> read() {
    ScanReport report;
    report.tool = "FIRST EPSS";
    report.judges = false;
    if (const auto error = read_head(report)) return *error;
    reading_.speaks_about(FactKind::scan_report);
    reading_.speaks_about(FactKind::vulnerability_note);
    reading_.expect<VulnerabilityNote>(document_.bytes.size() / 30);
    while (!rest_.empty() && !reading_.is_full()) read_row();
    report.examined = static_cast<std::int64_t>(seen_.size());
    if (seen_.empty()) reading_.note(Errc::empty, place(), "no scores in it");
    if (!document_.bytes.ends_with('\n')) reading_.note(Errc::incomplete, place(), "the last line does not end");
    std::ranges::sort(seen_);
    if (const auto twice = std::ranges::adjacent_find(seen_); twice != seen_.end())
      reading_.note(Errc::malformed, "", fmt::format("{} is listed more than once", *twice));
    reading_.add(std::move(report), std::string());
    return std::move(reading_).finish();
  }

 private:
  std::optional<Error> read_head(ScanReport& report) {
    const auto refuse = [&](Errc code, std::string what) {
      return Error{code, std::move(what), {document_.origin.artifact, {}, place()}};
    };
    if (rest_.empty()) return refuse(Errc::empty, "the report is empty");
    if (rest_.starts_with("\x1f\x8b")) return refuse(Errc::malformed, "it is compressed; gate reads the CSV in it");
    std::string_view head = next_line();
    constexpr std::string_view model = "#model_version:", date = ",score_date:";
    const auto comma = head.find(date);
    if (!head.starts_with(model) || comma == std::string_view::npos)
      return refuse(Errc::malformed, "the first line does not say model_version and score_date");
    report.tool_version = head.substr(model.size(), comma - model.size());
    const auto day = report.tool_version.starts_with('v') ? report.tool_version.substr(1) : std::string();
    if (day.size() != 10 || !parse_date(fmt::format("{}-{}-{}", day.substr(0, 4), day.substr(5, 2), day.substr(8))))
      return refuse(Errc::unsupported_version, "a model that is not named by its day: " + quoted(report.tool_version));
    const auto scored = score_date(head.substr(comma + date.size()));
    if (!scored) return refuse(Errc::malformed, "no score_date: " + quoted(head.substr(comma + date.size())));
    report.created = report.data_date = *scored;
    if (const auto names = next_line(); names != columns)
      return refuse(Errc::unsupported_version,
                    fmt::format("the columns {}, this gate reads '{}'", quoted(names), columns));
    return std::nullopt;
  }

  void read_row() {
    const std::string_view line = next_line();
    const auto first = line.find(','), second = line.find(',', std::min(first, line.size() - 1) + 1);
    const std::string_view id = line.substr(0, first);
    const auto score =
        second == std::string_view::npos ? std::nullopt : probability(line.substr(first + 1, second - first - 1));
    if (!score || !is_cve(id) || !probability(line.substr(second + 1)))
      return reading_.note(Errc::malformed, place(), "no score of a CVE: " + quoted(line));
    seen_.push_back(id);
    VulnerabilityNote note;
    note.id = id;
    note.epss = *score;
    reading_.add(std::move(note), place());
  }

  std::string_view next_line() {
    const auto end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  std::string place() const { return fmt::format("{}:1", std::max<std::size_t>(line_, 1)); }

  const Document& document_;
  Reading reading_;
  std::string_view rest_;
  std::size_t line_ = 0;
  std::vector<std::string_view> seen_;
};

}  // namespace

Result<FactBatch> parse_epss(Document& document) { return Scores(document).read(); }

}  // namespace gate::formats
